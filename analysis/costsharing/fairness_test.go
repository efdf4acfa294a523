package costsharing

import (
	"math"
	"testing"
)

// Worked by hand: (1, 2, 3) has 2·(1 + 4 + 9)/(3·6) − 4/3 = 2/9.
func TestGini(t *testing.T) {
	for _, c := range []struct {
		numbers []float64
		want    float64
	}{
		{[]float64{3, 1, 2}, 2.0 / 9}, {[]float64{5, 5, 5}, 0}, {[]float64{0, 0, 7}, 2.0 / 3}, {[]float64{4}, 0},
	} {
		near(t, "gini", Gini(c.numbers), c.want)
	}
	for _, none := range [][]float64{nil, {0, 0}, {-1, 2}, {math.NaN(), 1}} {
		if got := Gini(none); !math.IsNaN(got) {
			t.Errorf("gini of %v is %v", none, got)
		}
	}
}

// .5² + .3² + .2² = .38.
func TestHerfindahl(t *testing.T) {
	near(t, "three", Herfindahl([]float64{50, 30, 20}), .38)
	near(t, "one", Herfindahl([]float64{8}), 1)
	near(t, "negative", Herfindahl([]float64{-3, 8}), 1)
	if got := Herfindahl([]float64{0}); !math.IsNaN(got) {
		t.Error(got)
	}
}

// Of the constructed case the Shapley value lies in the core, as alone costs 60,
// 50, 40 and pairs 90, 80, 75 exceed 45, 37.5, 27.5 and their sums; equal parts
// do not: B and C together pay 73.33, below 75, C alone 36.67, below 40, but
// capping A at 30 makes B and C pay 80.
func TestCore(t *testing.T) {
	c := compiled(t, three)[0]
	if answer, _ := c.inCore(c.Divide(ruleNamed("shapley"))); answer != yes {
		t.Errorf("shapley: %s", answer)
	}
	c.Members[0].Limit = 3000
	answer, blocking := c.inCore(c.Divide(ruleNamed("equal")))
	if answer != no || c.names(blocking) != "B and C" {
		t.Errorf("equal with a cap: %s, blocked by %s", answer, c.names(blocking))
	}
	c = compiled(t, "partners: [{id: a, alone: 60}, {id: b}]\narrangements: [{id: x, cost: 100}]")[0]
	if answer, _ := c.inCore(c.Divide(ruleNamed("equal"))); answer != unknown {
		t.Errorf("one coalition unknown: %s", answer)
	}
}

func TestBetterThanAlone(t *testing.T) {
	for _, c := range []struct {
		paid, alone float64
		want        string
	}{{1, 2, "yes"}, {2, 1, "no"}, {1, 1, "equal"}, {1, math.NaN(), "unknown"}} {
		if got := betterThanAlone(c.paid, c.alone); got != c.want {
			t.Errorf("%v: %s", c, got)
		}
	}
}
