package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/equity"
	"pediment/indicators"
)

// groupings turns disclosed values into breakdowns.
type groupings struct {
	*work
	seen            map[string][]string // levels found by column
	caveats         []analysis.Warning
	compared, alone []string // breakdowns with two groups or more, and without, by some indicator
	beside          *work    // residents and need, of which nothing else is computed
}

func (g *groupings) warn(format string, args ...any) {
	w := analysis.Warning{About: "equity", Text: fmt.Sprintf(format, args...)}
	if !slices.Contains(g.caveats, w) {
		g.caveats = append(g.caveats, w)
	}
}

// breakdowns are an indicator's wanted breakdowns in the period that stands for
// the reporting year, each with the earliest wave it may be compared with.
func (g *groupings) breakdowns(i indicators.Indicator) []equity.Breakdown {
	s := g.series[i.Code]
	if s == nil || s.headline.Period.IsZero() {
		return nil
	}
	var list []equity.Breakdown
	for _, set := range g.sets(i, s.headline.Period) {
		b, ok := g.breakdown(i, set, s.headline.Period)
		if !ok {
			g.alone = append(g.alone, b.Label)
			continue
		}
		g.compared = append(g.compared, b.Label)
		for _, earlier := range g.earlier(i, s.headline.Period) {
			if e, ok := g.breakdown(i, set, earlier); ok {
				b.Earlier = &e
				b.Cross = g.cross(b, e)
				break
			}
		}
		list = append(list, b)
	}
	return list
}

// sets lists the wanted column sets an indicator has values by in a period.
func (g *groupings) sets(i indicators.Indicator, period analysis.Period) [][]string {
	var sets [][]string
	for _, v := range g.evaluated.Values {
		set := v.Group.Columns()
		if v.Code != i.Code || v.Place != "" || v.Period != period || len(set) == 0 {
			continue
		}
		known := slices.ContainsFunc(sets, func(have []string) bool { return slices.Equal(have, set) })
		if !known && g.wanted(i, set) {
			sets = append(sets, set)
		}
	}
	return sets
}

// wanted reports whether the groups of a breakdown are compared: those equity:
// names or, where it has no by:, places and what tells people apart. Sources of
// money or subjects of courses do not.
func (g *groupings) wanted(i indicators.Indicator, set []string) bool {
	s := g.project.settings.Equity
	if s.names(set) || len(s.By) > 0 || len(set) > 1 {
		return s.names(set)
	}
	return set[0] == "place" || slices.ContainsFunc(g.relations, func(r analysis.Relation) bool {
		own := r.Kind == "statistic" && (r.Name == i.Numerator.Dataset || r.Kind == i.Numerator.Dataset)
		return (own || ofPeople(r)) && (r.Has(set[0]) || set[0] == "age_band")
	})
}

// ofPeople reports whether the rows of a relation are people or count residents.
func ofPeople(r analysis.Relation) bool {
	return r.Kind == "population" || r.Kind == "survey" && (r.Has("sex") || r.Has("age"))
}

// earlier lists the periods of an indicator's values that the last may be
// compared with, the first of them first.
func (g *groupings) earlier(i indicators.Indicator, last analysis.Period) []analysis.Period {
	trend := g.series[i.Code].trend
	at := slices.IndexFunc(trend, func(v analysis.Value) bool { return v.Period == last })
	if at < 0 {
		return nil
	}
	var list []analysis.Period
	for _, v := range trend[:at] {
		if v.State == analysis.Known && v.Period.Comparable(last) && v.Definition == trend[at].Definition {
			list = append(list, v.Period)
		}
	}
	return list
}

// breakdown is one indicator by one column set in one period; ok is false where
// fewer than two groups have a value.
func (g *groupings) breakdown(i indicators.Indicator, set []string, period analysis.Period) (b equity.Breakdown, ok bool) {
	b = equity.Breakdown{
		Code: i.Code, Name: i.Name, Unit: i.Unit, Better: i.Better, Persons: g.sharesOfPeople(i.Code), By: set, Label: g.setLabel(set), Period: period,
		Source: g.sourceNames(i.Code), Bounded: i.Unit == "percent", DF: math.NaN(),
	}
	if b.Bounded {
		b.Low, b.High = 0, 100
	}
	known := 0
	for _, v := range g.evaluated.Values {
		if v.Code != i.Code || v.Place != "" || v.Period != period {
			continue
		}
		switch {
		case len(v.Group) == 0:
			b.Whole, b.DF = v, v.DF
		case slices.Equal(v.Group.Columns(), set) && !slices.ContainsFunc(v.Group, notStated):
			b.Groups = append(b.Groups, g.group(v))
			if !v.State.Withheld() {
				known++
			}
		}
	}
	g.note(b)
	g.arrange(&b)
	b.Covariance = g.covariance(b.Groups)
	return b, known > 1
}

// notStated reports a level of which nobody says what it is: no group of people.
func notStated(l analysis.Level) bool { return l.Value == "(not stated)" }

// group is a value as a group of people.
func (g *groupings) group(v analysis.Value) equity.Group {
	out := equity.Group{Value: v, Population: math.NaN()}
	var levels, labels []string
	for _, l := range v.Group {
		levels, labels = append(levels, l.Value), append(labels, g.levelName(l))
	}
	out.Level, out.Label = strings.Join(levels, " × "), strings.Join(labels, " × ")
	if len(levels) > 1 {
		out.Levels, out.Labels = levels, labels
	}
	for _, flag := range v.Flags {
		if reason, ok := strings.CutPrefix(flag, "use with caution: "); ok {
			out.Doubtful = reason
		}
	}
	return out
}

// setLabel is what people call a breakdown: "district", "sex and age".
func (w *work) setLabel(set []string) string {
	var words []string
	for _, column := range set {
		word := w.columnLabel(column)
		if byAge(column) {
			word = "age"
		}
		words = append(words, strings.ToLower(word[:1])+word[1:])
	}
	return strings.Join(words, " and ")
}

// sourceNames names the datasets an indicator reads.
func (w *work) sourceNames(code string) string {
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code == code {
			return w.sourceWords(c.Sources)
		}
	}
	return ""
}

// note remembers which levels there are.
func (g *groupings) note(b equity.Breakdown) {
	for _, group := range b.Groups {
		for _, l := range group.Value.Group {
			if !slices.Contains(g.seen[l.Column], l.Value) {
				g.seen[l.Column] = append(g.seen[l.Column], l.Value)
			}
		}
	}
}

// arrange puts the groups of an ordered column in its order, without levels that
// have no place in it, and names the group the others are held against.
func (g *groupings) arrange(b *equity.Breakdown) {
	s := g.project.settings.Equity
	if order := s.order(b.By); order != nil {
		b.Ordered = true
		b.Groups = slices.DeleteFunc(b.Groups, func(x equity.Group) bool { return !slices.Contains(order, x.Level) })
		slices.SortStableFunc(b.Groups, func(x, y equity.Group) int {
			return slices.Index(order, x.Level) - slices.Index(order, y.Level)
		})
	}
	if len(b.By) != 1 {
		return
	}
	if reference := s.Reference[b.By[0]].Value; slices.ContainsFunc(b.Groups, func(x equity.Group) bool { return x.Level == reference }) {
		b.Reference = reference
	}
}

// quotedList quotes texts in order.
func quotedList(list []string) string {
	var out []string
	for _, text := range slices.Sorted(slices.Values(list)) {
		out = append(out, fmt.Sprintf("%q", text))
	}
	return strings.Join(out, ", ")
}

// covariance is the covariance matrix of the groups' estimates, nil where nobody
// knows it. Groups without sampling error have none.
func (g *groupings) covariance(groups []equity.Group) [][]float64 {
	return g.matrix(groups, groups)
}

// cross is the covariance of two waves' groups, nil for samples drawn apart.
func (g *groupings) cross(now, before equity.Breakdown) [][]float64 {
	m := g.matrix(now.Groups, before.Groups)
	if !slices.ContainsFunc(m, func(row []float64) bool {
		return slices.ContainsFunc(row, func(x float64) bool { return x != 0 && x == x })
	}) {
		return nil
	}
	return m
}

func (g *groupings) matrix(rows, columns []equity.Group) [][]float64 {
	m := make([][]float64, len(rows))
	for a, x := range rows {
		m[a] = make([]float64, len(columns))
		for b, y := range columns {
			m[a][b] = math.NaN()
			if !x.Value.Sampled() || !y.Value.Sampled() || x.Value.ErrorUnknown || y.Value.ErrorUnknown {
				continue
			}
			if m[a][b] = g.evaluated.Covariance(x.Value, y.Value); math.IsNaN(m[a][b]) {
				return nil
			}
		}
	}
	return m
}
