package survey

import "math"

// normalQuantile returns the z with Φ(z) = p.
func normalQuantile(p float64) float64 {
	switch q := min(p, 1-p); {
	case !(q >= 0):
		return math.NaN()
	case q > .2:
		return math.Sqrt2 * math.Erfinv(2*p-1)
	case p > .5:
		return normalDeviate(q)
	default:
		return -normalDeviate(q)
	}
}

// normalDeviate returns the z > 0 with upper tail q < ½: the approximation of
// Abramowitz & Stegun 26.2.23, good to 4.5e-4, and three Newton steps on the
// logarithm of the tail.
func normalDeviate(q float64) float64 {
	if q == 0 {
		return math.Inf(1)
	}
	s := math.Sqrt(-2 * math.Log(q))
	z := s - (2.515517+s*(.802853+s*.010328))/(1+s*(1.432788+s*(.189269+s*.001308)))
	for range 3 {
		tail := math.Erfc(z/math.Sqrt2) / 2
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		if tail == 0 || density == 0 {
			break // z next to the smallest of floats
		}
		z += math.Log(tail/q) * tail / density
	}
	return z
}

// powerTail is the t/√df from which on the tails of Student's t are the power
// law t^−df to the last digit.
const powerTail = 1e10

// tTails returns the logarithms of P(|T| < t) and P(|T| > t) for t ≥ 0:
// T²/(df + T²) is Beta(½, df/2).
func tTails(t, df float64) (centre, tails float64) {
	s := t / math.Sqrt(df)
	if s > powerTail {
		centre, tails = tTails(powerTail*math.Sqrt(df), df)
		return centre, tails - df*math.Log(s/powerTail)
	}
	return betaTails(s*s/(1+s*s), 1/(1+s*s), .5, df/2)
}

// tPValue returns P(|T| > |t|) of Student's t with df degrees of freedom, of the
// normal distribution when df is +Inf.
func tPValue(t, df float64) float64 {
	switch {
	case !(df > 0) || math.IsNaN(t):
		return math.NaN()
	case math.IsInf(df, 1):
		return math.Erfc(math.Abs(t) / math.Sqrt2)
	case math.IsInf(t, 0):
		return 0
	}
	_, tails := tTails(math.Abs(t), df)
	return math.Exp(tails)
}

// tQuantile returns the t with P(T < t) = p of Student's t with df degrees of
// freedom, of the normal distribution when df is +Inf. df need not be whole.
func tQuantile(p, df float64) float64 {
	switch {
	case !(p >= 0 && p <= 1 && df > 0):
		return math.NaN()
	case math.IsInf(df, 1):
		return normalQuantile(p)
	case p == .5:
		return 0
	case p == 0 || p == 1:
		return math.Inf(int(math.Copysign(1, p-.5)))
	case p < .5:
		return -tDeviate(p, df)
	}
	return tDeviate(1-p, df)
}

// tDeviate returns the t > 0 with upper tail q < ½. Next to the centre it solves
// for P(|T| < t), else for the tail: whichever has the digits.
func tDeviate(q, df float64) float64 {
	if df < 1 || q < 1e-10 { // the power law starts further out otherwise
		if _, power := tTails(powerTail*math.Sqrt(df), df); math.Log(2*q) < power {
			return powerTail * math.Sqrt(df) * math.Exp((power-math.Log(2*q))/df)
		}
	}
	z := normalQuantile(1 - q)
	if q < .25 {
		z = normalDeviate(q)
	}
	start := z * z / df
	if q > .25 {
		return math.Sqrt(df * betaOdds(math.Log(2*(.5-q)), false, .5, df/2, start))
	}
	return math.Sqrt(df * betaOdds(math.Log(2*q), true, .5, df/2, start))
}
