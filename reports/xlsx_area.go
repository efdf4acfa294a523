package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"

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
	s.put(1, 1, clip(strings.TrimSpace(a.Code+" "+a.Name), 90), styleKey{kind: titleCell})
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
	row += 2
	if s.charts(at, row) {
		row += chartRows + 2
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
	if line, ok := s.trend[i.Code]; ok && len(s.periods()) > 1 {
		s.fail(s.file.AddSparkline(s.name, &excelize.SparklineOptions{
			Location: []string{cellName(14, row)}, Markers: true, EmptyCells: "gap", SeriesColor: accent, MarkersColor: accent,
			Range: []string{fmt.Sprintf("Trends!%s:%s", cellName(trendColumn, line), cellName(trendColumn+len(s.periods())-1, line))},
		}))
	}
	note := stateText(i.Headline)
	if i.Fill != "" && !known(i.Headline) {
		note += ". Would be filled by: " + i.Fill
	}
	s.put(14, row, nil, styleKey{})
	s.put(15, row, note, styleKey{kind: wrapCell})
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

// estimate writes unit, value, interval, n, numerator and denominator.
func (s worksheet) estimate(row int, v analysis.Value, unit string) {
	s.put(3, row, unit, styleKey{kind: wrapCell})
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
		s.estimate(row, l.Value, i.Unit)
		s.put(10, row, stateText(l.Value), styleKey{})
	}
	return row + 2
}

// The columns of the sheet of trends that charts draw from.
const (
	latestColumn = 4
	lowColumn    = 5
	widthColumn  = 7
	trendColumn  = 8 // the first period
)

// periods lists every period any trend has a whole value for, in order.
func (b *book) periods() []analysis.Period {
	var all []analysis.Period
	for _, i := range b.report.indicators() {
		for _, v := range i.Trend {
			if whole(v) {
				all = append(all, v.Period)
			}
		}
	}
	slices.SortFunc(all, analysis.Period.Compare)
	return slices.CompactFunc(all, func(a, b analysis.Period) bool { return a.Label == b.Label })
}

// trends writes the sheet the charts and sparklines draw from: a row an
// indicator, a column a period. Within an area the indicators that share its
// most frequent unit come first, so that one chart can show them. Incomplete
// periods are left out: they compare with nothing.
func (b *book) trends() {
	s := b.sheet("Trends", 10, 50, 24, 11, 11, 11, 13)
	periods := b.periods()
	columns := []columnView{{"Code", false}, {"Indicator", false}, {"Unit", false}, {"Latest", true}, {"95 % low", true}, {"95 % high", true}, {"High − low", true}}
	for _, p := range periods {
		columns = append(columns, columnView{p.Label, true})
	}
	s.header(1, columns...)
	row := 1
	for at, a := range b.report.Areas {
		unit := commonUnit(a)
		indicators := slices.Clone(a.Indicators)
		slices.SortStableFunc(indicators, func(x, y Indicator) int { return apart(x, unit) - apart(y, unit) })
		b.spans[at] = span{first: row + 1, last: row, unit: unit}
		for _, i := range indicators {
			if !known(i.Headline) && !slices.ContainsFunc(i.Trend, known) {
				continue
			}
			row++
			b.trend[i.Code] = row
			if apart(i, unit) == 0 {
				b.spans[at] = b.spans[at].with(i)
			}
			s.trendRow(row, i, periods)
		}
	}
	s.freeze(1, 2)
}

// apart is 0 for an indicator that the area's chart shows, 1 for the others.
func apart(i Indicator, unit string) int {
	if known(i.Headline) && i.Unit == unit {
		return 0
	}
	return 1
}

// whole reports whether the value is there and its period complete.
func whole(v analysis.Value) bool { return known(v) && v.State != analysis.Partial }

func (s worksheet) trendRow(row int, i Indicator, periods []analysis.Period) {
	s.put(1, row, i.Code, styleKey{})
	s.put(2, row, i.Name, styleKey{})
	s.put(3, row, i.Unit, styleKey{})
	if known(i.Headline) {
		format := styleKey{format: numberFormat(i.Unit, decimals(i.Headline.Estimate, i.Unit))}
		s.put(latestColumn, row, i.Headline.Value, format)
		s.put(lowColumn, row, i.Headline.Low, format)
		s.put(6, row, i.Headline.High, format)
		if width := i.Headline.High - i.Headline.Low; finite(width) {
			s.put(widthColumn, row, formula{cellName(6, row) + "-" + cellName(lowColumn, row), width}, format)
		}
	}
	for _, v := range i.Trend {
		at := slices.IndexFunc(periods, func(p analysis.Period) bool { return p.Label == v.Period.Label })
		if whole(v) {
			s.put(trendColumn+at, row, v.Value, styleKey{format: numberFormat(i.Unit, decimals(v.Estimate, i.Unit))})
		}
	}
}

// commonUnit is the unit most of the area's known indicators have; the first
// in order where two are as frequent.
func commonUnit(a Area) string {
	seen, best := map[string]int{}, ""
	for _, i := range a.Indicators {
		if known(i.Headline) {
			seen[i.Unit]++
		}
	}
	for _, i := range a.Indicators {
		if seen[i.Unit] > seen[best] {
			best = i.Unit
		}
	}
	return best
}
