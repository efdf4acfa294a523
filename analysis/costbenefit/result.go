package costbenefit

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// Result computes the appraisal: its tables, charts and warnings. progress, which
// may be nil, hears of the draws done. The same model gives the same result, on
// however many processors. The error is ctx's when it ends, or a problem of the
// file that only the simulation can find.
func (m *Model) Result(ctx context.Context, progress func(done, total int)) (analysis.Result, error) {
	o := m.Compute(m.Values())
	if problems := m.tooLarge(o); problems != nil {
		return analysis.Result{}, problems.Err()
	}
	u, err := m.uncertainty(ctx, progress)
	if err != nil {
		return analysis.Result{}, err
	}
	cashFlow := m.cashFlowTable(o)
	perspectives, groups := m.perspectivesTable(o), m.groupsTable(o)
	tables := []analysis.Table{
		m.summaryTable(o, u), m.findingsTable(o, u.Findings()), m.optionsTable(), cashFlow, perspectives, groups, m.fiscalTable(o),
		m.fundingTable(), m.matchTable(o), m.sustainabilityTable(o), m.incrementalTable(o), m.budgetTable(o), m.frontierTable(o),
	}
	tables = append(tables, u.Tables()...)
	tables = append(tables, m.assumptions(), m.checksTable(o, cashFlow, perspectives, groups), m.unmonetisedTable(), m.settingsTable(u))
	return analysis.Result{
		Title: m.Appraisal.Title, Tables: tables,
		Charts: append(m.charts(o), u.Charts()...), Warnings: slices.Clone(m.Warnings),
	}, nil
}

// tooLarge names the lines whose present value is no number.
func (m *Model) tooLarge(o Outcome) analysis.Problems {
	var problems analysis.Problems
	for l, pv := range o.PV {
		if math.IsNaN(pv) || math.IsInf(pv, 0) {
			problems = append(problems, analysis.Problem{
				Position: m.Flows[l].Line.At, Message: fmt.Sprintf("the present value of line %s is too large for a number", m.Flows[l].ID),
				Hint: "look at its amounts, the discount rate and the horizon",
			})
		}
	}
	return problems
}

// summaryTable has every measure of every option, and how sure they are.
func (m *Model) summaryTable(o Outcome, u Uncertainty) analysis.Table {
	t := newTable("summary", "option", "measure", "label", "value:number", "unit", "note")
	measures := m.Measures(o)
	for i := range m.Appraisal.Options {
		for _, x := range measures {
			if x.Option == i {
				t.add(m.optionID(i), x.Name, x.Label, x.Value, x.Unit, x.Note)
			}
		}
		for _, x := range m.certainty(i, u) {
			t.add(m.optionID(i), x.Name, x.Label, x.Value, x.Unit, x.Note)
		}
	}
	return t.Table
}

// optionsTable has the names of the options, which other tables know by their ids.
func (m *Model) optionsTable() analysis.Table {
	t := newTable("options", "option", "name", "description")
	for _, option := range m.Appraisal.Options {
		t.add(option.ID, option.Name, option.Description)
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
