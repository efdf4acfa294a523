package costbenefit

import (
	"cmp"
	"math"
	"slices"
)

// Combination is a set of options that a budget pays for.
type Combination struct {
	Rank   []int  // options in order of NPV per unit of cost, those that cost nothing first; without those with a missing number
	Chosen []bool // by option
	NPV    float64
	Cost   float64
	Exact  bool // every set was tried; else options were taken in order of rank
}

// mostTried is the number of options of which every set is tried.
const mostTried = 20

// BestUnder returns the set of options with the highest NPV whose costs to the
// budget, both present values, do not exceed it. Of equal sets the cheaper is
// returned. exclusive says which two cannot be chosen together; nil: none. An
// option with a missing NPV or cost is never chosen, and none where no set fits. Up to 20 options every set
// is tried; beyond that options are taken in order of NPV per unit of cost, the
// usual rule under a single budget, as long as they fit.
func BestUnder(npv, costs []float64, budget float64, exclusive func(a, b int) bool) Combination {
	if exclusive == nil {
		exclusive = func(int, int) bool { return false }
	}
	c := Combination{Rank: byYield(npv, costs), Chosen: make([]bool, len(npv))}
	c.Exact = len(c.Rank) <= mostTried
	s := search{npv: npv, costs: costs, rank: c.Rank, exclusive: exclusive, best: c.Chosen}
	s.budget = budget + 1e-12*(math.Abs(budget)+gross(costs)) // sums of cents that are equal but for rounding
	if c.Exact {
		s.try(0, make([]bool, len(npv)), 0, 0)
	} else {
		s.fill()
	}
	c.NPV, c.Cost = s.bestNPV, s.bestCost
	return c
}

// byYield returns the options in order of NPV per unit of cost.
func byYield(npv, costs []float64) []int {
	var rank []int
	for i := range npv {
		if !math.IsNaN(npv[i] + costs[i]) {
			rank = append(rank, i)
		}
	}
	yield := func(i int) float64 {
		switch {
		case costs[i] > 0:
			return npv[i] / costs[i]
		case npv[i] > 0:
			return math.Inf(1)
		}
		return math.Inf(-1)
	}
	slices.SortStableFunc(rank, func(a, b int) int {
		return cmp.Or(cmp.Compare(yield(b), yield(a)), cmp.Compare(npv[b], npv[a]))
	})
	return rank
}

// search goes through sets of options; the empty one is its first best.
type search struct {
	npv, costs        []float64
	rank              []int
	budget            float64
	exclusive         func(a, b int) bool
	best              []bool
	bestNPV, bestCost float64
}

// try decides on the options from the given rank on.
func (s *search) try(from int, chosen []bool, npv, cost float64) {
	if cost <= s.budget && (npv > s.bestNPV || npv == s.bestNPV && cost < s.bestCost) {
		s.bestNPV, s.bestCost = npv, cost
		copy(s.best, chosen)
	}
	if from == len(s.rank) || npv+s.gains(from) < s.bestNPV {
		return
	}
	option := s.rank[from]
	if s.fits(option, chosen) {
		chosen[option] = true
		s.try(from+1, chosen, npv+s.npv[option], cost+s.costs[option])
		chosen[option] = false
	}
	s.try(from+1, chosen, npv, cost)
}

// gains returns the most that the options from the given rank on can add.
func (s *search) gains(from int) float64 {
	sum := 0.0
	for _, option := range s.rank[from:] {
		sum += max(0, s.npv[option])
	}
	return sum
}

// fits reports whether an option excludes none of the chosen.
func (s *search) fits(option int, chosen []bool) bool {
	for other, is := range chosen {
		if is && (s.exclusive(option, other) || s.exclusive(other, option)) {
			return false
		}
	}
	return true
}

// fill takes options in order of rank while they add to NPV and fit.
func (s *search) fill() {
	for _, option := range s.rank {
		if s.npv[option] > 0 && s.bestCost+s.costs[option] <= s.budget && s.fits(option, s.best) {
			s.best[option] = true
			s.bestNPV += s.npv[option]
			s.bestCost += s.costs[option]
		}
	}
}
