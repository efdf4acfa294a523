package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// trendChart draws the whole city over time. A period without a value is a gap,
// an incomplete one stands in a series of its own, and a change of definition
// starts a new series: values on its two sides do not compare. It is false
// with fewer than two values.
func trendChart(i Indicator) (analysis.Chart, bool) {
	c := analysis.Chart{
		Name: i.Code + " trend", Kind: analysis.Line, Unit: i.Unit,
		Title: trendTitle(i), Under: under(i, "whole city", span2(i.Trend)), Source: sourceLine(i),
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
				if len(series) > 0 && !slices.ContainsFunc(i.Breaks, func(m analysis.Mark) bool { return m.At == v.Period.Label }) {
					c.Marks = append(c.Marks, analysis.Mark{Text: "new definition", At: v.Period.Label, Value: math.NaN()})
				}
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
	c.Marks = slices.Concat(c.Marks, i.Breaks, targetMarks(i))
	c.Text = trendText(i) + marksText(c.Marks)
	return c, points >= 2
}

// span2 is the first and the last period of a series.
func span2(trend []analysis.Value) string {
	if len(trend) == 0 {
		return ""
	}
	first, last := trend[0].Period.Label, trend[len(trend)-1].Period.Label
	if first == last {
		return first
	}
	return first + " to " + last
}

func seriesName(before int) string {
	if before == 0 {
		return wholeSeries
	}
	return fmt.Sprintf("%s, definition %d", wholeSeries, before+1)
}

// trendTitle says what happened to the whole city's value, never beyond what its
// error supports.
func trendTitle(i Indicator) string {
	if !known(i.Headline) {
		return "No value for now"
	}
	now := fmt.Sprintf("%s in %s", amount(i.Headline.Estimate, i.Unit), i.Headline.Period.Label)
	status := statusOf(i)
	switch {
	case status == analysis.FirstValue && i.Change.Reason != "" && !i.Baseline.Period.IsZero():
		return now + "; not compared with what was before"
	case status == analysis.FirstValue, status == analysis.NoData:
		return now + "; nothing earlier to compare with"
	case status == analysis.Unclear, printsAlike(i), withinError(i.Change):
		return fmt.Sprintf("No clear change since %s: %s", i.Baseline.Period.Label, now)
	}
	way := "Rose"
	if i.Change.Difference < 0 {
		way = "Fell"
	}
	title := fmt.Sprintf("%s from %s in %s to %s", way, number(i.Baseline.Estimate, i.Unit), i.Baseline.Period.Label, now)
	switch {
	case status == doubtful:
		title += ", but look at the data before you judge"
	case finite(i.Change.SE):
		title += ", more than sampling error explains"
	}
	return title
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

// marksText says what the lines across a picture say: " Target 50 % by 2030."
func marksText(marks []analysis.Mark) string {
	text := ""
	for _, m := range marks {
		switch {
		case finite(m.Value):
			text += " " + sentenceCase(sentence(m.Text))
		case m.At != "":
			text += fmt.Sprintf(" The series breaks before %s: %s", m.At, sentence(m.Text))
		}
	}
	return text
}
