package equity

import "math"

// MDM returns the mean difference from the average Σ p·|y − μ|, in the unit of y,
// and its gradient.
func MDM(y, p []float64) (float64, []float64) { return fromMean(y, p, p) }

// MDMUnweighted returns the mean difference from the average with every group
// counting the same, Σ|y − μ|/k, where μ is still the average of people.
func MDMUnweighted(y, p []float64) (float64, []float64) { return fromMean(y, Even(len(y)), p) }

// IDIS returns the index of disparity 100·Σ p·|y − μ|/μ, in percent, and its
// gradient.
func IDIS(y, p []float64) (float64, []float64) {
	value, gradient := MDM(y, p)
	return relative(value, gradient, y, p)
}

// IDISUnweighted returns the index of disparity with every group counting the
// same, 100·Σ|y − μ|/(k·μ).
func IDISUnweighted(y, p []float64) (float64, []float64) {
	value, gradient := MDMUnweighted(y, p)
	return relative(value, gradient, y, p)
}

// fromMean returns Σ q·|y − Σ p·y|.
func fromMean(y, q, p []float64) (float64, []float64) {
	mean, _ := Mean(y, p)
	value, pull, g := 0.0, 0.0, make([]float64, len(y))
	for j := range y {
		value += q[j] * math.Abs(y[j]-mean)
		g[j] = q[j] * sign(y[j]-mean)
		pull += g[j]
	}
	for j := range g {
		g[j] -= p[j] * pull
	}
	return value, g
}

// MDR returns the mean difference from the group at reference, Σ q·|y − y_ref|, in
// the unit of y, and its gradient. With the best group it is MDB. The weights q are
// shares of people, or Even for the unweighted measure.
func MDR(y, q []float64, reference int) (float64, []float64) {
	value, pull, g := 0.0, 0.0, make([]float64, len(y))
	for j := range y {
		value += q[j] * math.Abs(y[j]-y[reference])
		g[j] = q[j] * sign(y[j]-y[reference])
		pull += g[j]
	}
	g[reference] -= pull
	return value, g
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0, or NaN
}
