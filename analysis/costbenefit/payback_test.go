package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestPaybackByHand(t *testing.T) {
	never := math.NaN()
	for _, c := range []struct {
		name           string
		flows, times   []float64
		first, lasting float64
	}{
		{"no flows", nil, nil, never, never},
		{"missing", []float64{-1, never, 5}, nil, never, never},
		{"within the second year", []float64{-100, 40, 80}, nil, 1.75, 1.75},
		{"to the cent at the end of a year", []float64{-0.3, 0.1, 0.2}, nil, 2, 2},
		{"never", []float64{-100, 40, 40}, nil, never, never},
		{"lost again", []float64{-100, 150, -60}, nil, 1 - 1.0/3, never},
		{"nothing to pay back", []float64{5, 0, 7}, nil, 0, 0},
		{"money first", []float64{100, -60, -60, 40}, nil, 2.5, 2.5},
		{"idle years", []float64{0, 0, -10, 0, 20}, nil, 3.5, 3.5},
		{"mid-year", []float64{-100, 50, 100}, []float64{0, 0.5, 1.5}, 1, 1},
		{"first flow later", []float64{5}, []float64{1}, 1, 1},
		{"one day", []float64{-5, 5}, []float64{2, 2}, 2, 2},
	} {
		first, lasting := Payback(c.flows, c.times)
		if !same(first, c.first) && !closeTo(first, c.first) || !same(lasting, c.lasting) && !closeTo(lasting, c.lasting) {
			t.Errorf("%s: %v and %v, want %v and %v", c.name, first, lasting, c.first, c.lasting)
		}
	}
}

func TestPaybackProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		first, lasting := Payback(flows, nil)
		firstDouble, lastingDouble := Payback(multiplied(flows, 2), nil)
		if !same(first, firstDouble) || !same(lasting, lastingDouble) {
			t.Fatalf("doubled: %v and %v, want %v and %v", firstDouble, lastingDouble, first, lasting)
		}
		if lasting < first || math.IsNaN(first) && !math.IsNaN(lasting) {
			t.Fatalf("lasting %v before first %v", lasting, first)
		}
		sum := 0.0
		for _, flow := range flows {
			sum += flow
		}
		if math.IsNaN(lasting) != (sum < 0) {
			t.Fatalf("lasting %v although all flows come to %v", lasting, sum)
		}
	})
}
