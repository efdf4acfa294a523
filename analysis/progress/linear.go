package progress

import "math"

// linear is pace in amounts: what was gained a year over what is needed a year. It
// bears zero and changes of sign, and stands in where rates of growth refuse.
//
//	R = ((y − y₀)/(t − t₀)) / ((y_T − y₀)/(T − t₀))
func linear() method {
	return method{
		Name: Linear, Doc: "What was gained a year over what the target needs a year.",
		Assess: aimedOnly(linearPace), Reach: linearReach,
	}
}

func linearPace(c Course) Judgement {
	if why := c.unusable(); why != "" {
		return refused(why)
	}
	first, last := c.first(), c.last()
	j := Judgement{
		Pace: (last.Value - first.Value) / c.elapsed(), Required: (c.Target - first.Value) / c.span(),
		Reached: c.reached(last.Value), Score: math.NaN(),
	}
	j.Ratio = share(c.Better*j.Pace, math.Abs(j.Required))
	k := c.reachAhead()
	j.Projected = first.Value + k*(last.Value-first.Value)
	by := normalBound * math.Hypot((1-k)*first.SE, k*last.SE)
	j.Low, j.High = j.Projected-by, j.Projected+by
	return j
}

func linearReach(c Course, base, ratio float64) float64 {
	return base + c.Better*ratio*math.Abs(c.Target-base)*c.elapsed()/c.span()
}
