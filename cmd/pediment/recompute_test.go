package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"pediment/cmd/pediment/example"
)

// Figures of the example city, worked out again from its raw files by other
// means than the engine's: plain loops over the rows.
func TestExampleRecomputed(t *testing.T) {
	dir := t.TempDir()
	if err := example.Write(context.Background(), dir, example.Options{}); err != nil {
		t.Fatal(err)
	}
	got := computed(t, dir, "3.3.1.1", "1.2.2.1", "2.1.3.1", "2.2.1.1")
	share := educationShare(t, filepath.Join(dir, "data", "ledger-2025.csv"))
	near(t, "education share 2025", got["3.3.1.1 2025"].value, share)
	near(t, "unemployment 2025", got["1.2.2.1 2025"].value, unemployment(t, dir))
	value, se := adultLearning(t, filepath.Join(dir, "data", "residents-2021.csv"))
	near(t, "adult learning 2021", got["2.1.3.1 2021"].value, value)
	near(t, "its standard error", got["2.1.3.1 2021"].se, se)
	near(t, "learning spaces 2023", got["2.2.1.1 2023"].value, spaces(t, dir))
}

type pair struct{ value, se float64 }

// computed runs compute and keeps the whole city's values by code and period.
func computed(t *testing.T, dir string, codes ...string) map[string]pair {
	t.Helper()
	var out, errOut bytes.Buffer
	args := append([]string{"-C", dir, "compute", "--totals", "--format", "json"}, codes...)
	if code := run(context.Background(), args, nil, &out, &errOut); code != exitDone {
		t.Fatalf("exit %d: %s", code, &errOut)
	}
	var answer struct {
		Tables []struct {
			Columns []struct{ Name string }
			Rows    [][]any
		}
	}
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	values := map[string]pair{}
	for _, row := range answer.Tables[0].Rows {
		cells := map[string]any{}
		for k, c := range answer.Tables[0].Columns {
			cells[c.Name] = row[k]
		}
		value, _ := cells["value"].(float64)
		se, _ := cells["se"].(float64)
		values[cells["code"].(string)+" "+cells["period"].(string)] = pair{value, se}
	}
	return values
}

// educationShare adds up a ledger's executed expenditure in exact cents.
func educationShare(t *testing.T, file string) float64 {
	var all, education big.Int
	for _, row := range records(t, file, ';', charmap.Windows1252) {
		if row["Posting"] == "TOTAL" || row["Direction"] != "expenditure" {
			continue
		}
		cents, ok := new(big.Int).SetString(strings.NewReplacer(".", "", ",", "").Replace(row["Amount"]), 10)
		if !ok {
			t.Fatalf("amount %q", row["Amount"])
		}
		all.Add(&all, cents)
		if strings.HasPrefix(row["Function"], "09") {
			education.Add(&education, cents)
		}
	}
	share, _ := new(big.Rat).SetFrac(&education, &all).Float64()
	return 100 * share
}

// unemployment is the sum of the quarters' unemployed over the sum of their
// labour force.
func unemployment(t *testing.T, dir string) float64 {
	var unemployed, force float64
	for _, row := range records(t, filepath.Join(dir, "data", "statistics-office.csv"), ',', nil) {
		if row["SERIES"] == "unemployment_rate" && strings.HasPrefix(row["TIME_PERIOD"], "2025") && row["REF_AREA"] == "RB" && row["SEX"] == "_T" && row["AGE"] == "_T" {
			unemployed += parse(t, row["NUMERATOR"])
			force += parse(t, row["DENOMINATOR"])
		}
	}
	return 100 * unemployed / force
}

// adultLearning is the weighted share of residents of 25 to 64 who learned, with
// the standard error of a stratified cluster sample drawn without replacement,
// residual by residual: rows outside the age group or without an answer have none.
func adultLearning(t *testing.T, file string) (value, se float64) {
	rows := records(t, file, ',', nil)
	var y, x float64
	domain := func(row map[string]string) bool {
		age := parse(t, row["age"])
		return age >= 25 && age <= 64 && (row["q01"] == "1" || row["q01"] == "2")
	}
	for _, row := range rows {
		if w := parse(t, row["weight"]); domain(row) {
			x += w
			if row["q01"] == "1" {
				y += w
			}
		}
	}
	blocks, sampled, population := map[string]map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, row := range rows {
		h := row["district"]
		if blocks[h] == nil {
			blocks[h] = map[string]float64{}
		}
		z := 0.0
		if domain(row) {
			z = -parse(t, row["weight"]) * y / x / x
			if row["q01"] == "1" {
				z += parse(t, row["weight"]) / x
			}
		}
		blocks[h][row["block"]] += z
		sampled[h], population[h] = float64(len(blocks[h])), parse(t, row["blocks_in_district"])
	}
	var variance float64
	for h, sums := range blocks {
		n, mean := sampled[h], 0.0
		for _, z := range sums {
			mean += z / n
		}
		for _, z := range sums {
			variance += (1 - n/population[h]) * n / (n - 1) * (z - mean) * (z - mean)
		}
	}
	return 100 * y / x, 100 * math.Sqrt(variance)
}

// spaces counts the learning spaces open at the end of 2023 for 100,000 residents.
func spaces(t *testing.T, dir string) float64 {
	open, residents := 0.0, 0.0
	for _, row := range records(t, filepath.Join(dir, "data", "learning-spaces.csv"), ',', nil) {
		if (row["State"] == "in use" || row["Closed"] != "") && row["Opened"] < "2024-01-01" && (row["Closed"] == "" || row["Closed"] > "2023-12-31") {
			open++
		}
	}
	for _, row := range records(t, filepath.Join(dir, "data", "population.csv"), ',', nil) {
		if row["Year"] == "2023" && strings.HasPrefix(row["District"], "RB0") && (row["Sex"] == "female" || row["Sex"] == "male") {
			residents += parse(t, row["All ages"])
		}
	}
	return 1e5 * open / residents
}

// records reads a CSV file as rows by header.
func records(t *testing.T, file string, comma rune, encoding *charmap.Charmap) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if encoding != nil {
		if data, err = encoding.NewDecoder().Bytes(data); err != nil {
			t.Fatal(err)
		}
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes = comma, -1, true
	all, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for k, cell := range cells {
			row[all[0][k]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func parse(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Abs(want)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
