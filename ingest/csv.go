package ingest

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

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
