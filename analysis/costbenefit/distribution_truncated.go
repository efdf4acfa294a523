package costbenefit

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// standardBounds are the bounds of a truncated normal in standard deviations
// from the mean of the whole one; NaN bounds are none.
func (d Distribution) standardBounds() (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if !math.IsNaN(d.Low) {
		low = (d.Low - d.Mean) / d.SD
	}
	if !math.IsNaN(d.High) {
		high = (d.High - d.Mean) / d.SD
	}
	return low, high
}

// truncatedQuantile counts probability from the nearer tail, so that bounds far
// out lose no digits.
func (d Distribution) truncatedQuantile(p float64) float64 {
	if d.SD == 0 {
		return d.Mean
	}
	low, high := d.standardBounds()
	below := normalBelow(low) + p*normalBetween(low, high)
	z := mathext.NormalQuantile(min(below, 1))
	if low > 0 || below > .5 {
		z = -mathext.NormalQuantile(normalBelow(-high) + (1-p)*normalBetween(low, high))
	}
	return d.Mean + d.SD*min(max(z, low), high)
}

// truncatedMoments are mean and variance of a normal distribution cut at a and b
// (in standard deviations), with Z the probability between them:
//
//	δ = (φ(a) − φ(b))/Z, mean µ + σδ, variance σ²(1 + (aφ(a) − bφ(b))/Z − δ²)
func (d Distribution) truncatedMoments() (mean, variance float64) {
	if d.SD == 0 {
		return d.Mean, 0
	}
	low, high := d.standardBounds()
	z := normalBetween(low, high)
	delta := (normalDensity(low) - normalDensity(high)) / z
	curve := (edge(low) - edge(high)) / z
	return d.Mean + d.SD*delta, d.SD * d.SD * max(0, 1+curve-delta*delta)
}

// edge is z·φ(z), 0 at infinity.
func edge(z float64) float64 {
	if math.IsInf(z, 0) {
		return 0
	}
	return z * normalDensity(z)
}

func normalDensity(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// normalBelow is Φ(z), with all its digits in the lower tail.
func normalBelow(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// normalBetween is Φ(high) − Φ(low), taken in the tail where it keeps its digits.
func normalBetween(low, high float64) float64 {
	if low > 0 {
		return normalBelow(-low) - normalBelow(-high)
	}
	return normalBelow(high) - normalBelow(low)
}
