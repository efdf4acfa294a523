package costbenefit

import "math"

// Scale returns a criterion's values as points from 0 for the worst to 1 for the
// best. worst and best are of a fixed, global scale, or local, those of the
// options at hand: scores then change when an option leaves. Of a cost the worst
// is the greater. NaN where both are equal.
func Scale(values []float64, worst, best float64) []float64 {
	points := make([]float64, len(values))
	for i, value := range values {
		points[i] = math.NaN()
		if worst != best {
			points[i] = (value - worst) / (best - worst)
		}
	}
	return points
}

// Score returns an option's weighted score Σ weight · points over the criteria,
// NaN unless the weights add up to 1. Source: Department for Communities and Local
// Government, Multi-criteria Analysis: A Manual (2009), chapter 6.
func Score(weights, points []float64) float64 {
	return weightedMean(weights, points)
}
