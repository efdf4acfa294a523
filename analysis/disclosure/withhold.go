package disclosure

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// needs hides every sensitive cell and lists what an attacker must not find out.
func (s *system) needs() []need {
	var needs []need
	for c := range s.cells {
		x := &s.cells[c]
		for _, v := range x.values {
			if int(v) >= s.own && s.values[v].State != analysis.Confidential || s.round[v] || s.waits(v) {
				continue
			}
			code := s.at[s.codes[v]]
			for _, cause := range s.causesOf(v) {
				s.hide(int32(c), cause.why, cause.detail)
				needs = append(needs, need{cell: int32(c), code: code, measure: cause.measure, up: cause.up, down: cause.down, width: cause.width})
			}
		}
	}
	return needs
}

// causesOf adds to a value's own causes what earlier reports or other definitions
// force.
func (s *system) causesOf(v int32) []cause {
	causes := s.causes(v)
	if s.forced[v] == "" {
		return causes
	}
	c := cause{why: Differencing, detail: s.forced[v], measure: people, width: float64(s.rule.Smallest)}
	switch s.forced[v] {
	case withheldBefore:
		c.width = min(1, s.people[v]) // what protected it then is withheld still
	case nearOlder:
		c.why = NearOlder
	}
	if math.IsInf(s.people[v], 1) {
		total := moneyOf(&s.values[v])
		c = spread(c.why, s.forced[v], total*s.rule.PPercent/100, total)
	}
	return append(causes, c)
}

// withhold empties the hidden values and enters them in the log.
func (s *system) withhold() {
	for c := range s.cells {
		x := &s.cells[c]
		if !x.hidden {
			continue
		}
		for _, v := range x.values {
			if int(v) >= s.own || s.round[v] {
				continue
			}
			why, detail := s.whyOf(v, x)
			s.enter(v, why, detail)
			s.values[v].Withhold(analysis.Confidential, s.reason(v, len(s.cells) > 1))
			s.values[v].Flags = nil // they count rows
		}
	}
}

// whyOf is the cause of one indicator's value in a hidden cell: its own, or that it
// protects another.
func (s *system) whyOf(v int32, x *cell) (Why, string) {
	own := s.causesOf(v)
	switch {
	case len(own) > 0:
		return own[0].why, own[0].detail
	case x.why == Complementary || x.why == Differencing || x.why == NearOlder:
		return x.why, x.detail
	}
	return Complementary, "another indicator about the same people is sensitive here"
}

// reason is what a reader reads at every withheld value of an indicator, whichever
// of the rules withheld it.
func (p *protection) reason(v int32, linked bool) string {
	const most = "one or two contributors make up most of it"
	sum, few := p.sums[p.codes[v]], fmt.Sprintf("fewer than %d people", p.rule.Smallest)
	text, part := few, "a group"
	switch counted := p.rule.Smallest > 0 && !math.IsInf(p.people[v], 1); {
	case counted && sum:
		text = few + ", or " + most
	case !counted:
		text, part = most, "an amount"
	}
	if linked {
		text += ", here or in " + part + " that subtraction would give away"
	}
	return text
}
