package ingest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pediment/analysis"
)

// childTask names the environment variable that turns the test binary into a
// child process: for killing a load, and for measuring memory on its own.
const childTask = "PEDIMENT_INGEST_CHILD"

func TestMain(m *testing.M) {
	task := os.Getenv(childTask)
	if task == "" {
		os.Exit(m.Run())
	}
	name, dir, _ := strings.Cut(task, "|")
	start := time.Now()
	if err := children[name](dir); err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Printf("seconds %.3f\n", time.Since(start).Seconds())
}

var children = map[string]func(dir string) error{"load": childLoad, "typed": childTyped, "microdata": childMicrodata, "stream": childStream}

// childLoad loads dir as its file declared.yaml says.
func childLoad(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "declared.yaml"))
	if err != nil {
		return err
	}
	declared := map[string]Dataset{}
	if problems := analysis.DecodeYAML("declared.yaml", text, &declared); len(problems) > 0 {
		return problems
	}
	var list []Dataset
	for name, d := range declared {
		d.Name = name
		list = append(list, d)
	}
	fmt.Println("loading")
	_, err = Load(context.Background(), Options{Dir: dir, Datasets: list, Adapters: suite})
	return err
}

// childTyped inserts the benchmark's CSV as DuckDB itself does when told the types.
func childTyped(dir string) (err error) {
	ctx := context.Background()
	db, err := openDatabase(ctx, []string{"SET memory_limit = '" + loadMemory + "'", attach(filepath.Join(dir, "typed.duckdb"), false)}, []string{"USE warehouse"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, statement := range []string{
		"CREATE TABLE t (period VARCHAR, place VARCHAR, sex VARCHAR, age BIGINT, activity VARCHAR, provider VARCHAR, persons BIGINT, hours DOUBLE, fee DECIMAL(18,2), event_date DATE, person VARCHAR, score DOUBLE)",
		"INSERT INTO t SELECT * FROM read_csv(" + analysis.Literal(filepath.Join(dir, "data/big.csv")) + `, auto_detect=false, header=true, delim=',', quote='"', escape='"',
			columns={period: 'VARCHAR', place: 'VARCHAR', sex: 'VARCHAR', age: 'BIGINT', activity: 'VARCHAR', provider: 'VARCHAR', persons: 'BIGINT', hours: 'DOUBLE', fee: 'DECIMAL(18,2)', event_date: 'DATE', person: 'VARCHAR', score: 'DOUBLE'})`,
		"CHECKPOINT warehouse",
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// child is a running child process.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

func startChild(t testing.TB, task, dir string) child {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childTask+"="+task+"|"+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return child{cmd: cmd, lines: bufio.NewScanner(out)}
}

// cost is what a child process took.
type cost struct{ seconds, processor, memory float64 } // memory in MiB at its largest

// measure runs a task to its end.
func measure(t testing.TB, task, dir string) (took cost) {
	t.Helper()
	c := startChild(t, task, dir)
	for c.lines.Scan() {
		if _, err := fmt.Sscanf(c.lines.Text(), "seconds %f", &took.seconds); err != nil && strings.HasPrefix(c.lines.Text(), "failed") {
			t.Error(c.lines.Text())
		}
	}
	if err := c.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	state := c.cmd.ProcessState
	took.processor = (state.UserTime() + state.SystemTime()).Seconds()
	took.memory = float64(state.SysUsage().(*syscall.Rusage).Maxrss) / 1024
	return took
}
