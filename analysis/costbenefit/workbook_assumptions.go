package costbenefit

import (
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// The columns of the sheet of assumptions that formulas refer to.
const (
	firstAssumption = 7 // row
	usedColumn      = 3
	centralColumn   = 4
)

// assumptions writes the register: one row an input, what has expired or has no
// source first. The central value is the cell to change; the value in use beside
// it follows the scenario.
func (w *workbook) assumptions() {
	p := w.sheet(assumptionsSheet, 22, 40, 13, 13, 12, 11, 11, 12, 44, 10, 12, 10, 12, 8, 16, 16, 12, 12, 12, 34, 40)
	p.title("Assumptions", "Change the shaded values; every sheet follows. “In use” is the central value or, under a scenario, that scenario's.")
	p.text(4, 1, "Scenario in use", analysis.HeadingStyle)
	p.put(4, 2, "="+on(scenariosSheet, "$C$5"), analysis.PlainStyle, "")
	p.header(6, "Id", "What", "In use", "Central", "Unit", "Low", "High", "State", "Source", "Page", "Date", "Price year", "As quoted", "Grade",
		"Owner", "Reviewer", "Review by", "Changed", "Kind", "Used by", "Note")
	p.Rows, p.Columns = 6, 2
	w.rows = make([]int, len(w.m.Inputs))
	for k, i := range w.register() {
		w.rows[i] = firstAssumption + k
	}
	for i := range w.m.Inputs {
		w.assumption(p, i)
	}
}

// register is the order of the inputs: as the table of assumptions has them.
func (w *workbook) register() []int {
	order, seen := []int{}, map[int]bool{}
	for _, id := range w.states().order {
		i := slices.IndexFunc(w.m.Inputs, func(input Input) bool { return input.ID == id })
		if i >= 0 && !seen[i] {
			order, seen[i] = append(order, i), true
		}
	}
	for i := range w.m.Inputs {
		if !seen[i] {
			order = append(order, i)
		}
	}
	return order
}

// registered is what the table of assumptions says of each input.
type registered struct {
	order []string
	state map[string]string
}

func (w *workbook) states() registered {
	r := registered{state: map[string]string{}}
	t, ok := w.table("assumptions")
	if !ok {
		return r
	}
	id, state := columnOf(t, "id"), columnOf(t, "state")
	for _, row := range t.Rows {
		if name, ok := row[id].(string); ok {
			r.order = append(r.order, name)
			r.state[name], _ = row[state].(string)
		}
	}
	return r
}

func (w *workbook) assumption(p page, i int) {
	input, row := w.m.Inputs[i], w.rows[i]
	format := inputFormat(input)
	p.text(row, 1, input.ID, analysis.PlainStyle)
	p.text(row, 2, input.Label, analysis.TextStyle)
	p.put(row, usedColumn, "="+w.chosen(i), analysis.TotalStyle, format).Name = w.used(i)
	w.input(p, row, centralColumn, input.Label, input.Value, format).Name = "in_" + w.names[i]
	p.text(row, 5, input.Unit, analysis.TextStyle)
	p.number(row, 6, input.Low, format)
	p.number(row, 7, input.High, format)
	state := w.states().state[input.ID]
	style := analysis.PlainStyle
	if state != "" && state != "ok" {
		style = analysis.BadStyle
	}
	p.text(row, 8, state, style)
	p.text(row, 9, input.Source, analysis.TextStyle)
	p.text(row, 10, input.Page, analysis.TextStyle)
	p.text(row, 11, input.Date, analysis.TextStyle)
	if input.PriceYear != 0 {
		p.put(row, 12, int64(input.PriceYear), analysis.PlainStyle, analysis.YearFormat)
	}
	if input.Quoted != input.Value && input.PriceYear != 0 {
		p.number(row, 13, input.Quoted, format)
	}
	if input.Grade != 0 {
		p.put(row, 14, int64(input.Grade), analysis.PlainStyle, analysis.CountFormat)
	}
	for k, words := range []string{input.Owner, input.Reviewer, input.Review, input.Changed, input.Kind, strings.Join(input.Used, ", "), input.Note} {
		p.text(row, 15+k, words, analysis.TextStyle)
	}
}

// number writes a number that does not recalculate; nothing where it is missing.
func (p page) number(row, column int, x float64, format analysis.NumberFormat) {
	if !math.IsNaN(x) && !math.IsInf(x, 0) {
		p.put(row, column, x, analysis.PlainStyle, format)
	}
}

// inputFormat prints shares and rates in percent.
func inputFormat(input Input) analysis.NumberFormat {
	for _, word := range []string{"share", "percent", "%", "rate", "a year"} {
		if strings.Contains(strings.ToLower(input.Unit), word) && !strings.Contains(input.Unit, "per ") && math.Abs(input.Value) <= 5 {
			return analysis.PercentFormat
		}
	}
	switch {
	case input.Value == math.Trunc(input.Value):
		return analysis.MoneyFormat
	case math.Abs(input.Value) >= 1:
		return analysis.CentsFormat
	}
	return analysis.GeneralFormat
}

// table is one of the result's tables.
func (w *workbook) table(name string) (analysis.Table, bool) {
	for _, t := range w.result.Tables {
		if t.Name == name {
			return t, true
		}
	}
	return analysis.Table{}, false
}

// columnOf is the place of a table's column; a table without it is a mistake of
// whoever made it.
func columnOf(t analysis.Table, name string) int {
	at := slices.IndexFunc(t.Columns, func(c analysis.Column) bool { return c.Name == name })
	if at < 0 {
		panic("table " + t.Name + " has no column " + name)
	}
	return at
}
