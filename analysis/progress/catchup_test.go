package progress

import (
	"testing"

	"pediment/analysis"
)

// cityAndGroup is a city of 10,000 at 40 (se 2) in 2015 and 50 (se 2) in 2023, and a group of
// 2,500 with the values given, se 4.
func cityAndGroup(t *testing.T, first, last float64) *city {
	of := func(period string, x, se, people float64, level string) analysis.Value {
		v := value(t, period, x, se)
		v.Denominator = people
		if level != "" {
			v.Group = analysis.Group{{Column: "sex", Value: level}}
		}
		return v
	}
	return measured(t, nil, of("2015", 40, 2, 10_000, ""), of("2023", 50, 2, 10_000, ""), of("2015", first, 4, 2500, "a"), of("2023", last, 4, 2500, "a"))
}

// A group is part of the city, and so is its error: cov = .25·16 = 4, so the gap's
// error is √(16 + 4 − 8) = 3.4641, not √20. R 4.2: pnorm(3.5/sqrt(12)) = 0.8438,
// where pnorm(3.5/sqrt(20)) = 0.7831 would not do; pnorm(2.5/sqrt(12)) = 0.7648 is
// not behind for sure. With all parts known, half the city beside another half with a
// covariance of −4: cov = .5·16 − .5·4 = 6, √(16 + 4 − 12) and pnorm(3/sqrt(8)) = 0.8556.
func TestBehindForSure(t *testing.T) {
	row := cityAndGroup(t, 36.5, 46.5).row("catch_up")
	expect(t, "probability", numberIn(row["behind_probability"]), .8438, 1e-4)
	// Both gained 10: as likely closer as not.
	expect(t, "closing", numberIn(row["closing_probability"]), .5, tight)
	if row["state"] != openPace {
		t.Errorf("state %v", row["state"])
	}
	for _, c := range []*city{cityAndGroup(t, 37.5, 47.5), cityAndGroup(t, 40, 52)} {
		for _, table := range Assess(c.plan, c.setup).Tables {
			if table.Name == "catch_up" && len(table.Rows) > 0 {
				t.Errorf("behind although not sure: %v", table.Rows)
			}
		}
	}
	c := cityAndGroup(t, 37, 47)
	for k := range c.setup.Values {
		v := &c.setup.Values[k]
		if len(v.Group) == 0 {
			continue
		}
		v.Denominator = 5000
		other := *v
		other.Group, other.Value = analysis.Group{{Column: "sex", Value: "b"}}, 100-v.Value
		c.setup.Values = append(c.setup.Values, other)
	}
	c.setup.Covariance = func(a, b analysis.Value) float64 {
		if a.Group.String() == b.Group.String() {
			return 16
		}
		return -4
	}
	expect(t, "by the parts", numberIn(c.row("catch_up")["behind_probability"]), .8556, 1e-4)
}

// Paces of both are the data's, whatever baseline the plan gives: the city gained
// 10 in 8 years though the plan calls its start 20.
func TestCatchUpOnOneBasis(t *testing.T) {
	c := cityAndGroup(t, 20, 46)
	m := &c.plan.Objectives[0].Measures[0]
	m.Baseline.Value, m.Baseline.SE = 20, 2
	row := c.row("catch_up")
	expect(t, "city's pace", numberIn(row["city_pace"]), 10./8, tight)
	expect(t, "group's pace", numberIn(row["pace"]), 26./8, tight)
	expect(t, "years", numberIn(row["years"]), 4/(16./8), tight)
}

// Who is not said to be anybody, columns that tell no people apart, and two values
// beside a break are left out.
func TestWhoIsNotCompared(t *testing.T) {
	none := func(what string, c *city) {
		for _, table := range Assess(c.plan, c.setup).Tables {
			if table.Name == "catch_up" && len(table.Rows) > 0 {
				t.Errorf("%s: %v", what, table.Rows)
			}
		}
	}
	c := cityAndGroup(t, 20, 30)
	c.setup.Compared = func(string, []string) bool { return false }
	none("no people", c)
	c = cityAndGroup(t, 20, 30)
	for k := range c.setup.Values {
		if v := &c.setup.Values[k]; len(v.Group) > 0 {
			v.Group = analysis.Group{{Column: "sex", Value: "(not stated)"}}
		}
	}
	none("not stated", c)
	c = cityAndGroup(t, 20, 30)
	for k := range c.setup.Values[:4] {
		v := c.setup.Values[k]
		v.Period, v.Value = c.period("2022"), v.Value-3
		if v.Period.End.Before(c.setup.Values[k].Period.End) && k%2 == 1 {
			c.setup.Values = append(c.setup.Values, v)
		}
	}
	c.plan.Objectives[0].Measures[0].Breaks = []Break{{Period: c.period("2022"), Note: "new form", Factor: nan}}
	none("two values after a break", c)
}
