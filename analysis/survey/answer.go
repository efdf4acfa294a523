package survey

import "pediment/analysis"

// Answer is one figure of an Ask. Where Error is set there is no figure, or none
// with a standard error: Value then holds what is known all the same.
type Answer struct {
	ID, Op     string
	Name       string // as R calls it: a variable, variable and level together, a coefficient
	Var, Level string // of a categorical variable
	By         analysis.Group
	P          float64 // of a quantile, NaN otherwise

	analysis.Estimate              // NaN where it does not apply
	Numerator, Denominator float64 // weighted totals of a mean or ratio
	Outside, Matched       int64   // rows with y ≠ 0 where x = 0; rows with y ≠ 0

	Statistic, PValue float64
	Flag              Flag
	Error             string

	Covariance []float64 // with every answer of the ask, in order; nil unless asked for
}
