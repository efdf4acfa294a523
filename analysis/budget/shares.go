package budget

import (
	"math"

	"pediment/analysis"
)

// shares makes the table shares: spending of every year divided by each of the
// ledger's columns. The parts of a year and column add up to its spending to the
// cent, and their shares to 100 %.
func (l *ledger) shares(f *findings) []analysis.Table {
	t := analysis.Table{Name: "shares", Columns: analysis.Columns("year", "phase", "by", "code", "name", l.money("amount"), "share:number:percent", "note")}
	for _, y := range l.years {
		all, found := l.total(spending(y, l.phase))
		if !found {
			continue
		}
		for _, by := range l.dimensions(function, programme, economic, source, partner, place, target) {
			for _, a := range l.tally(by, spending(y, l.phase)) {
				t.Rows = append(t.Rows, []any{y.Label, l.phase.String(), by.name, a.code, by.named(l, a.code), inUnits(a.cents), number(percent(a.cents, all)), shareNote(a.cents, all, y.incomplete(l.phase))})
			}
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	if x := l.learningShare(l.current); !math.IsNaN(x) && x > 0 {
		f.say("shares", "In %s %s of all spending was for learning.", l.current.Label, share(x))
	}
	return []analysis.Table{t}
}

// learningShare is what part of the year's spending is for learning, in percent.
func (l *ledger) learningShare(y *year) float64 {
	all, _ := l.total(spending(y, l.phase))
	part, _ := l.total(func(x *line) bool { return spending(y, l.phase)(x) && l.learning(x) })
	return percent(part, all)
}

func shareNote(cents, all int64, partial string) string {
	switch {
	case all == 0:
		return "the total is nothing, so there are no shares"
	case (cents < 0) != (all < 0) && cents != 0:
		return "reversals exceed what was booked"
	}
	return partial
}

// functions makes the table functions: the function codes rolled up level by
// level, from the codes' dots or the declared lengths of prefixes. Every level
// adds up to the year's total, of directions that have functions at all; what is booked above a level stands in a row "not
// broken down" under its own code.
func (l *ledger) functions(*findings) []analysis.Table {
	if !l.budget.Has("function") {
		return nil
	}
	depth := 0
	classified := map[direction]bool{} // revenue often has no function
	for i := range l.lines {
		if x := &l.lines[i]; x.codes[function] != "" {
			depth, classified[x.direction] = max(depth, len(l.prefixes(x.codes[function]))), true
		}
	}
	t := analysis.Table{Name: "functions", Columns: analysis.Columns("year", "phase", "direction", "level:integer", "code", "name", l.money("amount"), "share:number:percent", "note")}
	for _, y := range l.years {
		for _, p := range []phase{approved, adjusted, executed, unstated} {
			for _, d := range []direction{expenditure, revenue} {
				if classified[d] && l.has(y, p, d) && (p != unstated || l.phase == unstated) {
					t.Rows = append(t.Rows, l.levelRows(y, p, d, depth)...)
				}
			}
		}
	}
	return []analysis.Table{t}
}

func (l *ledger) levelRows(y *year, p phase, d direction, depth int) (rows [][]any) {
	keep := func(x *line) bool { return x.year == y && x.phase == p && x.direction == d }
	all, _ := l.total(keep)
	for level := 1; level <= depth; level++ {
		above := map[string]bool{}
		by := ofColumn(function)
		by.code = func(l *ledger, x *line) string {
			list := l.prefixes(x.codes[function])
			if len(list) == 0 {
				return ""
			}
			code := list[min(level, len(list))-1]
			above[code] = len(list) < level
			return code
		}
		for _, a := range l.tally(by, keep) {
			note := shareNote(a.cents, all, y.incomplete(p))
			if above[a.code] {
				note = "not broken down at this level"
			}
			rows = append(rows, []any{y.Label, p.String(), d.String(), int64(level), a.code, by.named(l, a.code), inUnits(a.cents), number(percent(a.cents, all)), note})
		}
	}
	return rows
}
