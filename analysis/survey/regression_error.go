package survey

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"
)

// modelErrors returns the group of rows a fit rests on and the covariance of its
// coefficients.
func (s *sample) modelErrors(ctx context.Context, f *modelFit) (*group, [][]float64, error) {
	sqls := f.sqls()
	complete := &tally{domain: allOf(f.domain, knownAll(sqls)), terms: []term{one}}
	if s.replicates == nil {
		complete.terms = f.scores(sqls)
	}
	everyone := &tally{domain: f.domain, known: sqls, terms: []term{one}}
	groups, err := s.tally(ctx, complete, everyone)
	if err != nil {
		return nil, nil, err
	}
	g := groups[0][0]
	g.missing = groups[1][0].missing
	if s.replicates != nil {
		theta := make([][]float64, len(f.beta))
		for r, beta := range f.beta {
			theta[r] = f.raw(beta)
		}
		return g, s.replicates.spread(theta), nil
	}
	statistics, err := f.statistics(g)
	if err != nil {
		return nil, nil, err
	}
	covariance, err := s.covariance(ctx, statistics)
	return g, covariance, err
}

// scores are the terms x_k·(y − μ) at the fitted coefficients.
func (f *modelFit) scores(sqls []string) []term {
	var terms []term
	for k := range f.size {
		terms = append(terms, term{numbers: sqls, value: func(numbers []float64, _ []int32) float64 {
			var space [16]float64 // goroutines share the term, so each call has its own row
			row := space[:0]
			if f.size > len(space) {
				row = make([]float64, 0, f.size)
			}
			row = row[:f.size]
			y := f.scaled(numbers[0], numbers[1:], row)
			if math.IsNaN(y) {
				return 0
			}
			mu, _ := f.mean(row, f.beta[0])
			return (y - mu) * row[k]
		}})
	}
	return terms
}

// statistics are the coefficients of the data as functions of the scores' sums:
// their gradient is A⁻¹.
func (f *modelFit) statistics(g *group) ([]statistic, error) {
	scaled, unit := standardised(f.last[0])
	var cholesky mat.Cholesky
	var inverse mat.SymDense
	if !cholesky.Factorize(scaled) || cholesky.InverseTo(&inverse) != nil {
		return nil, f.unsolvable()
	}
	coefficients := f.raw(f.beta[0])
	statistics := make([]statistic, f.size)
	for k, line := range f.linear() {
		gradient := make([]float64, f.size)
		for j := range gradient {
			for i, t := range line {
				gradient[j] += t * inverse.At(i, j) * unit[i] * unit[j]
			}
		}
		statistics[k] = statistic{group: g, gradient: gradient, value: func(sums []float64) float64 {
			x := coefficients[k]
			for j, sum := range sums {
				x += gradient[j] * (sum - g.sums[0][j])
			}
			return x
		}}
	}
	return statistics, nil
}
