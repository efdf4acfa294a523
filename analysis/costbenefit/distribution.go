package costbenefit

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Drawn reports whether the input is drawn at all.
func (d Distribution) Drawn() bool { return d.Kind != "" }

// Quantile returns the value that a draw stays below with probability p, in the
// input's unit: the bounds at p = 0 and 1, infinite where there are none. It is
// NaN for p outside 0 to 1 and for a distribution that is not drawn.
func (d Distribution) Quantile(p float64) float64 {
	if !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	switch d.Kind {
	case "normal":
		return d.Mean + d.SD*mathext.NormalQuantile(p)
	case "truncated":
		return d.truncatedQuantile(p)
	case "lognormal":
		mu, sigma := d.logarithms()
		return math.Exp(mu + sigma*mathext.NormalQuantile(p))
	case "triangular":
		return d.triangularQuantile(p)
	case "pert", "beta":
		a, b := d.shapes()
		return d.Low + (d.High-d.Low)*betaQuantile(p, 1-p, a, b)
	case "uniform":
		return d.Low + (d.High-d.Low)*p
	case "discrete":
		return newSteps(d).at(p)
	}
	return math.NaN()
}

// ExpectedValue returns the mean of the draws, exactly:
//
//	triangular (a+m+b)/3, PERT (a+4m+b)/6, beta a + (b−a)·α/(α+β)
//
// It is NaN for a distribution that is not drawn.
func (d Distribution) ExpectedValue() float64 {
	switch d.Kind {
	case "normal":
		return d.Mean
	case "truncated":
		mean, _ := d.truncatedMoments()
		return mean
	case "lognormal":
		mu, sigma := d.logarithms()
		return math.Exp(mu + sigma*sigma/2)
	case "triangular":
		return (d.Low + d.Mode + d.High) / 3
	case "pert":
		return (d.Low + 4*d.Mode + d.High) / 6
	case "beta":
		return d.Low + (d.High-d.Low)*d.Alpha/(d.Alpha+d.Beta)
	case "uniform":
		return (d.Low + d.High) / 2
	case "discrete":
		mean, _ := newSteps(d).moments()
		return mean
	}
	return math.NaN()
}

// Variance returns the variance of the draws, exactly. That of PERT is
// (µ−a)(b−µ)/7; the ((b−a)/6)² of many texts holds in special cases only. It is
// NaN for a distribution that is not drawn.
func (d Distribution) Variance() float64 {
	a, m, b := d.Low, d.Mode, d.High
	switch d.Kind {
	case "normal":
		return d.SD * d.SD
	case "truncated":
		_, variance := d.truncatedMoments()
		return variance
	case "lognormal":
		mu, sigma := d.logarithms()
		return math.Expm1(sigma*sigma) * math.Exp(2*mu+sigma*sigma)
	case "triangular":
		return ((m-a)*(m-a) + (b-m)*(b-m) + (b-a)*(b-a)) / 36
	case "pert":
		mean := d.ExpectedValue()
		return (mean - a) * (b - mean) / 7
	case "beta":
		s := d.Alpha + d.Beta
		return (b - a) * (b - a) * (d.Alpha / s) * (d.Beta / s) / (s + 1)
	case "uniform":
		return (b - a) * (b - a) / 12
	case "discrete":
		_, variance := newSteps(d).moments()
		return variance
	}
	return math.NaN()
}

// String describes the distribution in a few words and numbers.
func (d Distribution) String() string {
	switch d.Kind {
	case "normal":
		return fmt.Sprintf("normal, mean %.5g, sd %.5g", d.Mean, d.SD)
	case "truncated":
		return fmt.Sprintf("normal, mean %.5g, sd %.5g, cut to %.5g … %.5g", d.Mean, d.SD, d.Low, d.High)
	case "lognormal":
		if d.Mode > 0 {
			return fmt.Sprintf("lognormal, median %.5g, 90 %% within %.5g … %.5g", d.Mode, d.Low, d.High)
		}
		return fmt.Sprintf("lognormal, 90 %% within %.5g … %.5g", d.Low, d.High)
	case "triangular":
		return fmt.Sprintf("triangular, %.5g … %.5g … %.5g", d.Low, d.Mode, d.High)
	case "pert":
		return fmt.Sprintf("PERT, %.5g … %.5g … %.5g", d.Low, d.Mode, d.High)
	case "beta":
		return fmt.Sprintf("beta (%.5g, %.5g) on %.5g … %.5g", d.Alpha, d.Beta, d.Low, d.High)
	case "uniform":
		return fmt.Sprintf("uniform, %.5g … %.5g", d.Low, d.High)
	case "discrete":
		return fmt.Sprintf("discrete, %d values", len(d.Values))
	}
	return ""
}

func (d Distribution) triangularQuantile(p float64) float64 {
	width := d.High - d.Low
	if p*width <= d.Mode-d.Low {
		return d.Low + math.Sqrt(p*width*(d.Mode-d.Low))
	}
	return max(d.Low, d.High-math.Sqrt((1-p)*width*(d.High-d.Mode)))
}

// shapes are α and β of a beta or PERT distribution:
//
//	α = 1 + 4(m−a)/(b−a), β = 1 + 4(b−m)/(b−a)
//
// Without any width they do not matter.
func (d Distribution) shapes() (alpha, beta float64) {
	width := d.High - d.Low
	switch {
	case d.Kind == "beta":
		return d.Alpha, d.Beta
	case width == 0:
		return 1, 1
	}
	return 1 + 4*(d.Mode-d.Low)/width, 1 + 4*(d.High-d.Mode)/width
}

// normal95 is the 95th percentile of the standard normal distribution.
const normal95 = 1.6448536269514722

// logarithms are mean and standard deviation of the logarithm of a lognormal
// draw: from its 5th and 95th percentile, and from its median where Mode has it.
func (d Distribution) logarithms() (mu, sigma float64) {
	low, high := math.Log(d.Low), math.Log(d.High)
	mu = (low + high) / 2
	if d.Mode > 0 {
		mu = math.Log(d.Mode)
	}
	return mu, (high - low) / (2 * normal95)
}
