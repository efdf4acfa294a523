package costbenefit

import (
	"math"
	"slices"
	"strings"
)

// switchingValue returns the value nearest to the base at which npv is 0, looked
// for outwards from the base to both ends of the natural range and closed in by
// bisection. NaN: none in range.
func switchingValue(npv func(float64) float64, s Sensitivity) float64 {
	if s.NPV == 0 {
		return s.Base
	}
	nearest := math.NaN()
	for _, path := range [][]float64{s.path(s.greatest), s.path(s.lowest)} {
		from := s.Base
		for _, to := range path {
			if v := npv(to); v == 0 || (v < 0) != (s.NPV < 0) && !math.IsNaN(v) {
				root := bisect(npv, from, to)
				if !(math.Abs(root-s.Base) >= math.Abs(nearest-s.Base)) {
					nearest = root
				}
				break
			}
			from = to
		}
	}
	return nearest
}

// pathSteps is in how many steps a range is searched, each way.
const pathSteps = 48

// path returns values from the base to the end: evenly spaced where the end is
// finite, in growing steps up to a million times the base where it is not.
func (s Sensitivity) path(end float64) []float64 {
	if s.Base == end {
		return nil
	}
	steps := make([]float64, pathSteps)
	unit := max(math.Abs(s.Base), math.Abs(s.High-s.Low))
	if !(unit > 0) {
		unit = 1
	}
	for k := range steps {
		share := float64(k+1) / pathSteps
		steps[k] = s.Base + share*(end-s.Base)
		if math.IsInf(end, 0) {
			steps[k] = s.Base + math.Copysign(unit*math.Expm1(share*math.Log(1e6)), end)
		}
	}
	if !math.IsInf(end, 0) {
		steps[pathSteps-1] = end
	}
	return steps
}

// bisect closes in on the place between from and to at which f, of opposite signs
// there, changes sign.
func bisect(f func(float64) float64, from, to float64) float64 {
	negative := f(from) < 0
	for range 200 {
		middle := from + (to-from)/2
		if middle == from || middle == to {
			break
		}
		switch v := f(middle); {
		case v == 0:
			return middle
		case (v < 0) == negative:
			from = middle
		default:
			to = middle
		}
	}
	return to
}

// naturalRange is where an input may lie at all: shares between 0 and 1, rates
// above −100 %, durations within the horizon, other numbers on their side of 0.
func (m *Model) naturalRange(input int) (lowest, greatest float64) {
	in := m.Inputs[input]
	roles := m.roles(input)
	about := func(words ...string) bool {
		return slices.ContainsFunc(roles, func(r role) bool { return slices.Contains(words, r.word) })
	}
	complement := slices.ContainsFunc(roles, func(r role) bool { return r.form == Complement })
	switch {
	case about(rateWord, growthWord, inflationWord):
		return -.99, 10
	case about(dropOffWord) || complement || in.Unit == "share" || strings.HasPrefix(in.Unit, "share ") && in.Value >= 0 && in.Value <= 1:
		return min(0, in.Value, orElse(in.Low, in.Value)), max(1, orElse(in.High, in.Value), in.Value)
	case about(durationWord):
		return 0, float64(len(m.Columns)) + in.Value
	case in.Value < 0 && !(in.High > 0):
		return math.Inf(-1), 0
	case in.Value < 0 || in.Low < 0:
		return math.Inf(-1), math.Inf(1)
	}
	return 0, math.Inf(1)
}
