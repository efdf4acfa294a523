package progress

import "math"

// eurostat is the method of Eurostat's monitoring of the SDGs: the same ratio of
// rates, with its own words; without target the rate against 1 percent, 0 and −1
// percent a year.
func eurostat() method {
	return method{
		Name: Eurostat, Doc: "The same ratio of rates in Eurostat's bands; without target, the rate against 1 percent a year.",
		Assess: func(c Course) Judgement { return growthPace(c.unlimited()) },
		Reach:  func(c Course, base, ratio float64) float64 { return growthReach(c.unlimited(), base, ratio) },
		Watch: []Band{
			{"on_track", "significant progress", .01},
			{"acceleration", "moderate progress", 0},
			{"deterioration", "moderate movement away", -.01},
			{"deterioration", "significant movement away", math.Inf(-1)},
		},
	}
}

// unlimited is the course without its natural limit where there is no target.
func (c Course) unlimited() Course {
	if !c.aimed() {
		c.Limit = math.NaN()
	}
	return c
}
