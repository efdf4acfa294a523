package costbenefit

import (
	"cmp"
	"math"
	"slices"
)

// Strategy is an option on the plane of cost and effect.
type Strategy struct {
	Option  int // place in the lists handed in
	Cost    float64
	Effect  float64
	ICER    float64 // further cost per further effect against the option before it on the frontier; NaN off the frontier and for its first
	Average float64 // Cost / Effect, NaN without effect
	Status  string  // one of the constants below
}

// What a strategy is on the plane of cost and effect.
const (
	OnFrontier          = "frontier"
	Dominated           = "dominated"            // another does at least as much for less money, or more for the same
	ExtendedlyDominated = "extendedly dominated" // a mix of two others does more for the money
	EqualToAnother      = "equal to another"     // same cost and effect as one listed before
	UnknownToFrontier   = "cost or effect unknown"
)

// Frontier returns the options in order of cost, with their incremental
// cost-effectiveness ratios
//
//	ICER_k = (C_k − C_k−1) / (E_k − E_k−1)
//
// along the frontier: dominated options are left out of it, then those whose
// ratio exceeds that of the next dearer one, until ratios rise. Options on one
// straight line all stay. Effects are in one unit, more being better; business as
// usual takes part only where it is listed. An option with a missing cost or
// effect comes last. Source: M. Johannesson and M. Weinstein, Journal of Health
// Economics 12 (1993).
func Frontier(costs, effects []float64) []Strategy {
	all := make([]Strategy, len(costs))
	for i := range costs {
		all[i] = Strategy{Option: i, Cost: costs[i], Effect: effects[i], ICER: math.NaN(), Average: math.NaN()}
		if effects[i] != 0 {
			all[i].Average = costs[i] / effects[i]
		}
	}
	slices.SortStableFunc(all, byCost)
	var frontier []*Strategy
	for i := range all {
		s := &all[i]
		if s.Status = dominance(s, frontier); s.Status == OnFrontier {
			frontier = append(withoutExtended(frontier, s), s)
		}
	}
	for k := 1; k < len(frontier); k++ {
		frontier[k].ICER = icer(frontier[k-1], frontier[k])
	}
	return all
}

// byCost orders by cost, then the greater effect first; missing ones last.
func byCost(a, b Strategy) int {
	if c := cmp.Compare(unknown(&a), unknown(&b)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(b.Effect, a.Effect))
}

// unknown is 1 when cost or effect is missing.
func unknown(s *Strategy) int {
	if math.IsNaN(s.Cost + s.Effect) {
		return 1
	}
	return 0
}

// dominance compares with the cheaper ones; the last on the frontier does most.
func dominance(s *Strategy, frontier []*Strategy) string {
	if unknown(s) == 1 {
		return UnknownToFrontier
	}
	if len(frontier) == 0 {
		return OnFrontier
	}
	last := frontier[len(frontier)-1]
	switch {
	case s.Effect > last.Effect:
		return OnFrontier
	case s.Effect == last.Effect && s.Cost == last.Cost:
		return EqualToAnother
	}
	return Dominated
}

// withoutExtended takes off the end those whose ratio exceeds that of s.
func withoutExtended(frontier []*Strategy, s *Strategy) []*Strategy {
	for n := len(frontier); n > 1; n-- {
		last := frontier[n-1]
		if icer(frontier[n-2], last) <= icer(last, s) {
			break
		}
		last.Status = ExtendedlyDominated
		frontier = frontier[:n-1]
	}
	return frontier
}

// icer returns the further cost per further effect.
func icer(from, to *Strategy) float64 {
	return (to.Cost - from.Cost) / (to.Effect - from.Effect)
}
