package costsharing

import (
	"slices"
	"testing"
)

// Every figure is worked out by hand beside it.
func TestCapsAndExemptions(t *testing.T) {
	const partners = "partners: [{id: a, use: 50, ability: 1}, {id: b, use: 30, ability: 1}, {id: c, use: 20, ability: 3}]\narrangements: [{id: x, cost: 100, rule: use, "
	for _, c := range []struct {
		terms string
		want  []int64
		bound []string
	}{
		{"measures: {a: {cap: 30}}", []int64{3000, 4200, 2800}, []string{"cap", "", ""}}, // 20 freed, divided 30 : 20
		// b is then above 40: its 2 go to c.
		{"measures: {a: {cap: 30}, b: {cap: 40%}}", []int64{3000, 4000, 3000}, []string{"cap", "cap", ""}},
		{"measures: {a: {exempt: true}}", []int64{0, 6000, 4000}, []string{"exempt", "", ""}},
		{"redistribute: equal, measures: {a: {exempt: true}}", []int64{0, 5500, 4500}, []string{"exempt", "", ""}},
		{"redistribute: ability, measures: {a: {cap: 10}}", []int64{1000, 4000, 5000}, []string{"cap", "", ""}}, // 40 freed, 1 : 3
		{"measures: {a: {cap: 50}}", []int64{5000, 3000, 2000}, []string{"", "", ""}},                           // just not above
		{"measures: {a: {cap: 0%}, c: {exempt: true}}", []int64{0, 10000, 0}, []string{"cap", "", "exempt"}},
		{"measures: {a: {cap: 33.33}, b: {cap: 33.33}, c: {cap: 33.34}}", []int64{3333, 3333, 3334}, []string{"cap", "cap", ""}},
	} {
		o := compiled(t, partners+c.terms+"}]")[0].Divide(ruleNamed("use"))
		if o.Reason != "" || !slices.Equal(o.Contributions, c.want) || !slices.Equal(o.Bound, c.bound) {
			t.Errorf("%s: %v %q %s, want %v %q", c.terms, o.Contributions, o.Bound, o.Reason, c.want, c.bound)
		}
	}
}

// A tenth of 0.99 is 0.099: nobody pays more than 0.09.
func TestCapIsRoundedDown(t *testing.T) {
	c := compiled(t, "partners: [{id: a}, {id: b}]\narrangements: [{id: x, cost: 0.99, measures: {a: {cap: 10%}}}]")[0]
	if got := c.Divide(ruleNamed("equal")).Contributions; got[0] != 9 || got[1] != 90 {
		t.Error(got)
	}
}

func TestNobodyLeftToPay(t *testing.T) {
	for text, want := range map[string]string{
		"partners: [{id: a, cap: 40}, {id: b, exempt: true}]\narrangements: [{id: x, cost: 100}]":      "caps and exemptions leave 60 EUR that nobody is left to pay; raise a cap or find a partner",
		"partners: [{id: a, cap: 40}, {id: b}]\narrangements: [{id: x, cost: 100, redistribute: use}]": "what caps and exemptions free cannot be passed on by use: use is not given for a and b",
	} {
		if got := compiled(t, text)[0].Divide(ruleNamed("equal")).Reason; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The one who is exempt needs no measure where it would change nothing.
func TestExemptWithoutMeasure(t *testing.T) {
	const text = "partners: [{id: a, use: 1}, {id: b, use: 3}, {id: c, exempt: true}]\narrangements: [{id: x, cost: 100}, {id: y, cost: 100, redistribute: equal}]"
	cases := compiled(t, text)
	if got := cases[0].Divide(ruleNamed("use")).Contributions; !slices.Equal(got, []int64{2500, 7500, 0}) {
		t.Error(got)
	}
	if got := cases[1].Divide(ruleNamed("use")).Reason; got != "use is not given for c" {
		t.Error(got)
	}
}

// An award is not exceeded when caps free money: the match would not be met.
func TestAwardHolds(t *testing.T) {
	const text = `
partners: [{id: state}, {id: a, cap: 10}, {id: b}, {id: c, cap: 10}]
arrangements:
  - {id: x, cost: 100, matching: {by: state, share: 50%, of: total}}
  - {id: y, cost: 100, partners: [state, a, c], matching: {by: state, share: 50%, of: total}}
`
	cases := compiled(t, text)
	if got := cases[0].Divide(ruleNamed("matching")).Contributions; !slices.Equal(got, []int64{5000, 1000, 3000, 1000}) {
		t.Error(got)
	}
	if got := cases[1].Divide(ruleNamed("matching")).Reason; got != "caps and exemptions leave 30 EUR that nobody is left to pay; raise a cap or find a partner" {
		t.Error(got)
	}
}

func TestRounded(t *testing.T) {
	for _, c := range []struct {
		total   int64
		amounts []float64
		want    []int64
	}{
		{100, []float64{100.0 / 3, 100.0 / 3, 100.0 / 3}, []int64{34, 33, 33}},
		{1, []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}, []int64{1, 0, 0}},
		{10, []float64{-2.5, 12.5}, []int64{-2, 12}}, // down to −3 and 12, the cent to the first of equals
		{10, []float64{-2.75, 12.75}, []int64{-3, 13}},
		{7, []float64{6.9999999999, 0.0000000001}, []int64{7, 0}},
		{7, []float64{7.0000000001, -0.0000000001}, []int64{7, 0}},
		{0, []float64{0, 0}, []int64{0, 0}},
	} {
		if got := rounded(c.total, c.amounts); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.amounts, got, c.want)
		}
	}
}
