package example_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pediment/analysis"
	"pediment/cmd/pediment/example"
	"pediment/indicators"
	"pediment/ingest"
)

// project is pediment.yaml as far as these tests need it.
type project struct {
	Ages     []int                     `yaml:"ages"`
	Datasets map[string]ingest.Dataset `yaml:"datasets"`
}

// only blanks the top-level entries of YAML besides those named; lines keep their
// numbers.
func only(text []byte, keys ...string) []byte {
	lines, kept := strings.Split(string(text), "\n"), false
	for k, line := range lines {
		if key, _, found := strings.Cut(line, ":"); found && key != "" && !strings.ContainsAny(key[:1], " #") {
			kept = slices.Contains(keys, key)
		}
		if !kept {
			lines[k] = ""
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

var calendar = analysis.Calendar{FiscalStart: time.January, SchoolStart: time.September}

// read returns the folder's project and its datasets by name.
func read(t *testing.T, dir string) (p project, datasets []ingest.Dataset) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "pediment.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if problems := analysis.DecodeYAML("pediment.yaml", only(text, "ages", "datasets"), &p); len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, d := range p.Datasets {
		d.Name = name
		datasets = append(datasets, d)
	}
	slices.SortFunc(datasets, func(a, b ingest.Dataset) int { return strings.Compare(a.Name, b.Name) })
	return p, datasets
}

// TestExampleLoads declares, loads and evaluates the whole example and holds it
// against what its README says.
func TestExampleLoads(t *testing.T) {
	dir := t.TempDir()
	if err := example.Write(t.Context(), dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	p, datasets := read(t, dir)
	adapters := []*ingest.Adapter{ingest.CSV, ingest.XLSX, ingest.JSON}
	if problems := ingest.Check(t.Context(), dir, datasets, calendar, adapters); len(problems) > 0 {
		t.Fatal(problems)
	}
	loads, err := ingest.Load(t.Context(), ingest.Options{Dir: dir, Datasets: datasets, Calendar: calendar, Adapters: adapters})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("rejects", func(t *testing.T) { checkRejects(t, loads) })
	t.Run("coverage", func(t *testing.T) { checkCoverage(t, dir, p) })
}

// wantRejects lists the five mistakes; month 13 spoils three counts.
const wantRejects = `
[adult_education data/adult-education.csv 138  event_date 30/02/2022 is not a date of the form %d/%m/%Y]
[budget_plan data/budget.xlsx <nil> Budget!M214 amount 12.4.31 is not a number with decimal "."]
[community_centres data/community-centres.txt 65  age 4O is not a number with decimal "."]
[libraries data/libraries.csv 30  period 2021-13 is not a period; write 2024, 2024Q3, 2024-05, FY2024, 2023/24 or 2023-05-01/P3M]
[libraries data/libraries.csv 30  period 2021-13 is not a period; write 2024, 2024Q3, 2024-05, FY2024, 2023/24 or 2023-05-01/P3M]
[libraries data/libraries.csv 30  period 2021-13 is not a period; write 2024, 2024Q3, 2024-05, FY2024, 2023/24 or 2023-05-01/P3M]
[reviews data/expert-review.csv 25  score 3-4 is not a number with decimal "."]
`

// checkRejects compares the rejects with wantRejects and counts the records:
// 60,000 of the four providers that scale, less the day and the age that are
// wrong.
func checkRejects(t *testing.T, loads ingest.Loads) {
	var rejects []string
	for _, row := range loads.Rejects.Rows {
		rejects = append(rejects, fmt.Sprint(row))
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(wantRejects), "\n"), rejects); diff != "" {
		t.Errorf("rejects differ (-want +got):\n%s", diff)
	}
	var records int64
	for _, f := range loads.Files {
		t.Logf("%-20s %-32s %6d rows, %d rejected, %d excluded", f.Dataset, f.File, f.Rows, f.Rejected, f.Excluded)
		if slices.Contains([]string{"adult_education", "vocational_college", "community_centres", "online_campus"}, f.Dataset) {
			records += f.Rows
		}
	}
	if records != 59_998 {
		t.Errorf("%d participation records, want 59,998", records)
	}
}

// checkCoverage counts the framework's measures by the latest year they have a
// whole figure for.
func checkCoverage(t *testing.T, dir string, p project) {
	own, err := os.ReadFile(filepath.Join(dir, "indicators/own.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	catalogue, problems := indicators.Read(map[string][]byte{"indicators/own.yaml": own})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	warehouse, err := ingest.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer warehouse.Close()
	relations, err := warehouse.Relations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	setup := indicators.Setup{Catalogue: catalogue, Relations: relations, Calendar: calendar, Ages: p.Ages}
	setup.Rows = func(ctx context.Context, relation string, computed map[string]string) (analysis.Rows, error) {
		var columns []ingest.Computed
		for name, sql := range computed {
			columns = append(columns, ingest.Computed{Name: name, SQL: sql})
		}
		return warehouse.RowsOf(ctx, relation, columns...)
	}
	setup.Margins = readMargins(t, dir, "margins/residents.csv")
	evaluation, err := indicators.Evaluate(t.Context(), warehouse, setup, analysis.Query{Totals: true})
	if err != nil {
		t.Fatal(err)
	}
	latest, none := map[string]int{}, []string{}
	for _, c := range evaluation.Coverage {
		switch {
		case c.Indicator.AreaCode() == "":
		case len(c.Years) == 0:
			none = append(none, c.Indicator.Code)
		case c.Years[len(c.Years)-1][:4] == "2025":
			latest["2025"]++
		default:
			latest["older"]++
		}
	}
	if diff := cmp.Diff(map[string]int{"2025": 48, "older": 9}, latest); diff != "" {
		t.Errorf("measures with figures differ (-README +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1.1.3.2", "1.2.1.1", "1.2.3.1", "1.2.3.2", "2.1.2.2", "2.4.1.2", "2.4.2.3", "2.5.3.2"}, none); diff != "" {
		t.Errorf("measures without figures differ (-README +got):\n%s", diff)
	}
}

// readMargins reads population totals by the file's name: variable, level, total
// and period.
func readMargins(t *testing.T, dir, name string) map[string][]indicators.Margin {
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var margins []indicators.Margin
	for _, row := range rows[1:] {
		total, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		margins = append(margins, indicators.Margin{Period: row[3], Variable: row[0], Level: row[1], Total: total})
	}
	return map[string][]indicators.Margin{name: margins}
}
