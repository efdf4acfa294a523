package costbenefit

import (
	"pediment/analysis"
)

// The columns of the sheet of lines that formulas refer to.
const (
	firstLine        = 7 // row, also on the sheet of amounts
	sideColumn       = 3
	classColumn      = 4
	payerColumn      = 5
	receiveColumn    = 7
	formColumn       = 9
	lagColumn        = 10
	lastColumn       = 11
	dropColumn       = 12
	growthColumn     = 13
	factorColumn     = 14
	valueColumn      = 15 // economic factor
	publicColumn     = 17 // what a unit adds to net public spending
	weakColumn       = 19
	correctionColumn = 20 // 1 over the correction for optimism
	residualColumn   = 21 // 1 residual value, 2 really sold
	memberColumn     = 22 // of the first option
)

// flows is how many rows every list of lines has; at least one, so that ranges
// are never empty.
func (w *workbook) flows() int { return max(1, len(w.m.Flows)) }

// lines writes what every line is: who pays and receives, how its effect runs,
// what it is multiplied by, which options it is part of.
func (w *workbook) lines() {
	widths := []float64{6, 38, 10, 12, 8, 22, 8, 22, 10, 8, 10, 10, 10, 14, 12, 44, 10, 10, 10, 12, 10}
	names := []string{"No.", "Line", "Side", "Class", "Payer", "Who pays", "Receiver", "Who receives", "Form", "Lag, years", "Lasts, years",
		"Drop-off a year", "Real growth a year", "Times", "To economic values", "Made of", "Net public spending", "In society's totals",
		"Weak evidence: 1", "Without correction, times", "Residual: 1, sold: 2"}
	for _, option := range w.m.Appraisal.Options {
		widths, names = append(widths, 14), append(names, called(option.Name, option.ID))
	}
	p := w.sheet(linesSheet, append(widths, 8, 40, 40)...)
	p.title("Lines", "What every cost and benefit is. Under an option's name: 1 part of it, −1 of business as usual only (so it is saved), 0 neither.")
	p.header(6, append(names, "Grade", "Source", "Note")...)
	p.Rows, p.Columns = 6, 2
	for l := range w.m.Flows {
		w.line(p, firstLine+l, l)
	}
	for l := range w.pad() {
		p.put(firstLine+l, payerColumn, int64(0), analysis.PlainStyle, analysis.CountFormat)
	}
}

// pad is how many empty rows stand in for lines there are not.
func (w *workbook) pad() int { return w.flows() - len(w.m.Flows) }

func (w *workbook) line(p page, row, l int) {
	f := w.m.Flows[l]
	side := "benefit"
	if f.Cost {
		side = "cost"
	}
	form := "cash"
	if f.InKind {
		form = "in kind"
	}
	p.put(row, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
	p.text(row, 2, f.Name, analysis.TextStyle)
	p.text(row, sideColumn, side, analysis.PlainStyle)
	p.text(row, classColumn, f.Class, analysis.PlainStyle)
	p.text(row, formColumn, form, analysis.PlainStyle)
	p.text(row, valueColumn+1, wording(f.Factors, w.m.Inputs), analysis.TextStyle)
	for column, who := range []int{payerColumn: f.Payer, receiveColumn: f.Receiver} {
		if column != payerColumn && column != receiveColumn {
			continue
		}
		role := map[int]string{payerColumn: ", payer", receiveColumn: ", receiver"}[column]
		w.input(p, row, column, f.Name+role, int64(who+1), analysis.CountFormat)
		number := at(column, row)
		p.put(row, column+1, "=IF("+number+">0,INDEX("+w.stakeholders(2)+","+number+`),"")`, analysis.TextStyle, "")
	}
	w.kernelCells(p, row, f)
	p.put(row, factorColumn, "="+w.product(f.Factors), analysis.PlainStyle, analysis.GeneralFormat)
	p.put(row, valueColumn, "="+w.product(f.Economic), analysis.PlainStyle, analysis.FactorFormat)
	p.put(row, publicColumn, "="+w.publicFormula(row), analysis.PlainStyle, analysis.CountFormat)
	p.put(row, publicColumn+1, `=IF(`+at(classColumn, row)+`="transfer",0,1)`, analysis.PlainStyle, analysis.CountFormat)
	p.put(row, weakColumn, oneIf(w.m.weak(&w.m.Flows[l])), analysis.PlainStyle, analysis.CountFormat)
	p.put(row, correctionColumn, "="+w.uncorrected(f), analysis.PlainStyle, analysis.FactorFormat)
	p.put(row, residualColumn, residualKind(f), analysis.PlainStyle, analysis.CountFormat)
	w.inputRow(p, row, memberColumn, f.Name+", options", f.Members, analysis.CountFormat)
	column := memberColumn + len(f.Members)
	if f.Line != nil {
		if f.Line.Grade != 0 {
			p.put(row, column, int64(f.Line.Grade), analysis.PlainStyle, analysis.CountFormat)
		}
		p.text(row, column+1, f.Line.Source, analysis.TextStyle)
		p.text(row, column+2, f.Line.Note, analysis.TextStyle)
	}
}

func (w *workbook) kernelCells(p page, row int, f Flow) {
	w.input(p, row, lagColumn, f.Name+", lag", int64(f.Lag), analysis.CountFormat)
	p.put(row, lastColumn, "="+w.usedOr(f.Duration, "1"), analysis.PlainStyle, analysis.RatioFormat)
	p.put(row, dropColumn, "="+w.usedOr(f.DropOff, "0"), analysis.PlainStyle, analysis.PercentFormat)
	p.put(row, growthColumn, "="+w.usedOr(f.Growth, "0"), analysis.PlainStyle, analysis.PercentFormat)
}

// publicFormula is 1 where a public stakeholder pays, −1 where one receives.
func (w *workbook) publicFormula(row int) string {
	public := func(column int, side string) string {
		number := at(column, row)
		return "IF(" + number + ">0,INDEX(" + w.stakeholders(3) + "," + number + "),0)*IF(OR(" +
			at(sideColumn, row) + `="` + side + `",` + at(classColumn, row) + `="transfer"),1,0)`
	}
	return public(payerColumn, "cost") + "-" + public(receiveColumn, "benefit")
}

// lineColumn is a column of the list of lines.
func (w *workbook) lineColumn(column int) string {
	return on(linesSheet, area(column, firstLine, column, firstLine+w.flows()-1))
}

// lineCell is the line's cell in a column of the list.
func lineCell(column, l int) string { return on(linesSheet, inColumn(column, firstLine+l)) }

// uncorrected is what the line would be multiplied by to be without its
// correction for optimism; a book value has that of its asset.
func (w *workbook) uncorrected(f Flow) string {
	if f.Residual != nil && f.Residual.Method == "book" {
		return at(correctionColumn, firstLine+f.Of)
	}
	var corrections []Factor
	for _, factor := range f.Factors {
		if factor.Name == optimismFactor {
			corrections = append(corrections, factor)
		}
	}
	product := w.product(corrections)
	return "IF((" + product + ")=0,0,1/(" + product + "))"
}

func residualKind(f Flow) int64 {
	switch {
	case f.Residual == nil:
		return 0
	case f.Residual.Sold:
		return 2
	}
	return 1
}
