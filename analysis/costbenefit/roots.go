package costbenefit

import (
	"math"
	"sort"
)

// A present value as a function of ρ = ln(1 + rate) is a sum of exponentials
//
//	f(ρ) = Σ a_i e^(−τ_i ρ)
//
// whose roots are bounded by Descartes' rule: no more than the coefficients, in
// order of τ, change sign. Multiplied by e^(βρ), with β between the two times of
// the first change of sign, f keeps its roots, and its derivative then has the
// coefficients a_i (β − τ_i), which change sign once less. Between neighbouring
// roots of that derivative f has at most one. So the roots are found by
// recursion, without a guess, and none is missed; double roots are roots of the
// derivative at which f is zero.

// exponential is the term ±e^(log − time·ρ). The logarithm keeps the coefficients
// of a hundredth derivative within range.
type exponential struct {
	negative  bool
	log, time float64
}

// term returns a·e^(−time·ρ) for a ≠ 0.
func term(a, time float64) exponential {
	return exponential{a < 0, math.Log(math.Abs(a)), time}
}

// roots returns the real roots ρ of the sum of terms, which lie in order of
// time, all different. Roots so close that f between them is
// zero to rounding come as one.
func roots(terms []exponential) []float64 {
	change := firstChange(terms)
	if change == None {
		return nil
	}
	points := append([]float64{bound(terms, -1)}, roots(derivative(terms, change))...)
	points = append(points, bound(terms, 1))
	sort.Float64s(points)
	signs := make([]int, len(points))
	for i, point := range points {
		signs[i] = sign(terms, point)
	}
	var found []float64
	for i, point := range points {
		if signs[i] == 0 && (i == 0 || signs[i-1] != 0) {
			found = append(found, point)
		}
		if i+1 < len(points) && signs[i]*signs[i+1] < 0 {
			found = append(found, between(terms, point, points[i+1]))
		}
	}
	return found
}

// firstChange returns the first term whose successor has the other sign.
func firstChange(terms []exponential) int {
	for i := range len(terms) - 1 {
		if terms[i].negative != terms[i+1].negative {
			return i
		}
	}
	return None
}

// derivative returns the derivative of e^(βρ)·f without the factor e^(βρ), β
// midway between the two times of the change.
func derivative(terms []exponential, change int) []exponential {
	beta := terms[change].time + (terms[change+1].time-terms[change].time)/2
	steeper := make([]exponential, 0, len(terms))
	for _, t := range terms {
		if t.time == beta { // times a float apart
			continue
		}
		t.negative = t.negative != (t.time > beta)
		t.log += math.Log(math.Abs(beta - t.time))
		steeper = append(steeper, t)
	}
	return steeper
}

// bound returns a ρ beyond which, in the direction of 1 or −1, the first or the
// last term outweighs all others twice over, so that no root lies there.
func bound(terms []exponential, direction float64) float64 {
	leading := terms[0]
	if direction < 0 {
		leading = terms[len(terms)-1]
	}
	for rho := direction; ; rho *= 2 {
		all := 0.0
		for _, t := range terms {
			all += math.Exp(t.log - leading.log - (t.time-leading.time)*rho)
		}
		if all <= 1.5 || math.Abs(rho) > 1e300 {
			return rho
		}
	}
}

// balance returns f(ρ) / Σ |terms|, which has f's sign and roots and lies within
// −1 and 1 whatever the scale, and a bound for its rounding error.
func balance(terms []exponential, rho float64) (value, rounding float64) {
	top, leading := math.Inf(-1), terms[0]
	for _, t := range terms {
		if height := t.log - t.time*rho; height > top {
			top, leading = height, t
		}
	}
	sum, all, slack := 0.0, 0.0, 0.0
	for _, t := range terms {
		rise, fall := t.log-leading.log, (t.time-leading.time)*rho
		part := math.Exp(rise - fall)
		all += part
		slack += part * (16 + math.Abs(t.log) + math.Abs(leading.log) + math.Abs(fall))
		if t.negative {
			part = -part
		}
		sum += part
	}
	return sum / all, 0x1p-52 * slack / all
}

// sign returns the sign of f at ρ, 0 when it is zero to rounding.
func sign(terms []exponential, rho float64) int {
	value, rounding := balance(terms, rho)
	switch {
	case value > rounding:
		return 1
	case value < -rounding:
		return -1
	}
	return 0
}

// between returns the root between low and high, at which f has opposite signs,
// by Ridders' method: each step at least halves the interval. Source: C. Ridders,
// IEEE Transactions on Circuits and Systems 26 (1979).
func between(terms []exponential, low, high float64) float64 {
	at := func(rho float64) float64 {
		value, _ := balance(terms, rho)
		return value
	}
	fLow, fHigh := at(low), at(high)
	for high-low > 0x1p-51*max(math.Abs(low), math.Abs(high)) && high-low > 1e-300 {
		middle := low + (high-low)/2
		fMiddle := at(middle)
		if fMiddle == 0 || middle <= low || middle >= high {
			return middle
		}
		guess := middle + math.Copysign(middle-low, fLow-fHigh)*fMiddle/math.Sqrt(fMiddle*fMiddle-fLow*fHigh)
		low, fLow, high, fHigh = narrow(low, fLow, middle, fMiddle, high, fHigh)
		if guess > low && guess < high {
			low, fLow, high, fHigh = narrow(low, fLow, guess, at(guess), high, fHigh)
		}
	}
	return low + (high-low)/2
}

// narrow keeps the side of x in which the sign changes.
func narrow(low, fLow, x, fx, high, fHigh float64) (float64, float64, float64, float64) {
	switch {
	case fx == 0:
		return x, fx, x, fx
	case (fx < 0) == (fLow < 0):
		return x, fx, high, fHigh
	}
	return low, fLow, x, fx
}
