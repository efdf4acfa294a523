package costsharing

import (
	"math"
	"strings"
	"testing"
)

// tolerance of figures in this package, relative.
const tolerance = 1e-9

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: %.12g, want %.12g", what, got, want)
	}
}

// compiled reads and compiles a plan that has no mistakes.
func compiled(t *testing.T, text string) []Case {
	t.Helper()
	plan, problems := Read("partners.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	cases, problems := Compile(plan, Setup{Currency: "EUR"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cases
}

// three is the constructed case of three partners with all coalitions.
const three = `
partners:
  - {id: A, alone: 60, benefit: 70}
  - {id: B, alone: 50, benefit: 45}
  - {id: C, alone: 40, benefit: 50}
arrangements:
  - id: three
    cost: 110
    rule: shapley
    coalitions:
      - {of: [A, B], cost: 90}
      - {of: [A, C], cost: 80}
      - {of: [B, C], cost: 75}
`

// Source of the figures: constructed; 40-digit arithmetic.
func TestThreePartners(t *testing.T) {
	c := compiled(t, three)[0]
	want := map[string][3]float64{
		"equal":   {36.666666666666664, 36.666666666666664, 36.666666666666664},
		"benefit": {46.666666666666664, 30, 33.333333333333336},
		"shapley": {45, 37.5, 27.5},
		"scrb":    {45.416666666666664, 36.25, 28.333333333333332}, // separable costs 35, 30 and 20, joint cost 25
	}
	cents := map[string][3]int64{
		"equal": {3667, 3667, 3666}, "benefit": {4667, 3000, 3333}, "shapley": {4500, 3750, 2750}, "scrb": {4542, 3625, 2833},
	}
	for _, rule := range Rules() {
		o := c.Divide(rule)
		expected, computable := want[rule.Name]
		if computable != (o.Reason == "") {
			t.Errorf("%s: %s", rule.Name, o.Reason)
			continue
		}
		for i := range o.Amounts {
			near(t, rule.Name+" "+c.Members[i].Name, o.Amounts[i]/100, expected[i])
			if o.Contributions[i] != cents[rule.Name][i] {
				t.Errorf("%s %s: %d cents, want %d", rule.Name, c.Members[i].Name, o.Contributions[i], cents[rule.Name][i])
			}
		}
	}
	if o := c.Divide(ruleNamed("scrb")); o.Note != "joint cost 25 EUR" {
		t.Error(o.Note)
	}
}

// Source: US Bureau of Justice Assistance, match requirement examples. The first
// total is cut off in print, the others are rounded: a dollar of tolerance.
func TestMatchOfTotal(t *testing.T) {
	for _, c := range []struct{ award, funded, match float64 }{
		{500000, 0.9, 55555}, {350000, 0.75, 116667}, {350000, 0.9, 38889}, {350000, 0.5, 350000},
	} {
		if got := Match(c.award, 1-c.funded, ofTotal); math.Abs(got-c.match) > 1 {
			t.Errorf("match to %v at %v: %v, want %v", c.award, c.funded, got, c.match)
		}
	}
	near(t, "25 % of an award of 500,000", Match(500000, 0.25, ofAward), 125000)
	near(t, "recomputed", Match(500000, 0.1, ofTotal), 55555.55555555556)
}

// The award of 500,000 with its match of 55,555.56 makes 555,555.56. At less the
// funder draws 90 % of the cost, at more it pays its award and no more.
func TestMatchedArrangement(t *testing.T) {
	const text = `
partners: [{id: state}, {id: city, use: 3}, {id: college, use: 1}]
arrangements:
  - {id: a, cost: 555555.56, rule: matching, matching: {by: state, award: 500000, share: 10%, of: total, others: use}}
  - {id: b, cost: 100000, rule: matching, matching: {by: state, award: 500000, share: 10%, of: total}}
  - {id: c, cost: 700000, rule: matching, matching: {by: state, award: 500000, share: 10%, of: total, others: use}}
  - {id: d, cost: 100000, rule: matching, matching: {by: state, share: 25%, of: award}}
`
	want := [][]int64{
		{500_000_00, 41_666_67, 13_888_89}, // ¾ and ¼ of 55,555.56
		{90_000_00, 5_000_00, 5_000_00},
		{500_000_00, 150_000_00, 50_000_00},
		{80_000_00, 10_000_00, 10_000_00}, // 80,000 and a quarter of it
	}
	notes := []string{"10 % of the total cost", "only so much can be drawn", "the others bring 200,000 EUR", "25 % of the award"}
	for k, c := range compiled(t, text) {
		o := c.Divide(ruleNamed("matching"))
		for i, cents := range o.Contributions {
			if cents != want[k][i] {
				t.Errorf("%s: %s pays %d, want %d", c.ID, c.Members[i].Name, cents, want[k][i])
			}
		}
		if !strings.Contains(o.Note, notes[k]) {
			t.Errorf("%s: %q does not say %q", c.ID, o.Note, notes[k])
		}
	}
}

func TestWhatARuleLacks(t *testing.T) {
	const text = `
partners:
  - {id: a, name: Anna, use: 5, ability: 0, alone: 10, benefit: 5}
  - {id: b, name: Ben, ability: 0, alone: 80, benefit: 5}
arrangements:
  - {id: x, cost: 60}
  - {id: y, cost: 60, partners: [a]}
  - {id: z, cost: 60, measures: {a: {benefit: 90}, b: {benefit: 90}}}
`
	const dear = `
partners: [{id: a, alone: 60, benefit: 99}, {id: b, alone: 60, benefit: 99}, {id: c, alone: 60, benefit: 99}]
arrangements: [{id: x, cost: 100, coalitions: [{of: [a, b], cost: 50}, {of: [a, c], cost: 50}, {of: [b, c], cost: 50}]}]
`
	cases := compiled(t, text)
	for rule, reason := range map[string]string{
		"use": "use is not given for Ben", "budget": "budget is not given for Anna and Ben", "ability": "ability is 0 for everybody",
		"matching": "no terms of matching are given",
		"scrb":     "Ben adds 50 EUR to the cost and would gain or save only 5 EUR: it is not worth including",
		"equal":    "", "benefit": "", "shapley": "",
	} {
		if got := cases[0].Divide(ruleNamed(rule)).Reason; got != reason {
			t.Errorf("%s: %q, want %q", rule, got, reason)
		}
	}
	// Shapley by hand: Anna (10 + (60−80))/2 = −5, so that Ben pays 65.
	if got := cases[0].Divide(ruleNamed("shapley")).Contributions; got[0] != -500 || got[1] != 6500 {
		t.Errorf("negative part: %v", got)
	}
	if got := cases[1].Divide(ruleNamed("shapley")).Contributions; got[0] != 6000 {
		t.Errorf("one partner: %v", got)
	}
	// Separable costs −20 and 50, joint cost 30, remaining benefits 30 and 30.
	if got := cases[2].Divide(ruleNamed("scrb")).Contributions; got[0] != -500 || got[1] != 6500 {
		t.Errorf("separable cost below 0: %v", got)
	}
	if got := compiled(t, dear)[0].Divide(ruleNamed("scrb")).Reason; got != "the separable costs are 50 EUR more than the cost: together it is not cheaper" {
		t.Errorf("dear together: %q", got)
	}
}

func TestMissingCoalitions(t *testing.T) {
	const text = `
partners: [{id: a, alone: 1}, {id: b, alone: 1}, {id: c}]
arrangements: [{id: x, cost: 2, coalitions: [{of: [a, b], cost: 2}]}]
`
	c := compiled(t, text)[0]
	if got, want := c.Divide(ruleNamed("shapley")).Reason, "the costs of 3 coalitions are not given, first that of c"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c.coalitions[c.everybody()&^1], c.coalitions[c.everybody()&^2] = 200, 200
	if got, want := c.Divide(ruleNamed("shapley")).Reason, "what it would cost c alone is not given"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
