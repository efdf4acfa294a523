package ingest

import (
	"bufio"
	"context"
	"database/sql"
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

// CSV reads text files whose cells are set apart by a delimiter. DuckDB reads
// them, so that they stream; a text that is not plain UTF-8 with one kind of line
// end and good quotes is first rewritten as such into a temporary file with the
// same lines.
var CSV = &Adapter{
	Name:       "csv",
	Doc:        "text with one row a line: comma, semicolon, tab or any other delimiter",
	Extensions: []string{".csv", ".tsv", ".tab", ".txt"},
	header:     csvHeader,
	open:       openCSV,
	guess:      guessCSV,
}

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

// csvFile is a delimited text ready for DuckDB.
type csvFile struct {
	source    *source
	dialect   dialect
	header    header
	path      string // the file itself or its plain copy
	temporary bool
	multiline bool     // some quoted cell holds a line end
	stray     []reject // lines whose quotes do not close, left out of the copy
}

func openCSV(ctx context.Context, c *sql.Conn, s *source, h header) (*relation, error) {
	d, err := csvDialect(s)
	if err != nil {
		return nil, err
	}
	f := &csvFile{source: s, dialect: d, header: h, path: s.path}
	if err := f.prepare(); err != nil {
		return nil, errors.Join(err, f.close(ctx))
	}
	return &relation{
		query:    "SELECT * FROM " + f.scan("store_rejects=true"),
		numbered: `SELECT row_number() OVER () AS "@row", * FROM ` + f.scan("ignore_errors=true"),
		broken:   func(ctx context.Context) ([]reject, error) { return f.broken(ctx, c) },
		place:    f.place,
		close:    f.close,
	}, nil
}

// prepare finds out whether the file is plain, and makes a plain copy if not.
func (f *csvFile) prepare() error {
	if f.dialect.charset.encoding != nil {
		return f.rewrite()
	}
	facts, err := f.survey()
	if err != nil {
		return err
	}
	if facts.invalidLine > 0 {
		return encodingProblem(f.source, "utf-8", facts.invalidLine)
	}
	plain := !facts.mixed && !(facts.bom && f.dialect.first == 0)
	if facts.quoted {
		good, err := f.checkQuotes()
		if err != nil {
			return err
		}
		plain = plain && good
	}
	if !plain {
		return f.rewrite()
	}
	return nil
}

func (f *csvFile) survey() (facts textFacts, err error) {
	in, err := os.Open(f.path)
	if err != nil {
		return facts, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return surveyText(in, f.dialect.quote)
}

// checkQuotes reports whether all quotes close and notes cells with line ends.
func (f *csvFile) checkQuotes() (good bool, err error) {
	good = true
	err = f.eachRecord(func(rec record) error {
		good = good && !rec.broken
		f.multiline = f.multiline || rec.lines() > 1
		return nil
	})
	return good, err
}

// eachRecord calls yield with the records of the file as it now is.
func (f *csvFile) eachRecord(yield func(record) error) (err error) {
	in, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	text := io.Reader(in)
	if !f.temporary {
		text = f.dialect.charset.decode(in)
	}
	records := newRecordReader(text, f.dialect)
	for {
		rec, err := records.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := yield(rec); err != nil {
			return err
		}
	}
}

// rewrite makes a UTF-8 copy with \n after every record, line for line; a record
// whose quotes do not close leaves an empty line and a reject.
func (f *csvFile) rewrite() (err error) {
	if err := refuseDoubleEncoding(f.source, f.dialect.charset); err != nil {
		return err
	}
	out, err := os.CreateTemp(f.source.temp, "plain-*.csv")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	w := bufio.NewWriterSize(out, 1<<18)
	replaced := 0
	err = f.eachRecord(func(rec record) error {
		if replaced == 0 && f.dialect.charset.encoding != nil && strings.ContainsRune(string(rec.text), '\uFFFD') {
			replaced = rec.line
		}
		f.multiline = f.multiline || rec.lines() > 1
		text := strings.TrimRight(string(rec.text), "\r\n")
		if rec.broken {
			f.stray = append(f.stray, reject{line: rec.line, value: text, rule: "a quote is opened and not closed"})
			text = ""
		}
		_, err := w.WriteString(text + "\n")
		return err
	})
	f.path, f.temporary = out.Name(), true
	if replaced > 0 {
		return encodingProblem(f.source, f.dialect.charset.name, replaced)
	}
	if err != nil {
		return f.dialect.readProblem(f.source, err)
	}
	return w.Flush()
}

// refuseDoubleEncoding reports a file declared in a one-byte encoding whose
// characters beyond ASCII are all valid UTF-8: read as declared, "é" would
// become "Ã©".
func refuseDoubleEncoding(s *source, c charset) (err error) {
	if c.encoding == nil || strings.HasPrefix(c.name, "utf-16") {
		return nil
	}
	in, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	line, err := firstUTF8Line(in)
	if err != nil || line == 0 {
		return err
	}
	return analysis.Problem{
		Position: analysis.Position{File: s.name, Line: line},
		Message:  fmt.Sprintf("the file is declared %s but its text is UTF-8", c.name),
		Hint:     "set read: {encoding: utf-8}, which is the default",
	}
}

// scan returns the read_csv call with one more option.
func (f *csvFile) scan(option string) string {
	columns := make([]string, len(f.header.names))
	for i, name := range f.header.names {
		columns[i] = analysis.Literal(name) + ": 'VARCHAR'"
	}
	quote := ""
	if f.dialect.quote != 0 {
		quote = string(rune(f.dialect.quote))
	}
	options := []string{
		analysis.Literal(escapeGlob(f.path)), "auto_detect=false", "header=false", "compression='none'",
		fmt.Sprintf("skip=%d", f.header.skip),
		"delim=" + analysis.Literal(string(rune(f.dialect.delim))),
		"quote=" + analysis.Literal(quote), "escape=" + analysis.Literal(quote), "comment=''",
		"columns={" + strings.Join(columns, ", ") + "}", option,
	}
	if f.multiline {
		options = append(options, "parallel=false") // in parallel a line inside a quoted cell can be taken for a row
	}
	return "read_csv(" + strings.Join(options, ", ") + ")"
}

func (f *csvFile) close(context.Context) error {
	if f.temporary {
		return os.Remove(f.path)
	}
	return nil
}
