package analysis

import (
	"math"
	"strings"
)

// State says why a value is absent or limited. The zero State is a plain value.
type State string

// The states of a value, kept apart.
const (
	Known          State = ""
	Missing        State = "missing"
	NotApplicable  State = "not applicable"
	NoBaseline     State = "no baseline"
	Partial        State = "partial"
	CarriedForward State = "carried forward"
	Unreliable     State = "unreliable"
	Confidential   State = "confidential"
	Refused        State = "refused"
)

// Withheld reports whether a value in this state has no number to show.
func (s State) Withheld() bool {
	switch s {
	case Missing, NotApplicable, Unreliable, Confidential, Refused:
		return true
	}
	return false
}

// Level is one column of a group and the value it takes there.
type Level struct {
	Column, Value string
}

// Group is one combination of disaggregation levels, in the order asked; empty
// for the total.
type Group []Level

// String renders the group as "sex=female, age_band=25-34".
func (g Group) String() string {
	parts := make([]string, len(g))
	for i, l := range g {
		parts[i] = l.Column + "=" + l.Value
	}
	return strings.Join(parts, ", ")
}

// Columns lists the group's columns in order.
func (g Group) Columns() []string {
	names := make([]string, len(g))
	for i, l := range g {
		names[i] = l.Column
	}
	return names
}

// Level returns the value the group takes in the column, "" when it has none.
func (g Group) Level(column string) string {
	for _, l := range g {
		if l.Column == column {
			return l.Value
		}
	}
	return ""
}

// Estimate is a number and how sure it is. Fields that do not apply are NaN:
// a count from a register has no SE, Low or High.
type Estimate struct {
	Value     float64
	SE        float64 // design-based standard error, in the unit of Value
	Low, High float64 // 95 % confidence interval
	DF        float64 // design degrees of freedom: PSUs − strata of the domain
	DEFF      float64 // design effect
	N         int64   // rows the value rests on, unweighted
	Missing   int64   // rows left out because numerator or denominator was NULL

	// ErrorUnknown marks a value that has an error nobody can state: reviewers'
	// scores, a sample that was not random, a stratum with one PSU.
	ErrorUnknown bool
}

// Unknown returns an estimate of which nothing is known.
func Unknown() Estimate {
	nan := math.NaN()
	return Estimate{Value: nan, SE: nan, Low: nan, High: nan, DF: nan, DEFF: nan}
}

// Sampled reports whether the estimate carries a sampling error.
func (e Estimate) Sampled() bool { return !math.IsNaN(e.SE) }

// Value is an indicator for one period, place and group.
type Value struct {
	Code, Name string
	Period     Period
	Place      string // place code, "" for the whole city
	Group      Group
	Unit       string
	Better     string // higher, lower, target or context: which direction is good
	Estimate
	Numerator   float64 // total the value was made from, NaN when there is none
	Denominator float64 // likewise
	State       State
	Reason      string   // a sentence that explains State, "" for Known
	Flags       []string // short caveats: "30 weighted rounds merged", "y outside x: 4 rows"
	Definition  string   // hash of the definition the value was computed with
}

// Withhold empties every number of the value and gives the state and reason, so
// that nothing re-derivable is left.
func (v *Value) Withhold(state State, reason string) {
	v.Estimate = Unknown()
	v.Numerator, v.Denominator = math.NaN(), math.NaN()
	v.State, v.Reason = state, reason
}
