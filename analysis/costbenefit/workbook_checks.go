package costbenefit

import (
	"strconv"

	"pediment/analysis"
)

// sheetCheck is a line of the sheet of checks: a formula that is true when it
// holds, or one that gives its own words.
type sheetCheck struct {
	name, about, formula string
	words                bool
}

func (w *workbook) addCheck(name, about, formula string) {
	w.checks = append(w.checks, sheetCheck{name, about, formula, false})
}

// changes writes what every input cell held when the file was made, so that one
// sees what has been changed since.
func (w *workbook) changes() {
	p := w.sheet(changesSheet, 20, 50, 12, 14)
	p.title("Changes", "What the cells for input held when this file was made, and how many have been changed since.")
	p.text(4, 1, "Cells changed", analysis.HeadingStyle)
	p.header(6, "Sheet", "Input", "Changed", "As delivered")
	p.Rows, p.Columns = 6, 3
	row := 6
	for _, d := range w.inputs {
		if d.sheet == scenariosSheet && d.row == 4 {
			continue // choosing a scenario is not a change of inputs; it is told apart
		}
		row++
		p.text(row, 1, d.sheet, analysis.PlainStyle)
		p.text(row, 2, d.name, analysis.PlainStyle)
		for k, value := range d.values {
			if words, ok := value.(string); ok {
				p.text(row, 4+k, words, analysis.StaticStyle)
				continue
			}
			p.put(row, 4+k, value, analysis.StaticStyle, analysis.GeneralFormat)
		}
		now := on(d.sheet, area(d.column, d.row, d.column+len(d.values)-1, d.row))
		p.put(row, 3, "=SUMPRODUCT(("+now+"<>"+area(4, row, 3+len(d.values), row)+")*1)", analysis.PlainStyle, analysis.CountFormat)
	}
	total := "0"
	if row > 6 {
		total = "SUM(" + at(3, 7) + ":" + at(3, row) + ")"
	}
	p.put(4, 3, "="+total+"+IF(scenario=0,0,1)", analysis.TotalStyle, analysis.CountFormat).Name = "inputs_changed"
}

// checksPage writes what must hold in the workbook, and one flag for all.
func (w *workbook) checksPage() {
	p := w.sheet(checksSheet, 60, 60, 24)
	p.title("Checks", "What must hold whatever the inputs; agreement with the engine is judged only while inputs are as delivered.")
	w.ownChecks()
	p.text(4, 1, "All checks", analysis.HeadingStyle)
	p.header(6, "Check", "About", "State")
	first := 7
	for k, c := range w.checks {
		row := first + k
		p.text(row, 1, c.name, analysis.TextStyle)
		p.text(row, 2, c.about, analysis.TextStyle)
		formula := "=IF(" + c.formula + `,"ok","fails")`
		if c.words {
			formula = "=" + c.formula
		}
		p.put(row, 3, formula, analysis.CheckStyle, "")
	}
	last := first + len(w.checks) - 1
	p.put(4, 3, "=IF(SUMPRODUCT(("+area(3, first, 3, last)+`="fails")+(`+area(3, first, 3, last)+`="differs"))>0,"fails",IF(inputs_changed>0,"changed","ok"))`,
		analysis.CheckStyle, "").Name = "all_checks"
	w.printed(p, last+3, "checks", "The engine's own checks")
	p.Rows = 6
}

func (w *workbook) ownChecks() {
	for i := range w.m.Appraisal.Options {
		name := w.optionName(i)
		column := 6 + 4*i
		states := on(resultsSheet, area(column, firstResult, column, w.lastResult))
		w.checks = append(w.checks, sheetCheck{"Workbook and engine agree to a millionth", name,
			`IF(inputs_changed>0,"changed",IF(SUMPRODUCT((` + states + `="differs")*1)>0,"differs","ok"))`, true})
		c := w.cash[i]
		npv := w.result1(i, "npv")
		present, side := w.calculatedColumnOf(presentBlock, 5), w.lineColumn(sideColumn)
		sum := "SUMPRODUCT(((" + side + `="benefit")-(` + side + `="cost"))*(` + w.lineColumn(classColumn) + `<>"transfer")*` + present + "*" + w.lineColumn(memberColumn+i) +
			")-SUMPRODUCT(" + w.cashRow(c.tax) + "," + w.timeRange(factorRow) + ")"
		size := "(ABS(" + w.result1(i, "pv_benefits") + ")+ABS(" + w.result1(i, "pv_costs") + ")+1)"
		w.addCheck("Present values of lines add up to the net present value", name, "ABS("+sum+"-"+npv+")<=0.000001*"+size)
		w.addCheck("Cumulated present value ends at the net present value", name, "ABS("+on(cashSheet, fixed(w.last(), c.cumulatedPV))+"-"+npv+")<=0.000001*"+size)
	}
	w.addCheck("Years run forward", "Timeline", "SUMPRODUCT(("+on(timelineSheet, area(yearColumn, timeRow, max(yearColumn, w.last()-1), timeRow))+">"+
		on(timelineSheet, area(min(yearColumn+1, w.last()), timeRow, w.last(), timeRow))+")*1)=0")
	w.addCheck("Discount factors are above 0", "Timeline", "MIN("+w.timeRange(factorRow)+")>0")
	base := on(amountsSheet, area(yearColumn, firstLine, w.last(), firstLine+w.flows()-1))
	w.addCheck("No year is blank", "Amounts", "COUNT("+base+")="+strconv.Itoa(w.flows()*len(w.m.Columns)))
	w.addCheck("Costs and benefits are written with their own sign", "Lines", w.signFormula())
	if len(w.m.Funds) > 0 {
		w.addCheck("Funding by source adds up to funding in use", "Funding", "ABS(SUM("+on(fundingSheet, area(5, w.fund.source, 5, w.fund.source+w.peopleRows()-1))+
			")-SUM("+on(fundingSheet, area(4, w.fund.used, 4, w.fund.used+w.funds()-1))+"))<=0.01")
	}
}

// signFormula holds where every line that was written positive still is; lines
// written negative on purpose stand in the engine's notes.
func (w *workbook) signFormula() string {
	negative := 0
	for l := range w.m.Flows {
		for _, amount := range w.base(w.m.Flows[l]) {
			if amount < 0 {
				negative++
			}
		}
	}
	base := on(amountsSheet, area(yearColumn, firstLine, w.last(), firstLine+w.flows()-1))
	return "SUMPRODUCT((" + base + "<0)*1)<=" + strconv.Itoa(negative)
}
