package progress

import "math"

// sdgIndex is the trend of the SDG Index: linear growth over the growth that is
// needed, full marks only from 1 on. Its score is the goalpost score of the value
// now, where the values that are possible have a worst one.
func sdgIndex() method {
	return method{
		Name: SDGIndex, Doc: "Linear growth over needed growth, in the bands of the SDG Index's arrows; its score runs from 0 at the worst possible value to 100 at the target.",
		Assess: aimedOnly(func(c Course) Judgement {
			j := linearPace(c)
			worst := c.Low
			if c.Better < 0 {
				worst = c.High
			}
			if j.Refused == "" && !math.IsInf(worst, 0) && worst != c.Target {
				j.Score = Goalposts(c.last().Value, worst, c.Target)
			}
			return j
		}),
		Reach: linearReach,
	}
}

// Goalposts is the score of x between the worst value, 0, and the best, 100:
//
//	100·(x − worst)/(best − worst)
//
// cut off at both ends; worst may be above best. Source: the SDG Index.
func Goalposts(x, worst, best float64) float64 {
	return within(100*(x-worst)/(best-worst), 0, 100)
}
