package costbenefit

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// betaQuantile returns the x with I_x(a, b) = p, where q = 1 − p is given apart
// so that the upper tail keeps its digits. Newton's method on the log odds of x
// and the logarithm of the smaller tail: the tail is log-concave there, so it
// converges from everywhere. a, b > 0.
func betaQuantile(p, q, a, b float64) float64 {
	switch {
	case p <= 0:
		return 0
	case q <= 0:
		return 1
	case p > q:
		return 1 - betaTail(q, b, a)
	}
	return betaTail(p, a, b)
}

// betaTail is betaQuantile for the lower tail, p ≤ ½.
func betaTail(p, a, b float64) float64 {
	target, scale := math.Log(p), mathext.Lbeta(a, b)
	logOdds := min(math.Log(a/b)+mathext.NormalQuantile(p)*math.Sqrt(1/a+1/b), 30)
	last := math.Inf(1)
	for range 500 {
		x, y := 1/(1+math.Exp(-logOdds)), 1/(1+math.Exp(logOdds))
		logTail := math.Log(mathext.RegIncBeta(a, b, x))
		if math.IsInf(logTail, -1) { // underflow: I_x ≈ x^a / (a·B)
			logTail = a*math.Log(x) - math.Log(a) - scale
		}
		kernel := a*math.Log(x) + b*math.Log(y) - scale
		step := (target - logTail) * math.Exp(logTail-kernel)
		size := math.Abs(step)
		if math.IsNaN(step) || size < 1e-9 && size >= last {
			break
		}
		logOdds = max(logOdds+min(max(step, -10), 10), -700)
		if last = size; size < 1e-16 || logOdds == -700 {
			break
		}
	}
	return 1 / (1 + math.Exp(-logOdds))
}

// betaDensity is the density of Beta(a, b) at x.
func betaDensity(x, a, b float64) float64 {
	return math.Exp((a-1)*math.Log(x) + (b-1)*math.Log1p(-x) - mathext.Lbeta(a, b))
}

// betaCurve is the quantile of a beta distribution as a function of a standard
// normal z, tabled: the curve is smooth, and a cubic through its points with
// their exact slopes is off by less than betaTolerance everywhere.
type betaCurve struct {
	value, slope []float64 // at −betaReach + k·betaStep; slope by betaStep
}

const (
	betaReach     = 8.5 // no draw of 52 bits is further out
	betaSteps     = 1088
	betaStep      = 2 * betaReach / betaSteps
	betaTolerance = 1e-10 // of the distance from low to high
)

// newBetaCurve tables the quantiles. ok is false where the cubic is not good
// enough, as for shapes near 0, whose quantiles must be computed one by one.
func newBetaCurve(a, b float64) (c betaCurve, ok bool) {
	c.value, c.slope = make([]float64, betaSteps+1), make([]float64, betaSteps+1)
	for k := range c.value {
		z := -betaReach + betaStep*float64(k)
		x := betaQuantile(normalBelow(z), normalBelow(-z), a, b)
		c.value[k] = x
		if x > 0 && x < 1 {
			c.slope[k] = betaStep * normalDensity(z) / betaDensity(x, a, b)
		}
	}
	for k := range betaSteps {
		if k%4 != 0 {
			continue
		}
		z := -betaReach + betaStep*(float64(k)+.5)
		if exact := betaQuantile(normalBelow(z), normalBelow(-z), a, b); !(math.Abs(c.at(z)-exact) < betaTolerance) {
			return betaCurve{}, false
		}
	}
	return c, true
}

// at interpolates at z by the cubic with the slopes of both neighbours, Hermite's.
func (c betaCurve) at(z float64) float64 {
	place := min(max((z+betaReach)/betaStep, 0), betaSteps)
	k := min(int(place), betaSteps-1)
	t := place - float64(k)
	rise := c.value[k+1] - c.value[k]
	first, second := c.slope[k]-rise, rise-c.slope[k+1]
	return c.value[k] + t*(rise+(1-t)*(first*(1-t)+second*t))
}
