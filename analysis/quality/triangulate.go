package quality

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"pediment/analysis"
)

// verdict is what a comparison of two sources comes to.
type verdict string

const (
	agrees     verdict = "agrees"
	differs    verdict = "differs"
	cannotTell verdict = "cannot tell"
)

// comparison is one figure from two sources for one period.
type comparison struct {
	pair                Pair
	period              string
	first, second       analysis.Value
	difference, se      float64
	low, high           float64 // 90 % interval of the difference
	margin              float64 // differences up to here count as agreement
	ratio               float64 // first / second
	ratioLow, ratioHigh float64 // 95 % interval of the ratio
	verdict             verdict
	reason              string // why nothing can be told, "" when it can
}

// triangulate compares the values of the whole city of a pair of indicators,
// period by period. Agreement is a matter of proof: the sources agree when the
// 90 % interval of their difference lies within the margin (two one-sided tests at
// 5 %), they differ when it lies wholly outside, and otherwise nobody can tell.
// Without sampling errors the difference alone decides.
func triangulate(p Pair, values []analysis.Value, c analysis.Calendar) []comparison {
	first, second := wholeCity(values, p.Codes[0]), wholeCity(values, p.Codes[1])
	var list []comparison
	for _, v := range first {
		k := slices.IndexFunc(second, func(o analysis.Value) bool {
			return o.Period == v.Period || o.Period.Months() == v.Period.Months() && c.JoinYear(o.Period) == c.JoinYear(v.Period)
		})
		if k >= 0 {
			list = append(list, compare(p, v, second[k]))
		}
	}
	return list
}

// wholeCity are an indicator's values for the whole city.
func wholeCity(values []analysis.Value, code string) (list []analysis.Value) {
	for _, v := range values {
		if v.Code == code && v.Place == "" && len(v.Group) == 0 && !math.IsNaN(v.Value) && !v.State.Withheld() && v.State != analysis.Partial {
			list = append(list, v)
		}
	}
	return list
}

func compare(p Pair, a, b analysis.Value) comparison {
	c := comparison{pair: p, period: a.Period.Label, first: a, second: b, difference: a.Value - b.Value}
	c.margin = p.Tolerance
	if p.Relative {
		c.margin *= math.Abs(b.Value)
	}
	c.ratio = a.Value / b.Value
	se := func(v analysis.Value) float64 {
		if v.Sampled() {
			return v.SE
		}
		return 0
	}
	c.se = math.Hypot(se(a), se(b))
	spread := c.quantile(0.95) * c.se
	c.low, c.high = c.difference-spread, c.difference+spread
	// Fieller's limits would differ only where b is nearly nothing.
	relative := math.Hypot(se(a)/a.Value, se(b)/b.Value)
	half := math.Abs(c.ratio) * relative * c.quantile(0.975)
	c.ratioLow, c.ratioHigh = c.ratio-half, c.ratio+half
	switch {
	case a.Unit != b.Unit:
		c.verdict, c.reason = cannotTell, "one counts "+a.Unit+", the other "+b.Unit
	case a.ErrorUnknown || b.ErrorUnknown:
		c.verdict, c.reason = cannotTell, "nobody can state the error of one of them"
	case c.low >= -c.margin && c.high <= c.margin:
		c.verdict = agrees
	case c.low > c.margin || c.high < -c.margin:
		c.verdict = differs
	default:
		c.verdict = cannotTell
	}
	return c
}

// quantile is Student's with the fewer degrees of freedom of the sampled ones.
func (c comparison) quantile(p float64) float64 {
	df := math.Inf(1)
	for _, v := range []analysis.Value{c.first, c.second} {
		if v.Sampled() && v.SE > 0 && v.DF > 0 {
			df = min(df, v.DF)
		}
	}
	if math.IsInf(df, 1) {
		return distuv.UnitNormal.Quantile(p)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(p)
}
