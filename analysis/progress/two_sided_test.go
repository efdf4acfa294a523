package progress

import (
	"math"
	"testing"
)

// 25 give or take 0.5 is the range 24.5 to 25.5, and both ask for the nearer end. By
// hand from 23.71 in 2021 to 24.15 in 2025: .11 a year of (24.5 − 23.71)/9 needed,
// and .35/5 from now on; 24.15 + 5·.11 = 24.70 in 2030, not the end of the range.
func TestValueAndRangeAreJudgedAlike(t *testing.T) {
	for name, change := range map[string]func(*Measure){
		"value": func(m *Measure) { m.Direction, m.Tolerance, m.Targets[0].Value = ToValue, .5, 25 },
		"range": func(m *Measure) {
			m.Direction, m.Targets[0].Value, m.Targets[0].Low, m.Targets[0].High = InRange, nan, 24.5, 25.5
		},
	} {
		c := measured(t, func(m *Measure) { change(m); m.Method = Linear; m.Baseline.Period = value(t, "2021", 0, nan).Period }, value(t, "2021", 23.71, nan), value(t, "2025", 24.15, nan))
		c.plan.Method = Linear
		row := c.row("progress")
		for column, want := range map[string]float64{
			"ratio": .11 / (.79 / 9), "gap": .35, "needed_pace": .07, "required": 23.71 + .79*4/9, "projected": 24.70, "projected_high": 24.70,
		} {
			expect(t, name+": "+column, numberIn(row[column]), want, 1e-9)
		}
		if row["status_id"] != "on_track" {
			t.Errorf("%s: %v", name, row["status_id"])
		}
	}
}

// A projection into a range is of the value itself, with its whole interval. By hand
// from 46.2 (se 1.53) in 2021 to 49.7 (se 1.5) in 2025, k = 9/4: 46.2 + 3.5k = 54.075,
// se √((1.25·1.53)² + (2.25·1.5)²) = 3.8793. Parity: .8 to .9 in 4 of 9 years is 1.025.
func TestProjectionsPassTheBand(t *testing.T) {
	c := measured(t, func(m *Measure) {
		m.Direction, m.Targets[0].Value, m.Targets[0].Low, m.Targets[0].High = InRange, nan, 50, 60
		m.Baseline.Period = value(t, "2021", 0, nan).Period
	}, value(t, "2021", 46.2, 1.53), value(t, "2025", 49.7, 1.5))
	c.plan.Method = Linear
	row := c.row("progress")
	expect(t, "projected", numberIn(row["projected"]), 54.075, 1e-9)
	expect(t, "low", numberIn(row["projected_low"]), 54.075-normalBound*math.Hypot(1.25*1.53, 2.25*1.5), 1e-6)
	expect(t, "high", numberIn(row["projected_high"]), 54.075+normalBound*math.Hypot(1.25*1.53, 2.25*1.5), 1e-6)
	c = measured(t, func(m *Measure) {
		m.Direction, m.Targets[0].Value, m.Tolerance = Parity, 1, .03
		m.Baseline.Period = value(t, "2021", 0, nan).Period
	}, value(t, "2021", .8, .02), value(t, "2025", .9, .02))
	for k := range c.setup.Values {
		c.setup.Values[k].Unit = "ratio"
	}
	c.plan.Method = Linear
	row = c.row("progress")
	expect(t, "parity", numberIn(row["projected"]), 1.025, 1e-9)
	expect(t, "ends of its interval", numberIn(row["projected_high"])-1.025, 1.025-numberIn(row["projected_low"]), 1e-9)
}

// From 70 to 81.1 the distance to 80 give or take 1 has shrunk, but on the other side.
func TestPassedTargetsAreTold(t *testing.T) {
	c := measured(t, func(m *Measure) { m.Direction, m.Tolerance, m.Targets[0].Value = ToValue, 1, 80 }, value(t, "2015", 70, nan), value(t, "2023", 81.1, nan))
	c.says("On track", "Note: it has passed from one side of the target to the other;", "In short: On course: Learning.")
}
