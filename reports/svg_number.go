package reports

import (
	"encoding/json"
	"math"
	"slices"

	"pediment/analysis"
)

// spoken are the numbers that the page tells under the pointer and a picture has
// to print: none needs its unit, which stands below the title.
type spoken struct {
	Rows   []string                  `json:"rows,omitempty"`   // to the right of each row
	Points map[string]map[int]string `json:"points,omitempty"` // by series and label: at a point or a bar
	Flat   bool                      `json:"flat,omitempty"`   // the bars lie
	Below  []int                     `json:"below,omitempty"`  // labels at which they stand below the points
}

// spokenOf decides what is printed: a number for each row, the first and the
// last of a line, and those of bars where they have room.
func spokenOf(c analysis.Chart) spoken {
	const roomy = 8 // bars that stand beside each other
	c.Series = padded(c.Series)
	switch {
	case len(c.Series) == 0:
	case c.Kind == analysis.Dot, c.Kind == analysis.Waterfall:
		return spoken{Rows: rowNumbers(c, pointNumber)}
	case c.Kind == analysis.Tornado:
		return spoken{Rows: rowNumbers(c, swing)}
	case c.Kind == analysis.Bar && lying(c):
		if len(c.Series) == 1 {
			return spoken{Rows: rowNumbers(c, pointNumber)}
		}
		return spoken{Points: seriesNumbers(c, allPoints), Flat: true}
	case c.Kind == analysis.Bar && len(c.Series) == 1 && len(c.Labels) <= roomy:
		return spoken{Points: seriesNumbers(c, allPoints)}
	case c.Kind == analysis.Line && len(c.Series) <= 3:
		return spoken{Points: seriesNumbers(c, ends), Below: nearTargets(c)}
	}
	return spoken{}
}

func (s spoken) json() string {
	out, err := json.Marshal(s)
	if err != nil {
		return "{}" // texts and whole numbers cannot fail
	}
	return string(out)
}

// rowNumbers are the numbers of the first series.
func rowNumbers(c analysis.Chart, print func(analysis.Chart, analysis.Series, int) string) []string {
	out := make([]string, len(c.Labels))
	for i := range out {
		out[i] = print(c, c.Series[0], i)
	}
	return out
}

// pointNumber is "" where a point is absent.
func pointNumber(c analysis.Chart, s analysis.Series, i int) string {
	if !finite(at(s.Value, i)) {
		return ""
	}
	if c.Kind == analysis.Waterfall || c.Kind == analysis.Bar { // the ends are those of the bar, no interval
		text, unit := inUnitOf(s.Value[i], c.Unit)
		if unit == "percent" {
			return withUnit(text, unit)
		}
		return text
	}
	return number(seriesEstimate(s, i), c.Unit)
}

// swing is how far a result moves.
func swing(c analysis.Chart, s analysis.Series, i int) string {
	if !finite(s.Low[i]) || !finite(s.High[i]) {
		return ""
	}
	low, _ := inUnitOf(s.Low[i], c.Unit)
	high, _ := inUnitOf(s.High[i], c.Unit)
	return low + " to " + high
}

// seriesNumbers are the numbers of measured series at the points chosen.
func seriesNumbers(c analysis.Chart, choose func(analysis.Series) []int) map[string]map[int]string {
	out := map[string]map[int]string{}
	for _, s := range c.Series {
		if s.Tone == analysis.Path {
			continue
		}
		if out[s.Name] == nil {
			out[s.Name] = map[int]string{}
		}
		for _, i := range choose(s) {
			out[s.Name][i] = pointNumber(c, s, i)
		}
	}
	return out
}

// allPoints are those that have a value.
func allPoints(s analysis.Series) []int {
	var list []int
	for i, x := range s.Value {
		if finite(x) {
			list = append(list, i)
		}
	}
	return list
}

// nearTargets are the labels at which a target's name would lie on a number above
// a point.
func nearTargets(c analysis.Chart) []int {
	low, high, _ := axisRange(c)
	var list []int
	for i := range c.Labels {
		near := slices.ContainsFunc(targetsOf(c), func(m analysis.Mark) bool {
			return slices.ContainsFunc(c.Series, func(s analysis.Series) bool {
				return s.Tone != analysis.Path && math.Abs(at(s.Value, i)-m.Value) < (high-low)/5
			})
		})
		if near {
			list = append(list, i)
		}
	}
	return list
}

// ends are the first and the last point with a value.
func ends(s analysis.Series) []int {
	list := allPoints(s)
	if len(list) > 2 {
		return []int{list[0], list[len(list)-1]}
	}
	return list
}
