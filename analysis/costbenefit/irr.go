package costbenefit

import (
	"cmp"
	"math"
	"slices"
)

// RateOfReturn is what IRR finds.
type RateOfReturn struct {
	Rates       []float64 // every rate above −100 % at which the present value is zero, ascending, as fractions
	SignChanges int       // of the flows in order of time: there are no more rates than that
	Type        string    // investment: money goes out first; borrowing: it comes in first, and a lower rate is better; "" without flows
	Reason      string    // why there is no rate, "" when there is one
}

// Only returns the rate when there is exactly one, NaN otherwise.
func (r RateOfReturn) Only() float64 {
	if len(r.Rates) != 1 {
		return math.NaN()
	}
	return r.Rates[0]
}

// IRR returns the internal rates of return of flows at times in years, in any
// order; nil times are 0, 1, 2, … It finds every real rate r > −1 with
//
//	Σ flow_i (1 + r)^−τ_i = 0
//
// also those at which the present value only touches zero, and needs no guess.
// Flows of one time are added up; what is then zero to rounding is left out. A
// rate closer to −100 % than a float can tell is −1, one beyond floats +Inf. There
// is none, with a reason, when a flow or time is missing, without flows, when all
// have one sign, or when the present value never comes to zero.
func IRR(flows, times []float64) RateOfReturn {
	if times == nil {
		times = Steps(len(flows))
	}
	terms, missing := byTime(flows, times)
	if missing {
		return RateOfReturn{Reason: "a flow is missing"}
	}
	if len(terms) == 0 {
		return RateOfReturn{Reason: "there are no flows"}
	}
	found := RateOfReturn{Type: "investment"}
	if !terms[0].negative {
		found.Type = "borrowing"
	}
	for i := range len(terms) - 1 {
		if terms[i].negative != terms[i+1].negative {
			found.SignChanges++
		}
	}
	if found.SignChanges == 0 {
		found.Reason = "all flows have the same sign"
		return found
	}
	for _, rho := range roots(terms) {
		found.Rates = append(found.Rates, math.Expm1(rho))
	}
	if len(found.Rates) == 0 {
		found.Reason = "the present value is zero at no rate"
	}
	return found
}

// byTime returns the flows in order of time, those of one time added up, those of
// zero left out, scaled so that the largest is 1 and the first time 0.
func byTime(flows, times []float64) (terms []exponential, missing bool) {
	order := make([]int, 0, len(flows))
	largest := 0.0
	for i, flow := range flows {
		if number := flow - flow + times[i] - times[i]; number != 0 { // NaN of missing and infinite
			return nil, true
		}
		if flow != 0 {
			order = append(order, i)
		}
		largest = max(largest, math.Abs(flow))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(times[a], times[b]) })
	for len(order) > 0 {
		start, sum, size := times[order[0]], 0.0, 0.0
		for len(order) > 0 && times[order[0]] == start {
			sum += flows[order[0]] / largest
			size += math.Abs(flows[order[0]] / largest)
			order = order[1:]
		}
		if math.Abs(sum) > 1e-14*size {
			terms = append(terms, term(sum, start))
		}
	}
	for i := len(terms) - 1; i >= 0; i-- {
		terms[i].time -= terms[0].time
	}
	return terms, false
}
