package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"pediment/analysis"
)

// clear drops views, the tables of datasets that are gone or declared anew, and
// the rows of files that are gone; then it makes the tables that are missing.
func (l *loader) clear(ctx context.Context) error {
	kept := map[string]bool{} // datasets whose table stays
	for _, j := range l.jobs {
		kept[j.dataset.Name] = j.earlier != nil && j.earlier.declaration == j.declaration || kept[j.dataset.Name]
	}
	var statements []string
	if err := query(ctx, l.conn, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		statements = append(statements, "DROP VIEW "+analysis.Quote(name))
		return err
	}, "SELECT view_name FROM duckdb_views() WHERE database_name = 'warehouse' AND schema_name = 'main' AND NOT internal"); err != nil {
		return err
	}
	if err := query(ctx, l.conn, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		if !kept[name] {
			statements = append(statements, "DROP TABLE "+analysis.Quote(name))
		}
		return err
	}, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'warehouse' AND schema_name = 'main'"); err != nil {
		return err
	}
	for _, d := range l.Datasets {
		if !kept[d.Name] {
			statements = append(statements, "CREATE TABLE "+d.table())
		}
	}
	for _, e := range l.removed {
		statements = append(statements, e.forget(kept[e.Dataset])...)
	}
	return execute(ctx, l.conn, statements...)
}

// table returns the definition of the dataset's table. _file is the number of the
// file a row came from.
func (d Dataset) table() string {
	columns := make([]string, 0, len(d.Columns)+1)
	for _, c := range d.declared() {
		columns = append(columns, analysis.Quote(c.Name)+" "+columnTypes[c.typeName()])
	}
	return fmt.Sprintf("%s (%s)", analysis.Quote(d.Name), strings.Join(append(columns, "_file INTEGER"), ", "))
}

// forget returns the statements that remove what the warehouse holds of a file.
func (e entry) forget(rowsToo bool) []string {
	statements := []string{
		fmt.Sprintf("DELETE FROM pediment.files WHERE id = %d", e.id),
		fmt.Sprintf("DELETE FROM pediment.rejects WHERE file = %d", e.id),
	}
	if rowsToo {
		statements = append(statements, fmt.Sprintf("DELETE FROM %s WHERE _file = %d", analysis.Quote(e.Dataset), e.id))
	}
	return statements
}

// loadFile loads one file in one transaction. After any error it is rolled back:
// DuckDB's COMMIT would quietly do the same and report success.
func (l *loader) loadFile(ctx context.Context, j job) (result FileLoad, err error) {
	hash := make(chan hashed, 1)
	go func() {
		sum, err := j.hash, error(nil)
		if sum == "" {
			sum, err = digest(j.file.path)
		}
		hash <- hashed{sum, err}
	}()
	defer func() {
		if err != nil {
			_, undo := l.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			err = errors.Join(err, undo)
		}
	}()
	if err := execute(ctx, l.conn, "BEGIN TRANSACTION"); err != nil {
		return result, err
	}
	t := transfer{loader: l, job: j, id: l.next, table: analysis.Quote(j.dataset.Name)}
	l.next++
	if err := t.run(ctx); err != nil {
		return result, t.explain(err)
	}
	sum := <-hash
	if sum.err != nil {
		return result, sum.err
	}
	t.result.Hash = sum.sum
	if err := t.record(ctx); err != nil {
		return result, err
	}
	if err := execute(ctx, l.conn, "COMMIT"); err != nil {
		return result, err
	}
	l.done += j.file.size
	l.report(j.file.name, 0)
	return t.result, nil
}

type hashed struct {
	sum string
	err error
}

// report tells the progress: done bytes of the file now being read.
func (l *loader) report(name string, done int64) {
	if l.Progress != nil {
		l.Progress(name, l.done+done, l.total)
	}
}

// transfer is one file on its way into its table.
type transfer struct {
	*loader
	job
	id       int64
	table    string
	source   *source
	relation *relation
	extract  extract
	rejects  []reject
	result   FileLoad
}

// explain keeps problems as they are and says of other errors what failed.
func (t *transfer) explain(err error) error {
	var problem analysis.Problem
	var problems analysis.Problems
	if errors.As(err, &problems) || errors.As(err, &problem) {
		return err
	}
	return analysis.Problem{Position: analysis.Position{File: t.file.name}, Message: "cannot be read: " + err.Error()}
}

// run reads the file into the table and counts what became of its rows.
func (t *transfer) run(ctx context.Context) (err error) {
	t.source = newSource(t.dataset, t.file, t.folder)
	t.source.progress = func(done, size int64) { t.report(t.file.name, done*t.file.size/max(size, 1)) }
	t.report(t.file.name, 0)
	h, err := t.adapter.header(ctx, t.source)
	if err != nil {
		return err
	}
	p, err := binder{t.conn, t.Calendar}.bind(ctx, t.dataset, t.source, h, t.adapter.typed)
	if err != nil {
		return err
	}
	if t.relation, err = t.adapter.open(ctx, t.conn, t.source, h); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.relation.close(context.WithoutCancel(ctx))) }()
	t.extract = extract{plan: p, query: t.relation.query, filename: path.Base(t.file.name), labels: map[string]string{}}
	if t.earlier != nil { // declared anew, its rows went with the table, but not its entry
		if err := execute(ctx, t.conn, t.earlier.forget(true)...); err != nil {
			return err
		}
	}
	if err := t.fillTable(ctx); err != nil {
		return err
	}
	return t.settle(ctx)
}

// settle counts the rows, sets aside those that break a rule and places them.
func (t *transfer) settle(ctx context.Context) error {
	t.result = FileLoad{Dataset: t.dataset.Name, File: t.file.name, State: Loaded}
	var faulty int64
	err := query(ctx, t.conn, func(rows *sql.Rows) error {
		return rows.Scan(&t.result.Rows, &faulty, &t.result.Excluded)
	}, fmt.Sprintf("SELECT count(*) FILTER (_file = %d), count(*) FILTER (_file = %d), count(*) FILTER (_file = 0) FROM %s", t.id, -t.id, t.table))
	if err != nil {
		return err
	}
	if t.rejects, err = t.relation.broken(ctx); err != nil {
		return err
	}
	t.result.Rejected = faulty + int64(len(t.rejects))
	if faulty+t.result.Excluded > 0 {
		if err := execute(ctx, t.conn, fmt.Sprintf("DELETE FROM %s WHERE _file <= 0", t.table)); err != nil {
			return err
		}
	}
	if faulty > 0 {
		x := t.extract
		x.query = t.relation.numbered
		found, err := x.findRejects(ctx, t.conn)
		if err != nil {
			return err
		}
		t.rejects = append(t.rejects, found...)
	}
	if len(t.rejects) == 0 {
		return nil
	}
	if err := t.relation.place(ctx, t.rejects); err != nil {
		return err
	}
	slices.SortStableFunc(t.rejects, compareRejects)
	t.rejects = t.rejects[:min(len(t.rejects), maxRejects)]
	return nil
}

// record writes the file and its rejects into the books.
func (t *transfer) record(ctx context.Context) error {
	r := t.result
	if _, err := t.conn.ExecContext(ctx, "INSERT INTO pediment.files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		t.id, r.Dataset, r.File, r.Hash, t.declaration, r.Rows, r.Rejected, r.Excluded); err != nil {
		return err
	}
	n := 0
	return appendRows(t.conn, "warehouse", "pediment", "rejects", func() ([]driver.Value, error) {
		if n == len(t.rejects) {
			return nil, nil
		}
		n++
		return t.rejects[n-1].values(t.id, n), nil
	})
}

// describeAll makes the views and writes the relations' descriptions.
func (l *loader) describeAll(ctx context.Context) error {
	statements := []string{"DELETE FROM pediment.relations"}
	fed := feeds(l.Datasets)
	for _, name := range sortedKeys(fed) {
		if isTable(name, fed[name]) {
			continue
		}
		parts := make([]string, len(fed[name]))
		for i, d := range fed[name] {
			parts[i] = "SELECT * FROM " + analysis.Quote(d.Name)
		}
		statements = append(statements, "CREATE VIEW "+analysis.Quote(name)+" AS "+strings.Join(parts, " UNION ALL BY NAME "))
	}
	descriptions, err := encodeRelations(l.relations)
	if err != nil {
		return err
	}
	for i, text := range descriptions {
		statements = append(statements, fmt.Sprintf("INSERT INTO pediment.relations VALUES (%d, %s)", i, analysis.Literal(text)))
	}
	return execute(ctx, l.conn, statements...)
}
