package costbenefit

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
)

// appraised compiles one of the test's appraisals, with words replaced in its
// file and values set.
func appraised(t *testing.T, name string, set map[string]string, replace ...string) *Model {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "workbook", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(string(data), replace[i]) {
			t.Fatalf("%s does not hold %q", name, replace[i])
		}
	}
	a, problems := Read("appraisals/"+name+".yaml", []byte(strings.NewReplacer(replace...).Replace(string(data))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	setup := answered()
	setup.Set = set
	m, problems := Compile(a, setup)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// change puts a value into the cell with the name, or at Sheet!row,column.
func change(t *testing.T, s analysis.Spreadsheet, name, sheet string, row, column int, value any) {
	t.Helper()
	for i := range s.Sheets {
		for k := range s.Sheets[i].Cells {
			c := &s.Sheets[i].Cells[k]
			if name != "" && c.Name == name || name == "" && s.Sheets[i].Name == sheet && c.Row == row && c.Column == column {
				if c.Style != analysis.InputStyle {
					t.Fatalf("%s%s is no input", name, sheet)
				}
				c.Value = value
				return
			}
		}
	}
	t.Fatalf("no cell %s%s", name, sheet)
}

// sameResults compares the workbook's own figures with those of another model.
func sameResults(t *testing.T, s analysis.Spreadsheet, w *workbook, m *Model) {
	t.Helper()
	cells := map[[2]int]any{}
	for _, page := range s.Sheets {
		if page.Name == resultsSheet {
			for _, c := range page.Cells {
				cells[[2]int{c.Row, c.Column}] = c.Value
			}
		}
	}
	compared := 0
	for _, measure := range m.Measures(m.Compute(m.Values())) {
		value := cells[[2]int{w.resultRow[measure.Name], 3 + 4*measure.Option}]
		x, number := value.(float64)
		switch {
		case number == math.IsNaN(measure.Value) && !(measure.Name == "irr" && !number):
			t.Errorf("%s of option %d: the workbook has %v, the engine %v (%s)", measure.Name, measure.Option, value, measure.Value, measure.Note)
		case number && math.Abs(x-measure.Value) > 1e-6*max(math.Abs(measure.Value), 1e-3):
			t.Errorf("%s of option %d: the workbook has %v, the engine %v", measure.Name, measure.Option, x, measure.Value)
		}
		compared++
	}
	if compared < 20 {
		t.Errorf("only %d measures compared", compared)
	}
}

// What a person changes in the workbook changes its results as the engine's, run
// on the same change, do.
func TestWorkbookFollowsInputs(t *testing.T) {
	for _, test := range []struct {
		name, file string
		set        map[string]string
		replace    []string
		change     func(t *testing.T, s analysis.Spreadsheet)
	}{
		{name: "deadweight", file: "library", set: map[string]string{"anyway": "45%"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_anyway", "", 0, 0, .45) }},
		{name: "rate", file: "library", set: map[string]string{"early_rate": "6%"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_early_rate", "", 0, 0, .06) }},
		{name: "inflation", file: "library", set: map[string]string{"prices_rise": "4.5%"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_prices_rise", "", 0, 0, .045) }},
		{name: "duration", file: "library", set: map[string]string{"lasts": "5.25"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_lasts", "", 0, 0, 5.25) }},
		{name: "cost of taxation", file: "library", set: map[string]string{"tax_cost": "0"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_tax_cost", "", 0, 0, 0.0) }},
		{name: "first amount", file: "library", replace: []string{"amounts: {2025: 400000,", "amounts: {2025: 555000,"},
			change: func(t *testing.T, s analysis.Spreadsheet) {
				change(t, s, "", amountsSheet, firstLine, yearColumn, 555000.0)
			}},
		{name: "lag", file: "library", replace: []string{"lag: 1,", "lag: 3,"},
			change: func(t *testing.T, s analysis.Spreadsheet) {
				change(t, s, "", linesSheet, firstLine+7, lagColumn, int64(3))
			}},
		{name: "timing", file: "literacy", replace: []string{"timing: end", "timing: mid\nyear_zero: during"},
			change: func(t *testing.T, s analysis.Spreadsheet) {
				change(t, s, "timing", "", 0, 0, "mid")
				change(t, s, "year_zero", "", 0, 0, "during")
			}},
		{name: "who is public", file: "library", replace: []string{"{id: firms, name: Firms}", "{id: firms, name: Firms, public: true}"},
			change: func(t *testing.T, s analysis.Spreadsheet) {
				w := appraised(t, "library", nil).draft(analysis.Result{})
				change(t, s, "", partiesSheet, w.people+3, 3, 1.0)
			}},
		{name: "scenario", file: "library", set: map[string]string{"library_users": "4000", "anyway": "45%", "early_rate": "5%"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "scenario", "", 0, 0, int64(1)) }},
		{name: "verdict", file: "literacy", set: map[string]string{"anyway": "50%"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_anyway", "", 0, 0, .5) }},
		{name: "begin", file: "festival", set: map[string]string{"visits": "12500"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_visits", "", 0, 0, 12500.0) }},
		{name: "dated rate", file: "dated", set: map[string]string{"rate": "2%"},
			change: func(t *testing.T, s analysis.Spreadsheet) { change(t, s, "in_rate", "", 0, 0, .02) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := appraised(t, test.file, nil).draft(analysis.Result{})
			s := w.book
			if err := s.Calculate(); err != nil {
				t.Fatal(err)
			}
			for _, wrong := range failing(s) {
				if !strings.HasPrefix(wrong, coverSheet) {
					t.Error("as delivered: ", wrong)
				}
			}
			sameResults(t, s, w, appraised(t, test.file, nil))
			test.change(t, s)
			if err := s.Calculate(); err != nil {
				t.Fatal(err)
			}
			sameResults(t, s, w, appraised(t, test.file, test.set, test.replace...))
			if state := numberless(s, checksSheet, 4, 3); state != "changed" {
				t.Errorf("the flag says %v, not changed", state)
			}
		})
	}
}

// numberless is what a cell holds.
func numberless(s analysis.Spreadsheet, sheet string, row, column int) any {
	for _, page := range s.Sheets {
		for _, c := range page.Cells {
			if page.Name == sheet && c.Row == row && c.Column == column {
				return c.Value
			}
		}
	}
	return nil
}
