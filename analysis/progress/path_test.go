package progress

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// By hand: 40 in 2015, 60 in 2030; 40·(60/40)^(8/15) = 49.6544...; R 4.2,
// testdata/progress.R, for the straight line.
func TestAlong(t *testing.T) {
	knots := []Knot{{2015, 40}, {2030, 60}}
	ladder := []Knot{{2015, 40}, {2020, 45}, {2030, 60}}
	tests := []struct {
		name  string
		knots []Knot
		path  Path
		at    float64
		want  float64
	}{
		{"linear", knots, LinearPath, 2023, 50.6666666666667},
		{"geometric", knots, GeometricPath, 2023, 40 * math.Pow(1.5, 8./15)},
		{"stepped before", ladder, SteppedPath, 2019.5, 40},
		{"stepped on the day", ladder, SteppedPath, 2020, 45},
		{"stepped after", ladder, SteppedPath, 2029, 45},
		{"ladder", ladder, LinearPath, 2024, 45 + 15*.4},
		{"before", ladder, LinearPath, 2010, 40},
		{"after", ladder, LinearPath, 2035, 60},
		{"geometric through zero is linear", []Knot{{0, -10}, {10, 10}}, GeometricPath, 5, 0},
		{"no knots", nil, LinearPath, 5, nan},
	}
	for _, test := range tests {
		expect(t, test.name, Along(test.knots, test.path, test.at), test.want, tight)
	}
}

func TestIncrementsInvert(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		increments := rapid.SliceOf(rapid.Float64Range(-1e6, 1e6)).Draw(t, "increments")
		for k, x := range Increments(Cumulative(increments)) {
			if math.Abs(x-increments[k]) > 1e-6 {
				t.Fatalf("increment %d came back as %g, was %g", k, x, increments[k])
			}
		}
	})
}

// By hand: 1,200 a year is 300 after the first of four quarters; (60−52)/7; a group
// at 40 gaining 2 a year reaches a city at 50 gaining 1 in 10 years.
func TestTargetArithmetic(t *testing.T) {
	expect(t, "pro rata", ProRata(1200, 1, 4), 300, tight)
	expect(t, "needed pace", NeededPace(52, 60, 7), 8./7, tight)
	expect(t, "no time left", NeededPace(52, 60, 0), nan, tight)
	expect(t, "catch-up", CatchUp(40, 2, 50, 1, 1), 10, tight)
	expect(t, "catch-up down", CatchUp(20, -2, 10, -1, -1), 10, tight)
	expect(t, "never", CatchUp(40, 1, 50, 1, 1), math.Inf(1), tight)
	expect(t, "not behind", CatchUp(55, 0, 50, 1, 1), 0, tight)
	expect(t, "unknown", CatchUp(nan, 0, 50, 1, 1), nan, tight)
}
