package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"pediment/analysis"
)

// lockLedger keeps other publications away until it is unlocked, and refuses one
// whose number was taken since it was computed: it was not checked against that. The
// operating system lets go of the lock when the process ends, however it ends.
func (p *project) lockLedger(one publication) (unlock func() error, err error) {
	path := filepath.Join(p.dir, ledgerFolder)
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, notWritten(err)
	}
	folder, err := os.Open(path)
	if err != nil {
		return nil, notWritten(err)
	}
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", ledgerFolder, err), folder.Close())
	}
	names, err := folder.Readdirnames(-1)
	for _, name := range names {
		if m := ledgerFile.FindStringSubmatch(name); m != nil {
			if n, _ := strconv.Atoi(m[1]); n >= one.Number {
				err = analysis.Problem{
					Position: analysis.Position{File: ledgerFolder + "/" + name},
					Message:  fmt.Sprintf("it was published meanwhile, so number %d is taken and nothing was written", one.Number),
					Hint:     "run publish again: the values will be checked against this publication too",
				}
			}
		}
	}
	if err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	return folder.Close, nil
}

// notWritten says in plain words that the ledger cannot be written.
func notWritten(err error) error {
	return ledgerProblem(err, "cannot be written", "nothing was published; ask for the right to write to the city's folder, or publish from a place where you have it")
}

// notRead says in plain words that the ledger cannot be read.
func notRead(err error) error {
	return ledgerProblem(err, "cannot be read", "ledger is the folder in which publish keeps what was published; see that it is a folder and that you may read it")
}

func ledgerProblem(err error, what, hint string) error {
	var failed *fs.PathError
	if !errors.As(err, &failed) {
		return err
	}
	return analysis.Problem{Position: analysis.Position{File: ledgerFolder}, Message: fmt.Sprintf("the ledger %s: %v", what, failed.Err), Hint: hint}
}
