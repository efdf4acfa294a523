package budget

import (
	"math"
	"slices"

	"pediment/analysis"
)

// head is a budget head's amounts of one year by phase.
type head struct {
	code  string
	cents [3]int64 // approved, adjusted, executed
	found [3]bool
}

// heads adds the year's lines of a direction by code and phase; lines without a
// code come last.
func (l *ledger) heads(y *year, d direction, by dimension) []head {
	var list []head
	for _, p := range []phase{approved, adjusted, executed} {
		for _, a := range l.tally(by, func(x *line) bool { return x.year == y && x.phase == p && x.direction == d }) {
			i := slices.IndexFunc(list, func(h head) bool { return h.code == a.code })
			if i < 0 {
				i = len(list)
				list = append(list, head{code: a.code})
			}
			list[i].cents[p], list[i].found[p] = a.cents, true
		}
	}
	slices.SortFunc(list, func(a, b head) int { return compareCodes(a.code, b.code) })
	return list
}

// rate is what was executed as a percentage of another phase, NaN where one of
// them is missing, the base is not above 0, or the year is not over.
func (h head) rate(y *year, base phase) float64 {
	if y.partial != "" || !h.found[executed] || !h.found[base] || h.cents[base] <= 0 {
		return math.NaN()
	}
	return percent(h.cents[executed], h.cents[base])
}

// execution compares the phases by year and head: what was spent of what was
// approved and of the adjusted budget, the variance executed − approved and the
// virement adjusted − approved. A head without lines in a phase the year has is 0
// there, as nothing was approved or spent.
func (l *ledger) execution(f *findings) []analysis.Table {
	t := analysis.Table{Name: "execution", Columns: analysis.Columns("year", "direction", "by", "code", "name",
		l.money("approved"), l.money("adjusted"), l.money("executed"), "rate_approved:number:percent", "rate_adjusted:number:percent",
		l.money("variance"), l.money("virement"), "state", "note")}
	for _, y := range l.years {
		for _, d := range []direction{expenditure, revenue} {
			for _, by := range append([]dimension{whole}, l.dimensions(function, programme, economic)...) {
				for _, h := range l.heads(y, d, by) {
					for _, p := range []phase{approved, adjusted, executed} {
						h.found[p] = h.found[p] || l.has(y, p, d)
					}
					t.Rows = append(t.Rows, l.executionRow(y, d, by, h))
				}
			}
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	l.executionFindings(f)
	l.executionChart()
	return []analysis.Table{t}
}

func (l *ledger) executionRow(y *year, d direction, by dimension, h head) []any {
	row := []any{y.Label, d.String(), by.name, h.code, by.named(l, h.code)}
	for p := range h.cents {
		row = append(row, centsCell(h.cents[p], h.found[p]))
	}
	variance := h.found[executed] && h.found[approved] && y.partial == ""
	row = append(row, number(h.rate(y, approved)), number(h.rate(y, adjusted)),
		centsCell(h.cents[executed]-h.cents[approved], variance),
		centsCell(h.cents[adjusted]-h.cents[approved], h.found[adjusted] && h.found[approved]))
	switch {
	case y.partial != "" && h.found[executed]:
		return append(row, state(analysis.Partial), y.partial)
	case h.found[executed] && h.found[approved] && h.cents[approved] <= 0:
		return append(row, state(analysis.NotApplicable), "nothing was approved")
	}
	return append(row, state(analysis.Known), "")
}

// totals are a year's amounts of a direction by phase.
func (l *ledger) totals(y *year, d direction) head {
	if list := l.heads(y, d, whole); len(list) > 0 {
		return list[0]
	}
	return head{}
}

func (l *ledger) executionFindings(f *findings) {
	y := l.current
	h := l.totals(y, expenditure)
	if y.partial != "" {
		f.say("execution", "Spending of %s is not complete: %s. It is not compared with the whole year's budget.", y.Label, y.partial)
		return
	}
	if r := h.rate(y, approved); !math.IsNaN(r) {
		text := ""
		if a := h.rate(y, adjusted); !math.IsNaN(a) {
			text = ", " + share(a) + " of the adjusted budget"
		}
		f.say("execution", "In %s %s were spent: %s of what was approved%s.", y.Label, l.spoken(h.cents[executed]), share(r), text)
	}
	l.extremes(f, y)
	if up, down := l.moved(y); up > 0 && down > 0 {
		f.say("execution", "After the budget of %s was approved, some programmes were given %s more and others %s less.", y.Label, l.spoken(up), l.spoken(down))
	}
}

// extremes names the programme that left most of its budget unspent and the one
// that overspent most, in shares.
func (l *ledger) extremes(f *findings, y *year) {
	if !l.budget.Has("programme") {
		return
	}
	base := adjusted
	if !l.has(y, adjusted, expenditure) {
		base = approved
	}
	by := ofColumn(programme)
	var low, high head
	for _, h := range l.heads(y, expenditure, by) {
		r := h.rate(y, base)
		if h.code == "" || math.IsNaN(r) {
			continue
		}
		if low.code == "" || r < low.rate(y, base) {
			low = h
		}
		if high.code == "" || r > high.rate(y, base) {
			high = h
		}
	}
	if low.code != "" && low.rate(y, base) < 90 {
		f.say("execution", "%s left most unspent: it used %s of its %s budget of %s.", by.named(l, low.code), share(low.rate(y, base)), base, l.spoken(low.cents[base]))
	}
	if high.code != "" && high.rate(y, base) > 110 {
		f.say("execution", "%s overspent most: %s of its %s budget of %s.", by.named(l, high.code), share(high.rate(y, base)), base, l.spoken(high.cents[base]))
	}
}

// moved is what programmes were given, and what was taken from others, between
// approved and adjusted.
func (l *ledger) moved(y *year) (up, down int64) {
	if !l.has(y, approved, expenditure) || !l.has(y, adjusted, expenditure) || !l.budget.Has("programme") {
		return 0, 0
	}
	for _, h := range l.heads(y, expenditure, ofColumn(programme)) {
		if d := h.cents[adjusted] - h.cents[approved]; d > 0 {
			up += d
		} else {
			down -= d
		}
	}
	return up, down
}

// executionChart draws the current year's programmes or functions, largest first.
func (l *ledger) executionChart() {
	y := l.current
	by := l.dimensions(programme, function)
	if len(by) == 0 || !l.has(y, approved, expenditure) || !l.has(y, executed, expenditure) {
		return
	}
	heads := l.heads(y, expenditure, by[0])
	slices.SortStableFunc(heads, func(a, b head) int { return -compareCents(a.cents[approved], b.cents[approved]) })
	c := analysis.Chart{Name: "execution", Title: "Approved and spent, " + y.Label, Kind: analysis.Bar, Unit: l.currency,
		Source: l.source(y), Series: []analysis.Series{{Name: "approved"}, {Name: "executed"}},
		Text: "What was approved and what was spent in " + y.Label + ", the largest first."}
	for _, h := range heads[:min(len(heads), barsShown)] {
		c.Labels = append(c.Labels, by[0].named(l, h.code))
		c.Series[0].Value = append(c.Series[0].Value, inUnits(h.cents[approved]))
		c.Series[1].Value = append(c.Series[1].Value, inUnits(h.cents[executed]))
	}
	l.draw(c)
}
