package reports

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// hostileWords are what a file may hold where a name is asked for.
var hostileWords = []string{`=HYPERLINK("http://example.org","x")`, "+1+1", "@SUM(A1)", strings.Repeat("long ", 60), "اسم البرنامج", "a\x00b<c>&\"d\"", "{=1}"}

// sampleSpreadsheet holds every kind of cell and chart.
func sampleSpreadsheet() analysis.Spreadsheet {
	first := analysis.Sheet{Name: "Cover", Widths: []float64{30, 60}, Rows: 3, Columns: 1}
	for i, words := range hostileWords {
		first.Cells = append(first.Cells, analysis.Cell{Row: 5 + i, Column: 1, Value: words, Style: analysis.TextStyle})
	}
	first.Cells = append(first.Cells,
		analysis.Cell{Row: 1, Column: 1, Value: hostileWords[0], Style: analysis.TitleStyle},
		analysis.Cell{Row: 2, Column: 1, Value: hostileWords[3], Style: analysis.ProseStyle, Span: 2},
		analysis.Cell{Row: 3, Column: 1, Value: "name", Style: analysis.HeaderStyle},
		analysis.Cell{Row: 3, Column: 2, Value: "amount", Style: analysis.HeaderStyle, Format: analysis.MoneyFormat},
		analysis.Cell{Row: 4, Column: 1, Value: "Numbers", Link: "Numbers"},
		analysis.Cell{Row: 4, Column: 2, Formula: `IF(total>0,"ok: <all> & more","fails")`, Value: "ok: <all> & more", Style: analysis.CheckStyle},
	)
	second := analysis.Sheet{Name: "Numbers", Widths: []float64{20, 20}}
	for i, style := range []analysis.CellStyle{analysis.InputStyle, analysis.StaticStyle, analysis.PlainStyle, analysis.GoodStyle, analysis.BadStyle, analysis.LeadStyle, analysis.HeadingStyle} {
		second.Cells = append(second.Cells, analysis.Cell{Row: 1 + i, Column: 1, Value: 1.5 * float64(i), Style: style, Format: analysis.CentsFormat},
			analysis.Cell{Row: 1 + i, Column: 2, Value: "x", Style: analysis.PlainStyle})
	}
	second.Cells[0].Name, second.Cells[0].Choices = "chosen", []string{"0", "1", "2"}
	second.Cells = append(second.Cells, analysis.Cell{Row: 9, Column: 1, Formula: "SUM(A1:A7)", Value: 31.5, Style: analysis.TotalStyle, Format: analysis.PercentFormat, Name: "total"},
		analysis.Cell{Row: 9, Column: 2, Value: int64(2030), Format: analysis.YearFormat}, analysis.Cell{Row: 10, Column: 2, Value: nil})
	for i, kind := range []analysis.SheetChartKind{analysis.LineChart, analysis.ColumnChart, analysis.StackedColumnChart, analysis.BarChart, analysis.StackedBarChart} {
		second.Charts = append(second.Charts, analysis.SheetChart{
			Row: 12 + 20*i, Column: 1, Kind: kind, Title: hostileWords[0], Text: hostileWords[3], Across: hostileWords[5], Up: "EUR in prices of 2025",
			Format: analysis.MoneyFormat, Categories: "Numbers!$B$1:$B$7",
			Series: []analysis.SheetSeries{{Name: "Cover!$A$5", Values: "Numbers!$A$1:$A$7", Invisible: i == 2},
				{Name: "Cover!$A$6", Values: "Numbers!$A$1:$A$7", Line: i == 1, Colour: 6}},
		})
	}
	return analysis.Spreadsheet{Title: hostileWords[0], Sheets: []analysis.Sheet{first, second}}
}

func printedSpreadsheet(t *testing.T, language string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Spreadsheet(&out, sampleSpreadsheet(), "Pediment test", language); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Words stay words, wherever they stand; nothing leads outside, hides or runs.
func TestSpreadsheetIsNoProgram(t *testing.T) {
	book := printedSpreadsheet(t, "en")
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	for i, words := range hostileWords {
		cell := cellName(1, 5+i)
		if formula, _ := f.GetCellFormula("Cover", cell); formula != "" {
			t.Errorf("%q became the formula %q", words, formula)
		}
		if got, _ := f.GetCellValue("Cover", cell); got != cellText(words) {
			t.Errorf("%s holds %q, want %q", cell, got, cellText(words))
		}
	}
	for name, data := range parts(t, book) {
		for _, never := range []string{`TargetMode="External"`, "vbaProject", `state="hidden"`, `t="array"`, "<v></v>", "e-999"} {
			if strings.Contains(name+string(data), never) {
				t.Errorf("%s holds %s", name, never)
			}
		}
	}
}

// A formula's result stands beside it as what it is, number or text, and no
// program has to calculate before it can be read.
func TestSpreadsheetKeepsResults(t *testing.T) {
	book := printedSpreadsheet(t, "en")
	cells := string(parts(t, book)["xl/worksheets/sheet2.xml"]) + string(parts(t, book)["xl/worksheets/sheet3.xml"])
	for _, want := range []string{`<f>SUM(A1:A7)</f><v>31.5</v>`, `<v>ok: &lt;all&gt; &amp; more</v>`} {
		if !strings.Contains(cells, want) {
			t.Errorf("the cells lack %s", want)
		}
	}
	if !regexp.MustCompile(`<c [^>]*t="str"[^>]*><f>IF`).MatchString(cells) || regexp.MustCompile(`<c [^>]*t="str"[^>]*><f>SUM`).MatchString(cells) {
		t.Error("text and number are not told apart")
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, name := range f.GetDefinedName() {
		names[name.Name] = name.RefersTo
	}
	if names["chosen"] != "'Numbers'!$A$1" || names["total"] != "'Numbers'!$A$9" {
		t.Errorf("names %v", names)
	}
	rules, err := f.GetDataValidations("Numbers")
	if err != nil || len(rules) != 1 || rules[0].Formula1 != `"0,1,2"` {
		t.Errorf("choices %v (%v)", rules, err)
	}
}

// Charts say what they show to those who do not see them, and their axes can be
// read.
func TestSpreadsheetCharts(t *testing.T) {
	drawings, charts := "", 0
	for name, data := range parts(t, printedSpreadsheet(t, "en")) {
		if strings.HasPrefix(name, "xl/drawings/drawing") {
			drawings += string(data)
		}
		if strings.HasPrefix(name, "xl/charts/chart") {
			charts++
			if !strings.Contains(string(data), "EUR in prices of 2025") || !strings.Contains(string(data), strings.TrimPrefix(strings.ToUpper(soft), "#")) &&
				!strings.Contains(string(data), strings.TrimPrefix(soft, "#")) {
				t.Errorf("%s: no title of the axis, or none that can be read", name)
			}
		}
	}
	if charts != 5 || strings.Count(drawings, `descr="`) != 5 {
		t.Errorf("%d charts, %d of them described", charts, strings.Count(drawings, `descr="`))
	}
}

func TestSpreadsheetIsTheSameEveryTime(t *testing.T) {
	first := printedSpreadsheet(t, "en")
	for range 5 {
		if !bytes.Equal(first, printedSpreadsheet(t, "en")) {
			t.Fatal("the same spreadsheet gives other bytes")
		}
	}
	if bytes.Equal(first, printedSpreadsheet(t, "ar")) {
		t.Error("a language written from right to left changes nothing")
	}
}
