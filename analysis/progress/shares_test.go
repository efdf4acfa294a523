package progress

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// openLevels are Open SDG's statuses as levels.
func openLevels() []level { return levelsOf(DefaultStatuses(OpenSDG)) }

func levelsOf(list []Status) []level {
	var out []level
	for _, s := range list {
		out = append(out, level{s.From, s.Achieved})
	}
	return out
}

// pair is a course of two sampled values in 2015 and 2023.
func pair(better, target, y0, se0, y1, se1 float64) (Course, aim, ends) {
	c := course(better, target, Point{2015, y0, se0}, Point{2023, y1, se1})
	m := Measure{Direction: Up, Tolerance: nan}
	if better < 0 {
		m.Direction = Down
	}
	return c, aimAt(m, Target{Value: target}, true), ends{first: c.Points[0], last: c.Points[1], low: 0, high: 100}
}

// Shares: R 4.2's adaptive integration, testdata/progress.R, which 4 million draws
// there confirm.
func TestSharesAgainstR(t *testing.T) {
	tests := []struct {
		name                                          string
		better, target, y0, se0, y1, se1, correlation float64
		want                                          [5]float64
	}{
		{"independent", 1, 60, 40, 1.8, 52, 2, 0, [5]float64{3.16712418331200e-05, .897314952221458, .0986443700420087, .00400490401483433, 4.10247986559753e-06}},
		{"correlated", 1, 60, 40, 1.8, 52, 2, .5, [5]float64{3.16712414367747e-05, .951745021548899, .0480810256357604, 1.42281414873047e-04, 1.59030566493357e-10}},
		{"down", -1, 5, 14, 2.5, 11, 2, 0, [5]float64{.00134987906770124, .0999440626028241, .248575262347757, .475762582975872, .174368213005846}},
		{"cut off at 100", 1, 97, 90, 4, 94, 3, 0, [5]float64{.139068959153926, .413701987872355, .117772628916805, .119963080265700, .209493343791215}},
	}
	for _, test := range tests {
		c, a, e := pair(test.better, test.target, test.y0, test.se0, test.y1, test.se1)
		e.correlation = test.correlation
		for k, got := range statusShares(openSDG(), c, a, a, e, openLevels()) {
			if math.Abs(got-test.want[k]) > 1e-6 {
				t.Errorf("%s: share %d is %.9f, want %.9f", test.name, k, got, test.want[k])
			}
		}
	}
}

// The shares are those of drawing both ends and asking Assess each time, whatever
// the method and direction: within four standard errors of 200,000 draws.
func TestSharesAgainstDraws(t *testing.T) {
	value := aimAt(Measure{Direction: ToValue, Tolerance: 1}, Target{Value: 50}, true)
	span := aimAt(Measure{Direction: InRange, Tolerance: nan}, Target{Low: 45, High: 55, Value: nan}, true)
	parity := aimAt(Measure{Direction: Parity, Tolerance: .03}, Target{Value: 1}, true)
	up := aimAt(Measure{Direction: Up}, Target{Value: 60}, true)
	down := aimAt(Measure{Direction: Down}, Target{Value: 20}, true)
	tests := []struct {
		name        string
		method      method
		aim         aim
		first, last Point
	}{
		{"linear up", linear(), up, Point{2015, 40, 2}, Point{2023, 47, 2}},
		{"logit up", logitPace(), up, Point{2015, 40, 2}, Point{2023, 47, 2}},
		{"escap down", escap(), down, Point{2015, 40, 2}, Point{2023, 32, 1}},
		{"un chart down", unChart(), down, Point{2015, 22, 2}, Point{2023, 21, 2}},
		{"sampled baseline, register now", linear(), up, Point{2015, 40, 2}, Point{2023, 46, 0}},
		{"to a value", openSDG(), value, Point{2015, 42, 3}, Point{2023, 53, 3}},
		{"into a range", linear(), span, Point{2015, 40, 3}, Point{2023, 43, 2}},
		{"parity", openSDG(), parity, Point{2015, .8, .05}, Point{2023, .93, .04}},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, test := range tests {
		statuses := DefaultStatuses(test.method.Name)
		c := Course{Target: test.aim.target(), Due: 2030, Better: test.aim.better(), Limit: nan, Low: 0, High: 100}
		c.Points = []Point{{2015, test.aim.turned(test.first.Value), test.first.SE}, {2023, test.aim.turned(test.last.Value), test.last.SE}}
		e := ends{first: test.first, last: test.last, correlation: .3, low: 0, high: 100}
		got := statusShares(test.method, c, test.aim, test.aim, e, levelsOf(statuses))
		const draws = 200_000
		tally := make([]float64, len(statuses))
		for range draws {
			z0, z1 := random.NormFloat64(), random.NormFloat64()
			y0 := test.first.Value + test.first.SE*z0
			y1 := test.last.Value + test.last.SE*(.3*z0+math.Sqrt(1-.09)*z1)
			c.Points[0].Value, c.Points[1].Value = test.aim.turned(y0), test.aim.turned(y1)
			tally[bandOf(statuses, test.method.Assess(c), test.aim.hit(y1))]++
		}
		for k := range got {
			p := tally[k] / draws
			if math.Abs(got[k]-p) > 4*math.Sqrt(p*(1-p)/draws)+1e-4 {
				t.Errorf("%s: share of %s is %.5f, drawn %.5f", test.name, statuses[k].ID, got[k], p)
			}
		}
	}
}

// ESCAP's projection rests on the points between as well, and so do its shares: within
// four standard errors of 200,000 draws of all five.
func TestSharesOfAllPoints(t *testing.T) {
	statuses := DefaultStatuses(ESCAP)
	points := []Point{{2015, 40, 2}, {2017, 43, 3}, {2019, 41, 3}, {2021, 46, 3}, {2023, 47, 2}}
	c, a, e := pair(1, 60, 40, 2, 47, 2)
	c.Points = points
	got := statusShares(escap(), c, a, a, e, levelsOf(statuses))
	random := rand.New(rand.NewPCG(3, 4))
	const draws = 200_000
	tally := make([]float64, len(statuses))
	for range draws {
		drawn := c
		drawn.Points = nil
		for _, p := range points {
			drawn.Points = append(drawn.Points, Point{p.Time, p.Value + p.SE*random.NormFloat64(), p.SE})
		}
		j := escap().Assess(drawn)
		tally[bandOf(statuses, j, j.Reached)]++
	}
	for k := range got {
		if p := tally[k] / draws; math.Abs(got[k]-p) > 4*math.Sqrt(p*(1-p)/draws)+1e-4 {
			t.Errorf("share of %s is %.5f, drawn %.5f", statuses[k].ID, got[k], p)
		}
	}
}

// aPair draws a course with two sampled ends for a method.
func aPair(t *rapid.T) (method, Course, aim, ends) {
	m := rapid.SampledFrom([]method{openSDG(), eurostat(), unChart(), sdgIndex(), linear(), logitPace(), escap()}).Draw(t, "method")
	number := func(name string, low, high float64) float64 { return rapid.Float64Range(low, high).Draw(t, name) }
	better := rapid.SampledFrom([]float64{1, -1}).Draw(t, "better")
	c, a, e := pair(better, number("target", 5, 95), number("baseline", 5, 95), number("se0", .2, 6), number("value", 5, 95), number("se1", .2, 6))
	e.correlation = rapid.SampledFrom([]float64{0, 0, .3, .7}).Draw(t, "correlation")
	return m, c, a, e
}

func TestSharesSumToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c, a, e := aPair(t)
		sum := 0.0
		for _, p := range statusShares(m, c, a, a, e, levelsOf(DefaultStatuses(m.Name))) {
			if p < 0 {
				t.Fatalf("a share of %g", p)
			}
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("shares sum to %.12f", sum)
		}
	})
}

// A better estimate makes no status or better less probable, and what is printed
// does not get worse at either end.
func TestStatusFollowsTheEstimate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c, a, e := aPair(t)
		levels := levelsOf(DefaultStatuses(m.Name))
		e.correlation = 0 // a panel's correlation moves the baseline with the value
		before := statusShares(m, c, a, a, e, levels)
		e.last.Value += c.Better * rapid.Float64Range(0, 3).Draw(t, "gain")
		c.Points[1].Value = e.last.Value
		after := statusShares(m, c, a, a, e, levels)
		sum := 0.0
		for k := range before {
			sum += after[k] - before[k]
			if sum < -1e-7 {
				t.Fatalf("status %d or better: %v before, %v after", k, before, after)
			}
		}
		best, worst := likely(before, .8)
		nextBest, nextWorst := likely(after, .8)
		if nextBest > best || nextWorst > worst {
			t.Fatalf("printed %d to %d of %v, then %d to %d of %v", best, worst, before, nextBest, nextWorst, after)
		}
	})
}

// Without error the status is that of the estimates.
func TestNoErrorGivesThePoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c, a, e := aPair(t)
		statuses := DefaultStatuses(m.Name)
		point := bandOf(statuses, m.Assess(c), a.hit(e.last.Value))
		e.first.SE, e.last.SE = 0, 0
		for k, p := range statusShares(m, c, a, a, e, levelsOf(statuses)) {
			if want := map[bool]float64{true: 1}[k == point]; p != want {
				t.Fatalf("share %d is %g, the estimates say %d", k, p, point)
			}
		}
	})
}

// As the errors shrink the shares go to the point status, which must not lie on a
// bound.
func TestShrinkingErrorGivesThePoint(t *testing.T) {
	c, a, e := pair(1, 60, 40, 1e-4, 52, 1e-4)
	shares := statusShares(openSDG(), c, a, a, e, openLevels())
	expect(t, "on track", shares[1], 1, tight)
}

// Mirrored at 50, up becomes down and nothing else changes, for the methods that
// look at differences.
func TestMirrored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, c, a, e := aPair(t)
		m := rapid.SampledFrom([]method{linear(), sdgIndex(), logitPace(), escap()}).Draw(t, "symmetric")
		levels := levelsOf(DefaultStatuses(m.Name))
		want := statusShares(m, c, a, a, e, levels)
		c2, a2, e2 := pair(-c.Better, 100-c.Target, 100-e.first.Value, e.first.SE, 100-e.last.Value, e.last.SE)
		e2.correlation = e.correlation
		for k, p := range statusShares(m, c2, a2, a2, e2, levels) {
			if math.Abs(p-want[k]) > 1e-6 {
				t.Fatalf("%s: %v, mirrored share %d is %g", m.Name, want, k, p)
			}
		}
	})
}

func TestLikely(t *testing.T) {
	tests := []struct {
		name        string
		shares      []float64
		best, worst int
	}{
		{"one is enough", []float64{.05, .8, .15, 0}, 1, 1},
		{"two", []float64{.55, .33, .12, 0}, 0, 1},
		{"narrow neighbour", []float64{.05, .75, .02, .18}, 1, 3},
		{"even tails", []float64{.1, .75, .15, 0}, 1, 2},
		{"wide", []float64{.25, .25, .25, .25}, 0, 3},
	}
	for _, test := range tests {
		if best, worst := likely(test.shares, .8); best != test.best || worst != test.worst {
			t.Errorf("%s: %d to %d, want %d to %d", test.name, best, worst, test.best, test.worst)
		}
	}
}
