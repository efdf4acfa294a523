package costbenefit

// ExpectedValue returns the value of a branching of a decision tree: Σ probability
// · value. A value may itself be that of a later branching. NaN unless the
// probabilities add up to 1.
func ExpectedValue(probabilities, values []float64) float64 {
	return weightedMean(probabilities, values)
}
