package indicators

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// scoreReading is the reviewers' scores of an indicator in the value's period.
func (e *evaluator) scoreReading(ctx context.Context, r Reading, i bound, v analysis.Value) (Reading, error) {
	labels, err := e.labels(ctx, i.num.relation)
	if err != nil {
		return r, err
	}
	for _, label := range labels {
		if period, err := e.Calendar.ParsePeriod(label); err == nil && period.Label == v.Period.Label {
			r.Periods = append(r.Periods, label)
		}
	}
	r.Role, r.Over, r.Where, r.Among, r.Rule = "numerator and denominator", "1", "", "", "sum"
	cell := []string{"indicator = " + analysis.Literal(i.Code), "period IN (" + literals(r.Periods) + ")"}
	if condition := and(i.num.domain, i.num.where); condition != "" {
		cell = append(cell, condition)
	}
	r.cell = append(cell, i.num.value+" IS NOT NULL")
	return r, nil
}

// figureReading is the official figures a term of a value was made from.
func (e *evaluator) figureReading(ctx context.Context, r Reading, i bound, v analysis.Value, t boundTerm, period analysis.Period) (Reading, error) {
	found, err := e.figures(ctx, t)
	if err != nil {
		return r, err
	}
	dims := dimensions(t.relation)
	used := e.figuresOf(v, found, dims, i.Kind != "published" || !math.IsNaN(v.Numerator))
	rep, err := e.reportingOf(t.relation, labelsOf(used))
	if err != nil {
		return r, err
	}
	r.Value, r.Where, r.Among, r.Computed = "value", "", "", nil
	if t.value != "1" {
		r.Value = t.value
	}
	if i.Kind == "published" {
		r.Role = "value"
		if !math.IsNaN(v.Numerator) {
			r.Role, r.Value, r.Over = "numerator and denominator", "numerator", "denominator"
		}
	}
	r.Periods = rep.labelsFor(t.time, period.Label)
	used = slices.DeleteFunc(used, func(f figure) bool { return !slices.Contains(r.Periods, f.period) })
	r.cell = cellOfFigures(t, used, dims)
	return r, nil
}

func labelsOf(found []figure) []string {
	var labels []string
	for _, f := range found {
		if !slices.Contains(labels, f.period) {
			labels = append(labels, f.period)
		}
	}
	return labels
}

// figuresOf keeps the figures that state the value's group; of the whole city, in
// periods without a row for it, those of the places, where they may be added up.
func (e *evaluator) figuresOf(v analysis.Value, found []figure, dims []string, adds bool) []figure {
	columns, whole := v.Group.Columns(), map[string]bool{}
	var used, parts []figure
	for _, f := range found {
		if f.copies > 1 {
			continue
		}
		_, levels, ok := e.placeIn(f, dims, [][]string{columns})
		same := ok && slices.EqualFunc(levels, v.Group, func(text string, l analysis.Level) bool { return text == l.Value })
		_, _, isPlace := e.placeIn(f, dims, [][]string{{"place"}})
		switch {
		case same:
			used, whole[f.period] = append(used, f), true
		case isPlace && len(columns) == 0 && adds:
			parts = append(parts, f)
		}
	}
	for _, f := range parts {
		if !whole[f.period] {
			used = append(used, f)
		}
	}
	return used
}

// cellOfFigures is the condition that a row is one of the figures.
func cellOfFigures(t boundTerm, used []figure, dims []string) []string {
	cell := []string{"series = " + analysis.Literal(t.series)}
	if t.where != "" {
		cell = append(cell, t.where)
	}
	names, tuples := []string{"period"}, make([]string, len(used))
	var told []int
	for k, column := range dims {
		constant := !slices.ContainsFunc(used, func(f figure) bool { return f.levels[k] != "" })
		if constant && column != "place" && column != "sex" && column != ageBand {
			continue
		}
		told, names = append(told, k), append(names, "COALESCE("+analysis.Quote(column)+", '')")
	}
	for n, f := range used {
		texts := []string{f.period}
		for _, k := range told {
			texts = append(texts, f.levels[k])
		}
		tuples[n] = "(" + literals(texts) + ")"
	}
	if len(tuples) == 0 {
		return append(cell, "FALSE")
	}
	return append(cell, fmt.Sprintf("(%s) IN (%s)", strings.Join(names, ", "), strings.Join(tuples, ", ")))
}
