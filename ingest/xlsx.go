package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pediment/analysis"
)

// XLSX reads one sheet of a workbook: the values spreadsheets cached for formulas,
// dates by their number format as ISO text, numbers with up to 15 digits, booleans
// as true and false, errors as their text (#DIV/0!). Hidden rows count. Names in
// merged header cells hold for all columns merged; merged cells below the header
// hold their value once.
var XLSX = &Adapter{
	Name:       "xlsx",
	Doc:        "one sheet of an Excel or LibreOffice workbook",
	Extensions: []string{".xlsx", ".xlsm"},
	typed:      true,
	header:     xlsxHeader,
	open:       openXLSX,
	guess:      guessXLSX,
}

// block is the part of a sheet that is read.
type block struct {
	first, last cellRef // last is 0 where the block is open
	header      [2]int  // rows of the header, 0 for none
}

// xlsxBlock reads range and header from the declaration.
func xlsxBlock(s *source) (block, error) {
	b := block{first: cellRef{1, 1}}
	var problems analysis.Problems
	if text := s.read.Range; text.Value != "" {
		first, last, _ := strings.Cut(text.Value, ":")
		var okFirst, okLast bool
		b.first, okFirst = parseCell(first)
		b.last, okLast = parseCell(last)
		b.first.row = max(b.first.row, 1)
		if !okFirst || !okLast || b.last.column < b.first.column || b.last.row > 0 && b.last.row < b.first.row {
			problems = append(problems, analysis.Problem{Position: text.At, Message: fmt.Sprintf("range %q is not a block of cells", text.Value), Hint: `write "A3:K900", or "A:K" for whole columns`})
		}
	}
	first, last, err := headerLines(s.read.Header)
	problems = gather(problems, err)
	if s.read.Header.Value == "" {
		first, last = b.first.row, b.first.row
	}
	b.header = [2]int{first, last}
	return b, problems.Err()
}

// dataRow returns the first row below the header.
func (b block) dataRow() int { return max(b.header[1]+1, b.first.row) }

// lookAhead is how many rows below the header tell how wide the data is.
const lookAhead = 200

func xlsxHeader(_ context.Context, s *source) (h header, err error) {
	b, err := xlsxBlock(s)
	if err != nil {
		return h, err
	}
	w, err := openWorkbook(s)
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	part, err := w.sheet(s)
	if err != nil {
		return h, err
	}
	if err := w.readShared(); err != nil {
		return h, fmt.Errorf("%s: %w", s.name, err)
	}
	rows, width, err := w.headerRows(part, b)
	if err != nil {
		return h, err
	}
	if b.last.column > 0 {
		width = b.last.column - b.first.column + 1
	}
	if width == 0 || b.header[0] > 0 && len(rows) == 0 {
		return h, analysis.Problem{
			Position: analysis.Position{File: s.name, Sheet: part.name},
			Message:  fmt.Sprintf("the sheet has nothing in its header row %d", b.header[0]),
			Hint:     "set read: {header: …} to the row with the column names" + w.otherSheets(),
		}
	}
	names := joinHeaderRows(append(rows, make([]string, width)))[:width]
	return newHeader(names, func(i int) string { return columnLetters(b.first.column + i) }), nil
}

// otherSheets says which sheets there are, when there are several.
func (w *workbook) otherSheets() string {
	if len(w.sheets) < 2 {
		return ""
	}
	return ", or read: {sheet: …} to one of " + w.sheetNames()
}

// headerRows reads the header's rows within the block, with merged cells filled,
// and how many columns they and the next rows take.
func (w *workbook) headerRows(part sheetPart, b block) (rows [][]string, width int, err error) {
	r, err := w.rows(part)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	byRow := map[int][]string{}
	var cells []string
	for {
		var n int
		cells, n, err = r.next(cells, func(int) string { return "." })
		if errors.Is(err, io.EOF) || n > b.dataRow()+lookAhead {
			break
		}
		if err != nil {
			return nil, 0, err
		}
		inside := b.cut(cells)
		if n >= b.first.row && (n >= b.header[0] && n <= b.header[1] || n >= b.dataRow()) {
			width = max(width, len(inside))
		}
		if n >= b.header[0] && n <= b.header[1] {
			byRow[n] = slices.Clone(inside)
		}
	}
	if b.header[0] == 0 {
		return nil, width, nil
	}
	for n := b.header[0]; n <= b.header[1]; n++ {
		rows = append(rows, byRow[n])
	}
	if allEmpty(rows) {
		return nil, width, nil
	}
	return rows, width, w.fillMerged(part, b, rows, width)
}

func allEmpty(rows [][]string) bool {
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" {
				return false
			}
		}
	}
	return true
}

// fillMerged writes the name in a merged header cell into every cell it covers.
func (w *workbook) fillMerged(part sheetPart, b block, rows [][]string, width int) error {
	merges, err := w.merges(part.part)
	if err != nil {
		return err
	}
	for i := range rows {
		for len(rows[i]) < width {
			rows[i] = append(rows[i], "")
		}
	}
	for _, m := range merges {
		top, left := m.first.row-b.header[0], m.first.column-b.first.column
		if top < 0 || top >= len(rows) || left < 0 || left >= width {
			continue
		}
		for y := top; y <= min(m.last.row-b.header[0], len(rows)-1); y++ {
			for x := left; x <= min(m.last.column-b.first.column, width-1); x++ {
				rows[y][x] = rows[top][left]
			}
		}
	}
	return nil
}

// cut returns the cells within the block's columns, without empty ones at the end.
func (b block) cut(cells []string) []string {
	cells = cells[min(b.first.column-1, len(cells)):]
	if b.last.column > 0 {
		cells = cells[:min(b.last.column-b.first.column+1, len(cells))]
	}
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func openXLSX(ctx context.Context, c *sql.Conn, s *source, h header) (rel *relation, err error) {
	b, err := xlsxBlock(s)
	if err != nil {
		return nil, err
	}
	w, err := openWorkbook(s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	part, err := w.sheet(s)
	if err != nil {
		return nil, err
	}
	if err := w.readShared(); err != nil {
		return nil, err
	}
	rows, err := w.rows(part)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.close()) }()
	rel, err = stageRows(ctx, c, h, b.reader(rows, s, h))
	if err != nil {
		return nil, err
	}
	rel.place = func(_ context.Context, rejects []reject) error {
		b.place(rejects, part.name, h)
		return nil
	}
	return rel, nil
}

// reader returns the function that hands the block's rows to stageRows.
func (b block) reader(rows *sheetReader, s *source, h header) func([]string) (int, error) {
	decimals := make([]string, len(h.names))
	for i, name := range h.names {
		decimals[i] = s.decimal(name)
	}
	decimal := func(column int) string {
		if i := column - b.first.column + 1; i >= 0 && i < len(decimals) {
			return decimals[i]
		}
		return "."
	}
	var buffer []string
	return func(cells []string) (n int, err error) {
		for {
			buffer, n, err = rows.next(buffer, decimal)
			if errors.Is(err, io.EOF) || b.last.row > 0 && n > b.last.row {
				return 0, nil
			}
			if err != nil {
				return 0, err
			}
			if n >= b.dataRow() {
				copy(cells, b.cut(buffer))
				return n, nil
			}
		}
	}
}

// place gives rejects the cell they came from.
func (b block) place(rejects []reject, sheet string, h header) {
	for i, r := range rejects {
		column := ""
		if at := slices.Index(h.names, r.raw); at >= 0 {
			column = columnLetters(b.first.column + at)
		}
		if column == "" {
			column = columnLetters(b.first.column)
		}
		rejects[i].cell = fmt.Sprintf("%s!%s%d", sheet, column, r.row)
	}
}
