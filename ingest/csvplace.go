package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// broken returns the lines left out of the plain copy and the records DuckDB
// passed over, then forgets the latter.
func (f *csvFile) broken(ctx context.Context, c *sql.Conn) (rejects []reject, err error) {
	rejects = slices.Clone(f.stray)
	err = query(ctx, c, func(rows *sql.Rows) error {
		var r reject
		err := rows.Scan(&r.offset, &r.value, &r.rule)
		r.value, r.rule = clip(r.value), brokenRule(r.rule)
		rejects = append(rejects, r)
		return err
	}, "SELECT line_byte_position, first(csv_line), first(error_type) FROM reject_errors GROUP BY 1 ORDER BY 1")
	if err != nil {
		return nil, err
	}
	return rejects, execute(ctx, c, "DROP TABLE reject_errors", "DROP TABLE reject_scans")
}

// brokenRule says in plain words why DuckDB passed over a record, "" for a number
// of cells that is not the header's.
func brokenRule(kind string) string {
	switch kind {
	case "MISSING COLUMNS", "TOO MANY COLUMNS":
		return ""
	case "UNQUOTED VALUE":
		return "a quote is opened and not closed"
	case "LINE SIZE OVER MAXIMUM":
		return "the row is longer than 2 MB"
	}
	return strings.ToLower(kind)
}

// place finds the lines of rejects: those that know their byte, and those that
// know their number among the rows DuckDB read.
func (f *csvFile) place(ctx context.Context, rejects []reject) error {
	byOffset, byRow := map[int64][]int{}, map[int64][]int{}
	var offsets []int64
	for i, r := range rejects {
		switch {
		case r.line > 0:
		case r.row > 0:
			byRow[r.row] = append(byRow[r.row], i)
		default:
			byOffset[r.offset] = append(byOffset[r.offset], i)
			offsets = append(offsets, r.offset)
		}
	}
	slices.Sort(offsets)
	row, seen := int64(0), 0
	return f.eachRecord(func(rec record) error {
		seen++
		if err := ctx.Err(); err != nil {
			return err
		}
		passedOver := false
		// An empty line is no record; DuckDB counts its end to the record after it.
		empty := rec.blank() && len(f.header.names) > 1
		for !empty && len(offsets) > 0 && offsets[0] <= rec.offset+int64(len(rec.text)) {
			for _, i := range byOffset[offsets[0]] {
				rejects[i].line = rec.line
				if rejects[i].rule == "" {
					rejects[i].rule = fmt.Sprintf("the row has %d cells, the header %d", len(f.dialect.fields(rec.text)), len(f.header.names))
				}
			}
			passedOver, offsets = true, offsets[1:]
		}
		if seen <= f.header.skip || passedOver || empty {
			return nil
		}
		row++
		for _, i := range byRow[row] {
			rejects[i].line = rec.line
		}
		return nil
	})
}
