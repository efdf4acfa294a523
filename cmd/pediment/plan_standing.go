package main

import (
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/progress"
	"pediment/reports"
)

// typedMeasures are the rows of the table progress as the report carries them, each
// with its value as the city's data give it.
func (w *work) typedMeasures(result analysis.Result, values planValues) []reports.Measure {
	plan, all := w.project.plan, w.project.plan.Measures()
	t := tableOf(result, "progress")
	var list []reports.Measure
	for _, cells := range t.Rows {
		row := rowOf(t, cells)
		k := slices.IndexFunc(all, func(m progress.Measure) bool { return m.ID == row.text("measure") })
		if k < 0 {
			continue
		}
		m := all[k]
		one := reports.Measure{
			ID: m.ID, Objective: objectiveName(*plan, row.text("objective")), Name: row.text("name"), Code: m.Code.Value, Who: w.whoOf(m),
			Unit: row.text("unit"), Direction: row.text("direction"),
			Baseline: withError(row.number("baseline"), row.number("baseline_se")), BaselinePeriod: row.text("baseline_period"),
			Value: values.estimateOf(m, row), Period: row.text("period"),
			Target: row.number("target"), TargetHigh: row.number("target_high"), TargetPeriod: row.text("target_period"),
			JudgedFor: row.text("judged_for"), Pace: row.number("pace"), Needed: row.number("needed_pace"), People: row.number("people"),
			Status: row.text("status"), Icon: row.text("icon"), Probability: row.number("probability"),
			Sentence: row.text("in_words"), Owner: row.text("owner"),
		}
		stand(&one, row.text("status_id"), statusesOf(*plan, m), row.text("between"))
		list = append(list, one)
	}
	return list
}

// stand fills in what a status means: how good it is, whether it is sure, and whether
// it only asks for more speed. A status off course that lies between several is slow
// where the best of them is.
func stand(m *reports.Measure, id string, statuses []progress.Status, between string) {
	switch id {
	case "off_course":
		m.Tone, m.Off = analysis.Poor, true
		m.Slow = slices.ContainsFunc(statuses, func(s progress.Status) bool {
			return analysis.Tone(s.Colour) == analysis.Fair && strings.HasPrefix(between, "between “"+s.Label+"” and ")
		})
	case "on_course":
		m.Tone = analysis.Good
	case "uncertain":
		m.Uncertain = true
	}
	if k := slices.IndexFunc(statuses, func(s progress.Status) bool { return s.ID == id }); k >= 0 {
		m.Tone, m.Off = analysis.Tone(statuses[k].Colour), !onCourse(statuses, k)
		m.Slow = m.Off && m.Tone == analysis.Fair
	}
}

// onCourse reports whether a status asks for no decision: the target reached, or the
// best band short of it.
func onCourse(statuses []progress.Status, k int) bool {
	return k == 0 || statuses[0].Achieved && k == 1
}

// statusesOf are the statuses a measure can have: the plan's, or those of its own method.
func statusesOf(plan progress.Plan, m progress.Measure) []progress.Status {
	if len(plan.Statuses) > 0 && (m.Method == "" || m.Method == plan.Method) {
		return plan.Statuses
	}
	return progress.DefaultStatuses(m.Method)
}

// objectiveName is what the plan calls an objective.
func objectiveName(plan progress.Plan, id string) string {
	for _, o := range plan.Objectives {
		if o.ID == id {
			return o.Name
		}
	}
	return id
}

// whoOf names the place and group a measure is about, "" for the whole city.
func (w *work) whoOf(m progress.Measure) string {
	var parts []string
	if m.Place.Value != "" {
		parts = append(parts, w.project.places.Name(m.Place.Value))
	}
	for _, level := range m.Group {
		parts = append(parts, w.levelName(level))
	}
	return strings.Join(parts, ", ")
}

// estimateOf is the value a measure stands at: as the data give it, with its interval
// and the rows behind it, where the measure is a value of the data.
func (p *planValues) estimateOf(m progress.Measure, row namedRow) analysis.Estimate {
	if len(m.To) == 0 && !m.Cumulative {
		for _, v := range p.of(m, m.Group) {
			if v.Period.Label == row.text("period") && v.Value == row.number("value") {
				if se := row.number("se"); !v.Sampled() && se > 0 {
					v.SE = se // declared in the plan
				}
				return v.Estimate
			}
		}
	}
	return withError(row.number("value"), row.number("se"))
}

// withError is a number and its standard error; an error of zero is none at all.
func withError(value, se float64) analysis.Estimate {
	e := analysis.Unknown()
	if e.Value = value; se > 0 {
		e.SE = se
	}
	return e
}

// namedRow is a row of a table by the names of its columns.
type namedRow struct {
	columns []analysis.Column
	cells   []any
}

func rowOf(t analysis.Table, cells []any) namedRow { return namedRow{t.Columns, cells} }

// text is a cell of text, "" where there is none.
func (r namedRow) text(name string) string {
	s, _ := r.cell(name).(string)
	return s
}

// number is a cell with a number, NaN where there is none.
func (r namedRow) number(name string) float64 {
	switch x := r.cell(name).(type) {
	case float64:
		return x
	case int64:
		return float64(x)
	}
	return math.NaN()
}

func (r namedRow) cell(name string) any {
	k := slices.IndexFunc(r.columns, func(c analysis.Column) bool { return c.Name == name })
	if k < 0 {
		return nil
	}
	return r.cells[k]
}
