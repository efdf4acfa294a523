package reports

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

func openBook(t *testing.T, r *Report) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(print(t, XLSX, r)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// raw returns a cell as stored.
func raw(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	text, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// expectCell compares a stored cell with the report's: numbers to the last bit,
// texts but for what a sheet cannot hold, absent values empty.
func expectCell(t *testing.T, f *excelize.File, sheet, cell string, want any) {
	t.Helper()
	got := raw(t, f, sheet, cell)
	switch x := want.(type) {
	case float64:
		if !finite(x) {
			want = ""
			break
		}
		if y, err := strconv.ParseFloat(got, 64); err != nil || y != x {
			t.Errorf("%s!%s holds %q, want %v", sheet, cell, got, x)
		}
		return
	case string:
		want = cellText(x)
	case nil:
		want = ""
	}
	if got != fmt.Sprint(want) {
		t.Errorf("%s!%s holds %q, want %q", sheet, cell, got, want)
	}
}

func TestWorkbookHoldsTheReportsNumbers(t *testing.T) {
	for _, r := range []*Report{exampleReport(), hostileReport()} {
		f := openBook(t, r)
		values, _ := mainTable(r.Result)
		for at, row := range values.Rows {
			for i, want := range row {
				if b, ok := want.(bool); ok {
					want = fmt.Sprint(b)
				}
				expectCell(t, f, "Data", cellName(i+1, at+2), want)
			}
		}
		sheets := f.GetSheetList()
		for at, a := range r.Areas {
			for k, i := range a.Indicators {
				sheet, row := sheets[3+at], 5+k
				expectCell(t, f, sheet, cellName(1, row), i.Code)
				value, low, high := math.NaN(), math.NaN(), math.NaN()
				if known(i.Headline) {
					value, low, high = i.Headline.Value, i.Headline.Low, i.Headline.High
				}
				expectCell(t, f, sheet, cellName(4, row), value)
				expectCell(t, f, sheet, cellName(5, row), low)
				expectCell(t, f, sheet, cellName(6, row), high)
				expectCell(t, f, sheet, cellName(13, row), chipText(statusOf(i)))
			}
		}
	}
}

// No text becomes a formula; the formulas there are have the engine's number
// cached as a number.
func TestWorkbookFormulas(t *testing.T) {
	out := print(t, XLSX, hostileReport())
	formula := regexp.MustCompile(`<c ([^>]*)><f>([^<]*)</f>(<v>[^<]*</v>)?`)
	arithmetic := regexp.MustCompile(`^([A-Z]+\d+[-/][A-Z]+\d+(\*\d+)?|SUM\([A-Z]+\d+:[A-Z]+\d+\))$`)
	found := 0
	for name, data := range parts(t, out) {
		for _, m := range formula.FindAllStringSubmatch(string(data), -1) {
			found++
			if !arithmetic.MatchString(m[2]) {
				t.Errorf("%s: formula %q", name, m[2])
			}
			if strings.Contains(m[1], ` t="`) || m[3] == "" {
				t.Errorf("%s: formula %q has no cached number: %s", name, m[2], m[0])
			}
		}
		if strings.Contains(string(data), "TargetMode=\"External\"") {
			t.Errorf("%s leads outside", name)
		}
	}
	if found == 0 {
		t.Error("no live formula at all")
	}
}

func parts(t *testing.T, book []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, part := range archive.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[part.Name] = data
		if !part.Modified.Equal(zipStart) {
			t.Errorf("%s is dated %v", part.Name, part.Modified)
		}
	}
	if _, office := all["[Content_Types].xml"]; office && archive.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the archive starts with %s", archive.File[0].Name)
	}
	return all
}

// The file's dates come from the reporting period, not from the clock.
func TestWorkbookProperties(t *testing.T) {
	got, err := openBook(t, exampleReport()).GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if got.Created != "2026-01-01T00:00:00Z" || got.Modified != got.Created || got.Title != exampleReport().Title {
		t.Errorf("properties %+v", got)
	}
}

func TestSheetNames(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range openBook(t, hostileReport()).GetSheetList() {
		if n := len(utf16.Encode([]rune(name))); n > 31 || strings.ContainsAny(name, `[]:*?/\`) {
			t.Errorf("sheet name %q (%d characters)", name, n)
		}
		if seen[strings.ToLower(name)] {
			t.Errorf("two sheets are called %q", name)
		}
		seen[strings.ToLower(name)] = true
	}
}

// A long sheet name is cut between words and says so; an apostrophe stays one.
func TestSheetNameIsCutBetweenWords(t *testing.T) {
	b := newBook(&Report{})
	for text, want := range map[string]string{
		"2.1 Inclusive learning in the education system": "2.1 Inclusive learning in the…",
		"2.2 Learning in families and communities":       "2.2 Learning in families and…",
		"The city's own indicators":                      "The city’s own indicators",
		"Supercalifragilisticexpialidocious":             "Supercalifragilisticexpialidoc…",
	} {
		if got := b.unique(text); got != want {
			t.Errorf("%q is the sheet %q, want %q", text, got, want)
		}
	}
}

// The evaluator's note stands beside the value, what stakeholders said on a sheet.
func TestWorkbookHoldsNotesAndRemarks(t *testing.T) {
	book := openBook(t, exampleReport())
	for sheet, want := range map[string]string{
		"Remarks":                        "Evening courses are full.",
		"2.1 Inclusive learning in the…": "Evaluator’s note: The question moved to the start of the interview.\nAnswers before 2025 may be a little low.",
	} {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, cell := range slices.Concat(rows...) {
			found = found || cell == want
		}
		if !found {
			t.Errorf("sheet %s lacks %q", sheet, want)
		}
	}
}

// A value is a formula only where the formula gives that value.
func TestQuotient(t *testing.T) {
	v := trendOf(38.6).Headline
	v.Numerator, v.Denominator = 386, 1000
	if got := quotient(v, "percent", "H5", "I5"); got != (formula{"H5/I5*100", 38.6}) {
		t.Errorf("386 of 1000 in percent: %v", got)
	}
	v.Numerator = 387
	if got := quotient(v, "percent", "H5", "I5"); got != 38.6 {
		t.Errorf("387 of 1000 is not 38.6 %%, but the cell is %v", got)
	}
	v.Numerator = math.NaN()
	if got := quotient(v, "percent", "H5", "I5"); got != 38.6 {
		t.Errorf("without a numerator the cell is %v", got)
	}
	v.State = analysis.Confidential
	if got := quotient(v, "percent", "H5", "I5"); got != nil {
		t.Errorf("a withheld value gives %v", got)
	}
}

// The sheets print on A4 or A3 landscape, one page wide, their header repeated.
func TestWorkbookPrintSetUp(t *testing.T) {
	f := openBook(t, exampleReport())
	titles := map[string]bool{}
	for _, name := range f.GetDefinedName() {
		titles[name.Scope] = titles[name.Scope] || name.Name == "_xlnm.Print_Titles"
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != 9 && *layout.Size != 8 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
			t.Errorf("%s: layout %+v", sheet, layout)
		}
		if !titles[sheet] && sheet != "Cover" && sheet != "Sources" {
			t.Errorf("%s: no header repeats on every page", sheet)
		}
	}
	tables, err := f.GetTables("Data")
	if err != nil || len(tables) != 1 {
		t.Errorf("Data has %d tables (%v)", len(tables), err)
	}
}
