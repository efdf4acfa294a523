package reports

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"pediment/analysis"
)

// gap is how ECharts is told that a point is absent.
const gap = "-"

// object is a part of an option that go-echarts has no type for.
type object map[string]any

// echart returns the chart as an ECharts option in JSON. The option holds data
// and fixed styles only, no function: nothing in it can run. Points are named
// by their printed text, which is what the tooltip shows.
func echart(c analysis.Chart) ([]byte, error) {
	c.Series = padded(c.Series)
	parts := chartParts(c)
	if parts == nil {
		parts = chartOf(c).JSON()
	}
	for key, part := range (object{
		"animation": false, // calm, and never half drawn on paper
		"tooltip":   object{"trigger": "item", "formatter": "{b}", "confine": true, "backgroundColor": paper, "borderColor": line, "textStyle": object{"color": ink}},
	}) {
		parts[key] = part
	}
	option, err := json.Marshal(parts)
	if err != nil {
		return nil, fmt.Errorf("chart %s: %w", c.Name, err)
	}
	return option, nil
}

// chartParts are the parts of the option of a chart that go-echarts has no words
// for; nil for the others.
func chartParts(c analysis.Chart) object {
	switch c.Kind {
	case analysis.Bullet:
		return bullet(c)
	case analysis.Dumbbell:
		return dumbbell(c)
	case analysis.Likert:
		return likert(c)
	case analysis.Multiples:
		return multiples(c)
	case analysis.Map:
		return choropleth(c)
	case analysis.Sankey:
		return sankey(c)
	}
	return nil
}

// chartOf makes the chart with go-echarts.
func chartOf(c analysis.Chart) *charts.Line {
	chart := charts.NewLine()
	chart.SetGlobalOptions(
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTitleOpts(opts.Title{Show: opts.Bool(false)}),
	)
	switch c.Kind {
	case analysis.Dot:
		dots(chart, c)
	case analysis.Bar:
		bars(chart, c, false)
	case analysis.Density:
		c.Series = c.Series[:min(1, len(c.Series))] // the cumulated share is in the table
		bars(chart, c, false)
	case analysis.Stack:
		bars(chart, c, true)
	case analysis.Waterfall, analysis.Tornado:
		hanging(chart, c)
	default:
		lines(chart, c)
	}
	return chart
}

// padded gives every series as many ends of intervals as values, absent where there
// are none.
func padded(series []analysis.Series) []analysis.Series {
	out := slices.Clone(series)
	for k := range out {
		s := &out[k]
		low, high := blank("", len(s.Value)).Value, blank("", len(s.Value)).Value
		copy(low, s.Low)
		copy(high, s.High)
		s.Low, s.High = low, high
	}
	return out
}

// lines draws series over periods: intervals as a band where neighbouring
// points have one and as whiskers where a point stands alone, a dashed line
// across gaps, incomplete periods as hollow points, and nothing at all across a
// break.
func lines(chart *charts.Line, c analysis.Chart) {
	low, high, step := axisRange(c)
	top := 10
	if len(c.Series) > 1 && !strings.HasPrefix(c.Series[0].Name, wholeSeries) {
		top = 14 + 20*legendLines(c)
		chart.SetGlobalOptions(legend(opts.Legend{}))
	}
	if len(breaksOf(c)) > 0 {
		top += 18 // for their notes
	}
	chart.SetGlobalOptions(
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "14", Top: strconv.Itoa(top), Bottom: "4", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: c.Labels, AxisLabel: axisLabel(), AxisLine: axisLine(), AxisTick: &opts.AxisTick{Show: opts.Bool(false)}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: low, Max: high, MinInterval: step, MaxInterval: step, AxisLabel: axisLabel(), AxisLine: &opts.AxisLine{Show: opts.Bool(false)}, SplitLine: splitLine()}),
	)
	for at, s := range c.Series {
		switch colour := colourOf(s, at); {
		case s.Tone == analysis.Path:
			chart.MultiSeries = append(chart.MultiSeries, pathLine(c, s))
		case s.Name == partialSeries:
			chart.MultiSeries = append(chart.MultiSeries, points(c, s, seriesColours[0], "emptyCircle"))
		default:
			for _, piece := range cutAt(s, breaksOf(c)) {
				chart.MultiSeries = append(chart.MultiSeries, lineParts(c, piece, len(chart.MultiSeries), colour)...)
			}
		}
	}
	marksOnLines(chart, c)
}

// lineParts draws one series, or what of it lies between two breaks: its
// intervals, a dashed line across gaps, and the line with its points.
func lineParts(c analysis.Chart, s analysis.Series, at int, colour string) []charts.SingleSeries {
	across := plain(s.Name, lineData(s.Value), &opts.LineStyle{Color: soft, Width: 1, Type: "dashed"})
	across.ConnectNulls = opts.Bool(true)
	value := points(c, s, colour, "circle")
	value.LineStyle = &opts.LineStyle{Color: colour, Width: 2}
	parts := append(spread(s, at, colour), across)
	for k := range parts {
		parts[k].ItemStyle = &opts.ItemStyle{Color: colour} // the key shows that of the first
	}
	return append(parts, value)
}

// points is a series whose points carry their printed text.
func points(c analysis.Chart, s analysis.Series, colour, symbol string) charts.SingleSeries {
	data := make([]opts.LineData, len(s.Value))
	for i, x := range s.Value {
		data[i] = opts.LineData{Value: gap}
		if finite(x) {
			data[i] = opts.LineData{Name: pointText(c, s, i), Value: x}
		}
	}
	return charts.SingleSeries{
		Name: s.Name, Type: types.ChartLine, Data: data, Symbol: symbol, SymbolSize: 8, ShowSymbol: opts.Bool(true),
		ItemStyle: &opts.ItemStyle{Color: colour, BorderColor: colour, BorderWidth: 1.5}, LineStyle: &opts.LineStyle{Opacity: opts.Float(0)},
	}
}

// pathLine is what is wanted, a dashed line.
func pathLine(c analysis.Chart, s analysis.Series) charts.SingleSeries {
	one := points(c, s, ink, "emptyCircle")
	one.SymbolSize = 5
	one.LineStyle = &opts.LineStyle{Color: ink, Width: 1.5, Type: "dashed"}
	return one
}

// colourOf is the colour of series number at: by its tone, else the next of the
// palette.
func colourOf(s analysis.Series, at int) string {
	if colour, ok := toneColours[s.Tone]; ok {
		return colour
	}
	if strings.HasPrefix(s.Name, wholeSeries) {
		return accent // on both sides of a break
	}
	return seriesColours[at%len(seriesColours)]
}

// plain is a line without points that answers to nothing.
func plain(name string, data any, style *opts.LineStyle) charts.SingleSeries {
	return charts.SingleSeries{Name: name, Type: types.ChartLine, Data: data, Symbol: "none", LineStyle: style}
}

func lineData(values []float64) []opts.LineData {
	data := make([]opts.LineData, len(values))
	for i, x := range values {
		data[i] = opts.LineData{Value: gap}
		if finite(x) {
			data[i] = opts.LineData{Value: x}
		}
	}
	return data
}

// spread draws the intervals of one series. A band is two stacked lines, the
// lower invisible, which ECharts can only stack where nothing is negative.
func spread(s analysis.Series, at int, colour string) []charts.SingleSeries {
	low, width, whiskers := blank("", len(s.Value)), blank("", len(s.Value)), []opts.LineData{}
	negative := slices.ContainsFunc(s.Low, func(x float64) bool { return x < 0 })
	has := func(i int) bool { return i >= 0 && i < len(s.Value) && finite(s.Low[i]) && finite(s.High[i]) }
	for i := range s.Value {
		switch {
		case !has(i):
		case !negative && (has(i-1) || has(i+1)):
			low.Value[i], width.Value[i] = s.Low[i], s.High[i]-s.Low[i]
		default:
			whiskers = append(whiskers, segment(i, s.Low[i], i, s.High[i])...)
		}
	}
	var out []charts.SingleSeries
	if slices.ContainsFunc(low.Value, finite) {
		stack := fmt.Sprintf("interval %d", at)
		base := plain(s.Name, lineData(low.Value), &opts.LineStyle{Opacity: opts.Float(0)})
		band := plain(s.Name, lineData(width.Value), &opts.LineStyle{Opacity: opts.Float(0)})
		base.Stack, band.Stack = stack, stack
		band.AreaStyle = &opts.AreaStyle{Color: colour, Opacity: opts.Float(0.16)}
		out = append(out, base, band)
	}
	if len(whiskers) > 0 {
		out = append(out, plain(s.Name, whiskers, &opts.LineStyle{Color: colour, Width: 6, Opacity: opts.Float(0.25)}))
	}
	return out
}

// segment is a stroke from one point to another, cut off from what follows.
func segment(x0, y0, x1, y1 any) []opts.LineData {
	return []opts.LineData{{Value: []any{x0, y0}}, {Value: []any{x1, y1}}, {Value: []any{gap, gap}}}
}

// dots draws groups one under the other, each with its interval behind it, and
// the whole city as a line across.
func dots(chart *charts.Line, c analysis.Chart) {
	low, high, step := axisRange(c)
	top := strconv.Itoa(26 + targetRoom(c))
	chart.SetGlobalOptions(
		charts.WithGridOpts(opts.Grid{Left: "4", Right: "20", Top: top, Bottom: "4", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: low, Max: high, MinInterval: step, MaxInterval: step, AxisLabel: axisLabel(), SplitLine: splitLine()}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: clipped(c.Labels), Inverse: opts.Bool(true), AxisLabel: groupLabel(), AxisLine: axisLine()}),
	)
	for _, s := range c.Series {
		if s.Name == wholeSeries {
			chart.MultiSeries = append(chart.MultiSeries, wholeLine(c, s))
			continue
		}
		bars, data := []opts.LineData{}, []opts.ScatterData{}
		for i, x := range s.Value {
			if finite(s.Low[i]) && finite(s.High[i]) {
				bars = append(bars, segment(s.Low[i], i, s.High[i], i)...)
			}
			if finite(x) {
				data = append(data, opts.ScatterData{Name: pointText(c, s, i), Value: []any{x, i}})
			}
		}
		chart.MultiSeries = append(chart.MultiSeries,
			plain(s.Name, bars, &opts.LineStyle{Color: accent, Width: 6, Opacity: opts.Float(0.25)}),
			charts.SingleSeries{Name: s.Name, Type: types.ChartScatter, Data: data, SymbolSize: 10, ItemStyle: &opts.ItemStyle{Color: accent}})
	}
	marksOnDots(chart, c)
}

// wholeLine marks the whole city's value across all groups.
func wholeLine(c analysis.Chart, s analysis.Series) charts.SingleSeries {
	text := wholeSeries + " " + number(seriesEstimate(s, 0), c.Unit)
	return charts.SingleSeries{Name: s.Name, Type: types.ChartScatter, Data: []opts.ScatterData{}, MarkLines: &opts.MarkLines{
		Data: []any{opts.MarkLineNameXAxisItem{Name: text, XAxis: s.Value[0]}},
		MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"},
			Label:     &opts.Label{Show: opts.Bool(true), Formatter: "{b}", Color: ink, Position: "start"},
			LineStyle: &opts.LineStyle{Color: ink, Width: 1.5, Type: "solid"}},
	}}
}

// seriesEstimate is point i of a series as an estimate.
func seriesEstimate(s analysis.Series, i int) analysis.Estimate {
	return analysis.Estimate{Value: s.Value[i], SE: math.NaN(), Low: s.Low[i], High: s.High[i]}
}

// pointText prints a point: "2024: 38.6 % (36.2 to 41.0)".
func pointText(c analysis.Chart, s analysis.Series, i int) string {
	e := seriesEstimate(s, i)
	text := c.Labels[i] + ": " + amount(e, c.Unit)
	if ci := interval(e, c.Unit); ci != "" {
		text += " (" + ci + ")"
	}
	if s.Name == partialSeries {
		text += ", " + partialSeries
	}
	return text
}

// axisRange returns where the axis of values begins and ends and how far its
// ticks are apart. It need not begin at zero, as nothing is drawn as a bar, but it always spans at least ten
// percentage points, or a tenth of the largest number, so that small
// differences look small. Percentages that keep within 0 and 100 do so here.
func axisRange(c analysis.Chart) (low, high, step float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, x := range numbersOf(c) {
		if finite(x) {
			low, high = min(low, x), max(high, x)
		}
	}
	if low > high { // nothing to draw
		low, high = 0, 1
	}
	within := c.Unit == "percent" && low >= 0 && high <= 100
	least := max(math.Abs(low), math.Abs(high)) / 10
	if c.Unit == "percent" || c.Unit == "percentage points" {
		least = 10
	}
	if short := least - (high - low); short > 0 {
		low, high = low-short/2, high+short/2
	}
	step = roundStep((high - low) / 4)
	low, high = multiple(math.Floor(low/step), step), multiple(math.Ceil(high/step), step)
	if within {
		low, high = max(low, 0), min(high, 100)
	}
	return low, high, step
}

// numbersOf lists every number a chart shows: values, ends of intervals, marks.
func numbersOf(c analysis.Chart) []float64 {
	var list []float64
	for _, s := range c.Series {
		list = slices.Concat(list, s.Value, s.Low, s.High)
	}
	for _, m := range c.Marks {
		list = append(list, m.Value)
	}
	return list
}

// multiple returns n steps without the last bits that multiplying adds, which
// ECharts would print: 8 × 0.3 is 2.4 here, not 2.4000000000000004.
func multiple(n, step float64) float64 {
	digits := max(0, -int(math.Floor(math.Log10(step))))
	x, err := strconv.ParseFloat(strconv.FormatFloat(n*step, 'f', digits, 64), 64)
	if err != nil {
		return n * step
	}
	return x
}

// roundStep returns the smallest of 1, 2, 5, 10 times a power of ten that is at
// least x.
func roundStep(x float64) float64 {
	if !(x > 0) {
		return 1
	}
	power := math.Pow10(int(math.Floor(math.Log10(x))))
	for _, n := range []float64{1, 2, 5} {
		if n*power >= x {
			return n * power
		}
	}
	return 10 * power
}

// clipped shortens labels that would push the picture out of its frame.
func clipped(labels []string) []string {
	out := make([]string, len(labels))
	for i, label := range labels {
		out[i] = clip(label, 44)
	}
	return out
}

func axisLabel() *opts.AxisLabel {
	return &opts.AxisLabel{Color: soft, FontSize: 12, HideOverlap: opts.Bool(true)}
}

func groupLabel() *opts.AxisLabel {
	return &opts.AxisLabel{Color: ink, FontSize: 12, Interval: "0", Width: 112, Overflow: "break"}
}

func axisLine() *opts.AxisLine {
	return &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: line}}
}

func splitLine() *opts.SplitLine {
	return &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: line}}
}
