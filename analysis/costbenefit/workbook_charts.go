package costbenefit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// chartHeight is how many rows a chart covers.
const chartHeight = 21

// chartsPage writes the charts that follow the inputs, and the numbers behind them.
func (w *workbook) chartsPage() {
	widths := []float64{26}
	for range 13 {
		widths = append(widths, 14)
	}
	p := w.sheet(chartsSheet, widths...)
	p.title("Charts", "They follow every change. The numbers behind them stand below or on the sheets named.")
	places := 2 + len(w.m.Appraisal.Options)
	if len(w.m.Funds) > 0 {
		places++
	}
	row := 4 + (places+1)/2*chartHeight + 1
	place := 0
	next := func() (int, int) {
		r, c := 4+place/2*chartHeight, 1+place%2*6
		place++
		return r, c
	}
	w.cumulatedChart(p, next)
	for i := range w.m.Appraisal.Options {
		row = w.waterfall(p, row, i, next)
	}
	w.whoChart(p, row, next)
	w.fundingStack(p, next)
}

func (w *workbook) chartAt(next func() (int, int), kind analysis.SheetChartKind, title, text, across, up string) analysis.SheetChart {
	row, column := next()
	return analysis.SheetChart{Row: row, Column: column, Kind: kind, Title: title, Text: text, Across: across, Up: up, Format: analysis.MoneyFormat}
}

// cumulatedChart draws the net value as it adds up, discounted and not.
func (w *workbook) cumulatedChart(p page, next func() (int, int)) {
	c := w.chartAt(next, analysis.LineChart, "When benefits make up for costs: net value, cumulated",
		"Net benefits added up year by year, as they are and discounted, by option. The numbers are on the sheet Cash flow.", "", w.m.moneyUnit())
	c.Categories = w.timeRange(12)
	for i := range w.m.Appraisal.Options {
		rows := w.cash[i]
		for _, line := range []int{rows.cumulated, rows.cumulatedPV} {
			c.Series = append(c.Series, analysis.SheetSeries{Name: on(cashSheet, fixed(2, line)), Values: w.cashRow(line)})
		}
		if len(c.Series) >= 6 {
			break
		}
	}
	p.Charts = append(p.Charts, c)
}

// most steps a waterfall shows one by one.
const mostBars = 10

// waterfall writes the way from benefits through costs to the net present value.
// Bars are stacked on an unseen one; a bar that crosses zero has a part on either
// side.
func (w *workbook) waterfall(p page, row, i int, next func() (int, int)) int {
	p.text(row, 1, "From benefits to net present value: "+w.optionName(i), analysis.HeadingStyle)
	p.header(row+1, "Step", "Amount", "Level after", "From", "To", "Unseen", "Gain above 0", "Gain below 0", "Loss above 0", "Loss below 0", "Net above 0", "Net below 0")
	first := row + 2
	row = first
	for _, step := range w.steps(i) {
		p.text(row, 1, shorten(step.name), analysis.PlainStyle)
		p.put(row, 2, "="+step.formula, analysis.PlainStyle, analysis.MoneyFormat)
		level := "SUM(" + fixed(2, first) + ":" + at(2, row) + ")"
		w.bar(p, row, level, level+"-"+at(2, row), "IF("+at(2, row)+">=0,1,0)", "IF("+at(2, row)+"<0,1,0)", "0")
		row++
	}
	p.text(row, 1, "Net present value", analysis.TotalStyle)
	p.put(row, 2, "="+w.result1(i, "npv"), analysis.TotalStyle, analysis.MoneyFormat)
	w.bar(p, row, at(2, row), "0", "0", "0", "1")
	c := w.chartAt(next, analysis.StackedColumnChart, shorten(w.optionName(i))+": from benefits through costs to net present value",
		"Present values by line: benefits add, costs take away, the last column is the net present value.", "", w.m.moneyUnit())
	c.Categories = on(chartsSheet, area(1, first, 1, row))
	for k, colour := range []int{0, 1, 1, 2, 2, 6, 6} {
		column := 6 + k
		c.Series = append(c.Series, analysis.SheetSeries{Name: on(chartsSheet, fixed(column, first-1)), Values: on(chartsSheet, area(column, first, column, row)),
			Colour: colour, Invisible: k == 0})
	}
	p.Charts = append(p.Charts, c)
	return row + 3
}

// bar writes the parts of one bar of a waterfall; gain, loss and net say by 1
// which it is.
func (w *workbook) bar(p page, row int, to, from, gain, loss, net string) {
	p.put(row, 3, "="+to, analysis.PlainStyle, analysis.MoneyFormat)
	start := "(" + from + ")"
	low, high := at(4, row), at(5, row)
	p.put(row, 4, "=MIN("+start+","+at(3, row)+")", analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, 5, "=MAX("+start+","+at(3, row)+")", analysis.PlainStyle, analysis.MoneyFormat)
	p.put(row, 6, "=IF("+low+">0,"+low+",IF("+high+"<0,"+high+",0))", analysis.PlainStyle, analysis.MoneyFormat)
	above, below := "(MAX("+high+",0)-MAX("+low+",0))", "(MIN("+low+",0)-MIN("+high+",0))"
	for k, formula := range []string{gain + "*" + above, gain + "*" + below, loss + "*" + above, loss + "*" + below, net + "*" + above, net + "*" + below} {
		p.put(row, 7+k, "="+formula, analysis.PlainStyle, analysis.MoneyFormat)
	}
}

// waterStep is one step and its formula.
type waterStep struct {
	name, formula string
}

// steps are the option's largest lines, benefits first, and what is left of
// either side.
func (w *workbook) steps(i int) []waterStep {
	shown := w.largest(i)
	var steps []waterStep
	for _, side := range []struct {
		keep func(*Flow) bool
		sign string
		all  string
		rest string
	}{{(*Flow).isBenefit, "", "pv_benefits", "Other benefits"}, {(*Flow).isCost, "-", "pv_costs", "Other costs"}} {
		rest := w.result1(i, side.all)
		left := false
		for _, l := range w.sideOf(side.keep) {
			if !shown[l] {
				left = left || w.m.Flows[l].Members[i] != 0
				continue
			}
			cell := on(calculationSheet, fixed(5, w.calculatedRow(presentBlock, l))) + "*" + lineCell(memberColumn+i, l)
			steps = append(steps, waterStep{w.m.Flows[l].Name, side.sign + cell})
			rest += "-" + cell
		}
		if side.sign == "-" {
			tax := "SUMPRODUCT(" + w.cashRow(w.cash[i].tax) + "," + w.timeRange(factorRow) + ")"
			if w.m.TaxDeadweight != None {
				steps = append(steps, waterStep{"Cost of taxation", "-" + tax})
				rest += "-" + tax
			}
		}
		if left {
			steps = append(steps, waterStep{side.rest, side.sign + "(" + rest + ")"})
		}
	}
	return steps
}

// largest are the option's lines with the largest present values.
func (w *workbook) largest(i int) map[int]bool {
	var lines []int
	for l, f := range w.m.Flows {
		if !f.transfer() && f.Members[i] != 0 {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b int) int { return cmp.Compare(math.Abs(w.o.PV[b]), math.Abs(w.o.PV[a])) })
	shown := map[int]bool{}
	for _, l := range lines[:min(mostBars, len(lines))] {
		shown[l] = true
	}
	return shown
}

// whoChart draws each stakeholder's net value by option.
func (w *workbook) whoChart(p page, row int, next func() (int, int)) {
	if len(w.m.Appraisal.Stakeholders) == 0 {
		return
	}
	p.text(row, 1, "Net value by stakeholder", analysis.HeadingStyle)
	p.header(row+1, "Stakeholder")
	c := w.chartAt(next, analysis.ColumnChart, "Who pays and who gains: net value by stakeholder, transfers and funding with it",
		"Present value each stakeholder gains, or pays below zero, by option. The parts are on the sheet Who pays and gains.", "", w.m.moneyUnit())
	n := len(w.m.Appraisal.Stakeholders)
	for k, s := range w.m.Appraisal.Stakeholders {
		p.text(row+2+k, 1, shorten(called(s.Name, s.ID)), analysis.PlainStyle)
	}
	c.Categories = on(chartsSheet, area(1, row+2, 1, row+1+n))
	for i := range w.m.Appraisal.Options {
		p.text(row+1, 2+i, shorten(w.optionName(i)), analysis.HeaderStyle)
		for k := range n {
			p.put(row+2+k, 2+i, "="+on(whoSheet, fixed(7, w.whoRow(i, k+1))), analysis.PlainStyle, analysis.MoneyFormat)
		}
		c.Series = append(c.Series, analysis.SheetSeries{Name: on(chartsSheet, fixed(2+i, row+1)), Values: on(chartsSheet, area(2+i, row+2, 2+i, row+1+n))})
	}
	p.Charts = append(p.Charts, c)
}

// fundingStack draws what each source gives by year.
func (w *workbook) fundingStack(p page, next func() (int, int)) {
	if len(w.m.Funds) == 0 {
		return
	}
	c := w.chartAt(next, analysis.StackedColumnChart, "Who shares the cost: funding by source and year",
		"Funding there under the scenario in use, by source, undiscounted. The numbers are on the sheet Funding.", "", fmt.Sprintf("%s, undiscounted", w.yearUnit()))
	c.Categories = w.timeRange(12)
	for k, s := range w.m.Appraisal.Stakeholders {
		if slices.ContainsFunc(w.m.Funds, func(f Fund) bool { return f.Source == s.ID }) {
			row := w.fund.source + k
			c.Series = append(c.Series, analysis.SheetSeries{Name: on(fundingSheet, fixed(2, row)), Values: on(fundingSheet, w.wholeRow(row))})
		}
	}
	p.Charts = append(p.Charts, c)
}
