package costbenefit

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestBestUnderByHand(t *testing.T) {
	npv, costs := []float64{60, 50, 50, -5, math.NaN(), 1}, []float64{50, 45, 45, 10, 1, 0}
	got := BestUnder(npv, costs, 90, nil)
	// By yield 60/50 comes first, but leaves no room for the two of 50, which bring more.
	if !slices.Equal(got.Chosen, []bool{false, true, true, false, false, true}) || got.NPV != 101 || got.Cost != 90 || !got.Exact {
		t.Errorf("best: %+v", got)
	}
	if !slices.Equal(got.Rank, []int{5, 0, 1, 2, 3}) {
		t.Errorf("rank %v, want 5 0 1 2 3", got.Rank)
	}
	either := func(a, b int) bool { return a == 1 && b == 2 }
	if got := BestUnder(npv, costs, 90, either); !slices.Equal(got.Chosen, []bool{true, false, false, false, false, true}) {
		t.Errorf("either of the two: %+v", got)
	}
	if got := BestUnder([]float64{1, 1, 1}, []float64{0.1, 0.2, 0.7}, 0.3, nil); got.NPV != 2 {
		t.Errorf("10 and 20 of 30 cents: %+v", got)
	}
	if got := BestUnder([]float64{-1, 9}, []float64{-10, 15}, 5, nil); got.NPV != 8 {
		t.Errorf("one that saves pays for another: %+v", got)
	}
	if got := BestUnder([]float64{7, 7}, []float64{3, 2}, 4, nil); !slices.Equal(got.Chosen, []bool{false, true}) {
		t.Errorf("of equal ones the cheaper: %+v", got)
	}
	if got := BestUnder(nil, nil, 5, nil); !got.Exact || got.NPV != 0 {
		t.Errorf("no options: %+v", got)
	}
}

func TestBestUnderTriesAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "options")
		draw := func(name string, low, high int) []float64 {
			list := make([]float64, n)
			for i := range list {
				list[i] = float64(rapid.IntRange(low, high).Draw(t, name))
			}
			return list
		}
		npv, costs, pair := draw("npv", -20, 50), draw("cost", -10, 40), draw("pair", 0, 9)
		budget := float64(rapid.IntRange(-5, 120).Draw(t, "budget"))
		exclusive := func(a, b int) bool { return pair[a] == float64(b) }
		got := BestUnder(npv, costs, budget, exclusive)
		most := math.Inf(-1)
		for set := range 1 << n {
			sum, cost, possible := 0.0, 0.0, true
			for a := range n {
				if set>>a&1 == 0 {
					continue
				}
				sum, cost = sum+npv[a], cost+costs[a]
				for b := range n {
					possible = possible && (set>>b&1 == 0 || a == b || !exclusive(a, b))
				}
			}
			if possible && cost <= budget {
				most = max(most, sum)
			}
		}
		if most > math.Inf(-1) && got.NPV != most && !(budget < 0 && most < 0) {
			t.Fatalf("%+v, the best is %v", got, most)
		}
	})
}

func TestBestUnderFills(t *testing.T) {
	npv, costs := make([]float64, 30), make([]float64, 30)
	for i := range npv {
		npv[i], costs[i] = float64(30-i), 10
	}
	got := BestUnder(npv, costs, 55, func(a, b int) bool { return a == 0 && b == 1 })
	if got.Exact || got.NPV != 30+28+27+26+25 || got.Cost != 50 {
		t.Errorf("%+v", got)
	}
}
