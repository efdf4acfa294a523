package main

import (
	"cmp"
	"context"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/progress"
	"pediment/indicators"
)

// planValues are the values a plan is held against. A district's value stands under
// its place, whatever breakdown it came from, and a group's columns are in
// alphabetical order, as the plan's are.
type planValues struct {
	list []analysis.Value
	from map[string]madeFrom // by planKey
}

// madeFrom is a value as it was computed, and the run it was computed in.
type madeFrom struct {
	value analysis.Value
	run   *indicators.Evaluation
}

// planKey tells the values of a plan apart.
func planKey(v analysis.Value) string {
	return v.Code + "\x00" + v.Period.Label + "\x00" + v.Place + "\x00" + v.Group.String()
}

// add takes the values of a run that a plan asks for and were not there before.
// Those that count for a year after the reporting year are left out, and so are
// groups of several columns that no measure names.
func (p *planValues) add(w *work, run *indicators.Evaluation, codes []string) {
	for _, v := range run.Values {
		if !slices.Contains(codes, v.Code) || w.after(v.Period) {
			continue
		}
		made := madeFrom{v, run}
		v = underPlace(v)
		if several(v) && !w.planNames(v) {
			continue
		}
		if _, twice := p.from[planKey(v)]; twice {
			continue
		}
		p.from[planKey(v)] = made
		p.list = append(p.list, v)
	}
}

// several reports whether a value is of a group told by more than one column.
func several(v analysis.Value) bool { return len(v.Group) > 1 || len(v.Group) == 1 && v.Place != "" }

// planNames reports whether a measure is about the value's group or what it is to be
// alike with.
func (w *work) planNames(v analysis.Value) bool {
	return slices.ContainsFunc(w.project.plan.Measures(), func(m progress.Measure) bool {
		same := slices.ContainsFunc(groupsOf(m), func(g analysis.Group) bool { return slices.Equal(g.Columns(), v.Group.Columns()) })
		return m.Code.Value == v.Code && (m.Place.Value == "") == (v.Place == "") && same
	})
}

// underPlace moves a value's place from its group to Place.
func underPlace(v analysis.Value) analysis.Value {
	var group analysis.Group
	for _, level := range v.Group {
		if level.Column == "place" {
			v.Place = level.Value
		} else {
			group = append(group, level)
		}
	}
	slices.SortFunc(group, func(a, b analysis.Level) int { return cmp.Compare(a.Column, b.Column) })
	v.Group = group
	return v
}

// correlation is that of the errors of two of the values.
func (p *planValues) correlation(first, last analysis.Value) float64 {
	a, b := p.from[planKey(first)], p.from[planKey(last)]
	if a.run == nil || a.run != b.run {
		return 0
	}
	return a.run.Correlation(a.value, b.value)
}

// covariance is that of the errors of two of the values, NaN where nobody knows.
func (p *planValues) covariance(a, b analysis.Value) float64 {
	x, y := p.from[planKey(a)], p.from[planKey(b)]
	if x.run == nil || x.run != y.run {
		return math.NaN()
	}
	return x.run.Covariance(x.value, y.value)
}

// has reports whether there is any value of the indicator.
func (p *planValues) has(code string) bool {
	return slices.ContainsFunc(p.list, func(v analysis.Value) bool { return v.Code == code })
}

// of is the series of a measure for one of its groups, over time.
func (p *planValues) of(m progress.Measure, group analysis.Group) []analysis.Value {
	var series []analysis.Value
	for _, v := range p.list {
		if v.Code == m.Code.Value && v.Place == m.Place.Value && v.Group.String() == group.String() {
			series = append(series, v)
		}
	}
	return series
}

// start is the value of a measure in its baseline's period; none where the measure
// compares two groups or adds up, so that no one value is its level.
func (p *planValues) start(m progress.Measure) (analysis.Value, bool) {
	if len(m.To) > 0 || m.Cumulative {
		return analysis.Value{}, false
	}
	series := p.of(m, m.Group)
	at := slices.IndexFunc(series, func(v analysis.Value) bool { return v.Period == m.Baseline.Period })
	if at < 0 || series[at].State.Withheld() {
		return analysis.Value{}, false
	}
	return series[at], true
}

// levels lists the groups there are with the same columns.
func (p *planValues) levels(code string, group analysis.Group) []string {
	var levels []string
	for _, v := range p.list {
		if v.Code == code && slices.Equal(v.Group.Columns(), group.Columns()) && !slices.Contains(levels, v.Group.String()) {
			levels = append(levels, v.Group.String())
		}
	}
	slices.Sort(levels)
	return levels
}

// planValues gathers what the plan asks for: from the run itself, and where it asks
// for places and groups that the run did not break down by, from one more run, which
// is disclosed like any other.
func (w *work) planValues(ctx context.Context) (planValues, error) {
	values := planValues{from: map[string]madeFrom{}}
	var all, further []string
	var also [][]string
	for _, m := range w.project.plan.Measures() {
		all = append(all, m.Code.Value)
		by := planColumns(m)
		if w.hasBreakdown(m.Code.Value, by) {
			continue
		}
		further = append(further, m.Code.Value)
		if !slices.ContainsFunc(also, func(have []string) bool { return slices.Equal(have, by) }) {
			also = append(also, by)
		}
	}
	values.add(w, &w.evaluated, all)
	if len(further) == 0 {
		return values, nil
	}
	run, err := w.brokenDown(ctx, further, also)
	if err != nil {
		return planValues{}, err
	}
	values.add(w, &run.evaluated, further)
	return values, nil
}

// planColumns are the columns that tell a measure's place and group.
func planColumns(m progress.Measure) []string {
	by := m.Group.Columns()
	if m.Place.Value != "" {
		by = append(by, "place")
	}
	return by
}

// hasBreakdown reports whether the run made the indicator's values by the columns.
func (w *work) hasBreakdown(code string, by []string) bool {
	i, _ := w.project.catalogue.Find(code)
	return len(by) == 0 || !w.query.Totals && len(by) == 1 && slices.Contains(i.By, by[0])
}

// brokenDown computes some indicators broken down by each set of columns.
func (w *work) brokenDown(ctx context.Context, codes []string, by [][]string) (*work, error) {
	asked := *w.project
	asked.catalogue.Indicators = nil
	for _, i := range w.project.catalogue.Indicators {
		if slices.Contains(codes, i.Code) {
			asked.catalogue.Indicators = append(asked.catalogue.Indicators, i)
		}
	}
	run := &work{app: w.app, project: &asked, query: analysis.Query{Also: by, AlsoOf: codes}, loads: w.loads}
	return run, run.take(ctx, measure)
}
