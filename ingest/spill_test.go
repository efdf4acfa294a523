package ingest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestSpillFolders leaves a folder behind as a killed process does, with another
// one in use: opening a warehouse removes the first, closing it its own.
func TestSpillFolders(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := newCity(t, map[string]string{"data/a.csv": "period,persons\n2023,1\n"})
	c.load(visitsDeclared)
	left := filepath.Join(os.TempDir(), "pediment-spill-123")
	must(t, os.MkdirAll(left, 0o700))
	must(t, os.WriteFile(filepath.Join(left, "duckdb_temp_storage-0.tmp"), []byte("x"), 0o600))
	used, remove, err := newSpill()
	must(t, err)
	if _, err := os.Stat(left); err == nil {
		t.Error("a folder nobody uses was kept")
	}
	w, err := Open(context.Background(), c.dir)
	must(t, err)
	if _, err := os.Stat(used); err != nil {
		t.Errorf("a folder in use is gone: %v", err)
	}
	must(t, w.Close())
	must(t, remove())
	entries, err := os.ReadDir(os.TempDir())
	must(t, err)
	if len(entries) > 0 {
		t.Errorf("left over: %v", entries)
	}
}

// TestSpillFoldersSideBySide makes folders at once, each sweeping.
func TestSpillFoldersSideBySide(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				folder, remove, err := newSpill()
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := os.Stat(folder); err != nil {
					t.Error(err)
				}
				if err := remove(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}
