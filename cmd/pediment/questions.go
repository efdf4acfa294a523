package main

import (
	"context"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/indicators"
)

// questions are indicators that exist for one chapter only: what they answer takes
// the way of every other value, disclosure included.
type questions struct {
	entries []indicators.Indicator
	also    [][]string // further breakdowns by several columns together
	answers []answerTable
	wishes  topicTable
	run     *work // that answered; nil before
}

// ask adds a question and returns its code.
func (q *questions) ask(i indicators.Indicator) string {
	q.entries = append(q.entries, i)
	return i.Code
}

// answer asks all questions in one run, for the reporting year of w.
func (q *questions) answer(ctx context.Context, w *work) error {
	asked := *w.project
	asked.catalogue.Indicators = q.entries
	asked.settings.Equity = equitySettings{}
	asked.settings.Report.Period = w.year.Label
	q.run = &work{app: w.app, project: &asked, query: analysis.Query{Also: q.also}, loads: w.loads, answers: q.answers, topics: q.wishes}
	return q.run.take(ctx, measure)
}

// of lists the values of a question by a set of columns, none for the whole city.
func (q *questions) of(code string, by ...string) []analysis.Value {
	var list []analysis.Value
	for _, v := range q.run.evaluated.Values {
		if v.Code == code && slices.Equal(v.Group.Columns(), by) {
			list = append(list, v)
		}
	}
	return list
}

// latest is the value that stands for the reporting year, the zero Value where
// there is none.
func (q *questions) latest(code string) analysis.Value {
	if s := q.run.series[code]; s != nil && !q.run.after(s.headline.Period) {
		return s.headline
	}
	return analysis.Value{}
}

// alike is the value of another question for the same period and group, the zero
// Value where there is none.
func (q *questions) alike(code string, v analysis.Value) analysis.Value {
	for _, other := range q.run.evaluated.Values {
		if code != "" && other.Code == code && other.Period == v.Period && slices.Equal(other.Group, v.Group) {
			return other
		}
	}
	return analysis.Value{Estimate: analysis.Unknown()}
}

// told reports whether a value has a number to show.
func told(v analysis.Value) bool {
	return !v.State.Withheld() && !math.IsNaN(v.Value) && !v.Period.IsZero()
}

// notTold says in a word or two why a value has no number.
func notTold(v analysis.Value) string {
	switch {
	case told(v):
		return ""
	case v.State == analysis.Missing, v.State == analysis.Known:
		return ""
	}
	return string(v.State)
}

// protection says once what the signs of withheld values in a chapter mean.
func protection(values []analysis.Value) []string {
	var words []string
	if slices.ContainsFunc(values, func(v analysis.Value) bool { return v.State == analysis.Confidential }) {
		words = append(words, "Confidential: withheld so that nobody can be recognised, here or by subtraction.")
	}
	if slices.ContainsFunc(values, func(v analysis.Value) bool { return v.State == analysis.Unreliable }) {
		words = append(words, "Unreliable: too few answers, or too wide an interval, by the city’s standard of reliability.")
	}
	return words
}

// relationsOf are the tables of the datasets of a kind, not those that put several
// together: each keeps the years of its own record.
func (w *work) relationsOf(kind string) []analysis.Relation {
	var list []analysis.Relation
	for _, d := range w.project.datasets {
		for _, r := range w.relations {
			if r.Name == d.Name && r.Kind == kind {
				list = append(list, r)
			}
		}
	}
	return list
}

// plainWords is a machine's name in words.
func plainWords(name string) string { return strings.ReplaceAll(name, "_", " ") }
