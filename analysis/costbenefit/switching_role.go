package costbenefit

import (
	"slices"
	"strings"
)

// role is one place at which an input enters.
type role struct {
	word string // what it is there, in the field's words
	form Form   // of a factor
	cost bool   // of a cost line
}

// Words for uses that are not factors.
const (
	rateWord      = "discount rate"
	inflationWord = "inflation"
	taxWord       = "deadweight cost of taxation"
	durationWord  = "duration"
	dropOffWord   = "drop off"
	growthWord    = "growth"
	residualWord  = "residual value"
)

// roles lists where the input enters NPVs.
func (m *Model) roles(input int) []role {
	return m.rolesIn(input, func(*Flow) bool { return true })
}

// moves reports whether the input enters the NPV of the option.
func (m *Model) moves(input, option int) bool {
	return len(m.rolesIn(input, func(f *Flow) bool { return f.Members[option] != 0 })) > 0
}

// rolesIn lists where the input enters the value of the flows that count. What is
// only transferred has none, unless taxes have a cost of their own.
func (m *Model) rolesIn(input int, counts func(*Flow) bool) []role {
	var roles []role
	note := func(at int, word string, cost bool) {
		if at == input {
			roles = append(roles, role{word: word, cost: cost})
		}
	}
	for _, r := range m.Rates {
		note(r.Input, rateWord, false)
	}
	note(m.Inflation, inflationWord, false)
	note(m.TaxDeadweight, taxWord, true)
	for l := range m.Flows {
		f := &m.Flows[l]
		if !counts(f) || f.side() == 0 && (m.TaxDeadweight == None || m.publicSign(f) == 0) {
			continue
		}
		note(f.Duration, durationWord, f.Cost)
		note(f.DropOff, dropOffWord, f.Cost)
		note(f.Growth, growthWord, f.Cost)
		if r := f.Residual; r != nil && r.Method != "book" {
			note(r.Value, residualWord, f.Cost)
			note(r.Yearly, residualWord, f.Cost)
			note(r.Years, residualWord, f.Cost)
		}
		for _, factor := range slices.Concat(f.Factors, f.Economic) {
			if factor.Input == input {
				roles = append(roles, role{plainWord(factor.Name), factor.Form, f.Cost})
			}
			if factor.Form == Difference && factor.Less == input {
				roles = append(roles, role{deadweightWord, Complement, f.Cost})
			}
		}
	}
	return roles
}

// plainWord writes a factor's name without hyphens and underscores.
func plainWord(name string) string {
	return strings.ToLower(strings.NewReplacer("_", " ", "-", " ").Replace(name))
}
