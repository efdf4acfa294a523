package main

import (
	"context"
	"slices"

	"pediment/analysis"
	"pediment/analysis/equity"
	"pediment/indicators"
	"pediment/reports"
)

// fairness adds the chapter "Gaps between groups" to the report of a city that
// declares equity:.
func (w *work) fairness(ctx context.Context) error {
	if !w.project.settings.Equity.declared() {
		return nil
	}
	result, err := w.measureEquity(ctx)
	before := len(w.chapters)
	if err := w.chapterOf(chapterName{reports.Fairness, "equity", "Gaps between groups", nil}, []string{"spending"}, result, err); err != nil || len(w.chapters) == before {
		return err
	}
	c := &w.chapters[before]
	switch clear := clearGaps(tableOf(result, "furthest")); {
	case len(clear.Rows) > shownRows:
		c.Folded = append([]analysis.Table{clear}, c.Folded...)
	case len(clear.Rows) > 0:
		c.Tables = append([]analysis.Table{clear}, c.Tables...)
	}
	return nil
}

// clearGaps are the groups that are furthest behind by more than chance, with the
// columns a person reads.
func clearGaps(furthest analysis.Table) analysis.Table {
	out := analysis.Table{Name: "clear gaps"}
	var kept []int
	for _, name := range []string{"name", "by", "period", "group", "value", "average", "gap", "gap_low", "gap_high", "people", "unit"} {
		if k := columnNamed(furthest, name); k >= 0 {
			out.Columns, kept = append(out.Columns, furthest.Columns[k]), append(kept, k)
		}
	}
	behind := columnNamed(furthest, "behind")
	for _, row := range furthest.Rows {
		if behind < 0 || row[behind] != "clearly" && row[behind] != "yes" {
			continue
		}
		var cells []any
		for _, k := range kept {
			cells = append(cells, row[k])
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// measureEquity measures inequality between groups in the reporting year, from
// values that may be shown.
func (w *work) measureEquity(ctx context.Context) (analysis.Result, error) {
	if !w.project.settings.Equity.declared() {
		return analysis.Result{}, noEquity()
	}
	if w.series == nil {
		w.query = w.project.reportQuery()
	}
	if err := w.measured(ctx); err != nil {
		return analysis.Result{}, err
	}
	setup, caveats, err := w.equitySetup(ctx)
	if err != nil {
		return analysis.Result{}, err
	}
	result := equity.Measure(setup)
	for _, c := range caveats {
		result.Warn(c.About, c.Text)
	}
	return result, nil
}

// noEquity says what to declare.
func noEquity() analysis.Problem {
	return analysis.Problem{
		Position: analysis.Position{File: projectFile}, Message: "nothing says which groups are to be compared",
		Hint: "write equity: {reference: {sex: male}} or equity: {ordered: {income_band: [low, middle, high]}}; equity: {} compares all groups there are",
	}
}

// reportQuery is what a report computes: everything, with the breakdowns and
// covariances that gaps between groups need where the city declares them.
func (p *project) reportQuery() analysis.Query {
	if !p.settings.Equity.declared() {
		return analysis.Query{}
	}
	query := analysis.Query{Also: p.settings.Equity.breakdowns(), Covariance: true}
	for _, i := range p.equityIndicators() {
		query.AlsoOf = append(query.AlsoOf, i.Code)
	}
	if n := p.settings.Equity.Need; n != nil && n.Indicator.Value != "" {
		query.AlsoOf = append(query.AlsoOf, n.Indicator.Value)
		query.Also = append(query.Also, []string{"place"})
	}
	return query
}

// equityIndicators are those whose groups can be compared: the ones asked for, else
// all that have a direction and are no totals, which are larger where a group is.
func (p *project) equityIndicators() []indicators.Indicator {
	asked := p.settings.Equity.Indicators
	var list []indicators.Indicator
	for _, i := range p.catalogue.Indicators {
		named := slices.ContainsFunc(asked, func(t analysis.Text) bool { return t.Value == i.Code })
		if len(asked) == 0 && uncomparable(i) == "" || named {
			list = append(list, i)
		}
	}
	return list
}

// uncomparable says why groups cannot be compared by an indicator, "" when they can.
func uncomparable(i indicators.Indicator) string {
	switch {
	case i.Better != "higher" && i.Better != "lower":
		return "it does not say whether higher or lower is better"
	case i.Kind == "total" || i.Kind == "distinct" && (i.Denominator == nil || i.Denominator.Dataset == ""):
		return "it is a total, which is larger where a group is"
	case i.Kind == "score":
		return "it is a score of reviewers, which has no groups"
	}
	return ""
}

// equitySetup gathers breakdowns and spending, with caveats on what the city
// declared.
func (w *work) equitySetup(ctx context.Context) (equity.Setup, []analysis.Warning, error) {
	g := &groupings{work: w, seen: map[string][]string{}}
	setup := equity.Setup{Title: "Gaps between groups in " + w.project.settings.City}
	for _, i := range w.project.equityIndicators() {
		setup.Breakdowns = append(setup.Breakdowns, g.breakdowns(i)...)
	}
	if err := g.count(ctx, setup.Breakdowns); err != nil {
		return setup, nil, err
	}
	if err := g.checkLevels(); err != nil {
		return setup, nil, err
	}
	g.checkAlone()
	var err error
	setup.Spending, err = g.spending(ctx)
	return setup, g.caveats, err
}
