package reports

import (
	"fmt"
	"strings"
)

// mostRows is how many rows of a chapter's table stand on paper, in the document and
// in the printed page; the page on a screen and the workbook have all.
const mostRows = 12

// onPaper is a table's first rows as paper has them, with all its columns.
func onPaper(t tableView) ([]wordColumn, [][]wordCell) {
	columns := make([]wordColumn, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = wordColumn{name: c.Name, number: c.Number}
	}
	var rows [][]wordCell
	for _, row := range t.Rows[:min(mostRows, len(t.Rows))] {
		cells := make([]wordCell, len(row))
		for i, text := range row {
			cells[i] = cellOf(said(text))
		}
		rows = append(rows, cells)
	}
	return columns, rows
}

// Fitting is how many of the table's first columns stand side by side on paper
// without breaking words.
func (t tableView) Fitting() int {
	columns, rows := onPaper(t)
	total := 0
	for i := range columns {
		least, _ := columnWidth(columns, rows, i)
		if total += least; total > pageWidth {
			return max(i, 1)
		}
	}
	return len(columns)
}

// LeftAway says what of the table paper does not show; "" when it shows all.
func (t tableView) LeftAway() string {
	var parts []string
	if n := len(t.Rows); n > mostRows {
		parts = append(parts, fmt.Sprintf("The first %d of %d rows; the workbook has all.", mostRows, n))
	}
	if fitting := t.Fitting(); fitting < len(t.Columns) {
		var names []string
		for _, c := range t.Columns[fitting:] {
			names = append(names, lowerFirst(c.Name))
		}
		parts = append(parts, "Also in the workbook: "+strings.Join(names, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// cellClass is the class of a cell on the page: a number, text that stays on one
// line, and what paper has no room for.
func cellClass(number, line, beyond bool) string {
	var classes []string
	switch {
	case number:
		classes = append(classes, "n")
	case line:
		classes = append(classes, "line")
	}
	if beyond {
		classes = append(classes, "beyond")
	}
	return strings.Join(classes, " ")
}
