package equity

import (
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

func yearly(label string, year int) analysis.Period {
	return analysis.Period{Label: label, Start: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), End: time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// A gap that went from 24 to 16 points in four years closes by 2 a year: 8 years more.
func TestCatchUp(t *testing.T) {
	wave := func(low float64, se float64) *Breakdown {
		covariance := diagonal([]float64{se, se})
		if se == 0 {
			covariance = nil
		}
		return breakdownOf([]float64{low, 60}, []float64{1000, 1000}, covariance)
	}
	for _, c := range []struct {
		name       string
		earlier    float64
		later      float64
		se         float64
		want, lack string
	}{
		{"register", 12, 28, 0, "in about 8 years", ""},
		{"survey, clear", 12, 28, 2, "in about 8 years", ""},
		{"survey, may be chance", 12, 28, 9, "may be chance", "At this pace"},
		{"grows", 28, 12, 0, "grew by 8.0 percentage points", "At this pace"},
	} {
		b := wave(c.later, c.se)
		b.Earlier = wave(c.earlier, c.se)
		b.Period, b.Earlier.Period = yearly("2024", 2024), yearly("2020", 2020)
		found := changeOf((&Setup{Breakdowns: []Breakdown{*b}}).studies()[0].changes, "furthest_gap")
		if found == nil {
			t.Errorf("%s: no gap to the average", c.name)
			continue
		}
		if !strings.Contains(found.sentence, c.want) || c.lack != "" && strings.Contains(found.sentence, c.lack) {
			t.Errorf("%s: %s", c.name, found.sentence)
		}
	}
}
