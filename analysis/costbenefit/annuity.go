package costbenefit

import "math"

// Annuity returns the present value of 1 at the end of each of n years:
//
//	(1 − (1+rate)^−n) / rate, and n when rate is 0.
//
// The number of years may be a fraction. NaN for a rate of −100 % or lower.
// Paid at the beginning of each year it is worth (1+rate) times as much.
func Annuity(rate, n float64) float64 {
	if rate == 0 {
		return n
	}
	if !(rate > -1) {
		return math.NaN()
	}
	return -math.Expm1(-n*math.Log1p(rate)) / rate
}

// GrowingAnnuity returns the present value of n yearly payments at the end of
// the year, the first 1 and each later one (1+growth) times the one before:
//
//	(1 − ((1+growth)/(1+rate))^n) / (rate − growth), and n/(1+rate) when both are equal.
//
// NaN for a rate or growth of −100 % or lower.
func GrowingAnnuity(rate, growth, n float64) float64 {
	if !(rate > -1) || !(growth > -1) {
		return math.NaN()
	}
	// An annuity at the rate that growth leaves over keeps digits when both are close.
	return Annuity((rate-growth)/(1+growth), n) / (1 + growth)
}

// Perpetuity returns the present value of yearly payments without end, the first
// of 1 at the end of the first year, each later one (1+growth) times the one
// before: 1 / (rate − growth). It is +Inf when growth is not below the rate.
func Perpetuity(rate, growth float64) float64 {
	if rate <= growth {
		return math.Inf(1)
	}
	return 1 / (rate - growth)
}

// Payment returns the level amount at the end of each of n years that is worth
// the present value: pv / Annuity(rate, n). It is the loan's instalment, the
// equivalent annual cost of a cost and the yearly use of capital that lasts n
// years (capital recovery). NaN when n is 0.
func Payment(pv, rate, n float64) float64 {
	if n == 0 {
		return math.NaN()
	}
	return pv / Annuity(rate, n)
}
