package survey

import "math"

// chiSquareTail returns P(χ² > x) with df degrees of freedom.
func chiSquareTail(x, df float64) float64 {
	if !(df > 0) || math.IsNaN(x) {
		return math.NaN()
	}
	_, upper := gammaTails(x/2, df/2)
	return math.Exp(upper)
}

// fTail returns P(F > x) with df1 and df2 degrees of freedom; either may be
// fractional or +Inf.
func fTail(x, df1, df2 float64) float64 {
	switch {
	case !(df1 > 0 && df2 > 0) || math.IsNaN(x):
		return math.NaN()
	case x <= 0:
		return 1
	case math.IsInf(df2, 1):
		return chiSquareTail(x*df1, df1)
	case math.IsInf(df1, 1):
		lower, _ := gammaTails(df2/x/2, df2/2)
		return math.Exp(lower)
	}
	odds := df1 / df2 * x
	_, upper := betaTails(1/(1+1/odds), 1/(1+odds), df1/2, df2/2)
	return math.Exp(upper)
}

// gammaTails returns the logarithms of the regularised incomplete gamma
// functions P(a, x) and Q(a, x), a > 0: the series DLMF 8.11.4 below the mean
// and Legendre's continued fraction 8.9.2 above it, times
// x^a·e^−x / Γ(a) in Loader's form, see betaKernel.
func gammaTails(x, a float64) (lower, upper float64) {
	if x <= 0 {
		return math.Inf(-1), 0
	}
	if math.IsInf(x, 1) {
		return 0, math.Inf(-1)
	}
	kernel := math.Log(a/(2*math.Pi))/2 - stirling(a) - a*deviance(x/a, (x-a)/a)
	if x < a+1 {
		lower = min(0, kernel+math.Log(gammaSeries(x, a)))
		return lower, math.Log(-math.Expm1(lower))
	}
	upper = min(0, kernel-math.Log(gammaFraction(x, a)))
	return math.Log(-math.Expm1(upper)), upper
}

// gammaSeries returns Σ_k x^k / (a·(a+1)…(a+k)).
func gammaSeries(x, a float64) float64 {
	term := 1 / a
	sum := term
	for k := 1.0; term > sum*1e-17; k++ {
		term *= x / (a + k)
		sum += term
	}
	return sum
}

// gammaFraction returns x+1−a − 1·(1−a)/(x+3−a − 2·(2−a)/(x+5−a − …)) by
// Lentz's method.
func gammaFraction(x, a float64) float64 {
	f := x + 1 - a
	c, d := f, 0.0
	for k := 1.0; k < 1e6; k++ {
		term, base := -k*(k-a), x+2*k+1-a
		d = 1 / (base + term*d)
		c = base + term/c
		f *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return f
}
