package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
)

// file is one file a dataset is made of.
type file struct {
	path string // where it is
	name string // relative to the city's folder where it lies in it, with forward slashes
	size int64
}

// findFiles returns the files the dataset's globs match, sorted by name and each
// once. A glob without a match is a problem. Files that begin with "~$", which
// spreadsheet programs leave while a workbook is open, are passed over.
func findFiles(dir string, d Dataset) ([]file, error) {
	var files []file
	var problems analysis.Problems
	for _, glob := range d.Files {
		found, err := matchFiles(dir, glob.Value)
		if err != nil {
			problems = append(problems, analysis.Problem{Position: glob.At, Message: fmt.Sprintf("files %q: %v", glob.Value, err)})
			continue
		}
		if len(found) == 0 {
			problems = append(problems, analysis.Problem{Position: glob.At, Message: fmt.Sprintf("no file matches %q", glob.Value), Hint: nearFiles(dir, glob.Value)})
		}
		files = append(files, found...)
	}
	if len(d.Files) == 0 {
		problems = append(problems, analysis.Problem{Position: d.At, Message: d.Name + ": no files are named", Hint: "files: data/….csv"})
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(files, func(a, b file) bool { return a.name == b.name }), problems.Err()
}

// matchFiles returns the files a glob matches. A glob that is the name of a file
// as it stands, brackets and all, is that file.
func matchFiles(dir, glob string) ([]file, error) {
	whole := filepath.FromSlash(glob)
	if !filepath.IsAbs(whole) {
		whole = filepath.Join(dir, whole)
	}
	if f, ok := regular(dir, whole); ok {
		return []file{f}, nil
	}
	// Only the part from the first wildcard on is a pattern: the city's folder
	// may have brackets in its name.
	base, pattern := whole, ""
	for hasWildcard(strings.TrimPrefix(base, filepath.Clean(dir))) {
		pattern = path.Join(filepath.Base(base), pattern)
		base = filepath.Dir(base)
	}
	if pattern == "" {
		return nil, nil
	}
	names, err := fs.Glob(os.DirFS(base), pattern)
	if err != nil {
		return nil, err
	}
	var files []file
	for _, name := range names {
		f, ok := regular(dir, filepath.Join(base, filepath.FromSlash(name)))
		if ok && !strings.HasPrefix(path.Base(name), "~$") {
			files = append(files, f)
		}
	}
	return files, nil
}

func hasWildcard(name string) bool { return strings.ContainsAny(name, `*?[`) }

// regular returns the file at whole, and whether it is one.
func regular(dir, whole string) (file, bool) {
	info, err := os.Stat(whole)
	if err != nil || !info.Mode().IsRegular() {
		return file{}, false
	}
	name := whole
	if relative, err := filepath.Rel(dir, whole); err == nil && filepath.IsLocal(relative) {
		name = relative
	}
	return file{path: whole, name: filepath.ToSlash(name), size: info.Size()}, true
}

// nearFiles names a file the glob may have meant.
func nearFiles(dir, glob string) string {
	folder := filepath.Dir(filepath.Join(dir, filepath.FromSlash(glob)))
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "there is no folder " + path.Dir(filepath.ToSlash(glob))
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if len(names) == 0 {
		return "the folder is empty"
	}
	return or(analysis.Suggest(path.Base(glob), names), "the folder holds "+someNames(names))
}

// digest returns the SHA-256 of the file's content.
func digest(name string) (sum string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, onlyReader{f}, make([]byte, 1<<18)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// onlyReader hides every method but Read, so that io.CopyBuffer uses its buffer.
type onlyReader struct{ io.Reader }
