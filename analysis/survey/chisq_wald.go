package survey

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"pediment/analysis"
)

// wald is the Wald statistic of Y_ij = N_ij − N_i·N_j/N over all but the first row
// and column, and its tail probability.
func (s *sample) wald(ctx context.Context, t *table, adjusted bool) (statistic, p float64, err error) {
	v, err := s.covariance(ctx, t.totalStatistics())
	if err != nil {
		return math.NaN(), math.NaN(), err
	}
	y, jacobian := t.departures()
	q, cells := jacobian.Dims()
	flat := mat.NewDense(cells, cells, nil)
	for i := range v {
		flat.SetRow(i, v[i])
	}
	var half, spread mat.Dense
	half.Mul(flat, jacobian.T())
	spread.Mul(jacobian, &half)
	// A singular covariance has a condition of 1e14 and up after rounding, or none:
	// the bound is far below, so that rounding does not decide.
	var lu mat.LU
	var x mat.VecDense
	if lu.Factorize(&spread); !(lu.Cond() < 1e12) || lu.SolveVecTo(&x, false, y) != nil {
		return math.NaN(), math.NaN(), analysis.Problem{Message: "chisq: the covariance of the cells is singular", Hint: "there are too few PSUs for a table of this size: merge levels, or test with F"}
	}
	w, df := mat.Dot(y, &x)/float64(q), t.group.df
	if !adjusted {
		return w, fTail(w, float64(q), df), nil
	}
	rest := df - float64(q) + 1
	return w * rest / df, fTail(w*rest/df, float64(q), rest), nil
}

// totalStatistics are the cells' totals as shares of the sample's total, so that
// the size of the population does not matter.
func (t *table) totalStatistics() []statistic {
	sums := t.group.sums[0]
	total := sums[len(sums)-1]
	statistics := make([]statistic, len(t.cells))
	for k, at := range t.cells {
		gradient := make([]float64, len(sums))
		gradient[at] = 1 / total
		statistics[k] = statistic{group: t.group, gradient: gradient, value: func(sums []float64) float64 { return sums[at] / total }}
	}
	return statistics
}

// departures are the Y of wald in shares of the total, and their derivatives by
// cell, where the total is the sum of the cells.
func (t *table) departures() (*mat.VecDense, *mat.Dense) {
	rows, columns := t.margins()
	q := (t.rows - 1) * (t.columns - 1)
	y, jacobian := mat.NewVecDense(q, nil), mat.NewDense(q, len(t.cells), nil)
	at := 0
	for j := 1; j < t.columns; j++ {
		for i := 1; i < t.rows; i++ {
			y.SetVec(at, t.shares[j*t.rows+i]-rows[i]*columns[j])
			for k := range t.cells {
				d := rows[i] * columns[j] // N in the denominator
				if k%t.rows == i {
					d -= columns[j]
				}
				if k/t.rows == j {
					d -= rows[i]
				}
				if k == j*t.rows+i {
					d++
				}
				jacobian.Set(at, k, d)
			}
			at++
		}
	}
	return y, jacobian
}
