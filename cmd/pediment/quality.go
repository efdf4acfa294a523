package main

import (
	"context"

	"pediment/analysis"
	"pediment/reports"
)

// quality adds the chapter "Quality of the data" to the report.
func (w *work) quality(ctx context.Context) error {
	return nil
}

// assessQuality checks the data against what the city expects of them.
func (w *work) assessQuality(ctx context.Context) (analysis.Result, error) {
	return analysis.Result{}, nil
}

var _ = reports.Quality

// qualitySettings is quality: in pediment.yaml.
type qualitySettings struct {
	At analysis.Position
}

func (p *project) checkQuality() analysis.Problems { return nil }
