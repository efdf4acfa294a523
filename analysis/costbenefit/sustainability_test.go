package costbenefit

import (
	"slices"
	"testing"
)

func TestSustainabilityEdges(t *testing.T) {
	none := Sustainability(nil, nil, nil)
	if !none.Sustainable || none.FirstNegative != None || none.Worst != None || none.Bridging != 0 {
		t.Errorf("without columns: %+v", none)
	}
	cents := Sustainability([]float64{0.1, 0.2, 0}, []float64{0, 0, 0}, []float64{0, 0, 0.3})
	if !cents.Sustainable {
		t.Errorf("10, 20 and −30 cents: %+v", cents)
	}
	rich := Sustainability([]float64{5, 0}, []float64{0, 4}, []float64{1, 6})
	if !rich.Sustainable || rich.Worst != 1 || rich.Minimum != 2 || !slices.Equal(rich.Cumulated, []float64{4, 2}) {
		t.Errorf("always in hand: %+v", rich)
	}
}
