package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"pediment/analysis"
)

// File is a file of microdata that belongs to no project.
type File struct {
	Path   string   // where it is; messages call it so too
	Read   Read     // how it is written, and the files beside it
	Beside []string // files with the same rows in the same order, whose columns are added: replicate weights
}

// Microdata is the rows of a file with columns of the types its cells have. It
// answers queries too; they call its rows "microdata".
type Microdata struct {
	*stream
	remove func() error // removes the folder it lives and spills in
}

// A table that is not kept in memory is written to disk, compressed, in row groups
// of at most groupBytes before that and small blocks: a row group of many columns
// takes a block of each, which would not fit into memory.
const (
	keptInMemory = 300 << 20 // bytes of the files; where memory runs out all the same, DuckDB spills
	keptColumns  = 150
	groupBytes   = 64 << 20
	groupRows    = 60 * blockRows // DuckDB's usual row group
)

// OpenFile reads a file once into a temporary database, from which its rows can
// be read as often as need be, in the file's order. A column is integer or number
// where every filled cell is, otherwise text, as are dates and codes with zeros
// in front; Parquet files keep their types. A file with a row that cannot be
// read is a problem: an estimate from the other rows would be wrong.
func OpenFile(ctx context.Context, f File, adapters []*Adapter) (_ *Microdata, err error) {
	tables, err := f.tables(ctx, adapters)
	if err != nil {
		return nil, err
	}
	folder, remove, err := newSpill()
	if err != nil {
		return nil, err
	}
	db, err := openDatabase(ctx, slices.Concat(safety, []string{
		"SET memory_limit = '" + loadMemory + "'",
		fmt.Sprintf("SET threads = %d", min(runtime.NumCPU(), loadThreads)),
		"SET temp_directory = " + analysis.Literal(folder),
		"SET max_temp_directory_size = '20GB'",
		"SET write_buffer_row_group_count = 1",
		attachMicrodata(tables, folder),
	}), []string{"USE warehouse"})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open a temporary database: %w", err), remove())
	}
	m := &Microdata{stream: &stream{db: db, name: f.Path}, remove: remove}
	if err := m.load(ctx, tables, folder); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	return m, nil
}

// tables returns the files with their headers.
func (f File) tables(ctx context.Context, adapters []*Adapter) ([]*microTable, error) {
	var tables []*microTable
	var problems analysis.Problems
	for i, name := range slices.Concat([]string{f.Path}, f.Beside) {
		t := &microTable{name: fmt.Sprintf("file%d", i), source: &source{path: name, name: name, read: f.Read}}
		if err := t.open(ctx, adapters); err != nil {
			problems = gather(problems, t.explain(ctx, err))
		}
		tables = append(tables, t)
	}
	return tables, problems.Err()
}

// attachMicrodata returns the statement that attaches the database for the tables.
func attachMicrodata(tables []*microTable, folder string) string {
	size, columns := int64(0), 0
	for _, t := range tables {
		size += t.source.size
		columns = max(columns, len(t.header.names))
	}
	if size <= keptInMemory && columns <= keptColumns {
		return "ATTACH ':memory:' AS warehouse"
	}
	rows := min(groupRows, max(1, groupBytes/(8*columns*blockRows))*blockRows)
	return fmt.Sprintf("ATTACH %s AS warehouse (ROW_GROUP_SIZE %d, BLOCK_SIZE 16384)", analysis.Literal(filepath.Join(folder, "microdata.duckdb")), rows)
}

// load reads the files, locks the database and makes the rows ready.
func (m *Microdata) load(ctx context.Context, tables []*microTable, folder string) (err error) {
	c, err := m.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	for _, t := range tables {
		t.conn, t.source.temp = c, folder
		if err := t.load(ctx); err != nil {
			return t.explain(ctx, err)
		}
	}
	if err := m.join(tables); err != nil {
		return err
	}
	if err := execute(ctx, c, "CREATE VIEW microdata AS SELECT * FROM "+m.from(chunk{part: &m.parts[0], to: m.parts[0].rowids}),
		"SET threads = 1", "SET enable_external_access = false", "SET lock_configuration = true"); err != nil {
		return err
	}
	m.stream, err = newStream(ctx, m.stream)
	return err
}

// join lays the tables side by side.
func (m *Microdata) join(tables []*microTable) error {
	var problems analysis.Problems
	owner := map[string]*microTable{}
	first := tables[0]
	p := part{rowids: first.rows}
	for _, t := range tables {
		if t.rows != first.rows {
			problems = append(problems, analysis.Problem{
				Position: t.source.at(),
				Message:  fmt.Sprintf("has %d rows, %s has %d", t.rows, first.source.name, first.rows),
				Hint:     "both need one row for each unit, in the same order",
			})
		}
		for _, c := range t.columns {
			key := strings.ToLower(c.Name)
			if other := owner[key]; other != nil {
				problems = append(problems, analysis.Problem{
					Position: t.source.at(),
					Message:  fmt.Sprintf("has a column %q, as has %s", c.Name, other.source.name),
					Hint:     "leave it out of one of the files, or give it another name there",
				})
			}
			owner[key] = t
		}
		p.tables = append(p.tables, columnsOf{table: t.name, items: t.items()})
		m.columns = append(m.columns, t.columns...)
	}
	m.parts = []part{p}
	m.unknown = func(name string) analysis.Problem {
		for _, t := range tables {
			if t.header.repeated[strings.ToLower(name)] != nil {
				return noColumn(analysis.Position{}, name, t.source, t.header, nil)
			}
		}
		return noColumn(analysis.Position{}, name, first.source, first.header, m.columnNames())
	}
	return problems.Err()
}

// Columns returns the columns in the files' order, with their types: integer,
// number or text, from Parquet files boolean and date as well.
func (m *Microdata) Columns() []analysis.ColumnType { return slices.Clone(m.columns) }

// Count returns the number of rows.
func (m *Microdata) Count() int64 { return m.parts[0].rowids }

// QueryContext runs a query.
func (m *Microdata) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return m.db.QueryContext(ctx, query, args...)
}

// Close removes the rows.
func (m *Microdata) Close() error { return errors.Join(m.db.Close(), m.remove()) }
