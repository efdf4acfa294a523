package equity

// PAR returns the population attributable risk, by how much the average would be
// better if every group were as well off as the one at reference, in the unit of y:
//
//	y_ref − μ        (μ − y_ref where lower is better)
//
// and its gradient. It is 0 where the reference is no better off than the average.
// Times the number of people it is the gap in people. Source: WHO, Handbook on
// health inequality monitoring, 2013.
func PAR(y, p []float64, reference int, lower bool) (float64, []float64) {
	mean, _ := Mean(y, p)
	g := make([]float64, len(y))
	sign := turned(lower)
	value := sign * (y[reference] - mean)
	if value <= 0 {
		return 0, g
	}
	for j := range g {
		g[j] = -sign * p[j]
	}
	g[reference] += sign
	return value, g
}

// PAF returns the population attributable fraction 100·PAR/μ, in percent of the
// average, and its gradient.
func PAF(y, p []float64, reference int, lower bool) (float64, []float64) {
	value, gradient := PAR(y, p, reference, lower)
	return relative(value, gradient, y, p)
}

// turned is the sign that makes more better.
func turned(lower bool) float64 {
	if lower {
		return -1
	}
	return 1
}
