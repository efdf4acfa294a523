package progress

import "math"

// logitPace is linear pace on the logit scale ln(p/(1−p)) of a share p of what is
// possible. It is the same for a share and its complement and never leads past a
// limit; our own proposal, beside the others.
func logitPace() method {
	return method{
		Name: LogitPace, Doc: "Linear pace on the logit scale, for shares: the same for a share and its complement, and never past a limit.",
		Assess: aimedOnly(func(c Course) Judgement {
			if why := c.unusable(); why != "" {
				return refused(why)
			}
			if math.IsInf(c.Low, 0) || math.IsInf(c.High, 0) {
				return refused("it is for shares, which have a lowest and a highest value")
			}
			for _, x := range []float64{c.first().Value, c.last().Value, c.Target} {
				if !(x > c.Low && x < c.High) {
					return refused("a value at the limit has no logit")
				}
			}
			return logitJudgement(c)
		}),
		Reach: logitReach,
	}
}

// logitJudgement judges linearly what lies on the logit scale, where errors are
// se/(p·(1−p)), and brings the projection back.
func logitJudgement(c Course) Judgement {
	bent := c
	bent.Points = make([]Point, len(c.Points))
	for k, p := range c.Points {
		share := (p.Value - c.Low) / (c.High - c.Low)
		bent.Points[k] = Point{p.Time, c.logit(p.Value), p.SE / (c.High - c.Low) / (share * (1 - share))}
	}
	bent.Target = c.logit(c.Target)
	if why := bent.unusable(); why != "" {
		return refused("a value at the limit has no logit")
	}
	j := linearPace(bent)
	j.Projected, j.Low, j.High = c.unlogit(j.Projected), c.unlogit(j.Low), c.unlogit(j.High)
	return j
}

// logit is ln(p/(1−p)) of x as the share p of what is possible.
func (c Course) logit(x float64) float64 { return math.Log((x - c.Low) / (c.High - x)) }

// unlogit undoes logit.
func (c Course) unlogit(at float64) float64 { return c.Low + (c.High-c.Low)/(1+math.Exp(-at)) }

func logitReach(c Course, base, ratio float64) float64 {
	if !(base > c.Low && base < c.High) {
		return math.NaN()
	}
	from, to := c.logit(base), c.logit(c.Target)
	return c.unlogit(from + c.Better*ratio*math.Abs(to-from)*c.elapsed()/c.span())
}
