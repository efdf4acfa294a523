package survey

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// distance is a calibration function F and its slope: the ratio of a calibrated
// weight to the one before, given u = x′η. F(0) = F′(0) = 1.
type distance func(u float64) (ratio, slope float64)

// newDistance returns the function of a name, within bounds L and U of the ratio
// where there are any:
//
//	linear   1 + u, cut off at the bounds
//	raking   exp(u), cut off at the bounds
//	logit    L + (U−L)·p,  p = 1/(1 + (U−1)/(1−L)·exp(−A·u)),  A = (U−L)/((1−L)(U−1))
//
// Source: Deville & Särndal (1992), cases 1, 2, 6 and 7.
func newDistance(function string, bounds []float64) (distance, error) {
	low, high := math.Inf(-1), math.Inf(1)
	if len(bounds) > 0 {
		if len(bounds) != 2 || !(bounds[0] < 1 && bounds[1] > 1) {
			return nil, analysis.Problem{Message: fmt.Sprintf("the bounds of calibration are %v", bounds), Hint: "write the lowest and the highest ratio of weights, one below and one above 1, such as [0.5, 2]"}
		}
		low, high = bounds[0], bounds[1]
	}
	switch function {
	case "", "linear":
		return within(low, high, func(u float64) (float64, float64) { return 1 + u, 1 }), nil
	case "raking":
		return within(low, high, func(u float64) (float64, float64) { e := math.Exp(u); return e, e }), nil
	case "logit":
		if math.IsInf(high-low, 0) {
			return nil, analysis.Problem{Message: "logit calibration has no bounds", Hint: "write the lowest and the highest ratio of weights, such as [0.5, 2]"}
		}
		return logit(low, high), nil
	}
	return nil, analysis.Problem{Message: fmt.Sprintf("there is no calibration function %q", function), Hint: "write linear, raking or logit"}
}

// within cuts a function off at bounds, where its slope is 0.
func within(low, high float64, f distance) distance {
	if math.IsInf(low, -1) && math.IsInf(high, 1) {
		return f
	}
	return func(u float64) (float64, float64) {
		ratio, slope := f(u)
		if ratio < low {
			return low, 0
		}
		if ratio > high {
			return high, 0
		}
		return ratio, slope
	}
}

func logit(low, high float64) distance {
	odds, steep := (high-1)/(1-low), (high-low)/((1-low)*(high-1))
	return func(u float64) (float64, float64) {
		p := 1 / (1 + odds*math.Exp(-steep*u))
		return low + (high-low)*p, steep * (high - low) * p * (1 - p)
	}
}
