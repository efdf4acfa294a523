package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// addresses asks where every row of a dataset stands and returns its own word for
// it, the column at, beside the answer.
func (c city) addresses(declared, dataset, column string) (want []string, got []analysis.Position) {
	c.t.Helper()
	o := c.options(declared)
	if _, err := Load(context.Background(), o); err != nil {
		c.t.Fatal(err)
	}
	w, err := Open(context.Background(), c.dir)
	must(c.t, err)
	defer func() { must(c.t, w.Close()) }()
	var rows []RowID
	must(c.t, query(context.Background(), w, func(r *sql.Rows) error {
		row, at := RowID{Column: column}, ""
		err := r.Scan(&row.File, &row.ID, &at)
		rows, want = append(rows, row), append(want, at)
		return err
	}, "SELECT _file, rowid, \"at\" FROM "+analysis.Quote(dataset)))
	got, err = w.Addresses(context.Background(), o, dataset, rows)
	must(c.t, err)
	return want, got
}

const linesDeclared = `
lines:
  kind: participation
  files: data/*.csv
  read: {header: "3", delimiter: ";"}
  exclude: "Kind = 'total'"
  columns:
    period:  {type: period, from: Year}
    at:      {type: text, from: Line}
    persons: {type: integer, from: Persons}
`

// messyLines writes a file whose good rows hold their own line: blank lines, rows
// left out, rejected, of too few cells, and cells over several lines between them.
func messyLines(rows int, seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	line := 1
	write := func(text string) {
		b.WriteString(text + "\n")
		line += 1 + strings.Count(text, "\n")
	}
	write("A title")
	write("")
	write("Line;Year;Kind;Persons;Remark")
	for range rows {
		switch random.IntN(12) {
		case 0:
			write("")
		case 1:
			write(fmt.Sprintf("%d;2024;total;5;", line))
		case 2:
			write(fmt.Sprintf("%d;2024;part;many;", line))
		case 3:
			write(fmt.Sprintf("%d;2024", line))
		case 4:
			write(fmt.Sprintf("%d;2024Q3;part;5;\"two\nlines\"", line))
		case 5:
			write(fmt.Sprintf("%d;2024-13;part;5;", line))
		case 6:
			write(";;;;")
		case 7:
			write(fmt.Sprintf("%d;2023/2024;part;5;", line)) // its label is 2023/24
		default:
			write(fmt.Sprintf("%d;2024;part;5;", line))
		}
	}
	return b.String()
}

func TestAddressesOfLines(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": messyLines(400, 1), "data/b.csv": messyLines(3, 2), "data/c.csv": messyLines(700, 3)})
	want, got := c.addresses(linesDeclared, "lines", "persons")
	if len(want) < 500 {
		t.Fatalf("%d rows were loaded", len(want))
	}
	for k, place := range got {
		if fmt.Sprint(place.Line) != want[k] || place.File == "" {
			t.Fatalf("row %d stands at %v, its own word is line %s", k, place, want[k])
		}
	}
}

// A file of many rows is read and stored by several threads.
func TestAddressesInLongFiles(t *testing.T) {
	var b strings.Builder
	b.WriteString("a\n\nLine;Year;Kind;Persons\n")
	for line := 4; line < 400_000; line++ {
		kind := "part"
		if line%7 == 0 {
			kind = "total"
		}
		fmt.Fprintf(&b, "%d;2024;%s;5\n", line, kind)
	}
	c := newCity(t, map[string]string{"data/a.csv": b.String()})
	want, got := c.addresses(linesDeclared, "lines", "persons")
	for k, place := range got {
		if fmt.Sprint(place.Line) != want[k] {
			t.Fatalf("row %d stands at %v, its own word is line %s", k, place, want[k])
		}
	}
}

// A file read anew stands behind the others in the table, in its own order still.
func TestAddressesAfterReloading(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": messyLines(50, 4), "data/b.csv": messyLines(60, 5)})
	c.addresses(linesDeclared, "lines", "persons")
	c.write("data/a.csv", messyLines(80, 6))
	want, got := c.addresses(linesDeclared, "lines", "persons")
	for k, place := range got {
		if fmt.Sprint(place.Line) != want[k] {
			t.Fatalf("row %d stands at %v, its own word is line %s", k, place, want[k])
		}
	}
}

func TestAddressesOfCells(t *testing.T) {
	c := workbookOf(t, func(f *excelize.File) {
		must(t, f.SetSheetName("Sheet1", "Data!"))
		setRow(t, f, "Data!", 1, "A note")
		setRow(t, f, "Data!", 4, "Name", "2023", "2024")
		setRow(t, f, "Data!", 5, "a", 1, 2)
		setRow(t, f, "Data!", 8, "Total", 9, 9)
		setRow(t, f, "Data!", 9, "b", nil, "x")
		setRow(t, f, "Data!", 10, "c", 5, 6)
	})
	want, got := c.addresses(`
cells:
  kind: population
  files: data/*.xlsx
  read: {sheet: "Data!", header: "4"}
  exclude: "Name = 'Total'"
  unpivot: {columns: ["2023", "2024"], name: year, value: n}
  columns:
    period:  {type: period, from: year}
    at:      {type: text, from: "Name || ' ' || year"}
    persons: {type: integer, from: n}
`, "cells", "persons")
	cells := map[string]string{"a 2023": "B5", "a 2024": "C5", "c 2023": "B10", "c 2024": "C10"}
	equal(t, "rows", fmt.Sprint(len(want)), "4")
	for k, place := range got {
		equal(t, want[k], place.String(), "data/f.xlsx:Data!!"+cells[want[k]])
	}
}

func TestAddressesOfOtherFormats(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.jsonl": "{\"at\": \"1\", \"n\": 1}\n\n{\"at\": \"3\", \"n\": \"x\"}\n{\"at\": \"4\", \"n\": 2}\n"})
	want, got := c.addresses(`
objects:
  kind: population
  files: data/*.jsonl
  columns: {period: {type: period, from: "'2024'"}, at: {type: text}, persons: {type: integer, from: n}}
`, "objects", "persons")
	equal(t, "rows", fmt.Sprint(want), "[1 4]")
	equal(t, "places", fmt.Sprint(got), "[data/a.jsonl:1 data/a.jsonl:4]")
}

func TestAddressesWantTheFileAsItWas(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": messyLines(50, 7)})
	c.addresses(linesDeclared, "lines", "persons")
	w, err := Open(context.Background(), c.dir)
	must(t, err)
	defer func() { must(t, w.Close()) }()
	c.write("data/a.csv", messyLines(50, 8))
	_, err = w.Addresses(context.Background(), c.options(linesDeclared), "lines", []RowID{{File: 1, ID: 0}})
	if err == nil || !strings.Contains(err.Error(), "changed since it was loaded") {
		t.Fatalf("got %v", err)
	}
}

// An empty line before a row of too few cells does not move it.
func TestBrokenRowAfterEmptyLine(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "A\n\nLine;Year;Kind;Persons\n4;2024;x;3\n\n\n7;2024\n8;2024;x;y\n"})
	equal(t, "rejects", c.load(linesDeclared).rejects(), "data/a.csv:7: the row has 2 cells, the header 4\n"+
		"data/a.csv:8: persons: \"y\" is not a number with decimal \".\"")
}
