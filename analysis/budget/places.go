package budget

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// places makes the table place: spending by place, as paid and in real terms, in
// all and per resident of the place and of all below it. What names no place
// stands in a row of its own, so that the rows of a year add up to its spending.
func (l *ledger) places(f *findings) []analysis.Table {
	if !l.budget.Has("place") {
		l.result.Warn("place", "nothing can be said of districts: the budget has no column place")
		return nil
	}
	t := analysis.Table{Name: "place", Columns: analysis.Columns("year", "phase", "place", "name", l.money("nominal"), l.money("real"), "base_year:integer",
		"residents:number:persons", l.money("per_resident"), l.money("real_per_resident"), "state", "note")}
	for _, y := range l.years {
		for _, a := range l.tally(ofColumn(place), spending(y, l.phase)) {
			t.Rows = append(t.Rows, l.placeRow(y, a))
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	l.placeFindings(f)
	return []analysis.Table{t}
}

func (l *ledger) placeRow(y *year, a amount) []any {
	real := l.realTerms(y, a.cents)
	var base, people any
	if l.BaseYear != 0 {
		base = int64(l.BaseYear)
	}
	each, eachReal := math.NaN(), math.NaN()
	residents := 0.0
	if a.code != "" {
		residents = l.residentsOf(y, a.code)
	}
	if residents > 0 {
		people, each, eachReal = residents, inUnits(a.cents)/residents, real/residents
	}
	row := []any{y.Label, l.phase.String(), a.code, l.label(place, a.code), inUnits(a.cents), number(real), base, people, number(each), number(eachReal)}
	switch reason := y.incomplete(l.phase); {
	case reason != "":
		return append(row, state(analysis.Partial), reason)
	case a.code == "":
		return append(row, "", "spent for the whole city, or nobody says where")
	case residents == 0:
		return append(row, "", "the residents of the place are not known for this year")
	}
	return append(row, "", "")
}

// placeFindings names the places with the least and the most per resident.
func (l *ledger) placeFindings(f *findings) {
	y := l.current
	if y.incomplete(l.phase) != "" {
		return
	}
	var low, high string
	least, most := math.Inf(1), math.Inf(-1)
	n := 0
	for _, a := range l.tally(ofColumn(place), spending(y, l.phase)) {
		residents := l.residentsOf(y, a.code)
		if a.code == "" || residents <= 0 {
			continue
		}
		n++
		x := inUnits(a.cents) / residents
		if x < least {
			least, low = x, a.code
		}
		if x > most {
			most, high = x, a.code
		}
	}
	if n > 1 {
		cents := func(x float64) string { return l.spoken(int64(math.Round(100 * x))) }
		f.say("place", "%s", fmt.Sprintf("Of what was spent by place in %s, %s had least per resident (%s) and %s most (%s).",
			y.Label, l.Places.Name(low), cents(least), l.Places.Name(high), cents(most)))
	}
}
