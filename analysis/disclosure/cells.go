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
// further group of a breakdown wherever exactly one group was withheld, which
// subtraction from the whole would give away. Values it does not withhold are
// returned as they are; the argument is not changed.
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
	small := slices.DeleteFunc(slices.Clone(groups), func(k int) bool { return r.People(values[k]) >= float64(r.Smallest) })
	if len(small) == 1 && len(groups) > 1 {
		others := slices.DeleteFunc(slices.Clone(groups), func(k int) bool { return k == small[0] })
		next := slices.MinFunc(others, func(a, b int) int { return cmp.Compare(r.People(values[a]), r.People(values[b])) })
		values[next].Withhold(analysis.Confidential, "withheld so that another group cannot be worked out by subtraction")
	}
	for _, k := range small {
		values[k].Withhold(analysis.Confidential, fmt.Sprintf("fewer than %d people", r.Smallest))
	}
}
