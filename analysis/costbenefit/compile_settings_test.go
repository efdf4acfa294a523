package costbenefit

import (
	"math"
	"strings"
	"testing"
)

const oneLine = "lines: [{id: l, side: cost, class: running, payer: city, amounts: {2026: 1}, source: S}]\n"

// TestRatesInForce: factors by hand, each year at the rate of the step that ends
// with it.
func TestRatesInForce(t *testing.T) {
	for _, tt := range []struct {
		name, discount, more string
		last                 string
		column               int
		want                 float64
	}{
		{"one rate", "{rate: 4%}", "", "2030", 2, 1 / 1.0816},
		{"preset, year 30", "{preset: hm-treasury-2026}", "", "2060", 30, 0.3562784106023024},
		{"preset, year 31: 1.035^−30 ÷ 1.03, not 1.03^−31", "{preset: hm-treasury-2026}", "", "2060", 31, 0.3459013695167984},
		{"schedule, 2026 at 5 %", "{schedule: [{from: 2020, rate: 9%}, {from: 2025, rate: 5%}, {from: 2027, rate: 3%}]}", "", "2030", 1, 1 / 1.05},
		{"schedule, 2027 at 3 %", "{schedule: [{from: 2025, rate: 5%}, {from: 2027, rate: 3%}]}", "", "2030", 2, 1 / 1.05 / 1.03},
		{"schedule, base year discounted", "{schedule: [{from: 2025, rate: 5%}, {from: 2027, rate: 3%}]}", "year_zero: during", "2030", 0, 1 / 1.05},
		{"schedule, 2026 at the end of year 2", "{schedule: [{from: 2025, rate: 5%}, {from: 2027, rate: 3%}]}", "year_zero: during", "2030", 1, 1 / 1.1025},
		{"schedule, 2027 at the end of year 3", "{schedule: [{from: 2025, rate: 5%}, {from: 2027, rate: 3%}]}", "year_zero: during", "2030", 2, 1 / 1.1025 / 1.03},
		{"mid", "{rate: 21%}", "timing: mid", "2030", 1, 1 / 1.1},
		{"begin", "{rate: 21%}", "timing: begin", "2030", 2, 1 / 1.21},
		{"mid, base year discounted", "{rate: 21%}", "timing: mid\nyear_zero: during", "2030", 0, 1 / 1.1},
	} {
		text := strings.Replace(small, "discount: {rate: 4%, source: Ministry}", "discount: "+tt.discount, 1)
		text = strings.Replace(text, "last_year: 2030", "last_year: "+tt.last, 1)
		m := made(t, text+tt.more+"\n"+oneLine, Setup{})
		if got := m.Compute(m.Values()).Factors[tt.column]; !close12(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestDatedTimeline: 365 and 730 days after the first day, which is the base point.
func TestDatedTimeline(t *testing.T) {
	m := made(t, small+`timing: dated
lines:
  - {id: l, side: cost, class: running, payer: city, amounts: {"2025-02-01": 10, "2027-02-01": 12.1}, source: S}
  - {id: k, side: benefit, class: social, receiver: city, amounts: {"2026-02-01": 11}, source: S}
`, Setup{})
	want := []Column{{"2025-02-01", 2025, 0, 0}, {"2026-02-01", 2026, 1, 1}, {"2027-02-01", 2027, 2, 2}}
	for i, c := range m.Columns {
		if c != want[i] {
			t.Errorf("%+v, want %+v", c, want[i])
		}
	}
	if len(m.Columns) != 3 || m.Flows[0].Base[0] != 10 || m.Flows[0].Base[1] != 0 || m.Flows[1].Base[1] != 11 {
		t.Errorf("%v %v", m.Flows[0].Base, m.Flows[1].Base)
	}
}

const live = small + `assumptions:
  - {id: level, indicator: {code: "2.1.3.1"}}
  - {id: change, indicator: {code: "2.1.3.1", since: "2021"}}
  - {id: people, population: {where: "age > 24"}}
lines: [{id: l, side: benefit, class: social, receiver: learners, quantity: [people, level, change], take_up: 50%, unit_value: 1, source: S}]
`

// TestLiveInputs: a level of 4 % with an SE of 1 % stays between 0 and 1, a change
// may be negative, a count has no sampling error.
func TestLiveInputs(t *testing.T) {
	m := made(t, live, answered())
	level, change, people := named(t, m, "level"), named(t, m, "change"), named(t, m, "people")
	if d := level.Draw; level.Value != .04 || level.SE != .01 || level.Unit != "share" || d.Kind != "truncated" || d.Mean != .04 || d.SD != .01 || d.Low != 0 || d.High != 1 {
		t.Errorf("level %+v", level)
	}
	if level.Low != .02 || level.High != .06 || level.Source != "residents_survey" || level.Kind != "indicator" {
		t.Errorf("level %+v", level)
	}
	if d := change.Draw; d.Kind != "normal" || d.Mean != .04 || d.SD != .01 || !math.IsInf(d.Low, -1) {
		t.Errorf("change %+v", change)
	}
	if people.Value != 25000 || people.Kind != "population" || people.Draw.Kind != "" || people.Unit != "persons" {
		t.Errorf("people %+v", people)
	}
	// 25,000 · .04 · .04 · .5
	if got := m.Compute(m.Values()).Market[0][1]; !close12(got, 20) {
		t.Errorf("amount %v, want 20", got)
	}
	_, problems := compiled(t, strings.Replace(live, `{code: "2.1.3.1"}`, `{code: "9.9"}`, 1), answered())
	if len(problems) != 1 || problems[0].Message != "level: no indicator 9.9" || problems[0].Line != 13 {
		t.Errorf("%v", problems)
	}
	if _, problems = compiled(t, live, Setup{}); len(problems) != 3 {
		t.Errorf("without measured values: %v", problems)
	}
}

// TestSet: what is tried is not drawn and wins over the file.
func TestSet(t *testing.T) {
	text := small + `assumptions: [{id: come, value: 70, low: 50, high: 80, distribution: uniform, source: S}]
lines: [{id: l, side: benefit, class: social, receiver: city, quantity: come, unit_value: 2, source: S}]
`
	m := made(t, text, Setup{Set: map[string]string{"come": "90", "l.unit_value": "3", "discount_rate": "10%"}})
	come := named(t, m, "come")
	if come.Value != 90 || !come.Overridden || come.Draw.Kind != "" || m.State(come) != "overridden" {
		t.Errorf("come %+v", come)
	}
	o := m.Compute(m.Values())
	if o.Market[0][1] != 270 || !close12(o.Factors[1], 1/1.1) {
		t.Errorf("amount %v at %v, want 270 at 1/1.1", o.Market[0][1], o.Factors[1])
	}
	for set, want := range map[string]string{"comes": `no assumption "comes" to set`, "come": "come=many: not a number"} {
		_, problems := compiled(t, text, Setup{Set: map[string]string{set: "many"}})
		if len(problems) != 1 || problems[0].Message != want {
			t.Errorf("%s: %v, want %s", set, problems, want)
		}
	}
}

// TestCorrelationsThatCannotHold: with A near B and near C, B and C cannot be
// opposed; A and B stand most in the way, being the strongest.
func TestCorrelationsThatCannotHold(t *testing.T) {
	text := small + `assumptions:
  - {id: a1, value: 1, low: 0, high: 2, distribution: uniform, source: S}
  - {id: b1, value: 1, low: 0, high: 2, distribution: uniform, source: S}
  - {id: c1, value: 1, low: 0, high: 2, distribution: uniform, source: S}
correlations:
  - {between: [a1, c1], rank: 0.8}
  - {between: [a1, b1], rank: 0.9}
  - {between: [b1, c1], rank: RANK}
lines: [{id: l, side: benefit, class: social, receiver: city, quantity: [a1, b1, c1], unit_value: 2, source: S}]
`
	_, problems := compiled(t, strings.Replace(text, "RANK", "-0.7", 1), Setup{})
	if len(problems) != 1 || problems[0].Message != "the correlations cannot hold together: a1 and b1 at 0.9" || problems[0].Line != 18 {
		t.Errorf("%v", problems)
	}
	made(t, strings.Replace(text, "RANK", "0.7", 1), Setup{})
}
