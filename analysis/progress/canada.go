package progress

import "math"

// openSDG is the method of Statistics Canada's and Open SDG's progress calculation:
// the yearly rate of growth since the baseline over the rate the target needs,
//
//	g = (y/y₀)^(1/(t−t₀)) − 1    R = ±g/|g_T|
//
// and without target the rate itself, against .015, .005 and 0, the first two
// shrunk by a natural limit.
func openSDG() method {
	return method{
		Name: OpenSDG, Doc: "Yearly rate of growth since the baseline over the rate the target needs (Statistics Canada, Open SDG).",
		Assess: growthPace, Reach: growthReach,
		Ease: func(c Course) float64 { return LimitShare(c.first().Value, c.Limit) },
		Watch: []Band{
			{"on_track", "on track", .015},
			{"acceleration", "progress, acceleration needed", .005},
			{"limited", "limited progress", 0},
			{"deterioration", "deterioration", math.Inf(-1)},
		},
	}
}

// growthPace judges by rates of growth. It refuses series with a zero or a change
// of sign, whose rates have no meaning; putting a small number for zero, as some
// do, lets that number decide.
func growthPace(c Course) Judgement {
	if why := c.unusable(); why != "" {
		return refused(why)
	}
	if why := c.notGrowth(); why != "" {
		return refused(why)
	}
	first, last := c.first(), c.last()
	g := math.Pow(last.Value/first.Value, 1/c.elapsed()) - 1
	nan := math.NaN()
	j := Judgement{Pace: g, Required: nan, Projected: nan, Low: nan, High: nan}
	towards := sign(first.Value) * c.Better * g
	if !c.aimed() {
		j.Ratio, j.Score = towards, watchScore(towards, LimitShare(first.Value, c.Limit))
		return j
	}
	j.Required = math.Pow(c.Target/first.Value, 1/c.span()) - 1
	j.Reached = c.reached(last.Value)
	j.Ratio = share(towards, math.Abs(j.Required))
	j.Score = Score(j.Ratio, j.Reached)
	j.Projected, j.Low, j.High = c.growthProjection()
	return j
}

// notGrowth says why a series has no rate of growth, "" when it has one.
func (c Course) notGrowth() string {
	first, last := c.first().Value, c.last().Value
	switch {
	case first == 0 || last == 0:
		return "a rate of growth from or to zero has no meaning"
	case c.aimed() && c.Target == 0:
		return "no rate of growth leads to a target of zero"
	case first*last < 0 || c.aimed() && first*c.Target < 0:
		return "a rate of growth through a change of sign has no meaning"
	}
	return ""
}

// growthProjection carries the rate of growth on to the target's time:
//
//	ŷ = y₀·(y/y₀)^k    k = (T−t₀)/(t−t₀)
//	var(ln ŷ) = (1−k)²·(se₀/y₀)² + k²·(se/y)²
//
// The correlation of the ends is left out, which makes the error too large for
// waves of a panel, where it is positive.
func (c Course) growthProjection() (value, low, high float64) {
	first, last := c.first(), c.last()
	k := c.reachAhead()
	value = first.Value * math.Pow(last.Value/first.Value, k)
	by := math.Exp(normalBound * math.Hypot((1-k)*first.SE/first.Value, k*last.SE/last.Value))
	return value, min(value*by, value/by), max(value*by, value/by)
}

// reachAhead is the time from baseline to target over the time from baseline to now.
func (c Course) reachAhead() float64 { return c.span() / (c.last().Time - c.first().Time) }

// growthReach is the last value that makes the ratio r:
//
//	y = y₀·(1 ± r·|g_T|)^(t−t₀)
//
// and without target the one that grew by r a year, thresholds above zero shrunk
// by the natural limit.
func growthReach(c Course, base, ratio float64) float64 {
	if base == 0 || c.aimed() && base*c.Target <= 0 {
		return math.NaN()
	}
	needed := 1.0
	switch {
	case c.aimed():
		needed = math.Abs(math.Pow(c.Target/base, 1/c.span()) - 1)
	case ratio > 0:
		needed = LimitShare(base, c.Limit)
	}
	return base * math.Pow(max(0, 1+sign(base)*c.Better*ratio*needed), c.elapsed())
}

// LimitShare is by how much the thresholds of a rate shrink near a natural limit L
// of the series:
//
//	1                          where |y₀| ≥ 2|L| or there is no limit
//	1 − (|y₀|/|L|)^4.44        where |y₀| ≤ |L|
//	1 − ((2|L| − |y₀|)/|L|)^4.44  between
//
// Source: Statistics Canada's measures of progress, as Open SDG computes them.
func LimitShare(base, limit float64) float64 {
	y, l := math.Abs(base), math.Abs(limit)
	switch {
	case math.IsNaN(limit) || y >= 2*l:
		return 1
	case y <= l:
		return 1 - math.Pow(y/l, 4.44)
	}
	return 1 - math.Pow((2*l-y)/l, 4.44)
}

// Score turns a ratio of paces into Open SDG's score from −5 to 5: 5 for a target
// reached, 2.5 at .95, 0 at .6, −2.5 at 0. NaN stays NaN.
func Score(ratio float64, reached bool) float64 {
	switch {
	case reached:
		return 5
	case ratio >= .6:
		return within(7.1429*ratio-4.2857, -5, 5)
	}
	return within(4.1667*ratio-2.5, -5, 5)
}

// watchScore is Open SDG's score of a series without target: v is its rate in the
// better direction, c the LimitShare. At the limit whatever does not fall scores 5.
func watchScore(v, c float64) float64 {
	switch {
	case v < 0:
		return within(125*v-2.5, -5, 5)
	case c == 0:
		return 5
	case v < .005*c:
		return within(500*v/c-2.5, -5, 5)
	case v < .015*c:
		return within(250*v/c-1.25, -5, 5)
	}
	return within(500*v/c-5, -5, 5)
}

// within is x, at least low and at most high; NaN stays NaN.
func within(x, low, high float64) float64 { return math.Min(math.Max(x, low), high) }

// sign is −1 for what is below zero, else 1.
func sign(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

// share is a over b; where b is zero nothing is required, so whatever does not fall
// short does more than that.
func share(a, b float64) float64 {
	if b != 0 {
		return a / b
	}
	if a < 0 {
		return math.Inf(-1)
	}
	return math.Inf(1)
}
