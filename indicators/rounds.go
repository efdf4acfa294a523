package indicators

import (
	"cmp"
	"context"
	"slices"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// noteRounds notes the indicators of a survey whose rounds were drawn apart. Rounds
// put together overlap, so that they are not.
func (e *evaluator) noteRounds(g *gathered) {
	for _, i := range e.wanted {
		if i.estimated() && i.num.relation.Name == g.relation.Name {
			e.out.errors.independent[i.Code] = !g.relation.Sample.SamePSUs && e.query.Pool <= 1
		}
	}
}

// correlateRounds estimates how the errors of the rounds of a survey that keeps its
// PSUs hang together: all rounds as one sample, each a domain of it. Groups take
// part when the query asks for their covariance.
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
			request.Estimates = append(request.Estimates, e.asksByRound(i, cmp.Or(g.sql(), "period"))...)
		}
	}
	answers, _, err := survey.Estimate(ctx, rows, request)
	if err != nil {
		e.warn(g.relation.Name, "rounds are compared as if they were independent: "+err.Error())
		return nil
	}
	e.out.errors.across.note(e.place, "", answers)
	return nil
}

// asksByRound are an indicator's asks with the round as the first column of each
// breakdown: of the whole, and of groups when their covariance is wanted.
func (e *evaluator) asksByRound(i bound, round string) []survey.Ask {
	asks := e.asks(i)
	if !e.query.Covariance || !e.studied(i.Code) {
		asks = asks[:1]
	}
	for k := range asks {
		asks[k].By = append([]string{round}, asks[k].By...)
		asks[k].Covariance = true
	}
	return asks
}
