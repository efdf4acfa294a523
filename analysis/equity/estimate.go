package equity

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// level is the probability below which a difference counts as more than chance.
const level = .05

// estimate is a measure with its error: low and high are a 95 % interval, p is the
// probability of so large a value where the groups are equal. NaN where the groups
// have no error or nobody can state it.
type estimate struct {
	value, se, low, high, p float64
}

// exact is a value without an error.
func exact(value float64) estimate {
	nan := math.NaN()
	return estimate{value, nan, nan, nan, nan}
}

// clear reports whether the value is larger than chance.
func (e estimate) clear() bool { return e.p < level }

// estimate returns the measure with an interval by the delta method. Where the
// groups of the measure were picked out of several choices because of their
// values, interval and p hold for all choices at once (Bonferroni): a gap picked
// for being the largest is not called larger than chance too soon.
func (v *panel) estimate(value float64, gradient []float64, choices int) estimate {
	e := exact(value)
	if v.cov == nil {
		return e
	}
	e.se = math.Sqrt(quadratic(gradient, v.cov))
	return e.around(0, v.DF, choices)
}

// around fills interval and p of a value whose standard error is known.
func (e estimate) around(null, df float64, choices int) estimate {
	if math.IsNaN(e.se) || math.IsInf(e.se, 0) {
		return exact(e.value)
	}
	half := critical(df, choices) * e.se
	e.low, e.high = e.value-half, e.value+half
	e.p = chance(e.value-null, e.se, df, choices)
	return e
}

// estimateRatio is estimate for ratios: the interval is symmetric in logarithms.
func (v *panel) estimateRatio(value float64, gradient []float64, choices int) estimate {
	if v.cov == nil || !(value > 0) || math.IsInf(value, 1) {
		return exact(value)
	}
	return ratioAround(value, math.Sqrt(quadratic(gradient, v.cov)), v.DF, choices)
}

func ratioAround(value, se, df float64, choices int) estimate {
	logarithm := estimate{value: math.Log(value), se: se / value}.around(0, df, choices)
	if math.IsNaN(logarithm.se) {
		return exact(value)
	}
	return estimate{value, se, math.Exp(logarithm.low), math.Exp(logarithm.high), logarithm.p}
}

// known returns the degrees of freedom, infinite where none are given.
func known(df float64) float64 {
	if !(df > 0) {
		return math.Inf(1)
	}
	return df
}

// critical returns the t beyond which 5 % divided by the choices lies.
func critical(df float64, choices int) float64 {
	upper := 1 - level/2/float64(max(choices, 1))
	if df = known(df); df > 1e6 {
		return distuv.UnitNormal.Quantile(upper)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(upper)
}

// chance returns the two-sided probability of a difference so large, times the
// choices.
func chance(difference, se, df float64, choices int) float64 {
	switch {
	case difference == 0:
		return 1
	case se == 0:
		return 0
	}
	t := math.Abs(difference / se)
	p := 2 * distuv.UnitNormal.Survival(t)
	if df = known(df); df <= 1e6 {
		p = 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Survival(t)
	}
	return min(1, p*float64(max(choices, 1)))
}

// oneOf counts the choices of one group of several, 1 where it was not picked.
func (v *panel) oneOf() int {
	if !v.picked {
		return 1
	}
	return len(v.shown)
}

// pairOf counts the choices of two groups.
func (v *panel) pairOf() int {
	k := len(v.shown)
	switch {
	case !v.picked:
		return 1
	case v.Reference != "" || v.Compare != "":
		return max(1, k-1)
	}
	return max(1, k*(k-1)/2)
}
