package equity

import "math"

// BGV returns the between-group variance Σ p·(y − μ)², in the unit of y squared,
// and its gradient.
func BGV(y, p []float64) (float64, []float64) {
	mean, _ := Mean(y, p)
	value, g := 0.0, make([]float64, len(y))
	for j := range y {
		off := y[j] - mean
		value += p[j] * off * off
		g[j] = 2 * p[j] * off
	}
	return value, g
}

// BGSD returns the between-group standard deviation √BGV and its gradient, which
// is NaN where all groups are equal.
func BGSD(y, p []float64) (float64, []float64) {
	variance, g := BGV(y, p)
	value := math.Sqrt(variance)
	for j := range g {
		g[j] /= 2 * value
	}
	return value, g
}

// COV returns the coefficient of variation between groups, 100·BGSD/μ, in percent,
// and its gradient.
func COV(y, p []float64) (float64, []float64) {
	value, gradient := BGSD(y, p)
	return relative(value, gradient, y, p)
}

// ChanceBGV returns what sampling error alone adds to the between-group variance
// of estimates with the covariance:
//
//	E[BGV of estimates] − BGV  =  tr(AΣ),   A = diag(p) − p·p'
//
// BGV less this is unbiased, and below 0 where the groups differ less than chance
// would have them.
func ChanceBGV(p []float64, covariance [][]float64) float64 {
	sum := 0.0
	for i := range p {
		sum += p[i] * covariance[i][i]
		for j := range p {
			sum -= p[i] * p[j] * covariance[i][j]
		}
	}
	return sum
}

// BGVVariance returns the variance of BGV of normal estimates:
//
//	4·d'Σd + 2·tr((AΣ)²),   d = p·(y − μ),  A = diag(p) − p·p'
//
// For independent groups with standard errors s it is
//
//	4Σp²s²(y−μ)² + 2[(Σp²s²)² − Σp⁴s⁴ + Σp²(1−p)²s⁴]
//
// The second term is what is left where the groups are equal and the delta method
// would give 0.
func BGVVariance(y, p []float64, covariance [][]float64) float64 {
	_, g := BGV(y, p)
	first := quadratic(g, covariance)
	pooled := make([]float64, len(p)) // p'Σ
	for i := range p {
		for j := range p {
			pooled[j] += p[i] * covariance[i][j]
		}
	}
	trace := 0.0
	for i := range p {
		for j := range p {
			trace += p[i] * (covariance[i][j] - pooled[j]) * p[j] * (covariance[j][i] - pooled[i])
		}
	}
	return first + 2*trace
}

// quadratic returns g'Σg. Groups with g = 0 play no part, even where their error
// is not known.
func quadratic(g []float64, covariance [][]float64) float64 {
	return bilinear(g, covariance, g)
}

// bilinear returns a'Σb, leaving out where a or b is 0.
func bilinear(a []float64, covariance [][]float64, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		if x == 0 {
			continue
		}
		for j, z := range b {
			if z != 0 {
				sum += x * covariance[i][j] * z
			}
		}
	}
	return sum
}
