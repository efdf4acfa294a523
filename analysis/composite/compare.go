package composite

import (
	"cmp"
	"math"
	"slices"
)

// sureShare is the share of draws in which a unit must be ahead of another to be
// told apart from it, or a change must go one way to be clear.
const sureShare = 0.95

// pair is two rows of the last period, the first with the higher score, and the
// share of draws in which it is ahead; ties count half.
type pair struct {
	first, second int
	ahead         float64
}

func (p pair) told() bool { return p.ahead >= sureShare || p.ahead <= 1-sureShare }

// ranking lists the rows of a period from the best score on.
func (m *model) ranking(sim *simulation, span [2]int) []int {
	var order []int
	for k := span[0]; k < span[1]; k++ {
		if sim.ranks[k] > 0 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sim.ranks[a], sim.ranks[b]) })
	return order
}

// pairs compares all rows of the last period.
func (m *model) pairs(sim *simulation) []pair {
	order := m.ranking(sim, m.spans[len(m.spans)-1])
	list := make([]pair, 0, len(order)*(len(order)-1)/2)
	for k, a := range order {
		for _, b := range order[k+1:] {
			list = append(list, pair{a, b, aheadShare(sim.scores[a], sim.scores[b])})
		}
	}
	return list
}

// aheadShare is the share of draws in which a is above b; ties count half.
func aheadShare(a, b []float64) float64 {
	ahead, both := 0.0, 0.0
	for d, x := range a {
		y := b[d]
		switch {
		case x > y+tie:
			ahead++
		case x > y-tie:
			ahead += .5
		case x < y:
		default: // one has no score
			continue
		}
		both++
	}
	return ahead / both
}

// movement is a unit's change of score from the first to the last period.
type movement struct {
	unit, from, to    int // rows for from and to
	change, low, high float64
	rising            float64 // share of draws in which it rises
}

// clear reports whether the direction of the change can be told.
func (s movement) clear() bool { return s.rising >= sureShare || s.rising <= 1-sureShare }

// changes compares the last period with the first, unit by unit, draw by draw;
// none for one period and for an index that only compares units within a period.
func (m *model) changes(sim *simulation) []movement {
	if len(m.spans) < 2 || m.within() {
		return nil
	}
	first, last := m.spans[0], m.spans[len(m.spans)-1]
	was := map[int]int{}
	for k := first[0]; k < first[1]; k++ {
		was[m.rows[k].unit] = k
	}
	var list []movement
	for _, k := range m.ranking(sim, last) {
		from, ok := was[m.rows[k].unit]
		if !ok || math.IsNaN(sim.base.index()[from]) {
			continue
		}
		differences := make([]float64, len(sim.scores[k]))
		for d := range differences {
			differences[d] = sim.scores[k][d] - sim.scores[from][d]
		}
		s := movement{unit: m.rows[k].unit, from: from, to: k, change: sim.base.index()[k] - sim.base.index()[from]}
		s.rising = aheadShare(sim.scores[k], sim.scores[from])
		s.low, s.high = middle(finiteOf(differences))
		list = append(list, s)
	}
	return list
}

// within reports whether scores compare units of one period only.
func (m *model) within() bool {
	return slices.ContainsFunc(m.branches, func(b branch) bool { return meanAt(m.setup.Aggregate, b.height) == Copeland })
}
