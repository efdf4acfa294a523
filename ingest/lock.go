package ingest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"pediment/analysis"
)

// patience is how long a load waits for another one to end, and lockPause how
// long it waits between two looks.
const (
	patience  = time.Minute
	lockPause = 50 * time.Millisecond
)

// lock keeps a second load of the folder away while one runs; it waits for one
// that runs already. The operating system lets go of it when the process ends,
// however it ends.
func lock(ctx context.Context, folder string, wait time.Duration) (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(folder, "load.lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for until := time.Now().Add(wait); ; {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f.Close, nil
		}
		switch {
		case !errors.Is(err, syscall.EWOULDBLOCK):
			return nil, errors.Join(err, f.Close())
		case time.Now().After(until):
			return nil, errors.Join(analysis.Problem{
				Position: analysis.Position{File: filepath.Base(folder)},
				Message:  "another load of this folder is running",
				Hint:     "wait until it has ended",
			}, f.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-time.After(lockPause):
		}
	}
}

// notWritable says in plain words that the folder cannot be written to, where
// that is what err means.
func notWritable(folder string, err error) error {
	var failed *fs.PathError
	if !errors.As(err, &failed) || !errors.Is(failed, fs.ErrPermission) && !errors.Is(failed, syscall.EROFS) {
		return err
	}
	return analysis.Problem{
		Position: analysis.Position{File: filepath.Base(folder)},
		Message:  "there is something to load, but this folder cannot be written to",
		Hint:     "ask for the right to write to " + filepath.Dir(folder) + ", or copy it to a folder of your own and work there",
	}
}
