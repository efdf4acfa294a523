package equity

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// tableNamed returns the table's rows by column name.
func tableNamed(t *testing.T, r analysis.Result, name string) []map[string]any {
	t.Helper()
	for _, table := range r.Tables {
		if table.Name != name {
			continue
		}
		var rows []map[string]any
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("%s: %d cells in %d columns", name, len(row), len(table.Columns))
			}
			cells := map[string]any{}
			for i, c := range table.Columns {
				cells[c.Name] = row[i]
			}
			rows = append(rows, cells)
		}
		return rows
	}
	t.Fatalf("no table %s", name)
	return nil
}

func text(r analysis.Result) string {
	var out strings.Builder
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			fmt.Fprintln(&out, row...)
		}
	}
	return out.String()
}

func TestFurthestBehind(t *testing.T) {
	// E is 20 points below the others; 4 people in 10 of its 1,000 reach 40 %.
	b := breakdownOf([]float64{60, 62, 61, 59, 40}, []float64{1000, 1000, 1000, 1000, 1000}, diagonal([]float64{2, 2, 2, 2, 2}))
	rows := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "furthest")
	if len(rows) != 1 || rows[0]["group"] != "E" || rows[0]["behind"] != clearly {
		t.Fatalf("%v", rows)
	}
	// Hand: the average is 56.4, the gap 16.4 points, 164 of 1,000 people; to B 22
	// points, 220 people. Var = (4/5)²·4 + 4·(1/5)²·4 = 3.2.
	near(t, "average", rows[0]["average"].(float64), 56.4, 1e-12)
	near(t, "gap", rows[0]["gap"].(float64), -16.4, 1e-12)
	near(t, "people", rows[0]["people"].(float64), 164, 1e-12)
	near(t, "people to best", rows[0]["people_to_best"].(float64), 220, 1e-12)
	half := critical(0, 5) * math.Sqrt(3.2)
	near(t, "low", rows[0]["gap_low"].(float64), -16.4-half, 1e-12)
	near(t, "high", rows[0]["gap_high"].(float64), -16.4+half, 1e-12)
	// R: qnorm(1 - .05/2/5) = 2.57582930355.
	near(t, "quantile", critical(0, 5), 2.57582930355, 1e-9)
	// R: qt(1 - .05/2/5, 12) = 3.05453958939.
	near(t, "quantile of t", critical(12, 5), 3.05453958939, 1e-9)
}

func TestSmallGroupsAreNotNamed(t *testing.T) {
	b := breakdownOf([]float64{60, 62, 61, 45, 20}, []float64{1000, 1000, 1000, 1000, 1000}, diagonal([]float64{2, 2, 2, 2, 2}))
	b.Groups[4].Value.N = 29
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	rows := tableNamed(t, result, "furthest")
	if rows[0]["group"] != "D" || !strings.Contains(rows[0]["sentence"].(string), "of the groups with enough answers") {
		t.Errorf("%v", rows)
	}
	left := tableNamed(t, result, "left_out")
	if len(left) != 1 || left[0]["group"] != "E" || left[0]["why"] != "fewer than 30 answers" {
		t.Errorf("left out: %v", left)
	}
	for _, row := range tableNamed(t, result, "measures") {
		if strings.Contains(row["sentence"].(string), "E is at") {
			t.Errorf("E is named: %v", row["sentence"])
		}
	}
	b.Groups[4].Value.N = 30
	if rows := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "furthest"); rows[0]["group"] != "E" {
		t.Errorf("with 30 answers: %v", rows)
	}
}

func TestDoubtfulGroupsAreNotNamed(t *testing.T) {
	b := breakdownOf([]float64{60, 62, 45, 20}, []float64{1000, 1000, 1000, 1000}, diagonal([]float64{2, 2, 2, 2}))
	b.Groups[3].Doubtful = "relative standard error of 40 %"
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	if rows := tableNamed(t, result, "furthest"); rows[0]["group"] != "C" {
		t.Errorf("%v", rows)
	}
	if left := tableNamed(t, result, "left_out"); left[0]["why"] != "relative standard error of 40 %" {
		t.Errorf("%v", left)
	}
}

// Nothing of a withheld group's number shows, and it is named as not shown.
func TestWithheldGroups(t *testing.T) {
	b := breakdownOf([]float64{60, 62, 45, 17.123}, []float64{1000, 1000, 1000, 1017}, diagonal([]float64{2, 2, 2, 2}))
	b.Groups[3].Value.Withhold(analysis.Confidential, "fewer than 10 people")
	b.Groups[3].Population = math.NaN()
	b.Withheld = 2
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	if all := text(result); strings.Contains(all, "17.1") || strings.Contains(all, "1017") {
		t.Error("a withheld number shows")
	}
	rows := tableNamed(t, result, "furthest")
	if rows[0]["not_shown"] != int64(3) || !strings.Contains(rows[0]["sentence"].(string), "3 groups are not shown") {
		t.Errorf("%v", rows)
	}
	near(t, "average of those shown", rows[0]["average"].(float64), (60+62+45)/3., 1e-12)
	if left := tableNamed(t, result, "left_out"); len(left) != 2 || left[0]["why"] != "fewer than 10 people" {
		t.Errorf("%v", left)
	}
}

// Where neither direction is better nobody is behind.
func TestContextIsNotJudged(t *testing.T) {
	for _, better := range []string{"context", "target"} {
		b := breakdownOf([]float64{60, 62, 20}, []float64{1000, 1000, 1000}, diagonal([]float64{2, 2, 2}))
		b.Better = better
		result := Measure(Setup{Breakdowns: []Breakdown{*b}})
		if rows := tableNamed(t, result, "furthest"); len(rows) != 0 {
			t.Errorf("%s: %v", better, rows)
		}
		for _, row := range tableNamed(t, result, "groups") {
			if row["behind"] != notJudged || row["people"] != nil {
				t.Errorf("%s: %v", better, row)
			}
		}
		if all := text(result); strings.Contains(all, "better") || strings.Contains(all, "well off") {
			t.Errorf("%s is judged: %s", better, all)
		}
	}
}

// Values of a register have no interval and are never called chance.
func TestRegistersHaveNoInterval(t *testing.T) {
	b := breakdownOf([]float64{60, 62, 58, 20}, []float64{1000, 1000, 1000, 1000}, nil)
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	for _, row := range tableNamed(t, result, "measures") {
		if row["se"] != nil || row["low"] != nil || row["p"] != nil {
			t.Errorf("%v", row)
		}
	}
	if strings.Contains(text(result), "chance") {
		t.Error("speaks of chance")
	}
	for i, want := range []string{no, no, no, yes} { // the average is 50
		if got := tableNamed(t, result, "groups")[i]["behind"]; got != want {
			t.Errorf("group %d: %v, want %s", i, got, want)
		}
	}
	b.Groups[0].Value.Value, b.Groups[3].Value.Value = 57.5, 60 // average 59.375, 5 % is 2.97
	if got := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "groups")[0]["behind"]; got != slightly {
		t.Errorf("a small difference: %v", got)
	}
}

func TestErrorNobodyCanState(t *testing.T) {
	b := breakdownOf([]float64{60, 62, 20}, []float64{1000, 1000, 1000}, nil)
	for i := range b.Groups {
		b.Groups[i].Value.ErrorUnknown = true
	}
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	for _, row := range tableNamed(t, result, "groups") {
		if row["behind"] != notKnown {
			t.Errorf("%v", row)
		}
	}
	if len(result.Warnings) == 0 || !strings.Contains(result.Warnings[0].Text, "nobody can state the error") {
		t.Errorf("%v", result.Warnings)
	}
}

// A share of 0 % has an estimated standard error of 0, which its interval belies.
func TestShareOfNobody(t *testing.T) {
	b := breakdownOf([]float64{0, 6, 8}, []float64{1000, 1000, 1000}, diagonal([]float64{0, 3, 3}))
	b.Groups[0].Value.Low, b.Groups[0].Value.High = 0, 9.8
	v := newPanel(b, 30)
	// Hand: half of 9.8 over 1.96 is 2.5.
	near(t, "SE", math.Sqrt(v.cov[0][0]), 2.5, 1e-4)
	if g := v.standings()[0]; g.isBehind() {
		t.Errorf("0 %% ± 2.5 against 4.7 %% is called behind: %+v", g)
	}
}

func TestIntersections(t *testing.T) {
	// Women over 65 are at 20 %: women 32 %, over 65 33 %, all others 44 % and more.
	b := breakdownOf([]float64{44, 20, 48, 46}, []float64{1000, 1000, 1000, 1000}, diagonal([]float64{2, 2, 2, 2}))
	b.By = []string{"sex", "age"}
	for i, levels := range [][]string{{"f", "15-64"}, {"f", "65+"}, {"m", "15-64"}, {"m", "65+"}} {
		b.Groups[i].Levels, b.Groups[i].Level = levels, strings.Join(levels, " × ")
	}
	rows := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "intersections")
	if len(rows) != 1 || rows[0]["group"] != "f × 65+" || rows[0]["clear"] != true {
		t.Fatalf("%v", rows)
	}
	// Hand: women (44+20)/2 = 32, over 65 (20+46)/2 = 33, so at least 12 points; the
	// error of half the difference of two groups is √(½²·4 + ½²·4) = √2.
	near(t, "gap", rows[0]["gap"].(float64), -12, 1e-12)
	near(t, "low", rows[0]["gap_low"].(float64), -12-critical(0, 4)*math.Sqrt2, 1e-12)
	b.Groups[1].Value.N = 12
	if rows := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "intersections"); len(rows) != 0 {
		t.Errorf("named on 12 answers: %v", rows)
	}
}

func TestMostOftenBehind(t *testing.T) {
	var setup Setup
	for code, y := range [][]float64{{20, 50, 51}, {22, 50, 51}, {50, 20, 51}, {50, 50, 51}} {
		b := breakdownOf(y, []float64{1000, 1000, 1000}, diagonal([]float64{2, 2, 2}))
		b.Code, b.Name = fmt.Sprint(code), fmt.Sprint("indicator ", code)
		setup.Breakdowns = append(setup.Breakdowns, *b)
	}
	result := Measure(setup)
	first := tableNamed(t, result, "most_often_behind")[0]
	if first["group"] != "A" || first["behind"] != int64(2) || first["compared"] != int64(4) {
		t.Errorf("%v", first)
	}
	if said := tableNamed(t, result, "findings")[0]["text"]; said != "District: A is behind the average in 2 of the 4 indicators that can be compared, more than any other." {
		t.Errorf("%v", said)
	}
}

// The same setup gives the same bytes; nothing to measure gives empty tables.
func TestSameBytes(t *testing.T) {
	setup := func() Setup {
		b := breakdownOf(quintiles, residents, errorsOfQuintiles())
		b.Ordered = true
		b.Earlier = breakdownOf([]float64{20, 31, 37, 44, 50}, residents, errorsOfQuintiles())
		return Setup{Breakdowns: []Breakdown{*b}}
	}
	one, err := json.Marshal(Measure(setup()))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if other, _ := json.Marshal(Measure(setup())); string(other) != string(one) {
			t.Fatal("differs between runs")
		}
	}
	for _, table := range Measure(Setup{}).Tables {
		if len(table.Rows) != 0 {
			t.Errorf("%s of nothing: %v", table.Name, table.Rows)
		}
	}
}

// Where weights are around 1 they count answers, and no number of people is told.
func TestAnswersAreNoPeople(t *testing.T) {
	b := breakdownOf([]float64{60, 62, 40}, []float64{200, 210, 190}, diagonal([]float64{2, 2, 2})) // 200 answers each
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	if rows := tableNamed(t, result, "furthest"); rows[0]["people"] != nil || rows[0]["population"] != nil || strings.Contains(rows[0]["sentence"].(string), "people") {
		t.Errorf("%v", rows)
	}
	for _, row := range tableNamed(t, result, "measures") {
		if row["measure"] == "par_people" {
			t.Errorf("%v", row)
		}
	}
}
