package costbenefit

import (
	"math"

	"pediment/analysis"
)

// amounts writes what the lines begin with, year by year: amounts, or quantities
// and 1 for a quantity that recurs; and what brings them to the price base. A
// year without any holds 0, never a blank, which some functions would skip.
func (w *workbook) amounts() {
	p := w.timed(amountsSheet, 6, 38, 14, 12, 14)
	p.title("Amounts by year", "As written in the appraisal, before everything they are multiplied by on the sheet Lines. Empty years hold 0.")
	p.header(6, "No.", "Line", "Counted in", "", "Total")
	w.years(p, 6)
	p.Rows, p.Columns = 6, yearColumn-1
	for l, f := range w.m.Flows {
		row := firstLine + l
		p.put(row, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(row, 2, f.Name, analysis.TextStyle)
		p.text(row, 3, w.countedIn(f), analysis.LeadStyle)
		p.put(row, yearColumn-1, "=SUM("+w.thisRow(row)+")", analysis.TotalStyle, analysis.CentsFormat)
		w.inputRow(p, row, yearColumn, f.Name, w.base(f), analysis.CentsFormat)
	}
	w.priceFactors(p)
	for l := range w.pad() {
		w.across(p, firstLine+l, analysis.PlainStyle, analysis.CountFormat, func(int) string { return "0" })
		w.across(p, w.priceFactorRow(l), analysis.PlainStyle, analysis.CountFormat, func(int) string { return "1" })
	}
}

func (w *workbook) countedIn(f Flow) string {
	switch {
	case f.Residual != nil:
		return "see " + residualSheet
	case f.Line != nil && len(f.Line.Amounts) > 0:
		return w.m.Appraisal.Currency
	}
	return "times the factors"
}

func (w *workbook) base(f Flow) []float64 {
	if f.Base == nil || f.Residual != nil {
		return make([]float64, len(w.m.Columns))
	}
	return f.Base
}

// priceFactorRow is the row of the line's factors to the price base.
func (w *workbook) priceFactorRow(l int) int { return firstLine + w.flows() + 3 + l }

// priceFactors writes what brings a line's amounts to prices of the price base.
// Where prices are nominal, expected inflation follows on the sheet Calculation.
func (w *workbook) priceFactors(p page) {
	top := w.priceFactorRow(0) - 1
	p.text(top-1, 1, "Price index: to prices of the price base", analysis.HeadingStyle)
	p.header(top, "No.", "Line", "", "Follows inflation: 1", "")
	w.years(p, top)
	for l, f := range w.m.Flows {
		row := w.priceFactorRow(l)
		p.put(row, 1, int64(l+1), analysis.PlainStyle, analysis.CountFormat)
		p.text(row, 2, f.Name, analysis.TextStyle)
		p.put(row, 4, oneIf(w.inflated(f)), analysis.PlainStyle, analysis.CountFormat)
		w.inputRow(p, row, yearColumn, f.Name+", price index", w.indexed(f), analysis.FactorFormat)
	}
}

// inflated reports whether the line's prices rise with expected inflation.
func (w *workbook) inflated(f Flow) bool {
	written := f.Line == nil || !f.Line.Nominal
	return w.m.Inflation != None && written && (f.Residual == nil || f.Residual.Method != "book")
}

// indexed are the line's price factors without expected inflation.
func (w *workbook) indexed(f Flow) []float64 {
	factors := make([]float64, len(w.m.Columns))
	for t, column := range w.m.Columns {
		factors[t] = 1
		if f.Residual != nil && f.Residual.Method == "book" {
			continue // the asset's own prices count
		}
		if f.Price != nil {
			factors[t] = f.Price[t]
		}
		if w.inflated(f) {
			factors[t] /= math.Pow(1+w.m.Inputs[w.m.Inflation].Value, float64(column.Year-w.m.Appraisal.PriceBase))
		}
	}
	return factors
}
