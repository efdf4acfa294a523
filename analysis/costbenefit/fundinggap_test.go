package costbenefit

import (
	"math"
	"testing"
)

func TestFundingGapEdges(t *testing.T) {
	for _, c := range []struct{ investment, revenue, rate float64 }{
		{100, 0, 1}, {100, -30, 1}, {100, 100, 0}, {100, 250, 0}, {100, 25, 0.75}, {0, 10, math.NaN()}, {math.NaN(), 1, math.NaN()},
	} {
		if got := FundingGapOf(c.investment, c.revenue, 80, 0.5); !same(got.Rate, c.rate) || !same(got.Grant, 40*c.rate) {
			t.Errorf("gap of %v earning %v: %+v, want rate %v", c.investment, c.revenue, got, c.rate)
		}
	}
}
