package costbenefit

import (
	"math"
	"time"
)

// Factors returns the discount factor at each time, in years from the base
// point, under yearly rates: rates[k-1] holds for the step from year k−1 to
// year k and the last one goes on. Factors are chained, so that a rate never
// re-prices the years before it:
//
//	d(0) = 1,  d(k) = d(k−1) / (1 + r_k),
//	d(τ) = d(⌊τ⌋) · (1 + r_⌈τ⌉)^−(τ−⌊τ⌋) between years,
//	d(τ) = (1 + r_1)^−τ before the base point: compounded forward.
//
// A factor is NaN where the time is missing, where a rate it rests on is missing
// or −100 % or lower. Without rates it panics. Source: HM Treasury, Green Book
// (2022), annex 6, on declining rates.
func Factors(rates, times []float64) []float64 {
	factors := make([]float64, len(times))
	chain := []float64{1}
	for i, time := range times {
		if math.IsNaN(time) || math.IsInf(time, 0) {
			factors[i] = math.NaN()
			continue
		}
		if time < 0 {
			factors[i] = discount(rates[0], time)
			continue
		}
		whole := int(time)
		for len(chain) <= whole {
			step := len(chain)
			chain = append(chain, chain[step-1]*discount(rateOf(rates, step), 1))
		}
		factors[i] = chain[whole]
		if part := time - float64(whole); part > 0 {
			factors[i] *= discount(rateOf(rates, whole+1), part)
		}
	}
	return factors
}

// rateOf returns the rate of a step, the first being 1.
func rateOf(rates []float64, step int) float64 {
	return rates[min(step, len(rates))-1]
}

// discount returns (1+rate)^−years, NaN for a rate of −100 % or lower.
func discount(rate, years float64) float64 {
	if !(rate > -1) {
		return math.NaN()
	}
	if years == 1 {
		return 1 / (1 + rate)
	}
	return math.Exp(-years * math.Log1p(rate))
}

// PV returns the present value Σ flow · factor. A missing flow or factor makes
// it NaN; without flows it is 0. The two lists are equally long.
func PV(flows, factors []float64) float64 {
	sum := 0.0
	for t, flow := range flows {
		sum += flow * factors[t]
	}
	return sum
}

// NPV returns the net present value of yearly flows as appraisals count it: the
// first flow is of year 0 and stands undiscounted,
//
//	Σ flow_t / (1 + rate)^t, t = 0, 1, …
//
// It is NaN for a rate of −100 % or lower.
func NPV(flows []float64, rate float64) float64 {
	return PV(flows, Factors([]float64{rate}, Steps(len(flows))))
}

// SheetNPV returns the present value as NPV() of spreadsheets has it: the first
// flow lies one period after the base point,
//
//	Σ flow_t / (1 + rate)^(t+1), t = 0, 1, …
//
// that is NPV divided by 1 + rate. NaN for a rate of −100 % or lower, where
// spreadsheets may still print a number.
func SheetNPV(flows []float64, rate float64) float64 {
	return NPV(flows, rate) * discount(rate, 1)
}

// Steps returns the times 0, 1, … of n yearly flows.
func Steps(n int) []float64 {
	times := make([]float64, n)
	for t := range times {
		times[t] = float64(t)
	}
	return times
}

// Years returns the time between two days in years of so many days: 365 for
// actual/365 fixed, the rule of XNPV and XIRR; 360 for actual/360. It is
// negative when to lies before from. The hour of a day does not count.
func Years(from, to time.Time, yearDays float64) float64 {
	return (dayNumber(to) - dayNumber(from)) / yearDays
}

// dayNumber counts the calendar days since the start of 1970.
func dayNumber(day time.Time) float64 {
	year, month, date := day.Date()
	return float64(time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
