package progress

import (
	"math"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

const tolerance = 1e-9 // relative

func near(got, want float64) bool {
	return math.Abs(got-want) <= tolerance*math.Abs(want) || math.IsNaN(got) && math.IsNaN(want)
}

// value makes a value of a period; se NaN is a register's.
func value(t *testing.T, period string, x, se float64) analysis.Value {
	t.Helper()
	p, err := analysis.Calendar{FiscalStart: time.April}.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	v := analysis.Value{Period: p, Estimate: analysis.Unknown(), Definition: "a"}
	v.Value, v.SE = x, se
	return v
}

var nan = math.NaN()

// Formulas F6.10, from R: .47 and .52 with standard errors .018 and .020 give
// z = 1.85823536562, so p = 2Φ(−z) = erfc(z/√2) = 0.0631: no clear change.
func TestCompareSampled(t *testing.T) {
	const z = 1.85823536562
	c := Compare(value(t, "2022", .47, .018), value(t, "2024", .52, .020), "higher", 0)
	if !near(c.Difference/c.SE, z) || !near(c.SE, math.Sqrt(.000724)) || !near(c.P, math.Erfc(z/math.Sqrt2)) {
		t.Errorf("difference %v, se %v, p %v", c.Difference, c.SE, c.P)
	}
	if c.Status != analysis.Unclear || c.From != "2022" || c.To != "2024" || c.Reason != "" {
		t.Errorf("change %+v", c)
	}
}

// Rounds that keep their PSUs: with a correlation of .5 the same values have
// se = √(.000324 + .0004 − 2·.5·.018·.020) = √.000364 = .01907878402833891, and
// z = .05/se = 2.6207, so p = .0088: a change.
func TestCompareCorrelated(t *testing.T) {
	c := Compare(value(t, "2022", .47, .018), value(t, "2024", .52, .020), "higher", .5)
	if !near(c.SE, .01907878402833891) || c.Status != analysis.Better {
		t.Errorf("se %v, status %v", c.SE, c.Status)
	}
}

func TestCompareVerdict(t *testing.T) {
	tests := []struct {
		first, last, se float64
		better          string
		want            analysis.Status
	}{
		{10, 12, nan, "higher", analysis.Better},
		{10, 12, nan, "lower", analysis.Worse},
		{12, 10, nan, "higher", analysis.Worse},
		{12, 10, nan, "lower", analysis.Better},
		{10, 12, nan, "context", analysis.NoDirection},
		{10, 12, nan, "target", analysis.NoDirection},
		{10, 10, nan, "higher", analysis.Unclear},
		{10, 10, nan, "lower", analysis.Unclear},
		{10, 10, nan, "context", analysis.Unclear},
		{10, 10, 1, "higher", analysis.Unclear},
		{10, 12, 0, "higher", analysis.Better}, // all of a sample said the same
		// se of the difference √2, z = 2.8/√2 = 1.98 and 2.7/√2 = 1.91: 1.96 lies between.
		{10, 12.8, 1, "higher", analysis.Better},
		{10, 12.8, 1, "lower", analysis.Worse},
		{12.8, 10, 1, "lower", analysis.Better},
		{10, 12.8, 1, "context", analysis.NoDirection},
		{10, 12.7, 1, "higher", analysis.Unclear},
		{12.7, 10, 1, "higher", analysis.Unclear},
		{10, 12.7, 1, "context", analysis.Unclear},
	}
	for _, test := range tests {
		c := Compare(value(t, "2022", test.first, test.se), value(t, "2023", test.last, test.se), test.better, 0)
		if c.Status != test.want || c.Reason != "" || !near(c.Difference, test.last-test.first) && test.first != test.last {
			t.Errorf("%v → %v, se %v, %s is better: %+v, want %s", test.first, test.last, test.se, test.better, c, test.want)
		}
		if math.IsNaN(c.SE) != !(test.se > 0) || math.IsNaN(c.P) != math.IsNaN(c.SE) {
			t.Errorf("se %v gave se %v and p %v", test.se, c.SE, c.P)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	first, last := value(t, "2022", 10, nan), value(t, "2023", 12, nan)
	with := func(v analysis.Value, state analysis.State, reason string) analysis.Value {
		v.State, v.Reason = state, reason
		if state.Withheld() {
			v.Withhold(state, reason)
		}
		return v
	}
	changed, sampled, guessed := last, value(t, "2023", 12, 1), last
	changed.Definition, guessed.ErrorUnknown = "b", true
	tests := []struct {
		name        string
		first, last analysis.Value
		status      analysis.Status
		reason      string
	}{
		{"last withheld", first, with(last, analysis.Confidential, "fewer than 10 people"), analysis.NoData, "fewer than 10 people"},
		{"last withheld without a word", first, with(last, analysis.Missing, ""), analysis.NoData, "no value for 2023"},
		{"last without a number", first, value(t, "2023", nan, nan), analysis.NoData, "no value for 2023"},
		{"last partial", first, with(last, analysis.Partial, ""), analysis.FirstValue, "2023 is incomplete"},
		{"no first", analysis.Value{}, last, analysis.FirstValue, "no earlier value"},
		{"first withheld", with(first, analysis.Unreliable, "19 interviews"), last, analysis.FirstValue, "no value for 2022"},
		{"first without a number", value(t, "2022", nan, nan), last, analysis.FirstValue, "no value for 2022"},
		{"first partial", with(first, analysis.Partial, ""), last, analysis.FirstValue, "2022 is incomplete"},
		{"other length", value(t, "2022Q1", 10, nan), last, analysis.FirstValue, "different length"},
		{"other season", value(t, "FY2022", 10, nan), last, analysis.FirstValue, "season"},
		{"other definition", first, changed, analysis.FirstValue, "definition changed"},
		{"one error missing", first, sampled, analysis.Unclear, "error of a value is not known"},
		{"error unknown", first, guessed, analysis.Unclear, "error of a value is not known"},
	}
	for _, test := range tests {
		for _, better := range []string{"higher", "lower", "context"} {
			c := Compare(test.first, test.last, better, 0)
			if c.Status != test.status || !strings.Contains(c.Reason, test.reason) || c.Reason == "" {
				t.Errorf("%s: %q, %q; want %q, %q", test.name, c.Status, c.Reason, test.status, test.reason)
			}
			if !math.IsNaN(c.Difference) || !math.IsNaN(c.SE) || !math.IsNaN(c.P) {
				t.Errorf("%s: a refused comparison has numbers: %+v", test.name, c)
			}
		}
	}
	// A value carried forward stands for its own period and is compared.
	if c := Compare(first, with(last, analysis.CarriedForward, "the latest is of 2023"), "higher", 0); c.Status != analysis.Better || c.Reason != "" {
		t.Errorf("carried forward: %+v", c)
	}
}

func TestBaseline(t *testing.T) {
	v := func(period string) analysis.Value { return value(t, period, 10, nan) }
	partial, withheld, old, empty := v("2020"), v("2021"), v("2019"), value(t, "2018", nan, nan)
	partial.State, old.Definition = analysis.Partial, "b"
	withheld.Withhold(analysis.Refused, "r")
	tests := []struct {
		name   string
		series []analysis.Value
		want   string
	}{
		{"nothing", nil, ""},
		{"one value", []analysis.Value{v("2023")}, ""},
		{"the first", []analysis.Value{v("2021"), v("2022"), v("2023")}, "2021"},
		{"the first that counts", []analysis.Value{empty, old, partial, withheld, v("2022"), v("2023")}, "2022"},
		{"same season only", []analysis.Value{v("2021"), v("2021Q2"), v("2022Q1"), v("2023Q1")}, "2022Q1"},
		{"none that counts", []analysis.Value{old, v("2021/22"), v("2023")}, ""},
	}
	for _, test := range tests {
		if got := Baseline(test.series); got.Period.Label != test.want {
			t.Errorf("%s: %q, want %q", test.name, got.Period.Label, test.want)
		}
	}
}
