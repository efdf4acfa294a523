package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"pediment/analysis"
)

// dialect is how a delimited text is written.
type dialect struct {
	charset      charset
	delim, quote byte
	first, last  int // lines of the header, 0 for none
}

// csvDialect reads the dialect from the declaration; every part that cannot be is
// a problem.
func csvDialect(s *source) (dialect, error) {
	var problems analysis.Problems
	d := dialect{delim: ',', quote: '"'}
	if ext := strings.ToLower(filepath.Ext(s.path)); ext == ".tsv" || ext == ".tab" {
		d.delim = '\t'
	}
	var err error
	if d.charset, err = findCharset(s.read.Encoding); err != nil {
		problems = gather(problems, err)
	}
	if text := s.read.Delimiter; text.Value != "" {
		if d.delim, err = oneCharacter(text, "delimiter"); err != nil {
			problems = gather(problems, err)
		}
	}
	switch text := s.read.Quote; {
	case text.Value == "none":
		d.quote = 0
	case text.Value != "":
		if d.quote, err = oneCharacter(text, "quote"); err != nil {
			problems = gather(problems, err)
		}
	}
	if d.first, d.last, err = headerLines(s.read.Header); err != nil {
		problems = gather(problems, err)
	}
	return d, problems.Err()
}

func oneCharacter(text analysis.Text, what string) (byte, error) {
	value := text.Value
	if value == `\t` || value == "tab" {
		return '\t', nil
	}
	if len(value) != 1 || value[0] >= 0x80 || value[0] == '\n' || value[0] == '\r' {
		return ',', analysis.Problem{
			Position: text.At,
			Message:  fmt.Sprintf("%s %q is not one plain character", what, value),
			Hint:     `for example "," or ";" or "\t"`,
		}
	}
	return value[0], nil
}

var headerForm = regexp.MustCompile(`^(\d{1,6})(?:\s*-\s*(\d{1,6}))?$`)

// headerLines reads "3" or "3-4"; nothing is "1".
func headerLines(text analysis.Text) (first, last int, err error) {
	m := headerForm.FindStringSubmatch(or(text.Value, "1"))
	if m != nil {
		first, _ = strconv.Atoi(m[1])
		last = first
		if m[2] != "" {
			last, _ = strconv.Atoi(m[2])
		}
	}
	if m == nil || last < first || first == 0 && last > 0 {
		return 1, 1, analysis.Problem{
			Position: text.At,
			Message:  fmt.Sprintf("header %q is not a line number", text.Value),
			Hint:     `write 1, or 3-4 for names in two lines, or 0 for none`,
		}
	}
	return first, last, nil
}

func csvHeader(ctx context.Context, s *source) (header, error) {
	d, err := csvDialect(s)
	if err != nil {
		return header{}, err
	}
	f, err := os.Open(s.path)
	if err != nil {
		return header{}, err
	}
	h, err := d.readHeader(f, s)
	return h, errors.Join(err, f.Close())
}

// readHeader reads as many records as hold the header. Without one the first
// record tells how many columns there are.
func (d dialect) readHeader(in io.Reader, s *source) (header, error) {
	records := newRecordReader(d.charset.decode(in), d)
	var rows [][]string
	skip := 0
	for len(rows) == 0 || len(rows) <= d.last-d.first {
		rec, err := records.next()
		if errors.Is(err, io.EOF) {
			return header{}, analysis.Problem{
				Position: s.at(),
				Message:  fmt.Sprintf("the file ends before its header in line %d", max(1, d.first)),
				Hint:     "it may be empty, or read: {header: …} names the wrong line",
			}
		}
		if err != nil {
			return header{}, d.readProblem(s, err)
		}
		if !utf8.Valid(rec.text) {
			return header{}, encodingProblem(s, d.charset.name, rec.line)
		}
		skip++
		switch {
		case d.first == 0 && rec.blank():
		case rec.line < d.first && rec.line+rec.lines() > d.first:
			return header{}, analysis.Problem{
				Position: s.read.Header.At,
				Message:  fmt.Sprintf("line %d of %s is inside a quoted cell that begins in line %d", d.first, s.name, rec.line),
			}
		case rec.line >= d.first:
			rows = append(rows, d.fields(rec.text))
		}
	}
	if d.first == 0 {
		h := newHeader(make([]string, len(rows[0])), numberedName)
		return h, nil
	}
	h := newHeader(joinHeaderRows(rows), numberedName)
	h.skip = skip
	return h, nil
}

// readProblem explains an error met while decoding.
func (d dialect) readProblem(s *source, err error) error {
	if d.charset.encoding == nil {
		return fmt.Errorf("read %s: %w", s.name, err)
	}
	return encodingProblem(s, d.charset.name, 1)
}

// joinHeaderRows makes one name of each column of several header rows: the parts
// that are not empty, joined by " / ", each written once. Line breaks within a
// name become spaces.
func joinHeaderRows(rows [][]string) []string {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	names := make([]string, width)
	for i := range names {
		var parts []string
		for _, row := range rows {
			if i >= len(row) {
				continue
			}
			part := strings.Join(strings.Fields(row[i]), " ")
			if part != "" && (len(parts) == 0 || parts[len(parts)-1] != part) {
				parts = append(parts, part)
			}
		}
		names[i] = strings.Join(parts, " / ")
	}
	return names
}
