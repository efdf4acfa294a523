package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"pediment/analysis"
)

// microTable is one file of microdata on its way into a table.
type microTable struct {
	conn    *sql.Conn
	adapter *Adapter
	source  *source
	header  header
	name    string // of the table
	columns []analysis.ColumnType
	rows    int64
}

// items selects the file's columns from its table.
func (t *microTable) items() []string {
	items := make([]string, len(t.columns))
	for i, c := range t.columns {
		items[i] = cellName(i) + " AS " + analysis.Quote(c.Name)
	}
	return items
}

// open finds the file and reads its header.
func (t *microTable) open(ctx context.Context, adapters []*Adapter) error {
	s := t.source
	info, err := os.Stat(s.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return analysis.Problem{Position: s.at(), Message: "there is no such file", Hint: nearFiles("", s.path)}
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return analysis.Problem{Position: s.at(), Message: "is no file", Hint: "name the file that holds the rows"}
	}
	s.size = info.Size()
	if t.adapter, err = adapterFor(Dataset{Read: s.read}, file{path: s.path, name: s.name, size: s.size}, adapters); err != nil {
		return err
	}
	if t.header, err = t.adapter.header(ctx, s); err == nil && len(t.header.names) == 0 {
		err = t.noRows()
	}
	return err
}

// load reads the file into its table.
func (t *microTable) load(ctx context.Context) (err error) {
	if t.adapter.Name == Parquet.Name {
		err = t.loadParquet(ctx)
	} else {
		err = t.loadTexts(ctx)
	}
	if err == nil && t.rows == 0 {
		err = t.noRows()
	}
	return err
}

func (t *microTable) noRows() error {
	return analysis.Problem{Position: t.source.at(), Message: "the file has no rows", Hint: "there should be one for each unit of the sample"}
}

// guessCells is how many cells at the beginning of a file the types of its columns
// are guessed from. The guess is held against every cell.
const guessCells = 200_000

// loadTexts reads a file of texts. Where a cell is not what was guessed of its
// column, the columns' kinds are made out from the rows with such cells and the
// file is read again.
func (t *microTable) loadTexts(ctx context.Context) (err error) {
	s := t.source
	relation, err := t.adapter.open(ctx, t.conn, s, t.header)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, relation.close(context.WithoutCancel(ctx))) }()
	c := cells{decimal: s.decimal(""), thousands: s.read.Thousands.Value, missing: s.read.Missing}
	rows := c.rows(relation.query, t.header.names)
	kinds, err := c.kinds(ctx, t.conn, fmt.Sprintf("%s LIMIT %d", rows, 100+guessCells/len(t.header.names)), make([]cellKind, len(t.header.names)))
	if err != nil {
		return err
	}
	for {
		misfits, err := t.fill(ctx, c, rows, kinds)
		if err != nil {
			return err
		}
		if misfits == 0 {
			break
		}
		kinds, err = c.kinds(ctx, t.conn, fmt.Sprintf("SELECT * FROM (%s) WHERE NOT (%s)", rows, c.fits(kinds)), kinds)
		if err != nil {
			return err
		}
	}
	for i, name := range t.header.names {
		t.columns = append(t.columns, analysis.ColumnType{Name: name, Type: typeOf(kinds[i].sqlType())})
	}
	return t.refuseBroken(ctx, relation)
}

// fill makes the table and returns how many rows have a cell that is not of its
// column's kind.
func (t *microTable) fill(ctx context.Context, c cells, rows string, kinds []cellKind) (misfits int64, err error) {
	items := make([]string, len(kinds), len(kinds)+1)
	for i, k := range kinds {
		items[i] = c.value(cellName(i), k) + " AS " + cellName(i)
	}
	items = append(items, fmt.Sprintf(`(%s) AS "@fits"`, c.fits(kinds)))
	if err := execute(ctx, t.conn, fmt.Sprintf("CREATE OR REPLACE TABLE %s AS SELECT %s FROM (%s)", t.name, strings.Join(items, ", "), rows)); err != nil {
		return 0, err
	}
	err = query(ctx, t.conn, func(r *sql.Rows) error { return r.Scan(&t.rows, &misfits) }, `SELECT count(*), count(*) FILTER (NOT "@fits") FROM `+t.name)
	return misfits, err
}

// loadParquet reads a Parquet file with the types it declares.
func (t *microTable) loadParquet(ctx context.Context) error {
	columns, err := parquetColumns(ctx, t.conn, t.source)
	if err != nil {
		return err
	}
	items := make([]string, len(columns))
	for i, c := range columns {
		items[i] = t.presentValue(c) + " AS " + cellName(i)
		t.columns = append(t.columns, analysis.ColumnType{Name: t.header.names[i], Type: typeOf(c.Type)})
	}
	if err := execute(ctx, t.conn, fmt.Sprintf("CREATE TABLE %s AS SELECT %s FROM read_parquet(%s)", t.name, strings.Join(items, ", "), analysis.Literal(escapeGlob(t.source.path)))); err != nil {
		return err
	}
	return query(ctx, t.conn, func(r *sql.Rows) error { return r.Scan(&t.rows) }, "SELECT count(*) FROM "+t.name)
}

// presentValue returns a column, NULL where its value means "no value".
func (t *microTable) presentValue(c analysis.ColumnType) string {
	name := analysis.Quote(c.Name)
	codes := t.source.read.Missing
	switch typeOf(c.Type) {
	case "text":
		return fmt.Sprintf("CASE WHEN CAST(%s AS VARCHAR) IN %s THEN NULL ELSE %s END", name, literals(append(slices.Clone(codes), "")), name)
	case "integer", "number":
		if len(codes) > 0 {
			numbers := make([]string, len(codes))
			for i, code := range codes {
				numbers[i] = "TRY_CAST(" + analysis.Literal(code) + " AS DOUBLE)"
			}
			return fmt.Sprintf("CASE WHEN CAST(%s AS DOUBLE) IN (%s) THEN NULL ELSE %s END", name, strings.Join(numbers, ", "), name)
		}
	}
	return name
}

// brokenShown is how many of the rows that cannot be read are told.
const brokenShown = 10

// refuseBroken tells the rows that were passed over, if there are any.
func (t *microTable) refuseBroken(ctx context.Context, relation *relation) error {
	rejects, err := relation.broken(ctx)
	if err != nil || len(rejects) == 0 {
		return err
	}
	if err := relation.place(ctx, rejects); err != nil {
		return err
	}
	slices.SortStableFunc(rejects, compareRejects)
	var problems analysis.Problems
	for _, r := range rejects[:min(len(rejects), brokenShown)] {
		problems = append(problems, analysis.Problem{
			Position: analysis.Position{File: t.source.name, Line: r.line},
			Message:  r.rule,
			Hint:     "mend the row: without it the estimates would be of another sample",
		})
	}
	if more := len(rejects) - brokenShown; more > 0 {
		problems[brokenShown-1].Hint = fmt.Sprintf("and %d more rows; the delimiter or quote may be another", more)
	}
	return problems.Err()
}

// explain keeps problems as they are and says of other errors which file failed.
func (t *microTable) explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var problem analysis.Problem
	var problems analysis.Problems
	if errors.As(err, &problems) || errors.As(err, &problem) {
		return err
	}
	return analysis.Problem{Position: t.source.at(), Message: "cannot be read: " + firstLine(err)}
}
