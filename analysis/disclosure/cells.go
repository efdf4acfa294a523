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
}

// Cells returns the values with every small cell withheld, and with the smallest
// further groups of a breakdown where subtracting the shown groups from the whole
// would give a small cell away: where only one group is hidden, and where the
// hidden ones together are fewer people than a cell may show. All hidden groups
// of a breakdown carry the same reason, so that it does not tell the small ones
// from those hidden to protect them. Values it does not withhold are returned as
// they are; the argument is not changed.
func Cells(values []analysis.Value, rule Rule) []analysis.Value {
	out := slices.Clone(values)
	if rule.Smallest <= 0 {
		return out
	}
	breakdowns := map[string][]int{}
	var order []string
	for k := range out {
		v := &out[k]
		if v.State.Withheld() || math.IsInf(rule.People(*v), 1) {
			continue
		}
		id := fmt.Sprint(v.Code, "\x00", v.Period.Label, "\x00", v.Place, "\x00", v.Group.Columns())
		if _, known := breakdowns[id]; !known {
			order = append(order, id)
		}
		breakdowns[id] = append(breakdowns[id], k)
	}
	for _, id := range order {
		rule.withhold(out, breakdowns[id])
	}
	return out
}

// withhold treats the groups of one breakdown.
func (r Rule) withhold(values []analysis.Value, groups []int) {
	people := func(k int) float64 { return r.People(values[k]) }
	bySize := slices.SortedStableFunc(slices.Values(groups), func(a, b int) int { return cmp.Compare(people(a), people(b)) })
	hidden, together := 0, 0.0
	for _, k := range bySize {
		small := !(people(k) >= float64(r.Smallest))              // a number unknown counts as small
		covered := hidden == 0 || together >= float64(r.Smallest) // so never by one alone
		if !small && covered {
			break
		}
		hidden++
		if !math.IsNaN(people(k)) {
			together += people(k)
		}
	}
	reason := fmt.Sprintf("fewer than %d people", r.Smallest)
	if len(groups) > 1 {
		reason += ", here or in a group that subtraction would give away"
	}
	for _, k := range bySize[:hidden] {
		values[k].Withhold(analysis.Confidential, reason)
		values[k].Flags = nil // they count rows
	}
}
