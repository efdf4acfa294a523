package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"

	"github.com/duckdb/duckdb-go/v2"

	"pediment/analysis"
)

// Memory DuckDB may use for its tables and hashes. What a query answers comes on
// top.
const (
	loadMemory = "1GB"
	readMemory = "2GB"
)

// loadThreads bounds the threads of a load, each of which holds 32 MB of a CSV
// and rows on their way to disk: on many processors they would need more memory
// than they have.
const loadThreads = 4

// safety switches off everything that could reach beyond the files named. An
// expression cannot call such functions anyway.
var safety = []string{
	"SET autoinstall_known_extensions = false",
	"SET autoload_known_extensions = false",
	"SET allow_community_extensions = false",
}

// openDatabase opens a database in memory and runs setup on its first
// connection and each on every connection. A warehouse file is attached by setup:
// opened by its path it would share settings, and the file before a rename, with
// every other opening of that path in the process.
func openDatabase(ctx context.Context, setup, each []string) (*sql.DB, error) {
	lasting := context.WithoutCancel(ctx) // later connections outlive ctx
	ready := false
	connector, err := duckdb.NewConnector("", func(c driver.ExecerContext) error {
		statements := each
		if !ready {
			statements, ready = slices.Concat(setup, each), true
		}
		for _, statement := range statements {
			if _, err := c.ExecContext(lasting, statement, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("start DuckDB: %w", err)
	}
	db := sql.OpenDB(connector)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openScratch opens an empty database in memory, for parsing and trying things.
func openScratch(ctx context.Context) (*sql.DB, error) {
	return openDatabase(ctx, slices.Concat(safety, []string{"SET memory_limit = '" + loadMemory + "'"}), nil)
}

// attach returns the statement that attaches the file as "warehouse".
func attach(path string, readOnly bool) string {
	mode := ""
	if readOnly {
		mode = " (READ_ONLY)"
	}
	return "ATTACH " + analysis.Literal(path) + " AS warehouse" + mode
}

// query calls scan with every row of the answer.
func query(ctx context.Context, q analysis.Querier, scan func(*sql.Rows) error, text string, args ...any) (err error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// execute runs statements one after the other.
func execute(ctx context.Context, c *sql.Conn, statements ...string) error {
	for _, statement := range statements {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// appendRows appends rows to a table of the catalog by DuckDB's Appender; next
// returns nil after the last. It works inside the connection's transaction.
func appendRows(c *sql.Conn, catalog, schema, table string, next func() ([]driver.Value, error)) error {
	return c.Raw(func(raw any) (err error) {
		appender, err := duckdb.NewAppender(raw.(driver.Conn), catalog, schema, table)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, appender.Close()) }()
		for {
			row, err := next()
			if err != nil || row == nil {
				return err
			}
			if err := appender.AppendRow(row...); err != nil {
				return err
			}
		}
	})
}
