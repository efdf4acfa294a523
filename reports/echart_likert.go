package reports

import (
	"slices"

	"pediment/analysis"
)

// likertColours are those of the answers of a scale, from worst to best: two hues
// that meet in a grey.
var likertColours = map[analysis.Tone]string{
	analysis.Bad: badInk, analysis.Poor: "#e3a58f", analysis.Even: line, analysis.Fair: "#8fbcdc", analysis.Good: goodInk,
}

// likertSides divides the answers at the middle of the scale: what lies to its
// left, and to its right, each from the middle outwards. Half of the even answers
// lies on either side. An answer without a tone, such as "cannot say", is on none.
func likertSides(c analysis.Chart) (left, right []analysis.Series) {
	for _, s := range c.Series {
		switch s.Tone {
		case analysis.Bad, analysis.Poor:
			left = append(left, s)
		case analysis.Even:
			half := s
			half.Value = make([]float64, len(s.Value))
			for i, x := range s.Value {
				half.Value[i] = x / 2
			}
			left, right = append(left, half), slices.Insert(right, 0, half)
		case analysis.Fair, analysis.Good:
			right = append(right, s)
		}
	}
	slices.Reverse(left)
	return left, right
}

// likert draws the answers of each group on both sides of the middle of the
// scale. The share of an answer stands in its bar where there is room.
func likert(c analysis.Chart) object {
	left, right := likertSides(c)
	rows := rowChart{chart: c, right: make([]string, len(c.Labels))}
	edge := 5.0
	for i := range c.Labels {
		edge = max(edge, likertSum(left, i), likertSum(right, i))
		rows.right[i] = likertEnds(c, left, right, i)
	}
	for side, list := range [][]analysis.Series{left, right} {
		for _, s := range list {
			rows.series = append(rows.series, likertBars(c, s, []float64{-1, 1}[side], edge/8))
		}
	}
	for _, s := range c.Series {
		if colour, drawn := likertColours[s.Tone]; drawn {
			rows.keys = append(rows.keys, object{"name": s.Name, "icon": "rect", "itemStyle": object{"color": colour}})
		}
	}
	parts := rows.parts([3]float64{-edge, edge, edge})
	parts["xAxis"] = object{"type": "value", "min": -edge, "max": edge, "splitLine": object{"show": false}, "axisLabel": object{"show": false}}
	if len(rows.series) > 0 {
		rows.series[0]["markLine"] = object{"silent": true, "symbol": "none", "animation": false, "label": object{"show": false},
			"lineStyle": object{"color": ink, "width": 1, "type": "solid"}, "data": []object{{"xAxis": 0}}}
	}
	return parts
}

// likertSum is how far a row reaches to one side.
func likertSum(side []analysis.Series, i int) float64 {
	sum := 0.0
	for _, s := range side {
		if x := at(s.Value, i); finite(x) {
			sum += x
		}
	}
	return sum
}

// likertEnds are the sums of both sides of a row without the even answers: "18 % ←" over "→ 62 %".
func likertEnds(c analysis.Chart, left, right []analysis.Series, i int) string {
	isEven := func(s analysis.Series) bool { return s.Tone == analysis.Even }
	against, in := slices.DeleteFunc(slices.Clone(left), isEven), slices.DeleteFunc(slices.Clone(right), isEven)
	if likertSum(left, i)+likertSum(right, i) == 0 {
		return ""
	}
	print := func(x float64) string { return withUnit(rounded(x, 0), c.Unit) }
	return print(likertSum(against, i)) + " ←\n→ " + print(likertSum(in, i))
}

// likertBars are the bars of one answer on one side, −1 for the left. All of an
// answer's share is named on either half of it. From enough on there is room for
// the share in the bar.
func likertBars(c analysis.Chart, s analysis.Series, side, enough float64) object {
	colour := likertColours[s.Tone]
	whole := 1.0
	if s.Tone == analysis.Even {
		whole = 2
	}
	data := make([]object, len(c.Labels))
	for i := range data {
		x := at(s.Value, i)
		if data[i] = (object{"value": gap}); !finite(x) {
			continue
		}
		data[i] = object{"value": side * x, "name": c.Labels[i] + ", " + s.Name + ": " + amount(seriesEstimate(scaled(s, whole), i), c.Unit)}
		if s.Tone != analysis.Even && x >= enough {
			data[i]["label"] = object{"show": true, "position": "inside", "formatter": rounded(x, 0), "color": readable(colour), "fontSize": 12}
		}
	}
	return object{"name": s.Name, "type": "bar", "stack": "answers", "data": data, "barWidth": 20,
		"itemStyle": object{"color": colour, "borderColor": paper, "borderWidth": 0.5}}
}

// scaled is a series times a factor, with its intervals.
func scaled(s analysis.Series, factor float64) analysis.Series {
	out := analysis.Series(blank(s.Name, len(s.Value)))
	for i := range s.Value {
		out.Value[i] = factor * s.Value[i]
		out.Low[i], out.High[i] = at(s.Low, i), at(s.High, i)
	}
	return out
}
