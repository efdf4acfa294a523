package progress

import (
	"cmp"
	"math"
	"slices"

	"pediment/analysis"
)

// standing is how a measure stands: what was measured, what the plan asks and what
// the declared method makes of it. Numbers that are not known are NaN.
type standing struct {
	Measure
	track
	objective string
	title     string
	unit      string
	persons   bool // what is counted are people

	aimed  bool
	target Target // the last
	aim    aim    // at the last target
	leg    Target // the target that pace is held against now
	legAim aim
	course Course // to the leg's target

	method   method // the declared one, or the one that stands in
	judged   Judgement
	statuses []Status
	point    int       // status at the estimates, -1 where there is none
	shares   []float64 // probability of each status, nil where there are none
	best     int       // of the statuses that are left open; -1: not judged
	worst    int
	sure     float64 // probability of those statuses
	level    float64 // probability that the value is on the path

	required, gap, pace, paceError, needed, units, money float64
	projected, projectedLow, projectedHigh               float64
}

// stand judges one measure.
func (p Plan) stand(m Measure, o Objective, index map[seriesKey][]analysis.Value, s Setup) *standing {
	st := &standing{Measure: m, objective: o.ID, track: follow(m, index, s), point: -1, best: -1, worst: -1}
	st.title, st.unit = titleOf(m, st.now.Name, s.Places), st.now.Unit
	st.target, st.aimed = m.Last()
	st.aim = aimAt(m, st.target, st.aimed)
	st.leg, st.legAim = st.target, st.aim
	st.statuses = p.statusesOf(m)
	st.persons = st.now.Sampled() || s.People != nil && s.People(m.Code.Value)
	st.unknownNumbers()
	if st.absent != "" {
		return st
	}
	st.chooseLeg()
	st.measureWay(s)
	if why := st.unknownError(); why != "" {
		st.bare = why
		st.level = math.NaN()
		return st
	}
	if st.bare == "" {
		st.judge(p, s)
	}
	if st.best < 0 && st.bare != "" {
		st.judgeLevel(p)
	}
	return st
}

func (st *standing) unknownNumbers() {
	nan := math.NaN()
	st.judged = refused("")
	st.sure, st.level, st.required, st.gap, st.pace, st.paceError, st.needed = nan, nan, nan, nan, nan, nan, nan
	st.units, st.money, st.projected, st.projectedLow, st.projectedHigh = nan, nan, nan, nan, nan
}

// statusesOf returns the statuses of a measure: the plan's; for a measure with a
// method of its own that method's, as far as the plan has them all.
func (p Plan) statusesOf(m Measure) []Status {
	list := p.Statuses
	if len(list) == 0 {
		list = DefaultStatuses(p.Method)
	}
	if m.Method == p.Method || m.Method == "" {
		return list
	}
	own := DefaultStatuses(m.Method)
	for k, one := range own {
		at := slices.IndexFunc(list, func(s Status) bool { return s.ID == one.ID })
		if at < 0 {
			return list
		}
		own[k].Icon, own[k].Colour = list[at].Icon, list[at].Colour
	}
	return own
}

// chooseLeg picks the target that pace is held against: the next one due, now or
// later, on a stepped path the last one that was due, and where all lie behind or
// ahead the nearest.
func (st *standing) chooseLeg() {
	now, from := st.currentPoint().Time, math.Inf(-1)
	if len(st.points) > 0 {
		from = st.points[0].Time
	}
	for k, t := range st.Targets {
		due, stepped := st.timeOf(t.Period), st.Path == SteppedPath
		if before := st.timeOf(st.leg.Period); k == 0 || stepped && due <= now || before <= from || !stepped && before < now {
			st.leg = t
		}
	}
	st.legAim = aimAt(st.Measure, st.leg, st.aimed)
}

// timeOf is when a value of a period counts: in its middle, and at its end where
// periods are added up.
func (st *standing) timeOf(p analysis.Period) float64 {
	if st.Cumulative {
		return yearOf(p.End)
	}
	return midpoint(p)
}

// currentPoint is now as a point; with its declared error where it has no other.
func (st *standing) currentPoint() Point {
	if len(st.points) > 0 {
		return st.points[len(st.points)-1]
	}
	return pointOf(st.Measure, st.now, 1)
}

// measureWay measures the way that lies behind and ahead.
func (st *standing) measureWay(s Setup) {
	now := st.currentPoint()
	if len(st.points) >= 2 {
		first := st.points[0]
		years := now.Time - first.Time
		st.pace = (now.Value - first.Value) / years
		st.paceError = math.Hypot(first.SE, now.SE) / years
	}
	if !st.aimed {
		return
	}
	st.gap = st.aim.goal(now.Value) - now.Value
	st.needed = NeededPace(now.Value, st.aim.goal(now.Value), st.timeOf(st.target.Period)-now.Time)
	st.units, st.money = st.cost(s)
	if len(st.points) < 2 {
		return
	}
	st.required = Along(st.knots(), st.Path, now.Time)
	least, most := st.legAim.asGood(st.legAim.turned(st.required))
	st.level = normal{now.Value, now.SE, math.Inf(-1), math.Inf(1)}.between(least, most)
}

// knots is the path from the baseline through all targets. A baseline that is at a
// target already asks to hold it.
func (st *standing) knots() []Knot {
	base := st.points[0]
	list := []Knot{{base.Time, base.Value}}
	for k, t := range st.Targets {
		a := aimAt(st.Measure, t, true)
		level := a.target()
		if a.twoSided() {
			level = a.goal(list[k].Level)
		}
		list = append(list, Knot{st.timeOf(t.Period), level})
		if k == 0 && a.hit(base.Value) {
			list[0].Level = level
		}
	}
	return list
}

// possible returns the values an indicator of the unit can take: 0 to 100 percent,
// others from 0 on, unless values or targets lie beyond.
func (st *standing) possible() (low, high float64) {
	low, high = 0, math.Inf(1)
	if st.unit == "percent" {
		high = 100
	}
	check := func(x float64) {
		if x < low {
			low = math.Inf(-1)
		}
		if x > high {
			high = math.Inf(1)
		}
	}
	for _, p := range st.points {
		check(p.Value)
	}
	for _, t := range st.Targets {
		if !math.IsNaN(t.Value) {
			check(t.Value)
		}
	}
	return low, high
}

// courseTo is the series on the way to a target, as the methods see it.
func (st *standing) courseTo(t Target, a aim) Course {
	low, high := st.possible()
	c := Course{Target: math.NaN(), Due: math.NaN(), Better: a.better(), Limit: st.Limit, Low: low, High: high}
	if math.IsNaN(c.Limit) && st.unit == "percent" && c.Better > 0 {
		c.Limit = 100
	}
	if st.aimed {
		c.Target, c.Due = a.target(), st.timeOf(t.Period)
	}
	if a.twoSided() {
		c.Limit, c.Low, c.High = math.NaN(), math.Inf(-1), math.Inf(1)
	}
	for _, p := range st.points {
		c.Points = append(c.Points, Point{p.Time, a.turned(p.Value), a.turnedError(p.Value, p.SE)})
	}
	return c
}

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
	st.settle(p)
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
	if k == len(st.method.Watch)-1 {
		return len(st.statuses) - 1
	}
	return min(k+1, len(st.statuses)-1)
}

// band is the status of a judgement at the estimates.
func (st *standing) band(j Judgement) int {
	if st.aimed {
		return bandOf(st.statuses, j, st.aim.hit(st.currentPoint().Value))
	}
	for k, b := range st.method.Watch {
		if j.Ratio >= b.From {
			return st.statusOfBand(k)
		}
	}
	return -1
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
func (st *standing) settle(p Plan) {
	st.best, st.worst = likely(st.shares, cmp.Or(p.Threshold, DefaultThreshold))
	st.sure = 0
	for _, share := range st.shares[st.best : st.worst+1] {
		st.sure += share
	}
}

// judgeLevel judges a measure without pace where one value says enough: it has
// reached its target.
func (st *standing) judgeLevel(p Plan) {
	if !st.aimed {
		return
	}
	now := st.currentPoint()
	reached := normal{now.Value, now.SE, math.Inf(-1), math.Inf(1)}.between(st.aim.low, st.aim.high)
	at := slices.IndexFunc(st.statuses, func(s Status) bool { return s.Achieved })
	if at < 0 || reached < cmp.Or(p.Threshold, DefaultThreshold) {
		return
	}
	st.note("%s; the value itself has reached the target", st.bare)
	st.best, st.worst, st.point, st.sure, st.bare = at, at, at, reached, ""
	st.shares = nil
}

// project carries the series on to the last target's time and back to the
// indicator's own scale.
func (st *standing) project() {
	j := st.judged
	if st.aimed && st.leg.Period != st.target.Period {
		j = st.method.Assess(st.courseTo(st.target, st.aim))
	}
	if math.IsNaN(j.Projected) {
		return
	}
	low, high := st.possible()
	back := func(x float64) float64 { return within(st.aim.back(x, st.currentPoint().Value), low, high) }
	a, b := back(j.Low), back(j.High)
	st.projected, st.projectedLow, st.projectedHigh = back(j.Projected), min(a, b), max(a, b)
}

// printed reports whether a single status is probable enough to print.
func (st *standing) printed() bool { return st.best >= 0 && st.best == st.worst }

// certain reports whether the status rests on values without error.
func (st *standing) certain() bool { return st.sure >= .9995 }
