package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"pediment/analysis"
)

// The warehouse keeps book of itself in the schema pediment.
var bookkeeping = []string{
	"CREATE SCHEMA pediment",
	"CREATE TABLE pediment.version (number INTEGER)",
	fmt.Sprintf("INSERT INTO pediment.version VALUES (%d)", bookVersion),
	`CREATE TABLE pediment.files (id INTEGER, dataset VARCHAR, file VARCHAR, hash VARCHAR, declaration VARCHAR,
		rows BIGINT, rejected BIGINT, excluded BIGINT)`,
	`CREATE TABLE pediment.rejects (file INTEGER, number INTEGER, line BIGINT, cell VARCHAR, "column" VARCHAR, value VARCHAR, rule VARCHAR)`,
	"CREATE TABLE pediment.relations (number INTEGER, description VARCHAR)",
}

// bookVersion changes with the bookkeeping and with what a declaration means: a
// warehouse of another version is built anew.
const bookVersion = 3

// entry is what the books say of one loaded file.
type entry struct {
	id          int64
	declaration string // hash of how it was read
	FileLoad
}

// books is the bookkeeping of a warehouse.
type books struct {
	entries   []entry
	relations []string // descriptions, as JSON
}

// find returns the entry of the dataset's file.
func (b books) find(dataset, name string) (entry, bool) {
	for _, e := range b.entries {
		if e.Dataset == dataset && e.File == name {
			return e, true
		}
	}
	return entry{}, false
}

// nextID returns a number no file has.
func (b books) nextID() int64 {
	id := int64(0)
	for _, e := range b.entries {
		id = max(id, e.id)
	}
	return id + 1
}

// readBooks reads the bookkeeping of an open warehouse.
func readBooks(ctx context.Context, q analysis.Querier) (books, error) {
	var b books
	version := 0
	err := query(ctx, q, func(rows *sql.Rows) error { return rows.Scan(&version) }, "SELECT number FROM pediment.version")
	if err != nil || version != bookVersion {
		return b, errors.Join(err, fmt.Errorf("warehouse has version %d", version))
	}
	err = query(ctx, q, func(rows *sql.Rows) error {
		var e entry
		err := rows.Scan(&e.id, &e.Dataset, &e.File, &e.Hash, &e.declaration, &e.Rows, &e.Rejected, &e.Excluded)
		e.State = Unchanged
		b.entries = append(b.entries, e)
		return err
	}, "SELECT id, dataset, file, hash, declaration, rows, rejected, excluded FROM pediment.files ORDER BY dataset, file")
	if err != nil {
		return b, err
	}
	err = query(ctx, q, func(rows *sql.Rows) error {
		var description string
		err := rows.Scan(&description)
		b.relations = append(b.relations, description)
		return err
	}, "SELECT description FROM pediment.relations ORDER BY number")
	return b, err
}

// readRejects reads the rejected rows of all files, in order of dataset, file and
// line.
func readRejects(ctx context.Context, q analysis.Querier) (analysis.Table, error) {
	table := analysis.Table{Name: "rejects", Columns: []analysis.Column{
		{Name: "dataset", Type: "text"}, {Name: "file", Type: "text"}, {Name: "line", Type: "integer"}, {Name: "cell", Type: "text"},
		{Name: "column", Type: "text"}, {Name: "value", Type: "text"}, {Name: "rule", Type: "text"},
	}}
	err := query(ctx, q, func(rows *sql.Rows) error {
		var dataset, file, cell, column, value, rule string
		var line sql.NullInt64
		if err := rows.Scan(&dataset, &file, &line, &cell, &column, &value, &rule); err != nil {
			return err
		}
		var lineCell any
		if line.Valid {
			lineCell = line.Int64
		}
		table.Rows = append(table.Rows, []any{dataset, file, lineCell, cell, column, value, rule})
		return nil
	}, `SELECT f.dataset, f.file, r.line, r.cell, r."column", r.value, r.rule
		FROM pediment.rejects r JOIN pediment.files f ON f.id = r.file ORDER BY f.dataset, f.file, r.number`)
	return table, err
}

// decodeRelations reads the relations' descriptions.
func decodeRelations(descriptions []string) ([]analysis.Relation, error) {
	relations := make([]analysis.Relation, len(descriptions))
	for i, text := range descriptions {
		if err := json.Unmarshal([]byte(text), &relations[i]); err != nil {
			return nil, fmt.Errorf("read description of relation: %w", err)
		}
	}
	return relations, nil
}
