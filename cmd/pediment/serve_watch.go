package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// watched are the files a report is made of besides the data, which load reads. Who
// can sign in and what readers leave is looked at when it is asked for.
var watched = []string{
	".pediment/warehouse.duckdb", "*.yaml", "*.csv", "*.json", "*.geojson", issuesFile,
	"indicators/*", "notes/*", "notes/*/*", "appraisals/*", "margins/*", ledgerFolder + "/*",
}

// folderState names the state of everything the pages are made from: files by their
// identity, size and time, remarks by what is published of them.
func (s *service) folderState() (string, error) {
	hash := sha256.New()
	root := os.DirFS(s.app.dir)
	for _, pattern := range watched {
		names, err := fs.Glob(root, pattern)
		if err != nil {
			return "", err
		}
		for _, name := range names {
			if name != accountsFile {
				fmt.Fprintf(hash, "%q %s\n", name, identity(filepath.Join(s.app.dir, name)))
			}
		}
	}
	published, err := s.remarks.Published()
	fmt.Fprintf(hash, "%q\n", published)
	return hex.EncodeToString(hash.Sum(nil)), err
}

// identity tells whether a file is another one or was written to.
func identity(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "gone"
	}
	inode := uint64(0)
	if unix, ok := info.Sys().(*syscall.Stat_t); ok {
		inode = unix.Ino
	}
	return fmt.Sprintf("%d %d %d", inode, info.Size(), info.ModTime().UnixNano())
}
