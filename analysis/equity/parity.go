package equity

// Parity returns the parity index of a group against a reference group, y / y_ref:
// 1 is parity. With women against men it is the gender parity index (GPI).
func Parity(y []float64, group, reference int) (float64, []float64) {
	return Ratio(y, group, reference)
}

// AdjustedParity returns the parity index made symmetric around 1, so that an
// advantage of either side is as far from it: F/M where F ≤ M, else 2 − M/F. Source:
// UNESCO Institute for Statistics, adjusted gender parity index.
func AdjustedParity(y []float64, group, reference int) (float64, []float64) {
	if y[group] <= y[reference] {
		return Parity(y, group, reference)
	}
	value, gradient := Parity(y, reference, group)
	return 2 - value, scaled(gradient, -1)
}
