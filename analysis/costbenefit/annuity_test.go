package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// An annuity is the present value of its payments, for every rate.
func TestAnnuityIsPV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := rapid.OneOf(rapid.Float64Range(-0.3, 1), rapid.Float64Range(-1e-9, 1e-9), rapid.Just(0.0)).Draw(t, "rate")
		growth := rapid.OneOf(rapid.Float64Range(-0.3, 0.5), rapid.Just(rate)).Draw(t, "growth")
		n := rapid.IntRange(1, 60).Draw(t, "years")
		growing := make([]float64, n)
		for year := range growing {
			growing[year] = math.Pow(1+growth, float64(year))
		}
		for _, c := range []struct {
			name      string
			got, want float64
		}{
			{"level", Annuity(rate, float64(n)), SheetNPV(repeated(1, n), rate)},
			{"growing", GrowingAnnuity(rate, growth, float64(n)), SheetNPV(growing, rate)},
			{"payment", Payment(Annuity(rate, float64(n)), rate, float64(n)), 1},
		} {
			if math.Abs(c.got-c.want) > 1e-11*c.want {
				t.Errorf("%s annuity at %v growing %v over %d years = %v, want %v", c.name, rate, growth, n, c.got, c.want)
			}
		}
	})
}

func TestAnnuityEdges(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		// 10,000 over 8 years at 3.5 %, and with 1,000 still there at the end: computed with R.
		{"payment", Payment(10000, 0.035, 8), 1454.76646549},
		{"payment with salvage", Payment(10000-1000*discount(0.035, 8), 0.035, 8), 1344.28981894},
		{"perpetuity", Perpetuity(0.04, 0), 25},
		{"growing perpetuity", Perpetuity(0.05, 0.03), 50},
		{"perpetuity growing as fast", Perpetuity(0.03, 0.03), math.Inf(1)},
		{"long annuity", Annuity(0.04, 2000), Perpetuity(0.04, 0)},
		{"no years", Payment(100, 0.04, 0), math.NaN()},
		{"rate of −100 %", Annuity(-1, 5), math.NaN()},
		{"growth of −100 %", GrowingAnnuity(0.05, -1, 5), math.NaN()},
		{"no life", BookValue(100, 0, 1), math.NaN()},
		{"outlived", BookValue(100, 10, 12), 0},
	} {
		if !same(c.got, c.want) && !(math.Abs(c.got-c.want) <= 1e-8) {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}
