package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/ingest"
	"pediment/reports"
)

// ledgerWork is a run with the values to publish, in a folder of its own.
func ledgerWork(t *testing.T, dir string, values []analysis.Value) *work {
	t.Helper()
	p := &project{dir: dir, calendar: analysis.Calendar{SchoolStart: time.September}}
	year, err := p.calendar.ParsePeriod("2025")
	if err != nil {
		t.Fatal(err)
	}
	w := &work{app: &app{edition: disclosure.Public}, project: p, year: year}
	w.evaluated.Values = values
	w.sources = []ingest.FileLoad{{Dataset: "a", File: "data/a.csv", Hash: "1"}}
	if err := w.consult(); err != nil {
		t.Fatal(err)
	}
	return w
}

func ledgerValue(t *testing.T, period string, x float64) analysis.Value {
	t.Helper()
	p, err := analysis.Calendar{SchoolStart: time.September}.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	v := analysis.Value{Code: "own.1", Name: "Größe, \"quoted\"", Period: p, Unit: "per 1,000", Estimate: analysis.Unknown(), Numerator: x * 3, Denominator: math.NaN(), Definition: "d1"}
	v.Value, v.SE, v.N = x, x/7, 42
	return v
}

// What is read back is what was published, to the last bit; nothing of a withheld
// value is in the file.
func TestLedgerKeepsValues(t *testing.T) {
	shown := ledgerValue(t, "2024/25", 1.0/3)
	shown.Group = analysis.Group{{Column: "sex", Value: "w"}, {Column: "a=b, c", Value: "x\ny\u2028"}}
	secret := ledgerValue(t, "2025", 77.125)
	secret.Withhold(analysis.Confidential, "fewer than 10 people")
	secret.N, secret.Missing = 7, 3 // that nobody took away
	dir := t.TempDir()
	w := ledgerWork(t, dir, []analysis.Value{shown, secret})
	one := w.publication("2026-01-31")
	if err := w.appendLedger(one, &reports.Report{}); err != nil {
		t.Fatal(err)
	}
	if err := w.appendLedger(one, &reports.Report{}); err == nil || !strings.Contains(err.Error(), "number 1 is taken") {
		t.Errorf("a publication was written over: %v", err)
	}
	all, err := w.project.readLedger()
	if err != nil || len(all) != 1 || len(all[0].values) != 2 {
		t.Fatalf("ledger %+v, %v", all, err)
	}
	got := all[0].values[0]
	if got.Value != shown.Value || got.SE != shown.SE || got.N != 42 || got.Numerator != 1 || !math.IsNaN(got.Denominator) ||
		!reflect.DeepEqual(got.Group, shown.Group) || got.Period != shown.Period || got.Definition != "d1" {
		t.Errorf("read %+v, published %+v", got, shown)
	}
	if got := all[0].values[1]; got.State != analysis.Confidential || !math.IsNaN(got.Value) || got.N != 0 {
		t.Errorf("of a withheld value the ledger says %+v", got)
	}
	if again := ledgerWork(t, dir, []analysis.Value{shown, secret}); again.ledger.same == nil || len(again.ledger.earlier) != 0 || again.inputs() != one.Inputs {
		t.Errorf("the publication of the same inputs counts as earlier: %+v", again.ledger)
	}
}

// Any byte of a publication that changed, or is gone, is found.
func TestLedgerNoticesDamage(t *testing.T) {
	dir := t.TempDir()
	w := ledgerWork(t, dir, []analysis.Value{ledgerValue(t, "2024", 5), ledgerValue(t, "2025", 6)})
	one := w.publication("2026-01-31")
	if err := w.appendLedger(one, &reports.Report{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, one.file)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	header := strings.IndexByte(string(whole), '\n')
	damage := map[string][]byte{
		"cut in the header": whole[:header/2],
		"cut in the values": whole[:len(whole)-20],
		"a line is gone":    append(append([]byte{}, whole[:header+1]...), whole[strings.LastIndexByte(string(whole[:len(whole)-1]), '\n')+1:]...),
		"a digit changed":   []byte(strings.Replace(string(whole), `"value":6`, `"value":7`, 1)),
		"a line is added":   append(append([]byte{}, whole...), whole[header+1:]...),
		"empty":             nil,
	}
	for name, data := range damage {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := w.project.readLedger(); err == nil || !strings.HasPrefix(err.Error(), one.file) || !strings.Contains(err.Error(), "the ledger is damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Several publish at once: one does, the others are told to look again, and what is
// there is whole. What a publish that was stopped left behind is not read.
func TestTwoPublishAtOnce(t *testing.T) {
	dir := t.TempDir()
	leftover := filepath.Join(dir, ledgerFolder, ".pediment-123")
	if err := os.MkdirAll(filepath.Dir(leftover), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(leftover, []byte(`{"publication":1,`), 0o600); err != nil {
		t.Fatal(err)
	}
	const writers = 8
	failed, start := make(chan error, writers), make(chan bool)
	for k := range writers {
		w := ledgerWork(t, dir, []analysis.Value{ledgerValue(t, "2025", float64(k))})
		one := w.publication("2026-01-31")
		one.file = strings.Replace(one.file, "2025", fmt.Sprint(2018+k), 1) // each for another year
		go func() {
			<-start // until all have looked at the ledger
			failed <- w.appendLedger(one, &reports.Report{})
		}()
	}
	close(start)
	refused := 0
	for range writers {
		if err := <-failed; err != nil {
			refused++
			if !strings.Contains(err.Error(), "number 1 is taken") || !strings.Contains(err.Error(), "run publish again") {
				t.Error(err)
			}
		}
	}
	all, err := (&project{dir: dir, calendar: analysis.Calendar{SchoolStart: time.September}}).readLedger()
	if refused != writers-1 || err != nil || len(all) != 1 {
		t.Errorf("%d of %d refused, %d publications, %v", refused, writers, len(all), err)
	}
}

// A ledger that cannot be read or written says so and what to do.
func TestLedgerOutOfReach(t *testing.T) {
	dir := t.TempDir()
	w := ledgerWork(t, dir, []analysis.Value{ledgerValue(t, "2025", 5)})
	if err := os.WriteFile(filepath.Join(dir, ledgerFolder), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := w.appendLedger(w.publication("2026-01-31"), &reports.Report{}); err == nil || err.Error() != "ledger: the ledger cannot be written: not a directory (nothing was published; ask for the right to write to the city's folder, or publish from a place where you have it)" {
		t.Errorf("written: %v", err)
	}
	if _, err := w.project.readLedger(); err == nil || !strings.HasPrefix(err.Error(), "ledger: the ledger cannot be read: not a directory (") {
		t.Errorf("read: %v", err)
	}
}

// The last publication that gave a number counts, whatever came after.
func TestRestatements(t *testing.T) {
	first, second := ledgerValue(t, "2024", 5), ledgerValue(t, "2024", 6)
	gone, same, fresh, hidden := ledgerValue(t, "2021", 1), ledgerValue(t, "2022", 2), ledgerValue(t, "2023", 3), ledgerValue(t, "2020", 4)
	now := hidden
	now.Withhold(analysis.Confidential, "fewer than 10 people")
	w := &work{app: &app{}, project: &project{}}
	w.evaluated.Values = []analysis.Value{now, same, fresh, ledgerValue(t, "2024", 7)}
	w.ledger.earlier = []publication{
		{Number: 1, values: []analysis.Value{hidden, gone, same, first}},
		{Number: 2, Engine: engine(), values: []analysis.Value{same, second}},
	}
	changed, n := w.restatements()
	if n != 1 || len(changed) != 3 {
		t.Fatalf("%d new, %d changed: %+v", n, len(changed), changed)
	}
	if r := changed[1]; r.then.Value != 6 || r.from.Number != 2 || r.now.Value != 7 || r.why != "weights, margins or settings changed" {
		t.Errorf("restated %+v", r)
	}
	if r := changed[2]; r.then.Value != 1 || r.now.Reason != "it is no longer computed" {
		t.Errorf("gone %+v", r)
	}
	text, err := json.Marshal(w.restatementTable(changed))
	if err != nil || strings.Contains(string(text), `"2020","","","per 1,000",4`) || !strings.Contains(string(text), "it is confidential now") {
		t.Errorf("a value that is withheld now is said again: %s, %v", text, err)
	}
}
