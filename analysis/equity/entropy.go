package equity

import "math"

// Theil returns the Theil index Σ p·r·ln r with r = y/μ and its gradient. A value
// of 0 adds nothing to it but makes its gradient infinite; it is NaN where a value
// is negative. It is not multiplied by 1000, as some publish it.
func Theil(y, p []float64) (float64, []float64) {
	mean, _ := Mean(y, p)
	value, g := 0.0, make([]float64, len(y))
	for j := range y {
		r := y[j] / mean
		if r != 0 {
			value += p[j] * r * math.Log(r)
		}
	}
	for j := range y {
		g[j] = p[j] / mean * (math.Log(y[j]/mean) - value)
	}
	return value, g
}

// MLD returns the mean logarithmic deviation −Σ p·ln r with r = y/μ and its
// gradient. It is infinite where a value is 0 and NaN where one is negative.
func MLD(y, p []float64) (float64, []float64) {
	mean, _ := Mean(y, p)
	value, g := 0.0, make([]float64, len(y))
	for j := range y {
		value -= p[j] * math.Log(y[j]/mean)
		g[j] = p[j]/mean - p[j]/y[j]
	}
	return value, g
}
