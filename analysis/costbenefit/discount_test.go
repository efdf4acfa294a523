package costbenefit

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestFactorsBetweenYears(t *testing.T) {
	rates := []float64{0.10, 0.21} // the second goes on
	for _, c := range []struct{ time, want float64 }{
		{0, 1},
		{0.5, 1 / math.Sqrt(1.1)},
		{1, 1 / 1.1},
		{1.5, 1 / 1.1 / 1.1}, // √1.21 = 1.1
		{2, 1 / 1.1 / 1.21},
		{3, 1 / 1.1 / 1.21 / 1.21},
		{-1, 1.1},
		{-2, 1.21},
		{math.NaN(), math.NaN()},
		{math.Inf(1), math.NaN()},
	} {
		if got := Factors(rates, []float64{c.time})[0]; !same(got, c.want) && !closeTo(got, c.want) {
			t.Errorf("factor at %v = %v, want %v", c.time, got, c.want)
		}
	}
	for _, rate := range []float64{-1, -2, math.NaN()} {
		if got := Factors([]float64{0.05, rate}, []float64{1, 1.5}); got[0] != 1/1.05 || !math.IsNaN(got[1]) {
			t.Errorf("factors at rate %v = %v, want the second missing", rate, got)
		}
	}
}

func TestFactorsJumpNowhere(t *testing.T) {
	rates := append(repeated(0.035, 30), 0.03)
	got := Factors(rates, []float64{30, 31})
	if math.Abs(got[1]-got[0]/1.03) > 1e-16 {
		t.Errorf("factor 31 = %v, want factor 30 / 1.03 = %v", got[1], got[0]/1.03)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Float64Range(-5, 80).Draw(t, "time")
		near := Factors(rates, []float64{at, at + 1e-9})
		if !(near[1] <= near[0]) || near[0]-near[1] > 1e-9 {
			t.Fatalf("factors at %v are %v", at, near)
		}
	})
}

func TestNPVProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rate := rapid.Float64Range(-0.5, 2).Draw(t, "rate")
		npv, size := NPV(flows, rate), NPV(sizes(flows), rate)
		is := func(name string, got, want float64) {
			if math.Abs(got-want) > 1e-12*max(size, 1) {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
		is("doubled", NPV(multiplied(flows, 2), rate), 2*npv)
		is("a year later", NPV(append([]float64{0}, flows...), rate), npv/(1+rate))
		is("spreadsheet", SheetNPV(flows, rate), npv/(1+rate))
		sum := 0.0
		for _, flow := range flows {
			sum += flow
		}
		if got := NPV(flows, 0); got != sum {
			t.Errorf("NPV at 0 is %v, the sum %v", got, sum)
		}
	})
}

func TestRealIsNominal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := drawFlows(t)
		rate := rapid.Float64Range(-0.05, 0.2).Draw(t, "real rate")
		inflation := rapid.Float64Range(-0.05, 0.2).Draw(t, "inflation")
		nominal := make([]float64, len(flows))
		for year, flow := range flows {
			nominal[year] = flow * math.Pow(1+inflation, float64(year))
		}
		got := NPV(nominal, NominalRate(rate, inflation))
		if want := NPV(flows, rate); math.Abs(got-want) > 1e-9*max(1, NPV(sizes(flows), rate)) {
			t.Fatalf("nominal %v, real %v", got, want)
		}
		if back := RealRate(NominalRate(rate, inflation), inflation); math.Abs(back-rate) > 1e-15 {
			t.Fatalf("real rate %v came back as %v", rate, back)
		}
	})
}

func TestYears(t *testing.T) {
	if got := Years(day(2024, 2, 28), day(2024, 3, 1), 365); got != 2.0/365 {
		t.Errorf("28 February to 1 March 2024 is %v of a year, want 2/365", got)
	}
	if got := Years(day(1970, 1, 2), day(1969, 12, 31), 360); got != -2.0/360 {
		t.Errorf("back across 1970 is %v, want -2/360", got)
	}
}
