package costbenefit

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pediment/analysis"
)

// page is a sheet in the making.
type page struct{ *analysis.Sheet }

// yearColumn is the first column of the timeline on every sheet that has it, so
// that one year stands in one column throughout.
const yearColumn = 6

// put writes a value or, of a text that begins with =, a formula. Only this
// package's own formulas begin so: words of an appraisal go through text.
func (p page) put(row, column int, content any, style analysis.CellStyle, format analysis.NumberFormat) *analysis.Cell {
	cell := analysis.Cell{Row: row, Column: column, Value: content, Style: style, Format: format}
	if formula, ok := content.(string); ok && strings.HasPrefix(formula, "=") {
		cell.Value, cell.Formula = nil, formula[1:]
	}
	p.Cells = append(p.Cells, cell)
	return &p.Cells[len(p.Cells)-1]
}

// text writes words, whatever they begin with.
func (p page) text(row, column int, words string, style analysis.CellStyle) *analysis.Cell {
	p.Cells = append(p.Cells, analysis.Cell{Row: row, Column: column, Value: words, Style: style})
	return &p.Cells[len(p.Cells)-1]
}

// title heads the sheet and says what it is for.
func (p page) title(words, about string) {
	p.text(1, 1, words, analysis.TitleStyle)
	p.text(2, 1, about, analysis.LeadStyle)
}

// header writes the names of columns from the first on.
func (p page) header(row int, names ...string) {
	for i, name := range names {
		p.text(row, i+1, name, analysis.HeaderStyle)
	}
}

// across writes the same formula in every column of the timeline: the function
// makes it for a column.
func (w *workbook) across(p page, row int, style analysis.CellStyle, format analysis.NumberFormat, formula func(column int) string) {
	for t := range w.m.Columns {
		p.put(row, yearColumn+t, "="+formula(yearColumn+t), style, format)
	}
}

// years writes the timeline's labels into a header row.
func (w *workbook) years(p page, row int) {
	for t, column := range w.m.Columns {
		p.put(row, yearColumn+t, column.Label, analysis.HeaderStyle, "").Format = analysis.MoneyFormat
	}
}

// letters is the name of a column: "F" for 6.
func letters(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// at is the cell's address when the formula is copied: F7.
func at(column, row int) string { return fmt.Sprintf("%s%d", letters(column), row) }

// inRow keeps the row: F$7.
func inRow(column, row int) string { return fmt.Sprintf("%s$%d", letters(column), row) }

// inColumn keeps the column: $F7.
func inColumn(column, row int) string { return fmt.Sprintf("$%s%d", letters(column), row) }

// fixed keeps both: $F$7.
func fixed(column, row int) string { return fmt.Sprintf("$%s$%d", letters(column), row) }

// on puts the sheet before an address or area.
func on(sheet, address string) string { return "'" + sheet + "'!" + address }

// area is a range that keeps its place: $F$7:$P$7.
func area(left, top, right, bottom int) string { return fixed(left, top) + ":" + fixed(right, bottom) }

// last is the last column of the timeline.
func (w *workbook) last() int { return yearColumn + len(w.m.Columns) - 1 }

// wholeRow is the timeline's part of a row: $F$7:$P$7.
func (w *workbook) wholeRow(row int) string { return area(yearColumn, row, w.last(), row) }

// thisRow is the same for formulas that are copied down: $F7:$P7.
func (w *workbook) thisRow(row int) string {
	return inColumn(yearColumn, row) + ":" + inColumn(w.last(), row)
}

// oneIf is 1 where it holds, else 0.
func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// alignHeaders puts the names of columns of numbers where the numbers stand.
func (p page) alignHeaders() {
	formats := map[[2]int]analysis.NumberFormat{}
	for _, c := range p.Cells {
		formats[[2]int{c.Row, c.Column}] = c.Format
	}
	for i, c := range p.Cells {
		if c.Style == analysis.HeaderStyle && c.Format == "" {
			p.Cells[i].Format = formats[[2]int{c.Row + 1, c.Column}]
		}
	}
}

// fill gives the empty cells within a table's rows the looks of their row, so
// that its lines run through. The cells stay empty.
func (p page) fill() {
	type row struct {
		style analysis.CellStyle
		last  int
		there map[int]bool
		loose bool // prose and headings stand alone
	}
	rows := map[int]*row{}
	for _, c := range p.Cells {
		r := rows[c.Row]
		if r == nil {
			r = &row{there: map[int]bool{}}
			rows[c.Row] = r
		}
		r.there[c.Column], r.last = true, max(r.last, c.Column)
		switch c.Style {
		case analysis.HeaderStyle:
			r.style = c.Style
		case analysis.TitleStyle, analysis.HeadingStyle, analysis.ProseStyle, analysis.LeadStyle:
			r.loose = r.loose || c.Column < 3
		}
	}
	for _, number := range slices.Sorted(maps.Keys(rows)) {
		for column := 1; column < rows[number].last && !rows[number].loose; column++ {
			if !rows[number].there[column] {
				p.put(number, column, nil, rows[number].style, "")
			}
		}
	}
}
