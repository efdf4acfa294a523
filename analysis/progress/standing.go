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
	amiss  bool   // what the plan asks cannot be meant
	target Target // the last
	aim    aim    // at the last target
	leg    Target // the target that pace is held against now
	legAim aim
	course Course // to the leg's target

	method    method // the declared one, or the one that stands in
	judged    Judgement
	statuses  []Status
	point     int       // status at the estimates, -1 where there is none
	shares    []float64 // probability of each status, nil where there are none
	best      int       // of the statuses that are left open; -1: not judged
	worst     int
	sure      float64 // probability of those statuses
	threshold float64 // that probability must reach
	level     float64 // probability that the value is on the path

	required, gap, pace, paceError, needed, units, money float64
	projected, projectedLow, projectedHigh               float64

	scoreSpread float64 // variance of the score

	cut      bool            // the projection passes what is possible, and ends there
	reported analysis.Period // the reporting year, zero where not given
	ahead    float64         // time from which on the needed pace counts
}

// stand judges one measure.
func (p Plan) stand(m Measure, o Objective, index map[seriesKey][]analysis.Value, s Setup) *standing {
	st := &standing{Measure: m, objective: o.ID, track: follow(m, index, s), point: -1, best: -1, worst: -1}
	st.title, st.unit = titleOf(m, st.now.Name, s), st.now.Unit
	st.target, st.aimed = m.Last()
	st.aim = aimAt(m, st.target, st.aimed)
	st.leg, st.legAim = st.target, st.aim
	st.statuses = p.statusesOf(m)
	st.threshold = cmp.Or(p.Threshold, DefaultThreshold)
	st.persons = s.People == nil && st.now.Sampled() || s.People != nil && s.People(m.Code.Value)
	st.unknownNumbers()
	if st.absent != "" {
		return st
	}
	st.chooseLeg()
	if why := st.contrary(); why != "" {
		st.bare, st.amiss = why, true
		return st
	}
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
		st.judgeLevel()
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
	st.ahead = now.Time
	if st.reported = s.Reported; st.stale() {
		st.ahead = max(now.Time, st.timeOf(s.Reported))
		st.note("the latest value is of %s, older than the reporting year %s", st.now.Period.Label, s.Reported.Label)
	}
	st.needed = NeededPace(now.Value, st.aim.goal(now.Value), st.timeOf(st.target.Period)-st.ahead)
	st.units, st.money = st.cost(s)
	if len(st.points) < 2 {
		return
	}
	st.required = Along(st.knots(), st.Path, now.Time)
	least, most := st.legAim.asGood(st.legAim.turned(st.required))
	st.level = normal{now.Value, now.SE, math.Inf(-1), math.Inf(1)}.between(least, most)
}

// knots is the path from the baseline through all targets, of two sides through the
// nearer end. A baseline that is at a target already asks to hold it.
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
// shares up to 1, others from 0 on, up or down to the declared limit, unless values
// or targets lie beyond.
func (st *standing) possible() (low, high float64) {
	low, high = 0, st.whole()
	switch {
	case math.IsNaN(st.Limit):
	case st.Direction == Up:
		high = st.Limit
	case st.Direction == Down:
		low = st.Limit
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

// whole is what a share is a share of, in its unit: 100 of percent, 1 of a share, and
// of a unit that says neither what its numerators and denominators show. +Inf where
// it is no share.
func (st *standing) whole() float64 {
	switch st.unit {
	case "percent", "%":
		return 100
	case "share":
		return 1
	case "", asPublished:
		for _, whole := range []float64{100, 1} {
			if st.shareOf(whole) {
				return whole
			}
		}
	}
	return math.Inf(1)
}

// shareOf reports whether all values are whole·numerator/denominator, the numerators
// not above the denominators, up to rounding.
func (st *standing) shareOf(whole float64) bool {
	found := false
	for k := range st.known {
		v := &st.known[k]
		if unusable(v) != "" {
			continue
		}
		if !(v.Numerator >= 0 && v.Numerator <= v.Denominator) || math.Abs(v.Value-whole*v.Numerator/v.Denominator) > .006*whole {
			return false
		}
		found = true
	}
	return found
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

// plainCourse is the series itself on the way to what a target wants of it now: the
// same as courseTo, but without a turn where the target has two sides.
func (st *standing) plainCourse(t Target, a aim) Course {
	c := st.courseTo(t, a)
	if !a.twoSided() {
		return c
	}
	c.Target = a.goal(st.currentPoint().Value)
	if c.Target > st.points[0].Value {
		c.Better = 1
	}
	c.Low, c.High = st.possible()
	c.Points = st.points
	return c
}
