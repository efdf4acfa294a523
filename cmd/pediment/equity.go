package main

import (
	"context"

	"pediment/analysis"
	"pediment/reports"
)

// fairness adds the chapter "Gaps between groups" to the report.
func (w *work) fairness(ctx context.Context) error {
	return nil
}

// measureEquity measures inequality between groups.
func (w *work) measureEquity(ctx context.Context) (analysis.Result, error) {
	return analysis.Result{}, nil
}

var _ = reports.Fairness

// equitySettings is equity: in pediment.yaml.
type equitySettings struct {
	At analysis.Position
}

func (p *project) checkEquity() analysis.Problems { return nil }
