package costbenefit

import (
	"time"

	"pediment/analysis"
)

// The rows of the timeline that formulas refer to.
const (
	numberRow = 13
	yearRow   = 14
	stepRow   = 15
	timeRow   = 16
	factorRow = 17
	priceRow  = 18
	endRow    = 21 // times and factors under each timing, two rows each
	dayRow    = 29 // of dated flows
)

// timeline writes the columns: year, years since the base year, the time at
// which flows are discounted and the factor.
func (w *workbook) timeline() {
	p := w.timed(timelineSheet, 34, 12, 8, 8, 8)
	p.title("Timeline", "One column a "+map[bool]string{true: "day", false: "year"}[w.dated()]+"; the same on every sheet.")
	w.settings(p)
	p.header(12, "", "", "", "", "")
	w.years(p, 12)
	for k, label := range []string{"Column", "Year", "Years since the base year", "Time of the flows, in years", "Discount factor", "Price rise since the price base"} {
		p.text(numberRow+k, 1, label, analysis.PlainStyle)
	}
	for t, column := range w.m.Columns {
		p.put(numberRow, yearColumn+t, int64(t+1), analysis.PlainStyle, analysis.CountFormat)
		p.put(yearRow, yearColumn+t, int64(column.Year), analysis.PlainStyle, analysis.YearFormat)
	}
	w.across(p, stepRow, "", analysis.CountFormat, func(c int) string { return at(c, yearRow) + "-base_year" })
	w.across(p, timeRow, "", analysis.FactorFormat, w.timeFormula)
	w.across(p, factorRow, analysis.TotalStyle, analysis.FactorFormat, func(c int) string { return w.factorAt(at(c, timeRow)) })
	w.across(p, priceRow, "", analysis.FactorFormat, func(c int) string { return "(1+inflation)^(" + at(c, yearRow) + "-price_base)" })
	if w.dated() {
		w.days(p)
	} else {
		w.otherTimings(p)
	}
	p.Rows, p.Columns = 12, yearColumn-1
}

func (w *workbook) dated() bool { return w.m.Appraisal.Timing == "dated" }

// settings are the choices of time; those of dated flows cannot be changed.
func (w *workbook) settings(p page) {
	a := w.m.Appraisal
	p.text(4, 1, "Base year", analysis.PlainStyle)
	p.put(4, 2, int64(a.BaseYear), analysis.PlainStyle, analysis.YearFormat).Name = "base_year"
	p.text(5, 1, "Price base", analysis.PlainStyle)
	p.put(5, 2, int64(a.PriceBase), analysis.PlainStyle, analysis.YearFormat).Name = "price_base"
	p.text(6, 1, "Flows lie at the … of their year", analysis.PlainStyle)
	p.text(7, 1, "The base year's flows count …", analysis.PlainStyle)
	if w.dated() {
		p.text(6, 2, "dated", analysis.PlainStyle)
		return
	}
	timing := w.input(p, 6, 2, "Timing", otherwise(a.Timing, "end"), "")
	timing.Name, timing.Choices = "timing", []string{"end", "mid", "begin"}
	zero := w.input(p, 7, 2, "Year zero", otherwise(a.YearZero, "now"), "")
	zero.Name, zero.Choices = "year_zero", []string{"now", "during"}
	p.text(7, 3, "now: in full; during: as the other years", analysis.LeadStyle)
}

func otherwise(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

func (w *workbook) timeFormula(column int) string {
	if w.dated() {
		return "(" + at(column, dayRow+3) + "-MIN(" + w.wholeRow(dayRow+3) + "))/365"
	}
	return timeUnder("timing", at(column, stepRow))
}

// timeUnder is the time of a step's flows under a timing.
func timeUnder(timing, step string) string {
	early := "IF(" + timing + `="mid",0.5,IF(` + timing + `="begin",1,0))`
	return `IF(year_zero="during",` + step + "+1-" + early + ",IF(" + step + "=0,0," + step + "-" + early + "))"
}

// days are the dates of dated flows, as numbers so that they can be subtracted.
func (w *workbook) days(p page) {
	for k, label := range []string{"Year", "Month", "Day", "Day as a number"} {
		p.text(dayRow+k, 1, label, analysis.PlainStyle)
	}
	for t, column := range w.m.Columns {
		day, err := time.Parse(time.DateOnly, column.Label)
		if err != nil {
			day = time.Date(column.Year, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		for k, part := range []int{day.Year(), int(day.Month()), day.Day()} {
			p.put(dayRow+k, yearColumn+t, int64(part), analysis.PlainStyle, analysis.YearFormat)
		}
	}
	w.across(p, dayRow+3, "", analysis.YearFormat, func(c int) string {
		return "DATE(" + at(c, dayRow) + "," + at(c, dayRow+1) + "," + at(c, dayRow+2) + ")"
	})
}

// otherTimings are the factors under each timing, for the side note.
func (w *workbook) otherTimings(p page) {
	p.text(endRow-1, 1, "Under other timings, for the side note", analysis.LeadStyle)
	for k, timing := range []string{"end", "mid", "begin"} {
		row := endRow + 2*k
		p.text(row, 1, "Time, flows at the "+flowWords()[timing], analysis.PlainStyle)
		p.text(row+1, 1, "Factor, flows at the "+flowWords()[timing], analysis.PlainStyle)
		p.text(row, 2, timing, analysis.LeadStyle)
		w.across(p, row, "", analysis.FactorFormat, func(c int) string { return timeUnder(fixed(2, row), inRow(c, stepRow)) })
		w.across(p, row+1, "", analysis.FactorFormat, func(c int) string { return w.factorAt(at(c, row)) })
	}
}

// timeRange is a row of the timeline, for other sheets.
func (w *workbook) timeRange(row int) string { return on(timelineSheet, w.wholeRow(row)) }

// flowWords tell where in their year flows lie.
func flowWords() map[string]string {
	return map[string]string{"end": "end", "mid": "middle", "begin": "beginning"}
}
