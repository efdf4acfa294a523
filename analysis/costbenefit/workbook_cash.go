package costbenefit

import "pediment/analysis"

// cashRows are the rows of one option's cash flow.
type cashRows struct {
	top                          int // heading
	firstBenefit, firstCost      int
	benefits, costs, tax, public int // totals; the deadweight cost of taxation; net public spending
	net, present                 int
	cumulated, cumulatedPV       int
}

// cashFlow writes every option's benefits and costs to society by year.
// Transfers are left out: what one gains another loses.
func (w *workbook) cashFlow() {
	p := w.timed(cashSheet, 6, 42, 12, 10, 15)
	p.title("Cash flow", "Every option less business as usual, in "+w.yearUnit()+". Transfers are left out: what one gains another loses.")
	p.Rows, p.Columns = 3, yearColumn-1
	row := 4
	for i := range w.m.Appraisal.Options {
		row = w.optionCash(p, row, i)
	}
}

// yearUnit is what yearly amounts count.
func (w *workbook) yearUnit() string {
	if w.m.Inflation != None {
		return w.m.Appraisal.Currency + " in prices of each year"
	}
	return w.m.moneyUnit()
}

func (w *workbook) optionCash(p page, row, i int) int {
	benefits, costs := w.sideOf((*Flow).isBenefit), w.sideOf((*Flow).isCost)
	r := cashRows{top: row, firstBenefit: row + 2}
	r.benefits = r.firstBenefit + max(1, len(benefits))
	r.firstCost = r.benefits + 1
	r.tax = r.firstCost + max(1, len(costs))
	r.costs, r.net, r.present, r.cumulated, r.cumulatedPV, r.public = r.tax+1, r.tax+2, r.tax+3, r.tax+4, r.tax+5, r.tax+6
	p.text(row, 1, w.optionName(i), analysis.HeadingStyle)
	p.header(row+1, "No.", "Line", "Class", "Part", "Total")
	w.years(p, row+1)
	w.cashLines(p, r.firstBenefit, i, benefits)
	w.cashLines(p, r.firstCost, i, costs)
	w.cashSum(p, r.benefits, "Benefits", r.firstBenefit, r.benefits-1)
	w.cashSum(p, r.costs, "Costs", r.firstCost, r.tax)
	w.cashNet(p, r, i)
	w.cash = append(w.cash, r)
	return r.public + 3
}

// sideOf lists the lines that are kept.
func (w *workbook) sideOf(keep func(*Flow) bool) []int {
	var list []int
	for l := range w.m.Flows {
		if keep(&w.m.Flows[l]) {
			list = append(list, l)
		}
	}
	return list
}

// cashLines writes lines as part of the option, or one of zeros where there are
// none.
func (w *workbook) cashLines(p page, row, i int, lines []int) {
	for k, l := range lines {
		r, f := row+k, w.m.Flows[l]
		p.put(r, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(r, 2, f.Name, analysis.TextStyle)
		p.text(r, 3, f.Class, analysis.PlainStyle)
		p.put(r, 4, "="+lineCell(memberColumn+i, l), analysis.PlainStyle, analysis.CountFormat)
		p.put(r, 5, "=SUM("+w.thisRow(r)+")", analysis.PlainStyle, analysis.MoneyFormat)
		w.across(p, r, "", analysis.MoneyFormat, func(c int) string { return w.calculated(economicBlock, l, c) + "*" + inColumn(4, r) })
	}
	if len(lines) == 0 {
		p.text(row, 2, "none", analysis.LeadStyle)
		w.across(p, row, "", analysis.MoneyFormat, func(int) string { return "0" })
	}
}

func (w *workbook) cashSum(p page, row int, label string, from, to int) {
	p.text(row, 1, "", analysis.TotalStyle)
	p.text(row, 2, label, analysis.TotalStyle)
	for _, c := range []int{3, 4} {
		p.text(row, c, "", analysis.TotalStyle)
	}
	p.put(row, 5, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.MoneyFormat)
	w.across(p, row, analysis.TotalStyle, analysis.MoneyFormat, func(c int) string { return "SUM(" + at(c, from) + ":" + at(c, to) + ")" })
}

// cashNet writes what follows from benefits and costs. The totals of cumulated
// rows stay empty: each cell adds to the one on its left.
func (w *workbook) cashNet(p page, r cashRows, i int) {
	rows := []struct {
		row     int
		label   string
		total   bool
		formula func(c int) string
	}{
		{r.tax, "Deadweight cost of taxation", true, func(c int) string { return at(c, r.public) + "*" + w.usedOr(w.m.TaxDeadweight, "0") }},
		{r.net, "Net", true, func(c int) string { return at(c, r.benefits) + "-" + at(c, r.costs) }},
		{r.present, "Net, present value", true, func(c int) string { return at(c, r.net) + "*" + on(timelineSheet, inRow(c, factorRow)) }},
		{r.cumulated, "Net, cumulated", false, func(c int) string { return "SUM(" + inColumn(yearColumn, r.net) + ":" + at(c, r.net) + ")" }},
		{r.cumulatedPV, "Present value, cumulated", false, func(c int) string { return "SUM(" + inColumn(yearColumn, r.present) + ":" + at(c, r.present) + ")" }},
		{r.public, "Net public spending, market amounts", true, func(c int) string {
			return "SUMPRODUCT(" + w.calculatedColumn(marketBlock, c) + "," + w.lineColumn(publicColumn) + "," + w.lineColumn(memberColumn+i) + ")"
		}},
	}
	for _, x := range rows {
		style := analysis.PlainStyle
		if x.row == r.net || x.row == r.present {
			style = analysis.TotalStyle
		}
		if x.row == r.cumulated || x.row == r.cumulatedPV { // it names the line in a chart
			x.label += ": " + shorten(w.optionName(i))
		}
		p.text(x.row, 2, x.label, style)
		if x.total {
			p.put(x.row, 5, "=SUM("+w.thisRow(x.row)+")", analysis.TotalStyle, analysis.MoneyFormat)
		}
		w.across(p, x.row, style, analysis.MoneyFormat, x.formula)
	}
}

// cashRow is a row of the option's cash flow, for other sheets.
func (w *workbook) cashRow(row int) string { return on(cashSheet, w.wholeRow(row)) }
