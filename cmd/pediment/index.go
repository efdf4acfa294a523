package main

import (
	"context"

	"pediment/analysis"
	"pediment/reports"
)

// index adds the chapter "Composite index" to the report.
func (w *work) index(ctx context.Context) error {
	return nil
}

// buildIndex puts indicators together into an index.
func (w *work) buildIndex(ctx context.Context) (analysis.Result, error) {
	return analysis.Result{}, nil
}

var _ = reports.Index

// indexSettings is index: in pediment.yaml.
type indexSettings struct {
	At analysis.Position
}

func (p *project) checkIndex() analysis.Problems { return nil }
