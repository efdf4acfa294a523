package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pediment/analysis"
)

// Warehouse is the loaded data, open for reading: an analysis.Querier whose
// figures do not depend on the number of processors. It goes on showing what was
// loaded when it was opened, whatever is loaded meanwhile.
type Warehouse struct {
	db    *sql.DB
	spill func() error // removes the folder it spills into
}

// Open opens the warehouse of the city's folder dir for reading. Queries can
// reach nothing but its tables: no file, no network, no setting.
func Open(ctx context.Context, dir string) (*Warehouse, error) {
	path := filepath.Join(dir, derivedFolder, warehouseFile)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, analysis.Problem{Position: analysis.Position{File: filepath.Join(derivedFolder, warehouseFile)}, Message: "nothing has been loaded yet", Hint: "run pediment load"}
	}
	spill, remove, err := newSpill()
	if err != nil {
		return nil, err
	}
	db, err := openDatabase(ctx, slices.Concat(safety, []string{
		"SET memory_limit = '" + readMemory + "'",
		"SET threads = 1", // sums of floats differ with the order they are added in
		"SET temp_directory = " + analysis.Literal(spill),
		"SET max_temp_directory_size = '20GB'",
		"SET ieee_floating_point_ops = false", // dividing by nothing is a missing value, not an infinite one
		attach(path, true),
		"SET enable_external_access = false",
		"SET lock_configuration = true",
	}), []string{"USE warehouse"})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open warehouse: %w", err), remove())
	}
	return &Warehouse{db: db, spill: remove}, nil
}

// QueryContext runs a query. What it answers is held in memory as a whole, so
// aggregate in SQL.
func (w *Warehouse) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return w.db.QueryContext(ctx, query, args...)
}

// Relations describes, in order of name, the table of every dataset and the view
// of every relation that several datasets feed or that is called other than its
// dataset. Every relation also has the column _file, the id of Sources.
func (w *Warehouse) Relations(ctx context.Context) ([]analysis.Relation, error) {
	b, err := readBooks(ctx, w)
	if err != nil {
		return nil, err
	}
	return decodeRelations(b.relations)
}

// Rejects returns the rejected rows: dataset, file, line, cell, column, value,
// rule. A rule goes on from the value: "is not a whole number". Of one file at
// most 10,000 are kept.
func (w *Warehouse) Rejects(ctx context.Context) (analysis.Table, error) { return readRejects(ctx, w) }

// Sources returns what the warehouse holds, file by file, in order of dataset and
// file.
func (w *Warehouse) Sources(ctx context.Context) ([]FileLoad, error) {
	b, err := readBooks(ctx, w)
	files := make([]FileLoad, len(b.entries))
	for i, e := range b.entries {
		files[i] = e.FileLoad
		files[i].ID = e.id
	}
	return files, err
}

// Close closes the warehouse.
func (w *Warehouse) Close() error { return errors.Join(w.db.Close(), w.spill()) }
