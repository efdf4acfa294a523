package costbenefit

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

func (r *reader) funding() {
	for i := range r.a.Funding {
		r.fund(&r.a.Funding[i])
	}
}

func (r *reader) fund(f *Fund) {
	if r.required(f.At, "source", f.Source, "name the stakeholder who gives") {
		r.refers(r.places.of(f.At, "source"), "stakeholder", f.Source, r.known.stakeholders)
	}
	if r.required(f.At, "to", f.To, "name the stakeholder who gets it") {
		r.refers(r.places.of(f.At, "to"), "stakeholder", f.To, r.known.stakeholders)
	}
	if f.Source != "" && f.Source == f.To {
		r.failUnder(f.At, "to", "", "%s funds itself", f.Source)
	}
	name(&f.Name, "from "+f.Source)
	r.memberOptions(f.At, f.Options)
	if len(f.Amounts) == 0 {
		r.failUnder(f.At, "amounts", "give amounts by year", "funding by %s has no amounts", f.Source)
	}
	r.amounts(f.At, "amounts", f.Amounts)
	for when, amount := range f.Amounts {
		if amount < 0 {
			r.fail(r.places.of(f.At, "amounts", when), "write it the other way round", "funding of %s is negative", plain(amount))
		}
	}
	if r.required(f.At, "status", f.Status, "secured, pledged or sought") {
		r.word(f.At, "status", f.Status, "secured", "pledged", "sought")
	}
	r.word(f.At, "form", f.Form, "cash", "in kind")
	r.day(f.At, "expires", f.Expires)
	r.number(field{key: "match", text: f.MatchShare, rule: share})
}

func (r *reader) scenarios() {
	unique(r, "scenario", r.a.Scenarios, func(s Scenario) (string, analysis.Position) { return s.ID, s.At })
	for i := range r.a.Scenarios {
		s := &r.a.Scenarios[i]
		name(&s.Name, s.ID)
		if len(s.Set) == 0 && len(s.Without) == 0 {
			r.fail(s.At, "give set or without", "scenario %s changes nothing", s.ID)
		}
		for id, text := range s.Set {
			if !given(text) {
				r.fail(r.places.of(s.At, "set"), "", "no value for %s", id)
			}
			r.literal(field{key: id, text: text})
		}
		for _, id := range s.Without {
			r.refers(r.places.of(s.At, "without"), "stakeholder", id, r.known.stakeholders)
			if !slices.ContainsFunc(r.a.Funding, func(f Fund) bool { return f.Source == id }) {
				r.failUnder(s.At, "without", "name a source of funding", "%s funds nothing", id)
			}
		}
	}
	r.correlations()
}

func (r *reader) correlations() {
	seen := map[string]int{}
	for _, c := range r.a.Correlations {
		at := r.places.of(c.At, "between")
		if len(c.Between) != 2 || c.Between[0] == c.Between[1] {
			r.fail(at, "name two assumptions", "a correlation is between two")
			continue
		}
		for _, id := range c.Between {
			r.refers(at, "assumption", id, r.known.assumptions)
		}
		if c.Correlation <= -1 || c.Correlation >= 1 {
			r.failUnder(c.At, "rank", "", "rank correlation %s is not between -1 and 1", plain(c.Correlation))
		}
		pair := slices.Sorted(slices.Values(c.Between))
		if line, again := seen[strings.Join(pair, " ")]; again {
			r.fail(at, "keep one of the two", "%s and %s are already correlated in line %d", pair[0], pair[1], line)
		}
		seen[strings.Join(pair, " ")] = c.At.Line
	}
}

func (r *reader) unmonetised() {
	for _, e := range r.a.Unmonetised {
		r.memberOptions(e.At, e.Options)
		r.required(e.At, "effect", e.Text, "say what the effect is")
		r.word(e.At, "direction", e.Direction, "for", "against")
		r.word(e.At, "size", e.Size, "small", "medium", "large")
		r.word(e.At, "confidence", e.Confidence, "low", "medium", "high")
	}
}

// preset checks the name of a preset and that it is of the kind that belongs
// there.
func (r *reader) preset(name analysis.Text, use presetUse) {
	if !given(name) {
		return
	}
	if p, ok := presetNamed(name.Value); ok && p.use() == use {
		return
	}
	names := presetNames(use)
	hint := analysis.Suggest(name.Value, names)
	if hint == "" {
		hint = fmt.Sprintf("known presets: %s", strings.Join(names, ", "))
	}
	r.fail(name.At, hint, "no preset %q for a %s", name.Value, use)
}
