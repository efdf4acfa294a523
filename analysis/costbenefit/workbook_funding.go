package costbenefit

import "pediment/analysis"

// fundRows are the rows of the sheet of funding.
type fundRows struct {
	register, promised, used, source int // first rows of the lists
	runs, moves                      int // who is funded, by stakeholder; which lines move their cash
	plan                             []int
}

const firstFund = 7 // row

// funds is how many rows lists of funding have; at least one.
func (w *workbook) funds() int { return max(1, len(w.m.Funds)) }

// people1 is how many rows lists of stakeholders have; at least one.
func (w *workbook) peopleRows() int { return max(1, len(w.m.Appraisal.Stakeholders)) }

// placeFunding gives the lists of the sheet of funding their rows.
func (w *workbook) placeFunding() {
	n, people := w.funds(), w.peopleRows()
	w.fund.register = firstFund
	w.fund.promised = w.fund.register + n + 3
	w.fund.used = w.fund.promised + n + 3
	w.fund.source = w.fund.used + n + 3
	row := w.fund.source + people + 3
	for range w.m.Appraisal.Options {
		w.fund.plan = append(w.fund.plan, row)
		row += 8
	}
	w.fund.runs = row + 2
	w.fund.moves = w.fund.runs + people + 3
}

// funding writes who promises what, what of it is there under the scenario, and
// the cash of those who run each option.
func (w *workbook) funding() {
	if len(w.m.Funds) == 0 {
		return
	}
	p := w.timed(fundingSheet, 6, 42, 12, 12, 15)
	p.title("Funding and sustainability", "Undiscounted market amounts. The cumulated cash of those who run an option must never fall below zero.")
	w.fundRegister(p)
	w.fundAmounts(p)
	w.fundSources(p)
	for i := range w.m.Appraisal.Options {
		w.cashPlan(p, i)
	}
	w.fundedParties(p)
	w.movingLines(p)
	p.Rows, p.Columns = 3, yearColumn-1
}

// The columns of the register of funding.
const (
	sourceColumn = 3
	toColumn     = 4
	staysColumn  = 5
	cashColumn   = 6
	fundMember   = 7 // of the first option
)

func (w *workbook) fundRegister(p page) {
	top := w.fund.register
	p.text(top-2, 1, "Who promises what", analysis.HeadingStyle)
	names := []string{"No.", "Funding", "From no.", "To no.", "Stays: 1", "Cash: 1"}
	for i := range w.m.Appraisal.Options {
		names = append(names, w.optionName(i))
	}
	p.header(top-1, append(names, "Status", "Expires", "Conditions")...)
	for k, fund := range w.m.Funds {
		row := top + k
		p.put(row, 1, int64(k+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(row, 2, w.stakeholder(fund.Source)+": "+fund.Name, analysis.TextStyle)
		p.put(row, sourceColumn, int64(w.m.stakeholder(fund.Source)+1), analysis.PlainStyle, analysis.CountFormat)
		p.put(row, toColumn, int64(w.m.stakeholder(fund.To)+1), analysis.PlainStyle, analysis.CountFormat)
		p.put(row, staysColumn, "=INDEX("+on(scenariosSheet, area(centralScenario, w.stays+k, centralScenario+len(w.m.Scenarios), w.stays+k))+",scenario+1)",
			analysis.PlainStyle, analysis.CountFormat)
		p.put(row, cashColumn, oneIf(fund.Form != "in kind"), analysis.PlainStyle, analysis.CountFormat)
		members := make([]float64, len(w.m.Appraisal.Options))
		for i, option := range w.m.Appraisal.Options {
			members[i] = oneIf(fund.member(option.ID))
		}
		w.inputRow(p, row, fundMember, fund.Name+", options", members, analysis.CountFormat)
		for j, words := range []string{fund.Status, fund.Expires, fund.Conditions} {
			p.text(row, fundMember+len(members)+j, words, analysis.PlainStyle)
		}
	}
}

// fundColumn is a column of the register.
func (w *workbook) fundColumn(column int) string {
	return area(column, w.fund.register, column, w.fund.register+w.funds()-1)
}

func (w *workbook) fundAmounts(p page) {
	for _, list := range []struct {
		top     int
		heading string
	}{{w.fund.promised, "Promised"}, {w.fund.used, "There under the scenario"}} {
		p.text(list.top-2, 1, list.heading, analysis.HeadingStyle)
		p.header(list.top-1, "No.", "Funding", "", "Total", "Present value")
		w.years(p, list.top-1)
		for k, fund := range w.m.Funds {
			row := list.top + k
			p.put(row, 1, int64(k+1), analysis.PlainStyle, analysis.CountFormat)
			p.text(row, 2, w.stakeholder(fund.Source)+": "+fund.Name, analysis.TextStyle)
			p.put(row, 4, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.MoneyFormat)
			p.put(row, 5, "=SUMPRODUCT("+w.thisRow(row)+","+w.timeRange(factorRow)+")", analysis.TotalStyle, analysis.MoneyFormat)
			if list.top == w.fund.promised {
				w.inputRow(p, row, yearColumn, fund.Name, w.m.FundFlows[k], analysis.MoneyFormat)
				continue
			}
			w.across(p, row, "", analysis.MoneyFormat, func(c int) string { return at(c, w.fund.promised+k) + "*" + fixed(staysColumn, w.fund.register+k) })
		}
	}
}

// fundSources adds the funding up by stakeholder, for the chart.
func (w *workbook) fundSources(p page) {
	top := w.fund.source
	p.text(top-2, 1, "By source", analysis.HeadingStyle)
	p.header(top-1, "No.", "Source", "", "", "Total")
	w.years(p, top-1)
	for k, s := range w.m.Appraisal.Stakeholders {
		row := top + k
		p.put(row, 1, int64(k+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(row, 2, called(s.Name, s.ID), analysis.TextStyle)
		p.put(row, 5, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.MoneyFormat)
		w.across(p, row, "", analysis.MoneyFormat, func(c int) string {
			return "SUMPRODUCT((" + w.fundColumn(sourceColumn) + "=" + inColumn(1, row) + ")*" + inRow(c, w.fund.used) + ":" + inRow(c, w.fund.used+w.funds()-1) + ")"
		})
	}
}

// cashPlan writes inflow, funding and outflow of those who run the option.
func (w *workbook) cashPlan(p page, i int) {
	top := w.fund.plan[i]
	p.text(top, 1, w.optionName(i)+": cash of those who are funded", analysis.HeadingStyle)
	p.header(top+1, "", "", "", "", "Total")
	w.years(p, top+1)
	moves := func(column int) func(c int) string {
		return func(c int) string {
			return "SUMPRODUCT(" + w.calculatedColumn(marketBlock, c) + "," + area(column+2*i, w.fund.moves, column+2*i, w.fund.moves+w.flows()-1) + ")"
		}
	}
	for k, line := range []struct {
		label   string
		formula func(c int) string
	}{
		{"Inflow: revenue and transfers", moves(4)},
		{"Funding", func(c int) string {
			return "SUMPRODUCT(" + inRow(c, w.fund.used) + ":" + inRow(c, w.fund.used+w.funds()-1) + "," + w.fundColumn(cashColumn) + "," + w.fundColumn(fundMember+i) + ")"
		}},
		{"Outflow", moves(3)},
		{"Cumulated", func(c int) string {
			return "SUM(" + inColumn(yearColumn, top+2) + ":" + at(c, top+3) + ")-SUM(" + inColumn(yearColumn, top+4) + ":" + at(c, top+4) + ")"
		}},
		{"Missing", func(c int) string { return "MAX(0,-" + at(c, top+5) + ")" }},
	} {
		row := top + 2 + k
		style := analysis.PlainStyle
		if k >= 3 {
			style = analysis.TotalStyle
		}
		p.text(row, 2, line.label, style)
		if k < 3 {
			p.put(row, 5, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.MoneyFormat)
		}
		w.across(p, row, style, analysis.MoneyFormat, line.formula)
	}
}

// fundedParties marks by option the stakeholders who receive cash funding: they
// run it.
func (w *workbook) fundedParties(p page) {
	top := w.fund.runs
	p.text(top-2, 1, "Who is funded, by option: 1", analysis.HeadingStyle)
	p.header(top-1, "No.", "Stakeholder")
	for i := range w.m.Appraisal.Options {
		p.text(top-1, 3+i, w.optionName(i), analysis.HeaderStyle)
	}
	for k, s := range w.m.Appraisal.Stakeholders {
		row := top + k
		p.put(row, 1, int64(k+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(row, 2, called(s.Name, s.ID), analysis.TextStyle)
		for i := range w.m.Appraisal.Options {
			p.put(row, 3+i, "=IF(SUMPRODUCT(("+w.fundColumn(toColumn)+"="+inColumn(1, row)+")*"+w.fundColumn(cashColumn)+"*"+w.fundColumn(fundMember+i)+")>0,1,0)",
				analysis.PlainStyle, analysis.CountFormat)
		}
	}
}

// movingLines says which lines move the cash of those who are funded: nothing in
// kind, and an asset's value only when it is really sold.
func (w *workbook) movingLines(p page) {
	top := w.fund.moves
	p.text(top-2, 1, "Lines that move their cash, by option: out, in", analysis.HeadingStyle)
	names := []string{"No.", "Line"}
	for i := range w.m.Appraisal.Options {
		names = append(names, "Out: "+w.optionName(i), "In")
	}
	p.header(top-1, names...)
	for l := range w.flows() {
		row := top + l
		if l < len(w.m.Flows) {
			p.put(row, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
			p.text(row, 2, w.m.Flows[l].Name, analysis.TextStyle)
		}
		cash := "IF(" + lineCell(formColumn, l) + `="cash",1,0)*IF(` + lineCell(residualColumn, l) + "=1,0,1)*"
		transfer := lineCell(classColumn, l) + `="transfer"`
		earned := "OR(" + transfer + ",AND(" + lineCell(sideColumn, l) + `="benefit",OR(` + lineCell(classColumn, l) + `="revenue",` + lineCell(residualColumn, l) + ">0)))"
		for i := range w.m.Appraisal.Options {
			member := "*" + lineCell(memberColumn+i, l)
			runs := func(column int) string {
				who := lineCell(column, l)
				return "IF(" + who + ">0,INDEX(" + area(3+i, w.fund.runs, 3+i, w.fund.runs+w.peopleRows()-1) + "," + who + "),0)"
			}
			p.put(row, 3+2*i, "="+cash+"IF(OR("+lineCell(sideColumn, l)+`="cost",`+transfer+"),1,0)*"+runs(payerColumn)+member, analysis.PlainStyle, analysis.CountFormat)
			p.put(row, 4+2*i, "="+cash+"IF("+earned+",1,0)*"+runs(receiveColumn)+member, analysis.PlainStyle, analysis.CountFormat)
		}
	}
}
