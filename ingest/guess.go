package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"pediment/analysis"
)

// setting is one guessed line of a declaration and why it was guessed.
type setting struct{ key, value, why string }

// guessLines is how many lines or rows at the beginning of a file guesses about
// its layout rest on.
const guessLines = 300

// guessCSV guesses encoding, delimiter and header line of a text.
func guessCSV(_ context.Context, s *source) (settings []setting, err error) {
	encoding, err := detectEncoding(s.path)
	if err != nil {
		return nil, err
	}
	if encoding != "utf-8" {
		settings = append(settings, setting{"encoding", encoding, "the text is not valid UTF-8 and fits this"})
	}
	text, err := beginning(s.path, encoding)
	if err != nil {
		return nil, err
	}
	usual := byte(',')
	if ext := strings.ToLower(s.path); strings.HasSuffix(ext, ".tsv") || strings.HasSuffix(ext, ".tab") {
		usual = '\t'
	}
	delim, rows := guessDelimiter(text, usual)
	if delim != usual {
		settings = append(settings, setting{"delimiter", string(rune(delim)), "the lines have most cells in common with it"})
	}
	return append(settings, headerSetting(rows)...), nil
}

// beginning returns the first lines of a text as UTF-8.
func beginning(path, encoding string) (text []byte, err error) {
	c, err := findCharset(analysis.Text{Value: encoding})
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(c.decode(f), 1<<18))
}

// guessDelimiter returns the delimiter by which most rows have the same number
// of cells, more than one, and the rows it gives.
func guessDelimiter(text []byte, usual byte) (byte, [][]string) {
	best, bestScore := usual, 0
	bestRows := cutRows(text, usual)
	for _, delim := range []byte{usual, ',', ';', '\t', '|'} {
		rows := cutRows(text, delim)
		width, count := usualWidth(rows)
		if score := count * min(width, 50); width > 1 && score > bestScore {
			best, bestScore, bestRows = delim, score, rows
		}
	}
	return best, bestRows
}

// cutRows cuts a text into rows, one for each line a row begins in; the lines a
// row goes on in are empty rows, so that the index tells the line.
func cutRows(text []byte, delim byte) [][]string {
	d := dialect{delim: delim, quote: '"'}
	records := newRecordReader(bytes.NewReader(text), d)
	var rows [][]string
	for len(rows) < guessLines {
		rec, err := records.next()
		if err != nil {
			break
		}
		rows = append(rows, d.fields(rec.text))
		for range rec.lines() - 1 {
			rows = append(rows, nil)
		}
	}
	return rows
}

// usualWidth returns the number of cells that most rows have.
func usualWidth(rows [][]string) (width, count int) {
	counts := map[int]int{}
	for _, row := range rows {
		if filledCells(row) > 0 {
			counts[len(row)]++
		}
	}
	for w, n := range counts {
		if n > count || n == count && w > width {
			width, count = w, n
		}
	}
	return width, count
}

func filledCells(row []string) int {
	n := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// headerSetting guesses which row holds the names: the first that fills nearly
// all columns, with texts rather than numbers.
func headerSetting(rows [][]string) []setting {
	widest := 0
	for _, row := range rows {
		widest = max(widest, filledCells(row))
	}
	for i, row := range rows {
		if filled := filledCells(row); filled == 0 || filled*10 < widest*7 {
			continue
		}
		texts := 0
		for _, cell := range row {
			if cell = strings.TrimSpace(cell); cell != "" && (!looksNumeric(cell) || yearHeader.MatchString(cell)) {
				texts++
			}
		}
		if texts*2 >= filledCells(row) || isAges(row) {
			if i == 0 {
				return nil
			}
			return []setting{{"header", fmt.Sprint(i + 1), fmt.Sprintf("the %d rows above it fill few cells, as titles do", i)}}
		}
		return []setting{{"header", "0", "the first full row holds numbers, not names"}}
	}
	return nil
}

// guessXLSX guesses sheet and header row: of the sheets that are not hidden the
// one with the most cells filled.
func guessXLSX(_ context.Context, s *source) (settings []setting, err error) {
	w, err := openWorkbook(s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := w.readShared(); err != nil {
		return nil, err
	}
	var best [][]string
	bestFilled, bestSheet, visible := -1, 0, 0
	for i, sheet := range w.sheets {
		rows, err := w.firstRows(sheet)
		if err != nil {
			return nil, err
		}
		if sheet.hidden {
			continue
		}
		visible++
		filled := 0
		for _, row := range rows {
			filled += filledCells(row)
		}
		if filled > bestFilled {
			best, bestFilled, bestSheet = rows, filled, i
		}
	}
	if visible > 1 {
		settings = append(settings, setting{"sheet", w.sheets[bestSheet].name, fmt.Sprintf("of %d sheets it has the most cells", visible)})
	}
	return append(settings, headerSetting(best)...), nil
}

// firstRows reads the first rows of a sheet, each at its number less one.
func (w *workbook) firstRows(sheet sheetPart) (rows [][]string, err error) {
	r, err := w.rows(sheet)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	var cells []string
	for {
		var n int
		cells, n, err = r.next(cells, func(int) string { return "." })
		if errors.Is(err, io.EOF) || n > guessLines {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		for len(rows) < n {
			rows = append(rows, nil)
		}
		rows[n-1] = slices.Clone(cells)
	}
}

// guessNothing is for formats that say themselves how they are written.
func guessNothing(context.Context, *source) ([]setting, error) { return nil, nil }

// readOf returns the declaration that the settings are.
func readOf(settings []setting) Read {
	var r Read
	fields := map[string]*analysis.Text{"encoding": &r.Encoding, "delimiter": &r.Delimiter, "header": &r.Header, "sheet": &r.Sheet, "decimal": &r.Decimal, "thousands": &r.Thousands}
	for _, s := range settings {
		fields[s.key].Value = s.value
	}
	return r
}
