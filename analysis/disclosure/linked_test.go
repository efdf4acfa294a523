package disclosure

import (
	"strings"
	"testing"

	"pediment/analysis"
)

func at(place string, v analysis.Value) analysis.Value {
	v.Place = place
	return v
}

// Tables that share cells: each line gives values, the want is what a reader sees.
func TestLinkedTables(t *testing.T) {
	p := persons
	places := analysis.Places{{Code: "N"}, {Code: "S"}, {Code: "N1", Parent: "N"}, {Code: "N2", Parent: "N"}}
	tests := []struct {
		name   string
		values []analysis.Value
		want   string
	}{
		{"a district of a city", []analysis.Value{p("", 95), at("N", p("", 5)), at("S", p("", 90))}, "95 - -"},
		{"a place and the level of a breakdown are one cell", []analysis.Value{p("", 95), p("place=N", 5), p("place=S", 90), at("N", p("", 5)), at("S", p("", 90))}, "95 - - - -"},
		{"wards within districts", []analysis.Value{p("", 200), at("N", p("", 75)), at("S", p("", 125)), at("N1", p("", 5)), at("N2", p("", 70))}, "200 75 125 - -"},
		{"a ward alone in its district: the district goes, and so the other", []analysis.Value{p("", 130), at("N", p("", 5)), at("S", p("", 125)), at("N1", p("", 5))}, "130 - - -"},
		{"rows of a district beside rows of its wards", []analysis.Value{p("", 130), p("place=N", 40), p("place=S", 60), p("place=N1", 5), p("place=N2", 25)}, "130 40 60 - -"},
		{"a breakdown by two columns whose margins are not shown", []analysis.Value{p("", 130), p("sex=f,age=1", 5), p("sex=f,age=2", 30), p("sex=m,age=1", 40), p("sex=m,age=2", 55)}, "130 - - - -"},
		{"by three, with the margin of one", []analysis.Value{p("sex=f", 95), p("sex=f,age=1,place=N", 5), p("sex=f,age=2,place=S", 50), p("sex=f,age=3,place=W", 40)}, "95 - 50 -"},
		{"quarters within a year", []analysis.Value{in("2024", p("", 100)), in("2024Q1", p("", 5)), in("2024Q2", p("", 20)), in("2024Q3", p("", 30)), in("2024Q4", p("", 45))}, "100 - - 30 45"},
		{"three quarters are no year", []analysis.Value{in("2024", p("", 100)), in("2024Q1", p("", 5)), in("2024Q2", p("", 20)), in("2024Q3", p("", 30))}, "100 - 20 30"},
		{"two years are apart", []analysis.Value{in("2024", p("", 5)), in("2023", p("", 20))}, "- 20"},
		{"two columns and their margins", []analysis.Value{p("", 200), p("sex=f", 80), p("sex=m", 120), p("age=1", 90), p("age=2", 110),
			p("sex=f,age=1", 5), p("sex=f,age=2", 75), p("sex=m,age=1", 85), p("sex=m,age=2", 35)}, "200 80 120 90 110 - - - -"},
		{"columns in another order are the same cell", []analysis.Value{p("sex=f,age=1", 5), p("sex=f,age=2", 75), p("age=1,sex=f", 5), p("age=2,sex=f", 75)}, "- - - -"},
		{"a whole with three more than its groups", []analysis.Value{p("", 103), p("sex=f", 40), p("sex=m", 60)}, "103 - 60"},
		{"a whole with thirty more", []analysis.Value{p("", 130), p("sex=f", 40), p("sex=m", 60)}, "130 40 60"},
		{"overlapping bands", []analysis.Value{p("age=15-24", 50), p("age=25-64", 70), p("age_band=15-25", 54), p("age_band=26-64", 66)}, "50 70 - -"},
		{"bands that share a boundary", []analysis.Value{p("age=15-24", 50), p("age=25-64", 70), p("age_band=15-24", 50), p("age_band=25-34", 30), p("age_band=35-64", 40)}, "50 70 50 30 40"},
	}
	for _, test := range tests {
		rule := peopleCounted(10)
		rule.Places = places
		out, log := Protect(test.values, rule)
		if got := reads(out); got != test.want {
			t.Errorf("%s: %s, want %s; %v", test.name, got, test.want, log)
		}
	}
}

func share(numerator, denominator float64) analysis.Value {
	v := persons("", numerator)
	v.Unit, v.Value, v.Denominator, v.N = "percent", 100*numerator/denominator, denominator, int64(denominator)
	return v
}

// Of a percentage those outside the numerator are people too.
func TestComplements(t *testing.T) {
	sampled := share(95, 100)
	sampled.SE = 3
	hours := share(800, 803)
	hours.N = 50
	tests := []struct {
		name  string
		value analysis.Value
		want  Why
	}{
		{"half", share(50, 100), ""},
		{"few", share(9, 100), SmallCount},
		{"all but few", share(91, 100), SmallCount},
		{"all but ten", share(90, 100), ""},
		{"none of a small group", share(0, 49), AllOrNone},
		{"none of a large group", share(0, 50), ""},
		{"nobody at all", share(0, 0), ""},
		{"all of a small group", share(49, 49), AllOrNone},
		{"all of a large group", share(50, 50), ""},
		{"a sample: who was asked is not known", sampled, ""},
		{"hours are not people", hours, ""},
	}
	for _, test := range tests {
		rule := peopleCounted(10)
		rule.People = func(v analysis.Value) float64 {
			if v.Sampled() {
				return float64(v.N)
			}
			return min(float64(v.N), v.Numerator)
		}
		_, log := Protect([]analysis.Value{test.value}, rule)
		var got Why
		if len(log) > 0 {
			got = log[0].Why
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Residents of 15 to 64 and of 15 to 65 differ by those of 65.
func TestNearlyTheSameDefinition(t *testing.T) {
	a, b := share(40, 100), share(41, 104)
	b.Code = "2"
	rule := peopleCounted(10)
	rule.Source = func(code string) string {
		return map[string]string{"1": "residents age BETWEEN 15 AND 64", "2": "residents age BETWEEN 15 AND 65"}[code]
	}
	if out, log := Protect([]analysis.Value{a, b}, rule); reads(out) != "- 41" {
		t.Errorf("%s; %v", reads(out), log)
	}
	rule.Published = [][]analysis.Value{{a}}
	if out, log := Protect([]analysis.Value{a, b}, rule); reads(out) != "40 -" {
		t.Errorf("with the first published: %s; %v", reads(out), log)
	}
	rule.Source = func(code string) string { return "residents_" + code }
	rule.Published = nil
	if out, _ := Protect([]analysis.Value{a, b}, rule); reads(out) != "40 41" {
		t.Errorf("other tables: %s", reads(out))
	}
}

// The public log tells a small cell from the one that protects it by nothing but
// its name; the internal one says which is which.
func TestLog(t *testing.T) {
	_, log := Protect([]analysis.Value{persons("", 95), persons("sex=f", 5), persons("sex=m", 90)}, peopleCounted(10))
	public, internal := log.Table(Public), log.Table(Internal)
	if len(public.Rows) != 2 || public.Rows[0][4] != public.Rows[1][4] || len(public.Rows[0]) != len(public.Columns) {
		t.Errorf("public: %v", public)
	}
	if internal.Rows[0][4] != "small count" || internal.Rows[1][4] != "complementary" || !strings.Contains(internal.Rows[0][5].(string), "5 people") {
		t.Errorf("internal: %v", internal.Rows)
	}
	if log.Withheld() != 2 {
		t.Errorf("%d withheld", log.Withheld())
	}
}
