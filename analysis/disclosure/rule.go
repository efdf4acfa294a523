// Package disclosure withholds, rounds or carries forward numbers that could give a
// person away, before any format sees them.
package disclosure

import "pediment/analysis"

// Edition says who reads the result.
type Edition string

// The editions of a report.
const (
	Public   Edition = "public"   // anybody: frozen views, checked against what earlier reports said
	Internal Edition = "internal" // signed-in readers bound to secrecy; checked only against itself
)

// Dominance is the (n,k) rule: a money total is withheld when its Top largest
// contributors together give more than Share of it. The zero rule hides nothing.
type Dominance struct {
	Top   int
	Share float64 // 0 to 1
}

// Rule says what may be shown.
type Rule struct {
	// Smallest is the fewest people a cell may stand for; 0 withholds nothing for
	// smallness. A cell of nobody is shown, except none, or all, of a group of fewer
	// than five times as many.
	Smallest int64

	People func(analysis.Value) float64 // people behind a value, +Inf when its rows are not people, NaN when unknown
	Source func(code string) string     // names the rows an indicator is about: equal for two over the same people

	// Records names the records an indicator is counted from, "" for none. Counts
	// from the same records that add up, or of which one holds another, are linked.
	Records func(code string) string

	Places analysis.Places // a place's children are its parts

	// Contributions lists the largest contributions to a money total, largest
	// first, in the unit of its numerator, as many as the rules below need (the
	// larger of Dominance.Top and 2); nil where the rules do not apply.
	Contributions func(analysis.Value) []float64
	Dominance     Dominance
	PPercent      float64 // p of the p % rule, in percent; 0 hides nothing
	PriorPercent  float64 // q of the pq rule: how well others know a contribution beforehand, in percent; 0 means 100

	// Round is the base to which counts of people are rounded, margins kept
	// additive, in place of withholding small ones; 0 withholds.
	Round int64

	Published [][]analysis.Value // what each earlier report said, oldest first; public edition only
	Edition   Edition            // "" is Public
}
