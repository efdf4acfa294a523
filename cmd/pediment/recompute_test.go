package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
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
	value, se := adultLearning(t, dir)
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

// adultLearning is the share of residents of 25 to 64 who learned, weighted and
// raked, with the standard error of a stratified cluster sample drawn without
// replacement, residual by residual: rows outside the age group or without an
// answer have none.
func adultLearning(t *testing.T, dir string) (value, se float64) {
	rows := records(t, filepath.Join(dir, "data", "residents-2021.csv"), ',', nil)
	sexes, districts := raked(t, dir, rows)
	var y, x float64
	domain := func(row map[string]string) bool {
		age := parse(t, row["age"])
		return age >= 25 && age <= 64 && (row["q01"] == "1" || row["q01"] == "2")
	}
	for k, row := range rows {
		if w := districts[k]; domain(row) {
			x += w
			if row["q01"] == "1" {
				y += w
			}
		}
	}
	residuals := make([]float64, len(rows))
	for k, row := range rows {
		if domain(row) {
			residuals[k] = -districts[k] * y / x / x
			if row["q01"] == "1" {
				residuals[k] += districts[k] / x
			}
		}
	}
	for range 10 { // as often as R's survey package does
		takeOut(residuals, rows, "sex", sexes)
		takeOut(residuals, rows, "district", districts)
	}
	return 100 * y / x, 100 * math.Sqrt(betweenBlocks(t, rows, residuals))
}

// raked makes the weights of 2021 meet the totals of each sex and then of each
// district, over and over. It returns the weights after either step of the last
// round; after the second they are final.
func raked(t *testing.T, dir string, rows []map[string]string) (sexes, districts []float64) {
	totals := map[string]float64{}
	codes := map[string]string{"male": "1", "female": "2"}
	for _, row := range records(t, filepath.Join(dir, "margins", "residents.csv"), ',', nil) {
		if row["period"] == "2021" {
			totals[cmp.Or(codes[row["level"]], row["level"])] = parse(t, row["total"])
		}
	}
	weights := make([]float64, len(rows))
	for k, row := range rows {
		weights[k] = parse(t, row["weight"])
	}
	meet := func(column string) []float64 {
		sums := map[string]float64{}
		for k, row := range rows {
			sums[row[column]] += weights[k]
		}
		for k, row := range rows {
			weights[k] *= totals[row[column]] / sums[row[column]]
		}
		return slices.Clone(weights)
	}
	for range 50 {
		sexes, districts = meet("sex"), meet("district")
	}
	return sexes, districts
}

// takeOut takes from residuals what a raked margin leaves no chance to: in each
// level the mean of residual over weight, times the weight.
func takeOut(residuals []float64, rows []map[string]string, column string, weights []float64) {
	sums, counts := map[string]float64{}, map[string]float64{}
	for k, row := range rows {
		sums[row[column]] += residuals[k] / weights[k]
		counts[row[column]]++
	}
	for k, row := range rows {
		residuals[k] -= weights[k] * sums[row[column]] / counts[row[column]]
	}
}

// betweenBlocks is the variance of a total of residuals.
func betweenBlocks(t *testing.T, rows []map[string]string, residuals []float64) float64 {
	blocks, population := map[string]map[string]float64{}, map[string]float64{}
	for k, row := range rows {
		h := row["district"]
		if blocks[h] == nil {
			blocks[h] = map[string]float64{}
		}
		blocks[h][row["block"]] += residuals[k]
		population[h] = parse(t, row["blocks_in_district"])
	}
	var variance float64
	for h, sums := range blocks {
		n, mean := float64(len(sums)), 0.0
		for _, z := range sums {
			mean += z / n
		}
		for _, z := range sums {
			variance += (1 - n/population[h]) * n / (n - 1) * (z - mean) * (z - mean)
		}
	}
	return variance
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
