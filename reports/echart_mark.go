package reports

import (
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
	"github.com/go-echarts/go-echarts/v2/types"

	"pediment/analysis"
)

// breakLine is a break of a chart's series: it lies before label number Before.
type breakLine struct {
	Before int
	Text   string
}

// breaksOf lists the breaks of the chart in the order of its labels. A break at
// the first label, or at none of them, has nothing to separate.
func breaksOf(c analysis.Chart) []breakLine {
	var list []breakLine
	for _, m := range c.Marks {
		if at := slices.Index(c.Labels, m.At); at > 0 && !finite(m.Value) {
			list = append(list, breakLine{at, m.Text})
		}
	}
	slices.SortStableFunc(list, func(a, b breakLine) int { return a.Before - b.Before })
	return list
}

// targetsOf lists the marks at a value.
func targetsOf(c analysis.Chart) []analysis.Mark {
	return slices.DeleteFunc(slices.Clone(c.Marks), func(m analysis.Mark) bool { return !finite(m.Value) })
}

// cutAt cuts a series at the breaks, so that no line and no band crosses one.
// Pieces without a value are left out.
func cutAt(s analysis.Series, breaks []breakLine) []analysis.Series {
	var list []analysis.Series
	from := 0
	for _, to := range append(befores(breaks), len(s.Value)) {
		piece := blank(s.Name, len(s.Value))
		piece.Tone = s.Tone
		for k := from; k < min(to, len(s.Value)); k++ {
			piece.put(k, seriesEstimate(s, k))
		}
		if slices.ContainsFunc(piece.Value, finite) {
			list = append(list, analysis.Series(piece))
		}
		from = to
	}
	return list
}

func befores(breaks []breakLine) []int {
	var list []int
	for _, b := range breaks {
		list = append(list, b.Before)
	}
	return list
}

// marksOnLines draws targets as labelled dashed lines across, and breaks as
// dotted lines down, half a step before the label they come with. An axis of
// numbers beside that of labels makes room for half steps.
func marksOnLines(chart *charts.Line, c analysis.Chart) {
	var across []any
	for _, m := range targetsOf(c) {
		across = append(across, object{"yAxis": m.Value, "name": m.Text, "label": markLabel("insideStartTop"), "lineStyle": targetStyle()})
	}
	if len(across) > 0 {
		chart.MultiSeries = append(chart.MultiSeries, markSeries(0, across))
	}
	var down []any
	for _, b := range breaksOf(c) {
		label := markLabel("end")
		label["align"], label["color"] = "left", soft
		if 2*b.Before > len(c.Labels) {
			label["align"] = "right"
		}
		down = append(down, object{"xAxis": float64(b.Before) - 0.5, "name": clip(b.Text, 34), "label": label,
			"lineStyle": object{"type": "dotted", "color": soft, "width": 1.5}})
	}
	if len(down) > 0 {
		chart.ExtendXAxis(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: -0.5, Max: float64(len(c.Labels)) - 0.5})
		chart.MultiSeries = append(chart.MultiSeries, markSeries(1, down))
	}
}

// marksOnDots draws targets as labelled dashed lines down, their labels above that
// of the whole city.
func marksOnDots(chart *charts.Line, c analysis.Chart) {
	var down []any
	for _, m := range targetsOf(c) {
		label := markLabel("start")
		label["distance"] = 22
		down = append(down, object{"xAxis": m.Value, "name": m.Text, "label": label, "lineStyle": targetStyle()})
	}
	if len(down) > 0 {
		chart.MultiSeries = append(chart.MultiSeries, markSeries(0, down))
	}
}

// targetRoom is the height the labels of targets take above dots.
func targetRoom(c analysis.Chart) int {
	if len(targetsOf(c)) == 0 {
		return 0
	}
	return 18
}

// markSeries carries lines across the picture and no points.
func markSeries(axis int, data []any) charts.SingleSeries {
	return charts.SingleSeries{Type: types.ChartScatter, Data: []opts.ScatterData{}, XAxisIndex: axis,
		MarkLines: &opts.MarkLines{Data: data, MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"}}}}
}

func markLabel(position string) object {
	return object{"show": true, "formatter": "{b}", "position": position, "color": ink, "fontSize": 12}
}

func targetStyle() object { return object{"type": "dashed", "color": ink, "width": 1.5} }
