package progress

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// parityTolerance is how far from 1 a parity ratio counts as equal: 0.97 to 1.03,
// as UNESCO's parity indices are read.
const parityTolerance = 0.03

// measure reads one measure; what it does not say it has from plan and objective.
func (r *reader) measure(w measureFile, plan *Plan, o Objective) Measure {
	m := Measure{
		At: w.At, Code: w.Code, Name: w.Name, Place: w.Place, Group: groupOf(w.Group), To: groupOf(w.To),
		Cumulative: w.Cumulative, Owner: cmp.Or(w.Owner, o.Owner), Note: w.Note,
		Tolerance: math.NaN(), Limit: number(w.Limit), Error: math.NaN(),
	}
	m.ID = measureID(m)
	at := cmp.Or(m.ID, "objective "+o.ID)
	if m.Code.Value == "" {
		r.fail(w.At, "write the code of an indicator, as in 2.1.3.1", "%s: measure without code", at)
	}
	if w.Direction.Value == "" {
		r.fail(w.At, "write up, down, value, range or parity", "%s: direction is missing", at)
	}
	m.Direction = choice(r, w.Direction, at+": direction", Up, directions[:])
	m.Tolerance, m.Error = r.tolerance(w.Tolerance, m.Direction, at), r.share(w.Error, at+": error")
	m.Method = choice(r, w.Method, at+": method", plan.Method, Methods[:])
	m.Path = choice(r, w.Path, at+": path", plan.Path, paths[:])
	m.Baseline = r.base(w, at)
	m.Targets = r.targets(w, m, at)
	m.Breaks = r.breaks(w.Breaks, m, at)
	m.Milestones = r.milestones(w.Milestones, at, m.Owner)
	m.UnitCost = r.unitCost(w.UnitCost, at)
	r.checkNumbers(m, at)
	r.checkSizes(w, at)
	r.checkTargets(m, plan, at)
	if m.Direction == Parity && math.IsNaN(m.Tolerance) {
		m.Tolerance = parityTolerance
	}
	return m
}

// measureID names a measure: code, place and group.
func measureID(m Measure) string {
	id := m.Code.Value
	if m.Place.Value != "" {
		id += " " + m.Place.Value
	}
	if len(m.Group) > 0 {
		id += " " + m.Group.String()
	}
	if len(m.To) > 0 {
		id += " to " + m.To.String()
	}
	return id
}

// groupOf is a group with its columns in alphabetical order.
func groupOf(levels map[string]analysis.Text) analysis.Group {
	var group analysis.Group
	for _, column := range slices.Sorted(maps.Keys(levels)) {
		group = append(group, analysis.Level{Column: column, Value: levels[column].Value})
	}
	return group
}

// number is a number that is written, NaN where none is.
func number(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// base reads the baseline. What is counted up starts at nothing unless it says so.
func (r *reader) base(w measureFile, at string) Base {
	if w.Baseline == nil {
		r.fail(w.At, "add baseline: {period: 2021}; its value is computed where the plan gives none", "%s: baseline is missing", at)
		return Base{At: w.At, Value: math.NaN(), SE: math.NaN()}
	}
	b := Base{
		At: w.Baseline.At, Period: r.period(w.Baseline.Period, at+": baseline"),
		Value: number(w.Baseline.Value), SE: number(w.Baseline.SE), Source: w.Baseline.Source,
	}
	if w.Baseline.Period.Value == "" {
		r.fail(b.At, "add period: and the year it was measured", "%s: baseline has no period", at)
	}
	if b.SE < 0 {
		r.fail(b.At, "a standard error is zero or more, in the indicator's unit", "%s: baseline: se is %g", at, b.SE)
	}
	if !math.IsNaN(b.SE) && math.IsNaN(b.Value) {
		r.fail(b.At, "give value too, or leave se out: both are then computed", "%s: baseline has se but no value", at)
	}
	if w.Cumulative && math.IsNaN(b.Value) {
		b.Value = 0
	}
	return b
}

// breaks reads the breaks of the series, by period.
func (r *reader) breaks(list []breakFile, m Measure, at string) []Break {
	var out []Break
	for _, w := range list {
		b := Break{At: w.At, Period: r.period(w.Period, at+": breaks"), Note: w.Note, Factor: number(w.Factor)}
		switch {
		case w.Period.Value == "":
			r.fail(w.At, "add period: the first one that is counted the new way", "%s: breaks: one has no period", at)
		case !b.Period.IsZero() && !m.Baseline.Period.IsZero() && b.Period.Start.Before(m.Baseline.Period.End):
			r.fail(w.At, "name the first period that is counted the new way; one up to the baseline changes nothing", "%s: breaks: %s is not after the baseline %s", at, b.Period.Label, m.Baseline.Period.Label)
		}
		if b.Note == "" {
			r.fail(w.At, "say in note: what changed", "%s: breaks: %s has no note", at, w.Period.Value)
		}
		if b.Factor <= 0 {
			r.fail(w.At, "earlier values times factor are comparable with later ones, so it is above zero", "%s: breaks: factor is %g", at, b.Factor)
		}
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(a, b Break) int { return a.Period.Compare(b.Period) })
	return out
}

// unitCost reads what one more unit costs.
func (r *reader) unitCost(w *unitCostFile, at string) *UnitCost {
	if w == nil {
		return nil
	}
	switch {
	case (w.Value == nil) == (w.Programme.Value == ""):
		r.fail(w.At, "give the amount, or the budget programme whose cost for each unit counts", "%s: unit_cost needs either value or programme", at)
	case w.Value != nil && *w.Value <= 0:
		r.fail(w.At, "write what one more unit costs", "%s: unit_cost: value is %g", at, *w.Value)
	case w.Value != nil && strings.TrimSpace(w.Source) == "":
		r.fail(w.At, "add source: where the amount is from", "%s: unit_cost has no source", at)
	}
	return &UnitCost{At: w.At, Value: number(w.Value), Currency: w.Currency, PriceYear: w.PriceYear, Source: w.Source, Programme: w.Programme}
}
