package costbenefit

// Additionality returns the net effect of a gross one when shares of it leak to
// people it is not meant for, displace or substitute what others would have done,
// and the rest multiplies:
//
//	gross · (1 − leakage)(1 − displacement)(1 − substitution) · multiplier
//
// The additional effect of a project is its own less that of the reference case.
// Source: English Partnerships, Additionality Guide, third edition (2008).
func Additionality(gross, leakage, displacement, substitution, multiplier float64) float64 {
	return gross * (1 - leakage) * (1 - displacement) * (1 - substitution) * multiplier
}
