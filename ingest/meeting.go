package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"pediment/analysis"
)

// Meeting is the rows of one file that meet a condition.
type Meeting struct {
	Dataset string
	File    int64 // id of Sources
	Rows    int64
	First   []RowID // the first few, in the order of the file
}

// Meeting lists, dataset by dataset and file by file, the rows of a relation that
// meet a condition over its columns and computed ones, and names the first few of
// each file. Files of which no row does are left out.
func (w *Warehouse) Meeting(ctx context.Context, relation string, condition string, first int, computed ...Computed) ([]Meeting, error) {
	relations, err := w.Relations(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := findRelation(relations, relation)
	if !ok {
		return nil, fmt.Errorf("no relation %q is loaded", relation)
	}
	names, err := w.tables(ctx, whole.Name)
	if err != nil {
		return nil, err
	}
	var all []Meeting
	for _, name := range names {
		table, _ := findRelation(relations, name)
		from := fmt.Sprintf(`(SELECT %s, rowid AS "@row" FROM %s)`, strings.Join(itemsOf(whole, table), ", "), analysis.Quote(name))
		for _, c := range computed {
			from = fmt.Sprintf("(SELECT *, %s AS %s FROM %s)", c.SQL, analysis.Quote(c.Name), from)
		}
		found, err := w.meeting(ctx, name, fmt.Sprintf(`SELECT _file, "@row" AS id FROM %s WHERE %s`, from, condition), first)
		if err != nil {
			return nil, fmt.Errorf("find rows of %s: %w", name, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// meeting counts the rows a query gives by file and names the first of each.
func (w *Warehouse) meeting(ctx context.Context, dataset, rows string, first int) ([]Meeting, error) {
	var found []Meeting
	err := query(ctx, w, func(r *sql.Rows) error {
		var file, id, n int64
		if err := r.Scan(&file, &id, &n); err != nil {
			return err
		}
		if len(found) == 0 || found[len(found)-1].File != file {
			found = append(found, Meeting{Dataset: dataset, File: file, Rows: n})
		}
		m := &found[len(found)-1]
		m.First = append(m.First, RowID{File: file, ID: id})
		return nil
	}, fmt.Sprintf(`SELECT _file, id, n FROM (SELECT _file, id, COUNT(*) OVER (PARTITION BY _file) AS n, row_number() OVER (PARTITION BY _file ORDER BY id) AS k FROM (%s)) WHERE k <= %d ORDER BY _file, id`, rows, max(1, first)))
	return found, err
}
