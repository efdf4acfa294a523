package costbenefit

import "pediment/analysis"

// The columns of the matrix of groups.
const (
	groupWeight = 14
	firstShare  = 3 // of the shares by line, a column a group
)

// groupTop is the header of the option's matrix of groups.
func (w *workbook) groupTop(i int) int {
	return 6 + i*(len(w.m.Appraisal.Groups)+5)
}

// sharesTop is the header of the shares by line.
func (w *workbook) sharesTop() int { return w.groupTop(len(w.m.Appraisal.Options)) + 1 }

// groups writes who gains and pays by group, and the value weighted by income.
func (w *workbook) groups() {
	if len(w.m.Appraisal.Groups) == 0 {
		return
	}
	p := w.sheet(groupsSheet, 6, 36, 14, 14, 14, 16, 16, 16, 16, 12, 14, 14, 14, 10, 16)
	p.title("Groups", "Present values by group, as the lines are shared out below; the weight of a unit of money falls with income.")
	for i := range w.m.Appraisal.Options {
		w.groupOption(p, i)
	}
	w.groupShares(p)
	p.Rows, p.Columns = 3, 2
}

// shareColumn is a group's shares of all lines.
func (w *workbook) shareColumn(g int) string {
	top := w.sharesTop() + 1
	return area(firstShare+g, top, firstShare+g, top+w.flows()-1)
}

func (w *workbook) groupOption(p page, i int) {
	top, n := w.groupTop(i), len(w.m.Appraisal.Groups)
	p.text(top-1, 1, w.optionName(i), analysis.HeadingStyle)
	p.header(top, "No.", "Group", "Priority: 1", "Income", "Persons", "Cost", "Benefit", "Net", "Benefit, no transfers", "Share of benefits",
		"Share of persons", "Net per person", "Within poorest 40 %", "Weight", "Weighted net")
	for g, group := range w.m.Appraisal.Groups {
		w.groupLine(p, i, g, top+1+g, called(group.Name, group.ID))
	}
	row := top + 1 + n
	first, last := top+1, top+n
	p.text(row, 2, "not shared out", analysis.TextStyle)
	sum := func(c int) string { return "SUM(" + at(c, first) + ":" + at(c, last) + ")" }
	transfers := w.sharedTransfers(i)
	p.put(row, 6, "="+w.result1(i, "pv_costs")+"+"+transfers+"-"+sum(6), analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, 7, "="+w.result1(i, "pv_benefits")+"+"+transfers+"-"+sum(7), analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, 8, "="+at(7, row)+"-"+at(6, row), analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, groupWeight, 1.0, analysis.PlainStyle, analysis.RatioFormat)
	p.put(row, groupWeight+1, "="+at(8, row)+"*"+at(groupWeight, row), analysis.PlainStyle, analysis.MoneyFormat)
	p.text(row+1, 2, "All", analysis.TotalStyle)
	for _, c := range []int{6, 7, 8, groupWeight + 1} {
		p.put(row+1, c, "=SUM("+at(c, first)+":"+at(c, row)+")", analysis.TotalStyle, analysis.MoneyFormat)
	}
	w.addCheck("Groups add up to the net present value", w.optionName(i), "ABS("+on(groupsSheet, fixed(8, row+1))+"-"+w.result1(i, "npv")+
		")<=0.000001*(ABS("+w.result1(i, "pv_costs")+")+1)")
}

// sharedTransfers is the present value of transfers that are shared out.
func (w *workbook) sharedTransfers(i int) string {
	top := w.sharesTop() + 1
	shared := area(firstShare+len(w.m.Appraisal.Groups), top, firstShare+len(w.m.Appraisal.Groups), top+w.flows()-1)
	return "SUMPRODUCT((" + w.lineColumn(classColumn) + `="transfer")*(` + on(groupsSheet, shared) + ">0)*" +
		w.calculatedColumnOf(economicBlock, 5) + "*" + w.lineColumn(memberColumn+i) + ")"
}

func (w *workbook) groupLine(p page, i, g, row int, name string) {
	party := w.groupRow + g
	p.put(row, 1, int64(g+1), analysis.PlainStyle, analysis.CountFormat)
	p.text(row, 2, name, analysis.TextStyle)
	for k, from := range []int{5, 3, 4} { // priority, income, persons
		w.partyCell(p, row, 3+k, from, party)
	}
	top, n := w.groupTop(i), len(w.m.Appraisal.Groups)
	value := "*" + w.shareColumn(g) + "*" + w.calculatedColumnOf(economicBlock, 5) + "*" + w.lineColumn(memberColumn+i) + ")"
	side := func(name string) string { return "SUMPRODUCT((" + w.lineColumn(sideColumn) + `="` + name + `")` }
	p.put(row, 6, "="+side("cost")+value, analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, 7, "="+side("benefit")+value, analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, 8, "="+at(7, row)+"-"+at(6, row), analysis.TotalStyle, analysis.MoneyFormat)
	p.put(row, 9, "="+side("benefit")+"*("+w.lineColumn(classColumn)+`<>"transfer")`+value, analysis.PlainStyle, analysis.MoneyFormat)
	people := area(5, top+1, 5, top+n)
	p.put(row, 10, "="+over(at(7, row), "("+w.result1(i, "pv_benefits")+"+"+w.sharedTransfers(i)+")", `""`), analysis.PlainStyle, analysis.PercentFormat)
	p.put(row, 11, "="+over(at(5, row), "SUM("+people+")", `""`), analysis.PlainStyle, analysis.PercentFormat)
	p.put(row, 12, "="+over(at(8, row), at(5, row), `""`), analysis.PlainStyle, analysis.CentsFormat)
	incomes := area(4, top+1, 4, top+n)
	numbers := area(1, top+1, 1, top+n)
	poorer := "SUMPRODUCT(((" + incomes + "<" + at(4, row) + ")+(" + incomes + "=" + at(4, row) + ")*(" + numbers + "<" + at(1, row) + "))*" + people + ")"
	p.put(row, 13, "=IF("+at(5, row)+">0,MIN(1,MAX(0,0.4*SUM("+people+")-"+poorer+")/"+at(5, row)+"),0)", analysis.PlainStyle, analysis.PercentFormat)
	weight := "1"
	if w.m.Eta != None && w.m.Reference != None && g < len(w.m.Incomes) && w.m.Incomes[g] != None {
		weight = "(" + w.used(w.m.Reference) + "/" + at(4, row) + ")^" + w.used(w.m.Eta)
	}
	p.put(row, groupWeight, "="+weight, analysis.PlainStyle, analysis.RatioFormat)
	p.put(row, groupWeight+1, "="+at(8, row)+"*"+at(groupWeight, row), analysis.TotalStyle, analysis.MoneyFormat)
}

// partyCell repeats what the sheet of parties says of a group.
func (w *workbook) partyCell(p page, row, column, from, party int) {
	p.put(row, column, "="+on(partiesSheet, fixed(from, party)), analysis.PlainStyle, analysis.MoneyFormat)
}

// groupShares writes how each line is shared out.
func (w *workbook) groupShares(p page) {
	top, n := w.sharesTop(), len(w.m.Appraisal.Groups)
	p.text(top-1, 1, "How lines are shared out", analysis.HeadingStyle)
	p.header(top, "No.", "Line")
	for g, group := range w.m.Appraisal.Groups {
		p.text(top, firstShare+g, called(group.Name, group.ID), analysis.HeaderStyle)
	}
	p.text(top, firstShare+n, "Shared out: 1", analysis.HeaderStyle)
	for l := range w.flows() {
		row := top + 1 + l
		shares := make([]string, n)
		for g := range shares {
			shares[g] = "0"
		}
		if l < len(w.m.Flows) {
			p.put(row, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
			p.text(row, 2, w.m.Flows[l].Name, analysis.TextStyle)
			for _, share := range w.m.Flows[l].Shares {
				shares[share.Group] += "+" + w.used(share.Input)
			}
		}
		for g, formula := range shares {
			p.put(row, firstShare+g, "="+formula, analysis.PlainStyle, analysis.PercentFormat)
		}
		p.put(row, firstShare+n, oneIf(l < len(w.m.Flows) && len(w.m.Flows[l].Shares) > 0), analysis.PlainStyle, analysis.CountFormat)
	}
}

// groupFigures are the measures of equity.
func (w *workbook) groupFigures(f map[string]string, i int) {
	n := len(w.m.Appraisal.Groups)
	if n == 0 {
		return
	}
	top := w.groupTop(i)
	column := func(c int) string { return on(groupsSheet, area(c, top+1, c, top+n)) }
	npv, b := w.result1(i, "npv"), w.result1(i, "pv_benefits")
	priority := "SUMPRODUCT(" + column(3) + "," + column(8) + ")"
	f["npv_weighted"] = npv + "+SUMPRODUCT(" + column(8) + ",(" + column(groupWeight) + "-1))"
	f["switching_weight"] = "IF(" + priority + `=0,"none",IF(1-` + npv + "/" + priority + `<0,"no positive weight",1-` + npv + "/" + priority + "))"
	f["priority_share"] = over("SUMPRODUCT("+column(3)+","+column(9)+")", b, `"no benefits"`)
	f["bottom"] = over("SUMPRODUCT("+column(13)+","+column(9)+")", "SUM("+column(9)+")", `"no benefits"`)
}
