package costbenefit

import (
	"math"

	"pediment/analysis"
)

// rateRow is the row of step 0 in the table of chained factors.
const firstRateRow = 7

// rates writes the discount rates by the step from which they hold, and the
// factors of whole years, chained: each is the one before over 1 + the step's
// rate.
func (w *workbook) rates() {
	p := w.sheet(ratesSheet, 30, 14, 16, 16, 16, 16)
	p.title("Discount rates", "Each year's factor is that of the year before divided by 1 + the rate of the year, so a later rate never re-prices earlier years.")
	p.header(firstRateRow-1, "Rate", "From year no.", "A year", "Calendar year")
	for k, rate := range w.m.Rates {
		p.text(firstRateRow+k, 1, w.m.Inputs[rate.Input].Label, analysis.TextStyle)
		w.rateFrom(p, k, rate)
		p.put(firstRateRow+k, 3, "="+w.used(rate.Input), analysis.PlainStyle, analysis.PercentFormat)
	}
	top := firstRateRow + len(w.m.Rates) + 2
	p.text(top, 1, "Prices rise by, a year", analysis.TextStyle)
	p.put(top, 3, "="+w.usedOr(w.m.Inflation, "0"), analysis.PlainStyle, analysis.PercentFormat).Name = "inflation"
	p.text(top+1, 1, "1: written rates are without it and it is put on them", analysis.TextStyle)
	p.put(top+1, 3, oneIf(w.m.Inflation != None && w.m.Appraisal.Discount.Kind != "nominal"), analysis.PlainStyle, analysis.CountFormat).Name = "rates_real"
	p.header(top+3, "Year no.", "Rate as written", "Rate applied", "Factor at its end", "Rate without price rises")
	w.chain = top + 4
	for step := range w.wholeYears() + 1 {
		w.rateRow(p, w.chain+step, step)
	}
	p.Rows = 0
}

// rateFrom writes from which year on a rate holds, the first from the start.
// Those of a schedule hold from a calendar year, whose number depends on where
// the flows of the base year lie.
func (w *workbook) rateFrom(p page, k int, rate Rate) {
	row := firstRateRow + k
	switch {
	case k == 0:
		p.put(row, 2, int64(0), analysis.PlainStyle, analysis.CountFormat)
	case len(w.m.Appraisal.Discount.Schedule) == 0 || w.dated():
		p.put(row, 2, int64(rate.From), analysis.PlainStyle, analysis.CountFormat)
	default:
		during := int(oneIf(w.m.Appraisal.YearZero == "during"))
		p.put(row, 4, int64(w.m.Appraisal.BaseYear+rate.From-during), analysis.PlainStyle, analysis.YearFormat)
		p.put(row, 2, "="+at(4, row)+`-base_year+IF(year_zero="during",1,0)`, analysis.PlainStyle, analysis.CountFormat)
	}
}

// wholeYears is how many whole years the factors must reach under any timing.
func (w *workbook) wholeYears() int {
	most := float64(w.m.Appraisal.LastYear - w.m.Appraisal.BaseYear)
	for _, column := range w.m.Columns {
		most = max(most, column.Time, float64(column.Step))
	}
	return int(math.Ceil(most)) + 2
}

func (w *workbook) rateRow(p page, row, step int) {
	last := firstRateRow + len(w.m.Rates) - 1
	p.put(row, 1, int64(step), analysis.PlainStyle, analysis.CountFormat)
	if len(w.m.Rates) == 0 {
		p.put(row, 2, 0.0, analysis.PlainStyle, analysis.PercentFormat)
	} else {
		p.put(row, 2, "=LOOKUP("+inColumn(1, row)+","+area(2, firstRateRow, 2, last)+","+area(3, firstRateRow, 3, last)+")",
			analysis.PlainStyle, analysis.PercentFormat)
	}
	p.put(row, 3, "=(1+"+at(2, row)+")*(1+inflation*rates_real)-1", analysis.PlainStyle, analysis.PercentFormat)
	if step == 0 {
		p.put(row, 4, 1.0, analysis.PlainStyle, analysis.FactorFormat)
	} else {
		p.put(row, 4, "="+at(4, row-1)+"/(1+"+at(3, row)+")", analysis.PlainStyle, analysis.FactorFormat)
	}
	p.put(row, 5, "=(1+"+at(3, row)+")/(1+inflation)-1", analysis.PlainStyle, analysis.PercentFormat)
}

// chained is the range of one column of the table of factors.
func (w *workbook) chained(column int) string {
	return on(ratesSheet, area(column, w.chain, column, w.chain+w.wholeYears()))
}

// factorAt is the formula of the discount factor at the time in a cell.
func (w *workbook) factorAt(time string) string {
	return "INDEX(" + w.chained(4) + ",INT(" + time + ")+1)*(1+INDEX(" + w.chained(3) + ",INT(" + time + ")+2))^(INT(" + time + ")-" + time + ")"
}
