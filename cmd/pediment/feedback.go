package main

import (
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"

	"pediment/analysis"
	"pediment/ingest"
	"pediment/reports"
)

// remarksFile is the city's own book of remarks. Datasets of kind feedback hold those
// that were collected elsewhere.
const remarksFile = "feedback.jsonl"

// feedbackSettings is what pediment.yaml says of remarks under feedback:.
type feedbackSettings struct {
	Open bool `yaml:"open"` // anybody may leave one, without an account
}

// readBook adds the published remarks of the city's own book to those of datasets.
func (w *work) readBook() error {
	published, err := reports.OpenRemarks(filepath.Join(w.project.dir, remarksFile)).Published()
	w.remarks = append(w.remarks, published...)
	return err
}

// hashRemarks adds the remarks the report prints to the hash of its inputs. Those that
// nobody has published leave it as it is.
func (w *work) hashRemarks(hash io.Writer) {
	for _, r := range w.remarks {
		fmt.Fprintf(hash, "%q\n", r)
	}
}

// checkBook reports lines of the book that cannot be read, and a published report that
// the dashboard could not show.
func (p *project) checkBook() (analysis.Problems, error) {
	_, problems, err := reports.OpenRemarks(filepath.Join(p.dir, remarksFile)).Entries()
	if err != nil {
		return problems, err
	}
	_, err = p.lastReport()
	var damaged analysis.Problem
	if errors.As(err, &damaged) {
		return append(problems, damaged), nil
	}
	return problems, err
}

// ownsBook reports a dataset that reads the book: its lines are decisions as well as
// remarks, some of which nobody may read yet.
func ownsBook(d ingest.Dataset) analysis.Problems {
	var problems analysis.Problems
	for _, file := range d.Files {
		if matched, _ := path.Match(path.Clean(filepath.ToSlash(file.Value)), remarksFile); matched {
			problems = append(problems, analysis.Problem{
				Position: file.At,
				Message:  fmt.Sprintf("%s: %s is the book of remarks, which the report reads by itself", d.Name, remarksFile),
				Hint:     "take the dataset out: its remarks stay in the report; a dataset of kind feedback is for remarks in another file",
			})
		}
	}
	return problems
}
