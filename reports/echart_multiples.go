package reports

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// The columns of small pictures, and fewer where it is narrow.
const (
	multiplesColumns = 3
	narrowColumns    = 2
	narrowWidth      = 420 // CSS pixels
)

// multiplesRows is how many rows of small pictures a chart has.
func multiplesRows(c analysis.Chart, columns int) int {
	return (max(0, len(c.Series)-1) + columns - 1) / columns
}

// multiples draws a small picture for each series but the first, which stands in
// grey behind each. All have one scale and the same periods.
func multiples(c analysis.Chart) object {
	low, high, step := axisRange(c)
	out := object{"legend": object{"show": false}}
	var series, across, up []object
	for k := range max(0, len(c.Series)-1) {
		across = append(across, object{"type": "category", "gridIndex": k, "data": c.Labels, "boundaryGap": false,
			"axisLine": object{"lineStyle": object{"color": line}, "onZero": false}, "axisTick": object{"show": false},
			"axisLabel": object{"color": soft, "fontSize": 11, "interval": max(0, len(c.Labels)-2), "hideOverlap": true}})
		up = append(up, object{"type": "value", "gridIndex": k, "min": low, "max": high, "interval": math.Max(step, (high-low)/2),
			"axisLabel": object{"color": soft, "fontSize": 11}, "splitLine": object{"lineStyle": object{"color": line}}})
		series = append(series, behindLine(c.Series[0], k))
		series = append(series, smallLine(c, c.Series[k+1], k)...)
	}
	out["series"], out["xAxis"], out["yAxis"] = series, across, up
	out["grid"], out["title"] = smallGrids(c, multiplesColumns)
	narrow, titles := smallGrids(c, narrowColumns)
	out["media"] = []object{
		{"query": object{"maxWidth": narrowWidth}, "option": object{"grid": narrow, "title": titles}},
		{"option": object{"grid": out["grid"], "title": out["title"]}},
	}
	return out
}

// smallGrids lays the small pictures out in columns, each under its name.
func smallGrids(c analysis.Chart, columns int) (grids, titles []object) {
	const edge, air = 8.0, 3.0 // percent of the width: room for numbers, and between pictures
	percent := func(x float64) string { return fmt.Sprintf("%.2f%%", x) }
	width := (100 - float64(columns)*(edge+air)) / float64(columns)
	height := 100 / float64(max(1, multiplesRows(c, columns)))
	for k := range max(0, len(c.Series)-1) {
		x, y := edge+float64(k%columns)*(width+edge+air), float64(k/columns)*height
		grids = append(grids, object{"left": percent(x), "width": percent(width), "top": percent(y + 0.2*height), "height": percent(0.56 * height)})
		titles = append(titles, object{"show": true, "text": clip(c.Series[k+1].Name, 26), "left": percent(x), "top": percent(y + 0.01*height), "padding": 0,
			"textStyle": object{"color": ink, "fontSize": 12, "fontWeight": "bold", "width": 150, "overflow": "truncate"}})
	}
	return grids, titles
}

// behindLine is the series that stands behind a small picture.
func behindLine(s analysis.Series, k int) object {
	return object{"name": s.Name, "type": "line", "xAxisIndex": k, "yAxisIndex": k, "data": listed(s.Value), "symbol": "none", "silent": true, "connectNulls": true,
		"lineStyle": object{"color": hatch, "width": 2}}
}

// smallLine is one series in its small picture: a dashed line across gaps, its
// intervals as strokes, as so few points need no band, and the line.
func smallLine(c analysis.Chart, s analysis.Series, k int) []object {
	data, ends := []object{}, [][]any{}
	for i, x := range s.Value {
		point := object{"value": gap}
		if finite(x) {
			point = object{"value": x, "name": s.Name + ", " + pointText(c, s, i)}
		}
		data = append(data, point)
		if finite(s.Low[i]) && finite(s.High[i]) {
			ends = append(ends, []any{i, s.Low[i]}, []any{i, s.High[i]}, []any{gap, gap})
		}
	}
	return []object{
		{"name": s.Name, "type": "line", "xAxisIndex": k, "yAxisIndex": k, "data": listed(s.Value), "symbol": "none", "silent": true, "connectNulls": true,
			"lineStyle": object{"color": accent, "width": 1, "type": "dashed"}},
		{"name": s.Name, "type": "line", "xAxisIndex": k, "yAxisIndex": k, "data": ends, "symbol": "none", "silent": true, "lineStyle": object{"color": accent, "width": 5, "opacity": 0.25}},
		{"name": s.Name, "type": "line", "xAxisIndex": k, "yAxisIndex": k, "data": data, "symbol": "circle", "symbolSize": 6, "showSymbol": true, "connectNulls": false,
			"lineStyle": object{"color": accent, "width": 2}, "itemStyle": object{"color": accent}},
	}
}

// listed are numbers as ECharts takes them.
func listed(numbers []float64) []any {
	out := make([]any, len(numbers))
	for i, x := range numbers {
		if out[i] = gap; finite(x) {
			out[i] = x
		}
	}
	return out
}
