package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"pediment/analysis"
)

// Options says what Load reads and where.
type Options struct {
	Dir      string    // the city's folder
	Datasets []Dataset // with Name set
	Calendar analysis.Calendar
	Adapters []*Adapter
	Progress func(file string, done, total int64) // bytes of the files to be read; nil for none
}

// Names in the folder of what is derived. A load works on loadingFile and renames
// it to warehouseFile when all is well.
const (
	derivedFolder = ".pediment"
	warehouseFile = "warehouse.duckdb"
	loadingFile   = "loading.duckdb"
)

// Load brings the warehouse up to date with the declared files: files that are
// new or changed, or whose declaration changed, are read, each in one
// transaction; rows of files that are gone go. When nothing changed nothing is
// written, not even a lock; otherwise Load waits for another load of the folder
// to end. Mistakes in declarations and files that cannot be read come back as
// analysis.Problems, all of them, and leave the warehouse as it was; rows that
// break a rule do not, they are rejects. Readers go on with the old state until
// they open the warehouse again.
func Load(ctx context.Context, o Options) (loads Loads, err error) {
	folder := filepath.Join(o.Dir, derivedFolder)
	if strings.Contains(folder, "?") { // DuckDB takes what follows for options
		return Loads{}, analysis.Problem{Position: analysis.Position{File: o.Dir}, Message: "the warehouse cannot be kept in a folder with ? in its name", Hint: "rename the folder"}
	}
	l := &loader{Options: o, folder: folder}
	if err := l.plan(ctx); err != nil {
		return Loads{}, err
	}
	if !l.stale {
		return l.unchanged(ctx)
	}
	loads, err = o.reload(ctx, folder)
	return loads, notWritable(folder, err)
}

// reload loads with the folder to itself. It plans anew: the load it waited for
// may have changed everything.
func (o Options) reload(ctx context.Context, folder string) (loads Loads, err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return Loads{}, err
	}
	unlock, err := lock(ctx, folder, patience)
	if err != nil {
		return Loads{}, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	l := &loader{Options: o, folder: folder}
	if err := l.plan(ctx); err != nil {
		return Loads{}, err
	}
	if !l.stale {
		return l.unchanged(ctx)
	}
	return l.run(ctx)
}

// loader is one load in progress.
type loader struct {
	Options
	folder    string
	old       books
	jobs      []job
	removed   []entry
	relations []analysis.Relation
	stale     bool // something differs from what the warehouse holds
	conn      *sql.Conn
	next      int64 // number of the next file
	done      int64 // bytes read
	total     int64
}

// job is one file to load, or to leave as it is.
type job struct {
	dataset     Dataset
	adapter     *Adapter
	file        file
	declaration string
	hash        string // "" until it is known
	earlier     *entry // what the books say of it
	unchanged   bool
}

// sweep removes what a load that was killed left behind.
func (l *loader) sweep() error {
	for _, pattern := range []string{loadingFile + "*", "plain-*.csv", "spill-*"} {
		names, err := filepath.Glob(filepath.Join(escapeGlob(l.folder), pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := os.RemoveAll(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// plan compares the declared files with the books.
func (l *loader) plan(ctx context.Context) error {
	problems := checkDeclarations(l.Datasets)
	files := map[string][]string{}
	l.old = l.readOld(ctx)
	for _, d := range l.Datasets {
		found, err := findFiles(l.Dir, d)
		problems = gather(problems, err)
		for _, f := range found {
			files[d.Name] = append(files[d.Name], f.name)
			j, err := l.job(d, f)
			problems = gather(problems, err)
			l.jobs = append(l.jobs, j)
		}
	}
	relations, found := describe(l.Datasets, files)
	problems = append(problems, found...)
	if len(problems) > 0 {
		return problems.Err()
	}
	l.relations, l.next = relations, l.old.nextID()
	l.findRemoved()
	descriptions, err := encodeRelations(relations)
	l.stale = l.stale || len(l.removed) > 0 || l.old.relations == nil || !slices.Equal(descriptions, l.old.relations)
	return err
}

// readOld reads the books of the warehouse. One that is missing, damaged or of
// another version counts as empty: it is derived and built anew.
func (l *loader) readOld(ctx context.Context) books {
	w, err := Open(ctx, l.Dir)
	if err != nil {
		return books{}
	}
	b, err := readBooks(ctx, w)
	if err = errors.Join(err, w.Close()); err != nil {
		return books{}
	}
	return b
}

// job decides whether a file needs reading.
func (l *loader) job(d Dataset, f file) (job, error) {
	adapter, err := adapterFor(d, f, l.Adapters)
	if err != nil {
		return job{}, err
	}
	j := job{dataset: d, adapter: adapter, file: f, declaration: d.declaration(l.Calendar)}
	if old, ok := l.old.find(d.Name, f.name); ok {
		j.earlier = &old
	}
	if j.earlier != nil && j.earlier.declaration == j.declaration {
		if j.hash, err = digest(f.path); err != nil {
			return j, err
		}
		j.unchanged = j.hash == j.earlier.Hash
	}
	if !j.unchanged {
		l.stale = true
		l.total += f.size
	}
	return j, nil
}

// findRemoved notes the files of the books that are no longer declared or there.
func (l *loader) findRemoved() {
	for _, e := range l.old.entries {
		still := slices.ContainsFunc(l.jobs, func(j job) bool { return j.dataset.Name == e.Dataset && j.file.name == e.File })
		if !still {
			l.removed = append(l.removed, e)
		}
	}
}

// unchanged returns the loads of a warehouse that is up to date.
func (l *loader) unchanged(ctx context.Context) (loads Loads, err error) {
	w, err := Open(ctx, l.Dir)
	if err != nil {
		return Loads{}, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	loads.Rejects, err = w.Rejects(ctx)
	for _, e := range l.old.entries {
		loads.Files = append(loads.Files, e.FileLoad)
	}
	return loads, err
}

// run loads into a copy of the warehouse and puts it in the warehouse's place.
func (l *loader) run(ctx context.Context) (loads Loads, err error) {
	working := filepath.Join(l.folder, loadingFile)
	if err := l.sweep(); err != nil {
		return Loads{}, err
	}
	defer func() { err = errors.Join(err, l.sweep()) }()
	if err := l.copyOld(working); err != nil {
		return Loads{}, err
	}
	if loads, err = l.fill(ctx, working); err != nil {
		return loads, err
	}
	return loads, replaceFile(working, filepath.Join(l.folder, warehouseFile))
}

// copyOld copies the warehouse, unless nothing of it would stay.
func (l *loader) copyOld(working string) error {
	if !slices.ContainsFunc(l.jobs, func(j job) bool { return j.unchanged }) {
		l.old, l.next = books{}, 1
		for i := range l.jobs {
			l.jobs[i].earlier = nil
		}
		f, err := os.Create(working) // DuckDB would say in its own words that it cannot
		if err != nil {
			return err
		}
		return errors.Join(f.Close(), os.Remove(working))
	}
	return copyFile(filepath.Join(l.folder, warehouseFile), working)
}

// fill brings the working copy up to date.
func (l *loader) fill(ctx context.Context, working string) (loads Loads, err error) {
	spill := filepath.Join(l.folder, "spill-load")
	db, err := openDatabase(ctx, slices.Concat(safety, []string{
		"SET memory_limit = '" + loadMemory + "'",
		fmt.Sprintf("SET threads = %d", min(runtime.NumCPU(), loadThreads)),
		"SET temp_directory = " + analysis.Literal(spill),
		// A CAST that two expressions share would be computed outside both TRYs.
		"SET disabled_optimizers = 'common_subexpressions'",
		attach(working, false),
	}), []string{"USE warehouse"})
	if err != nil {
		return Loads{}, fmt.Errorf("open the warehouse's copy: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if l.conn, err = db.Conn(ctx); err != nil {
		return Loads{}, err
	}
	defer func() { err = errors.Join(err, l.conn.Close()) }()
	if len(l.old.entries) == 0 && l.next == 1 {
		if err := execute(ctx, l.conn, bookkeeping...); err != nil {
			return Loads{}, err
		}
	}
	if err := l.clear(ctx); err != nil {
		return Loads{}, err
	}
	if loads, err = l.loadAll(ctx); err != nil {
		return loads, err
	}
	if err := l.describeAll(ctx); err != nil {
		return Loads{}, err
	}
	loads.Rejects, err = readRejects(ctx, l.conn)
	if err != nil {
		return Loads{}, err
	}
	return loads, execute(ctx, l.conn, "CHECKPOINT warehouse", "USE memory", "DETACH warehouse")
}

// loadAll loads every job that needs it. A file that cannot be read does not keep
// the others from being tried, so that all problems are told at once.
func (l *loader) loadAll(ctx context.Context) (Loads, error) {
	var loads Loads
	var problems analysis.Problems
	for _, j := range l.jobs {
		result := FileLoad{Dataset: j.dataset.Name, File: j.file.name, State: Failed}
		switch {
		case j.unchanged:
			result = j.earlier.FileLoad
		default:
			loaded, err := l.loadFile(ctx, j)
			if ctx.Err() != nil {
				return Loads{}, ctx.Err()
			}
			problems = gather(problems, err)
			if err == nil {
				result = loaded
			}
		}
		loads.Files = append(loads.Files, result)
	}
	for _, e := range l.removed {
		loads.Files = append(loads.Files, FileLoad{Dataset: e.Dataset, File: e.File, Hash: e.Hash, State: Removed})
	}
	slices.SortFunc(loads.Files, compareFileLoads)
	return loads, problems.Err()
}
