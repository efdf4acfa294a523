package reports

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"pediment/analysis"
)

// mostClasses is how many shades of one hue can be told apart on a map.
const mostClasses = 5

// shades are the parts of white in the accent, from the lowest class to the highest,
// for one to five classes. Between .25 and .5 neither white nor ink can be read.
var shades = [mostClasses][]float64{{.55}, {.75, .2}, {.84, .52, .1}, {.87, .68, .5, .1}, {.9, .72, .52, .22, 0}}

// class is a range of a map's values, from Low to below High, and its shade.
type class struct {
	Low, High float64
	Colour    string
}

// classes divides the values into at most five ranges of equal, round width: a
// reader can check them, and no place is moved into another shade by what the
// others are. None without a value.
func classes(values []float64) []class {
	values = slices.DeleteFunc(slices.Clone(values), func(x float64) bool { return !finite(x) })
	if len(values) == 0 {
		return nil
	}
	low, high := slices.Min(values), slices.Max(values)
	step := roundStep((high - low) / mostClasses)
	if high == low {
		step = roundStep(math.Abs(high) / 10)
	}
	for math.Floor(high/step)-math.Floor(low/step) >= mostClasses {
		step = roundStep(step * 1.01) // the next round number
	}
	var list []class
	for n := math.Floor(low / step); n <= math.Floor(high/step); n++ {
		list = append(list, class{Low: multiple(n, step), High: multiple(n+1, step)})
	}
	for k, white := range shades[len(list)-1] {
		list[k].Colour = tint(accent, white)
	}
	return list
}

// classOf is the number of the class a value is in, −1 for none.
func classOf(list []class, x float64) int {
	return slices.IndexFunc(list, func(c class) bool { return x >= c.Low && x < c.High })
}

// text is the range in words: "20 to 30 %", its upper end not in it.
func (c class) text(unit string) string {
	digits := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	text := fmt.Sprintf("%s to %s", digits(c.Low), digits(c.High))
	if math.Abs(c.High) >= 1000 {
		text = fmt.Sprintf("%s to %s", rounded(c.Low, 0), rounded(c.High, 0))
	}
	if unit == "percent" {
		return withUnit(text, unit)
	}
	return text
}

// choropleth draws places in the shade of their value's class, the value on each.
// A place without a value is white with a dashed outline. A key stands beside the
// map.
func choropleth(c analysis.Chart) object {
	var values analysis.Series
	if len(c.Series) > 0 {
		values = c.Series[0]
	}
	list := classes(values.Value)
	outlines, err := geoJSON(c.Shapes)
	if err != nil {
		return object{}
	}
	texts := uniqueTexts(c.Labels, func(i int) string { return mapText(c, values, i) })
	names, data, lacking := map[string]string{}, []object{}, false
	for i := range min(len(c.Labels), len(c.Shapes)) {
		if c.Shapes[i].Code == "" {
			continue
		}
		names[c.Shapes[i].Code] = texts[i]
		lacking = lacking || !finite(at(values.Value, i))
		data = append(data, mapPlace(c, values, i, list, texts[i]))
	}
	return object{
		"series": []object{{
			"type": "map", "map": mapName(outlines), "nameProperty": "name", "nameMap": names, "aspectScale": 1, "roam": false, "selectedMode": false,
			"left": 116, "right": 4, "top": 4, "bottom": 4, "data": data, "emphasis": object{"disabled": true},
			"labelLayout": object{"hideOverlap": true}, "itemStyle": noData(),
		}},
		"graphic": mapKey(list, c.Unit, lacking),
	}
}

// noData is how a place without a value looks.
func noData() object {
	return object{"areaColor": paper, "borderColor": absentInk, "borderWidth": 1, "borderType": "dashed"}
}

// mapText is what the tooltip says of a place.
func mapText(c analysis.Chart, s analysis.Series, i int) string {
	if !finite(at(s.Value, i)) {
		return c.Labels[i]
	}
	return pointText(c, s, i)
}

// mapPlace is one place of the map.
func mapPlace(c analysis.Chart, s analysis.Series, i int, list []class, text string) object {
	label := object{"show": true, "fontSize": 11, "lineHeight": 14, "color": ink, "formatter": literal(clip(c.Labels[i], 20))}
	style := noData()
	if k := classOf(list, at(s.Value, i)); k >= 0 {
		colour := list[k].Colour
		label["color"], label["formatter"] = readable(colour), literal(clip(c.Labels[i], 20)+"\n"+number(seriesEstimate(s, i), c.Unit))
		style = object{"areaColor": colour, "borderColor": paper, "borderWidth": 1, "borderType": "solid"}
	}
	return object{"name": text, "value": classOf(list, at(s.Value, i)), "itemStyle": style, "label": label}
}

// mapKey draws the classes from the highest down, and what no value looks like.
func mapKey(list []class, unit string, lacking bool) []object {
	var key []object
	entry := func(fill, stroke string, dash []int, text string) {
		y := 4 + 21*len(key)
		key = append(key, object{"type": "group", "left": 0, "top": y, "silent": true, "children": []object{
			{"type": "rect", "shape": object{"x": 0, "y": 0, "width": 16, "height": 14}, "style": object{"fill": fill, "stroke": stroke, "lineWidth": 1, "lineDash": dash}},
			{"type": "text", "left": 22, "top": 1, "style": object{"text": text, "fill": ink, "fontSize": 12}},
		}})
	}
	for k := len(list) - 1; k >= 0; k-- {
		entry(list[k].Colour, list[k].Colour, nil, list[k].text(unit))
	}
	if lacking {
		entry(paper, absentInk, []int{3, 2}, "no value")
	}
	return key
}
