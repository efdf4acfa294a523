package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"

	"pediment/analysis"
)

// stageRows puts rows of text into a temporary table and returns it as a
// relation. next fills cells, as many as the header has columns, "" for an empty
// one, and returns the row's number; after the last it returns 0.
func stageRows(ctx context.Context, c *sql.Conn, h header, next func(cells []string) (int, error)) (*relation, error) {
	columns := []string{`"@row" BIGINT`}
	for _, name := range h.names {
		columns = append(columns, analysis.Quote(name)+" VARCHAR")
	}
	if err := execute(ctx, c, "CREATE OR REPLACE TEMP TABLE staging ("+strings.Join(columns, ", ")+")"); err != nil {
		return nil, err
	}
	cells := make([]string, len(h.names))
	row := make([]driver.Value, len(cells)+1)
	err := appendRows(c, "temp", "main", "staging", func() ([]driver.Value, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clear(cells)
		n, err := next(cells)
		if err != nil || n == 0 {
			return nil, err
		}
		row[0] = int64(n)
		for i, cell := range cells {
			row[i+1] = nil
			if cell != "" {
				row[i+1] = cell
			}
		}
		return row, nil
	})
	return &relation{
		query:    `SELECT * EXCLUDE ("@row") FROM temp.staging`,
		numbered: "SELECT * FROM temp.staging",
		broken:   func(context.Context) ([]reject, error) { return nil, nil },
		place:    placeLines,
		close:    func(ctx context.Context) error { return execute(ctx, c, "DROP TABLE IF EXISTS temp.staging") },
	}, err
}

// placeLines takes the number of a row for its line.
func placeLines(_ context.Context, rejects []reject) error {
	for i, r := range rejects {
		rejects[i].line = int(r.row)
	}
	return nil
}
