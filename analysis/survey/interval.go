package survey

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// defaultLevel is the confidence level where none is asked for.
const defaultLevel = .95

// ProportionMethods names the intervals for proportions, the default first.
func ProportionMethods() []string {
	return []string{"logit", "xlogit", "wilson", "beta", "asin", "mean", "likelihood"}
}

// TInterval returns the interval value ± t(df)·se at the level, 0 meaning 0.95.
// It is NaN, NaN when the standard error is unknown or df < 1.
func TInterval(value, se, df, level float64) (low, high float64) {
	half := tCritical(df, level) * se
	return value - half, value + half
}

// tCritical is the two-sided t at the level, NaN below one degree of freedom.
func tCritical(df, level float64) float64 {
	if level == 0 {
		level = defaultLevel
	}
	if !(df >= 1) {
		return math.NaN()
	}
	return tQuantile((1+level)/2, df)
}

// Proportion returns a confidence interval for a proportion p with standard
// error se, df degrees of freedom and n rows with a known answer, those of weight
// 0 included, at the level; method "" is logit and level 0 is 0.95. With t = t(df):
//
//   - logit, xlogit: expit(logit p ± t·se/(p(1−p))). R's "logit" is the same to
//     1e-8 by way of a regression; by replicates its variance is that of logit p
//     over the replicates, which the caller has to bring about
//   - wilson: (p + t²/2m ± t·√(p(1−p)/m + t²/4m²)) / (1 + t²/m), m = p(1−p)/se²
//   - beta: Korn and Graubard's, see kornGraubard
//   - asin: sin²(asin √p ± t·se/(2√(p(1−p)))); like R's it folds back where the
//     angle leaves 0 … π/2
//   - mean: p ± t·se, which may leave 0 … 1
//   - likelihood: the π with 2m·(p·log(p/π) + (1−p)·log((1−p)/(1−π))) =
//     t²·n/(n−1), the binomial likelihood ratio with Rao and Scott's scaling; R
//     interpolates in a coarse profile, which costs it 1e-5, and 3e-4 near 0 or 1
//
// The interval is NaN, NaN where p or se is unknown or df < 1, and at p = 0 or 1,
// where the sample holds no trace of its own error; only beta has one there, that
// of Clopper and Pearson for n independent rows. Formulas: R package survey 4.5,
// svyciprop. The error is an analysis.Problem.
func Proportion(method string, p, se, df float64, n int64, level float64) (low, high float64, err error) {
	if method == "" {
		method = ProportionMethods()[0]
	}
	if err := checkInterval(method, level); err != nil {
		return math.NaN(), math.NaN(), err
	}
	t := tCritical(df, level)
	switch {
	case !(p >= 0 && p <= 1) || !(se >= 0) || math.IsNaN(t):
		return math.NaN(), math.NaN(), nil
	case method == "beta":
		low, high = kornGraubard(p, effectiveRows(p, se, df, n, level), level)
	case p == 0 || p == 1:
		return math.NaN(), math.NaN(), nil
	case se == 0:
		return p, p, nil
	case method == "likelihood":
		low, high = likelihoodCI(p, se, t*math.Sqrt(float64(n)/float64(n-1)))
	default:
		low, high = proportionCI(method, p, se, t)
	}
	return low, high, nil
}

// checkInterval finds what is wrong with a method and a level.
func checkInterval(method string, level float64) error {
	methods := ProportionMethods()
	if !slices.Contains(methods, method) {
		hint := "use " + strings.Join(methods, ", ")
		if suggestion := analysis.Suggest(method, methods); suggestion != "" {
			hint = suggestion + " " + hint
		}
		return analysis.Problem{Message: fmt.Sprintf("unknown interval method %q for a proportion", method), Hint: hint}
	}
	if !(level >= 0 && level < 1) {
		return analysis.Problem{Message: fmt.Sprintf("confidence level %v is not between 0 and 1", level), Hint: "write 95 % as 0.95"}
	}
	return nil
}

// proportionCI computes the intervals that need only t, for 0 < p < 1.
func proportionCI(method string, p, se, t float64) (low, high float64) {
	variance := p * (1 - p)
	logit, half := math.Log(p/(1-p)), t*se/variance
	switch method {
	case "mean":
		return p - t*se, p + t*se
	case "asin":
		angle, half := math.Asin(math.Sqrt(p)), t*se/(2*math.Sqrt(variance))
		low, high = math.Sin(angle-half), math.Sin(angle+half)
		return low * low, high * high
	case "wilson":
		ratio := t * t * se * se / variance // t²/m
		centre, half := p+ratio/2, math.Sqrt(ratio*(variance+ratio/4))
		return (centre - half) / (1 + ratio), (centre + half) / (1 + ratio)
	}
	return fromLogit(logit - half), fromLogit(logit + half)
}

func fromLogit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// likelihoodCI returns the two ends with a binomial deviance of t²/2m on either
// side of p.
func likelihoodCI(p, se, t float64) (low, high float64) {
	logit, half := math.Log(p/(1-p)), t*se/(p*(1-p))
	target := half * half * p * (1 - p) / 2
	return likelihoodEnd(p, logit-half, target), likelihoodEnd(p, logit+half, target)
}

// likelihoodEnd returns the π on start's side of p whose binomial deviance
// p·log(p/π) + (1−p)·log((1−p)/(1−π)) is target, by Newton's method on the logit
// scale, where the deviance is convex.
func likelihoodEnd(p, start, target float64) float64 {
	last := math.Inf(1)
	for range 100 {
		pi, rest := fromLogit(start), fromLogit(-start)
		d := p*deviance(pi/p, (pi-p)/p) + (1-p)*deviance(rest/(1-p), (p-pi)/(1-p))
		step := (d - target) / (pi - p)
		size := math.Abs(step)
		if math.IsNaN(step) || math.IsInf(step, 0) || size < 1e-6 && size >= last {
			break
		}
		start, last = start-step, size
	}
	return fromLogit(start)
}

// effectiveRows returns the effective sample size of a proportion with Korn and
// Graubard's adjustment for degrees of freedom,
//
//	p(1−p)/se² · (t(n−1) / t(df))²,
//
// and n for p = 0 or 1, where no design effect can be estimated. It may exceed n,
// as in R package survey. Source: Korn and Graubard, Survey Methodology 24 (1998).
func effectiveRows(p, se, df float64, n int64, level float64) float64 {
	if p == 0 || p == 1 {
		return float64(n)
	}
	ratio := tCritical(float64(n-1), level) / tCritical(df, level)
	return p * (1 - p) / (se * se) * ratio * ratio
}

// kornGraubard returns Clopper and Pearson's interval for a proportion p of rows,
// a number that need not be whole.
func kornGraubard(p, rows, level float64) (low, high float64) {
	if level == 0 {
		level = defaultLevel
	}
	if math.IsInf(rows, 1) {
		return p, p
	}
	tail := (1 - level) / 2
	return betaQuantile(tail, rows*p, rows*(1-p)+1), betaQuantile(1-tail, rows*p+1, rows*(1-p))
}
