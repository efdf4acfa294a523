package main

import (
	"bytes"
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

// A report that was kept prints as it did: NaN, empty cells, states and texts included.
func TestKeptReportPrintsTheSame(t *testing.T) {
	dir := t.TempDir()
	writeCityFile(t, dir, "pediment.yaml", "city: Testville\nreport: {period: \"2025\"}\ndatasets:\n  courses:\n    kind: participation\n    files: data/courses.csv\n    columns:\n      period: {type: period, from: year}\n      persons: {type: integer}\n")
	writeCityFile(t, dir, "indicators/own.yaml", "- {code: own.1, name: Enrolments, kind: total, numerator: {dataset: courses, value: persons}, unit: enrolments, better: higher}\n")
	writeCityFile(t, dir, "data/courses.csv", "year,persons\n2024,4001\n2025,4321\n2025,x\n")
	writeCityFile(t, dir, "notes/own.1.md", "More than *ever*.\n")
	writeCityFile(t, dir, remarksFile, `{"text":"Why?","response":"Because."}`+"\n")
	a := &app{in: strings.NewReader(""), out: io.Discard, err: io.Discard, dir: dir, quiet: true, failOn: "never", edition: disclosure.Public}
	w, err := a.reported(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r := w.assemble()
	r.Tables = append(r.Tables, analysis.Table{Name: "cells", Columns: analysis.Columns("a", "b"), Rows: [][]any{{nil, math.NaN()}, {"text", int64(7)}, {true, 0.5}}})
	data, err := encodeReport(r)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := encodeReport(r); err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same report is kept in other bytes: %v", err)
	}
	back, err := decodeReport(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*reports.Format{reports.HTML, reports.JSON, reports.Text} {
		var then, now bytes.Buffer
		if err := f.Write(&then, r); err != nil {
			t.Fatal(err)
		}
		if err := f.Write(&now, back); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(then.Bytes(), now.Bytes()) {
			t.Errorf("%s of the kept report differs", f.Name)
		}
	}
	for name, damage := range map[string][]byte{"cut": data[:len(data)/2], "empty": nil, "text": []byte("not packed"), "other": append(bytes.Clone(data[:40]), data[41:]...)} {
		if _, err := decodeReport(damage); err == nil {
			t.Errorf("%s: a damaged report was read", name)
		}
	}
}

// A publish that is stopped between the report and its values has published nothing;
// the next one goes over what it left.
func TestHalfPublication(t *testing.T) {
	dir := t.TempDir()
	leftover := filepath.Join(dir, "ledger", "0001-2025.report.gz")
	writeCityFile(t, dir, "ledger/0001-2025.report.gz", "half")
	w := ledgerWork(t, dir, []analysis.Value{ledgerValue(t, "2025", 5)})
	if r, err := w.project.lastReport(); r != nil || err != nil {
		t.Errorf("before: %v, %v", r, err)
	}
	if err := w.appendLedger(w.publication("2026-01-31"), &reports.Report{City: "Testville"}); err != nil {
		t.Fatal(err)
	}
	if r, err := w.project.lastReport(); err != nil || r.City != "Testville" {
		t.Errorf("after: %v, %v", r, err)
	}
	if err := os.WriteFile(leftover, []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := w.project.lastReport(); err == nil || !strings.HasPrefix(err.Error(), "ledger/0001-2025.report.gz: the published report is missing, or not the one that was written on 2026-01-31 (") {
		t.Errorf("damaged: %v", err)
	}
}
