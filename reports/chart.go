package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// The names of series that are drawn in their own way.
const (
	wholeSeries   = "whole city"
	partialSeries = "incomplete period"
	groupSeries   = "groups"
)

// Charts returns every picture of the report's indicators as data, in report
// order. An indicator with fewer than two points to compare has none.
func Charts(r *Report) []analysis.Chart {
	var charts []analysis.Chart
	for _, i := range r.indicators() {
		for _, d := range drawings(i, r.Shapes) {
			if d.drawn {
				charts = append(charts, d.chart)
			}
		}
	}
	return charts
}

// pictured is a chart of an indicator with the table behind it, and whether there
// is enough to draw.
type pictured struct {
	chart analysis.Chart
	drawn bool
	table tableView
}

// drawings are the pictures of one indicator: over time; its places, as dots, as a
// map and each over time; then other groups.
func drawings(i Indicator, shapes []analysis.Shape) []pictured {
	var list []pictured
	if len(i.Trend) > 0 {
		chart, drawn := trendChart(i)
		list = append(list, pictured{chart, drawn, trendTable(i)})
	}
	groups := slices.Clone(i.Groups)
	slices.SortStableFunc(groups, func(a, b Breakdown) int { return order(a.Column == "place", b.Column == "place") })
	for _, b := range groups {
		if len(b.Levels) == 0 {
			continue
		}
		chart, drawn := groupChart(i, b)
		list = append(list, pictured{chart, drawn, groupTable(i, b)})
		if b.Column != "place" {
			continue
		}
		if chart, drawn := placeMap(i, b, shapes); drawn {
			list = append(list, pictured{chart, true, groupTable(i, b)})
		}
		if chart, drawn := placeTrends(i, b); drawn {
			list = append(list, pictured{chart, true, chartTable(chart)})
		}
	}
	return list
}

// under says under a picture's title what is measured, in which unit, by what and
// when.
func under(i Indicator, rest ...string) string {
	parts := append([]string{i.Name, i.Unit}, rest...)
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}

// subtitle is what stands under a picture's title.
func subtitle(c analysis.Chart) string { return cmp.Or(c.Under, c.Unit) }

// drawn is a series that is being filled.
type drawn analysis.Series

// blank returns a series of n absent points.
func blank(name string, n int) drawn {
	absent := slices.Repeat([]float64{math.NaN()}, n)
	return drawn{Name: name, Value: absent, Low: slices.Clone(absent), High: slices.Clone(absent)}
}

func (s drawn) put(at int, e analysis.Estimate) {
	s.Value[at], s.Low[at], s.High[at] = e.Value, e.Low, e.High
}

// estimateText is "38.6 % (95 % interval 36.2 to 41.0)", or the bare value.
func estimateText(v analysis.Value, unit string) string {
	text := amount(v.Estimate, unit)
	if ci := interval(v.Estimate, unit); ci != "" {
		text += " (95" + noBreak + "% interval " + ci + ")"
	}
	return text
}

// sourceLine names what a figure rests on: its source and how many answers or
// reviews, or else rows; one row is a figure taken as given.
func sourceLine(i Indicator) string {
	parts := []string{}
	if i.Source != "" {
		parts = append(parts, i.Source)
	}
	switch n := i.Headline.N; {
	case n > 0 && (i.Headline.Sampled() || i.Kind == "score"):
		parts = append(parts, "n"+noBreak+"="+noBreak+count(n))
	case n > 1:
		parts = append(parts, count(n)+noBreak+"rows")
	}
	return strings.Join(parts, "; ")
}

func lowerFirst(s string) string {
	for at, r := range s {
		return strings.ToLower(string(r)) + s[at+len(string(r)):]
	}
	return s
}

// targetMarks are the target that is due next, or the last one there was: a value,
// or the ends of a range.
func targetMarks(i Indicator) []analysis.Mark {
	if len(i.Targets) == 0 {
		return nil
	}
	k := slices.IndexFunc(i.Targets, func(t Target) bool { return t.Ahead })
	if k < 0 {
		k = len(i.Targets) - 1
	}
	t := i.Targets[k]
	mark := func(word string, x float64) analysis.Mark {
		return analysis.Mark{Text: fmt.Sprintf("%s %s by %s", word, wanted(x, i.Unit), t.Period), Value: x}
	}
	switch {
	case !finite(t.Value):
		return nil
	case finite(t.High):
		return []analysis.Mark{mark("target from", t.Value), mark("target up to", t.High)}
	}
	return []analysis.Mark{mark("target", t.Value)}
}

// wanted prints a target with the digits it was written with.
func wanted(x float64, unit string) string {
	text := rounded(x, written(x))
	if unit == "percent" {
		return withUnit(text, unit)
	}
	return text
}

// written is how many decimals a number has, at most three.
func written(x float64) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', -1, 64), ".")
	return min(len(fraction), 3)
}
