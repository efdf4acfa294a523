package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/progress"
)

// checkPlan looks for indicators, places, columns and areas the plan names and the
// city does not have.
func (p *project) checkPlan() analysis.Problems {
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
	var areas, places []string
	for _, a := range p.catalogue.Areas {
		areas = append(areas, a.Code)
	}
	for _, place := range p.places {
		places = append(places, place.Code)
	}
	for _, o := range p.plan.Objectives {
		if a := o.Area; a.Value != "" && !slices.Contains(areas, a.Value) {
			fail(a.At, cmp.Or(analysis.Suggest(a.Value, areas), "there are "+list(areas)), "objective %s: there is no area %q", o.ID, a.Value)
		}
	}
	for _, m := range p.plan.Measures() {
		if _, ok := p.catalogue.Find(m.Code.Value); !ok && m.Code.Value != "" {
			fail(m.Code.At, cmp.Or(analysis.Suggest(m.Code.Value, p.catalogue.Codes()), "list them with: pediment check"), "no indicator %q", m.Code.Value)
			continue
		}
		if m.Place.Value != "" && !slices.Contains(places, m.Place.Value) {
			fail(m.Place.At, cmp.Or(analysis.Suggest(m.Place.Value, places), "list the city's places in places.csv"), "%s: no place %q in places.csv", m.ID, m.Place.Value)
		}
		known := p.groupColumns(m)
		for _, column := range m.Group.Columns() {
			switch {
			case column == "place":
				fail(m.At, "write place: and its code beside code", "%s: group: a place is not a group", m.ID)
			case !slices.Contains(known, column):
				fail(m.At, cmp.Or(analysis.Suggest(column, known), "it can be broken down by "+list(known)), "%s: group: nothing has a column %q", m.ID, column)
			}
		}
	}
	return problems
}

// groupColumns are the columns a measure's groups may be told by: those its
// indicator is broken down by and those the datasets have.
func (p *project) groupColumns(m progress.Measure) []string {
	known := map[string]bool{"age_band": true}
	if i, ok := p.catalogue.Find(m.Code.Value); ok {
		for _, column := range i.By {
			known[column] = true
		}
	}
	for _, d := range p.datasets {
		for column, c := range d.Columns {
			if c.Type.Value == "text" || c.Type.Value == "boolean" {
				known[column] = true
			}
		}
	}
	delete(known, "place")
	delete(known, "person")
	return slices.Sorted(maps.Keys(known))
}

// checkMeasures holds the plan against the values: what it asks for and the data do
// not have is a mistake, what does not fit together a warning.
func (w *work) checkMeasures(ctx context.Context) (analysis.Problems, error) {
	if w.project.plan == nil || len(w.project.checkPlan()) > 0 {
		return nil, nil
	}
	values, err := w.planValues(ctx)
	if err != nil {
		return asProblems(err)
	}
	for _, p := range w.doubtPlan(values) {
		w.evaluated.Warnings = append(w.evaluated.Warnings, analysis.Warning{About: "plan", Text: p.String()})
	}
	return append(w.missedBy(values), w.contraryPlan(values)...), nil
}

// missedBy lists measures for which the data have no value at all, or none in the
// baseline's period where the plan gives none. What an indicator lacks as a whole
// the coverage says.
func (w *work) missedBy(values planValues) analysis.Problems {
	var problems analysis.Problems
	for _, m := range w.project.plan.Measures() {
		if !values.has(m.Code.Value) {
			continue
		}
		for _, group := range groupsOf(m) {
			if p := missedSeries(m, group, values); p.Message != "" {
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// missedSeries says what the series of a measure and group lacks; the zero Problem
// when nothing.
func missedSeries(m progress.Measure, group analysis.Group, values planValues) analysis.Problem {
	series := values.of(m, group)
	switch levels := values.levels(m.Code.Value, group); {
	case len(series) == 0 && len(group) > 0 && len(levels) > 0:
		hint := cmp.Or(analysis.Suggest(group.String(), levels), "there are "+list(levels))
		return analysis.Problem{Position: m.At, Message: fmt.Sprintf("%s: there is no group %s", m.ID, group), Hint: hint}
	case len(series) == 0 && (len(group) > 0 || m.Place.Value != ""):
		return analysis.Problem{
			Position: m.At, Message: m.ID + ": the data cannot be broken down this way",
			Hint: "give the dataset the columns of the group, place among them, or leave them out",
		}
	}
	var periods []string
	for _, v := range series {
		periods = append(periods, v.Period.Label)
	}
	base := m.Baseline
	computed := !m.Cumulative && math.IsNaN(base.Value) && !base.Period.IsZero()
	if len(periods) == 0 || !computed || slices.Contains(periods, base.Period.Label) {
		return analysis.Problem{}
	}
	return analysis.Problem{
		Position: base.At, Message: fmt.Sprintf("%s: there is no value for the baseline %s", m.ID, base.Period.Label),
		Hint: "give the baseline's value and source, or a period that has one: " + list(periods),
	}
}

// groupsOf are the groups a measure needs values of.
func groupsOf(m progress.Measure) []analysis.Group {
	if len(m.To) > 0 {
		return []analysis.Group{m.Group, m.To}
	}
	return []analysis.Group{m.Group}
}
