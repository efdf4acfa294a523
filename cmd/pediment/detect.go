package main

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/indicators"
)

// detectionTable answers for the latest survey value of every indicator and group
// how small a change the next round could show, and how many interviews it takes
// to show a change of that many units.
func detectionTable(evaluated indicators.Evaluation, change float64) analysis.Table {
	values := evaluated.Values
	t := analysis.Table{Name: "detection", Columns: analysis.Columns("code", "name", "period", "place", "group", "value:number", "unit", "se:number", "n:integer",
		"smallest_change:number", "change:number", "interviews:integer", "answer")}
	for k, v := range values {
		if !latest(values, k) || v.State.Withheld() || !(v.SE > 0) || !(v.DEFF > 0) {
			continue
		}
		smallest, interviews, text := detect(v, change, lastCorrelation(evaluated, k))
		t.Rows = append(t.Rows, []any{
			v.Code, v.Name, v.Period.Label, place(v), v.Group.String(), number(v.Value), v.Unit, number(v.SE), v.N,
			number(smallest), change, interviews, text,
		})
	}
	return t
}

// latest reports whether no value of the same indicator, place and group follows.
func latest(values []analysis.Value, k int) bool {
	v := values[k]
	for _, w := range values[k+1:] {
		if w.Code == v.Code && w.Place == v.Place && w.Group.String() == v.Group.String() {
			return false
		}
	}
	return true
}

// lastCorrelation is the correlation of the errors of value k and the one of the
// round before it, which the next round is taken to have with this: 0 where other
// people are drawn in each round.
func lastCorrelation(evaluated indicators.Evaluation, k int) float64 {
	v := evaluated.Values[k]
	for _, w := range slices.Backward(evaluated.Values[:k]) {
		if w.Code == v.Code && w.Place == v.Place && w.Group.String() == v.Group.String() {
			return evaluated.Correlation(w, v)
		}
	}
	return 0
}

// detect asks about one value: its own design effect and spread are taken to hold
// in the next round, and its correlation with the round before.
func detect(v analysis.Value, change, correlation float64) (smallest float64, interviews any, text string) {
	unit := v.Unit
	if unit == "percent" {
		unit = "points"
	}
	smallest, err := survey.MinimumDetectableChange(v.SE, v.SE, survey.Detection{Correlation: correlation})
	if err != nil {
		return math.NaN(), nil, err.Error()
	}
	spread := v.SE * math.Sqrt(float64(v.N)) // with the design effect, which may be infinite, in it
	size, best, err := survey.InterviewsForChange(survey.Wave{SD: spread, SE: v.SE}, change, survey.Detection{Correlation: correlation}, survey.Sampling{})
	if err != nil {
		return smallest, nil, fmt.Sprintf("no number of interviews can show a change of %v %s, since this round itself is too uncertain; the smallest any next round can show is %.3g%s", change, unit, best, planned(spread, change, survey.Detection{Correlation: correlation}, survey.Sampling{}))
	}
	return smallest, size.Interviews, fmt.Sprintf("a change of %v %s either way needs %s in the next round; one as large as this round shows changes from %.3g on", change, unit, plural(size.Interviews, "interview"), smallest)
}

// planned says what rounds that are still to come would need: two of them for the
// change, one for an interval as narrow.
func planned(spread, change float64, d survey.Detection, s survey.Sampling) string {
	each, err := survey.InterviewsPerWave(spread, spread, change, d, s)
	alone, problem := survey.InterviewsForMargin(spread, change, 0, s)
	if err != nil || problem != nil {
		return ""
	}
	return fmt.Sprintf("; two rounds of %s each would show it, and one of %s has an interval as narrow as that on either side", plural(each.Interviews, "interview"), thousands(fmt.Sprint(alone.Interviews)))
}
