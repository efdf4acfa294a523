package ingest

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
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
// The ratio of the medians may be 1.25 at most with ten million.
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
	b.ReportMetric(median(loads, seconds), "load-s")
	b.ReportMetric(median(typed, seconds), "typed-s")
	b.ReportMetric(median(loads, seconds)/median(typed, seconds), "ratio")
	b.ReportMetric(median(loads, processor)/median(typed, processor), "cpu-ratio")
	b.ReportMetric(median(loads, memory), "load-MiB")
	b.ReportMetric(median(typed, memory), "typed-MiB")
}

func remove(b *testing.B, name string) {
	if err := os.RemoveAll(name); err != nil {
		b.Fatal(err)
	}
}

func median(costs []cost, of func(cost) float64) float64 {
	x := make([]float64, len(costs))
	for i, c := range costs {
		x[i] = of(c)
	}
	slices.Sort(x)
	return x[len(x)/2]
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
