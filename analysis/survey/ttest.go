package survey

import (
	"context"
	"fmt"
	"math"

	"pediment/analysis"
)

// ttest answers an Ask for a t test: ttest1, y ~ 0, of the mean of y against 0,
// and ttest2, y ~ g, of the difference between the means of two groups, which is
// the slope of their regression. Both have one degree of freedom less than the
// domain. An ask of one sample with unknown values has no answer without na_rm;
// of two samples these rows are left out. R package survey, svyttest.
func (s *sample) ttest(ctx context.Context, a Ask) ([]Answer, error) {
	f, err := parseFormula(a.Formula)
	if err != nil {
		return nil, err
	}
	if f.response != nil && len(f.predictors) == 0 {
		return s.oneSample(ctx, a, *f.response)
	}
	a.Family = ""
	m, err := s.newModel(ctx, a)
	if err != nil {
		return nil, err
	}
	r, err := s.regress(ctx, m)
	if err != nil {
		return nil, err
	}
	if !m.intercept || len(m.columns) != 2 || !m.columns[1].binary {
		return nil, analysis.Problem{Message: fmt.Sprintf("formula: %s does not compare two groups", a.Formula), Hint: "write y ~ g, where g has two levels in the domain; y ~ 0 tests a mean against 0"}
	}
	answer := r.answer(a, 1, "t")
	answer.Var = m.columns[0].name
	return []Answer{answer}, nil
}

// oneSample tests the mean of a number against 0.
func (s *sample) oneSample(ctx context.Context, a Ask, y formulaTerm) ([]Answer, error) {
	types, err := s.rows.Types(ctx, []string{y.sql})
	if err != nil {
		return nil, err
	}
	if !isNumber(types[0]) && types[0] != "boolean" {
		return nil, analysis.Problem{Message: fmt.Sprintf("formula: %s is a %s, not a number", y.name, types[0]), Hint: "t tests are of numbers"}
	}
	domain := a.domain()
	if a.NaRm {
		domain = allOf(domain, knownAll([]string{y.sql}))
	}
	known := &tally{domain: domain, known: []string{y.sql}, terms: []term{one, {number: y.sql}}}
	everyone := &tally{domain: a.domain(), known: []string{y.sql}, terms: []term{one}}
	groups, err := s.tally(ctx, known, everyone)
	if err != nil {
		return nil, err
	}
	g := groups[0][0]
	answer := a.blank()
	answer.Name, answer.Var = "t", y.name
	answer.DF, answer.N, answer.Missing = g.df-1, g.n, groups[1][0].missing
	switch {
	case answer.Missing > 0 && !a.NaRm:
		answer.Error = fmt.Sprintf("%s is unknown in %d rows (na_rm leaves them out)", y.name, answer.Missing)
		return []Answer{answer}, nil
	case g.n == 0:
		answer.Error = "no row of the domain has a value and a weight"
		return []Answer{answer}, nil
	}
	v, err := s.covariance(ctx, []statistic{shareOf(g, 1)})
	if err != nil {
		return nil, err
	}
	answer.Value, answer.SE = g.sums[0][1]/g.sums[0][0], math.Sqrt(v[0][0])
	return []Answer{answer.tested(a.level())}, nil
}
