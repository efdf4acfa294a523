package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
)

var suite = []*Adapter{CSV, XLSX, Parquet, JSON}

// city is a city's folder made for one test.
type city struct {
	t   testing.TB
	dir string
}

// newCity writes the files, by name, into a new folder.
func newCity(t testing.TB, files map[string]string) city {
	t.Helper()
	c := city{t: t, dir: t.TempDir()}
	for name, text := range files {
		c.write(name, text)
	}
	return c
}

func (c city) write(name, text string) {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// datasets decodes a YAML text as it stands under "datasets:".
func datasets(t testing.TB, text string) []Dataset {
	t.Helper()
	declared := map[string]Dataset{}
	if problems := analysis.DecodeYAML("pediment.yaml", []byte(text), &declared); len(problems) > 0 {
		t.Fatal(problems)
	}
	var list []Dataset
	for _, name := range sortedKeys(declared) {
		d := declared[name]
		d.Name = name
		list = append(list, d)
	}
	return list
}

func (c city) options(declared string) Options {
	return Options{Dir: c.dir, Datasets: datasets(c.t, declared), Adapters: suite}
}

// load loads what is declared and fails the test if that fails.
func (c city) load(declared string) Loads {
	c.t.Helper()
	loads, err := Load(context.Background(), c.options(declared))
	if err != nil {
		c.t.Fatal(err)
	}
	return loads
}

// loadProblems loads what is declared and returns the problems, which there must be.
func (c city) loadProblems(declared string) string {
	c.t.Helper()
	_, err := Load(context.Background(), c.options(declared))
	var problems analysis.Problems
	var problem analysis.Problem
	if !errors.As(err, &problems) && !errors.As(err, &problem) {
		c.t.Fatalf("got error %v, want problems", err)
	}
	return err.Error()
}

// check returns the problems Check finds, one a line.
func (c city) check(declared string) string {
	return Check(context.Background(), c.dir, datasets(c.t, declared), analysis.Calendar{}, suite).Error()
}

// rows opens the warehouse and returns the answer as text: cells joined by "|",
// rows by line feeds.
func (c city) rows(query string) string {
	c.t.Helper()
	w, err := Open(context.Background(), c.dir)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() {
		if err := w.Close(); err != nil {
			c.t.Error(err)
		}
	}()
	return ask(c.t, w, query)
}

func ask(t testing.TB, q analysis.Querier, text string) string {
	t.Helper()
	var lines []string
	err := query(context.Background(), q, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		cells, targets := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			targets[i] = &cells[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		texts := make([]string, len(cells))
		for i, cell := range cells {
			texts[i] = cell.String
			if !cell.Valid {
				texts[i] = "NULL"
			}
		}
		lines = append(lines, strings.Join(texts, "|"))
		return nil
	}, "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ("+text+")")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// rejects returns the rejects, one a line: file:line: column: value rule.
// problems returns the rejects as problems of the files, with their positions.
func (l Loads) problems() analysis.Problems {
	problems := make(analysis.Problems, 0, len(l.Rejects.Rows))
	for _, row := range l.Rejects.Rows {
		text := func(i int) string { return row[i].(string) }
		p := analysis.Problem{Position: analysis.Position{File: text(1), Cell: text(3)}, Message: text(6)}
		if line, ok := row[2].(int64); ok {
			p.Line = int(line)
		}
		switch column, value := text(4), text(5); {
		case column == "":
		case value == "":
			p.Message = column + " " + p.Message
		default:
			p.Message = fmt.Sprintf("%s: %q %s", column, value, p.Message)
		}
		problems = append(problems, p)
	}
	return problems
}

func (l Loads) rejects() string { return l.problems().Error() }

// summary returns the loads, one a line.
func (l Loads) summary() string {
	lines := make([]string, len(l.Files))
	for i, f := range l.Files {
		lines[i] = fmt.Sprintf("%s %s rows=%d rejected=%d excluded=%d %s", f.Dataset, f.File, f.Rows, f.Rejected, f.Excluded, f.State)
	}
	return strings.Join(lines, "\n")
}

// equal fails the test unless the texts are the same.
func equal(t testing.TB, what, got, want string) {
	t.Helper()
	got, want = strings.TrimSpace(got), strings.TrimSpace(want)
	if got != want {
		t.Errorf("%s:\n got:\n%s\nwant:\n%s", what, got, want)
	}
}

// notPeriod is what a reject says of a text that is no period.
func notPeriod(text string) string {
	_, err := analysis.Calendar{}.ParsePeriod(text)
	return err.Error()
}

// rejected counts the rows that broke a rule, over all files.
func (l Loads) rejected() int64 {
	var n int64
	for _, f := range l.Files {
		n += f.Rejected
	}
	return n
}
