package budget

import (
	"cmp"
	"slices"

	"pediment/analysis"
)

// column is one of the ledger's classifications.
type column int

const (
	function column = iota
	programme
	economic
	source
	place
	target
	partner
	columnCount
)

// columnNames are the columns of the relation, in the order of the constants.
var columnNames = [columnCount]string{"function", "programme", "economic", "source", "place", "target_group", "partner"}

// phase is a stage of the budget.
type phase int

const (
	approved phase = iota
	adjusted
	executed
	unstated     // nobody said
	unknownPhase // a word nobody declared
)

var phaseNames = [...]string{"approved", "adjusted", "executed", "not stated", ""}

func (p phase) String() string { return phaseNames[p] }

// direction is which way the money goes.
type direction int

const (
	expenditure direction = iota
	revenue
	unknownDirection
)

var directionNames = [...]string{"expenditure", "revenue", ""}

func (d direction) String() string { return directionNames[d] }

// line is the sum of the ledger's lines that are alike in everything but their text.
type line struct {
	year      *year
	phase     phase
	direction direction
	codes     [columnCount]string
	cents     int64 // in prices of year.prices
	written   int64 // in the prices of the file
	start     int   // months of the year gone by before it began
	end       int   // months gone by when it ended; 0: of the year as a whole
}

// year is a budget year and what is known of it.
type year struct {
	analysis.Period
	join    int    // calendar year it counts for
	prices  int    // year whose prices its amounts are in
	partial string // why what was executed is incomplete, "" when it is whole
}

// ledger is everything read, with what the tables share.
type ledger struct {
	Setup
	budget    analysis.Relation
	lines     []line
	present   map[presence]bool
	years     []*year // in order
	current   *year   // the reporting year, or the latest
	phase     phase   // that spending is taken from in every year
	currency  string
	cofog     map[string]string // by function
	labels    [columnCount]map[string]string
	residents map[int]population // by calendar year
	result    analysis.Result
}

// warn adds a caveat on the budget.
func (l *ledger) warn(text string) { l.result.Warn(l.budget.Name, text) }

// mainPhase is what spending is taken from in all years: what was executed where
// that is known at all, else of the planned phases the one most years have.
func (l *ledger) mainPhase() phase {
	best, most := unstated, 0
	for _, p := range []phase{executed, adjusted, approved} {
		n := 0
		for _, y := range l.years {
			if l.has(y, p, expenditure) {
				n++
			}
		}
		if p == executed && n > 0 {
			return p
		}
		if n > most {
			best, most = p, n
		}
	}
	return best
}

// has reports whether the year has lines of the phase and direction.
func (l *ledger) has(y *year, p phase, d direction) bool { return l.present[presence{y, p, d}] }

type presence struct {
	year      *year
	phase     phase
	direction direction
}

// incomplete says why the year's amounts of the phase are incomplete: only what is
// executed grows with the year.
func (y *year) incomplete(p phase) string {
	if p == executed || p == unstated {
		return y.partial
	}
	return ""
}

// amount is one row of a tally.
type amount struct {
	code  string // "" where the lines do not say
	cents int64
	sum   bool // there are lines at all
}

// total adds the lines that keep admits.
func (l *ledger) total(keep func(*line) bool) (cents int64, found bool) {
	for i := range l.lines {
		if x := &l.lines[i]; keep(x) {
			cents, found = cents+x.cents, true
		}
	}
	return cents, found
}

// tally adds the lines that keep admits by code, in order of code, lines without
// one last.
func (l *ledger) tally(by dimension, keep func(*line) bool) []amount {
	sums := map[string]int64{}
	for i := range l.lines {
		if x := &l.lines[i]; keep(x) {
			sums[by.code(l, x)] += x.cents
		}
	}
	list := make([]amount, 0, len(sums))
	for code, cents := range sums {
		list = append(list, amount{code, cents, true})
	}
	slices.SortFunc(list, func(a, b amount) int { return compareCodes(a.code, b.code) })
	return list
}

// compareCodes orders codes as texts, none last.
func compareCodes(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}

// spending admits the year's expenditure of the phase.
func spending(y *year, p phase) func(*line) bool {
	return func(x *line) bool { return x.year == y && x.phase == p && x.direction == expenditure }
}
