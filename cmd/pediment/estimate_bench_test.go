package main

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/ingest"
)

// benchTask names the environment variable that makes of the test binary a child
// process with one of the bench's tasks.
const benchTask = "PEDIMENT_BENCH_TASK"

// BenchmarkEstimate estimates 20 means with their errors, and everything: the same
// by three columns and by two together, the shares of an item and five medians,
// from a CSV, a Parquet file and a loaded warehouse. Beside each it sets DuckDB's
// sum of the same columns from the same source, and beside all R's package survey
// where Rscript is installed. PEDIMENT_BENCH_ROWS says how many rows, 100,000 by
// default; they are of 200 strata and 4,000 PSUs in no order.
//
// Seconds are of the fastest of three runs, from opening the source, which takes
// the most for a CSV, to the last figure; memory is the most the process held.
func BenchmarkEstimate(b *testing.B) {
	if task := os.Getenv(benchTask); task != "" {
		if err := runBenchTask(b.Context(), task); err != nil {
			b.Fatal(err)
		}
		return
	}
	rows := 100_000
	if text := os.Getenv("PEDIMENT_BENCH_ROWS"); text != "" {
		var err error
		if rows, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	makeBench(b, dir, rows)
	for b.Loop() {
		fmt.Printf("\n%d rows, %d processors\n%-10s %-10s %9s %9s %9s %7s %9s %7s\n", rows, runtime.NumCPU(), "source", "job", "seconds", "opening", "processor", "MiB", "DuckDB", "ratio")
		for _, source := range []string{"csv", "parquet", "warehouse"} {
			for _, job := range []string{"means", "everything"} {
				bare, ours := fastest(b, dir, "scan", source, job), fastest(b, dir, "estimate", source, job)
				ratio := ours.seconds / bare.seconds
				fmt.Printf("%-10s %-10s %9.3f %9.3f %9.3f %7.0f %9.3f %7.1f\n", source, job, ours.seconds, ours.opening, ours.processor, ours.memory, bare.seconds, ratio)
				b.ReportMetric(ratio, source+"-"+job+"-ratio")
			}
		}
		benchR(b, dir)
	}
}

// benchCost is what a child process took; memory in MiB at its largest.
type benchCost struct{ seconds, opening, processor, memory float64 }

// fastest runs a task three times.
func fastest(b *testing.B, dir string, task ...string) benchCost {
	b.Helper()
	var best benchCost
	for run := range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^$", "-test.bench=^BenchmarkEstimate$", "-test.benchtime=1x")
		cmd.Env = append(os.Environ(), benchTask+"="+strings.Join(append(task, dir), " "))
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Fatalf("%v: %v\n%s", task, err, out)
		}
		var cost benchCost
		_, line, _ := strings.Cut(string(out), "took ")
		if _, err := fmt.Sscan(line, &cost.seconds, &cost.opening, &cost.processor, &cost.memory); err != nil {
			b.Fatalf("%v: %v\n%s", task, err, out)
		}
		if run == 0 || cost.seconds < best.seconds {
			best = cost
		}
	}
	return best
}

// benchR prints what R's package survey takes for everything, from the CSV.
func benchR(b *testing.B, dir string) {
	rscript, err := exec.LookPath("Rscript")
	if err != nil {
		fmt.Println("Rscript is not installed: no comparison with R")
		return
	}
	out, err := exec.Command(rscript, "testdata/reference/bench.R", filepath.Join(dir, "bench.csv")).CombinedOutput()
	if err != nil {
		b.Errorf("%v\n%s", err, out)
	}
	fmt.Printf("R, from the CSV:\n%s", out)
}

// runBenchTask does one task in a process of its own: scan or estimate, a source,
// a job and the folder.
func runBenchTask(ctx context.Context, task string) error {
	words := strings.SplitN(task, " ", 4)
	do := map[string]func(context.Context, string, string, string, func()) error{"scan": benchScan, "estimate": benchEstimate}[words[0]]
	start, opening := time.Now(), time.Duration(0)
	if err := do(ctx, words[1], words[2], words[3], func() { opening = time.Since(start) }); err != nil {
		return err
	}
	took := time.Since(start)
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return err
	}
	fmt.Println("took", took.Seconds(), opening.Seconds(), float64(used.Utime.Nano()+used.Stime.Nano())/1e9, mostMemory())
	return nil
}

// mostMemory is the most MiB this process has held, NaN where the system does not
// say. (What getrusage says begins with the parent's.)
func mostMemory() float64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	kib := math.NaN()
	fmt.Sscan(line, &kib)
	return kib / 1024
}

func numbered(prefix string, n int) []string {
	names := make([]string, n)
	for k := range names {
		names[k] = prefix + strconv.Itoa(k)
	}
	return names
}

// benchScan sums the job's numbers and takes the largest of its texts.
func benchScan(ctx context.Context, source, job, dir string, opened func()) (err error) {
	numbers, texts := append(numbered("i", 20), "w"), []string{"stratum", "psu"}
	if job == "everything" {
		numbers, texts = append(numbers, numbered("a", 5)...), append(texts, numbered("d", 6)...)
	}
	var items []string
	for _, name := range numbers {
		items = append(items, "sum("+name+")")
	}
	for _, name := range texts {
		items = append(items, "max("+name+")")
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	from := map[string]string{
		"csv":       "read_csv(" + analysis.Literal(filepath.Join(dir, "bench.csv")) + ")",
		"parquet":   "read_parquet(" + analysis.Literal(filepath.Join(dir, "bench.parquet")) + ")",
		"warehouse": "warehouse.bench",
	}[source]
	if source == "warehouse" {
		if _, err := db.ExecContext(ctx, "ATTACH "+analysis.Literal(filepath.Join(dir, ".pediment", "warehouse.duckdb"))+" AS warehouse (READ_ONLY)"); err != nil {
			return err
		}
	}
	opened()
	_, err = db.ExecContext(ctx, "SELECT "+strings.Join(items, ", ")+" FROM "+from)
	return err
}

// benchEstimate does the job.
func benchEstimate(ctx context.Context, source, job, dir string, opened func()) (err error) {
	var rows analysis.Rows
	if source == "warehouse" {
		w, err := ingest.Open(ctx, dir)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.Close()) }()
		if rows, err = w.RowsOf(ctx, "bench"); err != nil {
			return err
		}
	} else {
		m, err := ingest.OpenFile(ctx, ingest.File{Path: filepath.Join(dir, "bench."+source)}, adapters)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, m.Close()) }()
		rows = m
	}
	opened()
	answers, _, err := survey.Estimate(ctx, rows, survey.Request{
		Design:    survey.Design{IDs: []string{"psu"}, Strata: []string{"stratum"}, Weights: "w", Nest: true},
		Estimates: benchAsks(job),
	})
	if k := slices.IndexFunc(answers, func(a survey.Answer) bool { return a.Error != "" || !(a.SE > 0) }); k >= 0 {
		return fmt.Errorf("%s %s: %v ± %v %s", answers[k].ID, answers[k].Name, answers[k].Value, answers[k].SE, answers[k].Error)
	}
	return err
}

// benchAsks is the job as a request.
func benchAsks(job string) []survey.Ask {
	items := numbered("i", 20)
	asks := []survey.Ask{{ID: "means", Op: "mean", Vars: items, NaRm: true}}
	if job == "means" {
		return asks
	}
	for _, by := range [][]string{{"d0"}, {"d1"}, {"d2"}, {"d0", "d1"}} {
		asks = append(asks, survey.Ask{ID: "by " + strings.Join(by, ","), Op: "by_mean", Vars: items, By: by, NaRm: true})
	}
	asks = append(asks, survey.Ask{ID: "shares", Op: "mean", Vars: []string{"factor(i0)"}, NaRm: true})
	for _, amount := range numbered("a", 5) {
		asks = append(asks, survey.Ask{ID: "median", Op: "quantile", Vars: []string{amount}, Probs: []float64{0.5}, NaRm: true})
	}
	return asks
}

// makeBench writes the CSV, makes a Parquet file of it and loads it.
func makeBench(b *testing.B, dir string, rows int) {
	b.Helper()
	check := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(dir, "bench.csv")
	check(writeBench(path, rows))
	db, err := sql.Open("duckdb", "")
	check(err)
	_, err = db.ExecContext(b.Context(), "COPY (SELECT * FROM read_csv("+analysis.Literal(path)+")) TO "+analysis.Literal(filepath.Join(dir, "bench.parquet")))
	check(errors.Join(err, db.Close()))
	declared := map[string]ingest.Dataset{}
	columns := ""
	for _, name := range append(numbered("i", 20), "w") {
		columns += ", " + name + ": {type: " + map[bool]string{true: "number", false: "integer"}[name == "w"] + "}"
	}
	for _, name := range numbered("a", 5) {
		columns += ", " + name + ": {type: number}"
	}
	for _, name := range append([]string{"stratum", "psu"}, numbered("d", 6)...) {
		columns += ", " + name + ": {}"
	}
	text := "bench: {kind: participation, files: bench.csv, columns: {period: {type: period, from: \"'2025'\"}" + columns + "}}"
	if problems := analysis.DecodeYAML("bench.yaml", []byte(text), &declared); len(problems) > 0 {
		b.Fatal(problems)
	}
	bench := declared["bench"]
	bench.Name = "bench"
	_, err = ingest.Load(b.Context(), ingest.Options{Dir: dir, Datasets: []ingest.Dataset{bench}, Adapters: adapters})
	check(err)
}

// writeBench writes the rows, the same for the same number of them.
func writeBench(path string, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, strings.Join(slices.Concat([]string{"stratum", "psu", "w"}, numbered("i", 20), numbered("a", 5), numbered("d", 6)), ","))
	random := rand.New(rand.NewPCG(4, 1))
	for range rows {
		psu := random.IntN(4000)
		fmt.Fprintf(w, "s%03d,p%04d,%.6f", psu/20, psu, 50+100*random.Float64())
		for range 20 {
			fmt.Fprintf(w, ",%d", 1+random.IntN(5))
		}
		for range 5 {
			fmt.Fprintf(w, ",%.2f", math.Exp(5+4*random.Float64()))
		}
		for _, levels := range []int{2, 3, 5, 8, 12, 20} {
			fmt.Fprintf(w, ",level %d", random.IntN(levels))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}
