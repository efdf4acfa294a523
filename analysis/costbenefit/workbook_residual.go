package costbenefit

import "pediment/analysis"

// placeResiduals gives every residual value its row.
func (w *workbook) placeResiduals() {
	w.residual = make([]int, len(w.m.Flows))
	row := firstResidual
	for l, f := range w.m.Flows {
		if f.Residual != nil {
			w.residual[l] = row
			row++
		}
	}
	w.residuals = row - firstResidual
}

const firstResidual = 7 // row

// residualValues writes what assets are worth at the end: for book value what
// each year's outlay still is, without the years its life has passed.
func (w *workbook) residualValues() {
	if w.residuals == 0 {
		return
	}
	p := w.timed(residualSheet, 38, 38, 16, 14, 16)
	p.title("Residual values", "What assets are still worth at the end of the horizon; counted in the last year.")
	p.text(4, 1, "Years to the end", analysis.LeadStyle)
	end := on(timelineSheet, fixed(w.last(), yearRow))
	w.across(p, 4, analysis.LeadStyle, analysis.CountFormat, func(c int) string { return end + "-" + on(timelineSheet, inRow(c, yearRow)) })
	p.header(6, "Residual value", "How", "Life or years", "A year", "Value at the end")
	w.years(p, 6)
	for l, f := range w.m.Flows {
		if f.Residual != nil {
			w.residualRow(p, w.residual[l], w.leftOf(l), f)
		}
	}
	p.text(firstResidual+w.residuals+1, 1, "Left of each year's outlay", analysis.LeadStyle)
	for l, f := range w.m.Flows {
		if f.Residual != nil {
			w.leftRow(p, w.leftOf(l), w.residual[l], f)
		}
	}
	p.Rows, p.Columns = 6, 1
}

// leftOf is the row of what is left of each year's outlay.
func (w *workbook) leftOf(l int) int { return w.residual[l] + w.residuals + 2 }

func (w *workbook) residualRow(p page, row, left int, f Flow) {
	p.text(row, 1, f.Name, analysis.TextStyle)
	value := ""
	switch f.Residual.Method {
	case "given":
		p.text(row, 2, "given", analysis.TextStyle)
		value = w.used(f.Residual.Value)
	case "net flows":
		p.text(row, 2, "annuity of what it still earns", analysis.TextStyle)
		p.put(row, 3, "="+w.used(f.Residual.Years), analysis.PlainStyle, analysis.RatioFormat)
		p.put(row, 4, "="+w.used(f.Residual.Yearly), analysis.PlainStyle, analysis.CentsFormat)
		rate := on(ratesSheet, fixed(5, w.chain+w.m.Columns[len(w.m.Columns)-1].Step))
		value = "IF(" + rate + "=0," + at(3, row) + ",(1-(1+" + rate + ")^-" + at(3, row) + ")/" + rate + ")*" + at(4, row)
	default:
		p.text(row, 2, "book value of "+w.m.Flows[f.Of].Name, analysis.TextStyle)
		p.put(row, 3, f.Residual.Life, analysis.PlainStyle, analysis.RatioFormat)
		value = "SUM(" + w.thisRow(left) + ")"
	}
	p.put(row, 5, "="+value, analysis.TotalStyle, analysis.CentsFormat)
	w.across(p, row, "", analysis.CentsFormat, func(c int) string {
		return "IF(" + on(timelineSheet, inRow(c, numberRow)) + "=" + on(timelineSheet, fixed(w.last(), numberRow)) + "," + inColumn(5, row) + ",0)"
	})
}

func (w *workbook) leftRow(p page, row, value int, f Flow) {
	p.text(row, 1, f.Name, analysis.TextStyle)
	book := f.Residual.Method == "book"
	if book {
		p.put(row, 3, "="+at(3, value), analysis.PlainStyle, analysis.RatioFormat)
	}
	w.across(p, row, "", analysis.CentsFormat, func(c int) string {
		if !book {
			return "0"
		}
		asset := w.calculated(marketBlock, f.Of, c)
		return asset + "*MAX(0,1-" + inRow(c, 4) + "/" + inColumn(3, row) + ")*(1+inflation)^" + inRow(c, 4)
	})
}
