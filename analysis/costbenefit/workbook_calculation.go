package costbenefit

import "pediment/analysis"

// The blocks of the sheet of calculation, in order.
const (
	effectBlock = iota
	priceBlock
	marketBlock
	economicBlock
	presentBlock
)

// calculatedRow is a line's row in a block.
func (w *workbook) calculatedRow(block, l int) int { return 7 + block*(w.flows()+3) + l }

// calculated is a line's cell in a block for a column of the timeline.
func (w *workbook) calculated(block, l, column int) string {
	return on(calculationSheet, at(column, w.calculatedRow(block, l)))
}

// calculatedColumn is a column of a whole block; with the row kept when copied
// across.
func (w *workbook) calculatedColumn(block, column int) string {
	return on(calculationSheet, inRow(column, w.calculatedRow(block, 0))+":"+inRow(column, w.calculatedRow(block, w.flows()-1)))
}

// calculatedColumnOf is a column of a whole block that keeps its place.
func (w *workbook) calculatedColumnOf(block, column int) string {
	return on(calculationSheet, area(column, w.calculatedRow(block, 0), column, w.calculatedRow(block, w.flows()-1)))
}

// calculation writes every line's amounts step by step, one formula a row.
func (w *workbook) calculation() {
	p := w.timed(calculationSheet, 6, 38, 12, 12, 15)
	p.title("Calculation", "From the amounts by year to present values; one formula a row, the same in every year.")
	p.text(3, 1, "Years since the base year", analysis.LeadStyle)
	p.text(4, 1, "Discount factor", analysis.LeadStyle)
	w.across(p, 3, analysis.LeadStyle, analysis.CountFormat, func(c int) string { return on(timelineSheet, at(c, stepRow)) })
	w.across(p, 4, analysis.LeadStyle, analysis.FactorFormat, func(c int) string { return on(timelineSheet, at(c, factorRow)) })
	p.Rows, p.Columns = 4, yearColumn-1
	w.block(p, effectBlock, "1 Effect: amounts after lag, duration and drop-off", []string{"Lag", "Lasts", "Drop-off"}, w.effectRow)
	w.block(p, priceBlock, "2 Prices: index to the price base, expected inflation and real growth", []string{"Growth", "Inflation: 1", ""}, w.priceRow)
	w.block(p, marketBlock, "3 Market amounts: effect × prices × what the line is multiplied by", []string{"Times", "Total", "Present value"}, w.marketRow)
	w.block(p, economicBlock, "4 Economic amounts: without tax in the price, at their value to society", []string{"Times", "Total", "Present value"}, w.economicRow)
	w.block(p, presentBlock, "5 Present values: economic amounts × discount factor", []string{"", "", "Total"}, w.presentRow)
}

func (w *workbook) block(p page, block int, heading string, columns []string, row func(p page, row, l int)) {
	top := w.calculatedRow(block, 0)
	p.text(top-2, 1, heading, analysis.HeadingStyle)
	p.header(top-1, append([]string{"No.", "Line"}, columns...)...)
	w.years(p, top-1)
	for l := range w.flows() {
		if l < len(w.m.Flows) {
			p.put(top+l, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
			p.text(top+l, 2, w.m.Flows[l].Name, analysis.TextStyle)
		}
		row(p, top+l, l)
	}
}

// effectRow spreads each year's amount over the years it works in:
//
//	Σ_s amount_s · (1 − drop-off)^i · part(i),  i = year − s − lag,
//
// part being 0 before the effect begins, 1 in its whole years and what is left of
// a fraction in its last.
func (w *workbook) effectRow(p page, row, l int) {
	p.put(row, 3, "="+lineCell(lagColumn, l), analysis.PlainStyle, analysis.CountFormat)
	p.put(row, 4, "="+lineCell(lastColumn, l), analysis.PlainStyle, analysis.RatioFormat)
	p.put(row, 5, "="+lineCell(dropColumn, l), analysis.PlainStyle, analysis.PercentFormat)
	amounts := on(amountsSheet, w.thisRow(firstLine+l))
	w.across(p, row, "", analysis.CentsFormat, func(c int) string {
		switch {
		case l < len(w.m.Flows) && w.m.Flows[l].Residual != nil:
			return on(residualSheet, at(c, w.residual[l]))
		case w.dated():
			return on(amountsSheet, at(c, firstLine+l))
		}
		age := "(" + inRow(c, 3) + "-" + w.wholeRow(3) + "-" + inColumn(3, row) + ")"
		lasts, drop := inColumn(4, row), inColumn(5, row)
		part := "((" + lasts + "-" + age + ">=1)+(" + lasts + "-" + age + ">0)*(" + lasts + "-" + age + "<1)*(" + lasts + "-" + age + "))"
		return "SUMPRODUCT(" + amounts + "*(" + age + ">=0)*" + part + "*(1-" + drop + "+(" + age + "=0))^ABS(" + age + "))"
	})
}

func (w *workbook) priceRow(p page, row, l int) {
	p.put(row, 3, "="+lineCell(growthColumn, l), analysis.PlainStyle, analysis.PercentFormat)
	p.put(row, 4, "="+on(amountsSheet, inColumn(4, w.priceFactorRow(l))), analysis.PlainStyle, analysis.CountFormat)
	w.across(p, row, "", analysis.FactorFormat, func(c int) string {
		year := on(timelineSheet, inRow(c, yearRow))
		return on(amountsSheet, at(c, w.priceFactorRow(l))) + "*((1+" + inColumn(3, row) + ")*(1+inflation*" + inColumn(4, row) + "))^(" + year + "-price_base)"
	})
}

func (w *workbook) marketRow(p page, row, l int) {
	p.put(row, 3, "="+lineCell(factorColumn, l), analysis.PlainStyle, analysis.GeneralFormat)
	w.totals(p, row)
	w.across(p, row, "", analysis.CentsFormat, func(c int) string {
		return at(c, w.calculatedRow(effectBlock, l)) + "*" + at(c, w.calculatedRow(priceBlock, l)) + "*" + inColumn(3, row)
	})
}

func (w *workbook) economicRow(p page, row, l int) {
	p.put(row, 3, "="+lineCell(valueColumn, l), analysis.PlainStyle, analysis.FactorFormat)
	w.totals(p, row)
	w.across(p, row, "", analysis.CentsFormat, func(c int) string {
		return at(c, w.calculatedRow(marketBlock, l)) + "*" + inColumn(3, row)
	})
}

// totals are the row's sum and its present value.
func (w *workbook) totals(p page, row int) {
	p.put(row, 4, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.MoneyFormat)
	p.put(row, 5, "=SUMPRODUCT("+w.thisRow(row)+","+w.wholeRow(4)+")", analysis.TotalStyle, analysis.MoneyFormat)
}

func (w *workbook) presentRow(p page, row, l int) {
	p.put(row, 5, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.MoneyFormat)
	w.across(p, row, "", analysis.CentsFormat, func(c int) string {
		return at(c, w.calculatedRow(economicBlock, l)) + "*" + inRow(c, 4)
	})
}
