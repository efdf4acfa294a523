package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// RowsOf returns the rows of a relation with its columns and computed ones, to be
// read by column. A relation that several datasets feed is read dataset after
// dataset; a column that a dataset lacks is NULL there.
func (w *Warehouse) RowsOf(ctx context.Context, relation string, computed ...Computed) (analysis.Rows, error) {
	relations, err := w.Relations(ctx)
	if err != nil {
		return nil, err
	}
	r, ok := findRelation(relations, relation)
	if !ok {
		names := make([]string, len(relations))
		for i, r := range relations {
			names[i] = r.Name
		}
		return nil, analysis.Problem{Message: fmt.Sprintf("no relation %q is loaded", relation), Hint: or(analysis.Suggest(relation, names), "there are "+someNames(names))}
	}
	if r.Has("rowid") {
		return nil, analysis.Problem{Position: r.At, Message: "the column rowid takes a name that DuckDB keeps for itself", Hint: "give it another name under columns, with from: rowid"}
	}
	names, err := w.tables(ctx, r.Name)
	if err != nil {
		return nil, err
	}
	s := &stream{db: w.db, name: r.Name, columns: r.Columns, computed: computed}
	s.unknown = func(name string) analysis.Problem {
		all := s.columnNames()
		return analysis.Problem{Message: fmt.Sprintf("no column %q in %s", name, r.Name), Hint: or(analysis.Suggest(name, all), "its columns: "+someNames(all))}
	}
	for _, name := range names {
		table, _ := findRelation(relations, name)
		s.parts = append(s.parts, part{tables: []columnsOf{{table: analysis.Quote(name), items: itemsOf(r, table)}}})
	}
	return newStream(ctx, s)
}

func findRelation(relations []analysis.Relation, name string) (analysis.Relation, bool) {
	i := slices.IndexFunc(relations, func(r analysis.Relation) bool { return strings.EqualFold(r.Name, name) })
	if i < 0 {
		return analysis.Relation{}, false
	}
	return relations[i], true
}

// itemsOf selects the columns of a relation from one of its tables.
func itemsOf(whole, table analysis.Relation) []string {
	items := make([]string, len(whole.Columns), len(whole.Columns)+1)
	for i, c := range whole.Columns {
		items[i] = analysis.Quote(c.Name)
		if !table.Has(c.Name) {
			items[i] = fmt.Sprintf("CAST(NULL AS %s) AS %s", columnTypes[c.Type], analysis.Quote(c.Name))
		}
	}
	return append(items, "_file")
}

var selectedFrom = regexp.MustCompile(`FROM "?([\pL][\pL\pN_]*)"?`)

// tables returns the tables a relation consists of: those its view unites, in
// that order, or itself.
func (w *Warehouse) tables(ctx context.Context, relation string) ([]string, error) {
	names := []string{relation}
	err := query(ctx, w, func(rows *sql.Rows) error {
		var view string
		err := rows.Scan(&view)
		names = nil
		for _, m := range selectedFrom.FindAllStringSubmatch(view, -1) {
			names = append(names, m[1])
		}
		return err
	}, "SELECT sql FROM duckdb_views() WHERE database_name = 'warehouse' AND schema_name = 'main' AND view_name = ?", relation)
	return names, err
}
