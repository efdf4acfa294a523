package survey

import (
	"context"
	"math"

	"pediment/analysis"
)

// setErrors makes the answers: values, their intervals and standard errors.
func (q *sorter) setErrors(ctx context.Context, asks []*quantileAsk) error {
	var all []*shareAt
	for _, a := range asks {
		for _, g := range a.groups {
			first := len(a.answers)
			for at := range len(a.Vars) * len(a.Probs) {
				a.answers = append(a.answers, q.newAnswer(a, g, at))
			}
			if a.Interval == "quantile" {
				if err := q.setReplicateErrors(ctx, a, g, first); err != nil {
					return err
				}
				continue
			}
			all = append(all, a.sharesOf(g, first)...)
		}
	}
	if err := q.setShareErrors(ctx, all); err != nil {
		return err
	}
	return q.setEnds(ctx, all)
}

// shareAt is the weighted share of a group's rows at or below a quantile.
type shareAt struct {
	ask     *quantileAsk
	group   *group
	at      int // variable and probability
	answer  int // of the ask
	p, se   float64
	refused error
}

// sharesOf lists the shares an ask needs for the answers of a group that can
// have an interval.
func (a *quantileAsk) sharesOf(g *group, first int) []*shareAt {
	var list []*shareAt
	for at := range len(a.Vars) * len(a.Probs) {
		answer := &a.answers[first+at]
		if answer.Error == "" && !math.IsNaN(answer.Value) && (a.NaRm || answer.Missing == 0) {
			list = append(list, &shareAt{ask: a, group: g, at: at, answer: first + at, p: g.sums[0][at+1] / g.sums[0][0]})
		}
	}
	return list
}

// setShareErrors sets the standard errors of shares: 0 where all rows are at or
// below the quantile, or none is.
func (q *sorter) setShareErrors(ctx context.Context, all []*shareAt) error {
	statistics := make([]statistic, len(all))
	for k, s := range all {
		statistics[k] = shareOf(s.group, s.at+1)
	}
	variances, refused, err := q.variances(ctx, statistics)
	if err != nil {
		return err
	}
	for k, s := range all {
		s.refused = refused[k]
		if s.p > 0 && s.p < 1 {
			s.se = math.Sqrt(variances[k])
		}
	}
	return nil
}

// shareOf is the statistic Σ w·t_k / Σ w, where the first term is one.
func shareOf(g *group, k int) statistic {
	sums := g.sums[0]
	gradient := make([]float64, len(sums))
	gradient[k], gradient[0] = 1/sums[0], -sums[k]/(sums[0]*sums[0])
	return statistic{group: g, value: func(sums []float64) float64 { return sums[k] / sums[0] }, gradient: gradient}
}

// interval is the interval of the share. Shares of 0 and 1 have just the one of
// no width that p ± t·se makes.
func (s *shareAt) interval() (low, high float64) {
	a := s.ask
	switch {
	case a.Interval == "mean" && s.se == 0 && s.group.df >= 1:
		return s.p, s.p
	case s.se == 0:
		return math.NaN(), math.NaN()
	}
	low, high, err := Proportion(a.Interval, s.p, s.se, s.group.df, s.group.rows, a.level())
	if err != nil {
		return math.NaN(), math.NaN()
	}
	return low, high
}

// setEnds finds the ends of the intervals and sets standard errors from them.
func (q *sorter) setEnds(ctx context.Context, all []*shareAt) error {
	var lookups []lookup
	for _, s := range all {
		a := s.ask
		low, high := s.interval()
		for _, end := range []float64{low, high} {
			lookups = append(lookups, lookup{subject: a.subjects[s.at/len(a.Probs)], group: s.group.codes, rule: a.rule, p: end})
		}
	}
	ends, err := q.find(ctx, lookups)
	if err != nil {
		return err
	}
	for k, s := range all {
		answer := &s.ask.answers[s.answer]
		if s.refused != nil {
			*answer = answer.refuse(s.refused)
			continue
		}
		answer.Low, answer.High = ends[2*k], ends[2*k+1]
		answer.SE = (answer.High - answer.Low) / (2 * tCritical(answer.DF, s.ask.level()))
	}
	return nil
}

// refuse is the answer without its figures.
func (a Answer) refuse(reason error) Answer {
	a.Estimate = analysis.Unknown()
	a.Error = reason.Error()
	return a
}

// newAnswer is the answer of a group for a variable and probability, without its
// error.
func (q *sorter) newAnswer(a *quantileAsk, g *group, at int) Answer {
	v := at / len(a.Probs)
	answer := a.blank()
	answer.Name, answer.Var, answer.P = a.Vars[v], a.Vars[v], a.Probs[at%len(a.Probs)]
	for k, by := range a.By {
		answer.By = append(answer.By, analysis.Level{Column: by, Value: g.levels[k]})
	}
	answer.DF, answer.N = g.df, g.n
	if sorted := q.groups[a.subjects[v]][g.codes]; sorted != nil {
		answer.Missing = sorted.missing
		answer.Value = a.values[g.codes][at]
	}
	switch p := answer.P; {
	case g.n == 0:
		answer.Error = "no row of the domain has a value and a weight"
	case !(p >= 0 && p <= 1):
		answer.Error = "the probability of a quantile lies between 0 and 1"
	}
	return answer
}

// setReplicateErrors sets standard errors and intervals q ± t·se from the
// quantiles by replicate.
func (q *sorter) setReplicateErrors(ctx context.Context, a *quantileAsk, g *group, first int) error {
	replicates := q.replicates.count()
	var lookups []lookup
	for at := range len(a.Vars) * len(a.Probs) {
		for r := range 1 + replicates {
			lookups = append(lookups, lookup{a.subjects[at/len(a.Probs)], g.codes, r, a.rule, a.Probs[at%len(a.Probs)]})
		}
	}
	found, err := q.find(ctx, lookups)
	if err != nil {
		return err
	}
	for at := range len(a.Vars) * len(a.Probs) {
		answer := &a.answers[first+at]
		if answer.Error != "" || !a.NaRm && answer.Missing > 0 {
			continue
		}
		var theta [][]float64
		for _, x := range found[at*(1+replicates):][:1+replicates] {
			theta = append(theta, []float64{x})
		}
		answer.SE = math.Sqrt(q.replicates.spread(theta)[0][0])
		answer.Low, answer.High = TInterval(answer.Value, answer.SE, answer.DF, a.level())
	}
	return nil
}
