package costbenefit

import "math"

// Payback returns when the cumulated flows, at ascending times in years, come
// back to zero from below: for the first time and for good. Within a step the
// cumulated amount rises linearly. Both are NaN when it ends below zero for
// good, the second also when it falls below zero again at the end; both are the
// first time when it never is below zero, and NaN without flows. Nil times are
// 0, 1, 2, … For the discounted payback hand in discounted flows. Amounts below
// 10⁻¹² of all flows together count as nothing.
func Payback(flows, times []float64) (first, lasting float64) {
	if times == nil {
		times = Steps(len(flows))
	}
	if len(flows) == 0 {
		return math.NaN(), math.NaN()
	}
	first, lasting = math.NaN(), math.NaN()
	nothing := 1e-12 * gross(flows)
	cumulated, below, ever := 0.0, false, false
	for t, flow := range flows {
		before := cumulated
		cumulated += flow
		switch {
		case math.IsNaN(cumulated):
			return math.NaN(), math.NaN()
		case cumulated < -nothing:
			below, ever, lasting = true, true, math.NaN()
		case below:
			below = false
			lasting = times[t-1] + (times[t]-times[t-1])*min(1, -before/flow)
			if math.IsNaN(first) {
				first = lasting
			}
		}
	}
	if !ever {
		return times[0], times[0]
	}
	return first, lasting
}

// gross returns Σ |flow|.
func gross(flows []float64) float64 {
	sum := 0.0
	for _, flow := range flows {
		sum += math.Abs(flow)
	}
	return sum
}
