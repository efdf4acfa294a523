package reports

import (
	"fmt"
	"strings"
)

// Widths in twentieths of a point: A4 with 2 cm margins leaves pageWidth.
const (
	pageWidth   = 9638
	cellPadding = 70
	letterWidth = 94 // of a table's text, on average
	longestWord = 26 // letters beyond which a word is broken
	firstColumn = 18 // letters of the first column that stand on one line
	widestCell  = 64 // letters beyond which a cell's text is wrapped whatever room there is
)

// wordColumn is a column of a table.
type wordColumn struct {
	name   string
	number bool
	width  int // 0: as its text asks
}

// wordCell is what stands in a cell: paragraphs of spans.
type wordCell struct {
	lines [][]inked
}

func cellOf(spans ...inked) wordCell { return wordCell{[][]inked{spans}} }

// below adds a line to the cell.
func (c wordCell) below(spans ...inked) wordCell {
	for _, s := range spans {
		if s.text != "" {
			return wordCell{append(c.lines[:len(c.lines):len(c.lines)], spans)}
		}
	}
	return c
}

// length is how many letters the cell's longest line and longest word have.
func (c wordCell) length() (line, longest int) {
	for _, spans := range c.lines {
		n := 0
		for _, s := range spans {
			n += textWidth(s.text)
			for _, w := range strings.Fields(strings.ReplaceAll(s.text, noBreak, "_")) {
				longest = max(longest, textWidth(w))
			}
		}
		line = max(line, n)
	}
	return line, longest
}

// table prints a table of text as paper has it, and says what was left out.
func (d *word) table(t tableView) {
	if len(t.Rows) == 0 {
		d.paragraph("Note", said("No rows."))
		return
	}
	columns, rows := onPaper(t)
	d.grid(t.Name, columns[:t.Fitting()], rows)
	d.paragraph("Note", said(strings.TrimSpace(t.LeftAway()+" "+t.Marks)))
}

// columnWidth is the least width of a column, by its longest word, and the width its
// text would like.
func columnWidth(columns []wordColumn, rows [][]wordCell, i int) (least, wanted int) {
	_, longest := cellOf(said(columns[i].name)).length()
	line := longest
	for _, row := range rows {
		l, w := row[i].length()
		line, longest = max(line, l), max(longest, w)
	}
	longest = min(longest, longestWord)
	if i == 0 { // what the row is about is read first: not a word a line
		longest = max(longest, min(line, firstColumn))
	}
	return longest*letterWidth + 2*cellPadding, max(min(line, widestCell), longest)*letterWidth + 2*cellPadding
}

// widths divides the page among the columns: each its least, and what is left by
// what their text would like.
func widths(columns []wordColumn, rows [][]wordCell) []int {
	out := make([]int, len(columns))
	least, more := 0, 0
	wants := make([]int, len(columns))
	for i, c := range columns {
		out[i], wants[i] = columnWidth(columns, rows, i)
		if c.width > 0 {
			out[i], wants[i] = c.width, c.width
		}
		least, more = least+out[i], more+wants[i]-out[i]
	}
	room := pageWidth - least
	for i := range out {
		switch {
		case room < 0: // narrower than the longest words: all alike
			out[i] = out[i] * pageWidth / least
		case more > 0:
			out[i] += min(room, more) * (wants[i] - out[i]) / more
		}
	}
	return out
}

// grid prints a table with a head that repeats on every page and rows that are
// never split.
func (d *word) grid(name string, columns []wordColumn, rows [][]wordCell) {
	w := widths(columns, rows)
	total := 0
	for _, one := range w {
		total += one
	}
	b := &d.body
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblStyle w:val="PlainTable"/>%s<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`, d.bidi("<w:bidiVisual/>"), total)
	fmt.Fprintf(b, `<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>`, wordText(name))
	for _, one := range w {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, one)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range columns {
		d.cell(w[i], c.number, "TableHead", cellOf(said(c.name)))
	}
	b.WriteString("</w:tr>")
	for _, row := range rows {
		b.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		for i := range columns {
			d.cell(w[i], columns[i].number, "TableText", row[i])
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	b.WriteString(paraOf("AfterTable", "", ""))
}

// factsWidth is the width of what stands beside an indicator's picture.
const factsWidth = 3900

// beside prints two things next to each other, the first in the given width, in a
// table without lines whose row is not split.
func (d *word) beside(width int, first, second func()) {
	fmt.Fprintf(&d.body, `<w:tbl><w:tblPr><w:tblStyle w:val="Beside"/>%s<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>`,
		d.bidi("<w:bidiVisual/>"), pageWidth, width, pageWidth-width)
	for i, write := range []func(){first, second} {
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, []int{width, pageWidth - width}[i])
		write()
		d.body.WriteString("</w:tc>")
	}
	d.body.WriteString("</w:tr></w:tbl>" + paraOf("AfterTable", "", ""))
}

// cell prints one cell; numbers line up at its end.
func (d *word) cell(width int, number bool, style string, c wordCell) {
	more := ""
	if number {
		more = `<w:jc w:val="right"/>`
	}
	fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	written := d.body.Len()
	for _, spans := range c.lines {
		d.body.WriteString(d.para(style, more, spans...))
	}
	if d.body.Len() == written {
		d.body.WriteString(paraOf(style, more, ""))
	}
	d.body.WriteString("</w:tc>")
}

// bidi is the element in a document that is read from the right.
func (d *word) bidi(element string) string {
	if d.Dir == "rtl" {
		return element
	}
	return ""
}
