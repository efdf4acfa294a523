package main

import (
	"context"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/costsharing"
)

// checkPartners returns the mistakes of partners.yaml. Appraisals it takes amounts
// from that cannot be measured, and those with mistakes, are told of elsewhere.
func (a *app) checkPartners(ctx context.Context, p *project, measurable bool) analysis.Problems {
	var unmeasured error
	if !measurable {
		unmeasured = errUnmeasured
	}
	_, err := p.readPartners(costsharing.Setup{Currency: p.settings.Currency, Appraise: a.appraisedShare(ctx, p, unmeasured)})
	problems, err := asProblems(err)
	if err != nil {
		problems = append(problems, analysis.Problem{Position: analysis.Position{File: partnersFile}, Message: err.Error()})
	}
	return slices.DeleteFunc(problems, func(p analysis.Problem) bool { return aboutUnmeasured(p) })
}

// aboutUnmeasured reports whether a problem is only that data cannot be read.
func aboutUnmeasured(p analysis.Problem) bool {
	return strings.HasSuffix(p.Message, errUnmeasured.Error())
}

// onlyUnmeasured reports whether all problems are that data cannot be read.
func onlyUnmeasured(problems analysis.Problems) bool {
	return !slices.ContainsFunc(problems, func(p analysis.Problem) bool { return !aboutUnmeasured(p) })
}
