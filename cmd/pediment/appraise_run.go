package main

import (
	"context"
	"fmt"
	"time"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
)

// appraised is one appraisal computed.
type appraised struct {
	model  *costbenefit.Model
	result analysis.Result
	heard  answers // what the data answered it
}

// appraise computes the appraisals as of a day.
func (d *dossier) appraise(ctx context.Context, day time.Time) ([]appraised, error) {
	models, problems := d.compile(ctx, day)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, problems.Err()
	}
	if err := d.knowsAll(models); err != nil {
		return nil, err
	}
	done := make([]appraised, len(models))
	for k, m := range models {
		one, err := d.app.appraiseModel(ctx, m)
		if err != nil {
			return nil, fmt.Errorf("appraise %s: %w", m.Appraisal.Name, err)
		}
		one.heard = d.heard
		done[k] = one
	}
	return done, nil
}

// appraiseModel computes one appraisal, with a bar while it is simulated.
func (a *app) appraiseModel(ctx context.Context, m *costbenefit.Model) (appraised, error) {
	var progress func(done, total int)
	if a.terminal() && !a.quiet {
		bar := newDrawsBar(a.err, m.Appraisal.Title)
		defer bar.stop()
		progress = bar.show
	}
	result, err := m.Result(ctx, progress)
	return appraised{model: m, result: result}, err
}
