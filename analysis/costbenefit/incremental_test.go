package costbenefit

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestIncrementalByHand(t *testing.T) {
	// In order of cost: nothing, B, A, C; A adds 20 for 30, C adds 70 for 50.
	steps, best := Incremental([]float64{50, 20, 70, math.NaN()}, []float64{60, 40, 110, 5})
	want := []Increment{
		{From: None, To: 1, Cost: 20, Benefit: 40, Ratio: 2, Better: true},
		{From: 1, To: 0, Cost: 30, Benefit: 20, Ratio: 2.0 / 3},
		{From: 1, To: 2, Cost: 50, Benefit: 70, Ratio: 1.4, Better: true},
	}
	if !slices.Equal(steps, want) || best != 2 {
		t.Errorf("best %d, steps %+v, want %+v", best, steps, want)
	}
	// One saves 10 and loses 4: business as usual is the dearer one then.
	steps, best = Incremental([]float64{-10}, []float64{-4})
	if best != 0 || len(steps) != 1 || steps[0] != (Increment{From: 0, To: None, Cost: 10, Benefit: 4, Ratio: 0.4}) {
		t.Errorf("saving: best %d, steps %+v", best, steps)
	}
	if steps, best = Incremental(nil, nil); best != None || len(steps) != 0 {
		t.Errorf("no options: best %d, steps %+v", best, steps)
	}
	if steps, _ = Incremental([]float64{0}, []float64{3}); !steps[0].Better || !math.IsNaN(steps[0].Ratio) {
		t.Errorf("free: %+v", steps)
	}
}

func TestIncrementalFindsHighestNPV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		costs, benefits := drawFlows(t), make([]float64, 0)
		highest := 0.0
		for _, cost := range costs {
			benefits = append(benefits, float64(rapid.IntRange(-1000, 1000).Draw(t, "benefit")))
			highest = max(highest, benefits[len(benefits)-1]-cost)
		}
		_, best := Incremental(costs, benefits)
		got := 0.0
		if best != None {
			got = benefits[best] - costs[best]
		}
		if got != highest {
			t.Fatalf("kept an NPV of %v, the highest is %v", got, highest)
		}
	})
}
