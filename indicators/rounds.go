package indicators

import (
	"cmp"
	"context"
	"slices"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// roundPair names two values of an indicator at a place.
type roundPair struct {
	code, place, first, last string
}

// Correlation returns the correlation of the sampling errors of two values of one
// indicator for all groups together: what they share where a survey keeps its
// PSUs from round to round, 0 for independent rounds.
func (e Evaluation) Correlation(a, b analysis.Value) float64 {
	if len(a.Group) > 0 || len(b.Group) > 0 || a.Place != b.Place {
		return 0
	}
	first, last := a.Period.Label, b.Period.Label
	if first > last {
		first, last = last, first
	}
	return e.correlations[roundPair{a.Code, a.Place, first, last}]
}

// correlateRounds estimates the correlation of the rounds of a survey that keeps
// its PSUs: all rounds as one sample, each a domain of it.
func (e *evaluator) correlateRounds(ctx context.Context, rows analysis.Rows, g *gathered) error {
	sample := g.relation.Sample
	if !sample.SamePSUs || len(g.periods) < 2 || sample.NonProbability || sample.Replicates != nil || e.query.Pool > 1 {
		return nil
	}
	if sample.Calibrate != nil {
		e.warn(g.relation.Name, "rounds share PSUs, but their weights are calibrated one by one: changes are judged as if rounds were independent, which overstates their error")
		return nil
	}
	whole := analysis.Period{Label: "every round"}
	all := *g
	all.parts = map[string][]analysis.Period{}
	for _, parts := range g.parts {
		all.parts[whole.Label] = append(all.parts[whole.Label], parts...)
	}
	design, err := e.designOf(&all, whole)
	if err != nil {
		return err
	}
	design.Strata = slices.DeleteFunc(design.Strata, func(column string) bool { return column == "period" })
	design.Nest = sample.Nested
	request := survey.Request{RowFilter: &survey.Filter{SQL: all.rowsOf([]analysis.Period{whole})}, Design: design}
	for _, i := range e.wanted {
		if i.estimated() && i.num.relation.Name == g.relation.Name {
			ask := e.asks(i)[0]
			ask.By, ask.Covariance = []string{cmp.Or(g.sql(), "period")}, true
			request.Estimates = append(request.Estimates, ask)
		}
	}
	answers, _, err := survey.Estimate(ctx, rows, request)
	if err != nil {
		e.warn(g.relation.Name, "rounds are compared as if they were independent: "+err.Error())
		return nil
	}
	e.correlate(answers)
	return nil
}

// correlate notes the correlations of answers that are one indicator's rounds.
func (e *evaluator) correlate(answers []survey.Answer) {
	if e.out.correlations == nil {
		e.out.correlations = map[roundPair]float64{}
	}
	byCode := map[string][]survey.Answer{}
	for _, a := range answers {
		byCode[a.ID] = append(byCode[a.ID], a)
	}
	for id, rounds := range byCode {
		code := id[:len(id)-1] // the total's by-set is empty
		for j, a := range rounds {
			for k, b := range rounds {
				first, last := a.By[0].Value, b.By[0].Value
				if first < last && a.SE > 0 && b.SE > 0 {
					if r := rounds[j].Covariance[k] / (a.SE * b.SE); r == r {
						e.out.correlations[roundPair{code, e.place, first, last}] = r
					}
				}
			}
		}
	}
}
