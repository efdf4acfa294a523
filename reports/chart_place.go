package reports

import (
	"cmp"
	"fmt"
	"slices"

	"pediment/analysis"
)

// placeMap draws the places of a breakdown in the shade of their value. It is
// false with fewer than two places that have a value and an outline. Places of the
// same kind that have no value are on it too.
func placeMap(i Indicator, b Breakdown, shapes []analysis.Shape) (analysis.Chart, bool) {
	c := analysis.Chart{
		Name: i.Code + " map", Kind: analysis.Map, Unit: i.Unit, Source: sourceLine(i),
		Under: under(i, "by "+lowerFirst(b.Label), i.Headline.Period.Label),
	}
	levels, found := ordered(b), compare(b.Levels)
	shapes = mapShapes(b, shapes)
	values := blank(i.Headline.Period.Label, len(shapes))
	points := 0
	add := func(label string, s analysis.Shape, v analysis.Value) {
		if known(v) {
			values.put(len(c.Labels), v.Estimate)
			points++
		}
		c.Labels, c.Shapes = append(c.Labels, label), append(c.Shapes, s)
	}
	for _, l := range levels {
		if k := slices.IndexFunc(shapes, func(s analysis.Shape) bool { return s.Code == placeOf(l) }); k >= 0 {
			add(levelText(l), shapes[k], l.Value)
			shapes = slices.Delete(shapes, k, k+1)
		}
	}
	for _, s := range shapes {
		add(cmp.Or(s.Name, s.Code)+" (no value)", s, analysis.Value{State: analysis.Missing})
	}
	c.Series = []analysis.Series{analysis.Series(values)}
	if points < 2 {
		return c, false
	}
	c.Title = rangeTitle(i, found)
	c.Text = "Map. " + groupText(i, levels)
	return c, true
}

// placeOf is the code of the place a group is.
func placeOf(l BreakdownLevel) string { return l.Value.Group.Level("place") }

// mapShapes are the outlines of one kind of place, the kind most of the groups are
// of: districts and the wards in them do not lie on one map.
func mapShapes(b Breakdown, shapes []analysis.Shape) []analysis.Shape {
	kinds := map[string]int{}
	for _, l := range b.Levels {
		for _, s := range shapes {
			if s.Code == placeOf(l) {
				kinds[s.Kind]++
			}
		}
	}
	var out []analysis.Shape
	for _, s := range shapes {
		most := true
		for kind, n := range kinds {
			most = most && (n < kinds[s.Kind] || n == kinds[s.Kind] && s.Kind <= kind)
		}
		if most && kinds[s.Kind] > 0 {
			out = append(out, s)
		}
	}
	return out
}

// mostMultiples is how many small pictures are looked at; of more places the ones
// at the end of the order are left to the table.
const mostMultiples = 24

// placeTrends draws a small picture over time for each place, the whole city in
// grey behind it, in the order of the latest values. It is false with fewer than
// two places that have two values.
func placeTrends(i Indicator, b Breakdown) (analysis.Chart, bool) {
	c := analysis.Chart{
		Name: i.Code + " by place over time", Kind: analysis.Multiples, Unit: i.Unit, Source: sourceLine(i),
		Under: under(i, "by "+lowerFirst(b.Label)+" (blue) and in the whole city (grey)", span2(i.Trend)),
	}
	for _, v := range i.Trend {
		c.Labels = append(c.Labels, v.Period.Label)
	}
	c.Series = []analysis.Series{placeSeries(wholeSeries, i.Trend)}
	var judged []analysis.Change
	several := 0
	for _, p := range orderedTrends(i, b) {
		s := placeSeries(p.Name, p.Trend)
		n := len(s.Value) - len(slices.DeleteFunc(slices.Clone(s.Value), finite))
		if n == 0 || len(c.Series) > mostMultiples {
			continue
		}
		if n > 1 {
			several++
		}
		c.Series, judged = append(c.Series, s), append(judged, p.Change)
	}
	c.Title = changesTitle(judged, lowerFirst(b.Label))
	c.Text = c.Title + "." + placesText(c)
	return c, several >= 2
}

// orderedTrends are the places in the order of the breakdown, those it does not
// hold behind them.
func orderedTrends(i Indicator, b Breakdown) []PlaceTrend {
	levels := ordered(b)
	rank := func(p PlaceTrend) int {
		if k := slices.IndexFunc(levels, func(l BreakdownLevel) bool { return placeOf(l) == p.Code }); k >= 0 {
			return k
		}
		return len(levels)
	}
	list := slices.Clone(i.Places)
	slices.SortStableFunc(list, func(a, b PlaceTrend) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}

// placeSeries is a trend of whole periods.
func placeSeries(name string, trend []analysis.Value) analysis.Series {
	s := blank(name, len(trend))
	for at, v := range trend {
		if known(v) && v.State != analysis.Partial {
			s.put(at, v.Estimate)
		}
	}
	return analysis.Series(s)
}

// changesTitle counts the places that changed, each judged by itself.
func changesTitle(changes []analysis.Change, word string) string {
	rose, fell, judged, sampled := 0, 0, 0, false
	since, beyond := "", ""
	for _, c := range changes {
		switch {
		case c.Status == analysis.FirstValue, c.Status == analysis.NoData, c.Status == "":
			continue
		case c.Status == analysis.Unclear:
		case c.Difference > 0:
			rose++
		default:
			fell++
		}
		judged, sampled, since = judged+1, sampled || finite(c.SE), c.From
	}
	if sampled {
		beyond = " by more than sampling error explains"
	}
	if judged == 0 {
		return "No " + word + " can be compared over time"
	}
	of := func(n int) string {
		if n == judged {
			return fmt.Sprintf("all %s %s", numberWord(n), plural(word))
		}
		return fmt.Sprintf("%s of %s %s", numberWord(n), numberWord(judged), plural(word))
	}
	switch {
	case rose+fell == 0:
		return fmt.Sprintf("No clear change since %s in any of %s %s", since, numberWord(judged), plural(word))
	case fell == 0:
		return fmt.Sprintf("Rose in %s since %s%s", of(rose), since, beyond)
	case rose == 0:
		return fmt.Sprintf("Fell in %s since %s%s", of(fell), since, beyond)
	}
	return fmt.Sprintf("Rose in %s and fell in %s since %s%s", numberWord(rose), of(fell), since, beyond)
}

// placesText reads out the ends of each place's series.
func placesText(c analysis.Chart) string {
	text := ""
	for _, s := range c.Series[1:] {
		first := slices.IndexFunc(s.Value, finite)
		last := first
		for k := range s.Value {
			if finite(s.Value[k]) {
				last = k
			}
		}
		if last > first {
			text += fmt.Sprintf(" %s: %s in %s, %s in %s.", s.Name, number(seriesEstimate(s, first), c.Unit), c.Labels[first], number(seriesEstimate(s, last), c.Unit), c.Labels[last])
		}
	}
	return text
}
