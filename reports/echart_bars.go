package reports

import (
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

// longLabel is the number of characters above which labels stand beside bars
// that lie, instead of under bars that stand.
const longLabel = 9

// lying reports whether the chart's labels need bars that lie.
func lying(c analysis.Chart) bool {
	return slices.ContainsFunc(c.Labels, func(label string) bool { return textWidth(label) > longLabel })
}

// bars draws series beside each other or, stacked, on top of each other, always
// from zero.
func bars(chart *charts.Line, c analysis.Chart, stacked bool) {
	flat := lying(c)
	barAxes(chart, c, flat, barRange(c, stacked))
	for at, s := range c.Series {
		colour := colourOf(s, at)
		data := make([]opts.BarData, len(s.Value))
		for i, x := range s.Value {
			data[i] = opts.BarData{Value: gap}
			if finite(x) {
				data[i] = opts.BarData{Name: barText(c, s, i), Value: x, Label: toneSign(c, s, x)}
			}
		}
		one := charts.SingleSeries{Name: s.Name, Type: types.ChartBar, Data: data, BarMaxWidth: "28", ItemStyle: &opts.ItemStyle{Color: colour}}
		switch {
		case stacked:
			one.Stack = "all"
			one.ItemStyle.BorderColor, one.ItemStyle.BorderWidth = paper, 1
		case c.Kind == analysis.Density:
			one.BarMaxWidth, one.BarCategoryGap = "", "4%"
		}
		chart.MultiSeries = append(chart.MultiSeries, one)
	}
	if len(c.Series) > 1 {
		chart.SetGlobalOptions(legend(opts.Legend{}))
	}
}

// toneSign is the sign of a status, the first word of the series' name, on a bar
// of a chart in percent that is wide enough for it: colour never says it alone.
func toneSign(c analysis.Chart, s analysis.Series, x float64) *opts.Label {
	const enough = 8
	sign, _, named := strings.Cut(s.Name, " ")
	if s.Tone == "" || !named || c.Unit != "percent" || x < enough {
		return nil
	}
	return &opts.Label{Show: opts.Bool(true), Position: "inside", Formatter: sign, Color: paper}
}

// legend is a key to the colours above the picture.
func legend(l opts.Legend) charts.GlobalOpts {
	l.Show, l.Top, l.Left, l.ItemWidth, l.ItemHeight = opts.Bool(true), "0", "0", 12, 12
	l.TextStyle = &opts.TextStyle{Color: ink, FontSize: 12}
	return charts.WithLegendOpts(l)
}

// legendLines is how many lines the key takes where a picture is narrow.
func legendLines(c analysis.Chart) int {
	const line = 56 // characters
	lines, width := 1, 0
	for _, s := range c.Series {
		needs := textWidth(s.Name) + 4
		if width > 0 && width+needs > line {
			lines, width = lines+1, 0
		}
		width += needs
	}
	return lines
}

// barText names a bar: "2025, State: 40,000 EUR".
func barText(c analysis.Chart, s analysis.Series, i int) string {
	name := c.Labels[i]
	if len(c.Series) > 1 {
		name += ", " + s.Name
	}
	return name + ": " + withUnit(inUnitOf(s.Value[i], c.Unit))
}

// barRange is the axis of values: round, and with zero in it.
func barRange(c analysis.Chart, stacked bool) [3]float64 {
	low, high := 0.0, 0.0
	for i := range c.Labels {
		below, above := 0.0, 0.0
		for _, s := range c.Series {
			for k, x := range []float64{s.Value[i], at(s.Low, i), at(s.High, i)} {
				switch {
				case !finite(x), k == 0 && c.Kind == analysis.Waterfall: // a step hangs anywhere
				case !stacked:
					below, above = min(below, x), max(above, x)
				case x < 0:
					below += x
				default:
					above += x
				}
			}
		}
		low, high = min(low, below), max(high, above)
	}
	if low == high {
		high = 1
	}
	step := roundStep((high - low) / 4)
	if c.Unit == "percent" && stacked && low == 0 && high > 50 && high < 100.5 { // parts of a whole
		return [3]float64{0, 100, 25}
	}
	return [3]float64{multiple(math.Floor(low/step), step), multiple(math.Ceil(high/step), step), step}
}

// at is the i-th number, absent where the list is shorter.
func at(list []float64, i int) float64 {
	if i < len(list) {
		return list[i]
	}
	return math.NaN()
}

// barAxes sets the frame: categories across or, for bars that lie, down the side.
func barAxes(chart *charts.Line, c analysis.Chart, flat bool, r [3]float64) {
	top := "10"
	switch {
	case c.Kind == analysis.Tornado: // a key, and the base's label
		top = "48"
	case len(c.Series) > 1, c.Kind == analysis.Waterfall:
		top = strconv.Itoa(14 + 20*legendLines(c))
	}
	chart.SetGlobalOptions(charts.WithGridOpts(opts.Grid{Left: "4", Right: "20", Top: top, Bottom: "4", ContainLabel: opts.Bool(true)}))
	if flat {
		chart.SetGlobalOptions(
			charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: r[0], Max: r[1], MinInterval: r[2], MaxInterval: r[2], AxisLabel: axisLabel(), SplitLine: splitLine()}),
			charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: clipped(c.Labels), Inverse: opts.Bool(true), AxisLabel: wideLabel(), AxisLine: axisLine()}))
		return
	}
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: c.Labels, AxisLabel: axisLabel(), AxisLine: axisLine(), AxisTick: &opts.AxisTick{Show: opts.Bool(false)}}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: r[0], Max: r[1], MinInterval: r[2], MaxInterval: r[2], AxisLabel: axisLabel(), SplitLine: splitLine()}))
}

// wideLabel gives names of things that are paid for the room they need.
func wideLabel() *opts.AxisLabel {
	label := groupLabel()
	label.Width = 168
	return label
}

// hanging draws bars that hang between a low and a high end: the steps of a
// waterfall, the last one its total, and the swings of a tornado around a base.
// They are broad strokes, which may cross zero where stacked bars may not.
func hanging(chart *charts.Line, c analysis.Chart) {
	s := c.Series[0]
	barAxes(chart, analysis.Chart{Kind: c.Kind, Labels: c.Labels, Series: c.Series[:1]}, true, barRange(c, false))
	groups := map[string][]opts.LineData{}
	for i := range c.Labels {
		for _, part := range stepParts(c, s, i) {
			groups[part.colour] = append(groups[part.colour], opts.LineData{Name: part.text, Value: []any{part.from, i}}, opts.LineData{Name: part.text, Value: []any{part.to, i}}, opts.LineData{Value: []any{gap, gap}})
		}
	}
	for _, key := range stepKeys(c.Kind) {
		if data := groups[key.colour]; data != nil {
			stroke := plain(key.text, data, &opts.LineStyle{Color: key.colour, Width: 14})
			stroke.ItemStyle = &opts.ItemStyle{Color: key.colour}
			chart.MultiSeries = append(chart.MultiSeries, stroke, stepEnds(data))
		}
	}
	chart.SetGlobalOptions(legend(opts.Legend{Icon: "rect"}))
	if c.Kind == analysis.Tornado && len(s.Value) > 0 {
		chart.MultiSeries = append(chart.MultiSeries, baseLine("now "+withUnit(inUnitOf(s.Value[0], c.Unit)), s.Value[0]))
	}
}

// stepEnds answers to the pointer where a stroke, which is a line, does not.
func stepEnds(data []opts.LineData) charts.SingleSeries {
	var points []opts.ScatterData
	for _, d := range data {
		if d.Name != "" {
			points = append(points, opts.ScatterData{Name: d.Name, Value: d.Value})
		}
	}
	return charts.SingleSeries{Type: types.ChartScatter, Data: points, SymbolSize: 14, ItemStyle: &opts.ItemStyle{Opacity: opts.Float(0)}}
}

// stepKeys are the colours of strokes and what they mean.
func stepKeys(kind analysis.Kind) []stepPart {
	if kind == analysis.Tornado {
		return []stepPart{{colour: seriesColours[1], text: "at its low value"}, {colour: accent, text: "at its high value"}}
	}
	return []stepPart{{colour: accent, text: "adds"}, {colour: soft, text: "takes off"}, {colour: ink, text: "result"}}
}

// stepPart is one stroke.
type stepPart struct {
	from, to     float64
	colour, text string
}

// stepParts are the strokes at one label: a step up, down or the total of a
// waterfall; the two sides of a tornado.
func stepParts(c analysis.Chart, s analysis.Series, i int) []stepPart {
	low, high, value := at(s.Low, i), at(s.High, i), s.Value[i]
	if !finite(low) || !finite(high) {
		return nil
	}
	if c.Kind == analysis.Tornado {
		name := func(which string, x float64) string {
			return fmt.Sprintf("%s %s: %s", c.Labels[i], which, withUnit(inUnitOf(x, c.Unit)))
		}
		return []stepPart{{value, low, seriesColours[1], name("low", low)}, {value, high, accent, name("high", high)}}
	}
	colour := accent
	switch {
	case i == len(c.Labels)-1:
		colour = ink
	case value < 0:
		colour = soft
	}
	return []stepPart{{low, high, colour, c.Labels[i] + ": " + withUnit(inUnitOf(value, c.Unit))}}
}

// baseLine marks a figure across all labels.
func baseLine(text string, x float64) charts.SingleSeries {
	return charts.SingleSeries{Type: types.ChartScatter, Data: []opts.ScatterData{}, MarkLines: &opts.MarkLines{
		Data: []any{opts.MarkLineNameXAxisItem{Name: text, XAxis: x}},
		MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"},
			Label:     &opts.Label{Show: opts.Bool(true), Formatter: "{b}", Color: ink, Position: "start"},
			LineStyle: &opts.LineStyle{Color: ink, Width: 1.5, Type: "solid"}},
	}}
}
