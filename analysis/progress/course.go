package progress

import "math"

// Point is a value of a series at a time in years, with its standard error, 0 where
// it has none.
type Point struct{ Time, Value, SE float64 }

// Course is what a method judges: a series on the way to a target.
type Course struct {
	Points []Point // in order of time; the first is the baseline, the last is now

	Target float64 // NaN: none, the series is watched for its direction
	Due    float64 // time of the target
	Better float64 // 1 where higher is better, -1 where lower is

	Limit     float64 // natural limit in the better direction, NaN without one
	Low, High float64 // the values that are possible; infinite where there is no end
}

func (c Course) first() Point { return c.Points[0] }
func (c Course) last() Point  { return c.Points[len(c.Points)-1] }

// span is the time from baseline to target.
func (c Course) span() float64 { return c.Due - c.first().Time }

// elapsed is the time from baseline to now, at most to the target: what came after
// it is held against the whole way.
func (c Course) elapsed() float64 {
	passed := c.last().Time - c.first().Time
	if c.aimed() {
		return min(passed, c.span())
	}
	return passed
}

func (c Course) aimed() bool { return !math.IsNaN(c.Target) }

// reached reports whether x is as good as the target or better.
func (c Course) reached(x float64) bool { return c.Better*x >= c.Better*c.Target }

// Judgement is what one method says of a course. Numbers that a method does not
// have are NaN.
type Judgement struct {
	Ratio     float64 // pace over required pace; with no target, the pace itself in the better direction
	Pace      float64 // a year, on the method's own scale
	Required  float64 // likewise
	Projected float64 // value at the time of the target at this pace
	Low, High float64 // its 95 % interval from the errors of the ends, by the delta method on the method's scale
	Score     float64 // the method's own score
	Reached   bool    // the target is reached now
	Refused   string  // why the method cannot judge the course, "" when it can
	Caution   string  // what limits the judgement, "" when nothing does
}

// refused is the judgement of a method that cannot judge.
func refused(why string) Judgement {
	nan := math.NaN()
	return Judgement{Ratio: nan, Pace: nan, Required: nan, Projected: nan, Low: nan, High: nan, Score: nan, Refused: why}
}

// unusable says what no method can work with, "" when nothing is wrong.
func (c Course) unusable() string {
	switch {
	case len(c.Points) < 2 || !(c.last().Time > c.first().Time):
		return "it needs two values"
	case c.aimed() && !(c.span() > 0):
		return "the target is not after the baseline"
	}
	for _, p := range c.Points {
		if math.IsNaN(p.Value) || math.IsInf(p.Value, 0) {
			return "a value is not a number"
		}
	}
	return ""
}

// method is one way to judge a course.
type method struct {
	Name Method
	Doc  string // in a sentence, with its source

	// Assess judges the course at its estimates.
	Assess func(c Course) Judgement

	// Reach returns the last value at which the ratio is exactly the given one, for
	// a series that began at base; NaN where the method cannot tell. It is what the
	// probability of each status is integrated over.
	Reach func(c Course, base, ratio float64) float64

	// Between is the standard error that the points between the ends add to the
	// last value; nil: the method looks at the ends only.
	Between func(c Course) float64

	// Watch holds the bands for a series without target, best first, by pace; empty:
	// the method needs a target.
	Watch []Band

	// Ease is by how much the bands above zero shrink for a series without target
	// near its natural limit; nil: not at all.
	Ease func(c Course) float64
}

// watched is the band that the pace of a series without target reaches.
func (m method) watched(c Course, pace float64) int {
	ease := 1.0
	if m.Ease != nil {
		ease = m.Ease(c)
	}
	for k, b := range m.Watch {
		from := b.From
		if from > 0 {
			from *= ease
		}
		if pace >= from {
			return k
		}
	}
	return len(m.Watch) - 1
}

// Band is the part of a scale that has one status, from From up to the next better.
type Band struct {
	ID    string
	Label string
	From  float64
}

// methods lists the methods in the order they are printed.
func methods() []method {
	return []method{openSDG(), eurostat(), unChart(), escap(), sdgIndex(), linear(), logitPace()}
}

// methodOf returns the method of that name.
func methodOf(name Method) method {
	for _, m := range methods() {
		if m.Name == name {
			return m
		}
	}
	return linear()
}
