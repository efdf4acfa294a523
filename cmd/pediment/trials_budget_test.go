//go:build trials

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
)

// budgetTrial is a city whose library spending is followed over the years.
type budgetTrial struct {
	name, library string // library: the programme's code
	settings      string // pediment.yaml
	deflators     string
	population    string
}

// Madrid: lines of the approved budget. The libraries are programme
// 33201, from 2015 on 33210; they are followed under one name. Prices: annual averages of the consumer price index, INE (+1.4 %, −0.2 %,
// −0.5 %), rounded, here to show the way. Residents: municipal register of 1
// January, INE.
var madridLibraries = budgetTrial{
	name: "Madrid", library: "libraries",
	settings: `
city: Madrid
currency: EUR
datasets:
  expenditure:
    kind: budget
    files: data/spending/madrid_budget_2012_2015/gastos_v40_2012-2015.csv
    columns:
      period:    {type: period, from: AÑO}
      function:  {type: text, from: "substr(PROGRAMA, 1, 2)"}
      programme: {type: text, from: "CASE WHEN \"DESCRIPCION PROGRAMA\" LIKE 'BIBLIOTECAS%' THEN 'libraries' ELSE PROGRAMA END"}
      phase:     {type: text, from: "'approved'"}
      amount:    {type: decimal, from: IMPORTE}
  population:
    kind: population
    files: population.csv
    columns:
      period:  {type: period}
      persons: {type: integer}
`,
	deflators:  "year,index,source\n2012,100,INE\n2013,101.4,INE\n2014,101.2,INE\n2015,100.7,INE\n",
	population: "period,persons\n2012,3233527\n2013,3207247\n2014,3165235\n2015,3141991\n",
}

// Oakland: fiscal years from July, adopted, adjusted and proposed budgets as one
// series. Prices: CPI-U, US city average, annual averages, Bureau of Labor
// Statistics. Residents: a straight line between the censuses of 2010 (390,724)
// and 2020 (440,646), which is illustrative; 2021 as 2020.
var oaklandLibraries = budgetTrial{
	name: "Oakland", library: "Library",
	settings: `
city: Oakland
currency: USD
calendar: {fiscal_year_starts: 7, fiscal_year_named_by: start}
budget:
  phases: {approved: [adopted, adjusted, proposed]}
  directions: {expenditure: [Expense], revenue: [Revenue]}
datasets:
  budget_lines:
    kind: budget
    files: data/spending/oakland_budget/FY*.csv
    year: fiscal
    columns:
      period:    {type: period, from: budget_year}
      programme: {type: text, from: "CASE WHEN department LIKE '%Library%' THEN 'Library' ELSE department END"}
      direction: {type: text, from: account_type}
      phase:     {type: text, from: "regexp_extract(filename, '__([a-z]+)', 1)"}
      amount:    {type: decimal}
  population:
    kind: population
    files: population.csv
    columns:
      period:  {type: period}
      persons: {type: integer}
`,
	deflators:  "year,index,source\n2013,232.957,BLS\n2014,236.736,BLS\n2015,237.017,BLS\n2016,240.007,BLS\n2017,245.120,BLS\n2019,255.657,BLS\n2020,258.811,BLS\n2021,270.970,BLS\n",
	population: "period,persons\n2013,405701\n2014,410693\n2015,415685\n2016,420677\n2017,425669\n2019,435654\n2020,440646\n2021,440646\n",
}

// TestTrialsBudget follows what two cities spend on libraries, per resident and in
// real terms, and compares every year's amounts with the reference.
func TestTrialsBudget(t *testing.T) {
	data := os.Getenv("PEDIMENT_TRIALS")
	if data == "" {
		t.Fatal("no data: run make trials DATA=folder with the public data sets")
	}
	t.Run("Madrid", func(t *testing.T) {
		table := madridLibraries.real(t, data)
		var ref struct {
			Total  map[string]float64            `json:"total_by_year"`
			Policy map[string]map[string]float64 `json:"by_year_politica_gasto_2digit"`
		}
		readReference(t, filepath.Join(data, "spending/madrid_budget_2012_2015/reference.json"), &ref)
		for year, want := range ref.Total {
			sameAmount(t, table, year, "total", "", want)
			for code, want := range ref.Policy[year] {
				sameAmount(t, table, year, "function", code, want)
			}
		}
		// Lines of BIBLIOTECAS added up with python 3.11, csv.
		for year, want := range map[string]float64{"2012": 24044980, "2013": 23353649, "2014": 23221617, "2015": 21731783} {
			sameAmount(t, table, year, "programme", "libraries", want)
		}
	})
	t.Run("Oakland", func(t *testing.T) {
		table := oaklandLibraries.real(t, data)
		var ref struct {
			Total      map[string]float64            `json:"total_by_fy_type"`
			Department map[string]map[string]float64 `json:"expense_by_fy_department"`
		}
		readReference(t, filepath.Join(data, "spending/oakland_budget/reference.json"), &ref)
		for fiscal, departments := range ref.Department {
			year := "FY20" + fiscal[2:4]
			sameAmount(t, table, year, "total", "", ref.Total[fiscal+"|Expense"])
			for name, want := range departments {
				if strings.Contains(name, "Library") {
					sameAmount(t, table, year, "programme", "Library", want)
				}
			}
		}
	})
}

func readReference(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// real runs the analysis, prints the libraries' rows and returns the table real.
func (b budgetTrial) real(t *testing.T, data string) analysis.Table {
	dir := t.TempDir()
	data, err := filepath.Abs(data)
	if err == nil {
		err = os.Symlink(data, filepath.Join(dir, "data"))
	}
	for name, text := range map[string]string{projectFile: b.settings, deflatorsFile: b.deflators, "population.csv": b.population} {
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	var out, problems bytes.Buffer
	run(t.Context(), []string{"-C", dir, "analyze", "budget", "--format", "json", "--table", "real"}, nil, &out, &problems)
	var result analysis.Result
	if err := json.Unmarshal(out.Bytes(), &result); err != nil || len(result.Tables) == 0 {
		t.Fatalf("%v\n%s", err, problems.String())
	}
	table := result.Tables[0]
	for _, row := range table.Rows {
		if row[2] == "programme" && row[3] == b.library {
			fmt.Fprintf(t.Output(), "%s libraries, %v: %.0f as paid, %.0f in prices of %v; %.2f and %.2f per resident\n", b.name, row[0], row[5], row[8], row[9], row[11], row[12])
		}
	}
	return table
}

// sameAmount looks the amount up and compares it to the cent.
func sameAmount(t *testing.T, table analysis.Table, year, by, code string, want float64) {
	t.Helper()
	for _, row := range table.Rows {
		if row[0] == year && row[2] == by && row[3] == code {
			if got, _ := row[5].(float64); math.Abs(got-want) > .005 {
				t.Errorf("%s %s %s: %.2f, the reference has %.2f", year, by, code, got, want)
			}
			return
		}
	}
	t.Errorf("%s %s %s: no row", year, by, code)
}
