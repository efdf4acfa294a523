package progress

import (
	"cmp"
	"math"
	"slices"
)

// judge asks the declared method, or where that refuses the one that stands in, for
// the status and its probability.
func (st *standing) judge(p Plan, s Setup) {
	if !st.aimed && st.Direction != Up && st.Direction != Down {
		st.bare = "it has no target"
		return
	}
	st.course = st.courseTo(st.leg, st.legAim)
	st.method = methodOf(cmp.Or(st.Measure.Method, p.Method, OpenSDG))
	st.judged = st.method.Assess(st.course)
	if st.judged.Refused != "" {
		st.standIn()
	}
	if st.judged.Refused != "" {
		st.bare = st.judged.Refused
		return
	}
	if st.judged.Caution != "" {
		st.note("%s", st.judged.Caution)
	}
	st.tellPassing()
	st.point = st.band(st.judged)
	st.project()
	low, high := st.possible()
	e := ends{first: st.points[0], last: st.currentPoint(), low: low, high: high}
	if st.base != nil && !st.Cumulative {
		e.correlation = within(s.correlation(*st.base, st.now), -.999, .999)
	}
	levels := st.levels()
	shares := statusShares(st.method, st.course, st.legAim, st.aim, e, levels)
	if shares == nil {
		st.bare = "no baseline within its error can be judged"
		return
	}
	st.shares = st.merged(shares)
	if !st.exact() {
		st.scoreSpread = st.scoreVariance()
	}
	st.settle()
}

// tellPassing says that the value has gone past a target of two sides.
func (st *standing) tellPassing() {
	a, first, now := st.legAim, st.points[0].Value, st.currentPoint().Value
	if a.twoSided() && (first < a.low && now > a.high || first > a.high && now < a.low) {
		st.note("it has passed from one side of the target to the other; the status goes by its distance, though at this pace it now moves away")
	}
}

// standIn takes the method that can judge what the declared one refuses.
func (st *standing) standIn() {
	declared, why := st.method.Name, st.judged.Refused
	other := linear()
	if !st.aimed {
		other = openSDG()
	}
	if judged := other.Assess(st.course); other.Name != declared && judged.Refused == "" {
		st.note("%s does not judge it (%s); %s stands in", methodWords(declared), why, methodWords(other.Name))
		st.method, st.judged = other, judged
	}
}

// levels are the lower bounds of the statuses, or of the method's bands where there
// is no target.
func (st *standing) levels() []level {
	var list []level
	if !st.aimed {
		for _, b := range st.method.Watch {
			list = append(list, level{from: b.From})
		}
		return list
	}
	for _, s := range st.statuses {
		list = append(list, level{s.From, s.Achieved})
	}
	return list
}

// merged puts the shares of the method's bands to the statuses they belong to.
func (st *standing) merged(shares []float64) []float64 {
	if st.aimed {
		return shares
	}
	out := make([]float64, len(st.statuses))
	for k, p := range shares {
		out[st.statusOfBand(k)] += p
	}
	return out
}

// statusOfBand is the status of a band of the method: the one with its name, else
// the one at its place.
func (st *standing) statusOfBand(k int) int {
	id := st.method.Watch[k].ID
	if at := slices.IndexFunc(st.statuses, func(s Status) bool { return s.ID == id }); at >= 0 {
		return at
	}
	last := len(st.statuses) - 1
	if k == len(st.method.Watch)-1 {
		return last
	}
	if last > 2 { // what moves the right way, if slowly, does not have the status of what moves away
		return min(k+1, last-1)
	}
	return min(k+1, last)
}

// band is the status of a judgement at the estimates.
func (st *standing) band(j Judgement) int {
	if st.aimed {
		return bandOf(st.statuses, j, st.aim.hit(st.currentPoint().Value))
	}
	return st.statusOfBand(st.method.watched(st.course, j.Ratio))
}

// bandOf is the first status that a judgement reaches; achieved says whether the last
// target is.
func bandOf(list []Status, j Judgement, achieved bool) int {
	for k, s := range list {
		if achieved || !s.Achieved && (j.Ratio >= s.From || j.Reached) {
			return k
		}
	}
	return -1
}

// settle decides which statuses are left open.
func (st *standing) settle() {
	st.best, st.worst = likely(st.shares, st.threshold)
	st.sure = 0
	for _, share := range st.shares[st.best : st.worst+1] {
		st.sure += share
	}
}

// judgeLevel judges a measure without pace where one value says enough: it has
// reached its target.
func (st *standing) judgeLevel() {
	if !st.aimed {
		return
	}
	now := st.currentPoint()
	reached := normal{now.Value, now.SE, math.Inf(-1), math.Inf(1)}.between(st.aim.low, st.aim.high)
	at := slices.IndexFunc(st.statuses, func(s Status) bool { return s.Achieved })
	if at < 0 || reached < st.threshold {
		return
	}
	st.note("%s; the value itself has reached the target", st.bare)
	st.best, st.worst, st.point, st.sure, st.bare = at, at, at, reached, ""
	st.shares = nil
}

// project carries the series itself, unturned, on to the last target's time, as far as
// its values are possible.
func (st *standing) project() {
	j := st.judged
	if st.aimed && (st.leg.Period != st.target.Period || st.aim.twoSided()) {
		j = st.method.Assess(st.plainCourse(st.target, st.aim))
	}
	if math.IsNaN(j.Projected) {
		return
	}
	low, high := st.possible()
	st.cut = j.Projected < low || j.Projected > high
	st.projected, st.projectedLow, st.projectedHigh = within(j.Projected, low, high), within(j.Low, low, high), within(j.High, low, high)
	if math.IsInf(st.projected, 0) || math.IsInf(st.projectedLow, 0) || math.IsInf(st.projectedHigh, 0) {
		nan := math.NaN()
		st.projected, st.projectedLow, st.projectedHigh = nan, nan, nan
	}
}

// printed reports whether a single status is probable enough to print.
func (st *standing) printed() bool { return st.best >= 0 && st.best == st.worst }
