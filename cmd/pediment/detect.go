package main

import (
	"fmt"
	"math"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// detectionTable answers for the latest survey value of every indicator and group
// how small a change the next round could show, and how many interviews it takes
// to show a change of that many units.
func detectionTable(values []analysis.Value, change float64) analysis.Table {
	t := analysis.Table{Name: "detection", Columns: columns("code", "name", "period", "place", "group", "value:number", "unit", "se:number", "n:integer",
		"smallest_change:number", "change:number", "interviews:integer", "answer")}
	for k, v := range values {
		if !latest(values, k) || v.State.Withheld() || !(v.SE > 0) || !(v.DEFF > 0) {
			continue
		}
		smallest, interviews, text := detect(v, change)
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

// detect asks about one value: its own design effect and spread are taken to hold
// in the next round, whose interviews are with other people.
func detect(v analysis.Value, change float64) (smallest float64, interviews any, text string) {
	unit := v.Unit
	if unit == "percent" {
		unit = "points"
	}
	smallest, err := survey.MinimumDetectableChange(v.SE, v.SE, survey.Detection{})
	if err != nil {
		return math.NaN(), nil, err.Error()
	}
	spread := v.SE * math.Sqrt(float64(v.N)/v.DEFF)
	size, best, err := survey.InterviewsForChange(survey.Wave{SD: spread, SE: v.SE}, change, survey.Detection{}, survey.Sampling{DEFF: v.DEFF})
	if err != nil {
		return smallest, nil, fmt.Sprintf("no number of interviews can show a change of %v %s, since this round itself is too uncertain; the smallest any next round can show is %.3g", change, unit, best)
	}
	return smallest, size.Interviews, fmt.Sprintf("a change of %v %s either way needs %s in the next round; one as large as this round shows changes from %.3g on", change, unit, plural(size.Interviews, "interview"), smallest)
}
