package main

import (
	"context"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// disclose withholds small cells everywhere a value stands.
func (w *work) disclose(context.Context) error {
	rule := disclosure.Rule{Smallest: w.project.smallestCell(), People: w.people(), Source: w.rowsOf}
	before := w.evaluated.Values
	w.evaluated.Values = disclosure.Cells(before, rule)
	for k := range before {
		if before[k].State != analysis.Confidential && w.evaluated.Values[k].State == analysis.Confidential {
			w.hidden++
		}
	}
	for _, s := range w.series {
		s.trend = disclosure.Cells(s.trend, rule)
		ends := disclosure.Cells([]analysis.Value{s.headline}, rule)
		s.headline = ends[0]
		if !s.baseline.Period.IsZero() {
			s.baseline = disclosure.Cells([]analysis.Value{s.baseline}, rule)[0]
		}
		if s.headline.State == analysis.Confidential || s.baseline.State == analysis.Confidential {
			s.change = analysis.Change{Status: analysis.NoData, Difference: math.NaN(), SE: math.NaN(), P: math.NaN(), Reason: "withheld to protect people"}
		}
	}
	return nil
}

// rowsOf names the rows an indicator is about: its relation and the conditions
// that restrict it.
func (w *work) rowsOf(code string) string {
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code != code {
			continue
		}
		i := c.Indicator
		name := strings.Join(append(slices.Clone(c.Sources[:min(1, len(c.Sources))]), i.Population.Value), "\x00")
		if i.Denominator != nil {
			return name + "\x00" + i.Denominator.Where.Value
		}
		return name + "\x00" + i.Numerator.Where.Value
	}
	return code
}

// people counts the people behind a value. Rows of surveys and participation
// records are people, unless the record itself counts persons; then the
// numerator is that count. Other rows are not people.
func (w *work) people() func(analysis.Value) float64 {
	kinds := map[string]string{}
	for _, r := range w.relations {
		kinds[r.Name] = r.Kind
	}
	personal, counted := map[string]bool{}, map[string]bool{}
	for _, c := range w.evaluated.Coverage {
		code := c.Indicator.Code
		counted[code] = strings.Contains(c.Indicator.Numerator.Value.Value, "persons")
		if len(c.Sources) > 0 {
			personal[code] = kinds[c.Sources[0]] == "survey" || kinds[c.Sources[0]] == "participation"
		}
	}
	return func(v analysis.Value) float64 {
		switch {
		case !personal[v.Code]:
			return math.Inf(1)
		case counted[v.Code]:
			return v.Numerator
		case v.Sampled() || math.IsNaN(v.Numerator):
			return float64(v.N)
		}
		return min(float64(v.N), v.Numerator)
	}
}
