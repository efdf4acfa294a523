package main

import (
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// unchecked refuses the analysis of the budget in the public edition of a city
// that protects who contributes to it: its tables break the same money down in
// other ways, which the rules of dominance have not seen.
func (w *work) unchecked() error {
	for _, d := range w.project.datasets {
		column := w.project.settings.Privacy.Contributors[d.Name]
		if column.Value != "" && d.Kind.Value == "budget" && w.app.edition == disclosure.Public {
			return analysis.Problem{
				Position: column.At, Message: fmt.Sprintf("the amounts of %s are protected by contributor, so the public edition has no analysis of the budget", d.Name),
				Hint: "the internal edition has it",
			}
		}
	}
	return nil
}

// publicBudget leaves out of the public edition the unit costs by place: they count
// learners of a programme in a place, which no table of indicators was checked with.
func (w *work) publicBudget(result analysis.Result) analysis.Result {
	if w.app.edition != disclosure.Public {
		return result
	}
	tables := slices.Clone(result.Tables)
	for k, t := range tables {
		if at := columnNamed(t, "place"); t.Name == "unit_costs" && at >= 0 {
			tables[k].Rows = filtered(t.Rows, func(row []any) bool { return row[at] == "" })
		}
	}
	result.Tables = tables
	return result
}
