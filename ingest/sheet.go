package ingest

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// sheetReader reads the rows of one sheet in order, as text.
type sheetReader struct {
	book   *workbook
	part   io.ReadCloser
	xml    *xmlScanner
	row    int // the number of the row last read, from 1
	column int // of the cell last read
	isEnd  bool
}

func (w *workbook) rows(s sheetPart) (*sheetReader, error) {
	part, err := w.archive.Open(s.part)
	if err != nil {
		return nil, err
	}
	return &sheetReader{book: w, part: part, xml: newXMLScanner(part)}, nil
}

func (r *sheetReader) close() error { return r.part.Close() }

// next reads the next row that is written down into cells, which is cut or grown
// to the row's width; "" is an empty cell. It returns the row's number from 1, or
// io.EOF. Numbers are written with decimal(column), columns counting from 0.
func (r *sheetReader) next(cells []string, decimal func(column int) string) ([]string, int, error) {
	cells = cells[:0]
	for !r.isEnd {
		err := r.xml.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = errBadXML
			}
			return cells, r.row, err
		}
		switch x := r.xml; {
		case x.opens("row"):
			r.row++
			r.column = 0
			if n, err := strconv.Atoi(string(x.attribute(" r="))); err == nil {
				r.row = n
			}
			if x.empty {
				return cells, r.row, nil
			}
		case x.opens("c"):
			r.column++
			if ref, ok := parseCell(string(x.attribute(" r="))); ok {
				r.column = ref.column
			}
			for len(cells) < r.column {
				cells = append(cells, "")
			}
			if !x.empty {
				if cells[r.column-1], err = r.cell(decimal); err != nil {
					return cells, r.row, err
				}
			}
		case x.closes("row"):
			return cells, r.row, nil
		case x.closes("sheetData"):
			r.isEnd = true
		}
	}
	return cells, r.row, io.EOF
}

// cell reads the content of the cell whose tag was just read, to its end.
func (r *sheetReader) cell(decimal func(column int) string) (string, error) {
	x := r.xml
	kind := string(x.attribute(" t="))
	style, _ := strconv.Atoi(string(x.attribute(" s=")))
	var text strings.Builder
	var value, formula string
	valued, phonetic := false, false
	for {
		if err := x.next(); err != nil {
			return "", errBadXML
		}
		switch {
		case x.closes("c"):
			if !valued && kind != "inlineStr" {
				return formula, nil
			}
			if kind == "inlineStr" {
				return text.String(), nil
			}
			return r.value(kind, value, style, decimal), nil
		case x.ends && bytes.Equal(x.name, []byte("v")):
			value, valued = x.text(), true
		case x.ends && bytes.Equal(x.name, []byte("f")):
			formula = "=" + x.text() // shown only where no program has worked it out
		case x.opens("rPh"):
			phonetic = !x.empty
		case x.closes("rPh"):
			phonetic = false
		case x.ends && bytes.Equal(x.name, []byte("t")) && !phonetic:
			text.WriteString(x.text())
		}
	}
}

// value renders a cell's stored value by its kind and style.
func (r *sheetReader) value(kind, value string, style int, decimal func(column int) string) string {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 0 && n < len(r.book.shared) {
			return r.book.shared[n]
		}
		return ""
	case "b":
		if value == "1" || value == "true" {
			return "true"
		}
		return "false"
	case "str", "e":
		return value
	case "d":
		return strings.Replace(strings.TrimSuffix(value, "T00:00:00"), "T", " ", 1)
	}
	if style > 0 && style < len(r.book.dates) && r.book.dates[style] != noDate {
		if serial, err := strconv.ParseFloat(value, 64); err == nil {
			if text, ok := r.book.dates[style].isoDate(serial, r.book.epoch); ok {
				return text
			}
		}
	}
	return plainNumber(value, decimal(r.column-1))
}

// plainNumber writes a stored number without exponent and with the 15 digits a
// spreadsheet shows: 0.30000000000000004 is 0.3.
func plainNumber(value, decimal string) string {
	if len(value) > 15 || strings.ContainsAny(value, "eE") {
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return value
		}
		if x, err = strconv.ParseFloat(strconv.FormatFloat(x, 'e', 14, 64), 64); err != nil {
			return value
		}
		value = strconv.FormatFloat(x, 'f', -1, 64)
	}
	if decimal != "." {
		value = strings.Replace(value, ".", decimal, 1)
	}
	return value
}
