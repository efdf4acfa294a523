package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// FuzzRequest reads request files that may be anything: what is wrong with one is
// said with its place, and what is right has its places noted.
func FuzzRequest(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(referenceFolder, "*.json"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no reference cases (%v)", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text[:min(len(text), 4000)]) // a long one says no more and is slow
	}
	for _, text := range []string{
		`{"design": {"ids": "psu", "weights": null, "scale": "Inf", "calibration": {"population": {"g": {"a": 1}, "(Intercept)": 2}}}}`,
		`{"estimates": [{"op": "mean", "vars": "y", "probs": [0.5, "NA"], "coefficients": {"a": -1e999}, "level": 1e-400}]}`,
		"{\"design\": {\"seed\": -1, \"rscales\": [[1]]},\r\n\t\"estimates\": {\"é\": \xff}} {}", `[`, `{"a"`, `{"row_filter": {"sql": 1, "sql": "x"}}`, "", "null",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var r survey.Request
		d := jsonDecoder{file: "r.json", data: text, ignored: map[reflect.Type][]string{reflect.TypeFor[survey.Ask](): estimateNotes}}
		err := d.decode(&r)
		for _, p := range requestProblems(t, err) {
			if p.Position.File != "r.json" || p.Position.Line < 1 || p.Position.Column < 1 || p.Message == "" {
				t.Errorf("%q: %+v", text, p)
			}
		}
		for path, at := range d.places {
			if at.Line < 1 || at.Column < 1 {
				t.Errorf("%q: %s stands at %v", text, path, at)
			}
		}
	})
}

// requestProblems are the problems an error holds; every error must be of them.
func requestProblems(t *testing.T, err error) []analysis.Problem {
	var one analysis.Problem
	var several analysis.Problems
	switch {
	case errors.As(err, &several):
		return several
	case errors.As(err, &one):
		return []analysis.Problem{one}
	case err != nil:
		t.Errorf("an error without a position: %v", err)
	}
	return nil
}
