package survey

import (
	"context"
	"math"

	"pediment/analysis"
)

// populationVariances answers an ask for the variances and covariances of
// variables in the population:
//
//	s_ab = n/(n−1)·Σw(a − ā)(b − b̄)/Σw
//
// with the standard error of a mean of n/(n−1)·(a − ā)(b − b̄). n is the rows with
// a weight other than 0, those left out as unknown too. Formula: R package survey,
// svyvar.
func (e *estimation) populationVariances(ctx context.Context, a Ask) ([]Answer, error) {
	if len(a.Vars) == 0 {
		return nil, analysis.Problem{Message: "variance needs vars", Hint: "name the columns to estimate"}
	}
	means := &tally{domain: a.domain()}
	for _, name := range a.Vars {
		if a.NaRm {
			means.known = append(means.known, name)
		}
		means.terms = append(means.terms, term{number: name})
	}
	means.terms = append(means.terms, one)
	groups, err := e.tally(ctx, means)
	if err != nil {
		return nil, err
	}
	g := groups[0][0]
	if g.n < 2 {
		return nil, analysis.Problem{Message: "a variance needs two rows with a value and a weight"}
	}
	products := &tally{domain: means.domain, known: a.Vars}
	for _, first := range a.Vars {
		for _, second := range a.Vars {
			products.terms = append(products.terms, e.product(a.Vars, g, second, first))
		}
	}
	products.terms = append(products.terms, one)
	groups, err = e.tally(ctx, products)
	if err != nil {
		return nil, err
	}
	var figures []*figure
	for j, first := range a.Vars {
		for k, second := range a.Vars {
			at := j*len(a.Vars) + k
			t := target{name: second + ":" + first, num: at, den: len(products.terms) - 1, kind: Other, yy: -1, xy: -1, xx: -1}
			if len(a.Vars) == 1 {
				t.name = first
			}
			f := newFigure(a, t, groups[0][0])
			if unknown := max(g.unknown[j], g.unknown[k]); unknown > 0 {
				f.answer.Value, f.answer.Error = math.NaN(), unknownRows(unknown)
			}
			figures = append(figures, f)
		}
	}
	if err := e.addErrors(ctx, figures); err != nil {
		return nil, err
	}
	for _, f := range figures {
		f.answer.DEFF = math.NaN() // a variance has no simple counterpart
	}
	return e.finish(figures), nil
}

// product is the term n/(n−1)·(a − ā)(b − b̄).
func (e *estimation) product(vars []string, g *group, a, b string) term {
	n, size := 0.0, g.sums[0][len(vars)]
	for _, c := range g.cells {
		n += float64(c.active)
	}
	mean := func(name string) float64 {
		for k, have := range vars {
			if have == name {
				return g.sums[0][k] / size
			}
		}
		return math.NaN()
	}
	meanA, meanB := mean(a), mean(b)
	return term{numbers: []string{a, b}, value: func(x []float64, _ []int32) float64 { return n / (n - 1) * (x[0] - meanA) * (x[1] - meanB) }}
}
