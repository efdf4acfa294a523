package progress

import "math"

// escap projects the series to the target's time by a regression on time that
// trusts later values more, and asks what part of the way from baseline to target
// the projection covers:
//
//	ratio = 1 − AP/100    AP = ±(y_T − ŷ_T)/|y_T − y₀|·100
//
// Source: UN ESCAP, Asia and the Pacific SDG Progress Report, anticipated progress
// with its bands at 10 and 100; the weights are one choice, see Projection.
func escap() method {
	return method{
		Name: ESCAP, Doc: "Part of the way that a projection to the target's year covers; later values weigh more (ESCAP's anticipated progress).",
		Assess: aimedOnly(escapPace), Reach: escapReach, Between: escapBetween,
	}
}

func escapPace(c Course) Judgement {
	if why := c.unusable(); why != "" {
		return refused(why)
	}
	weights := projectionWeights(c.Points, c.Due)
	j := Judgement{Required: math.NaN(), Reached: c.reached(c.last().Value), Score: CurrentStatus(c.first().Value, c.last().Value, c.Target, c.Better)}
	squares := 0.0
	for k, p := range c.Points {
		j.Projected += weights[k] * p.Value
		squares += weights[k] * p.SE * weights[k] * p.SE
	}
	by := normalBound * math.Sqrt(squares)
	j.Low, j.High = j.Projected-by, j.Projected+by
	ahead := c.Due - c.last().Time
	j.Pace = (j.Projected - c.last().Value) / ahead
	if !(ahead > 0) {
		j.Pace = math.NaN()
	}
	short := c.Better * (c.Target - j.Projected)
	j.Ratio = 1 + share(-short, math.Abs(c.Target-c.first().Value))
	if len(c.Points) == 2 {
		j.Caution = "the projection rests on two values"
	}
	return j
}

// CurrentStatus is ESCAP's current status: the part of the way from baseline to
// target that is covered now, ±(y − y₀)/|y_T − y₀|. NaN where there is no way.
func CurrentStatus(baseline, now, target, better float64) float64 {
	if target == baseline {
		return math.NaN()
	}
	return better * (now - baseline) / math.Abs(target-baseline)
}

// Projection is the value at a time of a straight line through the points, fitted
// by least squares with weights that rise with time:
//
//	w_i = (t_i − t₀ + 1)/(t_last − t₀ + 1)
func Projection(points []Point, at float64) float64 {
	sum := 0.0
	for k, w := range projectionWeights(points, at) {
		sum += w * points[k].Value
	}
	return sum
}

// projectionWeights is what each value counts for in the projection, which is a sum
// of them: ŷ = Σ a_k·y_k.
func projectionWeights(points []Point, at float64) []float64 {
	first, last := points[0].Time, points[len(points)-1].Time
	weight := func(p Point) float64 { return (p.Time - first + 1) / (last - first + 1) }
	total, centre := 0.0, 0.0
	for _, p := range points {
		total += weight(p)
		centre += weight(p) * p.Time
	}
	centre /= total
	spread := 0.0
	for _, p := range points {
		spread += weight(p) * (p.Time - centre) * (p.Time - centre)
	}
	out := make([]float64, len(points))
	for k, p := range points {
		out[k] = weight(p)/total + (at-centre)*weight(p)*(p.Time-centre)/spread
	}
	return out
}

// escapReach solves the projection for the last value, the points between staying
// where they are.
func escapReach(c Course, base, ratio float64) float64 {
	weights := projectionWeights(c.Points, c.Due)
	needed := c.Target - c.Better*(1-ratio)*math.Abs(c.Target-base) - weights[0]*base
	n := len(c.Points) - 1
	for k := 1; k < n; k++ {
		needed -= weights[k] * c.Points[k].Value
	}
	return needed / weights[n]
}

// escapBetween is the error of the points between, as if the last value had it.
func escapBetween(c Course) float64 {
	weights := projectionWeights(c.Points, c.Due)
	n := len(c.Points) - 1
	squares := 0.0
	for k := 1; k < n; k++ {
		one := weights[k] * c.Points[k].SE / weights[n]
		squares += one * one
	}
	return math.Sqrt(squares)
}
