package progress

import "math"

// eurostat is the method of Eurostat's monitoring of the SDGs: the same ratio of
// rates, with its own words; without target the rate against 1 percent, 0 and −1
// percent a year.
func eurostat() method {
	return method{
		Name: Eurostat, Doc: "The same ratio of rates in Eurostat's bands; without target, the rate against 1 percent a year.",
		Assess: growthPace,
		Reach: func(c Course, base, ratio float64) float64 {
			if !c.aimed() {
				c.Limit = math.NaN()
			}
			return growthReach(c, base, ratio)
		},
		Watch: []Band{
			{"on_track", "significant progress", .01},
			{"acceleration", "moderate progress", 0},
			{"deterioration", "moderate movement away", -.01},
			{"deterioration", "significant movement away", math.Inf(-1)},
		},
	}
}
