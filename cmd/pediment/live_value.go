package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/analysis/progress"
)

// level hands a value to an appraisal, a percentage as a fraction.
func (l *live) level(w *work, v analysis.Value) costbenefit.Value {
	return costbenefit.Value{
		Estimate: asFraction(v.Estimate, v.Unit), Unit: fractionUnit(v.Unit),
		Label: l.label(v, v.Period.Label), Source: sourceOf(w, v),
	}
}

// normal95 is the 97.5 % point of the standard normal distribution.
const normal95 = 1.959963984540054

// change hands over the difference of two values of one series. Its standard error
// is that of the comparison over time, √(se₁² + se₂² − 2·ρ·se₁·se₂).
func (l *live) change(w *work, first, last analysis.Value) (costbenefit.Value, error) {
	if !first.Period.Start.Before(last.Period.Start) {
		return costbenefit.Value{}, fmt.Errorf("since: %s is not before %s", first.Period.Label, last.Period.Label)
	}
	c := progress.Compare(first, last, "context", w.evaluated.Correlation(first, last))
	if math.IsNaN(c.Difference) {
		return costbenefit.Value{}, errors.New("there is no change to speak of: " + c.Reason)
	}
	e := analysis.Unknown()
	e.Value, e.SE = c.Difference, c.SE
	e.Low, e.High = c.Difference-normal95*c.SE, c.Difference+normal95*c.SE
	e.N, e.Missing = last.N, last.Missing
	e.ErrorUnknown = first.ErrorUnknown || last.ErrorUnknown
	return costbenefit.Value{
		Estimate: asFraction(e, last.Unit), Unit: fractionUnit(last.Unit),
		Label: "Change of " + l.label(last, first.Period.Label+" to "+last.Period.Label), Source: sourceOf(w, last),
	}, nil
}

func asFraction(e analysis.Estimate, unit string) analysis.Estimate {
	if unit == "percent" {
		e.Value, e.SE, e.Low, e.High = e.Value/100, e.SE/100, e.Low/100, e.High/100
	}
	return e
}

func fractionUnit(unit string) string {
	if unit == "percent" {
		return "share"
	}
	return unit
}

// label says what was measured, where, of whom and when.
func (l *live) label(v analysis.Value, when string) string {
	parts := []string{v.Name, l.project.places.Name(v.Place)}
	if v.Place == "" {
		parts[1] = l.project.settings.City
	}
	if len(v.Group) > 0 {
		parts = append(parts, v.Group.String())
	}
	return strings.Join(append(parts, when), ", ")
}

// sourceOf names the datasets and files a value rests on, with what qualifies it.
func sourceOf(w *work, v analysis.Value) string {
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code != v.Code {
			continue
		}
		text := strings.Join(c.Sources, ", ")
		if files := slices.Compact(slices.Clone(c.Files)); len(files) > 0 {
			text += " (" + strings.Join(files, ", ") + ")"
		}
		return strings.Join(append([]string{text}, v.Flags...), "; ")
	}
	return cmp.Or(strings.Join(v.Flags, "; "), v.Code)
}
