package budget

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The bands are PEFA 2016's: PI-1 A 95–105, B 90–110, C 85–115; PI-2 A < 5,
// B < 10, C < 15, each in two of the last three years.
func TestScore(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		indicator string
		figures   []float64
		want      string
	}{
		{"PI-1", []float64{95, 105, 50}, "A"}, // both ends belong to the band
		{"PI-1", []float64{94.99, 105.01, 100}, "B"},
		{"PI-1", []float64{100, 89.9, 115}, "C"},
		{"PI-1", []float64{100, 84.9, 115.1}, "D"},
		{"PI-1", []float64{50, 95, 100, 105}, "A"}, // only the last three count
		{"PI-1", []float64{100, 100}, ""},
		{"PI-1", []float64{100, nan, 100}, ""}, // a year without a figure is none
		{"PI-1", []float64{100, nan, 100, 100}, "A"},
		{"PI-2", []float64{4.99, 0, 80}, "A"},
		{"PI-2", []float64{5, 5, 0}, "B"}, // 5 is not below 5
		{"PI-2", []float64{15, 15, 0}, "D"},
	} {
		if got := score(c.indicator, c.figures); got != c.want {
			t.Errorf("%s of %v is %q, want %q", c.indicator, c.figures, got, c.want)
		}
	}
	if got := bandOf("PI-1", nan); got != "" {
		t.Errorf("no figure lies in band %q", got)
	}
}

func heads(amounts ...int64) []head {
	var list []head
	for i := 0; i+1 < len(amounts); i += 2 {
		h := head{}
		h.cents[approved], h.cents[executed] = amounts[i], amounts[i+1]
		list = append(list, h)
	}
	return list
}

// Three heads of 60, 30 and 10 approved, 50, 20 and 20 executed: scaled by 90/100
// to 54, 27 and 9; |−4| + |−7| + |11| = 22 of 90 are 24.44 %.
func TestComposition(t *testing.T) {
	for _, c := range []struct {
		heads []head
		want  float64
	}{
		{heads(6000, 5000, 3000, 2000, 1000, 2000), 100 * 22.0 / 90},
		{heads(100, 50, 300, 150), 0}, // all halved: nothing moved
		{heads(100, 0, 0, 100), 200},  // everything moved
		{heads(0, 100), math.NaN()},   // nothing approved
		{heads(100, 0), math.NaN()},   // nothing executed
		{heads(100, -50), math.NaN()}, // reversals
		{nil, math.NaN()},
	} {
		got := composition(c.heads)
		if math.Abs(got-c.want) > 1e-9 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%v: %v, want %v", c.heads, got, c.want)
		}
	}
}

// The variance lies between 0 and 200 % and does not change when all amounts
// executed are multiplied.
func TestCompositionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(1, 1e12), 2, 20).Draw(t, "amounts")
		list := heads(amounts...)
		x := composition(list)
		for i := range list {
			list[i].cents[executed] *= 7
		}
		if y := composition(list); x < 0 || x > 200+1e-9 || math.Abs(x-y) > 1e-9*(1+x) {
			t.Fatalf("%v, and %v when multiplied", x, y)
		}
	})
}

// 60, 20 and 20 of 100: .36 + .04 + .04 = .44; the 50 of nobody are left out.
func TestHerfindahl(t *testing.T) {
	for _, c := range []struct {
		amounts []amount
		index   float64
		largest string
		n       int
	}{
		{[]amount{{"a", 60, true}, {"b", 20, true}, {"c", 20, true}, {"", 50, true}}, .44, "a", 3},
		{[]amount{{"a", 7, true}}, 1, "a", 1},
		{[]amount{{"a", 60, true}, {"b", -20, true}}, math.NaN(), "a", 2},
		{[]amount{{"", 50, true}}, math.NaN(), "", 0},
		{[]amount{{"a", 0, true}}, math.NaN(), "", 1},
	} {
		largest, index, n, _ := herfindahl(c.amounts)
		if math.Abs(index-c.index) > 1e-12 || math.IsNaN(index) != math.IsNaN(c.index) || largest.code != c.largest || n != c.n {
			t.Errorf("%v: %v of %d, largest %q; want %v of %d, %q", c.amounts, index, n, largest.code, c.index, c.n, c.largest)
		}
	}
}
