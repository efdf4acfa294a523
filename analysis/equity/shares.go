package equity

import (
	"math"
	"slices"
)

// Shares returns population shares p that sum to 1. It returns nil when a
// population is not known or not positive, or there is none.
func Shares(population []float64) []float64 {
	total := 0.0
	for _, n := range population {
		if !(n > 0) || math.IsInf(n, 0) {
			return nil
		}
		total += n
	}
	if total == 0 {
		return nil
	}
	p := make([]float64, len(population))
	for j, n := range population {
		p[j] = n / total
	}
	return p
}

// Even returns k equal shares.
func Even(k int) []float64 {
	p := make([]float64, k)
	for j := range p {
		p[j] = 1 / float64(k)
	}
	return p
}

// Mean returns μ = Σ p·y of values y and shares p, and its gradient by y, which is
// p. Of equal values it is that value to the last digit, so that nobody lies off it
// by a rounding error. All functions of this package that return a slice return the
// gradient.
func Mean(y, p []float64) (float64, []float64) {
	if len(y) > 0 && slices.Min(y) == slices.Max(y) {
		return y[0], p
	}
	return dot(p, y), p
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for j, x := range a {
		sum += x * b[j]
	}
	return sum
}

// relative returns 100·m/μ and its gradient from those of a measure m.
func relative(m float64, gradient, y, p []float64) (float64, []float64) {
	mean, _ := Mean(y, p)
	g := make([]float64, len(y))
	for j := range g {
		g[j] = 100 * (gradient[j] - m/mean*p[j]) / mean
	}
	return 100 * m / mean, g
}
