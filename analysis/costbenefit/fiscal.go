package costbenefit

import "pediment/analysis"

// fiscalTable is what public budget holders save or take in by year, before
// discounting: gross, and what of it can be cashed from the year it is released.
func (m *Model) fiscalTable(o Outcome) analysis.Table {
	t := newTable("fiscal", "option", "stakeholder", "line", "year:integer", "gross:amount", "cashable:amount", "released:integer")
	t.money(m)
	for i, option := range m.Appraisal.Options {
		view{m, o, i}.flows(func(l int, f *Flow, member float64) {
			if !m.fiscal(f) {
				return
			}
			share, released := optional(o.Values, f.Cashable, 1), 0
			var cell any
			if f.Line != nil && f.Line.Released > 0 {
				released = f.Line.Released
				cell = int64(released)
			}
			for c, column := range m.Columns {
				gross := member * o.Market[l][c]
				if gross == 0 {
					continue
				}
				cash := 0.0
				if column.Year >= released {
					cash = gross * share
				}
				t.add(option.ID, m.Appraisal.Stakeholders[f.Receiver].Name, f.Name, int64(column.Year), gross, cash, cell)
			}
		})
	}
	return t.Table
}

// fiscal reports whether the flow is a saving or revenue of a public budget.
func (m *Model) fiscal(f *Flow) bool {
	if !m.public(f.Receiver) || f.Residual != nil {
		return false
	}
	return f.transfer() || !f.Cost && (f.Class == "fiscal" || f.Class == "revenue")
}
