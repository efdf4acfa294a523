package example

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
)

// sheet is one sheet of a workbook. Rows are written as they are yielded; the
// slice may be used again for the next row. A cell is nil (left out), string,
// int, float64, cents or day; a title is a string in bold.
type sheet struct {
	name   string
	rows   iter.Seq[[]any]
	merged []string  // ranges of cells drawn as one, such as "A1:F1"
	widths []float64 // of the columns, in characters
}

type (
	title string    // a cell in bold: titles and headers
	cents int64     // an amount of money in hundredths, shown with two decimals
	day   time.Time // a date without a time of day
)

// writeWorkbook writes an XLSX file. Libraries order parts and stamp times as
// they please; these bytes depend on the sheets alone.
func writeWorkbook(w io.Writer, sheets ...sheet) error {
	b := workbook{archive: zip.NewWriter(w), index: map[string]int{}}
	b.part("[Content_Types].xml", contentTypes(sheets))
	b.part("_rels/.rels", xml.Header+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	b.part("xl/workbook.xml", sheetList(sheets))
	b.part("xl/_rels/workbook.xml.rels", relations(sheets))
	b.part("xl/styles.xml", styles)
	for i, s := range sheets {
		b.sheet(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), s)
	}
	b.sharedStrings()
	if b.err != nil {
		return b.err
	}
	return b.archive.Close()
}

// workbook is a workbook being written. The first error stays.
type workbook struct {
	archive *zip.Writer
	texts   []string       // shared strings in order of first use
	index   map[string]int // their positions
	err     error
}

// open starts a part of the archive. The time stamp is fixed.
func (b *workbook) open(name string) *bufio.Writer {
	header := zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2026, 1, 15, 9, 0, 0, 0, time.UTC)}
	part, err := b.archive.CreateHeader(&header)
	if err != nil {
		b.fail(err)
		part = io.Discard
	}
	return bufio.NewWriterSize(part, 1<<16)
}

func (b *workbook) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *workbook) part(name, text string) {
	out := b.open(name)
	out.WriteString(text)
	b.fail(out.Flush())
}

const mainNamespace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// sheet writes one worksheet row by row.
func (b *workbook) sheet(name string, s sheet) {
	out := b.open(name)
	out.WriteString(xml.Header + `<worksheet ` + mainNamespace + `>`)
	if len(s.widths) > 0 {
		out.WriteString(`<cols>`)
		for i, width := range s.widths {
			fmt.Fprintf(out, `<col min="%d" max="%d" width="%g" customWidth="1"/>`, i+1, i+1, width)
		}
		out.WriteString(`</cols>`)
	}
	out.WriteString(`<sheetData>`)
	line, row := []byte(nil), 0
	for cells := range s.rows {
		row++
		line = b.row(line[:0], row, cells)
		out.Write(line)
	}
	out.WriteString(`</sheetData>`)
	if len(s.merged) > 0 {
		fmt.Fprintf(out, `<mergeCells count="%d">`, len(s.merged))
		for _, cells := range s.merged {
			fmt.Fprintf(out, `<mergeCell ref="%s"/>`, cells)
		}
		out.WriteString(`</mergeCells>`)
	}
	out.WriteString(`</worksheet>`)
	b.fail(out.Flush())
}

// row appends one row to line. An empty row is left out, as spreadsheet
// programs do.
func (b *workbook) row(line []byte, row int, cells []any) []byte {
	if len(cells) == 0 {
		return line
	}
	line = append(line, `<row r="`...)
	line = strconv.AppendInt(line, int64(row), 10)
	line = append(line, `">`...)
	for i, cell := range cells {
		if cell != nil {
			line = append(line, `<c r="`...)
			line = append(line, columnLetters(i)...)
			line = strconv.AppendInt(line, int64(row), 10)
			line = b.cell(line, cell)
		}
	}
	return append(line, `</row>`...)
}

// cell appends the rest of a cell after its reference.
func (b *workbook) cell(line []byte, cell any) []byte {
	switch v := cell.(type) {
	case string:
		line = append(line, `" t="s"><v>`...)
		line = strconv.AppendInt(line, int64(b.shared(v)), 10)
	case title:
		line = append(line, `" s="1" t="s"><v>`...)
		line = strconv.AppendInt(line, int64(b.shared(string(v))), 10)
	case int:
		line = append(line, `"><v>`...)
		line = strconv.AppendInt(line, int64(v), 10)
	case float64:
		line = append(line, `"><v>`...)
		line = strconv.AppendFloat(line, v, 'g', -1, 64)
	case cents:
		line = append(line, `" s="2"><v>`...)
		line = strconv.AppendFloat(line, float64(v)/100, 'f', -1, 64)
	case day:
		line = append(line, `" s="3"><v>`...)
		line = strconv.AppendInt(line, daySerial(time.Time(v)), 10)
	default:
		panic(fmt.Sprintf("example: no cell for %T", cell))
	}
	return append(line, `</v></c>`...)
}

// daySerial is the number spreadsheets store for a date: days since 1899-12-30.
func daySerial(t time.Time) int64 {
	return int64(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
}

// shared returns the position of text among the shared strings.
func (b *workbook) shared(text string) int {
	i, ok := b.index[text]
	if !ok {
		i = len(b.texts)
		b.texts = append(b.texts, text)
		b.index[text] = i
	}
	return i
}

func (b *workbook) sharedStrings() {
	out := b.open("xl/sharedStrings.xml")
	fmt.Fprintf(out, `%s<sst %s uniqueCount="%d">`, xml.Header, mainNamespace, len(b.texts))
	for _, text := range b.texts {
		out.WriteString(`<si><t xml:space="preserve">`)
		b.fail(xml.EscapeText(out, []byte(text)))
		out.WriteString(`</t></si>`)
	}
	out.WriteString(`</sst>`)
	b.fail(out.Flush())
}

// columnLetters returns the letters of column i, counted from 0.
func columnLetters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnLetters(i/26-1) + columnLetters(i%26)
}

func contentTypes(sheets []sheet) string {
	const form = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	var text strings.Builder
	text.WriteString(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	part := func(name, kind string) {
		fmt.Fprintf(&text, `<Override PartName="/xl/%s" ContentType="%s%s+xml"/>`, name, form, kind)
	}
	part("workbook.xml", "sheet.main")
	for i := range sheets {
		part(fmt.Sprintf("worksheets/sheet%d.xml", i+1), "worksheet")
	}
	part("styles.xml", "styles")
	part("sharedStrings.xml", "sharedStrings")
	text.WriteString(`</Types>`)
	return text.String()
}

func sheetList(sheets []sheet) string {
	var text strings.Builder
	text.WriteString(xml.Header + `<workbook ` + mainNamespace + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`)
	for i, s := range sheets {
		fmt.Fprintf(&text, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, s.name, i+1, i+1)
	}
	text.WriteString(`</sheets></workbook>`)
	return text.String()
}

func relations(sheets []sheet) string {
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var text strings.Builder
	text.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	part := func(i int, name, target string) {
		fmt.Fprintf(&text, `<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i, kind, name, target)
	}
	for i := range sheets {
		part(i+1, "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1))
	}
	part(len(sheets)+1, "styles", "styles.xml")
	part(len(sheets)+2, "sharedStrings", "sharedStrings.xml")
	text.WriteString(`</Relationships>`)
	return text.String()
}

// styles has the plain style 0, bold 1, money 2 and date 3.
const styles = xml.Header + `<styleSheet ` + mainNamespace + `>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`
