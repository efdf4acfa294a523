package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// spillPattern names the folders in the system's temporary folder that queries
// with much to sort or join spill into.
const spillPattern = "pediment-spill-*"

// newSpill makes a folder to spill into. It is locked as long as it is in use: the
// operating system lets go of it when the process ends, however it ends, and the
// next newSpill removes it.
func newSpill() (folder string, remove func() error, err error) {
	if err := sweepSpills(); err != nil {
		return "", nil, err
	}
	for {
		folder, err = os.MkdirTemp("", spillPattern)
		if err != nil {
			return "", nil, err
		}
		f, err := os.Open(folder)
		if errors.Is(err, os.ErrNotExist) {
			continue // swept by another process before it was locked
		}
		if err != nil {
			return "", nil, err
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
			return "", nil, errors.Join(err, f.Close())
		}
		if _, err := os.Stat(folder); err == nil {
			return folder, func() error { return errors.Join(os.RemoveAll(folder), f.Close()) }, nil
		}
		if err := f.Close(); err != nil {
			return "", nil, err
		}
	}
}

// sweepSpills removes the folders no process uses any more. Those of other users
// are left alone.
func sweepSpills() error {
	folders, err := filepath.Glob(filepath.Join(escapeGlob(os.TempDir()), spillPattern))
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if err := sweepSpill(folder); err != nil && !errors.Is(err, os.ErrNotExist) && !errors.Is(err, os.ErrPermission) {
			return err
		}
	}
	return nil
}

// sweepSpill removes the folder unless it is in use or another user's.
func sweepSpill(folder string) (err error) {
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); !info.IsDir() || !ok || int(owner.Uid) != os.Getuid() {
		return nil
	}
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.RemoveAll(folder)
}
