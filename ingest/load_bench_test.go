package ingest

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

const bigDeclared = `
big:
  kind: participation
  files: data/big.csv
  columns:
    period: {type: period}
    place: {}
    sex: {}
    age: {type: integer}
    activity: {}
    provider: {}
    persons: {type: integer}
    hours: {type: number}
    fee: {type: decimal}
    event_date: {type: date}
    person: {}
    score: {type: number}
`

// BenchmarkLoadCSV sets a load beside the fastest DuckDB itself has, an INSERT
// from read_csv with the types told, into a file, of the same CSV, each in a
// process of its own. PEDIMENT_BENCH_ROWS says how many rows, 500,000 by default.
// The ratio of the fastest runs of three may be 1.25 at most with ten million.
func BenchmarkLoadCSV(b *testing.B) {
	rows := 500_000
	if text := os.Getenv("PEDIMENT_BENCH_ROWS"); text != "" {
		var err error
		if rows, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	writeBig(b, filepath.Join(dir, "data", "big.csv"), rows)
	if err := os.WriteFile(filepath.Join(dir, "declared.yaml"), []byte(bigDeclared), 0o644); err != nil {
		b.Fatal(err)
	}
	var loads, typed []cost
	for b.Loop() {
		for range 3 {
			typed = append(typed, measure(b, "typed", dir))
			remove(b, filepath.Join(dir, "typed.duckdb"))
			loads = append(loads, measure(b, "load", dir))
			remove(b, filepath.Join(dir, derivedFolder))
		}
	}
	seconds := func(c cost) float64 { return c.seconds }
	processor := func(c cost) float64 { return c.processor }
	memory := func(c cost) float64 { return c.memory }
	b.ReportMetric(least(loads, seconds), "load-s")
	b.ReportMetric(least(typed, seconds), "typed-s")
	b.ReportMetric(least(loads, seconds)/least(typed, seconds), "ratio")
	b.ReportMetric(least(loads, processor)/least(typed, processor), "cpu-ratio")
	b.ReportMetric(least(loads, memory), "load-MiB")
	b.ReportMetric(least(typed, memory), "typed-MiB")
}

func remove(b *testing.B, name string) {
	if err := os.RemoveAll(name); err != nil {
		b.Fatal(err)
	}
}

// least returns the smallest of the costs: what the work takes when nothing else
// runs.
func least(costs []cost, of func(cost) float64) float64 {
	smallest := of(costs[0])
	for _, c := range costs {
		smallest = min(smallest, of(c))
	}
	return smallest
}

// writeBig writes a CSV of twelve columns like a register of attendances, the
// same for the same number of rows.
func writeBig(b *testing.B, path string, rows int) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "period,place,sex,age,activity,provider,persons,hours,fee,event_date,person,score")
	activities := []string{"language", "digital", "literacy", "arts", "health"}
	for i := range rows {
		h := uint32(i) * 2654435761
		fmt.Fprintf(w, "%d,D%02d,%c,%d,%s,P%03d,%d,%d.%d,%d.%02d,%d-%02d-%02d,R%08d,%d.%03d\n",
			2018+i%7, h%25, "fm"[h>>5&1], 15+h>>7%70, activities[h>>9%5], h>>11%300, 1+h>>3%4, h>>13%60, h>>2%10,
			h>>4%900, h>>6%100, 2018+i%7, 1+h>>8%12, 1+h>>10%28, i, h>>12%50, h>>1%1000)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkReadXLSX reads a sheet of 100,000 rows of 30 cells, half texts, half
// numbers: excelize takes 9 to 13 s for as many.
func BenchmarkReadXLSX(b *testing.B) {
	path := filepath.Join(b.TempDir(), "f.xlsx")
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	must(b, err)
	cells := make([]any, 30)
	for row := range 100_000 {
		for i := range cells {
			cells[i] = float64(row*i) / 4
			if i%2 == 0 {
				cells[i] = fmt.Sprintf("text %d", row%1000)
			}
		}
		must(b, w.SetRow(fmt.Sprintf("A%d", row+1), cells))
	}
	must(b, w.Flush())
	must(b, f.SaveAs(path))
	must(b, f.Close())
	for b.Loop() {
		s := &source{path: path, name: "f.xlsx"}
		book, err := openWorkbook(s)
		must(b, err)
		must(b, book.readShared())
		rows, err := book.rows(book.sheets[0])
		must(b, err)
		n := 0
		var row []string
		for {
			if row, _, err = rows.next(row, func(int) string { return "." }); err != nil {
				break
			}
			n += len(row)
		}
		if n != 3_000_000 {
			b.Fatalf("%d cells, %v", n, err)
		}
		must(b, rows.close())
		must(b, book.close())
	}
}
