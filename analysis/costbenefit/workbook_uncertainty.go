package costbenefit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// barsShown is how many inputs a tornado shows.
const barsShown = 10

// swing is how far the net present value goes with one input.
type swing struct {
	label     string
	low, high float64 // change at the input's low and high value
}

// swings are an option's, the widest first, out of the table of sensitivity.
func (w *workbook) swings(i int) []swing {
	t, ok := w.table("sensitivity")
	if !ok {
		return nil
	}
	option, label, low, high := columnOf(t, "option"), columnOf(t, "label"), columnOf(t, "npv_low"), columnOf(t, "npv_high")
	npv := w.o.Options[i].NPV
	var list []swing
	for _, row := range t.Rows {
		a, _ := row[low].(float64)
		b, ok := row[high].(float64)
		if name, _ := row[label].(string); ok && row[option] == w.m.Appraisal.Options[i].ID && math.Abs(a-b) > 0 {
			list = append(list, swing{name, a - npv, b - npv})
		}
	}
	slices.SortStableFunc(list, func(a, b swing) int { return cmp.Compare(math.Abs(b.high-b.low), math.Abs(a.high-a.low)) })
	return list[:min(barsShown, len(list))]
}

// sensitivity writes what the result hangs on, one input at a time.
func (w *workbook) sensitivity() {
	if t, ok := w.table("sensitivity"); !ok || len(t.Rows) == 0 {
		return
	}
	p := w.sheet(sensitivitySheet, 16, 24, 44, 13, 13, 13, 15, 15, 15, 12, 10, 15, 15, 12, 70)
	p.title("Sensitivity", "Static: one input at a time between its low and high value, as the engine found it the day this file was made.")
	row := 4
	for i := range w.m.Appraisal.Options {
		row = w.tornado(p, row, i)
	}
	row = w.printed(p, row, "sensitivity", "Every input")
	w.printed(p, row, "switching", "Every line: by how much it may change before the verdict does")
}

// tornado draws the change of the net present value between an input's low and
// high value, the widest on top.
func (w *workbook) tornado(p page, row, i int) int {
	list := w.swings(i)
	if len(list) == 0 {
		return row
	}
	p.text(row, 1, "Change of the net present value: "+w.optionName(i), analysis.HeadingStyle)
	p.header(row+1, "", "", "Input", "At low value", "At high value")
	for k, s := range list {
		low, high := farther(s.low, s.high)
		p.text(row+2+k, 3, shorten(s.label), analysis.TextStyle)
		p.put(row+2+k, 4, low, analysis.StaticStyle, analysis.MoneyFormat)
		p.put(row+2+k, 5, high, analysis.StaticStyle, analysis.MoneyFormat)
	}
	last := row + 1 + len(list)
	c := analysis.SheetChart{
		Row: row, Column: 7, Width: 760, Height: 380, Kind: analysis.StackedBarChart,
		Title: fmt.Sprintf("%s hangs most on: %s", shorten(w.optionName(i)), shorten(list[0].label)),
		Text:  "Change of the net present value when one input goes from its central to its low or high value, the others staying; static.",
		Up:    "change of the net present value, " + w.m.moneyUnit(), Format: analysis.MoneyFormat,
		Categories: on(sensitivitySheet, area(3, row+2, 3, last)),
	}
	for column := 4; column <= 5; column++ {
		c.Series = append(c.Series, analysis.SheetSeries{
			Name: on(sensitivitySheet, fixed(column, row+1)), Values: on(sensitivitySheet, area(column, row+2, column, last)),
		})
	}
	p.Charts = append(p.Charts, c)
	return max(last+2, row+chartHeight+3)
}

// farther keeps both changes where they lie on either side of zero; of two on one
// side only the farther, as bars stacked would add up.
func farther(low, high float64) (float64, float64) {
	switch {
	case low*high <= 0:
		return low, high
	case math.Abs(low) > math.Abs(high):
		return low, 0
	}
	return 0, high
}

// monteCarlo writes the simulation, its numbers and how the net present value is
// distributed.
func (w *workbook) monteCarlo() {
	if _, ok := w.table("monte_carlo"); !ok {
		return
	}
	p := w.sheet(monteCarloSheet, 22, 26, 26, 24, 18, 16, 14, 14)
	p.title("Monte Carlo", "Static: draws of the uncertain inputs, as the engine made them the day this file was made. The same seed leads to the same draws.")
	row := 4
	for i := range w.m.Appraisal.Options {
		row = w.distribution(p, row, i)
	}
	for _, t := range [][2]string{
		{"monte_carlo", "Figures"}, {"contributions", "What the spread comes from"}, {"distributions", "What was drawn"}, {"correlations", "Rank correlations"},
	} {
		row = w.printed(p, row, t[0], t[1])
	}
}

// distribution draws how the option's net present value spreads over the draws.
func (w *workbook) distribution(p page, row, i int) int {
	t, ok := w.table("npv_distribution")
	if !ok {
		return row
	}
	option, from, to, share, sum := columnOf(t, "option"), columnOf(t, "from"), columnOf(t, "to"), columnOf(t, "share"), columnOf(t, "cumulated")
	first := row + 2
	at := first
	scale, unit := 1.0, w.m.moneyUnit()
	if math.Abs(w.o.Options[i].NPV) >= 20000 {
		scale, unit = 1000, "thousands of "+unit
	}
	for _, cells := range t.Rows {
		a, _ := cells[from].(float64)
		b, ok := cells[to].(float64)
		if !ok || cells[option] != w.m.Appraisal.Options[i].ID {
			continue
		}
		p.text(at, 1, grouped(math.Round((a+b)/2/scale)), analysis.StaticStyle)
		p.static(at, 2, cells[share], analysis.PercentFormat)
		p.static(at, 3, cells[sum], analysis.PercentFormat)
		at++
	}
	if at == first {
		return row
	}
	p.text(row, 1, "Net present value over the draws: "+w.optionName(i), analysis.HeadingStyle)
	p.header(row+1, "Middle, "+unit, "Share of draws", "Cumulated")
	c := analysis.SheetChart{
		Row: row, Column: 5, Width: 960, Height: 380, Kind: analysis.ColumnChart,
		Title:  shorten(w.optionName(i)) + ": how the net present value spreads over the draws",
		Text:   "Share of the draws by net present value, and the share of draws up to it; static.",
		Across: "net present value (middle of each column), " + unit, Up: "share of draws; line: cumulated", Format: analysis.PercentFormat,
		Categories: on(monteCarloSheet, area(1, first, 1, at-1)),
	}
	for column := 2; column <= 3; column++ {
		c.Series = append(c.Series, analysis.SheetSeries{
			Name:   on(monteCarloSheet, fixed(column, row+1)),
			Values: on(monteCarloSheet, area(column, first, column, at-1)), Line: column == 3,
		})
	}
	p.Charts = append(p.Charts, c)
	return max(at+1, row+chartHeight+3)
}
