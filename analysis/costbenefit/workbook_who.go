package costbenefit

import "pediment/analysis"

// whoRow is the row of a stakeholder, counted from 1, in the option's matrix;
// after the stakeholders come nobody named, everyone, prices to values, society
// and the difference to the net present value.
func (w *workbook) whoRow(i, stakeholder int) int {
	return 6 + i*(w.peopleRows()+9) + stakeholder
}

// who writes who pays and who gains by stakeholder: present values of market
// amounts, transfers and funding apart. Transfers add up to zero.
func (w *workbook) who() {
	p := w.sheet(whoSheet, 14, 40, 18, 18, 18, 18, 18, 12)
	p.title("Who pays and who gains", "Present values of market amounts in "+w.m.moneyUnit()+". Transfers and funding go from one to another and add up to zero.")
	for i := range w.m.Appraisal.Options {
		w.whoOption(p, i)
	}
	w.printed(p, w.whoRow(len(w.m.Appraisal.Options), 0), "fiscal", "What public budgets save or take in, by year, before discounting")
	p.Rows, p.Columns = 3, 2
}

func (w *workbook) whoOption(p page, i int) {
	top := w.whoRow(i, 0)
	p.text(top-1, 1, w.optionName(i), analysis.HeadingStyle)
	p.header(top, "No.", "Stakeholder")
	for k, name := range []string{"Cost", "Benefit", "Transfers received", "Transfers given", "Net", "Ratio"} {
		p.text(top, 3+k, name, analysis.HeaderStyle).Format = analysis.MoneyFormat
	}
	for k, s := range w.m.Appraisal.Stakeholders {
		w.whoStakeholder(p, i, k+1, called(s.Name, s.ID))
	}
	nobody := w.peopleRows() + 1
	w.whoStakeholder(p, i, 0, nobodyNamed)
	p.text(w.whoRow(i, nobody+1), 2, costOfTaxation, analysis.TextStyle)
	w.whoCells(p, w.whoRow(i, nobody+1), "SUMPRODUCT("+w.cashRow(w.cash[i].tax)+","+w.timeRange(factorRow)+")", "0", "0", "0")
	p.text(w.whoRow(i, nobody+2), 2, priceStepRow, analysis.TextStyle)
	member := w.lineColumn(memberColumn + i)
	step := func(side string) string {
		return "SUMPRODUCT((" + w.lineColumn(sideColumn) + `="` + side + `")*(` + w.lineColumn(classColumn) + `<>"transfer")*(` +
			w.calculatedColumnOf(economicBlock, 5) + "-" + w.calculatedColumnOf(marketBlock, 5) + ")*" + member + ")"
	}
	w.whoCells(p, w.whoRow(i, nobody+2), step("cost"), step("benefit"), "0", "0")
	w.whoSociety(p, i, top+1, w.whoRow(i, nobody+3))
}

// whoStakeholder writes the row of the stakeholder with the number; 0 is nobody
// named.
func (w *workbook) whoStakeholder(p page, i, number int, name string) {
	row := w.whoRow(i, number)
	if number == 0 {
		row = w.whoRow(i, w.peopleRows()+1)
	}
	p.put(row, 1, int64(number), analysis.PlainStyle, analysis.CountFormat)
	p.text(row, 2, name, analysis.TextStyle)
	member, market := w.lineColumn(memberColumn+i), w.calculatedColumnOf(marketBlock, 5)
	lines := func(who int, condition string) string {
		return "SUMPRODUCT((" + w.lineColumn(who) + "=" + inColumn(1, row) + ")*" + condition + "*" + market + "*" + member + ")"
	}
	real := "*(" + w.lineColumn(classColumn) + `<>"transfer")`
	transfer := "(" + w.lineColumn(classColumn) + `="transfer")`
	w.whoCells(p, row, lines(payerColumn, "("+w.lineColumn(sideColumn)+`="cost")`+real), lines(receiveColumn, "("+w.lineColumn(sideColumn)+`="benefit")`+real),
		lines(receiveColumn, transfer)+w.fundPart(i, toColumn, row), lines(payerColumn, transfer)+w.fundPart(i, sourceColumn, row))
}

// fundPart adds the funding that comes to, or from, the stakeholder of the row.
func (w *workbook) fundPart(i, column, row int) string {
	if len(w.m.Funds) == 0 {
		return ""
	}
	return "+SUMPRODUCT((" + on(fundingSheet, w.fundColumn(column)) + "=" + inColumn(1, row) + ")*" +
		on(fundingSheet, area(5, w.fund.used, 5, w.fund.used+w.funds()-1)) + "*" + on(fundingSheet, w.fundColumn(fundMember+i)) + ")"
}

func (w *workbook) whoCells(p page, row int, cost, benefit, received, given string) {
	for k, formula := range []string{cost, benefit, received, given} {
		p.put(row, 3+k, "="+formula, analysis.PlainStyle, analysis.MoneyFormat)
	}
	w.whoNet(p, row, analysis.PlainStyle)
}

func (w *workbook) whoNet(p page, row int, style analysis.CellStyle) {
	p.put(row, 7, "="+at(4, row)+"-"+at(3, row)+"+"+at(5, row)+"-"+at(6, row), analysis.TotalStyle, analysis.MoneyFormat)
	p.put(row, 8, "="+over("("+at(4, row)+"+"+at(5, row)+")", "("+at(3, row)+"+"+at(6, row)+")", `""`), style, analysis.RatioFormat)
}

func (w *workbook) whoSociety(p page, i, first, row int) {
	p.text(row, 1, "", analysis.TotalStyle)
	p.text(row, 2, "Society", analysis.TotalStyle)
	for c := 3; c <= 6; c++ {
		p.put(row, c, "=SUM("+at(c, first)+":"+at(c, row-1)+")", analysis.TotalStyle, analysis.MoneyFormat)
	}
	p.put(row, 7, "="+at(4, row)+"-"+at(3, row)+"+"+at(5, row)+"-"+at(6, row), analysis.TotalStyle, analysis.MoneyFormat)
	p.put(row, 8, "="+over(at(4, row), at(3, row), `""`), analysis.TotalStyle, analysis.RatioFormat)
	p.text(row+1, 2, "Society less net present value", analysis.LeadStyle)
	npv := w.result1(i, "npv")
	p.put(row+1, 7, "=ROUND("+at(7, row)+"-"+npv+",2)", analysis.PlainStyle, analysis.CentsFormat)
	w.addCheck("Stakeholders add up to society", w.optionName(i), "ABS("+on(whoSheet, fixed(7, row+1))+")<=0.000001*(ABS("+
		on(whoSheet, fixed(3, row))+")+ABS("+on(whoSheet, fixed(4, row))+")+1)")
	w.addCheck("Transfers add up to zero", w.optionName(i), "ABS("+on(whoSheet, fixed(5, row))+"-"+on(whoSheet, fixed(6, row))+")<=0.000001*(ABS("+
		on(whoSheet, fixed(5, row))+")+1)")
}
