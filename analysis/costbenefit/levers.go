package costbenefit

import (
	"slices"
	"strconv"
)

// Deadweights lists the inputs that say what share would have had a benefit anyway.
func (m *Model) Deadweights() []int {
	var list []int
	for i := range m.Inputs {
		if slices.ContainsFunc(m.roles(i), func(r role) bool { return r.word == deadweightWord }) {
			list = append(list, i)
		}
	}
	return list
}

// LastWritten is the last year the appraisal's file names an amount, an end or a
// release for: its horizon cannot end before.
func (a *Appraisal) LastWritten() int {
	last := a.BaseYear + 1
	later := func(years ...int) { last = max(last, slices.Max(years)) }
	for _, l := range a.Lines {
		later(l.From, l.To, l.Released, lastKey(l.Amounts), lastKey(l.Quantities))
	}
	for _, f := range a.Funding {
		later(lastKey(f.Amounts))
	}
	for _, r := range a.Discount.Schedule {
		later(r.From)
	}
	return last
}

// LongestHorizon is the last year a horizon may end with.
func (a *Appraisal) LongestHorizon() int { return a.BaseYear + longest }

// lastKey is the last year of amounts by year, 0 without any.
func lastKey(amounts map[string]float64) int {
	last := 0
	for key := range amounts {
		if year, err := strconv.Atoi(key[:min(4, len(key))]); err == nil {
			last = max(last, year)
		}
	}
	return last
}
