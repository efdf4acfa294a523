// Package disclosure withholds numbers that could give a person away, before
// any format sees them.
package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// Rule says which cells are too small to show.
type Rule struct {
	Smallest int64                        // cells of fewer people are withheld; 0 withholds nothing
	People   func(analysis.Value) float64 // people behind a value, +Inf when its rows are not people
	Source   func(code string) string     // names the rows an indicator is about: equal for two over the same people
}

// Cells returns the values with every small cell withheld, and with the smallest
// further groups wherever subtracting the shown groups from their whole would
// give a small cell away: where only one group is hidden, and where the hidden
// ones together are fewer people than a cell may show. In a breakdown by several
// columns every line of the table is such a whole. Groups hidden for one
// indicator are hidden for every indicator about the same people, so that two of
// them together tell no more than each. All hidden groups carry
// the same reason, so that it does not tell the small ones from those hidden to
// protect them. Values it does not withhold are returned as they are; the
// argument is not changed. Not covered: indicators over different parts of one
// record, whose difference may be a small group.
func Cells(values []analysis.Value, rule Rule) []analysis.Value {
	out := slices.Clone(values)
	if rule.Smallest <= 0 {
		return out
	}
	tables := map[string][]int{}
	var order []string
	for k := range out {
		v := &out[k]
		// An unreliable value is hidden already, but not yet from subtraction.
		if v.State.Withheld() && v.State != analysis.Unreliable || math.IsInf(rule.People(*v), 1) {
			continue
		}
		source := v.Code
		if len(v.Group) > 0 {
			source = rule.Source(v.Code)
		}
		id := fmt.Sprint(source, "\x00", v.Period.Label, "\x00", v.Place, "\x00", v.Group.Columns())
		if _, known := tables[id]; !known {
			order = append(order, id)
		}
		tables[id] = append(tables[id], k)
	}
	for _, id := range order {
		rule.protect(out, tables[id])
	}
	return out
}

// protect withholds cells of one table, over all its indicators, until no line
// gives one away.
func (r Rule) protect(values []analysis.Value, table []int) {
	hidden := map[string]bool{} // by group
	for again := true; again; {
		again = false
		for _, line := range lines(values, table) {
			for _, k := range r.small(values, line, hidden) {
				if group := values[k].Group.String(); !hidden[group] {
					hidden[group], again = true, true
				}
			}
		}
	}
	reason := fmt.Sprintf("fewer than %d people", r.Smallest)
	if len(table) > 1 {
		reason += ", here or in a group that subtraction would give away"
	}
	for _, k := range table {
		if hidden[values[k].Group.String()] {
			values[k].Withhold(analysis.Confidential, reason)
			values[k].Flags = nil // they count rows
		}
	}
}

// lines lists the wholes of a table: for each indicator all groups, and for each
// column the groups that differ in it alone.
func lines(values []analysis.Value, table []int) [][]int {
	found := map[string][]int{}
	var order []string
	add := func(id string, k int) {
		if _, known := found[id]; !known {
			order = append(order, id)
		}
		found[id] = append(found[id], k)
	}
	for _, k := range table {
		v := values[k]
		add(v.Code, k)
		for skip := range v.Group {
			if len(v.Group) > 1 {
				rest := append(slices.Clone(v.Group[:skip]), v.Group[skip+1:]...)
				add(fmt.Sprint(v.Code, "\x00", skip, "\x00", rest), k)
			}
		}
	}
	all := make([][]int, len(order))
	for k, id := range order {
		all[k] = found[id]
	}
	return all
}

// small lists the cells of one line to hide: those too small, those hidden
// already, and as many of the smallest others as it takes.
func (r Rule) small(values []analysis.Value, line []int, hidden map[string]bool) []int {
	people := func(k int) float64 { return r.People(values[k]) }
	known := func(k int) int {
		if hidden[values[k].Group.String()] {
			return 0
		}
		return 1
	}
	bySize := slices.SortedStableFunc(slices.Values(line), func(a, b int) int {
		return cmp.Or(cmp.Compare(known(a), known(b)), cmp.Compare(people(a), people(b)))
	})
	count, together := 0, 0.0
	for _, k := range bySize {
		small := known(k) == 0 || !(people(k) >= float64(r.Smallest)) // a number unknown counts as small
		covered := count == 0 || count > 1 && together >= float64(r.Smallest)
		if !small && covered {
			break
		}
		count++
		if !math.IsNaN(people(k)) {
			together += people(k)
		}
	}
	return bySize[:count]
}
