package ingest

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// record is one record of a delimited text: a row, whatever lines it spans.
type record struct {
	text   []byte // with its line end; valid until the next record
	offset int64  // of its first byte
	line   int    // its first line, from 1
	broken bool   // its quotes do not close; then it is the first line alone
}

// blank reports whether the record is an empty line.
func (r record) blank() bool {
	return len(r.text) == 0 || r.text[0] == '\n' || r.text[0] == '\r'
}

// lines returns how many lines the record spans.
func (r record) lines() int {
	return max(1, countLineEnds(r.text))
}

// countLineEnds counts \n, \r\n and \r, each as one.
func countLineEnds(text []byte) int {
	n := 0
	for i, c := range text {
		if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			n++
		}
	}
	return n
}

// recordReader cuts a delimited text into records. A quote opens a field only at
// its beginning; inside, a doubled quote stands for one. Where a quoted field
// does not close before the text ends, or is followed by more text, the record is
// broken and reading goes on with the next line: one stray quote costs one line.
type recordReader struct {
	in      *bufio.Reader
	pending []byte // read from in, not yet part of a record
	delim   byte
	quote   byte // 0 for none
	offset  int64
	line    int
	ended   bool
}

// maxRecord bounds a record: a quote that stays open for longer is a stray one.
const maxRecord = 1 << 20

func newRecordReader(in io.Reader, d dialect) *recordReader {
	return &recordReader{in: bufio.NewReaderSize(in, 1<<16), delim: d.delim, quote: d.quote, line: 1}
}

// next returns the next record, or io.EOF.
func (r *recordReader) next() (record, error) {
	end, broken, err := r.scan()
	if err != nil {
		return record{}, err
	}
	if end == 0 {
		return record{}, io.EOF
	}
	rec := record{text: r.pending[:end:end], offset: r.offset, line: r.line, broken: broken}
	r.pending = r.pending[end:]
	r.offset += int64(end)
	r.line += rec.lines()
	return rec, nil
}

// scan finds where the record at the start of pending ends.
func (r *recordReader) scan() (end int, broken bool, err error) {
	fieldStart := true
	for i := 0; ; i++ {
		c, ok, err := r.at(i)
		if err != nil || !ok {
			return i, false, err
		}
		switch {
		case c == '\n':
			return i + 1, false, nil
		case c == '\r':
			next, ok, err := r.at(i + 1)
			if ok && next == '\n' {
				i++
			}
			return i + 1, false, err
		case c == r.quote && fieldStart && r.quote != 0:
			closed, good, err := r.closing(i + 1)
			if err != nil {
				return 0, false, err
			}
			if !good {
				end, err := r.lineEnd(0)
				return end, true, err
			}
			i = closed
		}
		fieldStart = c == r.delim
	}
}

// closing returns the index of the quote that closes the field whose text starts
// at i, and whether the field ends there as it should.
func (r *recordReader) closing(i int) (int, bool, error) {
	for ; i < maxRecord; i++ {
		c, ok, err := r.at(i)
		if err != nil || !ok {
			return i, false, err
		}
		if c != r.quote {
			continue
		}
		next, ok, err := r.at(i + 1)
		if err != nil {
			return i, false, err
		}
		if !ok || next == r.delim || next == '\n' || next == '\r' {
			return i, true, nil
		}
		if next != r.quote {
			return i, false, nil
		}
		i++
	}
	return i, false, nil
}

// lineEnd returns the index after the first line end at or after i.
func (r *recordReader) lineEnd(i int) (int, error) {
	for ; ; i++ {
		c, ok, err := r.at(i)
		if err != nil || !ok {
			return i, err
		}
		if c == '\n' {
			return i + 1, nil
		}
		if c == '\r' {
			next, ok, err := r.at(i + 1)
			if ok && next == '\n' {
				i++
			}
			return i + 1, err
		}
	}
}

// at returns byte i of pending, reading on as needed; ok is false past the end.
func (r *recordReader) at(i int) (c byte, ok bool, err error) {
	for i >= len(r.pending) {
		if r.ended {
			return 0, false, nil
		}
		chunk := make([]byte, 1<<16)
		n, err := r.in.Read(chunk)
		r.pending = append(r.pending, chunk[:n]...)
		if errors.Is(err, io.EOF) {
			r.ended = true
		} else if err != nil {
			return 0, false, err
		}
	}
	return r.pending[i], true, nil
}

// fields splits a record into its cells.
func (d dialect) fields(text []byte) []string {
	line := strings.TrimRight(string(text), "\r\n")
	var cells []string
	for {
		cell, rest, more := d.cell(line)
		cells = append(cells, cell)
		if !more {
			return cells
		}
		line = rest
	}
}

// cell cuts the first cell off the line.
func (d dialect) cell(line string) (cell, rest string, more bool) {
	if d.quote == 0 || line == "" || line[0] != d.quote {
		return strings.Cut(line, string(d.delim))
	}
	var text strings.Builder
	for i := 1; i < len(line); i++ {
		if line[i] != d.quote {
			text.WriteByte(line[i])
			continue
		}
		if i+1 < len(line) && line[i+1] == d.quote {
			text.WriteByte(d.quote)
			i++
			continue
		}
		_, rest, more = strings.Cut(line[i+1:], string(d.delim))
		return text.String(), rest, more
	}
	return text.String(), "", false
}
