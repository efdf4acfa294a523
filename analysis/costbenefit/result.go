package costbenefit

import (
	"context"
	"slices"
	"strings"

	"pediment/analysis"
)

// Result computes the appraisal: its tables, charts and warnings. progress, which
// may be nil, hears of the draws done. The same model gives the same result, on
// however many processors. The error is ctx's when it ends, or a problem of the
// file that only the simulation can find.
func (m *Model) Result(ctx context.Context, progress func(done, total int)) (analysis.Result, error) {
	u, err := m.uncertainty(ctx, progress)
	if err != nil {
		return analysis.Result{}, err
	}
	o := m.Compute(m.Values())
	cashFlow := m.cashFlowTable(o)
	tables := []analysis.Table{
		m.summaryTable(o), m.findingsTable(o, u.Findings()), cashFlow, m.perspectivesTable(o), m.groupsTable(o), m.fiscalTable(o),
		m.fundingTable(), m.sustainabilityTable(o), m.incrementalTable(o), m.budgetTable(o), m.frontierTable(o),
	}
	tables = append(tables, u.Tables()...)
	tables = append(tables, m.assumptions(), m.checksTable(o, cashFlow), m.unmonetisedTable())
	return analysis.Result{
		Title: m.Appraisal.Title, Tables: tables,
		Charts: append(m.charts(o), u.Charts()...), Warnings: slices.Clone(m.Warnings),
	}, nil
}

// summaryTable has every measure of every option.
func (m *Model) summaryTable(o Outcome) analysis.Table {
	t := newTable("summary", "option", "measure", "label", "value:number", "unit", "note")
	for _, x := range m.Measures(o) {
		t.add(m.optionID(x.Option), x.Name, x.Label, x.Value, x.Unit, x.Note)
	}
	return t.Table
}

// unmonetisedTable has what counts and is not valued in money.
func (m *Model) unmonetisedTable() analysis.Table {
	t := newTable("unmonetised", "options", "effect", "direction", "size", "confidence")
	for _, effect := range m.Appraisal.Unmonetised {
		t.add(strings.Join(effect.Options, ", "), effect.Text, effect.Direction, effect.Size, effect.Confidence)
	}
	return t.Table
}
