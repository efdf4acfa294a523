package reports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"pediment/analysis"
)

// ParquetWriter writes a table as a Parquet file, with typed columns and NULL for an
// absent cell.
type ParquetWriter func(context.Context, analysis.Table, io.Writer) error

// Package makes the format of the data package: one zip archive with every table as
// CSV and Parquet, the whole result as JSON, a Frictionless descriptor with types,
// units and meanings, and a text that says how to read it.
func Package(parquet ParquetWriter) *Format {
	return &Format{
		Name: "data", Ext: "-data.zip",
		Doc:   "every table as CSV and Parquet with its description, in one archive",
		Write: func(w io.Writer, r *Report) error { return writePackage(w, r, parquet) },
	}
}

// resource is one table of the package under the name of its files.
type resource struct {
	name  string
	table analysis.Table
	about string // the table in words
	files []archived
}

func writePackage(w io.Writer, r *Report, parquet ParquetWriter) error {
	resources, err := newResources(r, parquet)
	if err != nil {
		return err
	}
	var result bytes.Buffer
	if err := writeJSON(&result, r); err != nil {
		return err
	}
	descriptor, err := describe(r, resources, result.Bytes())
	if err != nil {
		return err
	}
	files := []archived{
		{"README.txt", []byte(packageReadme(r, resources))},
		{"datapackage.json", descriptor},
		{"result.json", result.Bytes()},
	}
	for _, one := range resources {
		files = append(files, one.files...)
	}
	if err := writeArchive(w, files); err != nil {
		return fmt.Errorf("write data package: %w", err)
	}
	return nil
}

// newResources writes every table of the report that has columns.
func newResources(r *Report, parquet ParquetWriter) ([]resource, error) {
	var list []resource
	taken := map[string]bool{}
	for _, t := range r.Tables {
		if len(t.Columns) == 0 {
			continue
		}
		one := resource{name: unlike(taken, resourceName(t.Name)), table: tidyTable(t), about: inWords(t.Name)}
		var text, columns bytes.Buffer
		if err := encodeCSV(&text, one.table); err != nil {
			return nil, fmt.Errorf("write %s as CSV: %w", one.name, err)
		}
		if err := parquet(context.Background(), one.table, &columns); err != nil {
			return nil, fmt.Errorf("write %s as Parquet: %w", one.name, err)
		}
		one.files = []archived{{"csv/" + one.name + ".csv", text.Bytes()}, {"parquet/" + one.name + ".parquet", columns.Bytes()}}
		list = append(list, one)
	}
	return list, nil
}

// resourceName makes a name the descriptor and every file system take: small
// letters without accents, digits, "-" and "_".
func resourceName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' {
			return r
		}
		return '-'
	}, strings.ToLower(name)), "-_")
	if name == "" {
		return "table"
	}
	return name[:min(len(name), 60)]
}

// unlike makes a name differ from those taken, whatever their case, and takes it.
func unlike(taken map[string]bool, name string) string {
	one := name
	for n := 2; taken[strings.ToLower(one)]; n++ {
		one = fmt.Sprintf("%s_%d", name, n)
	}
	taken[strings.ToLower(one)] = true
	return one
}

// tidyTable is the table as programs read it: columns of different names, each of
// a type that all of its cells have, and the state of values as a code besides.
func tidyTable(t analysis.Table) analysis.Table {
	out := analysis.Table{Name: t.Name, Rows: t.Rows}
	taken := map[string]bool{}
	for at, c := range t.Columns {
		c.Name = unlike(taken, strings.TrimSpace(printable(c.Name)))
		c.Type = typeOf(t, at)
		out.Columns = append(out.Columns, c)
	}
	state, flags := columnAt(t, "state"), columnAt(t, "flags")
	if t.Name != "values" || state < 0 || flags < 0 {
		return out
	}
	out.Columns = append(out.Columns, analysis.Column{Name: unlike(taken, "obs_status"), Type: "text"})
	out.Rows = make([][]any, len(t.Rows))
	for k, row := range t.Rows {
		out.Rows[k] = append(row[:len(row):len(row)], observationStatus(fmt.Sprint(row[state]), fmt.Sprint(row[flags])))
	}
	return out
}

// typeOf is the column's declared type, text where a cell is of another.
func typeOf(t analysis.Table, at int) string {
	declared := t.Columns[at].Type
	for _, row := range t.Rows {
		if at < len(row) && !fits(declared, row[at]) {
			return "text"
		}
	}
	switch declared {
	case "number", "integer", "boolean":
		return declared
	}
	return "text"
}

// fits reports whether a cell can stand in a column of the type.
func fits(columnType string, cell any) bool {
	switch cell.(type) {
	case nil:
		return true
	case float64:
		return columnType == "number"
	case int64:
		return columnType == "number" || columnType == "integer"
	case bool:
		return columnType == "boolean"
	}
	return columnType != "number" && columnType != "integer" && columnType != "boolean"
}

// columnAt finds a column by name; -1 when there is none.
func columnAt(t analysis.Table, name string) int {
	for at, c := range t.Columns {
		if c.Name == name {
			return at
		}
	}
	return -1
}

// observationStatus is the state of a value as statistical offices exchange it,
// after SDMX's code list CL_OBS_STATUS; C is its code for what is confidential.
func observationStatus(state, flags string) string {
	switch analysis.State(state) {
	case analysis.Confidential:
		return "C"
	case analysis.Unreliable:
		return "U"
	case analysis.Missing, analysis.NotApplicable, analysis.Refused, analysis.NoBaseline:
		return "M"
	case analysis.Partial:
		return "P"
	case analysis.CarriedForward:
		return "E"
	}
	switch {
	case strings.Contains(flags, "break in series"):
		return "B"
	case strings.Contains(flags, caution):
		return "U"
	}
	return "A"
}

// sha is a file's SHA-256 as the descriptor writes it.
func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}
