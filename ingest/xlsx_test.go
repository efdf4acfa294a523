package ingest

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbookOf saves what fill writes as data/f.xlsx of a new city.
func workbookOf(t *testing.T, fill func(f *excelize.File)) city {
	t.Helper()
	c := newCity(t, nil)
	f := excelize.NewFile()
	fill(f)
	must(t, os.MkdirAll(filepath.Join(c.dir, "data"), 0o755))
	must(t, f.SaveAs(filepath.Join(c.dir, "data", "f.xlsx")))
	must(t, f.Close())
	return c
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// setRow writes cells from A in the row.
func setRow(t *testing.T, f *excelize.File, sheet string, row int, cells ...any) {
	t.Helper()
	must(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &cells))
}

const residentsDeclared = `
residents:
  kind: survey
  files: data/*.xlsx
  read: {sheet: Responses, header: 3-4, range: "B3:G9", missing: ["n/a"]}
  columns:
    period: {type: period, from: "'2025'"}
    place: {from: District}
    age: {type: integer, from: Person / age}
    learned: {type: boolean, from: Person / learned, true: ["Sí", "true"], false: ["No", "false"]}
    amount: {type: decimal, from: Spent, decimal: ",", thousands: "."}
    day: {type: date, from: Day, form: "%d/%m/%Y"}
  design: {weight: w}
`

func TestXLSXAsPeopleMakeThem(t *testing.T) {
	c := workbookOf(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", 1, "read me")
		_, err := f.NewSheet("Responses")
		must(t, err)
		setRow(t, f, "Responses", 1, "Survey of residents 2025")
		setRow(t, f, "Responses", 3, nil, "District", "Person", nil, "Spent", "Day", "w", "not in range")
		setRow(t, f, "Responses", 4, nil, nil, "age", "learned")
		must(t, f.MergeCell("Responses", "B3", "B4"))
		must(t, f.MergeCell("Responses", "C3", "D3"))
		must(t, f.MergeCell("Responses", "E3", "E4"))
		day := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
		setRow(t, f, "Responses", 5, nil, "North", 34, true, 1234.5, day, 1.25, "x")
		setRow(t, f, "Responses", 6, nil, "South", "41", "No", "1.234,50", "01/02/2024", 0.5)
		setRow(t, f, "Responses", 7, nil, "East", 7.5, "perhaps", "12.4.31", "2024", "n/a")
		setRow(t, f, "Responses", 8)
		setRow(t, f, "Responses", 9, nil, "West", nil, nil, nil, nil, 1)
		setRow(t, f, "Responses", 10, nil, "Total", 99, nil, nil, nil, 9)
		must(t, f.SetRowVisible("Responses", 6, false))
	})
	loads := c.load(residentsDeclared)
	equal(t, "rows", c.rows("SELECT place, age, learned, amount, day, weight FROM residents"), `
North|34|true|1234.50|2024-12-31|1.25
South|41|false|1234.50|2024-02-01|0.5
West|NULL|NULL|NULL|NULL|1.0`)
	equal(t, "rejects", loads.rejects(), `
data/f.xlsx:Responses!C7: age: "7.5" is not a whole number
data/f.xlsx:Responses!D7: learned: "perhaps" is not one of the texts for true and false
data/f.xlsx:Responses!E7: amount: "12.4.31" is not a number with decimal "," and thousands "."
data/f.xlsx:Responses!F7: day: "2024" is not a date of the form %d/%m/%Y
data/f.xlsx:Responses!G7: weight is missing`)
}

func TestXLSXProblems(t *testing.T) {
	c := workbookOf(t, func(f *excelize.File) {
		setRow(t, f, "Sheet1", 1, "District", "age")
		_, err := f.NewSheet("Réponses 2025")
		must(t, err)
	})
	equal(t, "sheet", c.check(strings.Replace(residentsDeclared, "Responses", "Reponses 2025", 1)),
		`pediment.yaml:5:17: data/f.xlsx has no sheet "Reponses 2025" (did you mean "Réponses 2025"? its sheets: "Sheet1", "Réponses 2025")`)
	equal(t, "empty", c.check(strings.Replace(residentsDeclared, "Responses", "Réponses 2025", 1)),
		`data/f.xlsx:Réponses 2025: the sheet has nothing in its header row 3 (set read: {header: …} to the row with the column names, or read: {sheet: …} to one of "Sheet1", "Réponses 2025")`)
	equal(t, "range", c.check(strings.Replace(residentsDeclared, "B3:G9", "G9:B3", 1)),
		`pediment.yaml:5:49: range "G9:B3" is not a block of cells (write "A3:K900", or "A:K" for whole columns)`)
	c.write("data/f.xlsx", "not a zip")
	equal(t, "no workbook", c.check(residentsDeclared),
		"data/f.xlsx: this is no .xlsx workbook (it may be an old .xls under a new name, or have a password: open it and save it as .xlsx without one)")
}

// rawWorkbook writes a workbook from the XML of its parts, as programs other than
// ours write them.
func rawWorkbook(t *testing.T, path string, parts map[string]string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	out, err := os.Create(path)
	must(t, err)
	z := zip.NewWriter(out)
	for name, text := range parts {
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, text)
		must(t, err)
	}
	must(t, z.Close())
	must(t, out.Close())
}

func rawParts(workbookProperties, sheet string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr ` + workbookProperties + `/><x:sheets><x:sheet name="A &amp; B" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/one.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-409]d\-mmm\-yy;@"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
			<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": `<sst><si><t>plain</t></si><si><r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb="0" eb="1"><t>reading</t></rPh></si><si><t/></si><si><t>a_x000D_
b &lt;&#233;&gt;</t></si></sst>`,
		"xl/worksheets/one.xml": `<worksheet><sheetData>` + sheet + `</sheetData></worksheet>`,
	}
}

// TestXLSXCells reads every kind of cell. Serial 45657 is 31 December 2024: 1
// January 1900 is day 1 and 45657 days, with the 29 February 1900 that spreadsheets
// count, end there. In the 1904 system the same day is 45657 − 1462 = 44195.
func TestXLSXCells(t *testing.T) {
	for _, test := range []struct{ name, cell, want string }{
		{"shared", `t="s"><v>0</v>`, "plain"},
		{"rich", `t="s"><v>1</v>`, "rich text"},
		{"empty shared", `t="s"><v>2</v>`, ""},
		{"escapes", `t="s"><v>3</v>`, "a\r\nb <é>"},
		{"inline", `t="inlineStr"><is><t>in</t><r><t>line</t></r></is>`, "inline"},
		{"CDATA", `t="inlineStr"><is><t><![CDATA[a < b & c]]></t></is>`, "a < b & c"},
		{"formula text", `t="str"><f>A1&amp;"x"</f><v>cached</v>`, "cached"},
		{"formula number", `><f>1+2</f><v>3</v>`, "3"},
		{"formula nobody worked out", `><f>SUM(A1:A3)</f>`, "=SUM(A1:A3)"},
		{"boolean", `t="b"><v>1</v>`, "true"},
		{"error", `t="e"><f>1/0</f><v>#DIV/0!</v>`, "#DIV/0!"},
		{"number", `><v>0.30000000000000004</v>`, "0.3"},
		{"small", `><v>1.5E-7</v>`, "0.00000015"},
		{"large", `><v>1.2E+15</v>`, "1200000000000000"},
		{"noise", `><v>1234567.1000000001</v>`, "1234567.1"},
		{"date", `s="1"><v>45657</v>`, "2024-12-31"},
		{"days, not a date", `s="2"><v>45657</v>`, "45657"},
		{"hours beyond a day", `s="3"><v>1.1041666667</v>`, "26:30:00"},
		{"date with time", `s="4"><v>45657.604166666664</v>`, "2024-12-31 14:30:00"},
		{"time", `s="5"><v>0.25</v>`, "06:00:00"},
		{"ISO date", `t="d"><v>2024-12-31T00:00:00</v>`, "2024-12-31"},
		{"nothing", `s="1">`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "f.xlsx")
			rawWorkbook(t, path, rawParts("", `<row r="2"><c r="B2" `+test.cell+`</c></row>`))
			equal(t, "rows", readAll(t, path), "2:|"+test.want)
		})
	}
	path := filepath.Join(t.TempDir(), "f.xlsx")
	rawWorkbook(t, path, rawParts(`date1904="1"`, `<row><c s="1"><v>44195</v></c><c/><c t="s"><v>0</v></c></row><row/><row><c><v>1</v></c></row>`))
	equal(t, "1904, and no references", readAll(t, path), "1:2024-12-31||plain\n2:\n3:1")
}

// readAll returns the first sheet as text: the row's number and its cells.
func readAll(t *testing.T, path string) string {
	t.Helper()
	s := &source{path: path, name: "f.xlsx"}
	w, err := openWorkbook(s)
	must(t, err)
	defer func() { must(t, w.close()) }()
	must(t, w.readShared())
	part, err := w.sheet(s)
	must(t, err)
	r, err := w.rows(part)
	must(t, err)
	defer func() { must(t, r.close()) }()
	var lines []string
	var cells []string
	for {
		var n int
		cells, n, err = r.next(cells, func(int) string { return "." })
		if errors.Is(err, io.EOF) {
			return strings.Join(lines, "\n")
		}
		must(t, err)
		lines = append(lines, strconv.Itoa(n)+":"+strings.Join(cells, "|"))
	}
}

func TestXLSXCutOff(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.xlsx")
	parts := rawParts("", "")
	parts["xl/worksheets/one.xml"] = `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</`
	rawWorkbook(t, path, parts)
	_, err := xlsxHeader(context.Background(), &source{path: path, name: "f.xlsx"})
	if err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("got %v", err)
	}
}

// TestXLSXAgreesWithExcelize reads a sheet of texts and numbers by excelize too.
func TestXLSXAgreesWithExcelize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.xlsx")
	f := excelize.NewFile()
	for row := 1; row <= 300; row++ {
		cells := make([]any, 20)
		for i := range cells {
			switch (row*7 + i) % 5 {
			case 0:
				cells[i] = fmt.Sprintf("text %d <%d> & \"q\"", row, i)
			case 1:
				cells[i] = row*1000 + i
			case 2:
				cells[i] = math.Round(float64(row)*123.456) / 100
			}
		}
		must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &cells))
	}
	must(t, f.SaveAs(path))
	rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	must(t, err)
	must(t, f.Close())
	var want []string
	for i, row := range rows {
		for len(row) < 20 {
			row = append(row, "")
		}
		want = append(want, strconv.Itoa(i+1)+":"+strings.Join(row, "|"))
	}
	got := strings.Split(readAll(t, path), "\n")
	for i := range got {
		number, cells, _ := strings.Cut(got[i], ":")
		parts := strings.Split(cells, "|")
		for len(parts) < 20 {
			parts = append(parts, "")
		}
		got[i] = number + ":" + strings.Join(parts, "|")
	}
	equal(t, "rows", strings.Join(got, "\n"), strings.Join(want, "\n"))
}

func TestColumnLetters(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := columnLetters(n); got != want {
			t.Errorf("column %d: got %s, want %s", n, got, want)
		}
		if ref, ok := parseCell(want + "9"); !ok || ref != (cellRef{n, 9}) {
			t.Errorf("%s9: got %v", want, ref)
		}
	}
}

func TestCustomDateStyle(t *testing.T) {
	for code, want := range map[string]dateStyle{
		"dd/mm/yyyy": dayTime, "yyyy-mm": dayTime, "mmm": dayTime, "h:mm": clock, "mm:ss": clock, "[h]:mm:ss": duration, "[mm]:ss": duration,
		"0.00": noDate, "0.00E+00": noDate, `#,##0 "days"`: noDate, "[Red]0": noDate, "General": noDate, `yyyy"年"m"月"`: dayTime, "_(* #,##0_)": noDate, "@": noDate,
	} {
		if got := customDateStyle(code); got != want {
			t.Errorf("%s: got %d, want %d", code, got, want)
		}
	}
}
