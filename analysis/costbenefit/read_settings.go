package costbenefit

import (
	"slices"
	"strings"
)

// longest is the longest horizon in years.
const longest = 200

func (r *reader) settings() {
	a := r.a
	r.required(a.At, "title", a.Title, "say in a few words what is appraised")
	if strings.TrimSpace(a.BusinessAsUsual) == "" {
		r.failUnder(a.At, "business_as_usual", "say under business_as_usual what happens without any option", "base case missing: every result is an option less business as usual")
	}
	r.word(a.At, "status", a.Status, "draft", "reviewed", "approved")
	r.word(a.At, "prices", a.Prices, "real", "nominal")
	r.word(a.At, "timing", a.Timing, "end", "mid", "begin", "dated")
	r.word(a.At, "year_zero", a.YearZero, "now", "during")
	r.day(a.At, "date", a.Date)
	r.currency()
	r.years()
	for _, f := range a.numbers() {
		r.number(f)
	}
	if len(a.Options) == 0 {
		r.fail(a.At, "list at least one under options", "no option is appraised")
	}
	if len(a.Lines) == 0 {
		r.fail(a.At, "list costs and benefits under lines", "no line: nothing costs or brings anything")
	}
	r.optimism()
	r.simulation()
}

func (r *reader) currency() {
	c := r.a.Currency
	if c == "" {
		return
	}
	capital := func(b rune) bool { return b < 'A' || b > 'Z' }
	if len(c) != 3 || strings.ContainsFunc(c, capital) {
		r.failUnder(r.a.At, "currency", "write its three capital letters, as in EUR", "currency %q is not an ISO code", c)
	}
}

func (r *reader) years() {
	a := r.a
	for key, year := range map[string]int{"price_base": a.PriceBase, "base_year": a.BaseYear, "last_year": a.LastYear} {
		switch {
		case year == 0:
			r.failUnder(a.At, key, "give a year", "%s is missing", key)
		case year < 1900 || year > 2500:
			r.failUnder(a.At, key, "", "%s %d is no year between 1900 and 2500", key, year)
		}
	}
	switch {
	case a.BaseYear == 0 || a.LastYear == 0:
	case a.LastYear < a.BaseYear:
		r.failUnder(a.At, "last_year", "", "last_year %d is before base_year %d", a.LastYear, a.BaseYear)
	case a.LastYear > a.BaseYear+longest:
		r.failUnder(a.At, "last_year", "", "the horizon from %d to %d is longer than %d years", a.BaseYear, a.LastYear, longest)
	}
}

// discount checks that there is one rate, schedule or preset.
func (r *reader) discount() {
	d, at := r.a.Discount, r.a.Discount.At
	if at.Line == 0 {
		r.fail(r.a.At, "give a rate, a schedule or a preset under discount", "no discount rate")
		return
	}
	ways := 0
	for _, there := range []bool{given(d.Rate), given(d.Preset), len(d.Schedule) > 0} {
		if there {
			ways++
		}
	}
	if ways != 1 {
		r.fail(at, "give one of rate, preset and schedule", "discount has %d of rate, preset and schedule", ways)
	}
	r.word(at, "kind", d.Kind, "real", "nominal")
	r.literal(field{key: "low", text: d.Low, rule: rateRule})
	r.literal(field{key: "high", text: d.High, rule: rateRule})
	r.preset(d.Preset, rateUse)
	if p, ok := presetNamed(d.Preset.Value); ok && p.Kind == healthRates && d.Reason == "" {
		r.fail(d.Preset.At, "say under reason why health or well-being is discounted at its own rate", "%s is for health and well-being only", p.Name)
	}
	r.schedule()
	r.nominal()
}

func (r *reader) schedule() {
	before := 0
	for _, s := range r.a.Discount.Schedule {
		if !given(s.Rate) {
			r.fail(s.At, "", "rate is missing")
		}
		r.number(field{key: "rate", text: s.Rate, rule: rateRule})
		if s.From < 1900 || s.From > 2700 {
			r.failUnder(s.At, "from", "give the calendar year from which it holds", "from %d is not a year", s.From)
		} else if s.From <= before {
			r.failUnder(s.At, "from", "list the rates by year", "the rate from %d comes after the one from %d", s.From, before)
		}
		before = max(before, s.From)
	}
}

// nominal refuses flows and rates of different kinds.
func (r *reader) nominal() {
	a := r.a
	switch {
	case a.Prices == "nominal" && !given(a.Inflation):
		r.failUnder(a.At, "prices", "give inflation, or amounts in real prices", "nominal flows need the expected inflation: a real rate cannot discount them")
	case a.Prices == "real" && a.Discount.Kind == "nominal":
		r.failUnder(a.Discount.At, "kind", "give the real rate, or prices: nominal with inflation", "real flows at a nominal rate")
	case a.Discount.Kind == "nominal" && given(a.Discount.Preset):
		r.failUnder(a.Discount.At, "kind", "leave kind out", "the presets are real rates")
	}
}

// optimism checks the appraisal's own corrections by evidence grade.
func (r *reader) optimism() {
	a := r.a
	if a.Optimism == nil {
		return
	}
	if len(a.Optimism) != grades || slices.ContainsFunc(a.Optimism, func(x float64) bool { return x < 0 || x > 500 }) {
		r.failUnder(a.At, "optimism_by_grade", "for example [0, 5, 10, 15, 25, 40]", "optimism_by_grade is not six percentages, for grades 1 to 6")
	}
	if a.NoOptimism != "" {
		r.failUnder(a.At, "no_optimism", "keep one of the two", "no_optimism beside optimism_by_grade")
	}
}

// grades is the number of grades of evidence, 1 the best.
const grades = 6

func (r *reader) simulation() {
	s := r.a.Simulation
	if s.Draws < FewestDraws || s.Draws > MostDraws {
		r.fail(r.places.of(r.a.At, "simulation", "draws"), "10000 is usual", "%d draws: not between 100 and 1,000,000", s.Draws)
	}
}
