package reports

import (
	"strings"

	"pediment/analysis"
)

// Charts of rows have a label on the left, a picture of its own in the middle
// and its numbers in words on the right, so that no number lies on another.

// rowChart is a chart of rows in the making.
type rowChart struct {
	chart  analysis.Chart
	right  []string // the numbers of each row
	series []object
	keys   []object // of the legend, none without one
}

// parts makes the option: an axis of values that spans r, labels on both sides.
func (c *rowChart) parts(r [3]float64) object {
	out := object{
		"grid":  object{"left": 4, "right": 4, "top": 12, "bottom": 4, "containLabel": true},
		"xAxis": valueAxis(r),
		"yAxis": []object{rowAxis(rowLabels(c.chart.Labels), "left"), rowAxis(c.right, "right")},
		// The second axis shows only beside a series of its own.
		"series": append(c.series, object{"type": "scatter", "yAxisIndex": 1, "data": []any{}, "silent": true}),
		"media": []object{
			{"query": object{"maxWidth": narrowWidth}, "option": rowSides(94, 66, 11)},
			{"option": rowSides(168, 120, 12)},
		},
	}
	if len(c.keys) > 0 {
		out["grid"].(object)["top"] = 14 + 20*legendLines(c.chart)
		out["legend"] = object{"show": true, "top": 0, "left": 0, "itemWidth": 12, "itemHeight": 12, "selectedMode": false,
			"data": c.keys, "textStyle": object{"color": ink, "fontSize": 12}}
	}
	return out
}

// rowLabels shortens labels to the two or three lines a row has room for.
func rowLabels(labels []string) []string {
	out := make([]string, len(labels))
	for i, label := range labels {
		out[i] = clip(label, 64)
	}
	return out
}

// rowAxis lists texts along one side.
func rowAxis(texts []string, side string) object {
	label := object{"color": ink, "interval": 0, "overflow": "break", "lineHeight": 14}
	if side == "right" {
		label["color"] = soft
	}
	return object{"type": "category", "data": texts, "inverse": true, "position": side, "axisLabel": label,
		"axisTick": object{"show": false}, "axisLine": object{"show": side == "left", "lineStyle": object{"color": line}}}
}

// rowSides gives the texts on both sides their room, in pixels.
func rowSides(left, right, size int) object {
	return object{"yAxis": []object{
		{"axisLabel": object{"width": left, "fontSize": size}}, {"axisLabel": object{"width": right, "fontSize": size}}}}
}

// valueAxis is an axis of numbers from r[0] to r[1] in steps of r[2].
func valueAxis(r [3]float64) object {
	return object{"type": "value", "min": r[0], "max": r[1], "interval": r[2],
		"axisLabel": object{"color": soft, "fontSize": 12, "hideOverlap": true}, "splitLine": object{"show": true, "lineStyle": object{"color": line}}}
}

// strokes draws lines of their own along rows, from low to high.
func strokes(name, colour string, width, opacity float64, low, high []float64) object {
	data := [][]any{}
	for i := range low {
		if finite(low[i]) && finite(high[i]) {
			data = append(data, []any{low[i], i}, []any{high[i], i}, []any{gap, gap})
		}
	}
	return object{"name": name, "type": "line", "data": data, "symbol": "none", "silent": true,
		"lineStyle": object{"color": colour, "width": width, "opacity": opacity}, "itemStyle": object{"color": colour}}
}

// spots draws the points of a series in their rows.
func spots(c analysis.Chart, s analysis.Series, symbol string, size any, colour string) object {
	data := []object{}
	for i, x := range s.Value {
		if finite(x) {
			data = append(data, object{"name": rowText(c, s, i), "value": []any{x, i}})
		}
	}
	return object{"name": s.Name, "type": "scatter", "data": data, "symbol": symbol, "symbolSize": size, "itemStyle": object{"color": colour, "opacity": 1}, "z": 5}
}

// rowText names a point: "Adult learning, target: 50 %".
func rowText(c analysis.Chart, s analysis.Series, i int) string {
	e := seriesEstimate(s, i)
	text := c.Labels[i] + ", " + s.Name + ": " + amount(e, c.Unit)
	if ci := interval(e, c.Unit); ci != "" {
		text += " (" + ci + ")"
	}
	return text
}

// bullet draws what was reached as a bar from zero, its interval as a stroke on
// it, and what is wanted as ticks.
func bullet(c analysis.Chart) object {
	rows := rowChart{chart: c, right: make([]string, len(c.Labels))}
	for at, s := range c.Series {
		for i, x := range s.Value {
			if finite(x) {
				text := number(seriesEstimate(s, i), c.Unit)
				if at > 0 {
					text = s.Name + " " + wanted(x, c.Unit)
				}
				rows.right[i] = strings.TrimPrefix(rows.right[i]+"\n"+text, "\n")
			}
		}
		if at > 0 {
			rows.series = append(rows.series, spots(c, s, "rect", []int{3, 24}, ink))
			rows.keys = append(rows.keys, object{"name": s.Name, "icon": "rect", "itemStyle": object{"color": ink}})
			continue
		}
		data := make([]object, len(s.Value))
		for i, x := range s.Value {
			data[i] = object{"value": gap}
			if finite(x) {
				data[i] = object{"value": x, "name": rowText(c, s, i)}
			}
		}
		rows.series = append(rows.series,
			object{"name": s.Name, "type": "bar", "data": data, "barWidth": 12, "itemStyle": object{"color": tint(accent, 0.55)}},
			strokes(s.Name, accent, 3, 1, s.Low, s.High))
		rows.keys = append(rows.keys, object{"name": s.Name, "icon": "rect"})
	}
	return rows.parts(barRange(c, false))
}

// dumbbell draws two points in each row and a line between them, each with its
// interval behind it.
func dumbbell(c analysis.Chart) object {
	rows := rowChart{chart: c, right: make([]string, len(c.Labels))}
	if len(c.Series) > 1 {
		rows.series = append(rows.series, strokes("", hatch, 2, 1, c.Series[0].Value, c.Series[1].Value))
	}
	symbols := []string{"circle", "rect"}
	for at, s := range c.Series[:min(2, len(c.Series))] {
		colour := endColour(s, at)
		rows.series = append(rows.series, strokes(s.Name, colour, 6, 0.25, s.Low, s.High), spots(c, s, symbols[at], 11, colour))
		rows.keys = append(rows.keys, object{"name": s.Name, "icon": symbols[at], "itemStyle": object{"color": colour, "opacity": 1}})
		for i, x := range s.Value {
			if finite(x) {
				rows.right[i] = strings.TrimPrefix(rows.right[i]+"\nvs "+number(seriesEstimate(s, i), c.Unit), "\nvs ")
			}
		}
	}
	low, high, step := axisRange(c)
	return rows.parts([3]float64{low, high, step})
}

// endColour is that of one end of a dumbbell: the second, which is what the first
// is held against, is ink unless it says otherwise.
func endColour(s analysis.Series, at int) string {
	switch colour, toned := toneColours[s.Tone]; {
	case toned:
		return colour
	case at == 1:
		return ink
	}
	return accent
}
