package costbenefit

import (
	"cmp"
	"math"
	"slices"
)

// Increment is a step from one option to a dearer one that excludes it.
type Increment struct {
	From, To int     // options, None for business as usual
	Cost     float64 // further present value of costs, not negative
	Benefit  float64 // further present value of benefits
	Ratio    float64 // Benefit / Cost, NaN when Cost is 0
	Better   bool    // Benefit exceeds Cost: To is kept, and the next step starts from it
}

// Incremental compares options that exclude each other, business as usual with
// cost and benefit 0 among them, by their present values: in order of cost, each
// dearer one is kept when what it brings further exceeds what it costs further.
// best is the one kept last, None for business as usual; no option has a higher
// NPV. Options with a missing cost or benefit take no part. Source: A. Boardman
// et al., Cost-Benefit Analysis: Concepts and Practice.
func Incremental(costs, benefits []float64) (steps []Increment, best int) {
	order := []int{None}
	for i := range costs {
		if !math.IsNaN(costs[i] + benefits[i]) {
			order = append(order, i)
		}
	}
	of := func(values []float64, option int) float64 {
		if option == None {
			return 0
		}
		return values[option]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(of(costs, a), of(costs, b))
	})
	best = order[0]
	for _, option := range order[1:] {
		step := Increment{From: best, To: option, Ratio: math.NaN(),
			Cost:    of(costs, option) - of(costs, best),
			Benefit: of(benefits, option) - of(benefits, best)}
		if step.Cost > 0 {
			step.Ratio = step.Benefit / step.Cost
		}
		if step.Better = step.Benefit > step.Cost; step.Better {
			best = option
		}
		steps = append(steps, step)
	}
	return steps, best
}
