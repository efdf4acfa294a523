package costbenefit

import "math"

// MIRR returns the modified internal rate of return of flows at times in years,
// ascending; nil times are 0, 1, 2, … Money put in is discounted at the finance
// rate, money that comes out earns the reinvestment rate until the end:
//
//	( Σ F⁺ (1+reinvest)^(T−τ) / −Σ F⁻ (1+finance)^−(τ−t0) )^(1/(T−t0)) − 1
//
// over the listed times from t0 to T. It is unique. NaN when nothing is put in,
// nothing comes out, all is of one time, or a rate is −100 % or lower. For yearly
// flows it is the MIRR() of spreadsheets. Source: S. Lin, "The modified internal
// rate of return and investment criterion", The Engineering Economist 21 (1976).
func MIRR(flows, times []float64, finance, reinvest float64) float64 {
	if times == nil {
		times = Steps(len(flows))
	}
	if len(flows) == 0 {
		return math.NaN()
	}
	first, last := times[0], times[len(times)-1]
	in, out := 0.0, 0.0
	for t, flow := range flows {
		if flow < 0 {
			in -= flow * discount(finance, times[t]-first)
		} else {
			out += flow * discount(reinvest, times[t]-last)
		}
	}
	if !(in > 0) || !(out > 0) || last == first {
		return math.NaN()
	}
	return math.Expm1(math.Log(out/in) / (last - first))
}
