package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// The names of series that are drawn in their own way.
const (
	wholeSeries   = "whole city"
	partialSeries = "incomplete period"
	groupSeries   = "groups"
)

// Charts returns every picture of the report as data, in report order: for each
// indicator its trend, then its breakdowns. An indicator with fewer than two
// points to compare has none.
func Charts(r *Report) []analysis.Chart {
	var charts []analysis.Chart
	for _, i := range r.indicators() {
		if chart, ok := trendChart(i); ok {
			charts = append(charts, chart)
		}
		for _, b := range i.Groups {
			if chart, ok := groupChart(i, b); ok {
				charts = append(charts, chart)
			}
		}
	}
	return charts
}

// trendChart draws the whole city over time. A period without a value is a gap,
// an incomplete one stands in a series of its own, and a change of definition
// starts a new series: values on its two sides do not compare. It is false
// with fewer than two values.
func trendChart(i Indicator) (analysis.Chart, bool) {
	c := analysis.Chart{
		Name: i.Code + " trend", Kind: analysis.Line, Unit: i.Unit,
		Title: i.Name + " over time", Source: sourceLine(i),
	}
	partial := blank(partialSeries, len(i.Trend))
	var series []analysis.Series
	definition, points := "", 0
	for at, v := range i.Trend {
		c.Labels = append(c.Labels, v.Period.Label)
		switch {
		case !known(v):
			continue
		case v.State == analysis.Partial:
			partial.put(at, v.Estimate)
		default:
			if len(series) == 0 || v.Definition != definition {
				series = append(series, analysis.Series(blank(seriesName(len(series)), len(i.Trend))))
				definition = v.Definition
			}
			drawn(series[len(series)-1]).put(at, v.Estimate)
		}
		points++
	}
	if slices.ContainsFunc(partial.Value, finite) {
		series = append(series, analysis.Series(partial))
	}
	c.Series = series
	c.Text = trendText(i)
	return c, points >= 2
}

func seriesName(before int) string {
	if before == 0 {
		return wholeSeries
	}
	return fmt.Sprintf("%s, definition %d", wholeSeries, before+1)
}

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

// trendText says in a sentence what the trend shows.
func trendText(i Indicator) string {
	var first, last analysis.Value
	var gaps, partial []string
	for _, v := range i.Trend {
		switch {
		case !known(v):
			gaps = append(gaps, v.Period.Label)
			continue
		case v.State == analysis.Partial:
			partial = append(partial, v.Period.Label)
			continue
		case first.Period.IsZero():
			first = v
		}
		last = v
	}
	var text string
	switch {
	case first.Period.IsZero():
		text = "No complete period has a value."
	case first.Period == last.Period:
		text = fmt.Sprintf("%s in %s.", estimateText(first, i.Unit), first.Period.Label)
	default:
		text = fmt.Sprintf("From %s in %s to %s in %s.", estimateText(first, i.Unit), first.Period.Label, estimateText(last, i.Unit), last.Period.Label)
	}
	if len(gaps) > 0 {
		text += " No value for " + strings.Join(gaps, ", ") + "."
	}
	if len(partial) > 0 {
		text += " Incomplete: " + strings.Join(partial, ", ") + "."
	}
	return text
}

// estimateText is "38.6 % (95 % interval 36.2 to 41.0)", or the bare value.
func estimateText(v analysis.Value, unit string) string {
	text := amount(v.Estimate, unit)
	if ci := interval(v.Estimate, unit); ci != "" {
		text += " (95" + noBreak + "% interval " + ci + ")"
	}
	return text
}

// groupChart draws the groups of one breakdown beside the whole city. It is
// false with fewer than two groups that have a value.
func groupChart(i Indicator, b Breakdown) (analysis.Chart, bool) {
	levels := ordered(b)
	c := analysis.Chart{
		Name: i.Code + " by " + b.Column, Kind: analysis.Dot, Unit: i.Unit,
		Title:  i.Name + " by " + lowerFirst(b.Label),
		Source: sourceLine(i),
	}
	groups, whole := blank(groupSeries, len(levels)), blank(wholeSeries, len(levels))
	points := 0
	for at, l := range levels {
		label := l.Label
		if known(l.Value) {
			groups.put(at, l.Value.Estimate)
			points++
		} else {
			label += " (" + string(absence(l.Value)) + ")"
		}
		c.Labels = append(c.Labels, label)
		if known(i.Headline) {
			whole.put(at, i.Headline.Estimate)
		}
	}
	c.Series = []analysis.Series{analysis.Series(groups)}
	if known(i.Headline) {
		c.Series = append(c.Series, analysis.Series(whole))
	}
	c.Text = groupText(i, levels)
	return c, points >= 2
}

// ordered returns places from the highest value to the lowest, those without a
// value last; other columns keep their order, which often means something.
func ordered(b Breakdown) []BreakdownLevel {
	levels := slices.Clone(b.Levels)
	if b.Column == "place" {
		slices.SortStableFunc(levels, func(a, b BreakdownLevel) int { return compareValues(b.Value, a.Value) })
	}
	return levels
}

// compareValues orders values by size; one without a number is the smallest.
func compareValues(a, b analysis.Value) int {
	switch {
	case known(a) && known(b):
		switch {
		case a.Value < b.Value:
			return -1
		case a.Value > b.Value:
			return 1
		}
		return 0
	case known(a):
		return 1
	case known(b):
		return -1
	}
	return 0
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
