package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"pediment/analysis"
)

// WriteParquet writes the table as a Parquet file. Columns are DOUBLE, BIGINT,
// BOOLEAN or VARCHAR by their declared type; an absent cell, an empty text and a number
// that is not finite are NULL. Column names must differ in more than case. Equal tables
// give equal bytes.
func WriteParquet(ctx context.Context, t analysis.Table, w io.Writer) (err error) {
	folder, err := os.MkdirTemp("", "pediment-parquet-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "table.parquet")
	if err := parquetFile(ctx, t, path); err != nil {
		return fmt.Errorf("encode table %q: %w", t.Name, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, file)
	return errors.Join(err, file.Close())
}

// parquetFile takes the table through a database in memory into a file. One thread
// keeps the row groups in one order.
func parquetFile(ctx context.Context, t analysis.Table, path string) (err error) {
	db, err := openScratch(ctx)
	if err != nil {
		return err
	}
	defer func() { err = joinClose(err, db) }()
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	columns := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		columns[i] = analysis.Quote(column.Name) + " " + parquetType(column)
	}
	if err := execute(ctx, c, "SET threads = 1", "CREATE TABLE data ("+strings.Join(columns, ", ")+")"); err != nil {
		return err
	}
	if err := appendTable(c, t); err != nil {
		return err
	}
	return execute(ctx, c, "COPY data TO "+analysis.Literal(path)+" (FORMAT parquet, COMPRESSION zstd)")
}

func parquetType(c analysis.Column) string {
	switch c.Type {
	case "number":
		return "DOUBLE"
	case "integer":
		return "BIGINT"
	case "boolean":
		return "BOOLEAN"
	}
	return "VARCHAR"
}

func appendTable(c *sql.Conn, t analysis.Table) error {
	return c.Raw(func(raw any) error {
		appender, err := duckdb.NewAppenderFromConn(raw.(driver.Conn), "", "data")
		if err != nil {
			return err
		}
		cells := make([]driver.Value, len(t.Columns))
		for _, row := range t.Rows {
			for i, column := range t.Columns {
				cells[i] = parquetCell(column, row[i])
			}
			if err := appender.AppendRow(cells...); err != nil {
				return errors.Join(err, appender.Close())
			}
		}
		return appender.Close()
	})
}

// parquetCell is a cell in its column's type.
func parquetCell(c analysis.Column, cell any) driver.Value {
	switch x := cell.(type) {
	case nil:
		return nil
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	case int64:
		if c.Type == "number" {
			return float64(x)
		}
	case string:
		if x == "" {
			return nil
		}
		return strings.ToValidUTF8(x, "\uFFFD")
	}
	if parquetType(c) == "VARCHAR" {
		return fmt.Sprint(cell)
	}
	return cell
}
