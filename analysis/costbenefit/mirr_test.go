package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestMIRRProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rates := IRR(flows, nil)
		if len(rates.Rates) == 0 || rates.Rates[0] < -0.99 || rates.Rates[0] > 100 || flows[0] == 0 || flows[len(flows)-1] == 0 {
			return
		}
		rate := rates.Rates[0]
		if got := MIRR(flows, nil, rate, rate); math.Abs(got-rate) > 1e-8*(1+rate) {
			t.Fatalf("MIRR at the IRR %v is %v", rate, got)
		}
		if got, want := MIRR(multiplied(flows, 4), nil, 0.05, 0.06), MIRR(flows, nil, 0.05, 0.06); !same(got, want) && !closeTo(got, want) {
			t.Fatalf("fourfold flows: %v, want %v", got, want)
		}
	})
}

func TestMIRREdges(t *testing.T) {
	dated := MIRR([]float64{-100, 121}, []float64{0.5, 2.5}, 0, 0)
	if !closeTo(dated, 0.1) {
		t.Errorf("121 for 100 after two years is %v a year, want 0.1", dated)
	}
	for name, got := range map[string]float64{
		"no flows":      MIRR(nil, nil, 0.05, 0.05),
		"one day":       MIRR([]float64{-1, 2}, []float64{1, 1}, 0.05, 0.05),
		"nothing in":    MIRR([]float64{1, 2}, nil, 0.05, 0.05),
		"nothing out":   MIRR([]float64{-1, 0}, nil, 0.05, 0.05),
		"rate of -100%": MIRR([]float64{-1, -1, 2, 1}, nil, -1, 0.05),
		"missing":       MIRR([]float64{-1, math.NaN(), 2}, nil, 0.05, 0.05),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s: %v, want none", name, got)
		}
	}
}
