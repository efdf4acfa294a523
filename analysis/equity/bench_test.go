package equity

import (
	"fmt"
	"testing"
	"time"

	"pediment/analysis"
)

// BenchmarkCity measures 66 indicators over 10 years by 500 districts without
// sampling error and five breakdowns of 8 groups with it.
func BenchmarkCity(b *testing.B) {
	var setup Setup
	for code := range 66 {
		for year := range 10 {
			for by := range 6 {
				k := 8
				if by == 0 {
					k = 500
				}
				setup.Breakdowns = append(setup.Breakdowns, benchmarkBreakdown(code, year, by, k))
			}
		}
	}
	b.ResetTimer()
	for b.Loop() {
		Measure(setup)
	}
}

func benchmarkBreakdown(code, year, by, k int) Breakdown {
	y, people, se := make([]float64, k), make([]float64, k), make([]float64, k)
	for j := range y {
		y[j], people[j], se[j] = 30+float64((code*7+year*3+j*11)%40), float64(100+j), 3
	}
	covariance := diagonal(se)
	if by == 0 {
		covariance = nil
	}
	d := breakdownOf(y, people, covariance)
	d.Code, d.Name, d.By = fmt.Sprint(code), fmt.Sprint("indicator ", code), []string{fmt.Sprint("column ", by)}
	d.Ordered, d.DF = by == 1, 80
	d.Period = analysis.Period{Label: fmt.Sprint(2016 + year), Start: time.Date(2016+year, 1, 1, 0, 0, 0, 0, time.UTC)}
	return *d
}
