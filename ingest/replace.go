package ingest

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// copyFile copies a file; where the file system can share blocks nothing is copied.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	_, err = io.Copy(out, in)
	return err
}

// replaceFile puts the file ready in the place of target so that after a crash
// target is either the old file or the whole new one.
func replaceFile(ready, target string) error {
	if err := syncFile(ready); err != nil {
		return err
	}
	if err := os.Rename(ready, target); err != nil {
		return err
	}
	return syncFile(filepath.Dir(target))
}

// syncFile brings a file or folder to disk.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// escapeGlob returns a glob that matches name alone, for Go and for DuckDB, which
// takes every path it reads for a glob.
func escapeGlob(name string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(name)
}
