package progress

import (
	"cmp"
	"math"
	"time"

	"pediment/analysis"
)

// ratios divides a group's values by another's, period by period. The standard
// error is the delta method's:
//
//	se² = (se_a/b)² + (a·se_b/b²)² − 2·ρ·a·se_a·se_b/b³
//
// A period in which either has no number has none either.
func ratios(group, other []analysis.Value, correlation func(a, b analysis.Value) float64) []analysis.Value {
	var out []analysis.Value
	for _, a := range group {
		for _, b := range other {
			if a.Period == b.Period {
				out = append(out, ratioOf(a, b, correlation(a, b)))
				break
			}
		}
	}
	return out
}

func ratioOf(a, b analysis.Value, correlation float64) analysis.Value {
	out := a
	out.Unit, out.Estimate, out.Numerator, out.Denominator = "ratio", analysis.Unknown(), math.NaN(), math.NaN()
	out.ErrorUnknown = a.ErrorUnknown || b.ErrorUnknown
	out.N = min(a.N, b.N)
	if b.Definition != a.Definition {
		out.Definition += " " + b.Definition
	}
	if a.State == analysis.Known && b.State != analysis.Known {
		out.State, out.Reason = b.State, b.Reason
	}
	switch {
	case out.State.Withheld() || math.IsNaN(a.Value) || math.IsNaN(b.Value):
		out.State = cmp.Or(out.State, analysis.Missing)
		return out
	case b.Value == 0:
		out.State, out.Reason = analysis.Missing, "the other group's value is zero"
		return out
	}
	out.Value = a.Value / b.Value
	if a.Sampled() || b.Sampled() {
		x, y := errorOf(a)/b.Value, out.Value*errorOf(b)/b.Value
		out.SE = math.Sqrt(max(0, x*x+y*y-2*correlation*x*y))
		out.Low, out.High = out.Value-normalBound*out.SE, out.Value+normalBound*out.SE
	}
	return out
}

// errorOf is the sampling error, 0 where a value has none.
func errorOf(v analysis.Value) float64 {
	if v.Sampled() {
		return v.SE
	}
	return 0
}

// normalBound is how many standard errors hold 95 percent of a normal distribution
// on both sides.
const normalBound = 1.959963984540054

// yearOf is a moment in years, months being twelfths.
func yearOf(t time.Time) float64 {
	return float64(t.Year()) + (float64(t.Month()-1)+float64(t.Day()-1)/31)/12
}

// correlation is the city's, 0 where it gives none.
func (s Setup) correlation(a, b analysis.Value) float64 {
	if s.Correlation == nil {
		return 0
	}
	return s.Correlation(a, b)
}
