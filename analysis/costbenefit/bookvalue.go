package costbenefit

import "math"

// BookValue returns what is left of an asset's cost after some years of
// straight-line depreciation over its life in years, at least nothing:
//
//	cost · max(0, 1 − age/life)
//
// NaN when the life is not positive. Source: European Commission, Guide to
// Cost-Benefit Analysis of Investment Projects, on residual values. The other
// method, what the asset still earns, is Annuity of the years left times the
// yearly net flow.
func BookValue(cost, life, age float64) float64 {
	if !(life > 0) {
		return math.NaN()
	}
	return cost * max(0, 1-age/life)
}
