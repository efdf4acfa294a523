package ingest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// propose returns the proposal for files of the city's folder, with the folder
// left out.
func (c city) propose(names ...string) string {
	c.t.Helper()
	for i, name := range names {
		names[i] = filepath.Join(c.dir, name)
	}
	text, problems := Propose(context.Background(), "", names, suite)
	if len(problems) > 0 {
		c.t.Fatal(problems)
	}
	return strings.ReplaceAll(text, c.dir+"/", "")
}

// loadProposal loads a proposal as it stands, once what it asks for is put in.
func (c city) loadProposal(text string) Loads {
	c.t.Helper()
	text = strings.NewReplacer(`kind: "?"`, "kind: participation", `from: "''"`, `from: "'2025'"`).Replace(text)
	var project struct {
		Datasets map[string]Dataset `yaml:"datasets"`
	}
	if problems := analysis.DecodeYAML("proposal", []byte(text), &project); len(problems) > 0 {
		c.t.Fatal(problems)
	}
	o := Options{Dir: c.dir, Adapters: suite}
	for _, name := range sortedKeys(project.Datasets) {
		d := project.Datasets[name]
		d.Name = name
		o.Datasets = append(o.Datasets, d)
	}
	loads, err := Load(context.Background(), o)
	must(c.t, err)
	return loads
}

// latin1 is text in ISO 8859-1.
func latin1(text string) string {
	var b []byte
	for _, r := range text {
		b = append(b, byte(r))
	}
	return string(b)
}

func TestProposeBudget(t *testing.T) {
	c := newCity(t, map[string]string{"data/presupuesto.csv": latin1("Presupuesto municipal;;;;\n;;;;\n" +
		"Año;Función;Código;Importe;Pagado\n" +
		"2023;Educación;001;1.234.567,50;31/12/2023\n" +
		"2023;Parques;002;12,5;15/01/2024\n" +
		"2024;Educación;001;n/a;01/02/2024\n" +
		"2024;Parques;002;8,00;28/02/2024\n" +
		";Total;;1.234.588,00;\n" +
		"Fuente: Ayuntamiento;;;;\n")})
	text := c.propose("data/presupuesto.csv")
	equal(t, "proposal", text, `
datasets:
  presupuesto:
    kind: budget  # guessed: column "Importe" looks like an amount of money
    files: data/presupuesto.csv
    read:
      encoding: windows-1252  # guessed: the text is not valid UTF-8 and fits this
      delimiter: ";"  # guessed: the lines have most cells in common with it
      header: 3  # guessed: the 2 rows above it fill few cells, as titles do
      decimal: ","  # guessed: most numbers are written so
      thousands: "."  # guessed: most numbers are written so
      missing: n/a  # guessed: they stand among numbers or dates in 1 columns
    exclude: "\"Año\" IN ('Fuente: Ayuntamiento') OR \"Función\" IN ('Total')"  # guessed: these rows are totals or notes, not data
    columns:
      period: {type: period, from: Año}  # guessed: all values are years
      función: {type: text, from: Función}  # guessed: 2 different texts
      código: {type: text, from: Código}  # guessed: digits with leading zeros are codes, not amounts
      amount: {type: decimal, from: Importe}  # guessed: money with at most 2 decimals
      pagado: {type: date, from: Pagado, form: "%d/%m/%Y"}  # guessed: all values are dates of this form`)
	equal(t, "loads", c.loadProposal(text).summary(), "presupuesto data/presupuesto.csv rows=4 rejected=0 excluded=2 loaded")
	equal(t, "sum", c.rows("SELECT sum(amount) FROM budget"), "1234588.00") // 1234567.50 + 12.50 + 8.00, as the total row says
}

func TestProposeUnpivot(t *testing.T) {
	c := newCity(t, map[string]string{
		"data/visits.csv":    "Library,2022,2023,2024\nNorth,10,11,12\nSouth,20,,22\n",
		"data/2024-ages.csv": "Code,Name,0,1,2,3,4,5,6,7,8,9,10+\nE1,North,1,2,3,4,5,6,7,8,9,10,11\n",
	})
	text := c.propose("data/visits.csv", "data/2024-ages.csv")
	equal(t, "proposal", text, `
datasets:
  visits:
    kind: statistic  # guessed: its headers are years
    files: data/visits.csv
    unpivot: {columns: '/^(19|20)\d\d$/', name: year, value: value}  # guessed: 3 headers are years
    columns:
      series: {type: text, from: "'visits'"}  # guessed: the file's name; give the figure the name indicators use
      library: {type: text, from: Library}  # guessed: 2 different texts
      period: {type: period, from: year}  # guessed: the headers are years
      value: {type: integer}  # guessed: the cells under the unpivoted headers: all values are whole numbers
  the_2024_ages:
    kind: population  # guessed: its headers are ages
    files: data/2024-ages.csv
    unpivot: {columns: '/^\d{1,3}\+?$/', name: age_text, value: persons_text}  # guessed: 11 headers are ages
    columns:
      period: {type: period, from: "'2024'"}  # guessed: the file's name; no column looks like a period
      code: {type: text, from: Code}  # guessed: one text throughout
      name: {type: text, from: Name}  # guessed: one text throughout
      age: {type: integer, from: "CAST(replace(age_text, '+', '') AS INTEGER)"}  # guessed: the headers are ages
      persons: {type: integer, from: persons_text}  # guessed: the cells under the unpivoted headers: all values are whole numbers`)
	equal(t, "loads", c.loadProposal(text).summary(), `
the_2024_ages data/2024-ages.csv rows=11 rejected=0 excluded=0 loaded
visits data/visits.csv rows=5 rejected=0 excluded=0 loaded`)
}

func TestProposeWorkbook(t *testing.T) {
	c := workbookOf(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", 1, "About this survey")
		_, err := f.NewSheet("Answers")
		must(t, err)
		setRow(t, f, "Answers", 1, "Residents' survey")
		setRow(t, f, "Answers", 3, "id", "District", "Age", "Q1", "weight", "Interviewed on")
		for i := range 5 {
			setRow(t, f, "Answers", 4+i, i+1, []string{"North", "South"}[i%2], 20+i, "Yes", 1.25, time.Date(2025, 3, 1+i, 0, 0, 0, 0, time.UTC))
		}
	})
	text := c.propose("data/f.xlsx")
	equal(t, "proposal", text, `
datasets:
  f:
    kind: survey  # guessed: it has weights or numbered questions
    files: data/f.xlsx
    read:
      sheet: Answers  # guessed: of 2 sheets it has the most cells
      header: 3  # guessed: the 2 rows above it fill few cells, as titles do
    columns:
      period: {type: period, from: "left(\"Interviewed on\", 7)"}  # guessed: the month of "Interviewed on"
      id: {type: integer}  # guessed: all values are whole numbers
      place: {type: text, from: District}  # guessed: 2 different texts
      age: {type: integer, from: Age}  # guessed: all values are whole numbers
      q1: {type: text, from: Q1}  # guessed: one text throughout
      interviewed_on: {type: date, from: Interviewed on}  # guessed: all values are dates of this form
    design: {weight: "\"weight\""}  # guessed: the column's name; stratum and psu must be added where the survey has them`)
	loads := c.loadProposal(text)
	equal(t, "loads", loads.summary(), "f data/f.xlsx rows=5 rejected=0 excluded=0 loaded")
	equal(t, "rows", c.rows("SELECT DISTINCT period, weight FROM f"), "2025-03|1.25")
}

func TestProposeSeveralFiles(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n", "data/b.csv": "period,persons\n2024,1\n", "data/c.json": `[{"lat": 1.5, "lon": 2, "name": "Pool"}]`})
	text := c.propose("data/a.csv", "data/b.csv", "data/c.json")
	if !strings.Contains(text, "files: [data/a.csv, data/b.csv]  # guessed: they have the same columns") || !strings.Contains(text, "kind: space  # guessed: it has coordinates") {
		t.Error(text)
	}
	equal(t, "loads", c.loadProposal(text).summary(), `
a data/a.csv rows=1 rejected=0 excluded=0 loaded
a data/b.csv rows=1 rejected=0 excluded=0 loaded
c data/c.json rows=1 rejected=0 excluded=0 loaded`)
	_, problems := Propose(context.Background(), "", []string{filepath.Join(c.dir, "none.csv")}, suite)
	equal(t, "no file", problems.Error(), filepath.Join(c.dir, "none.csv")+": there is no such file")
}

// TestProposeTheWorst proposes for awkward files; what it says must load.
func TestProposeTheWorst(t *testing.T) {
	for name, text := range map[string]string{
		"duplicate headers":   "a,a,\"b\nc\",,year\n1,2,3,4,2024\n",
		"words of YAML":       "yes,no,null,#x,a: b,'q',\"\"\"\"\n1,2,3,4,5,6,7\n",
		"words of SQL":        "group,order,select,from,when,case\n1,2,3,4,5,2024\n",
		"other scripts":       "السنة,المنطقة,القيمة\n2024,شمال,5\n2023,جنوب,6\n",
		"age bands":           "Age,Sex,Count\n25-34,f,3\n35-44,m,4\n",
		"no header":           "1,2,3\n4,5,6\n",
		"header only":         "a,b,c\n",
		"leading spaces":      " a , b\n1,2\n",
		"date columns":        "date,event_date,closed\n2024-01-05,soon,1\n",
		"one column":          "value\n1\n2\n",
		"mixed month and day": "day,n\n01/02/2024,1\n02/03/2024,2\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := newCity(t, map[string]string{"data/f.csv": text})
			proposal := c.propose("data/f.csv")
			loads := c.loadProposal(proposal)
			if loads.rejected() > 0 {
				t.Errorf("%s\n%s", proposal, loads.rejects())
			}
		})
	}
}

// TestProposePairsOfYears proposes for years as budgets write them, in headers and
// in a column; every proposal must load without a reject.
func TestProposePairsOfYears(t *testing.T) {
	for _, test := range []struct{ text, from, first string }{
		{"Agency,2014-15,2015-16\nA,1,2\n", `from: "replace(year, '-', '/')"`, "2014/15"},
		{"Agency,2011-12,2012-13\nA,1,2\n", `from: "replace(year, '-', '/')"`, "2011/12"}, // 2011-12 is no month here
		{"Agency,1999-2000,2000-2001\nA,1,2\n", `from: "replace(year, '-', '/')"`, "1999/00"},
		{"Agency,2014/15,2015/16\nA,1,2\n", "from: year", "2014/15"},
		{"Year,Amount\n2014-15,1\n2015-16,2\n", `from: "replace(\"Year\", '-', '/')"`, "2014/15"},
		{"Year,Amount\n2011-12,1\n2012-13,2\n", `from: "replace(\"Year\", '-', '/')"`, "2011/12"},
		{"Year,Amount\nFY2014-15,1\nFY2015-16,2\n", `from: "replace(replace(replace(\"Year\", 'FY', ''), ' ', ''), '-', '/')"`, "2014/15"},
		{"Year,Amount\nFY13-14,1\nFY 14/15,2\n", `from: "'20' || replace(replace(replace(\"Year\", 'FY', ''), ' ', ''), '-', '/')"`, "2013/14"},
		{"Year,Amount\nFY2014,1\nFY2015,2\n", "from: Year", "FY2014"},
		{"Month,Amount\n2011-11,1\n2011-12,2\n", "from: Month", "2011-11"},
	} {
		c := newCity(t, map[string]string{"data/f.csv": test.text})
		text := c.propose("data/f.csv")
		if !strings.Contains(text, "period: {type: period, "+test.from+"}") {
			t.Errorf("%q: not %s:\n%s", test.text, test.from, text)
		}
		equal(t, test.text, c.loadProposal(text).summary(), "f data/f.csv rows=2 rejected=0 excluded=0 loaded")
		equal(t, test.text, c.rows("SELECT min(period) FROM f"), test.first)
	}
}

// TestProposeAsksForWhatNoFileTells proposes neither today's year nor a kind at
// random; Check refuses what is left to be put in.
func TestProposeAsksForWhatNoFileTells(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "Alter,Personen\n25,3\n26,4\n", "data/g.csv": "course,room\nPottery,1\n", "data/h.csv": "Agency,2014-15,2015-17\nA,1,2\n"})
	text := c.propose("data/f.csv", "data/g.csv", "data/h.csv")
	for _, part := range []string{
		`kind: population  # guessed: column "Personen" counts people by age`,
		`kind: "?"  # guessed: nothing tells what its rows are`,
		`period: {type: period, from: "''"}  # guessed: nothing in the file says which period it is: put it in`,
		`period: {type: period, from: "''"}  # guessed: the headers look like years but are not read as such: no form fits 2014-15, 2015-17`,
	} {
		if !strings.Contains(text, part) {
			t.Errorf("no %s in\n%s", part, text)
		}
	}
	equal(t, "check", c.check(`
f:
  kind: "?"
  files: data/f.csv
  columns:
    period: {type: period, from: "''"}
`), `
pediment.yaml:3:10: f: put in what its rows are (known kinds: survey, participation, budget, statistic, population, space, event, review, feedback)
pediment.yaml:6:35: f: put in the period these rows are of (for example period: {type: period, from: "'2025'"})`)
}

func TestProposeSaysWhatCannotBeRead(t *testing.T) {
	c := newCity(t, map[string]string{"f.sav": "x", "empty.csv": ""})
	_, problems := Propose(context.Background(), "", []string{filepath.Join(c.dir, "f.sav"), filepath.Join(c.dir, "empty.csv")}, suite)
	if len(problems) != 2 {
		t.Error(problems)
	}
	if _, err := os.Stat(filepath.Join(c.dir, derivedFolder)); err == nil {
		t.Error("a proposal wrote into the folder")
	}
}
