package progress

import (
	"math"
	"testing"
)

// tight is the relative tolerance of values computed to full precision.
const tight = 1e-9

// expect compares two numbers; NaN equals NaN.
func expect(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if math.IsNaN(want) && math.IsNaN(got) || got == want {
		return
	}
	if !(math.Abs(got-want) <= relative*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %.13g, want %.13g", what, got, want)
	}
}

// course is a series on the way to a target in the year 2030; its values carry no
// error.
func course(better, target float64, points ...Point) Course {
	return Course{
		Points: points, Target: target, Due: 2030, Better: better,
		Limit: math.NaN(), Low: 0, High: 100,
	}
}

func at(year, value float64) Point { return Point{Time: year, Value: value} }

// Ratios and scores: R 4.2, testdata/progress.R.
func TestOpenSDG(t *testing.T) {
	tests := []struct {
		name                          string
		course                        Course
		pace, required, ratio, scored float64
		status                        string
	}{
		{"up", course(1, 60, at(2015, 40), at(2023, 52)), .0333392339268, .0273996590637, 1.21677550254, 4.40560573713, "on_track"},
		{"down", course(-1, 5, at(2015, 14), at(2023, 11)), -.0296954203199, -.0663384704359, .447634986529, 4.1667*.447634986529 - 2.5, "limited"},
	}
	for _, test := range tests {
		j := openSDG().Assess(test.course)
		expect(t, test.name+": pace", j.Pace, test.pace, tight)
		expect(t, test.name+": required", j.Required, test.required, tight)
		expect(t, test.name+": ratio", j.Ratio, test.ratio, tight)
		expect(t, test.name+": score", j.Score, test.scored, tight)
		if got := DefaultStatuses(OpenSDG)[bandOf(DefaultStatuses(OpenSDG), j, j.Reached)].ID; got != test.status {
			t.Errorf("%s: status %s, want %s", test.name, got, test.status)
		}
	}
}

// Without a target the thresholds shrink near the limit. R 4.2, testdata/progress.R:
// 92 to 94 in 8 years with a limit of 100.
func TestNaturalLimit(t *testing.T) {
	c := course(1, nan, at(2015, 92), at(2023, 94))
	c.Limit = 100
	shrunk := LimitShare(92, 100)
	expect(t, "limit share", shrunk, .309413708041, tight)
	expect(t, "first threshold", .015*shrunk, .00464120562062, tight)
	expect(t, "second threshold", .005*shrunk, .00154706854021, tight)
	j := openSDG().Assess(c)
	expect(t, "pace", j.Ratio, .00269189230574, tight)
	expect(t, "score", j.Score, .924994381132, tight)
	// By hand: |y₀| = 150 lies between |L| = 100 and 2|L|: 1 − .5^4.44.
	expect(t, "between", LimitShare(150, 100), 1-math.Pow(.5, 4.44), tight)
	expect(t, "far", LimitShare(200, 100), 1, tight)
	expect(t, "no limit", LimitShare(92, nan), 1, tight)
	// At the limit whatever does not fall is on track and scores 5.
	expect(t, "at the limit", watchScore(0, 0), 5, tight)
	expect(t, "falling from the limit", watchScore(-.01, 0), 125*-.01-2.5, tight)
}

// Score bands meet: R 4.2's formulas by hand at .6, .95 and 0, within the source's
// four decimals.
func TestScore(t *testing.T) {
	for _, test := range []struct{ ratio, want float64 }{{.6, 0}, {.95, 2.5}, {0, -2.5}, {5, 5}, {-5, -5}} {
		expect(t, "score", Score(test.ratio, false), test.want, 1e-4)
	}
	expect(t, "reached", Score(-1, true), 5, tight)
}

// The same series by the other methods. Ratios of linear pace and ESCAP's
// projection: R 4.2, testdata/progress.R; current status (52−40)/20 by hand.
func TestOtherMethods(t *testing.T) {
	c := course(1, 60, at(2015, 40), at(2017, 43), at(2019, 44), at(2021, 47), at(2023, 52))
	expect(t, "linear", linear().Assess(c).Ratio, 1.125, tight)
	expect(t, "SDG Index ratio", sdgIndex().Assess(c).Ratio, 1.125, tight)
	expect(t, "SDG Index score", sdgIndex().Assess(c).Score, 100*52./60, tight)
	expect(t, "UN chart", unChart().Assess(c).Ratio, 1.21677550254, tight)
	expect(t, "Eurostat", eurostat().Assess(c).Ratio, 1.21677550254, tight)
	j := escap().Assess(c)
	expect(t, "projection", j.Projected, 62.2588235294, tight)
	expect(t, "current status", j.Score, .6, tight)
	expect(t, "ESCAP ratio", j.Ratio, 1+2.2588235294/20, tight)
	// By hand: logit(.4) = −.405465, logit(.52) = .0800427, logit(.6) = .405465;
	// (.4855078/8)/(.8109302/15) = 1.12257.
	expect(t, "logit", logitPace().Assess(c).Ratio, (math.Log(.52/.48)-math.Log(.4/.6))/8/((math.Log(.6/.4)-math.Log(.4/.6))/15), tight)
	expect(t, "logit by hand", logitPace().Assess(c).Ratio, 1.12257, 1e-5)
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name   string
		method method
		course Course
		why    string
	}{
		{"zero target", openSDG(), course(-1, 0, at(2015, 14), at(2023, 11)), "no rate of growth leads to a target of zero"},
		{"zero baseline", openSDG(), course(1, 20, at(2015, 0), at(2023, 11)), "a rate of growth from or to zero has no meaning"},
		{"change of sign", eurostat(), course(1, 20, at(2015, -4), at(2023, 11)), "a rate of growth through a change of sign has no meaning"},
		{"one value", linear(), course(1, 20, at(2015, 4)), "it needs two values"},
		{"no target", escap(), course(1, nan, at(2015, 4), at(2023, 5)), "it needs a target"},
		{"at the limit", logitPace(), course(1, 100, at(2015, 4), at(2023, 5)), "a value at the limit has no logit"},
		{"target before", sdgIndex(), Course{Points: []Point{at(2015, 4), at(2023, 5)}, Target: 9, Due: 2014, Better: 1}, "the target is not after the baseline"},
	}
	for _, test := range tests {
		if got := test.method.Assess(test.course).Refused; got != test.why {
			t.Errorf("%s: refused with %q, want %q", test.name, got, test.why)
		}
	}
	// What growth refuses, the linear method judges: (11−14)/8 ÷ −14/15.
	expect(t, "linear to zero", linear().Assess(course(-1, 0, at(2015, 14), at(2023, 11))).Ratio, (3./8)/(14./15), tight)
}

// Where the baseline is at the target already there is no way left: holding it is
// enough, falling short is moving away.
func TestBaselineAtTheTarget(t *testing.T) {
	for _, m := range []method{openSDG(), linear(), escap()} {
		held := m.Assess(course(1, 60, at(2015, 60), at(2023, 60)))
		lost := m.Assess(course(1, 60, at(2015, 60), at(2023, 58)))
		if !(held.Ratio > 1) || !held.Reached || !(lost.Ratio < 0) || lost.Reached {
			t.Errorf("%s: held %+v, lost %+v", m.Name, held, lost)
		}
	}
}

// Reach inverts Assess: the value it names has the ratio it was asked for.
func TestReachInvertsAssess(t *testing.T) {
	for _, m := range methods() {
		for _, better := range []float64{1, -1} {
			for _, ratio := range []float64{.95, .6, .2, -.1} {
				c := course(better, 50+25*better, at(2015, 50), at(2017, 51), at(2023, 50))
				c.Points[2].Value = m.Reach(c, 50, ratio)
				expect(t, string(m.Name), m.Assess(c).Ratio, ratio, 1e-9)
			}
		}
	}
}

func TestTurnedValues(t *testing.T) {
	parity := aimAt(Measure{Direction: Parity, Tolerance: .03}, Target{Value: 1}, true)
	value := aimAt(Measure{Direction: ToValue, Tolerance: nan}, Target{Value: 50}, true)
	span := aimAt(Measure{Direction: InRange, Tolerance: nan}, Target{Low: 90, High: 110, Value: nan}, true)
	tests := []struct {
		name string
		aim  aim
		y, x float64
	}{
		{"parity above", parity, 1.25, 1.25},
		{"parity below", parity, .8, 1.03 * .97 / .8},
		{"parity in the band", parity, .98, 1.03},
		{"share above half", value, 58, 58},
		{"share below half", value, 42, 58},
		{"within the range", span, 95, 110},
		{"below the range", span, 80, 120},
		{"above the range", span, 125, 125},
	}
	for _, test := range tests {
		expect(t, test.name, test.aim.turned(test.y), test.x, tight)
		least, most := test.aim.asGood(test.x)
		if test.y < least || test.y > most {
			t.Errorf("%s: %g is not among the values as good as %g, %g to %g", test.name, test.y, test.x, least, most)
		}
	}
}
