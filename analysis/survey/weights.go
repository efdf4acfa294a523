package survey

import "math"

// Weighting describes the final weights of a sample.
type Weighting struct {
	N            int64 // weights
	Sum          float64
	SumOfSquares float64
	Min, Max     float64
	Ratio        float64 // Max/Min
	DEFF         float64 // Kish's design effect of unequal weights: 1 for equal ones
	EffectiveN   float64 // as many equal weights do as well for a mean
}

// Diagnose describes n weights by their sum, sum of squares, smallest and largest:
//
//	DEFF = n·Σw²/(Σw)²    EffectiveN = n/DEFF = (Σw)²/Σw²
//
// Weights of 0 raise DEFF but not EffectiveN. All but N are NaN when n is 0.
// Source: Kish, Weighting for Unequal P_i, Journal of Official Statistics 8 (1992).
func Diagnose(n int64, sum, squares, smallest, largest float64) Weighting {
	if n == 0 {
		nan := math.NaN()
		return Weighting{0, nan, nan, nan, nan, nan, nan, nan}
	}
	return Weighting{
		N: n, Sum: sum, SumOfSquares: squares, Min: smallest, Max: largest,
		Ratio:      largest / smallest,
		DEFF:       float64(n) * squares / (sum * sum),
		EffectiveN: sum * sum / squares,
	}
}
