package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"pediment/analysis"
)

// lock keeps a second load of the folder away while one runs. The operating
// system lets go of it when the process ends, however it ends.
func lock(folder string) (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(folder, "load.lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = analysis.Problem{
			Position: analysis.Position{File: filepath.Base(folder)},
			Message:  "another load of this folder is running",
			Hint:     "wait until it has ended",
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
