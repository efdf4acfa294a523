package costbenefit

// OptimismBias returns the correction to add to the cost or duration of a project
// made of kinds of work, given the upper bound for each kind and the share of the
// causes that have been dealt with:
//
//	Σ share · upper bound · (1 − mitigation)
//
// All are fractions; NaN unless the shares add up to 1. Source: Mott MacDonald,
// Review of Large Public Procurement in the UK (2002).
func OptimismBias(shares, bounds []float64, mitigation float64) float64 {
	return weightedMean(shares, bounds) * (1 - mitigation)
}
