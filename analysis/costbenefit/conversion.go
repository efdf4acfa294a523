package costbenefit

import "math"

// CompositeFactor returns the conversion factor, from market price to economic
// value, of a good made of components: Σ share · factor. Profit is a component
// with factor 0. NaN unless the shares add up to 1. Source: European Commission,
// Guide to Cost-Benefit Analysis of Investment Projects (2008), table 4.41.
func CompositeFactor(shares, factors []float64) float64 {
	return weightedMean(shares, factors)
}

// weightedMean returns Σ share · value, NaN unless the shares add up to 1.
func weightedMean(shares, values []float64) float64 {
	total, mean := 0.0, 0.0
	for i, share := range shares {
		total += share
		mean += share * values[i]
	}
	if !(math.Abs(total-1) < 1e-9) {
		return math.NaN()
	}
	return mean
}
