package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Somebody who interrupts is told that, and of no fault of the data.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, projectFile), []byte("city: Testville\ndatasets:\n  s: {kind: survey, files: s.csv, columns: {period: {type: period}}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "s.csv"), []byte("period\n2025\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errOut bytes.Buffer
	if code := run(ctx, []string{"-q", "-C", dir, "report"}, nil, &out, &errOut); code != exitProblems || errOut.String() != "pediment: interrupted; nothing is half written\n" {
		t.Errorf("exit %d: %q", code, errOut.String())
	}
}
