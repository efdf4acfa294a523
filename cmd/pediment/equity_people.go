package main

import (
	"context"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/analysis/equity"
	"pediment/indicators"
)

// needCode is the code of an indicator that exists for one run only: the share of
// a dataset's rows that are in need.
const needCode = "need"

// count gives every group its people: the value's denominator where that counts
// people and, where the value has none, the residents of the group as far as the
// population datasets tell. Money and places are no people: nobody is counted.
func (g *groupings) count(ctx context.Context, list []equity.Breakdown) error {
	var waiting []*equity.Breakdown
	var sets [][]string
	for k := range list {
		for _, b := range []*equity.Breakdown{&list[k], list[k].Earlier} {
			if b == nil || g.byDenominator(b) || slices.ContainsFunc(b.Groups, hasDenominator) {
				continue
			}
			waiting = append(waiting, b)
			if !slices.ContainsFunc(sets, func(have []string) bool { return slices.Equal(have, b.By) }) {
				sets = append(sets, b.By)
			}
		}
	}
	if err := g.countBeside(ctx, sets); err != nil || g.beside == nil {
		return err
	}
	for _, b := range waiting {
		for k := range b.Groups {
			b.Groups[k].Population = g.residents(b.Groups[k].Value)
		}
	}
	return nil
}

func hasDenominator(group equity.Group) bool { return group.Value.Denominator > 0 }

// byDenominator gives groups the people their values are about; false where the
// denominators are not people or one of those shown is not known.
func (g *groupings) byDenominator(b *equity.Breakdown) bool {
	i, _ := g.project.catalogue.Find(b.Code)
	if !g.countsPeople(i) {
		return false
	}
	for _, group := range b.Groups {
		if !group.Value.State.Withheld() && !hasDenominator(group) {
			return false
		}
	}
	for k := range b.Groups {
		b.Groups[k].Population = b.Groups[k].Value.Denominator
	}
	return true
}

// countsPeople reports whether an indicator's denominators are people: the rows of
// a survey that asks for sex or age, residents, those enrolled, and what official
// figures are shares or means of.
func (g *groupings) countsPeople(i indicators.Indicator) bool {
	term := indicators.Term{Dataset: i.Numerator.Dataset}
	if i.Denominator != nil {
		term = *i.Denominator
		if term.Dataset == "" {
			term.Dataset = i.Numerator.Dataset
		}
	}
	k := slices.IndexFunc(g.relations, func(r analysis.Relation) bool {
		return r.Name == term.Dataset || r.Kind == term.Dataset && r.Kind != "survey"
	})
	if k < 0 {
		return false
	}
	switch r := g.relations[k]; r.Kind {
	case "survey":
		return term.Value.Value == "" && ofPeople(r)
	case "population", "participation":
		return term.Value.Value == "persons" || term.Value.Value == "" && r.Kind == "participation"
	case "statistic":
		return true
	}
	return false
}

// countBeside runs what the indicators themselves do not give: residents by the
// breakdowns, and the rows in need by place.
func (g *groupings) countBeside(ctx context.Context, sets [][]string) error {
	var entries []indicators.Indicator
	at := g.project.settings.Equity.At
	people := slices.ContainsFunc(g.relations, func(r analysis.Relation) bool { return r.Kind == "population" && r.Has("persons") })
	if len(sets) > 0 && people {
		entries = append(entries, residentsEntry(costbenefit.Residents{At: at}))
	}
	if n := g.project.settings.Equity.Need; n != nil && n.Dataset.Value != "" {
		entries = append(entries, needEntry(*n))
	}
	if len(entries) == 0 {
		return nil
	}
	asked := *g.project
	asked.catalogue.Indicators = entries
	asked.settings.Equity = equitySettings{}
	g.beside = &work{app: g.app, project: &asked, query: analysis.Query{Also: sets, AlsoOf: []string{residentsCode()}}, loads: g.loads}
	return plainProblem(g.beside.take(ctx, measure))
}

// checkNeed reports a condition of need: that cannot be asked of its dataset.
func (w *work) checkNeed(ctx context.Context) analysis.Problems {
	g := &groupings{work: w}
	problems, _ := asProblems(g.countBeside(ctx, nil))
	return problems
}

// residentsCode is the code of the count of all residents.
func residentsCode() string { return residentsEntry(costbenefit.Residents{}).Code }

// needEntry is the catalogue entry of the share of rows that are in need.
func needEntry(n equityNeed) indicators.Indicator {
	return indicators.Indicator{
		At: n.At, Code: needCode, Name: n.Name, Kind: "ratio", Unit: "percent", Better: "lower",
		Numerator:   indicators.Term{Dataset: n.Dataset.Value, Where: n.Where},
		Denominator: &indicators.Term{}, By: []string{"place"},
	}
}

// residents are those of a value's group in the calendar year it counts for, NaN
// where nobody knows or they are too few to be told.
func (g *groupings) residents(v analysis.Value) float64 {
	calendar, code := g.project.calendar, residentsCode()
	for _, r := range g.beside.evaluated.Values {
		if r.Code == code && calendar.JoinYear(r.Period).Label == calendar.JoinYear(v.Period).Label && slices.Equal(r.Group, v.Group) && r.Value >= float64(g.project.smallestCell()) {
			return r.Value
		}
	}
	return math.NaN()
}
