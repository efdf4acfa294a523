package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
)

// Adapter is one way to read files. An adapter's funcs report what is wrong with
// a file as analysis.Problem or analysis.Problems.
type Adapter struct {
	Name       string   // what read.format calls it
	Doc        string   // one sentence for a reader
	Extensions []string // lower case, with the dot: files it reads unless read.format says otherwise

	// typed says that the files themselves tell numbers and dates from text.
	// Such numbers come out in the declared decimal sign, such dates as ISO.
	typed bool

	// header reads the names of the file's columns.
	header func(ctx context.Context, s *source) (header, error)

	// open makes the file a relation, by staging it on c if need be.
	open func(ctx context.Context, c *sql.Conn, s *source, h header) (*relation, error)

	// guess says how the file seems to be written, for Propose.
	guess func(ctx context.Context, s *source) ([]setting, error)
}

// source is one file of a dataset.
type source struct {
	dataset  string
	path     string // where it is
	name     string // what messages and the warehouse call it
	size     int64
	read     Read
	temp     string                 // folder for temporary files
	decimals map[string]string      // decimal sign by raw column, where it is not that of read
	progress func(done, size int64) // may be nil
}

// header is the columns of a file in order.
type header struct {
	names    []string         // unique without regard to letter case
	repeated map[string][]int // names the file gives to several columns, in lower case: their numbers from 1
	skip     int              // records before the first row of data
}

// relation is a file as SQL.
type relation struct {
	query    string // SELECT whose columns are the header's, all VARCHAR, the empty text NULL
	numbered string // the same with the row's number as "@row" first
	// broken returns the records the query passed over because they have no
	// columns that fit, once it has run.
	broken func(ctx context.Context) ([]reject, error)
	// place sets line or cell of rejects from their row and column.
	place func(ctx context.Context, rejects []reject) error
	close func(ctx context.Context) error
}

// at is the position of a whole file, for problems.
func (s *source) at() analysis.Position { return analysis.Position{File: s.name} }

// decimal returns the sign in which numbers of the raw column are written.
func (s *source) decimal(column string) string {
	if sign, ok := s.decimals[column]; ok {
		return sign
	}
	return or(s.read.Decimal.Value, ".")
}

// newHeader names columns that have no name or share one: an empty name becomes
// blank(i), and of names that stand several times each gets its number:
// "amount (1)", "amount (2)".
func newHeader(names []string, blank func(i int) string) header {
	h := header{names: slices.Clone(names), repeated: map[string][]int{}}
	seen := map[string][]int{}
	for i, name := range h.names {
		if strings.TrimSpace(name) == "" {
			h.names[i] = blank(i)
		}
		key := strings.ToLower(h.names[i])
		seen[key] = append(seen[key], i)
	}
	for key, at := range seen {
		if len(at) == 1 {
			continue
		}
		for n, i := range at {
			h.names[i] = fmt.Sprintf("%s (%d)", h.names[i], n+1)
			h.repeated[key] = append(h.repeated[key], i+1)
		}
	}
	return h
}

// numberedName names a column without a name by its place: "column7".
func numberedName(i int) string { return fmt.Sprintf("column%d", i+1) }

// adapterFor returns the adapter for the dataset's file.
func adapterFor(d Dataset, f file, adapters []*Adapter) (*Adapter, error) {
	if format := d.Read.Format; format.Value != "" {
		for _, a := range adapters {
			if a.Name == strings.ToLower(format.Value) {
				return a, nil
			}
		}
		names := adapterNames(adapters)
		hint := or(analysis.Suggest(format.Value, names), "known formats: "+strings.Join(names, ", "))
		return nil, analysis.Problem{Position: format.At, Message: fmt.Sprintf("unknown format %q", format.Value), Hint: hint}
	}
	ext := strings.ToLower(filepath.Ext(f.path))
	for _, a := range adapters {
		if slices.Contains(a.Extensions, ext) {
			return a, nil
		}
	}
	return nil, analysis.Problem{
		Position: analysis.Position{File: f.name},
		Message:  fmt.Sprintf("no format is known for files ending in %q", ext),
		Hint:     unreadable(ext, adapters),
	}
}

func adapterNames(adapters []*Adapter) []string {
	names := make([]string, len(adapters))
	for i, a := range adapters {
		names[i] = a.Name
	}
	return names
}

// unreadable says what to do with a file no adapter reads.
func unreadable(ext string, adapters []*Adapter) string {
	switch ext {
	case ".xls", ".xlsb", ".ods":
		return "open it in a spreadsheet program and save it as .xlsx"
	case ".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt":
		return "export it as CSV from the statistics program, values rather than labels where codes are needed"
	case ".pdf", ".docx", ".doc":
		return "ask for the figures as CSV or .xlsx"
	case ".gz", ".zip":
		return "unpack it first"
	}
	return "name its format with read: {format: …}, one of " + strings.Join(adapterNames(adapters), ", ")
}

// or returns text, or otherwise when text is empty.
func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
