package costbenefit

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pediment/analysis"
)

// The workbook is written from the inputs alone; what its formulas give must be
// what the engine computes, to this relative tolerance.
const workbookTolerance = 1e-9

// numberIn is the number in a cell of a calculated workbook.
func numberIn(t interface{ Fatalf(string, ...any) }, s analysis.Spreadsheet, sheet string, row, column int) float64 {
	for _, page := range s.Sheets {
		for _, c := range page.Cells {
			if page.Name == sheet && c.Row == row && c.Column == column {
				if x, ok := c.Value.(float64); ok {
					return x
				}
				t.Fatalf("%s!%s holds %v", sheet, at(column, row), c.Value)
			}
		}
	}
	t.Fatalf("%s!%s is empty", sheet, at(column, row))
	return 0
}

func close(a, b, size float64) bool {
	return math.Abs(a-b) <= workbookTolerance*max(1, math.Abs(size), math.Abs(b))
}

func TestWorkbookCalculatesWhatTheEngineDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		w := m.draft(analysis.Result{})
		s := w.book
		if err := s.Calculate(); err != nil {
			t.Fatal(err)
		}
		o := m.Compute(m.Values())
		for l := range m.Flows {
			for c := range m.Columns {
				got := numberIn(t, s, calculationSheet, w.calculatedRow(marketBlock, l), yearColumn+c)
				if !close(got, o.Market[l][c], 1e4) {
					t.Fatalf("line %d, column %d: %v, the engine has %v", l, c, got, o.Market[l][c])
				}
			}
			if got := numberIn(t, s, calculationSheet, w.calculatedRow(presentBlock, l), 5); !close(got, o.PV[l], 1e4) {
				t.Fatalf("line %d: present value %v, the engine has %v", l, got, o.PV[l])
			}
		}
		for i := range o.Options {
			if got := numberIn(t, s, cashSheet, w.cash[i].present, 5); !close(got, o.Options[i].NPV, 1e5) {
				t.Fatalf("option %d: NPV %v, the engine has %v", i, got, o.Options[i].NPV)
			}
		}
		for _, wrong := range failing(s) {
			// Ratios of sums that nearly cancel have few digits; they are compared on
			// appraisals instead.
			if strings.HasPrefix(wrong, "Results!") && strings.Contains(wrong, "prices of") ||
				strings.HasPrefix(wrong, "Checks!") && !strings.Contains(wrong, "engine agree") && !strings.Contains(wrong, "All checks") {
				t.Errorf("%s", wrong)
			}
		}
	})
}

// failing lists the cells that should say ok and do not, with what stands left of
// them.
func failing(s analysis.Spreadsheet) []string {
	var list []string
	for _, page := range s.Sheets {
		for _, c := range page.Cells {
			if c.Style != analysis.CheckStyle || c.Value == "ok" {
				continue
			}
			words := fmt.Sprintf("%s!%s says %v:", page.Name, at(c.Column, c.Row), c.Value)
			for _, other := range page.Cells {
				if other.Row == c.Row && other.Column < c.Column {
					words += fmt.Sprintf(" %v;", other.Value)
				}
			}
			list = append(list, words)
		}
	}
	return list
}

// The same appraisal gives the same cells in the same order every time.
func TestWorkbookIsTheSameEveryTime(t *testing.T) {
	first := fmt.Sprint(appraised(t, "library", nil).draft(analysis.Result{}).book)
	for range 3 {
		if fmt.Sprint(appraised(t, "library", nil).draft(analysis.Result{}).book) != first {
			t.Fatal("the same appraisal gives another workbook")
		}
	}
}

// Nothing a person wrote stands in a formula, and no formula holds what some
// program has not, or what changes by itself.
func TestWorkbookFormulasAreOurOwn(t *testing.T) {
	never := []string{"HYPERLINK", "http", "NPV(", "IRR(", "OFFSET", "INDIRECT", "TODAY", "NOW(", "RAND", "LET(", "FILTER", "XLOOKUP", "[", "{"}
	for _, file := range []string{"library", "literacy", "festival", "dated"} {
		formulas := 0
		for _, page := range appraised(t, file, nil).draft(analysis.Result{}).book.Sheets {
			for _, c := range page.Cells {
				for _, word := range never {
					if strings.Contains(c.Formula, word) {
						t.Errorf("%s: %s!%s is =%s", file, page.Name, at(c.Column, c.Row), c.Formula)
					}
				}
				if len(c.Formula) > 8000 || c.Span > 1 && c.Formula != "" {
					t.Errorf("%s: %s!%s is too long or merged", file, page.Name, at(c.Column, c.Row))
				}
				formulas += int(oneIf(c.Formula != ""))
			}
		}
		if formulas < 300 {
			t.Errorf("%s has only %d formulas", file, formulas)
		}
	}
}

// No two cells stand in one place, and no year of a flow is blank.
func TestWorkbookPlaces(t *testing.T) {
	for _, page := range appraised(t, "library", nil).draft(analysis.Result{}).book.Sheets {
		seen := map[[2]int]bool{}
		for _, c := range page.Cells {
			if seen[[2]int{c.Row, c.Column}] {
				t.Errorf("%s!%s is written twice", page.Name, at(c.Column, c.Row))
			}
			seen[[2]int{c.Row, c.Column}] = true
		}
	}
}
