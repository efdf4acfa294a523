package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"pediment/analysis"
)

// Rows returns columns of a relation as texts, in their order, for records that
// are read rather than added up. An empty cell and a column the relation lacks
// are "".
func (w *Warehouse) Rows(ctx context.Context, r analysis.Relation, columns ...string) (analysis.Table, error) {
	t := analysis.Table{Name: r.Name}
	selected := make([]string, len(columns))
	for k, name := range columns {
		t.Columns = append(t.Columns, analysis.Column{Name: name, Type: "text"})
		selected[k] = "''"
		if r.Has(name) {
			selected[k] = "COALESCE(CAST(" + analysis.Quote(name) + " AS VARCHAR), '')"
		}
	}
	rows, err := w.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s ORDER BY ALL", strings.Join(selected, ", "), analysis.Quote(r.Name)))
	if err != nil {
		return t, fmt.Errorf("read %s: %w", r.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		cells, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for k := range cells {
			targets[k] = &cells[k]
		}
		if err := rows.Scan(targets...); err != nil {
			return t, err
		}
		row := make([]any, len(columns))
		for k, cell := range cells {
			row[k] = cell.String
		}
		t.Rows = append(t.Rows, row)
	}
	return t, rows.Err()
}
