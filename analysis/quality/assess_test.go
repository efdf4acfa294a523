package quality

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"pediment/analysis"
)

// open makes a database of statements.
func open(t testing.TB, statements ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// visits is a table of the columns rules are tried on.
const visits = `CREATE TABLE visits ("period" VARCHAR, place VARCHAR, sex VARCHAR, persons BIGINT, day DATE, open BOOLEAN, _file INTEGER)`

func dataset(rules ...Rule) Dataset {
	columns := []analysis.ColumnType{
		{Name: "period", Type: "period"}, {Name: "place", Type: "text"}, {Name: "sex", Type: "text"},
		{Name: "persons", Type: "integer"}, {Name: "day", Type: "date"}, {Name: "open", Type: "boolean"},
	}
	return Dataset{
		Table: analysis.Relation{Name: "visits", Kind: "participation", Columns: columns}, Feeds: "participation",
		Files: []File{{ID: 1, Name: "data/a.csv", Rows: 5}, {ID: 2, Name: "data/b.csv", Rows: 1}}, Rules: rules,
	}
}

func text(values ...string) []analysis.Text {
	var list []analysis.Text
	for _, v := range values {
		list = append(list, analysis.Text{Value: v})
	}
	return list
}

func word(value string) analysis.Text { return analysis.Text{Value: value} }

var five = []string{visits, `INSERT INTO visits VALUES
	('2023', 'N', NULL, 10, '2023-01-05', true,  1),
	('2023', 'N', 'f',   6, '2023-01-05', true,  1),
	('2023', 'N', 'm',   3, NULL,         false, 1),
	('2024', 'X', 'f',  -1, '2024-02-01', NULL,  1),
	('2024', NULL, 'f', NULL, '2024-02-01', NULL, 1),
	('2024', 'X', 'f',  -1, '2024-02-01', NULL,  2)`, `CREATE TABLE codes (code VARCHAR, _file INTEGER)`, `INSERT INTO codes SELECT x, 1 FROM (VALUES ('N'), (NULL)) t(x)`}

// Every kind of rule over five rows, counted by hand.
func TestRules(t *testing.T) {
	db := open(t, five...)
	for _, c := range []struct {
		what            string
		rule            Rule
		checked, failed int64
		state           string
	}{
		{"row: a missing value is left out", Rule{Row: word("persons >= 0")}, 5, 2, "fails"},
		{"row: a missing value fails", Rule{Row: word("persons >= 0"), Missing: word("fail")}, 6, 3, "fails"},
		{"row: only where", Rule{Row: word("persons >= 0"), Where: word("period = '2023'")}, 3, 0, "passes"},
		{"row: nowhere", Rule{Row: word("persons >= 0"), Where: word("period = '1999'")}, 0, 0, "not checked"},
		{"values", Rule{Column: word("sex"), Values: text("f")}, 5, 1, "fails"},
		{"values of numbers", Rule{Column: word("persons"), Values: text("10", "6", "3", "-1")}, 5, 0, "passes"},
		{"values of booleans", Rule{Column: word("open"), Values: text("true")}, 3, 1, "fails"},
		{"values that look like SQL", Rule{Column: word("place"), Values: text("N", "X'); DROP TABLE visits; --")}, 5, 2, "fails"},
		{"range", Rule{Column: word("persons"), Range: text("0", "9")}, 5, 3, "fails"},
		{"range without an end", Rule{Column: word("persons"), Range: text("-1", "null")}, 5, 0, "passes"},
		{"range of days", Rule{Column: word("day"), Range: text("", "2023-12-31")}, 5, 3, "fails"},
		{"references places", Rule{Column: word("place"), References: word("places")}, 5, 2, "fails"},
		{"references a column with NULL in it", Rule{Column: word("place"), References: word("codes.code")}, 5, 2, "fails"},
		{"required", Rule{Column: word("place"), Required: word("true")}, 6, 1, "fails"},
		{"required of a share that is met", Rule{Column: word("place"), Required: word("80 %")}, 6, 1, "passes"},
		{"required of a share that is not", Rule{Column: word("place"), Required: word("≥ 90%")}, 6, 1, "fails"},
		{"unique", Rule{Unique: text("period", "place", "sex")}, 4, 1, "fails"},
		{"unique column", Rule{Column: word("persons"), Unique: text("true")}, 5, 1, "fails"},
		{"unique where", Rule{Unique: text("period", "place"), Where: word("sex = 'm'")}, 1, 0, "passes"},
		{"sums: 9 is not 10", sumsOf(""), 1, 1, "fails"},
		{"sums: within 10 %", sumsOf("10%"), 1, 0, "passes"},
		{"sums: not within 9 %", sumsOf("9%"), 1, 1, "fails"},
		{"sums: within 1", sumsOf("1"), 1, 0, "passes"},
	} {
		s := Setup{Places: analysis.Places{{Code: "N"}}, Datasets: []Dataset{dataset(c.rule), codes()}}
		a := &assessment{Setup: &s}
		if err := a.measure(context.Background(), db); err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := a.datasets[0].verdict(0); got != (ruleVerdict{c.checked, c.failed, c.state}) {
			t.Errorf("%s: got %+v, want %d, %d, %s", c.what, got, c.checked, c.failed, c.state)
		}
	}
}

func sumsOf(tolerance string) Rule {
	return Rule{Sums: &Sums{Value: word("persons"), Total: word("sex IS NULL"), Parts: word("sex IS NOT NULL"), By: text("period", "place"), Tolerance: word(tolerance)}}
}

// codes is a dataset of one column.
func codes() Dataset {
	return Dataset{Table: analysis.Relation{Name: "codes", Kind: "space", Columns: []analysis.ColumnType{{Name: "code", Type: "text"}}}}
}

// A table of no rows, of one, and of equal ones has no faults nobody declared.
func TestFewRows(t *testing.T) {
	rules := []Rule{{Row: word("persons >= 0")}, {Unique: text("place")}, {Column: word("place"), Required: word("true")}, sumsOf("")}
	for _, c := range []struct{ insert, states string }{
		{"SELECT 1", "not checked, not checked, not checked, not checked"},
		{"INSERT INTO visits VALUES ('2024', 'N', 'f', 3, NULL, NULL, 1)", "passes, passes, passes, not checked"},
		{"INSERT INTO visits SELECT '2024', 'N', 'f', 3, NULL, NULL, 1 FROM range(9)", "passes, fails, passes, not checked"},
		{"INSERT INTO visits SELECT NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM range(9)", "not checked, not checked, fails, not checked"},
	} {
		db := open(t, visits, c.insert)
		result, err := Assess(context.Background(), db, Setup{Datasets: []Dataset{dataset(rules...)}, Rows: true, Day: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		var states []string
		for _, row := range tableNamed(result, "rules").Rows {
			states = append(states, row[6].(string))
		}
		if got := strings.Join(states, ", "); got != c.states {
			t.Errorf("%s: got %s, want %s", c.insert, got, c.states)
		}
	}
}

func tableNamed(result analysis.Result, name string) analysis.Table {
	return result.Tables[slices.IndexFunc(result.Tables, func(t analysis.Table) bool { return t.Name == name })]
}

// Without Rows no row of a person is named, and small counts of them are not told.
func TestPublicEditionOnlyCounts(t *testing.T) {
	db := open(t, five...)
	s := Setup{Datasets: []Dataset{dataset(Rule{Name: word("r"), Row: word("persons >= 0")})}, SmallestCell: 3, Day: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}
	public, err := Assess(context.Background(), db, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range public.Tables {
		if slices.Contains([]string{"failing", "duplicates", "outliers", "outlying_rows"}, table.Name) {
			t.Errorf("the public edition has the table %s", table.Name)
		}
	}
	if row := fmt.Sprint(tableNamed(public, "rules").Rows[0]); row != "[visits r warn <nil> <nil> <nil> fails fewer than 3]" {
		t.Errorf("got %s", row)
	}
	if text := fmt.Sprint(tableNamed(public, "findings").Rows); !strings.Contains(text, "fewer than 3 of the rows with a value") || strings.Contains(text, "40 %") {
		t.Errorf("got %s", text)
	}
	s.Rows = true
	internal, err := Assess(context.Background(), db, s)
	if err != nil {
		t.Fatal(err)
	}
	if rows := fmt.Sprint(tableNamed(internal, "failing").Rows); rows != "[[visits data/a.csv <nil>  r persons -1] [visits data/b.csv <nil>  r persons -1]]" {
		t.Errorf("got %s", rows)
	}
}

// A public score is the working copy's or none: 500 rows of which 3 are bad are 99
// whether 1 or 9 of them are, and 30 of which 3 are bad are anything from 70 to 97.
func TestScoresAreTrueOrNotTold(t *testing.T) {
	for _, c := range []struct {
		what      string
		good, all int64
		want      any // 100 × good ÷ all, whole
	}{
		{"few bad ones of many", 49_990, 49_993, int64(99)},
		{"few bad ones of few", 27, 30, nil},
		{"fewer than ten in all", 3, 6, nil},
		{"none bad", 6, 6, int64(100)},
		{"all of few bad", 0, 6, nil},
		{"all of many bad", 0, 60, int64(0)},
		{"few good ones of few", 3, 30, nil},
		{"many of either", 20, 40, int64(50)},
	} {
		public, working := &assessed{least: 10}, &assessed{}
		told := func(a *assessed) any {
			least, most := a.goods(c.good, c.all)
			return score100(score{good: float64(most), checked: float64(c.all), unsaid: float64(most - least)}.value())
		}
		if got := told(public); got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, got, c.want)
		}
		if got := told(working); c.want != nil && got != c.want {
			t.Errorf("%s: the working copy says %v, the public edition %v", c.what, got, c.want)
		}
	}
}

// A rule that some row's values do not suit is not known to hold: the other rules
// are counted without it, and no cell stands in what is said. Its issues, which
// nobody can judge, are not found.
func TestRulesThatCannotBeWorkedOut(t *testing.T) {
	db := open(t, five...)
	at := func(column int) analysis.Position { return analysis.Position{File: "p.yaml", Line: 7, Column: column} }
	cast := analysis.Text{Value: "CAST(place AS INTEGER) > 1", At: at(15)}
	sums := sumsOf("").Sums
	sums.At, sums.Parts = at(25), cast
	for _, c := range []struct {
		what  string
		rule  Rule
		where int // column
	}{
		{"row", Rule{At: at(9), Row: cast}, 15},
		{"where", Rule{At: at(9), Column: word("persons"), Range: text("0", "9"), Where: cast}, 15},
		{"unique where", Rule{At: at(9), Unique: text("period"), Where: cast}, 15},
		{"sums", Rule{At: at(9), Sums: sums}, 25},
		{"number out of range", Rule{At: at(9), Row: analysis.Text{Value: "CAST(persons AS UTINYINT) > 1", At: at(15)}}, 15},
	} {
		good := Rule{Name: word("good"), Row: word("persons >= 0")}
		c.rule.Name = word("bad")
		s := Setup{Datasets: []Dataset{dataset(c.rule, good)}, Rows: true}
		j, err := Judge(context.Background(), db, s, false)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if len(j.Unknown) != 1 || len(j.Issues) != 2 {
			t.Errorf("%s: got %+v, want one rule unknown and the issues of the other in two files", c.what, j)
			continue
		}
		want := fmt.Sprintf("p.yaml:7:%d: visits: “bad” cannot be worked out for some rows, so nothing was held against it (write TRY_CAST for CAST, or limit the rule with where:)", c.where)
		if got := j.Unknown[0].Unknown().String(); got != want {
			t.Errorf("%s: got %s, want %s", c.what, got, want)
		}
		result, err := Assess(context.Background(), db, s)
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		rows := tableNamed(result, "rules").Rows
		if rows[0][6] != "cannot be checked" || fmt.Sprint(rows[1][3:6]) != "[5 2 40]" {
			t.Errorf("%s: got %v", c.what, rows)
		}
	}
}

// Nobody has reported: then nobody knows who should, and no report is there.
func TestNoReportAtAll(t *testing.T) {
	db := open(t, visits)
	d := dataset()
	d.Expect = &Expect{Every: word("year"), From: word("2024"), Until: word("2025"), Reporters: word("place")}
	result, err := Assess(context.Background(), db, Setup{Datasets: []Dataset{d}, Day: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprint(tableNamed(result, "findings").Rows); !strings.Contains(text, "visits: no report at all since 2024.") {
		t.Errorf("got %s", text)
	}
	if got := tableNamed(result, "scorecard").Rows[0][3]; got != int64(0) {
		t.Errorf("completeness is %v, want 0: nothing of what was expected is there", got)
	}
}

// Reports of two places for three years; N 2024 came late, S 2024 not at all, and
// S 2022 has fewer rows than a report has.
func TestExpectedReports(t *testing.T) {
	db := open(t, visits, `INSERT INTO visits VALUES
		('2022Q1', 'N', 'f', 1, '2023-01-31', NULL, 1), ('2022Q2', 'N', 'm', 1, '2023-01-31', NULL, 1),
		('2022', 'S', 'f', 1, '2023-02-01', NULL, 1),
		('2023', 'N1', 'f', 1, '2023-05-01', NULL, 1), ('2023', 'N1', 'm', 1, '2024-01-31', NULL, 1),
		('2023', 'S', 'f', 1, NULL, NULL, 1), ('2023', 'S', 'm', 1, NULL, NULL, 1),
		('2024', 'N', 'f', 1, '2025-03-01', NULL, 1), ('2024', 'N', 'm', 1, '2025-01-01', NULL, 1)`)
	d := dataset()
	d.Expect = &Expect{From: word("2022"), Places: word("district"), Rows: word("2"), Due: word("31 days"), Received: word("day")}
	places := analysis.Places{{Code: "N", Kind: "district"}, {Code: "N1", Parent: "N", Kind: "ward"}, {Code: "S", Kind: "district"}}
	s := Setup{Datasets: []Dataset{d}, Places: places, Day: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), Rows: true}
	result, err := Assess(context.Background(), db, s)
	if err != nil {
		t.Fatal(err)
	}
	want := "[[visits 2022 2 2 1 1 ] [visits 2023 2 2 0 0 ] [visits 2024 2 1 0 1 S]]"
	if got := fmt.Sprint(tableNamed(result, "reports").Rows); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// Complete: 4 of 6, one by half: 4.5/6 = 75. On time of those known: N 2022 and
	// N 2023 of N 2022, S 2022, N 2023, N 2024 and S 2024, which is overdue: 2/5.
	row := tableNamed(result, "scorecard").Rows[0]
	if row[3] != int64(75) || row[4] != int64(40) {
		t.Errorf("completeness %v and timeliness %v, want 75 and 40", row[3], row[4])
	}
}

// Eight places, one of which moves against the others: 100, 100, 100, then 30.
func TestJumps(t *testing.T) {
	statements := []string{visits}
	for place := range 8 {
		for y := 2020; y <= 2023; y++ {
			persons := 100 * (1 + place)
			if place == 3 && y == 2023 {
				persons = 120
			}
			statements = append(statements, fmt.Sprintf("INSERT INTO visits VALUES ('%d', 'P%d', NULL, %d, NULL, NULL, 1)", y, place, persons))
		}
	}
	result, err := Assess(context.Background(), open(t, statements...), Setup{Datasets: []Dataset{dataset()}, Rows: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(tableNamed(result, "consistency").Rows); got != "[[visits persons P3 2023 120 400 0.3 1]]" {
		t.Errorf("got %s", got)
	}
	// 16 numbers have two or three before them; 15 move as the others do.
	if row := tableNamed(result, "scorecard").Rows[0]; row[7] != int64(94) {
		t.Errorf("consistency is %v, want 94", row[7])
	}
}

// Growth that all places share is a jump of each, and no doubt about any.
func TestCommonGrowthLowersNoScore(t *testing.T) {
	statements := []string{visits}
	for place := range 5 {
		for k, n := range []int{100, 200, 400, 800} {
			statements = append(statements, fmt.Sprintf("INSERT INTO visits VALUES ('%d', 'P%d', NULL, %d, NULL, NULL, 1)", 2020+k, place, n))
		}
	}
	result, err := Assess(context.Background(), open(t, statements...), Setup{Datasets: []Dataset{dataset()}, Rows: true})
	if err != nil {
		t.Fatal(err)
	}
	if row := tableNamed(result, "scorecard").Rows[0]; row[7] != int64(100) {
		t.Errorf("consistency is %v, want 100", row[7])
	}
	if n := len(tableNamed(result, "consistency").Rows); n != 10 {
		t.Errorf("%d jumps, want 10", n)
	}
}

// All mistakes at once, where they stand.
func TestMistakes(t *testing.T) {
	at := func(line int, value string) analysis.Text {
		return analysis.Text{Value: value, At: analysis.Position{File: "p.yaml", Line: line}}
	}
	d := dataset(
		Rule{Row: at(1, "person > 0")},
		Rule{Row: at(2, "persons + 1")},
		Rule{Row: at(3, "sum(persons) > 0")},
		Rule{Column: at(4, "place"), Range: []analysis.Text{at(4, "1"), at(4, "2")}},
		Rule{Column: at(5, "persons"), Values: []analysis.Text{at(5, "many")}},
		Rule{Column: at(6, "place"), References: at(6, "codes.cod")},
		Rule{Column: at(7, "place"), Required: at(7, "most")},
		Rule{Unique: []analysis.Text{at(8, "name")}},
		Rule{Row: at(9, "persons > 0"), Severity: at(9, "fatal")},
		Rule{At: analysis.Position{File: "p.yaml", Line: 10}},
		Rule{Column: at(11, "persons"), Range: []analysis.Text{at(11, "9"), at(11, "1")}},
	)
	d.Expect = &Expect{From: at(12, "soon"), Due: at(12, "later")}
	d.Interview = &Interview{Battery: text("sex", "place"), At: analysis.Position{File: "p.yaml", Line: 13}}
	_, err := Assess(context.Background(), open(t, five...), Setup{Datasets: []Dataset{d, codes()}})
	var problems analysis.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	lines := map[int]bool{}
	for _, p := range problems {
		lines[p.Line] = true
	}
	for line := 1; line <= 13; line++ {
		if !lines[line] {
			t.Errorf("no problem in line %d: %v", line, problems)
		}
	}
}

// Two million rows of a survey; go test -bench Assess.
func BenchmarkAssess(b *testing.B) {
	db := open(b, `CREATE TABLE visits AS SELECT (2015 + i % 10)::VARCHAR AS "period", 'P' || (i % 500) AS place, CASE WHEN i % 2 = 0 THEN 'f' ELSE 'm' END AS sex,
		(i - (i % 100000 = 1)::INTEGER)::BIGINT AS persons, DATE '2024-01-01' + (i % 300)::INTEGER AS day, i % 3 = 0 AS open, 1 AS _file FROM range(2000000) t(i)`)
	d := dataset(Rule{Row: word("persons >= 0")}, Rule{Column: word("sex"), Values: text("f", "m")}, Rule{Unique: text("persons")}, Rule{Column: word("place"), Required: word("95%")})
	d.Table.Kind = "survey"
	for b.Loop() {
		if _, err := Assess(context.Background(), db, Setup{Datasets: []Dataset{d}, Rows: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// The values of 500 districts, 66 indicators, 10 years and 6 breakdowns.
func BenchmarkAssessValues(b *testing.B) {
	var values []analysis.Value
	for code := range 66 {
		for y := 2015; y < 2025; y++ {
			p := year(fmt.Sprint(y))
			for district := range 500 {
				for level := range 6 {
					v := analysis.Value{Code: fmt.Sprintf("i%02d", code), Period: p, Unit: "percent", Estimate: analysis.Unknown()}
					v.Group = analysis.Group{{Column: "place", Value: fmt.Sprintf("P%03d", district)}}
					if level > 0 {
						v.Group = append(v.Group, analysis.Level{Column: "by", Value: fmt.Sprint(level)})
					}
					v.Value = float64((district*7919+code*31+y*17)%997) / 10
					values = append(values, v)
				}
			}
		}
	}
	db := open(b, visits)
	for b.Loop() {
		if _, err := Assess(context.Background(), db, Setup{Datasets: []Dataset{dataset()}, Values: values, Rows: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// Columns may be called as the queries' own names are.
func TestColumnNamesOfQueries(t *testing.T) {
	names := []string{"f", "id", "v", "t", "s", "p", "x", "n", "m", "w", "who", "c0", "r0", "k", `a"b`, "answer", "h"}
	d := Dataset{Table: analysis.Relation{Name: `odd"name`, Kind: "survey", Columns: []analysis.ColumnType{{Name: "period", Type: "period"}}}, Files: []File{{ID: 1, Name: "a.csv"}}}
	columns, values := []string{`"period" VARCHAR`}, []string{"'2024'"}
	for _, name := range names {
		d.Table.Columns = append(d.Table.Columns, analysis.ColumnType{Name: name, Type: "integer"})
		columns, values = append(columns, analysis.Quote(name)+" BIGINT"), append(values, "i + 1")
	}
	d.Rules = []Rule{
		{Row: word("r0 + f = c0 + p AND x > 0")}, {Unique: text("n", "m")}, {Column: word("f"), Range: text("1", "30")},
		{Sums: &Sums{Value: word("v"), Total: word("t = 1"), Parts: word("s > 1"), By: text("period")}},
	}
	d.Interview = &Interview{Battery: text("k", "answer", "h"), Duration: word("x")}
	db := open(t, fmt.Sprintf(`CREATE TABLE "odd""name" (%s, _file INTEGER)`, strings.Join(columns, ", ")),
		fmt.Sprintf(`INSERT INTO "odd""name" SELECT %s, 1 FROM range(40) t(i)`, strings.Join(values, ", ")))
	result, err := Assess(context.Background(), db, Setup{Datasets: []Dataset{d}, Rows: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range tableNamed(result, "rules").Rows {
		got = append(got, fmt.Sprint(row[3:5]))
	}
	// Of the numbers 1 to 40 ten are above 30; 2 to 40 do not add up to 1.
	if fmt.Sprint(got) != "[[40 0] [40 0] [40 10] [1 1]]" {
		t.Errorf("got %v", got)
	}
	if row := fmt.Sprint(tableNamed(result, "straightlining").Rows[0][2:4], tableNamed(result, "straightlining").Rows[0][6:8]); row != "[40 40] [20.5 10]" {
		t.Errorf("got %s", row)
	}
}
