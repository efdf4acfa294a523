package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"pediment/analysis"
)

// RowID names a row of a dataset's table and one of its columns.
type RowID struct {
	File   int64  // the row's _file
	ID     int64  // its rowid
	Column string // "" for the row as a whole
}

// Addresses returns where rows of a dataset stand in their files: the line, or in
// workbooks the cell the column's value came from. The warehouse keeps no
// addresses; rows stand in it in the order of their file, so those asked for are
// counted off in the file, which is read again. A file that changed since it was
// loaded is an error.
func (w *Warehouse) Addresses(ctx context.Context, o Options, dataset string, rows []RowID) ([]analysis.Position, error) {
	at := slices.IndexFunc(o.Datasets, func(d Dataset) bool { return d.Name == dataset })
	if at < 0 {
		return nil, fmt.Errorf("no dataset %q is declared", dataset)
	}
	b, err := readBooks(ctx, w)
	if err != nil {
		return nil, err
	}
	places := make([]analysis.Position, len(rows))
	for _, e := range b.entries {
		var mine []int
		for k, row := range rows {
			if row.File == e.id {
				mine = append(mine, k)
			}
		}
		if len(mine) == 0 {
			continue
		}
		ranks, err := w.ranks(ctx, dataset, e.id, rows, mine)
		if err != nil {
			return nil, err
		}
		found, err := o.locate(ctx, o.Datasets[at], e, ranks)
		if err != nil {
			return nil, fmt.Errorf("find rows of %s in %s: %w", dataset, e.File, err)
		}
		for k, place := range found {
			places[mine[k]] = place
		}
	}
	return places, nil
}

// rank is the number of a row among the rows its file gave, from 1.
type rank struct {
	number int64
	column string
}

// ranks counts the rows of a file up to each of those asked for.
func (w *Warehouse) ranks(ctx context.Context, dataset string, file int64, rows []RowID, mine []int) ([]rank, error) {
	ids := make([]string, len(mine))
	for k, at := range mine {
		ids[k] = fmt.Sprint(rows[at].ID)
	}
	number := map[int64]int64{}
	// Without a sort in it the window counts as the table is read, in its order.
	err := query(ctx, w, func(r *sql.Rows) error {
		var id, n int64
		err := r.Scan(&id, &n)
		number[id] = n
		return err
	}, fmt.Sprintf("SELECT id, n FROM (SELECT rowid AS id, row_number() OVER () AS n FROM %s WHERE _file = %d) WHERE id IN (%s)",
		analysis.Quote(dataset), file, strings.Join(ids, ", ")))
	ranks := make([]rank, len(mine))
	for k, at := range mine {
		ranks[k] = rank{number[rows[at].ID], rows[at].Column}
	}
	return ranks, err
}

// locate reads the file again and returns where its rows with these ranks stand.
func (o Options) locate(ctx context.Context, d Dataset, e entry, ranks []rank) (places []analysis.Position, err error) {
	files, err := findFiles(o.Dir, d)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(files, func(f file) bool { return f.name == e.File })
	if at < 0 {
		return nil, errors.New("the file is gone; load again")
	}
	if hash, err := digest(files[at].path); err != nil || hash != e.Hash {
		return nil, errors.Join(err, errors.New("the file changed since it was loaded; load again"))
	}
	adapter, err := adapterFor(d, files[at], o.Adapters)
	if err != nil {
		return nil, err
	}
	temp, err := os.MkdirTemp("", "pediment-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	db, err := openDatabase(ctx, slices.Concat(safety, []string{
		"SET memory_limit = '" + loadMemory + "'",
		fmt.Sprintf("SET threads = %d", min(runtime.NumCPU(), loadThreads)),
		"SET temp_directory = " + analysis.Literal(temp),
		"SET disabled_optimizers = 'common_subexpressions'", // as in a load
	}), nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	t := transfer{loader: &loader{Options: o, folder: temp, conn: conn}, job: job{dataset: d, adapter: adapter, file: files[at], earlier: &e}}
	return t.locate(ctx, ranks)
}

// locate opens the file as for a load, with its rows numbered.
func (t *transfer) locate(ctx context.Context, ranks []rank) (places []analysis.Position, err error) {
	t.source = newSource(t.dataset, t.file, t.folder)
	h, err := t.adapter.header(ctx, t.source)
	if err != nil {
		return nil, err
	}
	p, err := binder{t.conn, t.Calendar}.bind(ctx, t.dataset, t.source, h, t.adapter.typed)
	if err != nil {
		return nil, err
	}
	if t.relation, err = t.adapter.open(ctx, t.conn, t.source, h); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.relation.close(context.WithoutCancel(ctx))) }()
	t.extract = extract{plan: p, query: t.relation.numbered, filename: path.Base(t.file.name), labels: map[string]string{}}
	if _, err := t.learnLabels(ctx, func(c planned) string {
		return fmt.Sprintf("SELECT DISTINCT CAST(%s AS VARCHAR) FROM (%s)", analysis.Quote(c.Name), t.extract.values(false))
	}); err != nil {
		return nil, err
	}
	found, err := t.countOff(ctx, ranks)
	if err != nil {
		return nil, err
	}
	return t.place(ctx, h, ranks, found)
}

// countOff returns for each rank its row in the file and the raw column its value
// came from. It makes sure that the file gives as many rows as it gave the load.
func (t *transfer) countOff(ctx context.Context, ranks []rank) ([]reject, error) {
	wanted := []string{fmt.Sprint(t.earlier.Rows), fmt.Sprint(t.earlier.Rows + 1)}
	for _, r := range ranks {
		wanted = append(wanted, fmt.Sprint(r.number))
	}
	header := "NULL"
	if u := t.extract.unpivot; u != nil {
		header = fmt.Sprintf(`"@raw %d"`, slices.Index(t.extract.used(), u.name))
	}
	rows, headers := map[int64]int64{}, map[int64]string{}
	err := query(ctx, t.conn, func(r *sql.Rows) error {
		var n, row int64
		var name sql.NullString
		err := r.Scan(&n, &row, &name)
		rows[n], headers[n] = row, name.String
		return err
	}, fmt.Sprintf(`SELECT n, "@row", h FROM (SELECT row_number() OVER () AS n, "@row", h FROM (SELECT "@row", %s AS h, %s AS v FROM (%s)) WHERE v = 1)
		WHERE n IN (%s)`, header, t.extract.verdict(1), t.extract.values(true), strings.Join(wanted, ", ")))
	if err != nil {
		return nil, err
	}
	if rows[t.earlier.Rows] == 0 || rows[t.earlier.Rows+1] != 0 {
		return nil, errors.New("the file gives other rows than it gave the load; load again")
	}
	found := make([]reject, len(ranks))
	for k, r := range ranks {
		found[k] = reject{row: rows[r.number], raw: t.extract.rawOf(r.column, headers[r.number])}
	}
	return found, nil
}

// rawOf returns the file's column that a column's values come from, header being
// the one an unpivoted row stood under.
func (x extract) rawOf(column, header string) string {
	for _, c := range x.columns {
		if strings.EqualFold(c.Name, column) && !c.absent {
			raw := map[string]*sql.NullString{}
			if x.unpivot != nil {
				raw[x.unpivot.name] = &sql.NullString{String: header, Valid: true}
			}
			return x.source(c.Columns, raw)
		}
	}
	return ""
}

// place turns rows of the file into lines or cells, by the same count as that of
// rejects: records without the header's columns are passed over.
func (t *transfer) place(ctx context.Context, h header, ranks []rank, found []reject) ([]analysis.Position, error) {
	var passed []reject
	if t.earlier.Rejected > 0 {
		all := make([]string, len(h.names))
		for k, name := range h.names {
			all[k] = "count(" + analysis.Quote(name) + ")"
		}
		if err := query(ctx, t.conn, func(*sql.Rows) error { return nil }, fmt.Sprintf("SELECT %s FROM (%s)", strings.Join(all, ", "), t.relation.query)); err != nil {
			return nil, err
		}
		var err error
		if passed, err = t.relation.broken(ctx); err != nil {
			return nil, err
		}
	}
	all := append(passed, found...)
	if err := t.relation.place(ctx, all); err != nil {
		return nil, err
	}
	places := make([]analysis.Position, len(ranks))
	for k, r := range all[len(passed):] {
		places[k] = analysis.Position{File: t.file.name, Line: r.line}
		if sheet, cell, ok := cutCell(r.cell); ok {
			places[k].Line, places[k].Sheet, places[k].Cell = 0, sheet, cell
		}
	}
	return places, nil
}

// cutCell takes "Sheet!F214" apart; a sheet's name may hold a !.
func cutCell(text string) (sheet, cell string, ok bool) {
	at := strings.LastIndex(text, "!")
	if at < 0 {
		return "", "", false
	}
	return text[:at], text[at+1:], true
}
