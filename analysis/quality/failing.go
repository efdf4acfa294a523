package quality

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"pediment/analysis"
)

// named is a row that is shown to those who may see it.
type named struct {
	row     Row
	rule    string
	columns []string
	values  []string
}

// nameRows finds the rows to be shown, and where they stand.
func (a *assessment) nameRows(ctx context.Context, q analysis.Querier) error {
	for _, d := range a.datasets {
		var failing, duplicates []named
		for k, r := range d.rules {
			if d.verdict(k).state != "fails" {
				continue
			}
			rows, err := d.nameRule(ctx, q, k, r)
			if err != nil {
				return err
			}
			all := d.verdict(k).failed
			if r.kind == uniqueRule { // those that share a key, not only the later ones
				all = 0
			}
			rows = a.firstOf(rows, d, r.name, all)
			if r.kind == uniqueRule {
				duplicates = append(duplicates, rows...)
			} else {
				failing = append(failing, rows...)
			}
		}
		far, err := d.nameOutliers(ctx, q)
		if err != nil {
			return err
		}
		far = a.firstOf(far, d, "far from the others", 0)
		for _, one := range []struct {
			rows  []named
			table *[][]any
		}{{failing, &a.failing}, {duplicates, &a.duplicates}, {far, &a.far}} {
			if err := a.place(ctx, d, one.rows, one.table); err != nil {
				return err
			}
		}
	}
	return nil
}

// firstOf keeps the first rows of a rule, as many as are asked for, and has it said
// that there are more; all is how many, where that is known.
func (a *assessment) firstOf(rows []named, d *assessed, rule string, all int64) []named {
	if a.Most == 0 || len(rows) <= a.Most {
		return rows
	}
	of := ""
	if all > 0 {
		of = " of " + whole(all)
	}
	a.cut = append(a.cut, fmt.Sprintf("%s, “%s”: the first %d%s rows; all of them: pediment analyze quality --format json", d.Table.Name, rule, a.Most, of))
	return rows[:a.Most]
}

// nameRule names the rows that break a rule; of a repeated key all rows that share
// it, side by side.
func (d *assessed) nameRule(ctx context.Context, q analysis.Querier, k int, r boundRule) ([]named, error) {
	table, keys := analysis.Quote(d.Table.Name), quoted(r.columns)
	switch r.kind {
	case sumsRule:
		var rows []named
		for _, w := range d.groups[k].wrong {
			n := named{row: Row{File: w.file, ID: w.id}, rule: r.name}
			n.columns = append(append(n.columns, r.columns...), "total", "parts")
			n.values = append(append(n.values, w.by...), plain(w.total), plain(w.parts))
			rows = append(rows, n)
		}
		return rows, nil
	case uniqueRule:
		return d.readNamed(ctx, q, r.name, r.columns, fmt.Sprintf("%s AND %s IN (SELECT %s FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1) ORDER BY %s, rowid",
			r.keyed(), r.key(), r.key(), table, r.keyed(), keys, keys))
	}
	return d.readNamed(ctx, q, r.name, r.columns, "NOT ("+r.pass+") ORDER BY rowid")
}

// nameOutliers names the rows of a survey whose numbers lie far from the others.
func (d *assessed) nameOutliers(ctx context.Context, q analysis.Querier) ([]named, error) {
	var list []named
	for _, s := range d.spread {
		if s.outside == 0 {
			continue
		}
		name := analysis.Quote(s.column)
		rows, err := d.readNamed(ctx, q, s.method, []string{s.column}, fmt.Sprintf("%s < %g OR %s > %g ORDER BY rowid", name, s.low, name, s.high))
		if err != nil {
			return nil, err
		}
		list = append(list, rows...)
	}
	return list, nil
}

// readNamed reads rows and the values of the columns that matter.
func (d *assessed) readNamed(ctx context.Context, q analysis.Querier, rule string, columns []string, where string) ([]named, error) {
	items := []string{"_file", "rowid"}
	for _, name := range columns {
		items = append(items, "CAST("+analysis.Quote(name)+" AS VARCHAR)")
	}
	var list []named
	text := fmt.Sprintf("SELECT %s FROM %s WHERE %s", strings.Join(items, ", "), analysis.Quote(d.Table.Name), where)
	if d.named > 0 { // one more tells that there are more
		text += fmt.Sprintf(" LIMIT %d", d.named+1)
	}
	err := scan(ctx, q, text, func(rows *sql.Rows) error {
		n := named{rule: rule, columns: columns}
		cells, targets := make([]sql.NullString, len(columns)), []any{&n.row.File, &n.row.ID}
		for k := range cells {
			targets = append(targets, &cells[k])
		}
		err := rows.Scan(targets...)
		for _, c := range cells {
			value := "(missing)"
			if c.Valid {
				value = clip(c.String)
			}
			n.values = append(n.values, value)
		}
		if len(columns) > 0 {
			n.row.Column = columns[0]
		}
		list = append(list, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("name rows of %s: %w", d.Table.Name, err)
	}
	return list, nil
}

// clip shortens a long text.
func clip(text string) string {
	const longest = 80
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

// place appends the rows to a table, with where they stand.
func (a *assessment) place(ctx context.Context, d *assessed, rows []named, table *[][]any) error {
	if len(rows) == 0 {
		return nil
	}
	at := make([]analysis.Position, len(rows))
	if a.Locate != nil {
		ids := make([]Row, len(rows))
		for k, n := range rows {
			ids[k] = n.row
		}
		var err error
		if at, err = a.Locate(ctx, d.Table.Name, ids); err != nil {
			return err
		}
	}
	for k, n := range rows {
		var line any
		if at[k].Line > 0 {
			line = int64(at[k].Line)
		}
		cell := at[k].Cell
		if cell != "" {
			cell = at[k].Sheet + "!" + cell
		}
		file := at[k].File
		if file == "" {
			file = d.fileName(n.row.File)
		}
		*table = append(*table, []any{d.Table.Name, file, line, cell, n.rule, strings.Join(n.columns, ", "), strings.Join(n.values, ", ")})
	}
	return nil
}

func (d *assessed) fileName(id int64) string {
	for _, f := range d.Files {
		if f.ID == id {
			return f.Name
		}
	}
	return ""
}
