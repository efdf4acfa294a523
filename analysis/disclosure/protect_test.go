package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// rule counts a value's rows as people; indicator "spaces" is not about people.
var rule = Rule{Smallest: 10, People: func(v analysis.Value) float64 {
	if v.Code == "spaces" {
		return math.Inf(1)
	}
	return v.Numerator
}, Source: func(code string) string { return strings.TrimSuffix(code, "2") }}

func count(code, column string, people float64) analysis.Value {
	v := analysis.Value{
		Code: code, Period: analysis.Period{Label: "2024", Start: time.Unix(0, 0)},
		Estimate:  analysis.Estimate{Value: people / 100, SE: .1, Low: .2, High: .3, DF: 4, DEFF: 5, N: int64(people), Missing: 6},
		Numerator: people, Denominator: 100, Flags: []string{fmt.Sprintf("%v rows have a zero denominator", people)},
	}
	if column != "" {
		v.Group = analysis.Group{{Column: column, Value: fmt.Sprint(people)}}
	}
	return v
}

// breakdown makes a total and its groups.
func breakdown(groups ...float64) []analysis.Value {
	total := 0.0
	for _, n := range groups {
		total += n
	}
	values := []analysis.Value{count("1", "", total)}
	for k, n := range groups {
		v := count("1", "sex", n)
		v.Group[0].Value = string(rune('a' + k))
		values = append(values, v)
	}
	return values
}

func protected(values []analysis.Value, r Rule) []analysis.Value {
	out, _ := Protect(values, r)
	return out
}

func TestBreakdown(t *testing.T) {
	tests := []struct {
		name   string
		groups []float64
		hidden []float64 // groups, beside the total where it is small
	}{
		{"at the threshold nothing is small", []float64{10, 11}, nil},
		{"one small of two", []float64{9, 50}, []float64{9, 50}},
		{"one small of many hides the next smallest", []float64{90, 9, 50, 40}, []float64{9, 40}},
		{"nobody of a hundred", []float64{0, 50, 60}, nil},
		{"two small that are ten together", []float64{4, 6, 50, 60}, []float64{4, 6}},
		{"two small that are nine together", []float64{4, 5, 50, 60}, []float64{4, 5, 50}},
		{"four small that are few together", []float64{1, 2, 0, 3, 80, 70}, []float64{1, 2, 3, 70}},
		{"all small", []float64{9, 9}, []float64{9, 9}},
		{"all small, the total too", []float64{3, 4}, []float64{3, 4}},
		{"one group alone", []float64{9}, []float64{9}},
		{"unknown people, in the total too", []float64{math.NaN(), 50, 60}, []float64{math.NaN()}},
	}
	for _, test := range tests {
		values := breakdown(test.groups...)
		for k, v := range protected(values, rule) {
			people := values[k].Numerator
			want := slices.ContainsFunc(test.hidden, func(n float64) bool { return n == people || math.IsNaN(n) && math.IsNaN(people) })
			if k == 0 {
				want = !(people >= 10)
			}
			if hidden := v.State == analysis.Confidential; hidden != want {
				t.Errorf("%s: the group of %v is hidden %v, want %v", test.name, people, hidden, want)
			}
		}
	}
}

// A withheld value keeps no number, in no field, and no clue which it was.
func TestWithheldIsGone(t *testing.T) {
	values := breakdown(90, 9, 50, 40)
	var reasons []string
	for _, v := range protected(values, rule) {
		if v.State != analysis.Confidential {
			continue
		}
		reasons = append(reasons, v.Reason)
		bare := analysis.Value{Code: v.Code, Period: v.Period, Group: v.Group, State: v.State, Reason: v.Reason, Estimate: analysis.Unknown(), Numerator: math.NaN(), Denominator: math.NaN()}
		if got, want := fmt.Sprintf("%+v", v), fmt.Sprintf("%+v", bare); got != want {
			t.Errorf("withheld is %s, want %s", got, want)
		}
	}
	if len(reasons) != 2 || reasons[0] != reasons[1] || !strings.Contains(reasons[0], "fewer than 10 people") {
		t.Errorf("reasons %q: they tell the small group from the one that protects it", reasons)
	}
}

func TestLeavesTheRestAlone(t *testing.T) {
	spaces, spaces2 := count("spaces", "place", 3), count("spaces", "place", 80)
	missing := count("2", "sex", 0)
	missing.Withhold(analysis.Missing, "no row")
	given := slices.Concat(breakdown(90, 9, 50), []analysis.Value{spaces, spaces2, missing, count("2", "sex", 50), count("2", "sex", 60)})
	before := slices.Clone(given)
	out := protected(given, rule)
	if !reflect.DeepEqual(fmt.Sprint(given), fmt.Sprint(before)) || given[2].Flags[0] != "9 rows have a zero denominator" {
		t.Error("the argument was changed")
	}
	for _, k := range []int{0, 1, 4, 5, 6, 7, 8} {
		if fmt.Sprint(out[k]) != fmt.Sprint(given[k]) {
			t.Errorf("value %d became %v", k, out[k])
		}
	}
	if got := protected(given, Rule{People: rule.People}); fmt.Sprint(got) != fmt.Sprint(given) {
		t.Error("without a threshold something was withheld")
	}
}

// Each indicator, period, place and disaggregation is a breakdown of its own.
func TestKeepsBreakdownsApart(t *testing.T) {
	same := []analysis.Value{count("1", "sex", 9), count("1", "sex", 80)}
	apart := func(change func(*analysis.Value)) []analysis.Value {
		v := count("1", "sex", 80)
		change(&v)
		return []analysis.Value{count("1", "sex", 9), v}
	}
	tests := []struct {
		name   string
		values []analysis.Value
		both   bool
	}{
		{"same", same, true},
		{"indicator", apart(func(v *analysis.Value) { v.Code = "2" }), false},
		{"period", apart(func(v *analysis.Value) { v.Period.Label = "2023" }), false},
		{"place", apart(func(v *analysis.Value) { v.Place = "N" }), false},
		{"columns", apart(func(v *analysis.Value) { v.Group[0].Column = "age_band" }), false},
		{"total", apart(func(v *analysis.Value) { v.Group = nil }), false},
	}
	for _, test := range tests {
		out := protected(test.values, rule)
		if out[0].State != analysis.Confidential || (out[1].State == analysis.Confidential) != test.both {
			t.Errorf("%s: %q and %q", test.name, out[0].State, out[1].State)
		}
	}
}

// An attacker takes the shown groups from the total. What is left must be more
// than one group and at least as many people as a cell may show.
func TestSubtractionFindsNoSmallCell(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		groups := make([]float64, 1+random.IntN(6))
		for k := range groups {
			groups[k] = float64(random.IntN(1 + random.IntN(40)))
		}
		out := protected(breakdown(groups...), rule)
		if out[0].State == analysis.Confidential {
			continue
		}
		left, hidden := out[0].Numerator, 0
		for _, v := range out[1:] {
			if v.State == analysis.Confidential {
				hidden++
			} else {
				left -= v.Numerator
			}
		}
		if hidden == 1 || hidden > 1 && left < 10 {
			t.Errorf("groups %v: %d hidden, %v people left over", groups, hidden, left)
		}
	}
}

func cross(code string, place, sex string, people float64) analysis.Value {
	v := count(code, "", people)
	v.Group = analysis.Group{{Column: "place", Value: place}, {Column: "sex", Value: sex}}
	return v
}

// Two indicators about the same people hide the same cells: what one hides the
// other must not tell.
func TestSamePeopleHideTheSame(t *testing.T) {
	groups := func(code string, sizes ...float64) (values []analysis.Value) {
		for k, n := range sizes {
			v := count(code, "sex", n)
			v.Group[0].Value = string(rune('a' + k))
			values = append(values, v)
		}
		return values
	}
	got := protected(append(groups("s", 3, 20, 30), groups("s2", 40, 12, 50)...), rule)
	for k := range 3 {
		if a, b := got[k].State, got[k+3].State; a != b {
			t.Errorf("group %d: %q in one, %q in the other", k, a, b)
		}
	}
}

// In a table by two columns every row and column is a whole: with one cell of 3,
// one more is hidden in its row, one in its column and one where those two meet.
func TestLinesOfATable(t *testing.T) {
	var values []analysis.Value
	for _, c := range []struct {
		place, sex string
		n          float64
	}{{"A", "f", 3}, {"A", "m", 20}, {"A", "x", 30}, {"B", "f", 25}, {"B", "m", 40}, {"B", "x", 50}, {"C", "f", 60}, {"C", "m", 70}, {"C", "x", 80}} {
		values = append(values, cross("s", c.place, c.sex, c.n))
	}
	hidden := map[string]int{}
	for _, v := range protected(values, rule) {
		if v.State == analysis.Confidential {
			for _, l := range v.Group {
				hidden[l.Value]++
			}
		}
	}
	for line, n := range hidden {
		if n == 1 {
			t.Errorf("line %s hides one cell alone: %v", line, hidden)
		}
	}
	if hidden["A"] < 2 || hidden["f"] < 2 || hidden["C"] > 0 {
		t.Errorf("hidden cells by line: %v", hidden)
	}
}

// A group too uncertain to show has no number, but its rows are still known from
// the whole and the other group: both are withheld, and nothing counts them.
func TestUnreliableIsProtectedToo(t *testing.T) {
	byRows := rule
	byRows.People = func(v analysis.Value) float64 { return float64(v.N) }
	values := breakdown(1, 99)
	n := values[1].N
	values[1].Withhold(analysis.Unreliable, "the effective sample size is 1")
	values[1].N = n
	for _, v := range protected(values, byRows)[1:] {
		if v.State != analysis.Confidential || v.N != 0 || strings.Contains(v.Reason, "effective") {
			t.Errorf("%v: %s, n %d, %s", v.Group, v.State, v.N, v.Reason)
		}
	}
}
