package progress

import "math"

// Knot is a level that a path goes through at a time in years.
type Knot struct{ Time, Level float64 }

// Along is the level of the path through the knots, which are in order of time, at
// a time: what is required by then. Before the first and after the last it is
// theirs. A geometric path between levels without a common sign is linear.
func Along(knots []Knot, path Path, at float64) float64 {
	if len(knots) == 0 {
		return math.NaN()
	}
	before := knots[0]
	for _, next := range knots {
		if next.Time > at {
			return before.towards(next, path, at)
		}
		before = next
	}
	return before.Level
}

// towards is the level between two knots, or the first one's where at is before it.
func (k Knot) towards(next Knot, path Path, at float64) float64 {
	if path == SteppedPath || at <= k.Time || next.Time <= k.Time {
		return k.Level
	}
	share := (at - k.Time) / (next.Time - k.Time)
	if path == GeometricPath && k.Level*next.Level > 0 {
		return k.Level * math.Pow(next.Level/k.Level, share)
	}
	return k.Level + share*(next.Level-k.Level)
}

// Cumulative adds increments up: C_k = Σ_{j ≤ k} I_j.
func Cumulative(increments []float64) []float64 {
	out := make([]float64, len(increments))
	sum := 0.0
	for k, x := range increments {
		sum += x
		out[k] = sum
	}
	return out
}

// Increments takes sums apart again: I_k = C_k − C_{k−1}.
func Increments(cumulative []float64) []float64 {
	out := make([]float64, len(cumulative))
	before := 0.0
	for k, x := range cumulative {
		out[k], before = x-before, x
	}
	return out
}

// ProRata is what of a year's target is due at the end of the period p of n: T·p/n.
func ProRata(target float64, p, n int) float64 { return target * float64(p) / float64(n) }

// NeededPace is what each year from now must bring: (y_T − y)/(T − t). NaN where no
// time is left.
func NeededPace(now, target, years float64) float64 {
	if !(years > 0) {
		return math.NaN()
	}
	return (target - now) / years
}

// CatchUp is the years until a group that is behind has reached another at the
// paces of both: (ȳ − y)/(g − ḡ). It is 0 for a group that is not behind and +Inf
// for one that never gets there. Better is 1 where higher is better, −1 where lower
// is.
func CatchUp(group, pace, other, otherPace, better float64) float64 {
	behind, closing := better*(other-group), better*(pace-otherPace)
	switch {
	case math.IsNaN(behind) || math.IsNaN(closing):
		return math.NaN()
	case behind <= 0:
		return 0
	case closing <= 0:
		return math.Inf(1)
	}
	return behind / closing
}
