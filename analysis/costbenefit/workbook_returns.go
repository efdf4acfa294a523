package costbenefit

import (
	"fmt"

	"pediment/analysis"
)

// returnRows are the rows behind one option's rates of return and payback.
type returnRows struct {
	time, net, plain, discounted int // plain and discounted begin with the cumulated amounts
	changes                      int // changes of sign
	search                       int // first step of the search for the rate
}

// The search for the internal rate of return halves the range so many times.
const (
	searchSteps        = 40
	lowestLog, highLog = "-3", "7" // logarithms of 1 + rate: from -95 % to far beyond 1000 %
)

// returns writes how payback and the internal rate of return are found. IRR() of
// spreadsheets knows whole years only and gives a number even where there are
// several; so the rate is searched for at the flows' own times, and only where
// flows change sign once.
func (w *workbook) returns() {
	p := w.timed(returnsSheet, 8, 42, 14, 14, 14)
	p.title("IRR and payback", "How the years of payback and the internal rate of return on the sheet Results are found.")
	row := 4
	for i := range w.m.Appraisal.Options {
		r := returnRows{time: row + 2, net: row + 3, plain: row + 4, discounted: row + 9, changes: row + 14, search: row + 18}
		p.text(row, 1, w.optionName(i), analysis.HeadingStyle)
		p.header(row+1, "", "", "", "", "Gross")
		w.years(p, row+1)
		w.paybackRows(p, r, i)
		w.searchRows(p, r)
		w.back = append(w.back, r)
		row = r.search + searchSteps + 3
	}
	p.Columns = yearColumn - 1
}

func (w *workbook) paybackRows(p page, r returnRows, i int) {
	line := func(row int, label string, format analysis.NumberFormat, formula func(c int) string) {
		p.text(row, 2, label, analysis.PlainStyle)
		w.across(p, row, "", format, formula)
	}
	cash := func(row int) func(c int) string { return func(c int) string { return on(cashSheet, at(c, row)) } }
	line(r.time, "Time", analysis.FactorFormat, func(c int) string { return on(timelineSheet, at(c, timeRow)) })
	line(r.net, "Net", analysis.CentsFormat, cash(w.cash[i].net))
	p.put(r.net, 5, "=SUMPRODUCT(ABS("+w.thisRow(r.net)+"))", analysis.TotalStyle, analysis.CentsFormat)
	for _, way := range []struct {
		top, cumulated, flow int
		label                string
	}{{r.plain, w.cash[i].cumulated, w.cash[i].net, ""}, {r.discounted, w.cash[i].cumulatedPV, w.cash[i].present, ", discounted"}} {
		sum, below, crossing := way.top, way.top+1, way.top+2
		line(sum, "Cumulated"+way.label, analysis.CentsFormat, cash(way.cumulated))
		line(below, "Below zero: 1", analysis.CountFormat, func(c int) string {
			return "IF(" + at(c, sum) + "<-0.000000000001*" + fixed(5, r.net) + ",1,0)"
		})
		line(crossing, "Comes back to zero at", analysis.RatioFormat, func(c int) string {
			step := "(" + at(c, r.time) + "-" + at(c-1, r.time) + ")"
			return "IF(AND(" + at(c-1, below) + "=1," + at(c, below) + "=0)," + at(c-1, r.time) + "+" + step + "*MIN(1,-" + at(c-1, sum) + "/(" + at(c, sum) + "-" + at(c-1, sum) + `)),"")`
		})
		line(way.top+3, "Last time so far", analysis.RatioFormat, func(c int) string {
			return "IF(" + at(c, crossing) + `="",` + at(c-1, way.top+3) + "," + at(c, crossing) + ")"
		})
	}
	line(r.changes-1, "Sign at this time", analysis.CountFormat, func(c int) string {
		sum := "SUMPRODUCT((" + w.thisRow(r.time) + "=" + at(c, r.time) + ")*" + w.thisRow(r.net) + ")"
		return "IF(ABS(" + sum + ")<=0.00000000000001*" + fixed(5, r.net) + "," + at(c-1, r.changes-1) + ",SIGN(" + sum + "))"
	})
	line(r.changes, "Changes sign: 1", analysis.CountFormat, func(c int) string {
		return "IF(" + at(c-1, r.changes-1) + "*" + at(c, r.changes-1) + "<0,1,0)"
	})
}

// searchRows halve the range of rates around the one at which the present value
// changes sign; after so many steps it is known to a hundred-billionth.
func (w *workbook) searchRows(p page, r returnRows) {
	p.text(r.search-2, 2, "Search for the internal rate of return, by the logarithm of 1 + rate", analysis.LeadStyle)
	p.header(r.search-1, "Step", "", "From", "To", "Middle", "Sign there")
	value := func(log string) string {
		return "SUMPRODUCT(" + w.wholeRow(r.net) + "*EXP(-(" + log + ")*" + w.wholeRow(r.time) + "))"
	}
	for k := range searchSteps {
		row := r.search + k
		p.put(row, 1, int64(k+1), analysis.PlainStyle, analysis.CountFormat)
		from, to := "="+lowestLog, "="+highLog
		if k > 0 {
			same := "IF(" + at(6, row-1) + "=" + fixed(7, r.search) + ","
			from = "=" + same + at(5, row-1) + "," + at(3, row-1) + ")"
			to = "=" + same + at(4, row-1) + "," + at(5, row-1) + ")"
		}
		p.put(row, 3, from, analysis.PlainStyle, analysis.FactorFormat)
		p.put(row, 4, to, analysis.PlainStyle, analysis.FactorFormat)
		p.put(row, 5, "=("+at(3, row)+"+"+at(4, row)+")/2", analysis.PlainStyle, analysis.FactorFormat)
		p.put(row, 6, "=SIGN("+value(at(5, row))+")", analysis.PlainStyle, analysis.CountFormat)
	}
	p.text(r.search-1, 7, "At the lowest rate", analysis.HeaderStyle)
	p.text(r.search-1, 8, "At the highest", analysis.HeaderStyle)
	p.put(r.search, 7, "=SIGN("+value(lowestLog)+")", analysis.PlainStyle, analysis.CountFormat)
	p.put(r.search, 8, "=SIGN("+value(highLog)+")", analysis.PlainStyle, analysis.CountFormat)
}

// irrFormula is the rate found, or why there is none.
func (w *workbook) irrFormula(i int) string {
	r := w.back[i]
	cell := func(column, row int) string { return on(returnsSheet, fixed(column, row)) }
	changes := "SUM(" + on(returnsSheet, w.wholeRow(r.changes)) + ")"
	return "IF(" + changes + `=0,"none: flows of one sign",IF(` + changes + `>1,"several: see engine",IF(` +
		cell(7, r.search) + "*" + cell(8, r.search) + `>0,"beyond the rates searched",EXP(` + cell(5, r.search+searchSteps-1) + ")-1)))"
}

// paybackFormula is the first or last time the cumulated amounts of the rows from
// top on come back to zero.
func (w *workbook) paybackFormula(top int, lasting bool) string {
	row := func(k int) string { return on(returnsSheet, w.wholeRow(top+k)) }
	first := on(timelineSheet, fixed(yearColumn, timeRow))
	formula := "MIN(" + row(2) + ")"
	if lasting {
		formula = "IF(" + on(returnsSheet, fixed(w.last(), top+1)) + `=1,"never",` + on(returnsSheet, fixed(w.last(), top+3)) + ")"
	}
	return "IF(SUM(" + row(1) + ")=0," + first + ",IF(COUNT(" + row(2) + `)=0,"never",` + formula + "))"
}

// mirrFormula is the modified internal rate of return of the option's net flows.
func (w *workbook) mirrFormula(i int) string {
	r, rate := w.back[i], on(ratesSheet, fixed(3, w.chain+1))
	finance, reinvest := w.usedOr(w.m.FinanceRate, rate), w.usedOr(w.m.ReinvestRate, rate)
	net, time := on(returnsSheet, w.wholeRow(r.net)), on(returnsSheet, w.wholeRow(r.time))
	first, last := on(returnsSheet, fixed(yearColumn, r.time)), on(returnsSheet, fixed(w.last(), r.time))
	in := fmt.Sprintf("SUMPRODUCT((%s<0)*%s/(1+%s)^(%s-%s))", net, net, finance, time, first)
	out := fmt.Sprintf("SUMPRODUCT((%s>0)*%s*(1+%s)^(%s-%s))", net, net, reinvest, last, time)
	return fmt.Sprintf(`IF(OR(%s=0,%s=0,%s=%s),"needs both outlays and returns",(%s/-%s)^(1/(%s-%s))-1)`, in, out, first, last, out, in, last, first)
}
