package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// protect hides further cells until the attack finds out nothing that a need
// forbids. Hiding more only widens what is possible, so each need is met once.
func (s *system) protect(needs []need, why Why) {
	slices.SortStableFunc(needs, func(a, b need) int {
		return cmp.Or(s.before(a.cell, b.cell), cmp.Compare(s.reg.codeRank[s.present[a.code]], s.reg.codeRank[s.present[b.code]]), cmp.Compare(a.measure, b.measure))
	})
	for _, n := range needs {
		s.meet(n, why)
	}
}

// meet hides cells for one need, one by one, then shows again those that turned
// out not to matter, the largest first.
func (s *system) meet(n need, why Why) {
	var added []int32
	for gap := s.gap(n); gap > 0; gap = s.gap(n) {
		c := s.companion(n, gap)
		if c < 0 {
			s.cells[n.cell].detail += "; what is shown elsewhere narrows it down"
			break
		}
		s.hide(c, why, "")
		added = append(added, c)
	}
	if len(added) < 2 {
		return
	}
	slices.SortStableFunc(added, func(a, b int32) int { return cmp.Compare(s.amount(n, b), s.amount(n, a)) })
	for _, c := range added {
		before := s.cells[c]
		s.show(c)
		if s.gap(n) > 0 {
			s.hide(c, before.why, before.detail)
		}
	}
}

// nearby is how many hidden cells around the attacked one are searched for a line
// that gives it away.
const nearby = 72

// companion picks the next cell to hide for a need: in the nearest line where a
// cell is hidden alone; else in a line through the attacked cell; else in any near
// it. −1 when no shown cell is left there.
func (s *system) companion(n need, gap float64) int32 {
	around, _ := s.around(n, nearby)
	for _, c := range around {
		for _, l := range s.cells[c].lines {
			if s.unknownUpTo(l, n.code, 2) != 1 {
				continue
			}
			if found := s.cheapest(n, l, gap); found >= 0 {
				return found
			}
		}
	}
	for _, c := range around {
		best, lowest := int32(-1), math.Inf(1)
		for _, l := range s.cells[c].lines {
			if sum := s.hiddenSum(n, l); s.binds(l, n.code) && sum < lowest {
				if found := s.cheapest(n, l, gap); found >= 0 {
					best, lowest = found, sum
				}
			}
		}
		if best >= 0 {
			return best
		}
	}
	return -1
}

func (s *system) hiddenSum(n need, l int32) float64 {
	amounts, sum := s.amounts(n), 0.
	for c := range s.unknowns(l, n.code) {
		if s.isWhole(l, c) {
			return math.Inf(1)
		}
		sum += amounts[c]
	}
	return sum
}

// cheapest picks the shown cell of a line whose hiding costs least: its people,
// times one more than the lines in which it would be hidden alone. Cells large
// enough to close the gap go first; when none is, the largest.
func (s *system) cheapest(n need, l int32, gap float64) int32 {
	best, bestCost := int32(-1), math.Inf(1)
	consider := func(c int32) {
		x := &s.cells[c]
		if x.hidden || x.fixed || s.known(c, n.code) || s.of[n.code][c] < 0 {
			return
		}
		cost := s.cost(n, l, c, gap)
		if cost < bestCost || cost == bestCost && s.before(c, best) < 0 {
			best, bestCost = c, cost
		}
	}
	for _, c := range s.lines[l].parts {
		consider(c)
	}
	if w := s.wholeOf(l, n.code); w >= 0 {
		consider(w)
	}
	return best
}

func (s *system) cost(n need, l, c int32, gap float64) float64 {
	const tooSmall = 1e15
	amount := s.amount(n, c)
	if amount < gap {
		return tooSmall - amount
	}
	if n.measure == late {
		amount = s.amount(need{code: n.code, measure: people}, c)
	}
	alone := 1.
	for _, other := range s.cells[c].lines {
		if other != l && s.binds(other, n.code) && s.unknownUpTo(other, n.code, 1) == 0 {
			alone++
		}
	}
	return (amount + 1) * alone
}
