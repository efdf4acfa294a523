package equity

// Difference returns D = y1 − y2, of values at the indices first and second, in
// the unit of y, and its gradient.
func Difference(y []float64, first, second int) (float64, []float64) {
	g := make([]float64, len(y))
	g[first]++
	g[second]--
	return apart(y[first], y[second]), g
}

// Ratio returns R = y1 / y2 and its gradient. It is infinite or NaN where y2 is 0
// and says nothing where a value is negative.
func Ratio(y []float64, first, second int) (float64, []float64) {
	g := make([]float64, len(y))
	g[first] += 1 / y[second]
	g[second] -= y[first] / (y[second] * y[second])
	return y[first] / y[second], g
}
