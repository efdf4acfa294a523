package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// rake post-stratifies to one margin after the other until a whole sweep changes
// no cell's weight by epsilon or more: 1 where it is not given; one below 1 is a
// share of the sum of weights. The replicates are raked as many times as the
// sample, each by itself.
func (f *fitting) rake(ctx context.Context) (*adjustment, error) {
	margins, c, err := f.margins(ctx)
	if err != nil {
		return nil, err
	}
	after, sweeps, err := f.rakeSample(margins, c.weights[0])
	if err != nil {
		return nil, err
	}
	final := after[len(after)-1]
	ratios := [][]float64{quotients(final, c.weights[0])}
	for replicate, before := range c.weights[1:] {
		weights := slices.Clone(before)
		for range sweeps {
			for k := range margins {
				if err := margins[k].meet(weights, replicate+1); err != nil {
					return nil, err
				}
			}
		}
		ratios = append(ratios, quotients(weights, before))
	}
	a := cellAdjustment(f.Vars, c, ratios)
	a.plain = true
	steps := make([][]float64, len(margins))
	for k := range steps {
		steps[k] = quotients(after[k], final)
	}
	a.project = func(cross []float64) []float64 { return rakeResidual(margins, steps, c.counts, cross) }
	return a, nil
}

// rakeSample returns the cells' weights after each margin of the last sweep, and
// the number of sweeps.
func (f *fitting) rakeSample(margins []margin, before []float64) ([][]float64, int, error) {
	epsilon, limit := f.Epsilon, f.MaxIterations
	if epsilon == 0 {
		epsilon = 1
	}
	if epsilon < 1 {
		epsilon *= sumOf(before)
	}
	if limit == 0 {
		limit = 10
	}
	weights, change := slices.Clone(before), math.Inf(1)
	after := make([][]float64, len(margins))
	for sweep := 1; sweep <= limit; sweep++ {
		earlier := slices.Clone(weights)
		for k := range margins {
			if err := margins[k].meet(weights, 0); err != nil {
				return nil, 0, err
			}
			after[k] = slices.Clone(weights)
		}
		change = 0
		for cell, w := range weights {
			change = max(change, math.Abs(w-earlier[cell]))
		}
		if change < epsilon {
			return after, sweep, nil
		}
	}
	return nil, 0, analysis.Problem{
		Message: fmt.Sprintf("raking does not settle: its last of %d sweeps still moved %.3g of the weight of one cell, %.3g or more is too much", limit, change, epsilon),
		Hint:    "raise maxit or epsilon; totals that cannot be met together never settle: merge rare levels",
	}
}

func sumOf(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// rakeResidual is what ten sweeps over the margins of
//
//	z → z − w_m · (mean over the rows of a level of z/w_m)
//
// take off z/w in each cell, w_m being the weights after margin m. All of it is
// the same within a cell: steps are w_m/w, cross is Σ z/w, counts are rows.
func rakeResidual(margins []margin, steps [][]float64, counts []int64, cross []float64) []float64 {
	b := make([]float64, len(cross))
	for range 10 {
		for k := range margins {
			m, step := &margins[k], steps[k]
			sums, rows := make([]float64, len(m.levels)), make([]float64, len(m.levels))
			for cell, n := range counts {
				if n > 0 {
					sums[m.level[cell]] += (cross[cell] - float64(n)*b[cell]) / step[cell]
					rows[m.level[cell]] += float64(n)
				}
			}
			means := quotients(sums, rows)
			for cell, n := range counts {
				if n > 0 {
					b[cell] += step[cell] * means[m.level[cell]]
				}
			}
		}
	}
	return b
}
