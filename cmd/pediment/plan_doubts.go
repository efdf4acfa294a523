package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/progress"
)

// doubtPlan lists what the plan says and the data do not: baselines that differ
// from the value of their period, and shares written as fractions. None of it stops
// the plan from being assessed.
func (w *work) doubtPlan(values planValues) analysis.Problems {
	var problems analysis.Problems
	for _, m := range w.project.plan.Measures() {
		i, ok := w.project.catalogue.Find(m.Code.Value)
		if !ok {
			continue
		}
		problems = append(problems, doubtPercent(m, i.Unit)...)
		if start, known := values.start(m); known {
			problems = append(problems, doubtBaseline(m, start)...)
		}
	}
	return problems
}

// doubtPercent looks for targets of shares that were written as fractions: all of
// them at most 1.
func doubtPercent(m progress.Measure, unit string) analysis.Problems {
	fraction := func(t progress.Target) bool { return t.Value > 0 && t.Value <= 1 }
	if unit != "percent" || m.Direction == progress.Parity || len(m.Targets) == 0 || slices.ContainsFunc(m.Targets, func(t progress.Target) bool { return !fraction(t) }) {
		return nil
	}
	return analysis.Problems{{
		Position: m.Targets[0].At, Message: fmt.Sprintf("%s: the target %s is less than 1 percent", m.ID, typed(m.Targets[0].Value)),
		Hint: "the indicator runs from 0 to 100: write 60, not 0.6",
	}}
}

// doubtBaseline holds the plan's baseline against the value of its period.
func doubtBaseline(m progress.Measure, v analysis.Value) analysis.Problems {
	declared := m.Baseline.Value
	if math.IsNaN(declared) || math.Abs(declared-v.Value) <= halfDigit(declared)+1e-9*math.Abs(v.Value) {
		return nil
	}
	within := ""
	if v.Low <= declared && declared <= v.High {
		within = ", though within its sampling error"
	}
	hint := "leave value out to take the data's, or name its source"
	if m.Baseline.Source != "" {
		hint = "leave value out to take the data's; its source is " + m.Baseline.Source
	}
	return analysis.Problems{{
		Position: m.Baseline.At, Message: fmt.Sprintf("%s: the plan's baseline %s for %s is not what the data give now, %s%s", m.ID, typed(declared), v.Period.Label, roundedLike(v.Value, declared), within),
		Hint: hint,
	}}
}

func typed(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// decimals counts the decimals a number is written with.
func decimals(x float64) int {
	_, after, _ := strings.Cut(typed(x), ".")
	return len(after)
}

// halfDigit is half a unit of the last digit a number is written with: within it a
// rounded number is the same.
func halfDigit(x float64) float64 { return 0.5 * math.Pow10(-decimals(x)) }

// roundedLike writes a number with the other's decimals, and one more.
func roundedLike(x, like float64) string { return strconv.FormatFloat(x, 'f', decimals(like)+1, 64) }
