package ingest

import (
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"cmp"
	"context"
	"slices"
	"sync"
	"testing"

	"pediment/analysis"
)

// opened returns the warehouse of the city, closed at the end of the test.
func (c city) opened() *Warehouse {
	c.t.Helper()
	w, err := Open(context.Background(), c.dir)
	must(c.t, err)
	c.t.Cleanup(func() { must(c.t, w.Close()) })
	return w
}

// read returns what Stream yields, batches in order and as one.
func read(t testing.TB, rows analysis.Rows, numbers, texts []string) (all analysis.Batch) {
	t.Helper()
	var lock sync.Mutex
	var batches []analysis.Batch
	must(t, rows.Stream(context.Background(), numbers, texts, func(worker int, b analysis.Batch) error {
		kept := analysis.Batch{First: b.First, Rows: b.Rows}
		for _, n := range b.Numbers {
			kept.Numbers = append(kept.Numbers, slices.Clone(n))
		}
		for _, c := range b.Texts {
			kept.Texts = append(kept.Texts, slices.Clone(c))
		}
		lock.Lock()
		defer lock.Unlock()
		if worker < 0 || worker >= rows.Workers() {
			t.Errorf("worker %d of %d", worker, rows.Workers())
		}
		batches = append(batches, kept)
		return nil
	}))
	slices.SortFunc(batches, func(a, b analysis.Batch) int { return cmp.Compare(a.First, b.First) })
	all = analysis.Batch{Numbers: make([][]float64, len(numbers)), Texts: make([][]int32, len(texts))}
	for _, b := range batches {
		if b.First != int64(all.Rows) {
			t.Fatalf("a batch begins with row %d, the one before ends with %d", b.First, all.Rows)
		}
		all.Rows += b.Rows
		for i, n := range b.Numbers {
			all.Numbers[i] = append(all.Numbers[i], n...)
		}
		for i, c := range b.Texts {
			all.Texts[i] = append(all.Texts[i], c...)
		}
	}
	return all
}

// openTables opens a database with tables and reads them as one relation.
func openTables(t testing.TB, threads int, statements ...string) (*sql.DB, *stream) {
	t.Helper()
	ctx := context.Background()
	db, err := openDatabase(ctx, slices.Concat([]string{fmt.Sprintf("SET threads = %d", threads)}, statements), nil)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	s := &stream{db: db, name: "t"}
	must(t, query(ctx, db, func(rows *sql.Rows) error {
		var table string
		err := rows.Scan(&table)
		s.parts = append(s.parts, part{tables: []columnsOf{{table: table, items: []string{"*"}}}})
		return err
	}, "SELECT table_name FROM duckdb_tables() ORDER BY 1"))
	s, err = newStream(ctx, s)
	must(t, err)
	return db, s
}

// TestStreamEqualsSQL reads a million rows with several workers and holds every
// value against the formula it was made by.
func TestStreamEqualsSQL(t *testing.T) {
	_, s := openTables(t, 1, `CREATE TABLE t AS SELECT i,
		CASE WHEN i % 7 <> 0 THEN i / 4 END AS quarter,
		CASE i % 1000 WHEN 1 THEN 'NaN'::DOUBLE WHEN 2 THEN 'inf'::DOUBLE WHEN 3 THEN NULL ELSE -i END AS odd,
		CASE WHEN i % 5 <> 0 THEN i % 2 = 0 END AS even,
		CASE WHEN i % 11 <> 0 THEN 'level ' || i % 13 END AS level,
		CAST(i % 3 AS DECIMAL(9,2)) AS three,
		'unit ' || i // 10 AS unit
		FROM range(1000000) r(i)`)
	numbers, texts := []string{"i", "quarter", "odd", "even", "three", "quarter * 2"}, []string{"level", "unit", "i % 4"}
	for range 2 {
		b := read(t, s, numbers, texts)
		if b.Rows != 1_000_000 {
			t.Fatalf("%d rows", b.Rows)
		}
		levels, units, fourths := s.Texts("level"), s.Texts("unit"), s.Texts("i % 4")
		if len(levels) != 13 || len(units) != 100_000 || len(fourths) != 4 {
			t.Fatalf("%d, %d and %d texts", len(levels), len(units), len(fourths))
		}
		nan := math.NaN()
		for i := range b.Rows {
			x := float64(i)
			quarter, odd, even := x/4, -x, float64(1-i%2)
			if i%7 == 0 {
				quarter = nan
			}
			if i%5 == 0 {
				even = nan
			}
			switch i % 1000 {
			case 1, 3:
				odd = nan
			case 2:
				odd = math.Inf(1)
			}
			for k, want := range []float64{x, quarter, odd, even, float64(i % 3), quarter * 2} {
				if got := b.Numbers[k][i]; got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
					t.Fatalf("row %d: %s is %v, want %v", i, numbers[k], got, want)
				}
			}
			level := b.Texts[0][i]
			if i%11 == 0 && level != -1 || i%11 != 0 && levels[level] != fmt.Sprint("level ", i%13) {
				t.Fatalf("row %d: level has the code %d", i, level)
			}
			if units[b.Texts[1][i]] != fmt.Sprint("unit ", i/10) || fourths[b.Texts[2][i]] != fmt.Sprint(i%4) {
				t.Fatalf("row %d: codes %d and %d", i, b.Texts[1][i], b.Texts[2][i])
			}
		}
	}
}

// TestStreamNumbersRows reads tables with rowids that have no row: what is left
// are the numbers n with n % 3 ≠ 0 and n outside [4000, 9000) of 20,000, then 5.
func TestStreamNumbersRows(t *testing.T) {
	_, s := openTables(t, 1, "CREATE TABLE t1 AS SELECT range AS n, 'a' AS x FROM range(20000)",
		"DELETE FROM t1 WHERE n % 3 = 0 OR n BETWEEN 4000 AND 8999",
		"CREATE TABLE t2 AS SELECT range AS n, 'b' AS x FROM range(0)", "CREATE TABLE t3 AS SELECT range AS n, 'c' AS x FROM range(5)")
	var want []float64
	for n := range 20_000 {
		if n%3 != 0 && (n < 4000 || n >= 9000) {
			want = append(want, float64(n))
		}
	}
	want = append(want, 0, 1, 2, 3, 4)
	b := read(t, s, []string{"n"}, []string{"x"}) // which fails when First is not the number of rows before
	if !slices.Equal(b.Numbers[0], want) {
		t.Errorf("%d rows, want %d", b.Rows, len(want))
	}
	if last := b.Texts[0][len(want)-5:]; s.Texts("x")[last[0]] != "c" {
		t.Errorf("the last table's texts are %q", s.Texts("x")[last[0]])
	}
	if b := read(t, s, nil, nil); b.Rows != len(want) {
		t.Errorf("%d rows when none of their columns is wanted", b.Rows)
	}
	// With 4,000 columns a chunk is 2,048 rows: it begins in the midst of a row group.
	numbers := make([]string, 4000)
	for i := range numbers {
		numbers[i] = fmt.Sprintf("n + %d", i)
	}
	b = read(t, s, numbers, nil)
	if chunks := s.chunks(len(numbers)); len(chunks) != 11 {
		t.Errorf("%d chunks", len(chunks))
	}
	for i, got := range b.Numbers[3999] {
		if got != want[i]+3999 {
			t.Fatalf("row %d is %v", i, got)
		}
	}
}

func TestStreamStops(t *testing.T) {
	_, s := openTables(t, 1, "CREATE TABLE t AS SELECT range AS n, CASE WHEN range = 900000 THEN 'x' ELSE '1' END AS c FROM range(5000000)")
	enough := errors.New("enough")
	var batches atomic.Int64
	err := s.Stream(context.Background(), []string{"n"}, nil, func(int, analysis.Batch) error {
		if batches.Add(1) == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || batches.Load() > 2000 { // of 2,442: how soon the others hear of it is the scheduler's
		t.Errorf("after %d batches: %v", batches.Load(), err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err = s.Stream(ctx, []string{"n"}, nil, func(int, analysis.Batch) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after cancelling: %v", err)
	}
	err = s.Stream(context.Background(), []string{"c"}, nil, func(int, analysis.Batch) error { return nil })
	want := "an expression cannot be computed in every row of t: Could not convert string 'x' to DOUBLE"
	var problem analysis.Problem
	if !errors.As(err, &problem) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

const twoFeeds = `
fairs:
  kind: participation
  files: data/fairs*.csv
  columns: {period: {type: period}, persons: {type: integer}, fee: {type: decimal}, on: {type: date}, Free entry: {type: boolean}}
courses:
  kind: participation
  files: data/courses.csv
  columns: {period: {type: period}, persons: {type: integer}, hours: {type: number}}
panel:
  kind: survey
  files: data/panel.csv
  columns: {period: {type: period}, age: {type: integer}}
  design: {weight: w, psu: block}
`

func twoFeedsCity(t testing.TB) city {
	c := newCity(t, map[string]string{
		"data/fairs1.csv":  "period,persons,fee,on,Free entry\n2023,10,1.50,2023-05-01,yes\n2023,,2.25,,no\n",
		"data/fairs2.csv":  "period,persons,fee,on,Free entry\n2024,7,,2024-05-01,\nx,1,1,,\n",
		"data/courses.csv": "period,persons,hours\n2024,3,1.5\n2024,4,2.5\n",
		"data/panel.csv":   "period,age,w,block\n2024,33,1.5,a\n2024,,2.5,b\n",
	})
	c.load(twoFeeds)
	return c
}

// TestRowsOfRelation reads a view of two tables with columns that one of them
// lacks.
func TestRowsOfRelation(t *testing.T) {
	ctx := context.Background()
	c := twoFeedsCity(t)
	// A file that goes leaves rowids without rows.
	must(t, os.Remove(filepath.Join(c.dir, "data/fairs1.csv")))
	c.load(twoFeeds)
	rows, err := c.opened().RowsOf(ctx, "participation", Computed{"size", "CASE WHEN persons > 3 THEN 'large' ELSE 'small' END"})
	must(t, err)
	b := read(t, rows, []string{"persons", "hours", "fee", `"free ENTRY"`}, []string{"period", `"on"`, "size"})
	got := fmt.Sprint(b.Numbers)
	for i, e := range []string{"period", `"on"`, "size"} {
		texts := rows.Texts(e)
		for _, code := range b.Texts[i] {
			if code < 0 {
				got += " NULL"
			} else {
				got += " " + texts[code]
			}
		}
	}
	// In the order of the datasets: courses, then fairs.
	equal(t, "rows", got, "[[3 4 7] [1.5 2.5 NaN] [NaN NaN NaN] [NaN NaN NaN]] 2024 2024 2024 NULL NULL 2024-05-01 small large large")
	types, err := rows.Types(ctx, []string{"period", `"Period"`, "persons", "fee", "hours", `"on"`})
	must(t, err)
	equal(t, "types", fmt.Sprint(types), "[period period integer number number date]")
	types, err = rows.Types(ctx, []string{`"Free entry"`, "size", "persons / 2", "persons > 1", "period || 'x'", "_file"})
	must(t, err)
	equal(t, "types", fmt.Sprint(types), "[boolean text number boolean text integer]")
	rows, err = c.opened().RowsOf(ctx, "panel")
	must(t, err)
	b = read(t, rows, []string{"weight", "age"}, []string{"psu"})
	equal(t, "survey", fmt.Sprint(b.Numbers, rows.Texts("psu")), "[[1.5 2.5] [33 NaN]] [a b]")
}

func TestRowsOfProblems(t *testing.T) {
	ctx := context.Background()
	w := twoFeedsCity(t).opened()
	_, err := w.RowsOf(ctx, "participations")
	equal(t, "relation", fmt.Sprint(err), `no relation "participations" is loaded (did you mean "participation"?)`)
	rows, err := w.RowsOf(ctx, "participation")
	must(t, err)
	for _, test := range []struct{ expression, want string }{
		{"person", `no column "person" in participation (did you mean "persons"?)`},
		{"rowid", `no column "rowid" in participation (its columns: Free entry, fee, hours, on, period, persons)`},
		{"persons +", `persons +: syntax error at or near ")"`},
		{"persons + period", "persons + period: + cannot be used on a number and text (CAST(column AS VARCHAR) makes a text of it, CAST(column AS DOUBLE) a number)"},
		{"[persons]", "[persons] gives bigint[], not one value a row (choose one value of it)"},
	} {
		_, err := rows.Types(ctx, []string{"persons", test.expression, "hours"})
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s:\n got %v\nwant %s", test.expression, err, test.want)
		}
	}
	_, err = rows.Types(ctx, []string{"hour", "fees", "hours"})
	equal(t, "both", fmt.Sprint(err), "no column \"fees\" in participation (did you mean \"fee\"?)\nno column \"hour\" in participation (did you mean \"hours\"?)")
	err = rows.Stream(ctx, []string{"hour"}, nil, func(int, analysis.Batch) error { return nil })
	equal(t, "stream", fmt.Sprint(err), `no column "hour" in participation (did you mean "hours"?)`)
}

// childStream reads 40 numbers of as many rows as the text says.
func childStream(rows string) (err error) {
	ctx := context.Background()
	db, err := openDatabase(ctx, []string{"SET threads = 1", "CREATE TABLE t AS SELECT range AS i FROM range(" + rows + ")"}, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := newStream(ctx, &stream{db: db, name: "t", parts: []part{{tables: []columnsOf{{table: "t", items: []string{"i"}}}}}})
	if err != nil {
		return err
	}
	var numbers []string
	for k := range 40 {
		numbers = append(numbers, fmt.Sprintf("i + %d", k))
	}
	return s.Stream(ctx, numbers, []string{"i % 50"}, func(int, analysis.Batch) error { return nil })
}

// TestStreamMemory reads six million rows of 40 numbers, 1,920 MB, with no more
// memory than half a million, the table's own 48 MB aside.
func TestStreamMemory(t *testing.T) {
	few, many := measure(t, "stream", "500000"), measure(t, "stream", "6000000")
	if many.memory > few.memory+150 {
		t.Errorf("%.0f MiB with 500,000 rows, %.0f MiB with 6,000,000", few.memory, many.memory)
	}
}

// BenchmarkStream sets the reading of 22 number and 2 text columns of a million
// rows beside DuckDB adding up the same numbers with 2 threads.
func BenchmarkStream(b *testing.B) {
	var columns, sums, numbers []string
	for i := range 22 {
		name := fmt.Sprintf("n%d", i)
		column := fmt.Sprintf("CAST(hash(i, %d) %% 5 AS INTEGER)", i)
		if i > 15 {
			column = fmt.Sprintf("(hash(i, %d) %% 1000000) / 100", i)
		}
		columns, sums, numbers = append(columns, column+" AS "+name), append(sums, "sum(CAST("+name+" AS DOUBLE))"), append(numbers, name)
	}
	db, s := openTables(b, 1, "CREATE TABLE t AS SELECT 'stratum ' || hash(i) % 200 AS stratum, 'psu ' || hash(i) % 4000 AS psu, "+strings.Join(columns, ", ")+" FROM range(1000000) r(i)")
	timed := func(work func()) float64 {
		best := math.Inf(1)
		for range 15 {
			start := time.Now()
			work()
			best = min(best, time.Since(start).Seconds())
		}
		return 1000 * best
	}
	nothing := func(int, analysis.Batch) error { return nil }
	ctx := context.Background()
	for b.Loop() {
		only := timed(func() { must(b, s.Stream(ctx, numbers, nil, nothing)) })
		both := timed(func() { must(b, s.Stream(ctx, numbers, []string{"stratum", "psu"}, nothing)) })
		_, err := db.Exec("SET threads = 2")
		must(b, err)
		bare := timed(func() {
			must(b, query(ctx, db, func(*sql.Rows) error { return nil }, "SELECT "+strings.Join(sums, ", ")+" FROM t"))
		})
		b.ReportMetric(bare, "bare-ms")
		b.ReportMetric(only, "numbers-ms")
		b.ReportMetric(both, "with-texts-ms")
		b.ReportMetric(only/bare, "ratio")
	}
}
