// Package progress compares the values of a series over time and holds them against
// the targets of an action plan.
package progress

import (
	"cmp"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"pediment/analysis"
)

// Significance is the probability below which a difference between two sampled
// values counts as more than chance.
const Significance = 0.05

// Compare tells how the last of two values differs from the first, where better
// is higher, lower, target or context. Two sampled values are compared by
//
//	z = (last − first) / √(se₁² + se₂² − 2·ρ·se₁·se₂)
//
// where ρ is their correlation: 0 for independent samples, which survey rounds
// drawn afresh are. A difference with p ≥ 0.05 is "no clear change". Values without sampling error are compared as
// they are. Withheld and partial values, periods of different length, changed
// definitions and values whose error nobody can state are not compared; Reason
// says so.
func Compare(first, last analysis.Value, better string, correlation float64) analysis.Change {
	c := analysis.Change{
		Difference: math.NaN(), SE: math.NaN(), P: math.NaN(),
		From: first.Period.Label, To: last.Period.Label,
	}
	if c.Status, c.Reason = incomparable(first, last); c.Status != "" {
		return c
	}
	c.Difference = last.Value - first.Value
	if se := math.Sqrt(first.SE*first.SE + last.SE*last.SE - 2*correlation*first.SE*last.SE); se > 0 {
		c.SE = se
		c.P = 2 * distuv.UnitNormal.Survival(math.Abs(c.Difference)/c.SE)
	}
	c.Status = verdict(c, better)
	if first.ErrorUnknown || last.ErrorUnknown {
		c.Status = analysis.Unclear
		c.Reason = "nobody can say how large the error of these values is, so the difference is shown but not judged"
	}
	return c
}

// incomparable returns the status and reason of values that cannot be compared,
// "" when they can.
func incomparable(first, last analysis.Value) (analysis.Status, string) {
	switch {
	case absent(last):
		return analysis.NoData, cmp.Or(last.Reason, fmt.Sprintf("there is no value for %s", last.Period.Label))
	case last.State == analysis.Partial:
		return analysis.FirstValue, fmt.Sprintf("%s is incomplete, so it is not compared", last.Period.Label)
	case first.Period.IsZero():
		return analysis.FirstValue, "there is no earlier value to compare with"
	case absent(first):
		return analysis.FirstValue, fmt.Sprintf("there is no value for %s to compare with", first.Period.Label)
	case first.State == analysis.Partial:
		return analysis.FirstValue, fmt.Sprintf("%s is incomplete, so nothing is compared with it", first.Period.Label)
	case !first.Period.Comparable(last.Period):
		return analysis.FirstValue, fmt.Sprintf("%s and %s are periods of different length or season", first.Period.Label, last.Period.Label)
	case first.Definition != last.Definition:
		return analysis.FirstValue, "the definition changed in between"
	case first.ErrorUnknown || last.ErrorUnknown || first.Sampled() != last.Sampled():
		return analysis.Unclear, "the error of a value is not known, so the difference may be chance"
	}
	return "", ""
}

// absent reports whether there is no number to compare.
func absent(v analysis.Value) bool { return v.State.Withheld() || math.IsNaN(v.Value) }

func verdict(c analysis.Change, better string) analysis.Status {
	switch {
	case c.Difference == 0 || c.P >= Significance:
		return analysis.Unclear
	case better != "higher" && better != "lower":
		return analysis.NoDirection
	case (c.Difference > 0) == (better == "higher"):
		return analysis.Better
	}
	return analysis.Worse
}

// Baseline returns the first value of the series, a whole place's over time in
// order, that the last may be compared with; the zero value when there is none.
func Baseline(series []analysis.Value) analysis.Value {
	if len(series) == 0 {
		return analysis.Value{}
	}
	last := series[len(series)-1]
	for _, v := range series[:len(series)-1] {
		if v.State == analysis.Known && !math.IsNaN(v.Value) && v.Period.Comparable(last.Period) && v.Definition == last.Definition {
			return v
		}
	}
	return analysis.Value{}
}
