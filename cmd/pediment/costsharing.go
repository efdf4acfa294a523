package main

import (
	"context"

	"pediment/analysis"
	"pediment/analysis/costsharing"
)

// costSharing divides the costs that partners.yaml says are shared. It needs no
// data but where it takes benefits from an appraisal.
func (w *work) costSharing(ctx context.Context) (analysis.Result, error) {
	cases, err := w.project.readPartners(costsharing.Setup{
		Currency: w.project.settings.Currency,
		Appraise: w.appraisedShare(ctx),
	})
	if err != nil {
		return analysis.Result{}, err
	}
	if len(cases) == 0 {
		return analysis.Result{}, nothingShared()
	}
	return costsharing.Result("Cost-sharing of "+w.project.settings.City, cases, today()), nil
}

// appraisedShare returns what reads the cost and the benefits of an option off an
// appraisal; nil refuses arrangements that ask for one.
func (w *work) appraisedShare(context.Context) func(file, option string) (costsharing.Appraised, error) {
	return nil
}
