package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// worksheet is one sheet in the making. Spreadsheet programs do not all grow
// rows to their text when they open a file, so the heights are set here.
type worksheet struct {
	*book
	name   string
	widths []float64
	height map[int]float64 // of rows that need more than one line
}

// formula is a live cell: what it computes and the number it has now.
type formula struct {
	text  string
	value float64
}

// widestA4 is the width of all columns beyond which a sheet is printed on A3: on A4
// its letters would be too small to read.
const widestA4 = 260

// sheet adds a sheet with columns of the given widths, set up for A4 landscape, or A3
// where it is wide.
func (b *book) sheet(name string, widths ...float64) worksheet {
	s := worksheet{b, name, widths, map[int]float64{}}
	_, err := b.file.NewSheet(name)
	b.fail(err)
	total := 0.0
	for i, width := range widths {
		total += width
		column, _ := excelize.ColumnNumberToName(i + 1)
		b.fail(b.file.SetColWidth(name, column, column, width))
	}
	size, landscape, wide, tall, fit, grid := 9, "landscape", 1, 0, true, false
	if total > widestA4 {
		size = 8
	}
	b.fail(b.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}))
	b.fail(b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	narrow, low := 0.5, 0.7
	b.fail(b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &narrow, Bottom: &low}))
	rtl := direction(b.report.Language) == "rtl"
	b.fail(b.file.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &grid, RightToLeft: &rtl}))
	footer := "&L" + footerText(b.report.Provenance().Brief()) + "&R&P / &N"
	b.fail(b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: b.mark(name), OddFooter: footer}))
	return s
}

// mark colours the tab of a sheet of an edition that is not public, and returns
// the header of its printed pages.
func (b *book) mark(sheet string) string {
	mark := b.report.mark()
	if mark == "" {
		return ""
	}
	colour := strings.TrimPrefix(badInk, "#")
	b.fail(b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{TabColorRGB: &colour}))
	return "&C&B" + footerText(mark)
}

// footerText escapes what a footer would read as a code, and keeps it short:
// a footer holds 255 characters.
func footerText(text string) string {
	return strings.ReplaceAll(cut(printable(text), 110), "&", "&&")
}

// cellName is "B7" for column 2, row 7.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // only for coordinates no sheet has
	}
	return name
}

// put writes one cell. Text is written as text, whatever it starts with; an
// absent number leaves the cell empty.
func (s worksheet) put(column, row int, value any, key styleKey) {
	if s.err != nil {
		return
	}
	if text, ok := value.(string); ok && key.kind == titleCell && row == 1 && s.report.mark() != "" {
		value = text + " · " + s.report.mark()
	}
	cell := cellName(column, row)
	s.fail(s.file.SetCellStyle(s.name, cell, cell, s.style(key)))
	s.grow(column, row, value, key.kind)
	switch x := value.(type) {
	case nil:
	case string:
		if x != "" {
			s.fail(s.file.SetCellStr(s.name, cell, cellText(x)))
		}
	case float64:
		s.number(cell, x)
	case formula:
		s.number(cell, x.value)
		s.fail(s.file.SetCellFormula(s.name, cell, x.text))
	case textFormula:
		s.fail(s.file.SetCellDefault(s.name, cell, cachedMark(len(s.texts))))
		s.texts = append(s.texts, cellText(x.value))
		s.fail(s.file.SetCellFormula(s.name, cell, x.text))
	case int:
		s.fail(s.file.SetCellInt(s.name, cell, int64(x)))
	case int64:
		s.fail(s.file.SetCellInt(s.name, cell, x))
	case time.Time:
		s.fail(s.file.SetCellValue(s.name, cell, x))
	default:
		s.fail(s.file.SetCellStr(s.name, cell, fmt.Sprint(x)))
	}
}

// number writes x to its last bit: the library's own way cuts it off after 15
// digits. A number that is not finite leaves the cell empty.
func (s worksheet) number(cell string, x float64) {
	if finite(x) {
		s.fail(s.file.SetCellDefault(s.name, cell, strconv.FormatFloat(x, 'f', -1, 64)))
	}
}

// lineHeight is the height of one line of text in points.
const lineHeight = 15.0

// grow makes the row high enough for the cell.
func (s worksheet) grow(column, row int, value any, kind string) {
	need := lineHeight
	switch text, _ := value.(string); {
	case kind == titleCell:
		need = 30
	case kind == headingCell:
		need = 20
	case kind == wrapCell, kind == headerCell, kind == numberHeaderCell:
		width := 12.0
		if column <= len(s.widths) {
			width = s.widths[column-1]
		}
		lines := 0
		for part := range strings.Lines(text) {
			lines += len(wrap(part, max(4, int(width*1.12)-1), 100))
		}
		need = min(409, lineHeight*float64(max(1, lines)))
	}
	if need > max(lineHeight, s.height[row]) {
		s.height[row] = need
		s.fail(s.file.SetRowHeight(s.name, row, need))
	}
}

// cellText keeps line breaks and drops the other characters a sheet cannot
// hold, up to the 32,767 a cell may have.
func cellText(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.ToValidUTF8(printable(lines[i]), "\ufffd")
	}
	return cut(strings.Join(lines, "\n"), excelize.TotalCellChars)
}

// header writes a row of column names, those of numbers on the right.
func (s worksheet) header(row int, columns ...columnView) {
	for i, column := range columns {
		kind := headerCell
		if column.Number {
			kind = numberHeaderCell
		}
		s.put(i+1, row, column.Name, styleKey{kind: kind})
	}
}

// freeze keeps the rows up to row, and the first columns, in view and repeats
// the row on printed pages.
func (s worksheet) freeze(row, columns int) {
	s.fail(s.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: row, XSplit: columns, TopLeftCell: cellName(columns+1, row+1), ActivePane: map[bool]string{true: "bottomRight", false: "bottomLeft"}[columns > 0],
	}))
	s.fail(s.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(s.name), row, row),
	}))
}

// quoted is the sheet's name as references write it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// link writes text that leads to another sheet.
func (s worksheet) link(column, row int, text, sheet string) {
	s.put(column, row, text, styleKey{kind: linkCell})
	s.fail(s.file.SetCellHyperLink(s.name, cellName(column, row), quoted(sheet)+"!A1", "Location"))
}

// prose writes a paragraph across the columns from first to last.
func (s worksheet) prose(row, first, last int, text string) {
	s.put(first, row, text, styleKey{kind: proseCell})
	s.fail(s.file.MergeCell(s.name, cellName(first, row), cellName(last, row)))
	width := 0.0
	for _, w := range s.widths[first-1 : last] {
		width += w
	}
	lines := len(wrap(text, int(width), 100))
	s.fail(s.file.SetRowHeight(s.name, row, min(409, lineHeight*float64(max(1, lines)))))
}

// warnings lists the report's caveats from row on and returns the row after.
func (s worksheet) warnings(row int) int {
	s.header(row, columnView{"About", false}, columnView{"Caveat", false})
	for _, w := range s.report.Warnings {
		row++
		s.put(1, row, w.About, styleKey{kind: wrapCell})
		s.put(2, row, w.Text, styleKey{kind: wrapCell})
	}
	return row + 1
}
