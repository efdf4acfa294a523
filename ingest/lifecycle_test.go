package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const visitsDeclared = `
visits:
  kind: participation
  files: data/*.csv
  columns:
    period: {type: period}
    persons: {type: integer}
`

func sumOfVisits(c city) string { return c.rows("SELECT count(*), sum(persons) FROM visits") }

func TestLoadReadsOnlyWhatChanged(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n2023,2\n", "data/b.csv": "period,persons\n2024,10\nx,1\n"})
	equal(t, "first", c.load(visitsDeclared).summary(), `
visits data/a.csv rows=2 rejected=0 excluded=0 loaded
visits data/b.csv rows=1 rejected=1 excluded=0 loaded`)
	warehouse := filepath.Join(c.dir, derivedFolder, warehouseFile)
	before, err := os.Stat(warehouse)
	must(t, err)

	again := c.load(visitsDeclared)
	equal(t, "again", again.summary(), `
visits data/a.csv rows=2 rejected=0 excluded=0 unchanged
visits data/b.csv rows=1 rejected=1 excluded=0 unchanged`)
	equal(t, "rejects stay known", again.rejects(), `data/b.csv:3: period: `+notPeriod("x"))
	after, err := os.Stat(warehouse)
	must(t, err)
	if !os.SameFile(before, after) {
		t.Error("a load without changes replaced the warehouse")
	}

	c.write("data/b.csv", "period,persons\n2024,20\n2024,30\n")
	c.write("data/c.csv", "period,persons\n2025,100\n")
	equal(t, "changed", c.load(visitsDeclared).summary(), `
visits data/a.csv rows=2 rejected=0 excluded=0 unchanged
visits data/b.csv rows=2 rejected=0 excluded=0 loaded
visits data/c.csv rows=1 rejected=0 excluded=0 loaded`)
	equal(t, "rows", sumOfVisits(c), "5|153") // 1 + 2 + 20 + 30 + 100

	must(t, os.Remove(filepath.Join(c.dir, "data/a.csv")))
	equal(t, "removed", c.load(visitsDeclared).summary(), `
visits data/a.csv rows=0 rejected=0 excluded=0 removed
visits data/b.csv rows=2 rejected=0 excluded=0 unchanged
visits data/c.csv rows=1 rejected=0 excluded=0 unchanged`)
	equal(t, "rows", sumOfVisits(c), "3|150")

	doubled := strings.Replace(visitsDeclared, "{type: integer}", `{type: integer, from: "CAST(persons AS INTEGER) * 2"}`, 1)
	equal(t, "declared anew", c.load(doubled).summary(), `
visits data/b.csv rows=2 rejected=0 excluded=0 loaded
visits data/c.csv rows=1 rejected=0 excluded=0 loaded`)
	equal(t, "rows", sumOfVisits(c), "3|300")

	other := doubled + strings.Replace(doubled, "visits:", "more:", 1)
	c.load(other)
	equal(t, "relation", c.rows("SELECT count(*), sum(persons) FROM participation"), "6|600")
	c.load(doubled)
	equal(t, "dataset gone", c.rows("SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM duckdb_tables() WHERE schema_name = 'main'"), "visits")
}

func TestLoadFailureKeepsTheOldState(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	c.write("data/a.csv", "period,persons\n2023,5\n")
	c.write("data/b.csv", "period,persons\n2023,\xe9\n")
	c.write("data/c.csv", "period,people\n2023,5\n")
	equal(t, "problems", c.loadProblems(visitsDeclared), `
data/b.csv:2: the text is not valid utf-8 (it fits windows-1252: set read: {encoding: windows-1252})
pediment.yaml:7:14: no column "persons" in data/c.csv (its columns: period, people, filename)`)
	equal(t, "rows", sumOfVisits(c), "1|1")
	entries, err := os.ReadDir(filepath.Join(c.dir, derivedFolder))
	must(t, err)
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	equal(t, "left over", strings.Join(names, " "), "load.lock warehouse.duckdb")
}

// TestLoadWhileReading loads while readers of this process have the warehouse
// open: they go on with what they opened.
func TestLoadWhileReading(t *testing.T) {
	ctx := context.Background()
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	old, err := Open(ctx, c.dir)
	must(t, err)
	c.write("data/a.csv", "period,persons\n2023,2\n")
	c.load(visitsDeclared)
	equal(t, "old", ask(t, old, "SELECT sum(persons) FROM visits"), "1")
	newer, err := Open(ctx, c.dir)
	must(t, err)
	equal(t, "new", ask(t, newer, "SELECT sum(persons) FROM visits"), "2")
	equal(t, "old still", ask(t, old, "SELECT sum(persons) FROM visits"), "1")
	must(t, old.Close())
	must(t, newer.Close())
}

// TestSecondLoadWaits holds the lock as another load does.
func TestSecondLoadWaits(t *testing.T) {
	ctx := context.Background()
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	folder := filepath.Join(c.dir, derivedFolder)
	unlock, err := lock(ctx, folder, 0)
	must(t, err)
	equal(t, "nothing to load", c.load(visitsDeclared).summary(), "visits data/a.csv rows=1 rejected=0 excluded=0 unchanged")
	_, err = lock(ctx, folder, 2*lockPause)
	equal(t, "problem", fmt.Sprint(err), ".pediment: another load of this folder is running (wait until it has ended)")

	c.write("data/a.csv", "period,persons\n2023,2\n")
	const held = 4 * lockPause
	var group sync.WaitGroup
	group.Go(func() {
		time.Sleep(held)
		if err := unlock(); err != nil {
			t.Error(err)
		}
	})
	start := time.Now()
	c.load(visitsDeclared)
	if took := time.Since(start); took < held {
		t.Errorf("loaded after %v, while another load ran", took)
	}
	group.Wait()
	equal(t, "rows", sumOfVisits(c), "1|2")
}

// TestLoadsSideBySide starts several loads at once: one reads the file.
func TestLoadsSideBySide(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	o := c.options(visitsDeclared)
	var read atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			loads, err := Load(context.Background(), o)
			if err != nil || len(loads.Files) != 1 {
				t.Errorf("%v, %v", loads.Files, err)
			} else if loads.Files[0].State == Loaded {
				read.Add(1)
			}
		})
	}
	group.Wait()
	if read.Load() != 1 {
		t.Errorf("%d loads read the file", read.Load())
	}
}

// TestFolderThatCannotBeWritten takes the right to write from a loaded folder.
func TestFolderThatCannotBeWritten(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	folder := filepath.Join(c.dir, derivedFolder)
	must(t, os.Remove(filepath.Join(folder, "load.lock")))
	must(t, os.Chmod(filepath.Join(folder, warehouseFile), 0o444))
	must(t, os.Chmod(folder, 0o555))
	defer func() { must(t, os.Chmod(folder, 0o755)) }()
	before, err := os.Stat(folder)
	must(t, err)
	equal(t, "loads", c.load(visitsDeclared).summary(), "visits data/a.csv rows=1 rejected=0 excluded=0 unchanged")
	equal(t, "rows", sumOfVisits(c), "1|1")
	after, err := os.Stat(folder)
	must(t, err)
	if !after.ModTime().Equal(before.ModTime()) { // who may write everywhere would leave a trace
		t.Error("a load without changes wrote into the folder")
	}
	if os.Getuid() == 0 {
		return // the permissions above mean nothing to root
	}
	c.write("data/a.csv", "period,persons\n2023,2\n")
	equal(t, "problem", c.loadProblems(visitsDeclared), ".pediment: "+cannotWrite(c.dir))
}

func cannotWrite(dir string) string {
	return "there is something to load, but this folder cannot be written to (ask for the right to write to " + dir + ", or copy it to a folder of your own and work there)"
}

func TestNotWritable(t *testing.T) {
	for _, cause := range []error{syscall.EACCES, syscall.EPERM, syscall.EROFS} {
		err := notWritable("/city/.pediment", &fs.PathError{Op: "open", Path: "/city/.pediment/load.lock", Err: cause})
		equal(t, cause.Error(), err.Error(), ".pediment: "+cannotWrite("/city"))
	}
	for _, err := range []error{nil, context.Canceled, &fs.PathError{Op: "open", Path: "x", Err: syscall.ENOSPC}} {
		if got := notWritable("/city/.pediment", err); got != err {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// TestKilledLoad kills loads of another process at many moments; the folder must
// open with the old state or the new one every time, and load again.
func TestKilledLoad(t *testing.T) {
	var big strings.Builder
	big.WriteString("period,persons\n")
	const rows = 400_000
	for range rows {
		big.WriteString("2024,1\n")
	}
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,7\n", "declared.yaml": visitsDeclared})
	c.load(visitsDeclared)
	c.write("data/b.csv", big.String())
	finished := 0
	for i := range 12 {
		child := startChild(t, "load", c.dir)
		if !child.lines.Scan() || child.lines.Text() != "loading" {
			t.Fatal("child does not load")
		}
		time.Sleep(time.Duration(i*i) * 5 * time.Millisecond)
		must(t, child.cmd.Process.Kill())
		_ = child.cmd.Wait() // killed, or done just before
		switch got := sumOfVisits(c); got {
		case "1|7":
		case fmt.Sprintf("%d|%d", rows+1, rows+7):
			finished++
			must(t, os.RemoveAll(filepath.Join(c.dir, derivedFolder)))
			must(t, os.Rename(filepath.Join(c.dir, "data/b.csv"), filepath.Join(c.dir, "b")))
			c.load(visitsDeclared)
			must(t, os.Rename(filepath.Join(c.dir, "b"), filepath.Join(c.dir, "data/b.csv")))
		default:
			t.Fatalf("kill %d left %s", i, got)
		}
	}
	t.Logf("%d of 12 loads ended before they were killed", finished)
	c.load(visitsDeclared)
	equal(t, "rows", sumOfVisits(c), fmt.Sprintf("%d|%d", rows+1, rows+7))
}

func TestDamagedWarehouseIsBuiltAnew(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n", ".pediment/warehouse.duckdb": "no database"})
	equal(t, "loads", c.load(visitsDeclared).summary(), "visits data/a.csv rows=1 rejected=0 excluded=0 loaded")
	equal(t, "rows", sumOfVisits(c), "1|1")
}

func TestCancelledLoad(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	c.write("data/a.csv", "period,persons\n"+strings.Repeat("2024,1\n", 3_000_000))
	ctx, cancel := context.WithTimeout(context.Background(), 150*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := Load(ctx, c.options(visitsDeclared))
	if err == nil || ctx.Err() == nil {
		t.Fatalf("got %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v to stop", took)
	}
	equal(t, "rows", sumOfVisits(c), "1|1")
}

// TestStrangeFolders loads from folders whose names have every sign that means
// something to a shell, a glob, SQL or a URL.
func TestStrangeFolders(t *testing.T) {
	for _, name := range []string{"o'Hara's city", "Medellín [2024] *", `50% "off"`, "서울 مدينة", "a#b&c=d"} {
		base := newCity(t, nil)
		c := city{t: t, dir: filepath.Join(base.dir, name)}
		c.write("data [new]/it's a.csv", "period,persons\n2023,1\n")
		c.write("data n/it's a.csv", "period,persons\n2023,99\n") // what data [new] matches as a glob
		for _, glob := range []string{"data [new]/it's a.csv", "data [[]*/*.csv", "data ?new?/*"} {
			c.load(strings.Replace(visitsDeclared, "data/*.csv", "\""+glob+"\"", 1))
			equal(t, name+": "+glob, sumOfVisits(c), "1|1")
		}
	}
}

func TestFolderWithQuestionMark(t *testing.T) {
	c := city{t: t, dir: filepath.Join(t.TempDir(), "why?")}
	c.write("data/a.csv", "period,persons\n2023,1\n")
	equal(t, "problem", c.loadProblems(visitsDeclared), c.dir+": the warehouse cannot be kept in a folder with ? in its name (rename the folder)")
}

func TestFilesOutsideTheFolder(t *testing.T) {
	outer := newCity(t, map[string]string{"shared/a.csv": "period,persons\n2023,1\n"})
	c := city{t: t, dir: filepath.Join(outer.dir, "city")}
	must(t, os.MkdirAll(c.dir, 0o755))
	for _, glob := range []string{"../shared/*.csv", filepath.Join(outer.dir, "shared", "*.csv")} {
		c.load(strings.Replace(visitsDeclared, "data/*.csv", glob, 1))
		equal(t, glob, sumOfVisits(c), "1|1")
	}
}

// TestProgress checks that the bytes told only grow and end with all of them.
func TestProgress(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n", "data/b.csv": "period,persons\n2023,1\n2024,2\n"})
	o := c.options(visitsDeclared)
	var last, all int64
	o.Progress = func(file string, done, total int64) {
		if done < last || total != 22+29 || !strings.HasPrefix(file, "data/") {
			t.Errorf("%s: %d of %d after %d", file, done, total, last)
		}
		last, all = done, total
	}
	_, err := Load(context.Background(), o)
	must(t, err)
	if last != all || all == 0 {
		t.Errorf("ended at %d of %d", last, all)
	}
}

// TestReadersSideBySide queries one warehouse from several goroutines, after the
// context it was opened with has ended.
func TestReadersSideBySide(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	ctx, cancel := context.WithCancel(context.Background())
	w, err := Open(ctx, c.dir)
	must(t, err)
	cancel()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				var sum int
				if err := query(context.Background(), w, func(rows *sql.Rows) error { return rows.Scan(&sum) }, "SELECT sum(persons)::INTEGER FROM visits"); err != nil || sum != 1 {
					t.Errorf("got %d, %v", sum, err)
				}
			}
		})
	}
	group.Wait()
	must(t, w.Close())
}

func TestLoadOfNothing(t *testing.T) {
	c := newCity(t, nil)
	equal(t, "loads", c.load("{}").summary(), "")
	equal(t, "relations", c.rows("SELECT count(*) FROM pediment.relations"), "0")
	equal(t, "problem", c.loadProblems("spaces: {kind: space, columns: {a: {}}}"), "pediment.yaml:1:9: spaces: no files are named (files: data/….csv)")
}
