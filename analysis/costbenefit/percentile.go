package costbenefit

import (
	"math"
	"slices"
)

// Percentiles that a Monte Carlo reports.
func reportedPercentiles() []float64 { return []float64{.05, .25, .5, .75, .95} }

// percentile returns the value below which the share p of the sorted values lies,
// interpolated between the order statistics around 1 + (n−1)p: type 7 of Hyndman
// & Fan, Sample Quantiles in Statistical Packages (1996), as spreadsheets'
// PERCENTILE.INC. NaN without values.
func percentile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	place := p * float64(len(sorted)-1)
	below := min(int(place), len(sorted)-1)
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (place-float64(below))*(sorted[above]-sorted[below])
}

// Spread describes the NPV of one option over all draws.
type Spread struct {
	Mean        float64
	MeanError   float64 // standard error of the mean, sd/√n
	SD          float64 // divisor n − 1
	Percentiles []float64
	Loss        float64 // share of draws with an NPV below 0
	LossError   float64 // its standard error, √(p(1−p)/n)
	Shortfall   float64 // mean loss in those draws, NaN where there are none
}

// spread sums up the draws in their order.
func spread(values []float64) Spread {
	n := float64(len(values))
	s := Spread{Mean: mean(values), Shortfall: math.NaN()}
	squares, losses, lost := 0.0, 0.0, 0.0
	for _, v := range values {
		squares += (v - s.Mean) * (v - s.Mean)
		if v < 0 {
			losses++
			lost -= v
		}
	}
	s.SD = math.Sqrt(squares / (n - 1))
	s.MeanError = s.SD / math.Sqrt(n)
	s.Loss = losses / n
	s.LossError = math.Sqrt(s.Loss * (1 - s.Loss) / n)
	if losses > 0 {
		s.Shortfall = lost / losses
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	for _, p := range reportedPercentiles() {
		s.Percentiles = append(s.Percentiles, percentile(sorted, p))
	}
	return s
}

// mean sums in order, about the first value so that equal values have exactly
// that mean.
func mean(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, v := range values {
		sum += v - values[0]
	}
	return values[0] + sum/float64(len(values))
}
