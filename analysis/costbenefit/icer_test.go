package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestFrontierTies(t *testing.T) {
	nan := math.NaN()
	costs := []float64{10, 10, 10, 20, 30, nan, 5, 40}
	effects := []float64{1, 2, 2, 4, 6, 9, nan, 6}
	want := map[int]string{0: Dominated, 1: OnFrontier, 2: EqualToAnother, 3: OnFrontier, 4: OnFrontier,
		5: UnknownToFrontier, 6: UnknownToFrontier, 7: Dominated}
	for _, s := range Frontier(costs, effects) {
		if s.Status != want[s.Option] {
			t.Errorf("option %d is %s, want %s", s.Option, s.Status, want[s.Option])
		}
		// 20 for 4 lies on the line from 10 for 2 to 30 for 6.
		if onLine := s.Option == 3 || s.Option == 4; onLine && s.ICER != 5 || !onLine && !math.IsNaN(s.ICER) {
			t.Errorf("option %d has ratio %v", s.Option, s.ICER)
		}
	}
	if got := Frontier(nil, nil); len(got) != 0 {
		t.Errorf("no options: %v", got)
	}
	if got := Frontier([]float64{3}, []float64{0})[0]; got.Status != OnFrontier || !math.IsNaN(got.Average) {
		t.Errorf("one option without effect: %+v", got)
	}
}

// On the frontier is who has the greatest net benefit at some value of an effect,
// so nobody off it beats everybody on it, at any value.
func TestFrontierIsBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "options")
		costs, effects := make([]float64, n), make([]float64, n)
		for i := range n {
			costs[i] = float64(rapid.IntRange(-20, 60).Draw(t, "cost"))
			effects[i] = float64(rapid.IntRange(-5, 20).Draw(t, "effect"))
		}
		found := Frontier(costs, effects)
		last := math.Inf(-1)
		for _, s := range found {
			if s.Status == OnFrontier && !math.IsNaN(s.ICER) {
				if s.ICER <= 0 || s.ICER < last {
					t.Fatalf("ratios fall or are not positive: %+v", found)
				}
				last = s.ICER
			}
		}
		for value := 0.0; value < 100; value += 0.37 {
			on, off := math.Inf(-1), math.Inf(-1)
			for _, s := range found {
				net := value*s.Effect - s.Cost
				if s.Status == OnFrontier {
					on = max(on, net)
				} else {
					off = max(off, net)
				}
			}
			if off > on+1e-9 {
				t.Fatalf("at %v an effect one off the frontier is best: %+v", value, found)
			}
		}
	})
}
