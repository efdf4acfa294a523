package costbenefit

// NominalRate returns the rate in prices of each year that goes with a real
// rate, both a year and as fractions: (1 + real)(1 + inflation) − 1.
// Source: I. Fisher, The Theory of Interest (1930), chapter 19.
func NominalRate(real, inflation float64) float64 {
	return real + inflation + real*inflation
}

// RealRate is the inverse of NominalRate: (nominal − inflation) / (1 + inflation).
func RealRate(nominal, inflation float64) float64 {
	return (nominal - inflation) / (1 + inflation)
}
