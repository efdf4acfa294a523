package progress

import "math"

// aim is what hits a target: every value from low to high. It turns values with
// targets that have two sides, from low to high, into values to bring down to high,
// so that every method can judge them:
//
//	value, range   high + the distance to the nearer end
//	parity         y above, high·low/y below
//
// What is asked for is the nearer end: 25 give or take 0.5 is the range 24.5 to 25.5.
type aim struct {
	direction Direction
	low, high float64
	origin    float64 // the value to hit after the turn; NaN for up and down
}

// aimAt returns what hits the target; for a series without target nothing does.
func aimAt(m Measure, t Target, aimed bool) aim {
	a := aim{direction: m.Direction, low: math.Inf(-1), high: math.Inf(1), origin: math.NaN()}
	tolerance := m.Tolerance
	if math.IsNaN(tolerance) {
		tolerance = 0
	}
	switch {
	case !aimed && m.Direction == Down:
		a.high = math.Inf(-1)
	case !aimed:
		a.low = math.Inf(1)
	case m.Direction == Up:
		a.low = t.Value
	case m.Direction == Down:
		a.high = t.Value
	case m.Direction == ToValue, m.Direction == Parity:
		a.low, a.high = t.Value-tolerance, t.Value+tolerance
		a.origin = a.high
	case math.IsInf(t.Low, -1):
		a.direction, a.high = Down, t.High
	case math.IsInf(t.High, 1):
		a.direction, a.low = Up, t.Low
	default:
		a.low, a.high, a.origin = t.Low, t.High, t.High
	}
	return a
}

// twoSided reports whether a value can miss above and below.
func (a aim) twoSided() bool { return !math.IsNaN(a.origin) }

// better is the direction of the turned values.
func (a aim) better() float64 {
	if a.direction == Up {
		return 1
	}
	return -1
}

// hit reports whether y is what the target wants.
func (a aim) hit(y float64) bool { return y >= a.low && y <= a.high }

// target is the value to reach after the turn.
func (a aim) target() float64 {
	switch {
	case a.twoSided():
		return a.origin
	case a.direction == Up:
		return a.low
	}
	return a.high
}

// turned is the value that the methods see, for parity +Inf where y is not above 0.
func (a aim) turned(y float64) float64 {
	switch {
	case !a.twoSided():
		return y
	case a.hit(y):
		return a.origin
	case a.direction == Parity && y <= 0:
		return math.Inf(1)
	case a.direction == Parity && y < a.low:
		return a.high * a.low / y
	}
	return a.origin + max(a.low-y, y-a.high)
}

// turnedError is the standard error of a turned value, by the delta method.
func (a aim) turnedError(y, se float64) float64 {
	if a.direction == Parity && y > 0 && y < a.low {
		return se * a.high * a.low / (y * y)
	}
	return se
}

// asGood returns the values from least to most that are as good as the turned value
// x or hit the target.
func (a aim) asGood(x float64) (least, most float64) {
	switch away := x - a.origin; {
	case !a.twoSided() && a.direction == Up:
		return min(x, a.low), math.Inf(1)
	case !a.twoSided():
		return math.Inf(-1), max(x, a.high)
	case !(away > 0):
		return a.low, a.high
	case a.direction == Parity:
		return a.high * a.low / x, x
	default:
		return a.low - away, a.high + away
	}
}

// nearest is the turned value nearest the target among those of the values from least
// to most.
func (a aim) nearest(least, most float64) float64 {
	if least <= a.high && most >= a.low {
		return a.target()
	}
	if a.better()*(a.turned(least)-a.turned(most)) > 0 {
		return a.turned(least)
	}
	return a.turned(most)
}

// goal is what the target wants of a value y: itself where it hits, else the end next
// to it.
func (a aim) goal(y float64) float64 { return min(max(y, a.low), a.high) }
