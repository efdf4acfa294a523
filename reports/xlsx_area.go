package reports

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// The columns of an area's sheet; breakdowns share the first nine.
var areaColumns = []columnView{{"Code", false}, {"Indicator or group", false}, {"Unit", false}, {"Value", true}, {"95 % low", true},
	{"95 % high", true}, {"n", true}, {"Numerator", true}, {"Denominator", true}, {"Baseline", true}, {"Since", false}, {"Change", true},
	{"Status", false}, {"Trend", false}, {"Notes", false}}

// chartRows is the height of the charts in rows.
const chartRows = 17

// area writes the sheet of one area: its indicators, charts of those that share
// a unit, and the breakdowns underneath.
func (b *book) area(at int) {
	a := b.report.Areas[at]
	sum := summarise(a.Indicators)
	s := b.sheet(b.areas[at], 9, 38, 13, 11, 10, 10, 9, 13, 13, 11, 9, 11, 20, 16, 40)
	s.put(1, 1, clip(a.title(), 90), styleKey{kind: titleCell})
	standing := chipText(sum.Status()) + " · " + sum.KnownOf() + " · " + sum.Words()
	if weakest := sum.WeakestText(); weakest != "" {
		standing += " · weakest: " + weakest
	}
	s.put(1, 2, standing, styleKey{kind: leadCell})
	s.header(4, areaColumns...)
	row := 4
	for _, i := range a.Indicators {
		row++
		s.indicatorRow(row, i)
	}
	s.freeze(4, 2)
	row = s.marks(row, headlines(a))
	row += 2
	if s.charts(at, row) {
		row += chartRows + 2
	}
	if c, ok := areaMap(a, b.report.Shapes); ok {
		row += b.picture(s.name, cellName(1, row), c)
	}
	for _, i := range a.Indicators {
		for _, g := range i.Groups {
			if len(g.Levels) > 0 {
				row = s.breakdown(row, i, g)
			}
		}
	}
}

// indicatorRow writes the whole city's latest value of one indicator.
func (s worksheet) indicatorRow(row int, i Indicator) {
	s.put(1, row, i.Code, styleKey{})
	s.put(2, row, i.Name, styleKey{kind: wrapCell})
	s.put(3, row, i.Unit, styleKey{kind: wrapCell})
	s.estimate(row, i.Headline, i.Unit)
	format := numberFormat(i.Unit, decimals(i.Headline.Estimate, i.Unit))
	var baseline any
	if known(i.Baseline) && !i.Baseline.Period.IsZero() {
		baseline = i.Baseline.Value
	}
	s.put(10, row, baseline, styleKey{format: format})
	s.put(11, row, i.Baseline.Period.Label, styleKey{})
	s.put(12, row, changeCell(i, row), styleKey{format: changeFormat(i)})
	s.put(13, row, chipText(statusOf(i)), styleKey{kind: chipCell, status: statusOf(i)})
	if line, ok := s.trend[i.Code]; ok {
		if first, last := s.block(commonGrain([]Indicator{i})); last > first {
			s.fail(s.file.AddSparkline(s.name, &excelize.SparklineOptions{
				Location: []string{cellName(14, row)}, Markers: true, EmptyCells: "gap", SeriesColor: accent, MarkersColor: accent,
				Range: []string{fmt.Sprintf("Trends!%s:%s", cellName(first, line), cellName(last, line))},
			}))
		}
	}
	s.put(14, row, nil, styleKey{})
	s.put(15, row, notes(i, s.report.Period), styleKey{kind: wrapCell})
}

// changeFormat prints a change with its sign.
func changeFormat(i Indicator) string {
	e := analysis.Estimate{Value: i.Change.Difference, SE: i.Change.SE, Low: math.NaN(), High: math.NaN()}
	format := numberFormat("", decimals(e, unitOfChange(i.Unit)))
	return "+" + format + ";−" + format + ";" + format
}

// changeCell is the change as a live difference of value and baseline where
// that is what it is.
func changeCell(i Indicator, row int) any {
	if !known(i.Headline) || !finite(i.Change.Difference) {
		return nil
	}
	if known(i.Baseline) && same(i.Headline.Value-i.Baseline.Value, i.Change.Difference) {
		return formula{cellName(4, row) + "-" + cellName(10, row), i.Change.Difference}
	}
	return i.Change.Difference
}

// estimate writes value, interval, n, numerator and denominator.
func (s worksheet) estimate(row int, v analysis.Value, unit string) {
	format := styleKey{format: numberFormat(unit, decimals(v.Estimate, unit))}
	s.put(4, row, quotient(v, unit, cellName(8, row), cellName(9, row)), format)
	if !known(v) {
		for column := 5; column <= 9; column++ {
			s.put(column, row, nil, styleKey{})
		}
		return
	}
	s.put(5, row, v.Low, format)
	s.put(6, row, v.High, format)
	s.put(7, row, v.N, styleKey{format: numberFormat("", 0)})
	s.put(8, row, v.Numerator, styleKey{format: totalFormat(v.Numerator)})
	s.put(9, row, v.Denominator, styleKey{format: totalFormat(v.Denominator)})
}

// totalFormat prints a total without decimals unless it is small.
func totalFormat(x float64) string {
	if !finite(x) || x == math.Trunc(x) {
		return numberFormat("", 0)
	}
	return numberFormat("", needed(x, ""))
}

// breakdown writes one table of groups and returns the row after it.
func (s worksheet) breakdown(row int, i Indicator, g Breakdown) int {
	s.put(1, row, clip(i.Code+" "+i.Name, 90)+", by "+clip(lowerFirst(g.Label), 40), styleKey{kind: headingCell})
	row++
	s.header(row, append(areaColumns[:9:9], columnView{"State", false})...)
	for _, l := range ordered(g) {
		row++
		s.put(1, row, i.Code, styleKey{})
		s.put(2, row, l.Label, styleKey{kind: wrapCell})
		s.put(3, row, i.Unit, styleKey{})
		s.estimate(row, l.Value, i.Unit)
		s.put(10, row, stateText(l.Value), styleKey{})
	}
	return s.marks(row, g.values()) + 2
}

// marks explains the marks of the table that ends in row, right under it, and
// returns the last row used.
func (s worksheet) marks(row int, values []analysis.Value) int {
	text := marks(values)
	if text == "" {
		return row
	}
	s.put(1, row+1, text+" See the sheet Methods.", styleKey{kind: leadCell})
	return row + 1
}

func headlines(a Area) []analysis.Value {
	values := make([]analysis.Value, len(a.Indicators))
	for at, i := range a.Indicators {
		values[at] = i.Headline
	}
	return values
}
