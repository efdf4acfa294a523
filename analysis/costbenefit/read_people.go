package costbenefit

import (
	"strconv"

	"pediment/analysis"
)

// people checks stakeholders, groups and options.
func (r *reader) people() {
	a := r.a
	if len(a.Stakeholders) == 0 {
		r.fail(a.At, "list under stakeholders who pays and who gains", "no stakeholder")
	}
	unique(r, "stakeholder", a.Stakeholders, func(s Stakeholder) (string, analysis.Position) { return s.ID, s.At })
	unique(r, "group", a.Groups, func(g Group) (string, analysis.Position) { return g.ID, g.At })
	unique(r, "option", a.Options, func(o Option) (string, analysis.Position) { return o.ID, o.At })
	for i := range a.Stakeholders {
		name(&a.Stakeholders[i].Name, a.Stakeholders[i].ID)
	}
	incomes := false
	for i := range a.Groups {
		g := &a.Groups[i]
		name(&g.Name, g.ID)
		incomes = incomes || given(g.Income)
		for _, f := range g.numbers() {
			r.number(f)
		}
	}
	if incomes && !given(a.Equity.ReferenceIncome) {
		r.fail(a.At, "give equity: {reference_income: …}, the income at which a gain has weight 1", "groups have incomes but there is no reference income")
	}
	for i := range a.Options {
		r.option(&a.Options[i])
	}
	r.effectUnits()
}

// name makes the id do for a name that is not given.
func name(text *string, id string) {
	if *text == "" {
		*text = id
	}
}

func (r *reader) option(o *Option) {
	name(&o.Name, o.ID)
	if o.ID == BusinessAsUsual {
		r.failUnder(o.At, "id", "options are compared with it; describe it under business_as_usual", "%s is no option", BusinessAsUsual)
	}
	for _, f := range o.numbers() {
		r.number(f)
	}
	for _, id := range o.ExclusiveWith {
		at := r.places.of(o.At, "exclusive_with")
		if id == o.ID {
			r.fail(at, "", "option %q excludes itself", id)
		}
		r.refers(at, "option", id, r.known.options)
	}
	if o.Compatible && len(o.ExclusiveWith) > 0 {
		r.failUnder(o.At, "exclusive_with", "keep one of the two", "exclusive_with beside compatible")
	}
}

// effectUnits checks that effects can be compared.
func (r *reader) effectUnits() {
	first := None
	for i, o := range r.a.Options {
		switch {
		case !given(o.Effect):
		case o.EffectUnit == "":
			r.fail(o.Effect.At, "say what it counts: effect_unit", "effect without a unit")
		case first == None:
			first = i
		case o.EffectUnit != r.a.Options[first].EffectUnit:
			r.failUnder(o.At, "effect_unit", "count the same effect for all options", "effect unit %q is not that of option %s, %q", o.EffectUnit, r.a.Options[first].ID, r.a.Options[first].EffectUnit)
		}
	}
}

// memberOptions checks the options a line or fund is part of.
func (r *reader) memberOptions(parent analysis.Position, ids []string) {
	at, seen := r.places.of(parent, "options"), map[string]bool{}
	for _, id := range ids {
		if id != BusinessAsUsual {
			r.refers(at, "option", id, append([]string{BusinessAsUsual}, r.known.options...))
		}
		if seen[id] {
			r.fail(at, "", "option %q is named twice", id)
		}
		seen[id] = true
	}
}

// yearInHorizon checks a year that may be left out.
func (r *reader) yearInHorizon(parent analysis.Position, key string, year int) {
	if a := r.a; year != 0 && (year < a.BaseYear || year > a.LastYear) {
		r.failUnder(parent, key, "", "%s %d is outside the horizon %d to %d", key, year, a.BaseYear, a.LastYear)
	}
}

// grade checks a grade of evidence, 0 for none.
func (r *reader) grade(parent analysis.Position, grade int) {
	if grade < 0 || grade > grades {
		r.failUnder(parent, "grade", "1 is the best evidence, 6 the weakest", "grade %d is not 1 to %d", grade, grades)
	}
}

// priceYear checks a year of prices, 0 for none.
func (r *reader) priceYear(parent analysis.Position, year int) {
	if year != 0 && (year < 1900 || year > 2500) {
		r.failUnder(parent, "price_year", "", "price_year %s is not a year", strconv.Itoa(year))
	}
}
