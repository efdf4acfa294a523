package progress

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
)

// city is a plan of one measure with a city's values for it.
type city struct {
	t     *testing.T
	plan  Plan
	setup Setup
}

// measured begins a city whose indicator x has a target for 2030 and values.
func measured(t *testing.T, change func(*Measure), values ...analysis.Value) *city {
	c := &city{t: t, plan: Plan{Method: OpenSDG, Path: LinearPath, Threshold: .8, Statuses: DefaultStatuses(OpenSDG)}}
	m := Measure{
		ID: "x", Name: "Learning", Direction: Up, Path: LinearPath, Tolerance: nan, Limit: nan, Error: nan,
		Baseline: Base{Period: c.period("2015"), Value: nan, SE: nan},
		Targets:  []Target{c.target("2030", 60)},
	}
	m.Code.Value = "x"
	if change != nil {
		change(&m)
	}
	c.plan.Objectives = []Objective{{ID: "o", Name: "Learn", Measures: []Measure{m}}}
	for _, v := range values {
		v.Code, v.Name, v.Unit = "x", "Learning", "percent"
		c.setup.Values = append(c.setup.Values, v)
	}
	return c
}

func (c *city) period(label string) analysis.Period { return value(c.t, label, 0, nan).Period }

func (c *city) target(label string, x float64) Target {
	return Target{Period: c.period(label), Value: x, Low: nan, High: nan, Increment: nan}
}

// row returns the row of the measure in a table as column → cell.
func (c *city) row(table string) map[string]any {
	c.t.Helper()
	for _, t := range Assess(c.plan, c.setup).Tables {
		if t.Name != table || len(t.Rows) == 0 {
			continue
		}
		cells := map[string]any{}
		for k, column := range t.Columns {
			cells[column.Name] = t.Rows[0][k]
		}
		return cells
	}
	c.t.Fatalf("no row in %s", table)
	return nil
}

// text is everything the findings say.
func (c *city) text() string {
	var all []string
	for _, row := range Assess(c.plan, c.setup).Tables[0].Rows {
		all = append(all, row[0].(string)+": "+row[1].(string))
	}
	return strings.Join(all, "\n")
}

func numberIn(cell any) float64 {
	if x, ok := cell.(float64); ok {
		return x
	}
	return nan
}

// The city's share went from 40 (se 1.8) in 2015 to 52 (se 2) in 2023. Required and
// level: R 4.2, testdata/progress.R; the rest by hand: 12/8 a year, 8/7 needed, 8 % of
// 10,000 people at 250 each.
func TestAssessRow(t *testing.T) {
	now := value(t, "2023", 52, 2)
	now.Denominator, now.N = 10_000, 600
	c := measured(t, func(m *Measure) { m.UnitCost = &UnitCost{Value: 250, Currency: "EUR"} }, value(t, "2015", 40, 1.8), now)
	row := c.row("progress")
	for column, want := range map[string]float64{
		"baseline": 40, "baseline_se": 1.8, "value": 52, "se": 2, "target": 60, "required": 50.6666666666667, "gap": 8,
		"pace": 1.5, "needed_pace": 8. / 7, "ratio": 1.21677550254, "level_probability": .7475, "probability": .8973,
		"people": 800, "money": 200_000,
		// 40·(52/40)^(15/8)
		"projected": 40 * math.Pow(1.3, 15./8),
	} {
		expect(t, column, numberIn(row[column]), want, 1e-9)
	}
	if row["status_id"] != "on_track" || row["status"] != "on track" || row["between"] != "" {
		t.Errorf("status %v, between %q", row["status"], row["between"])
	}
}

func TestAssessStates(t *testing.T) {
	withheld := value(t, "2023", 52, 2)
	withheld.Withhold(analysis.Confidential, "fewer than ten people")
	partial := value(t, "2023", 52, 2)
	partial.State, partial.Reason = analysis.Partial, "only two quarters"
	unknown := value(t, "2023", 52, nan)
	unknown.ErrorUnknown = true
	unreliable := value(t, "2023", 52, 20)
	unreliable.Withhold(analysis.Unreliable, "the interval is too wide")
	carried := value(t, "2023", 52, nan)
	carried.State, carried.Reason = analysis.CarriedForward, "no survey in 2023"
	redefined := value(t, "2023", 52, nan)
	redefined.Definition = "b"
	base := value(t, "2015", 40, nan)
	far := value(t, "2023", 47, 2)
	tests := []struct {
		name           string
		change         func(*Measure)
		values         []analysis.Value
		status, reason string
	}{
		{"confidential", nil, []analysis.Value{base, withheld}, "withheld", "Fewer than ten people."},
		{"partial", nil, []analysis.Value{base, partial}, "no_data", "2023 is incomplete: only two quarters."},
		{"unreliable", nil, []analysis.Value{base, unreliable}, "not_judged", "The interval is too wide."},
		{"nothing", nil, nil, "no_data", "The city's data have no value for it."},
		{"error unknown", nil, []analysis.Value{base, unknown}, "not_judged", "Nobody can say how large the error of these values is. It rests on two values, 2015 and 2023."},
		{"carried forward", nil, []analysis.Value{base, carried}, "on_track", "The value for 2023 is carried forward: no survey in 2023. It rests on two values, 2015 and 2023."},
		{"one value", nil, []analysis.Value{value(t, "2023", 52, nan)}, "not_judged", "There is no earlier value to compare with."},
		{"one value that is enough", nil, []analysis.Value{value(t, "2023", 62, nan)}, "achieved", "There is no earlier value to compare with; the value itself has reached the target."},
		{"definition changed", nil, []analysis.Value{base, redefined}, "not_judged", "The definition changed after 2015, and nothing bridges the break."},
		{"season changed", nil, []analysis.Value{base, value(t, "2023/24", 52, nan)}, "not_judged", "2015 and 2023/24 are periods of different length or season, and nothing bridges the break."},
		{"sampled and open", nil, []analysis.Value{value(t, "2015", 40, 3), far}, "uncertain", "It rests on two values, 2015 and 2023."},
		{"next baseline", nil, []analysis.Value{value(t, "2016", 40, nan), value(t, "2017", 52, nan)}, "on_track", "There is no value for 2015, so 2016 is the baseline."},
		{"from zero", nil, []analysis.Value{value(t, "2015", 0, nan), value(t, "2016", 4, nan)}, "on_track", "The Open SDG method does not judge it (a rate of growth from or to zero has no meaning); the linear method stands in."},
		{"declared error", func(m *Measure) { m.Error = .05 }, []analysis.Value{base, value(t, "2016", 41.3, nan)}, "uncertain", ""},
	}
	for _, test := range tests {
		row := measured(t, test.change, test.values...).row("progress")
		if row["status_id"] != test.status || row["reason"] != test.reason {
			t.Errorf("%s: %v, %q; want %s, %q", test.name, row["status_id"], row["reason"], test.status, test.reason)
		}
	}
}

// A bridged break multiplies what lies before it: 40·1.1 = 44 in 2015. An unbridged one
// begins the trend anew in 2020.
func TestBreaks(t *testing.T) {
	var c *city
	values := []analysis.Value{value(t, "2015", 40, 1), value(t, "2019", 42, 1), value(t, "2020", 47, 1), value(t, "2023", 50, 1)}
	with := func(factor float64) func(*Measure) {
		return func(m *Measure) {
			m.Breaks = []Break{{Period: value(t, "2020", 0, nan).Period, Note: "new form", Factor: factor}}
		}
	}
	c = measured(t, with(1.1), values...)
	row := c.row("progress")
	expect(t, "bridged baseline", numberIn(row["baseline"]), 44, tight)
	expect(t, "bridged error", numberIn(row["baseline_se"]), 1.1, tight)
	expect(t, "bridged pace", numberIn(row["pace"]), 6./8, tight)
	c = measured(t, with(nan), values...)
	row = c.row("progress")
	expect(t, "baseline after the break", numberIn(row["baseline"]), 47, tight)
	expect(t, "pace after the break", numberIn(row["pace"]), 1, tight)
	if want := "The series breaks in 2020: new form; the trend begins with 2020, after the break. No value for 2021, 2022."; !strings.HasPrefix(want, row["reason"].(string)[:80]) {
		t.Errorf("reason %q", row["reason"])
	}
}

// What is counted up starts at nothing: 100 + 150 people of 1,000 by 2030 after two of
// 15 years, where the plan wants 1000·2/15. Errors of independent periods add as
// squares, a declared one is shared by all: .02·250.
func TestCumulative(t *testing.T) {
	counted := func(m *Measure) {
		m.Cumulative, m.Error, m.Method = true, .02, Linear
		m.Targets[0].Value = 1000
		m.Baseline.Value = 0
	}
	c := measured(t, counted, value(t, "2016", 100, nan), value(t, "2017", 150, nan))
	for k := range c.setup.Values {
		c.setup.Values[k].Unit = "people"
	}
	row := c.row("progress")
	expect(t, "sum", numberIn(row["value"]), 250, tight)
	expect(t, "error", numberIn(row["se"]), 5, tight)
	expect(t, "required", numberIn(row["required"]), ProRata(1000, 2, 15), tight)
	expect(t, "ratio", numberIn(row["ratio"]), 250./2/(1000./15), tight)
	expect(t, "people", numberIn(row["people"]), 750, tight)
	c = measured(t, counted, value(t, "2016", 100, nan), value(t, "2018", 150, nan))
	if row := c.row("progress"); row["status_id"] != "no_data" || row["reason"] != "The sum since 2015 is not known: there is nothing before 2018." {
		t.Errorf("a gap: %v, %v", row["status_id"], row["reason"])
	}
}

// The pace is held against the next target that is due. By hand: 46 in 2020 with 45 due
// then; (46−40)/5 of (45−40)/5.
func TestInterimTarget(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2020", 46, nan))
	c.plan.Method = Linear
	m := &c.plan.Objectives[0].Measures[0]
	m.Targets = []Target{c.target("2020", 45), c.target("2030", 80)}
	row := c.row("progress")
	expect(t, "ratio", numberIn(row["ratio"]), 1.2, tight)
	expect(t, "required", numberIn(row["required"]), 45, tight)
	if row["judged_for"] != "2020" || row["status_id"] != "on_track" {
		t.Errorf("judged for %v: %v", row["judged_for"], row["status_id"])
	}
	if met := c.row("targets")["met"]; met != "met" {
		t.Errorf("the target of 2020 is %v", met)
	}
	// 34 in 10 years against 6 in 5; 46 + 12 in 2030 is 18/40 of the way.
	c.says("Learning: On track for 2020 (no error declared, so taken as exact): that target is met. 46 % in 2020",
		"For 2030 it needs to rise by 3.4 points a year from now on, about three times as fast as so far (1.2 points)",
		"The target of 80 % for 2030 is clearly out of reach at the present pace.",
		"In short: Of 1 measure in the plan, 1 is on course.",
		"In short: On course for a target before the last, while the last is clearly out of reach at the present pace: Learning.")
	if title := Assess(c.plan, c.setup).Charts[0].Title; title != "Learning: on track for 2020; for 2030 needs to rise by 3.4 points a year, has risen by 1.2 points a year" {
		t.Errorf("the chart is called %q", title)
	}
	// Against the last target alone the same values are too slow: 6/5 of 40/15.
	m.Targets = m.Targets[1:]
	expect(t, "without the step", numberIn(c.row("progress")["ratio"]), 1.2/(40./15), tight)
}

// A target before the last that is still ahead has a pace of its own: 4 more in two
// years for 2020, 9 in twelve for 2030. One that was due and not met is missed.
func TestInterimTargetAhead(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2018", 41, nan))
	c.plan.Method = Linear
	c.plan.Objectives[0].Measures[0].Targets = []Target{c.target("2020", 45), c.target("2030", 50)}
	c.says("Learning: Limited progress for 2020 (no error declared, so taken as exact). 41 % in 2018",
		"It needs to rise by 2.0 points a year for 2020 and by 0.8 points for 2030; so far it has risen by 0.3 points a year.")
	c = measured(t, nil, value(t, "2015", 40, nan), value(t, "2020", 44, nan))
	c.plan.Objectives[0].Measures[0].Targets = []Target{c.target("2020", 45), c.target("2030", 50)}
	c.says("Learning: Progress, acceleration needed for 2020 (no error declared, so taken as exact): that target is missed.")
}

// says fails where the findings do not say the sentences.
func (c *city) says(sentences ...string) {
	c.t.Helper()
	text := c.text()
	for _, want := range sentences {
		if !strings.Contains(text, want) {
			c.t.Errorf("findings do not say %q:\n%s", want, text)
		}
	}
}

// From 40 to 42 in a year with errors of 10 percent, 15 years ahead: in rates of growth
// anything may come of it; and so it may of 11.2 to 14.2 in three years on the way to
// 18, the share of adults who learn in Bristol, 2015 to 2018. The pace of shares ends at 100 percent whether the unit
// says so or the numbers: from 60 to 75 in 5 years makes 105 in 15.
func TestProjectionsThatSayNothing(t *testing.T) {
	c := measured(t, func(m *Measure) { m.Error = .1 }, value(t, "2015", 40, nan), value(t, "2016", 42, nan))
	c.says("Its errors are too large for a projection to 2030 to be of any use.")
	if text := c.text(); strings.Contains(text, "it would be at") {
		t.Errorf("findings project:\n%s", text)
	}
	c = measured(t, func(m *Measure) { m.Error, m.Targets[0].Value = .1, 18 }, value(t, "2015", 11.2, nan), value(t, "2018", 14.2, nan))
	c.says("Its errors are too large for a projection to 2030 to be of any use.")
	for _, unit := range []string{"percent", asPublished} {
		base, now := value(t, "2015", 60, nan), value(t, "2020", 75, nan)
		base.Numerator, base.Denominator, now.Numerator, now.Denominator = 600, 1000, 750, 1000
		c = measured(t, func(m *Measure) { m.Targets[0].Value = 90 }, base, now)
		c.plan.Method = Linear
		for k := range c.setup.Values {
			c.setup.Values[k].Unit = unit
		}
		expect(t, unit, numberIn(c.row("progress")["projected"]), 100, tight)
	}
	c.setup.Values[1].Numerator = 1500 // no share of anything
	expect(t, "no share", numberIn(c.row("progress")["projected"]), 105, tight)
}

// Points are people only where the city says that the percentage is of people.
func TestPeopleWhereTheyArePeople(t *testing.T) {
	now := value(t, "2023", 52, nan)
	now.Denominator = 10_000
	c := measured(t, nil, value(t, "2015", 40, nan), now)
	c.setup.People = func(string) bool { return true }
	c.says("To the target that is about 800 people more.")
	c.setup.People = func(string) bool { return false }
	if text := c.text(); strings.Contains(text, "To the target") {
		t.Errorf("findings count what nobody knows:\n%s", text)
	}
	if people := c.row("progress")["people"]; people != nil {
		t.Errorf("%v people", people)
	}
}

// Near a natural limit the methods table judges as the governing status does: 92 to 94
// of 100 in 8 years, R 4.2: thresholds .00464120562062 and .00154706854021. Eurostat's
// bands know no limit: .27 percent a year is moderate.
func TestMethodsTableKnowsTheLimit(t *testing.T) {
	c := measured(t, func(m *Measure) { m.Targets = nil }, value(t, "2015", 92, nan), value(t, "2023", 94, nan))
	got := map[any]any{}
	for _, table := range Assess(c.plan, c.setup).Tables {
		for _, row := range table.Rows {
			if table.Name == "methods" {
				got[row[2]] = row[7]
			}
		}
	}
	if got["open_sdg"] != "progress, acceleration needed" || got["eurostat"] != "moderate progress" {
		t.Errorf("methods say %v", got)
	}
}

// What words mean stands once, for the statuses there are.
func TestWordsOfStatuses(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 39, nan))
	c.says("What the words mean: ▼ deterioration: It moves away from the target.")
	if text := c.text(); strings.Contains(text, "▲") {
		t.Errorf("a status that nothing has is explained:\n%s", text)
	}
}

// Of many objectives those with the lowest scores are told, and that there are more.
func TestLowestObjectivesFirst(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 52, nan))
	for k, now := range []float64{20, 45, 41, 51, nan} {
		code := string(rune('a' + k))
		m := c.plan.Objectives[0].Measures[0]
		m.ID, m.Code.Value = code, code
		c.plan.Objectives = append(c.plan.Objectives, Objective{ID: code, Name: "Objective " + code, Measures: []Measure{m}})
		for _, v := range []analysis.Value{value(t, "2015", 40, nan), value(t, "2023", now, nan)} {
			v.Code, v.Unit = code, "percent"
			c.setup.Values = append(c.setup.Values, v)
		}
	}
	var got []string
	for _, line := range strings.Split(c.text(), "\n") {
		if rest, ok := strings.CutPrefix(line, "Objectives: "); ok {
			name, _, _ := strings.Cut(rest, ":")
			got = append(got, name)
		}
	}
	want := []string{"Objective a", "Objective c", "Objective b", "The other objectives score higher or cannot be judged; they are in the table scores."}
	if !slices.Equal(got, want) {
		t.Errorf("told of %q, want %q", got, want)
	}
}

// However many measures, the findings stay readable; the table has each in words.
func TestFindingsStayReadable(t *testing.T) {
	plan, s := manyTargets(60, 3)
	for _, table := range Assess(plan, s).Tables {
		switch table.Name {
		case "findings":
			if len(table.Rows) > 25 {
				t.Errorf("%d sentences", len(table.Rows))
			}
		case "progress":
			at := slices.IndexFunc(table.Columns, func(c analysis.Column) bool { return c.Name == "in_words" })
			for _, row := range table.Rows {
				if row[at] == "" {
					t.Errorf("%v has no words", row[1])
				}
			}
		}
	}
}

func TestLaterValuesAreLeftOut(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2020", 46, nan), value(t, "2021", 20, nan))
	c.setup.Year = c.period("2020")
	if got := c.row("progress")["period"]; got != "2020" {
		t.Errorf("assessed at %v", got)
	}
}

// Girls 45 (se 1) to boys 50 (se 2): .9, se by hand √((1/50)² + (.9·2/50)²).
func TestParityOfTwoGroups(t *testing.T) {
	of := func(sex, period string, x, se float64) analysis.Value {
		v := value(t, period, x, se)
		v.Group = analysis.Group{{Column: "sex", Value: sex}}
		return v
	}
	c := measured(t, func(m *Measure) {
		m.Direction, m.Tolerance = Parity, .03
		m.Group, m.To = analysis.Group{{Column: "sex", Value: "female"}}, analysis.Group{{Column: "sex", Value: "male"}}
		m.Targets[0].Value = 1
	}, of("female", "2015", 40, 1), of("male", "2015", 50, 1), of("female", "2023", 45, 1), of("male", "2023", 50, 2))
	row := c.row("progress")
	expect(t, "ratio", numberIn(row["value"]), .9, tight)
	expect(t, "error", numberIn(row["se"]), math.Hypot(1./50, .9*2/50), tight)
	expect(t, "gap", numberIn(row["gap"]), .07, tight) // to .97, which counts as parity
}

// Without target the direction is judged: 92 to 94 in 8 years, R 4.2,
// testdata/progress.R.
func TestWatched(t *testing.T) {
	c := measured(t, func(m *Measure) { m.Targets = nil }, value(t, "2015", 92, nan), value(t, "2023", 94, nan))
	row := c.row("progress")
	expect(t, "pace", numberIn(row["ratio"]), .00269189230574, tight)
	if row["status_id"] != "acceleration" {
		t.Errorf("status %v", row["status_id"])
	}
	c.plan.Method = ESCAP
	c.plan.Statuses = DefaultStatuses(OpenSDG)
	if row := c.row("progress"); row["method"] != "open_sdg" || !strings.Contains(row["reason"].(string), "stands in") {
		t.Errorf("judged by %v: %v", row["method"], row["reason"])
	}
}

// Groups behind a city at 52 that gains 1.5 a year, all without error: one at 40 gaining
// 2.5 needs 12 years, one at 40 gaining 1 never comes, one that is withheld is named as
// left out.
func TestCatchUpTable(t *testing.T) {
	of := func(sex, period string, x float64) analysis.Value {
		v := value(t, period, x, nan)
		v.Group = analysis.Group{{Column: "sex", Value: sex}}
		return v
	}
	hidden := of("d", "2023", 40)
	hidden.Withhold(analysis.Confidential, "fewer than ten people")
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 52, nan),
		of("a", "2015", 20), of("a", "2023", 40), of("b", "2015", 32), of("b", "2023", 40), of("c", "2015", 50), of("c", "2023", 60), of("d", "2015", 30), hidden)
	var got [][]any
	for _, table := range Assess(c.plan, c.setup).Tables {
		if table.Name == "catch_up" {
			for _, row := range table.Rows {
				got = append(got, []any{row[4], row[10], row[12]})
			}
		}
	}
	want := [][]any{{"sex a", 12., catchingUp}, {"sex b", nil, neverAtPace}, {"sex d", nil, leftOut}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("catch-up %v, want %v", got, want)
	}
}

// A mean hides one that collapses: the worst measure stands beside it.
func TestScores(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 52, nan))
	bad := c.plan.Objectives[0].Measures[0]
	bad.ID, bad.Code.Value, bad.Name = "y", "y", "Collapse"
	none := bad
	none.ID, none.Code.Value = "z", "z"
	c.plan.Objectives[0].Measures = append(c.plan.Objectives[0].Measures, bad, none)
	for _, v := range []analysis.Value{value(t, "2015", 40, nan), value(t, "2023", 20, nan)} {
		v.Code, v.Unit = "y", "percent"
		c.setup.Values = append(c.setup.Values, v)
	}
	row := c.row("scores")
	expect(t, "mean", numberIn(row["mean_score"]), (4.40560573713-5)/2, tight)
	expect(t, "worst", numberIn(row["worst_score"]), -5, tight)
	if row["mean_status"] != "limited progress" { // mean −.3, as a ratio .53
		t.Errorf("the mean is %v", row["mean_status"])
	}
	if row["worst_measure"] != "y" || row["judged"] != int64(2) || row["measures"] != int64(3) {
		t.Errorf("worst %v, %v of %v", row["worst_measure"], row["judged"], row["measures"])
	}
}

// Where methods part the findings say so. By hand: 10.5/8 a year of 20/15 is .984, below
// the SDG Index's 1, and above Open SDG's .95 in rates of growth too.
func TestMethodsDisagree(t *testing.T) {
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 50.5, nan))
	c.plan.Method = SDGIndex
	c.plan.Statuses = DefaultStatuses(SDGIndex)
	if text := c.text(); !strings.Contains(text, "the SDG Index's trend says “moderately improving”, the Open SDG method says “on track”") {
		t.Errorf("findings:\n%s", text)
	}
}

func TestSentences(t *testing.T) {
	tests := []struct {
		now   float64
		wants []string
	}{
		{49, []string{ // 9/8 a year so far, 11/7 needed, 11 % of 10,000
			"In short: Of 1 measure in the plan, 1 is open.",
			"Learning: We cannot yet tell whether it is “on track” (",
			"A larger sample would help. 49.0 % in 2023, after 40.0 % in 2015; the target is 60 % by 2030.",
			"It needs to rise by 1.6 points a year from now on; so far it has risen by 1.1 points a year.",
			"To the target that is about 1,100 people more.",
		}},
		{44.8, []string{ // 4.8/8, 15.2/7, 15.2 %
			"In short: Of 1 measure in the plan, 1 is off course.",
			"Learning: Off course (97 % sure); whether “progress, acceleration needed” (",
			"It needs to rise by 2.2 points a year from now on; so far it has not clearly moved.",
			"To the target that is about 1,500 people more.",
		}},
	}
	for _, test := range tests {
		now := value(t, "2023", test.now, 2)
		now.Denominator = 10_000
		text := measured(t, nil, value(t, "2015", 40, 1.8), now).text()
		for _, want := range test.wants {
			if !strings.Contains(text, want) {
				t.Errorf("findings do not say %q:\n%s", want, text)
			}
		}
	}
}

// The order of values does not matter, and nothing differs from run to run.
func TestSameInputsSameResult(t *testing.T) {
	plan, s := manyTargets(4, 3)
	want := Assess(plan, s)
	slices.Reverse(s.Values)
	if got := Assess(plan, s); !reflect.DeepEqual(got.Tables, want.Tables) {
		t.Error("tables depend on the order of the values")
	}
}
