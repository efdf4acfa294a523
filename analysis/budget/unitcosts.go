package budget

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// unitCost is one row of the table unit_costs.
type unitCost struct {
	year   *year
	key    unitKey
	cents  int64
	units  units
	state  analysis.State
	reason string
}

// unitCosts makes the table unit_costs: what a programme spent by what it gave, in
// the years and, where both sides say where, the places both have. A cost that
// would tell of fewer learners than the smallest cell is withheld, with the next
// smallest place where the total would give it away.
func (l *ledger) unitCosts(f *findings, served map[unitKey]units) []analysis.Table {
	if !l.budget.Has("programme") {
		l.result.Warn("unit_costs", "there are no unit costs: the budget has no column programme")
		return nil
	}
	if len(served) == 0 {
		l.result.Warn("unit_costs", "there are no unit costs: no relation participation has a column programme with rows")
		return nil
	}
	var costs []unitCost
	var without []string
	for _, y := range l.years {
		if !l.has(y, l.phase, expenditure) {
			continue
		}
		for _, a := range l.tally(ofColumn(programme), spending(y, l.phase)) {
			if a.code == "" {
				continue
			}
			u, ok := served[unitKey{y.join, a.code, ""}]
			if !ok {
				if y == l.current && l.learns(y, a.code) {
					without = append(without, l.label(programme, a.code))
				}
				continue
			}
			costs = append(costs, l.cost(y, unitKey{y.join, a.code, ""}, a.cents, u))
			costs = append(costs, l.placeCosts(y, a.code, served)...)
		}
	}
	l.hideSmall(costs)
	if len(without) > 0 {
		l.result.Warn("unit_costs", fmt.Sprintf("no participation is recorded in %s for these learning programmes with spending: %s", l.current.Label, quoteSome(without)))
	}
	if len(costs) == 0 {
		l.result.Warn("unit_costs", "there are no unit costs: no programme has both spending and participation in a year")
		return nil
	}
	l.unitFindings(f, costs)
	return []analysis.Table{l.unitTable(costs)}
}

// learns reports whether the programme has learning lines in the year.
func (l *ledger) learns(y *year, code string) bool {
	keep := spending(y, l.phase)
	return slices.ContainsFunc(l.lines, func(x line) bool { return keep(&x) && x.codes[programme] == code && l.learning(&x) })
}

// cost states what is known of one programme and place.
func (l *ledger) cost(y *year, k unitKey, cents int64, u units) unitCost {
	c := unitCost{year: y, key: k, cents: cents, units: u}
	switch {
	case y.incomplete(l.phase) != "":
		c.state, c.reason = analysis.Partial, y.incomplete(l.phase)
	case u.partial != "":
		c.state, c.reason = analysis.Partial, u.partial
	}
	return c
}

// placeCosts are the programme's costs in the places both sides name.
func (l *ledger) placeCosts(y *year, code string, served map[unitKey]units) []unitCost {
	var costs []unitCost
	for _, a := range l.tally(ofColumn(place), func(x *line) bool { return spending(y, l.phase)(x) && x.codes[programme] == code }) {
		k := unitKey{y.join, code, a.code}
		if u, ok := served[k]; ok && a.code != "" {
			costs = append(costs, l.cost(y, k, a.cents, u))
		}
	}
	return costs
}

// hideSmall withholds costs that stand for fewer learners than the smallest cell,
// and one more place of a programme where a single one, or too few learners
// together, could be had by subtracting the others from the total.
func (l *ledger) hideSmall(costs []unitCost) {
	small := func(n float64) bool { return n > 0 && n < float64(l.SmallestCell) }
	type total struct {
		year      *year
		programme string
	}
	hidden := map[total]float64{}
	places := map[total][]*unitCost{}
	for i := range costs {
		c := &costs[i]
		t := total{c.year, c.key.programme}
		if small(c.units.learners()) {
			hidden[t] += c.units.learners()
			c.withhold(l.SmallestCell)
		} else if c.key.place != "" && c.units.learners() > 0 {
			places[t] = append(places[t], c)
		}
		if c.state != analysis.Confidential && small(c.units.completions) {
			c.units.hasDone = false
		}
	}
	for t, n := range hidden {
		slices.SortStableFunc(places[t], func(a, b *unitCost) int { return cmp.Compare(a.units.learners(), b.units.learners()) })
		if len(places[t]) > 0 && l.countHidden(costs, t.year, t.programme) == 1 || n < float64(l.SmallestCell) && len(places[t]) > 0 {
			places[t][0].withhold(l.SmallestCell)
		}
	}
}

func (l *ledger) countHidden(costs []unitCost, y *year, code string) (n int) {
	for _, c := range costs {
		if c.year == y && c.key.programme == code && c.key.place != "" && c.state == analysis.Confidential {
			n++
		}
	}
	return n
}

func (c *unitCost) withhold(smallest int64) {
	c.units = units{}
	c.state = analysis.Confidential
	c.reason = fmt.Sprintf("fewer than %d learners, here or in a place that subtraction would give away", smallest)
}

// per divides the amount, NaN where the year is partial, withheld or has none.
func (c unitCost) per(n float64, recorded bool) float64 {
	if c.state != analysis.Known || !recorded || n <= 0 {
		return math.NaN()
	}
	return inUnits(c.cents) / n
}

func (l *ledger) unitTable(costs []unitCost) analysis.Table {
	t := analysis.Table{Name: "unit_costs", Columns: analysis.Columns("year", "phase", "programme", "name", "place", "place_name", l.money("amount"),
		"learners:number:persons", "completions:number", "hours:number:hours", l.money("per_learner"), l.money("per_completion"), l.money("per_hour"),
		l.money("real_per_learner"), "basis", "state", "note")}
	for _, c := range costs {
		u := c.units
		row := []any{c.year.Label, l.phase.String(), c.key.programme, l.label(programme, c.key.programme), c.key.place, ""}
		if c.key.place != "" {
			row[5] = l.Places.Name(c.key.place)
		}
		row = append(row, inUnits(c.cents), count(u.learners(), u.hasPersons), count(u.completions, u.hasDone), count(u.hours, u.hasHours),
			number(c.per(u.learners(), u.hasPersons)), number(c.per(u.completions, u.hasDone)), number(c.per(u.hours, u.hasHours)),
			number(c.per(u.learners(), u.hasPersons)*l.factor(c.year)), u.basis(), state(c.state), c.note())
		t.Rows = append(t.Rows, row)
	}
	return t
}

// note says what a reader must know of the row.
func (c unitCost) note() string {
	switch {
	case c.reason != "":
		return c.reason
	case c.units.hasPersons && c.units.learners() == 0:
		return "no learners are recorded"
	case c.units.hasHours && c.units.group:
		return "some hours are those of sessions of several persons, not of each"
	}
	return ""
}

func count(n float64, recorded bool) any {
	if !recorded {
		return nil
	}
	return n
}

// unitFindings names the learning programmes with the lowest and highest cost per
// different person in the latest year that has any.
func (l *ledger) unitFindings(f *findings, costs []unitCost) {
	var latest []unitCost
	for _, c := range costs {
		if c.key.place != "" || c.units.persons == 0 || math.IsNaN(c.per(c.units.learners(), true)) || c.year.join > l.current.join {
			continue
		}
		if len(latest) > 0 && latest[0].year != c.year {
			latest = nil
		}
		latest = append(latest, c)
	}
	if len(latest) == 0 {
		return
	}
	slices.SortStableFunc(latest, func(a, b unitCost) int {
		return cmp.Compare(a.per(a.units.learners(), true), b.per(b.units.learners(), true))
	})
	say := func(c unitCost) string {
		return fmt.Sprintf("%s (%s, %s learners)", l.label(programme, c.key.programme),
			l.spoken(int64(math.Round(100*c.per(c.units.learners(), true)))), grouped(fmt.Sprintf("%.0f", c.units.learners())))
	}
	low, high := latest[0], latest[len(latest)-1]
	if len(latest) == 1 {
		f.say("unit_costs", "In %s a learner cost, by programme: %s.", low.year.Label, say(low))
		return
	}
	f.say("unit_costs", "In %s a learner cost least in %s and most in %s.", low.year.Label, say(low), say(high))
}

// quoteSome lists the first of many.
func quoteSome(names []string) string {
	const shown = 8
	text := ""
	for i, name := range names[:min(len(names), shown)] {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%q", name)
	}
	if len(names) > shown {
		text += fmt.Sprintf(" and %d more", len(names)-shown)
	}
	return text
}
