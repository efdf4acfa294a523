package main

import (
	"context"
	"fmt"

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

// privacySettings is privacy: in pediment.yaml.
type privacySettings struct {
	At           analysis.Position
	SmallestCell *int64 `yaml:"smallest_cell"`
}

func (s privacySettings) check() analysis.Problems {
	if n := s.SmallestCell; n != nil && *n < 0 {
		at := analysis.Position{File: projectFile}
		return analysis.Problems{{Position: at, Message: fmt.Sprintf("privacy: smallest_cell: %d is less than 0", *n), Hint: "write 0 to withhold nothing"}}
	}
	return nil
}

// defaultSmallestCell is the fewest people a published cell may stand for when
// the city declares nothing.
const defaultSmallestCell = 10

// smallestCell is the fewest people a published cell may stand for.
func (p *project) smallestCell() int64 {
	if n := p.settings.Privacy.SmallestCell; n != nil {
		return *n
	}
	return defaultSmallestCell
}
