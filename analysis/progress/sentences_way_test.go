package progress

import (
	"strings"
	"testing"

	"pediment/analysis"
)

// 40 in 2015 to 58 in 2020 and 55 in 2023, with 60 due by 2020 and 65 by 2030: 15/8 a
// year is more than the 25/15 that 2030 asks, though the plan wants 60 + 5·3/10 = 61.5.
func TestPaceAndLevelDisagree(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, .3), value(t, "2020", 58, .3), value(t, "2023", 55, .3))
	c.plan.Method = Linear
	c.plan.Objectives[0].Measures[0].Targets = []Target{c.target("2020", 60), c.target("2030", 65)}
	c.says("On track (more than 99 % sure)", "The chance that it is where the plan wants it in 2023 (61.5 %) is less than 1 %",
		"The status asks whether the pace since 2015 is enough for 2030, and it is; but the plan wanted more by 2023. The target of 60 % for 2020 was missed.")
}

// With a value of 2022 in a report on 2025 there are 5 years left for 8 points, not 8.
func TestNeededFromTheReportingYear(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2022", 52, nan))
	c.setup.Reported = c.period("2025")
	expect(t, "needed", numberIn(c.row("progress")["needed_pace"]), 8./5, tight)
	c.says("It needs to rise by 1.6 points a year from 2025 on;", "the latest value is of 2022, older than the reporting year 2025")
	c.setup.Reported = c.period("2022")
	expect(t, "needed", numberIn(c.row("progress")["needed_pace"]), 1, tight)
}

// A share that grows from 60 to 75 in 5 years passes 100 in 2029 (75 + 25/3 years).
func TestLimitIsReached(t *testing.T) {
	c := measured(t, func(m *Measure) { m.Targets[0].Value = 90 }, value(t, "2015", 60, nan), value(t, "2020", 75, nan))
	c.plan.Method = Linear
	c.says("At the present pace it would reach the limit of 100 % before 2030.")
	c.plan.Method = OpenSDG
	c.says("At the present rate of growth, compounding as the method does, it would reach the limit")
}

// What is missing is counted where people are counted; of crimes, spaces or euros
// nobody knows what the number is of.
func TestOnlyPeopleAreCounted(t *testing.T) {
	now := value(t, "2023", 52, nan)
	now.Denominator = 1e6
	c := measured(t, nil, value(t, "2015", 40, nan), now)
	for k := range c.setup.Values {
		c.setup.Values[k].Unit = "per 100,000"
	}
	if text := c.text(); strings.Contains(text, "more.") {
		t.Errorf("findings count something:\n%s", text)
	}
}

// A misspelt level names the right one at once, what is withheld is not without data,
// and a stepped path explains itself.
func TestWhatIsMissingIsNamed(t *testing.T) {
	group := func(level string) analysis.Group { return analysis.Group{{Column: "sex", Value: level}} }
	known := value(t, "2023", 52, nan)
	known.Group = group("female")
	c := measured(t, func(m *Measure) { m.Group = group("femal") }, known)
	c.says("No data: the city's data have no value for it; there is no group sex=femal (did you mean \"sex=female\"?).")
	hidden := value(t, "2023", 52, nan)
	hidden.Withhold(analysis.Confidential, "fewer than ten people")
	measured(t, nil, value(t, "2015", 40, nan), hidden).says("Of 1 measure in the plan, 1 is withheld.", "Withheld: fewer than ten people.")
	c = measured(t, func(m *Measure) { m.Path = SteppedPath }, value(t, "2015", 40, nan), value(t, "2022", 46, nan))
	c.plan.Objectives[0].Measures[0].Targets = []Target{c.target("2020", 45), c.target("2028", 50), c.target("2030", 60)}
	c.says("The plan's path has steps: until 2028 what was due by 2020 is all it asks for.")
}

// Where ESCAP has no target to project to, Open SDG stands in, and the methods do not
// name it beside itself; slow progress is not told as a reversal.
func TestStandInIsNamedOnce(t *testing.T) {
	c := measured(t, func(m *Measure) { m.Targets, m.Method = nil, ESCAP }, value(t, "2015", 50, nan), value(t, "2023", 50.5, nan))
	c.plan.Method, c.plan.Statuses = ESCAP, DefaultStatuses(ESCAP)
	if row := c.row("progress"); row["status"] != "accelerate progress" {
		t.Errorf("slow progress is %v", row["status"])
	}
	if text := c.text(); strings.Count(text, "Open SDG method says") > 0 {
		t.Errorf("a method parts from itself:\n%s", text)
	}
}
