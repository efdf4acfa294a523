package progress

import (
	"fmt"
	"testing"

	"pediment/analysis"
)

// manyTargets makes a plan with a target for every indicator in every district, and
// ten years of sampled values for each; all numbers are made here.
func manyTargets(districts, indicators int) (Plan, Setup) {
	var calendar analysis.Calendar
	period := func(year int) analysis.Period {
		p, _ := calendar.ParsePeriod(fmt.Sprint(year))
		return p
	}
	plan := Plan{Method: OpenSDG, Path: LinearPath, Threshold: .8, Statuses: DefaultStatuses(OpenSDG)}
	s := Setup{Year: period(2024)}
	for i := range indicators {
		o := Objective{ID: fmt.Sprint("o", i), Name: fmt.Sprint("objective ", i)}
		code := fmt.Sprint("i", i)
		for d := range districts {
			m := Measure{ID: fmt.Sprint(code, " d", d), Direction: Up, Path: LinearPath, Baseline: Base{Period: period(2015), Value: nan, SE: nan}, Tolerance: nan, Limit: nan, Error: nan}
			m.Code.Value, m.Place.Value = code, fmt.Sprint("d", d)
			m.Targets = []Target{{Period: period(2030), Value: 60 + float64((i+d)%40), Low: nan, High: nan, Increment: nan}}
			o.Measures = append(o.Measures, m)
			for year := range 10 {
				v := analysis.Value{Code: code, Name: code, Place: m.Place.Value, Period: period(2015 + year), Unit: "percent", Estimate: analysis.Unknown()}
				v.Value, v.SE, v.N, v.Denominator = 30+float64((i*7+d*13+year*year)%30)+float64(year), 2, 400, 9000
				s.Values = append(s.Values, v)
			}
		}
		plan.Objectives = append(plan.Objectives, o)
	}
	return plan, s
}

// BenchmarkAssess judges 500 districts × 66 indicators × 10 years with a target for
// each: 33,000 targets, 330,000 values.
func BenchmarkAssess(b *testing.B) {
	plan, s := manyTargets(500, 66)
	b.ReportAllocs()
	for b.Loop() {
		Assess(plan, s)
	}
}

// BenchmarkStatusShares integrates the shares of one target.
func BenchmarkStatusShares(b *testing.B) {
	c, a, e := pair(1, 60, 40, 1.8, 52, 2)
	levels := openLevels()
	for b.Loop() {
		statusShares(openSDG(), c, a, a, e, levels)
	}
}
