package progress

import (
	"fmt"
	"math"
)

// contrary says why what the plan asks cannot be meant, so that nothing is judged, ""
// when it can: a direction that is not the indicator's, a first target on the wrong
// side of the baseline by more than its error, a share beyond what it is a share of,
// and parity of a percentage with nobody.
func (st *standing) contrary() string {
	against := st.Direction == Up && st.now.Better == "lower" || st.Direction == Down && st.now.Better == "higher"
	switch {
	case against:
		return fmt.Sprintf("the plan wants it to go %s, but of this indicator %s is better", st.Direction, st.now.Better)
	case st.Direction == Parity && len(st.To) == 0 && st.unit == "percent":
		return "parity needs another group to compare with, or an indicator that is a ratio"
	}
	for _, t := range st.Targets {
		if x := st.impossible(t); !math.IsNaN(x) {
			return fmt.Sprintf("the target %s for %s is more or less than a share can be", figure(x, 0), t.Period.Label)
		}
	}
	return st.wrongSide()
}

// impossible is the number of a target that no value of a share can take, NaN where
// all can. What values themselves pass, as gross ratios pass 100 percent, targets may.
func (st *standing) impossible(t Target) float64 {
	whole, least, most := st.whole(), 0.0, 0.0
	if math.IsInf(whole, 1) || st.Direction == Parity {
		return math.NaN()
	}
	for k := range st.known {
		if v := st.known[k].Value; !math.IsNaN(v) {
			least, most = min(least, v), max(most, v)
		}
	}
	for _, x := range []float64{t.Value, t.Low, t.High} {
		if !math.IsInf(x, 0) && (x < 0 && least >= 0 || x > whole && most <= whole) {
			return x
		}
	}
	return math.NaN()
}

// wrongSide says that the first target lies behind where the measure starts, beyond
// the 95 percent interval of that.
func (st *standing) wrongSide() string {
	if !st.aimed || len(st.points) < 2 || st.from != st.Baseline.Period || st.Direction != Up && st.Direction != Down {
		return ""
	}
	base, first, side := st.points[0], st.Targets[0], "below"
	if st.Direction == Down {
		side = "above"
	}
	behind := aimAt(st.Measure, first, true).better() * (base.Value - first.Value)
	if !(behind > normalBound*base.SE) {
		return ""
	}
	return fmt.Sprintf("the target %s for %s lies %s where it starts, %s in %s, but the direction is %s",
		inUnit(first.Value, 0, st.unit), first.Period.Label, side, inUnit(base.Value, base.SE, st.unit), st.from.Label, st.Direction)
}
