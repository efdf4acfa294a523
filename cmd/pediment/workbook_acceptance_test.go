//go:build acceptance

package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/reports"
)

// appraisalBook is an appraisal and what is changed in its workbook: in cells, by
// defined name or address, and in the same way for the engine.
type appraisalBook struct {
	about, file string
	set         map[string]string
	replace     []string
	cells       map[string]any
}

// Workbooks of appraisals that use every feature, their cached results taken out,
// recalculate in LibreOffice to what they were made with; after inputs have been
// changed in the file, to what the engine finds with the same change.
func TestAppraisalWorkbooksRecalculate(t *testing.T) {
	for _, test := range []appraisalBook{
		{"inputs", "library", map[string]string{"anyway": "45%", "early_rate": "6%", "lasts": "5.25", "prices_rise": "1%"}, []string{"amounts: {2025: 400000,", "amounts: {2025: 555000,"},
			map[string]any{"in_anyway": .45, "in_early_rate": .06, "in_lasts": 5.25, "in_prices_rise": .01, "Amounts!F7": 555000.0}},
		{"timing", "literacy", nil, []string{"timing: end", "timing: mid\nyear_zero: during"}, map[string]any{"timing": "mid", "year_zero": "during"}},
		{"deadweight", "literacy", map[string]string{"anyway": "50%"}, nil, map[string]any{"in_anyway": .5}},
		{"scenario", "literacy", map[string]string{"learners": "90", "anyway": "40%"}, nil, map[string]any{"scenario": 1.0}},
		{"visits", "festival", map[string]string{"visits": "12500"}, nil, map[string]any{"in_visits": 12500.0}},
		{"rate", "dated", map[string]string{"rate": "2%"}, nil, map[string]any{"in_rate": .02}},
	} {
		t.Run(test.about, func(t *testing.T) {
			dir := t.TempDir()
			book, err := test.model(t, nil).Workbook(analysis.Result{})
			if err != nil {
				t.Fatal(err)
			}
			made, changed := filepath.Join(dir, "made.xlsx"), filepath.Join(dir, "changed.xlsx")
			printBook(t, made, book)
			sameCells(t, made, recalculatedBook(t, made))
			test.change(t, made, changed)
			test.sameMeasures(t, recalculatedBook(t, changed))
		})
	}
}

func (b appraisalBook) model(t *testing.T, set map[string]string, replace ...string) *costbenefit.Model {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "analysis", "costbenefit", "testdata", "workbook", b.file+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	a, problems := costbenefit.Read("appraisals/"+b.file+".yaml", []byte(strings.NewReplacer(replace...).Replace(string(data))))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	measured := func(value float64, unit string) costbenefit.Value {
		v := costbenefit.Value{Estimate: analysis.Unknown(), Unit: unit, Label: "measured", Source: "test"}
		v.Value = value
		return v
	}
	m, problems := costbenefit.Compile(a, costbenefit.Setup{
		Currency: "EUR", AsOf: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Set: set,
		Deflators: analysis.Deflators{{Year: 2019, Index: 100}, {Year: 2024, Index: 120}, {Year: 2025, Index: 125}},
		Indicator: func(costbenefit.IndicatorLink) (costbenefit.Value, error) { return measured(.04, "percent"), nil },
		Residents: func(costbenefit.Residents) (costbenefit.Value, error) { return measured(25000, "persons"), nil },
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// printBook writes the workbook twice, which must give the same bytes.
func printBook(t *testing.T, path string, s analysis.Spreadsheet) {
	t.Helper()
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := reports.Spreadsheet(out, s, "Pediment test", "en"); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same workbook printed twice differs")
	}
	if err := os.WriteFile(path, first.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// recalculatedBook is what LibreOffice computes from the formulas alone.
func recalculatedBook(t *testing.T, path string) *excelize.File {
	t.Helper()
	dir := t.TempDir()
	bare := filepath.Join(dir, "bare.xlsx")
	withoutResults(t, path, bare)
	program(t, "soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"), bare)
	return opened(t, filepath.Join(dir, "out", "bare.xlsx"))
}

func opened(t *testing.T, path string) *excelize.File {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// sameCells compares every formula cell: numbers to a millionth, texts in full.
func sameCells(t *testing.T, path string, theirs *excelize.File) {
	t.Helper()
	ours, compared := opened(t, path), 0
	for _, sheet := range ours.GetSheetList() {
		rows, err := ours.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for y, cells := range rows {
			for x := range cells {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, _ := ours.GetCellFormula(sheet, cell); formula == "" {
					continue
				}
				compared++
				want, _ := ours.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				got, _ := theirs.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				if !sameValue(want, got) {
					t.Errorf("%s!%s recalculates to %q, the file was made with %q", sheet, cell, got, want)
				}
			}
		}
	}
	t.Logf("%d formulas agree", compared)
	if compared < 300 {
		t.Errorf("only %d formulas", compared)
	}
}

func sameValue(want, got string) bool {
	a, first := strconv.ParseFloat(want, 64)
	b, second := strconv.ParseFloat(got, 64)
	if first != nil || second != nil {
		return want == got
	}
	return math.Abs(a-b) <= 1e-6*math.Abs(a)+1e-7 // money that cancels leaves no digits
}

// change writes the test's values into the cells of a copy.
func (b appraisalBook) change(t *testing.T, from, to string) {
	t.Helper()
	file := opened(t, from)
	places := map[string]string{}
	for _, name := range file.GetDefinedName() {
		places[name.Name] = strings.NewReplacer("$", "", "'", "").Replace(name.RefersTo)
	}
	for name, value := range b.cells {
		place := places[name]
		if place == "" {
			place = name
		}
		sheet, cell, ok := strings.Cut(place, "!")
		if !ok {
			t.Fatalf("no cell is called %s", name)
		}
		if err := file.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.SaveAs(to); err != nil {
		t.Fatal(err)
	}
}

// sameMeasures compares the recalculated results with the engine's.
func (b appraisalBook) sameMeasures(t *testing.T, book *excelize.File) {
	t.Helper()
	m := b.model(t, b.set, b.replace...)
	rows := map[string]int{}
	all, err := book.GetRows("Results")
	if err != nil {
		t.Fatal(err)
	}
	for y, cells := range all {
		if len(cells) > 0 {
			rows[cells[0]] = y + 1
		}
	}
	compared := 0
	for _, measure := range m.Measures(m.Compute(m.Values())) {
		if math.IsNaN(measure.Value) || measure.Name == "irr" { // guarded where signs change more than once
			continue
		}
		cell, _ := excelize.CoordinatesToCellName(3+4*measure.Option, rows[measure.Label])
		text, _ := book.GetCellValue("Results", cell, excelize.Options{RawCellValue: true})
		if got, err := strconv.ParseFloat(text, 64); err != nil || math.Abs(got-measure.Value) > 1e-6*max(math.Abs(measure.Value), 1e-3) {
			t.Errorf("%s of option %d recalculates to %q, the engine has %v", measure.Name, measure.Option, text, measure.Value)
		}
		compared++
	}
	if compared < 12 {
		t.Errorf("only %d measures compared", compared)
	}
	if flag, _ := book.GetCellValue("Checks", "C4"); flag != "changed" {
		t.Errorf("the flag of the checks is %q, not changed", flag)
	}
}
