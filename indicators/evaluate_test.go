package indicators_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"
	"golang.org/x/tools/txtar"

	"pediment/analysis"
	"pediment/indicators"
)

// tolerance is relative, for every number of these tests.
const tolerance = 1e-9

// TestEvaluate runs every testdata/*.txtar. An archive holds the relations as
// KIND/NAME.csv (header cells "name:type"), the city's indicators.yaml, a query
// (lines "by sex", "period 2024", "place D1"), and want.csv, whose columns name
// what is compared: code, period, group, value, se, ci_low, ci_high, df, n,
// missing, state, flags. The archive's comment says where the numbers come from.
func TestEvaluate(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata/*.txtar", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			evaluateArchive(t, archive)
		})
	}
}

func evaluateArchive(t *testing.T, archive *txtar.Archive) {
	ctx := context.Background()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	setup := indicators.Setup{
		Ages:   []int{0, 15, 25, 65},
		Places: analysis.Places{{Code: "C", Name: "City"}, {Code: "D1", Name: "North", Parent: "C"}, {Code: "D2", Name: "South", Parent: "C"}},
	}
	var query analysis.Query
	var want [][]string
	for _, f := range archive.Files {
		switch f.Name {
		case "indicators.yaml":
			catalogue, problems := indicators.Read(map[string][]byte{"indicators.yaml": f.Data})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			setup.Catalogue = catalogue
			for _, i := range catalogue.Indicators {
				if i.Status == "own" {
					query.Codes = append(query.Codes, i.Code)
				}
			}
		case "query":
			readQuery(t, string(f.Data), &query, &setup)
		case "want.csv":
			want = readCSV(t, f.Data)
		default:
			setup.Relations = append(setup.Relations, createRelation(t, db, f))
		}
	}
	slices.SortFunc(setup.Relations, func(a, b analysis.Relation) int { return strings.Compare(a.Name, b.Name) })
	setup.Rows = func(ctx context.Context, relation string, computed map[string]string) (analysis.Rows, error) {
		return &tableRows{db: db, from: withComputed(relation, computed), codes: map[string]map[string]int32{}}, nil
	}
	got, err := indicators.Evaluate(ctx, db, setup, query)
	if err != nil {
		t.Fatal(err)
	}
	compareValues(t, got.Values, want)
}

func readQuery(t *testing.T, text string, query *analysis.Query, setup *indicators.Setup) {
	for line := range strings.Lines(text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "by":
			query.By = strings.Split(rest, ",")
		case "period":
			query.Periods = append(query.Periods, rest)
		case "place":
			query.Places = append(query.Places, rest)
		case "totals":
			query.Totals = true
		case "year", "until":
			name, value, _ := strings.Cut(rest, " ")
			for k := range setup.Relations {
				if setup.Relations[k].Name != name {
					continue
				}
				if word == "year" {
					setup.Relations[k].Year = analysis.Grain(value)
				} else {
					setup.Relations[k].Until = value
				}
			}
		case "lonely":
			for k := range setup.Relations {
				if s := setup.Relations[k].Sample; s != nil {
					s.LonelyPSU = rest
				}
			}
		default:
			t.Fatalf("query: unknown word %q", word)
		}
	}
}

// createRelation makes a table of a CSV whose header says "name:type".
func createRelation(t *testing.T, db *sql.DB, f txtar.File) analysis.Relation {
	kind, name, _ := strings.Cut(strings.TrimSuffix(f.Name, ".csv"), "/")
	r := analysis.Relation{Name: name, Kind: kind, Year: analysis.CalendarYear, Files: []string{f.Name}}
	rows := readCSV(t, f.Data)
	var declared []string
	types := map[string]string{"text": "VARCHAR", "period": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "decimal": "DECIMAL(18,2)", "boolean": "BOOLEAN", "date": "DATE"}
	for _, cell := range rows[0] {
		column, kind, _ := strings.Cut(cell, ":")
		if types[kind] == "" {
			t.Fatalf("%s: header %q has no type", f.Name, cell)
		}
		r.Columns = append(r.Columns, analysis.ColumnType{Name: column, Type: kind})
		declared = append(declared, analysis.Quote(column)+" "+types[kind])
	}
	if kind == "survey" {
		r.Sample = &analysis.Sample{}
		for column, field := range map[string]*string{"weight": &r.Sample.Weight, "stratum": &r.Sample.Stratum} {
			if r.Has(column) {
				*field = column
			}
		}
		for column, list := range map[string]*[]string{"psu": &r.Sample.PSU, "fpc": &r.Sample.FPC} {
			if r.Has(column) {
				*list = []string{column}
			}
		}
	}
	exec(t, db, fmt.Sprintf("CREATE TABLE %s (%s)", analysis.Quote(name), strings.Join(declared, ", ")))
	for _, row := range rows[1:] {
		cells := make([]string, len(row))
		for k, cell := range row {
			cells[k] = "NULL"
			if cell != "" {
				cells[k] = analysis.Literal(cell)
			}
		}
		exec(t, db, fmt.Sprintf("INSERT INTO %s VALUES (%s)", analysis.Quote(name), strings.Join(cells, ", ")))
	}
	return r
}

func exec(t *testing.T, db *sql.DB, query string) {
	t.Helper()
	if _, err := db.ExecContext(context.Background(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func readCSV(t *testing.T, data []byte) [][]string {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(string(data)))
	reader.Comment = '#'
	rows, err := reader.ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%q: %v", data, err)
	}
	return rows
}

func compareValues(t *testing.T, got []analysis.Value, want [][]string) {
	if len(got) != len(want)-1 {
		t.Errorf("%d values, want %d", len(got), len(want)-1)
	}
	for k, v := range got {
		if k+1 >= len(want) {
			t.Errorf("unexpected: %s", show(v))
			continue
		}
		for c, column := range want[0] {
			compareCell(t, v, column, want[k+1][c])
		}
	}
}

func show(v analysis.Value) string {
	return fmt.Sprintf("%s %s %s [%s] = %v se %v n %d missing %d %s %s %v", v.Code, v.Period.Label, v.Place, v.Group, v.Value, v.SE, v.N, v.Missing, v.State, v.Reason, v.Flags)
}

func compareCell(t *testing.T, v analysis.Value, column, want string) {
	t.Helper()
	texts := map[string]string{
		"code": v.Code, "period": v.Period.Label, "group": v.Group.String(), "place": v.Place, "state": string(v.State),
		"n": strconv.FormatInt(v.N, 10), "missing": strconv.FormatInt(v.Missing, 10), "reason": v.Reason, "flags": strings.Join(v.Flags, "; "),
	}
	if text, ok := texts[column]; ok {
		if text != want {
			t.Errorf("%s: %s %q, want %q", show(v), column, text, want)
		}
		return
	}
	numbers := map[string]float64{
		"value": v.Value, "se": v.SE, "ci_low": v.Low, "ci_high": v.High, "df": v.DF, "numerator": v.Numerator, "denominator": v.Denominator,
	}
	x, ok := numbers[column]
	if !ok {
		t.Fatalf("want.csv: unknown column %q", column)
	}
	if want == "" {
		if !math.IsNaN(x) {
			t.Errorf("%s: %s %v, want none", show(v), column, x)
		}
		return
	}
	y, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatalf("want.csv: %s %q: %v", column, want, err)
	}
	if math.Abs(x-y) > tolerance*max(math.Abs(y), 1e-3) || math.IsNaN(x) {
		t.Errorf("%s: %s %v, want %v", show(v), column, x, y)
	}
}
