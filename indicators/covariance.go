package indicators

import (
	"math"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// Covariance returns the covariance of the sampling errors of two values of one
// indicator at one place, in the unit of the values squared:
//
//	se²                 of a value with itself
//	ρ·se_a·se_b         of two groups of one breakdown, and of a group with itself
//	                    or another in a round that keeps the PSUs
//	0                   of rounds drawn apart, and of counts, which have no such error
//
// ρ is that of the linearised or replicated estimates, groups being domains of one
// sample. It is NaN where nobody knows: for withheld values, errors that cannot be
// stated, groups of different breakdowns, rounds that share PSUs but were weighted
// apart, and groups when the query did not ask for Covariance.
func (e Evaluation) Covariance(a, b analysis.Value) float64 {
	switch {
	case a.State.Withheld() || b.State.Withheld() || a.ErrorUnknown || b.ErrorUnknown || a.Code != b.Code || a.Place != b.Place:
		return nan
	case !a.Sampled() || !b.Sampled():
		return 0
	}
	return e.errors.correlation(a, b) * a.SE * b.SE
}

// Correlation returns the correlation of the sampling errors of two values as
// Covariance has it, 0 where nobody knows: errors of differences are then
// overstated for rounds that share PSUs.
func (e Evaluation) Correlation(a, b analysis.Value) float64 {
	if r := e.errors.correlation(a, b); !math.IsNaN(r) && a.Code == b.Code && a.Place == b.Place {
		return r
	}
	return 0
}

// errorsOf is what is known of how errors hang together.
type errorsOf struct {
	within      errorLines      // of the groups of a breakdown in one period
	across      errorLines      // of rounds that keep their PSUs, as domains of one sample
	independent map[string]bool // by indicator: each of its rounds is a sample of its own
}

func newErrors() errorsOf {
	return errorsOf{within: errorLines{}, across: errorLines{}, independent: map[string]bool{}}
}

// errorKey names an estimate: its indicator, place, breakdown, group and period.
type errorKey struct {
	code, place, set, group, period string
}

func errorKeyOf(v analysis.Value) errorKey {
	return errorKey{v.Code, v.Place, strings.Join(v.Group.Columns(), "\x00"), groupKey(v.Group), v.Period.Label}
}

// correlation is NaN where nobody knows.
func (o errorsOf) correlation(a, b analysis.Value) float64 {
	p, q := errorKeyOf(a), errorKeyOf(b)
	switch {
	case p == q:
		return 1
	case p.period != q.period && o.independent[p.code]:
		return 0
	case p.set != q.set:
		return nan
	case p.period == q.period:
		return o.within.correlation(p, q)
	}
	return o.across.correlation(p, q)
}

// errorLine is an estimate's line of the covariance matrix of its ask.
type errorLine struct {
	at         int // its own place in the line
	se         float64
	covariance []float64
}

// errorLines holds lines that can be compared where code, place and breakdown are
// the same.
type errorLines map[errorKey]errorLine

// note keeps the lines of answers, numbered within each ask; period is "" where it
// is the first of an answer's levels.
func (l errorLines) note(place, period string, answers []survey.Answer) {
	count := map[string]int{}
	for _, a := range answers {
		at := count[a.ID]
		count[a.ID]++
		if a.Covariance == nil {
			continue
		}
		code, set, _ := strings.Cut(a.ID, "\x00")
		label, by := period, a.By
		if period == "" {
			label, by = a.By[0].Value, a.By[1:]
		}
		l[errorKey{code, place, set, groupKey(by), label}] = errorLine{at, a.SE, a.Covariance}
	}
}

// correlation is NaN where a line is missing or an error unknown, and 0 with an
// estimate that has no error.
func (l errorLines) correlation(p, q errorKey) float64 {
	a, known := l[p]
	b, too := l[q]
	switch {
	case !known || !too:
		return nan
	case a.se == 0 || b.se == 0:
		return 0
	}
	r := a.covariance[b.at] / (a.se * b.se)
	if math.IsNaN(r) {
		return nan
	}
	return max(-1, min(1, r))
}
