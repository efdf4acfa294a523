package survey

import (
	"cmp"
	"context"
	"slices"

	"pediment/analysis"
)

// points yields the units a regression calibration is fitted to, with x and the
// place of their weights, from several goroutines.
type points func(ctx context.Context, yield func(worker int, x []regressor, weights [][]float64, row int)) error

// calibrate finds weights w = w0·F(x′η) whose totals of x are the population's.
// The linearised value becomes w·e, where e is the residual of z/w on x by least
// squares with the weights w0:
//
//	b = (Σ w0·x·x′)⁻¹ Σ w0·x·(z/w)
func (f *fitting) calibrate(ctx context.Context) (*adjustment, error) {
	if ids := f.design.IDs; f.AggregateStage == 1 && (len(ids) == 0 || ids[0] == rowUnit) {
		f.AggregateStage = 0 // every row is a cluster
	}
	ratio, err := newDistance(f.Function, f.Bounds)
	if err != nil {
		return nil, err
	}
	g, in, err := f.prepare(ctx)
	if err != nil {
		return nil, err
	}
	a := &adjustment{numbers: g.numbers, texts: g.texts, length: len(g.names), place: g.regressors}
	s := &search{regression: g, Calibration: f.Calibration, ratio: ratio, workers: f.rows.Workers(), weight: in.weight, rows: in.rows}
	switch {
	case f.AggregateStage > 0:
		err = f.byCluster(ctx, s, a, in)
	case len(g.numbers) == 0 && len(g.texts) > 0:
		err = f.byCell(ctx, s, in)
	default:
		s.points = f.byRow(g)
	}
	if err != nil {
		return nil, err
	}
	eta, err := s.run(ctx, max(cmp.Or(f.Epsilon, 1e-7), 1e-12), cmp.Or(f.MaxIterations, 50))
	if err != nil {
		return nil, err
	}
	a.ratio = func(x []regressor, replicate int) float64 {
		factor, _ := ratio(product(x, eta[replicate]))
		return factor
	}
	a.project = s.project()
	return a, nil
}

// prepare reads the formula, inspects the rows and settles what x is.
func (f *fitting) prepare(ctx context.Context) (*regression, *inspection, error) {
	if len(f.Vars) > 0 && f.Formula == "" {
		return nil, nil, analysis.Problem{Message: "calibrate takes a formula", Hint: "write formula: ~ a + b in place of vars"}
	}
	g, err := f.regressionOf(ctx)
	if err != nil {
		return nil, nil, err
	}
	columns := g.auxiliary
	if f.AggregateStage == 0 && len(g.numbers) == 0 {
		columns.combined = len(g.texts)
	}
	if f.AggregateStage > 0 {
		keys, err := f.clusterKeys()
		if err != nil {
			return nil, nil, err
		}
		columns.texts = slices.Concat(keys, g.texts)
		columns.combined = len(keys)
	}
	in, err := f.inspect(ctx, columns)
	if err != nil {
		return nil, nil, err
	}
	if f.AggregateStage > 0 {
		in.seen = in.seen[columns.combined:]
	}
	return g, in, g.settle(f.Population, in, f.texts(g.texts))
}

// product is x′η.
func product(x []regressor, eta []float64) float64 {
	u := 0.0
	for _, r := range x {
		u += r.value * eta[r.index]
	}
	return u
}

// byRow reads the rows anew for every step: memory does not grow with them.
func (f *fitting) byRow(g *regression) points {
	return func(ctx context.Context, yield func(worker int, x []regressor, weights [][]float64, row int)) error {
		return f.sample.each(ctx, g.numbers, g.texts, func(worker int, p portion) error {
			var x []regressor
			numbers, texts := make([]float64, len(g.numbers)), make([]int32, len(g.texts))
			for i := range p.Rows {
				if takesPart(p.weights, i) {
					x = g.regressors(rowOf(p.Numbers, i, numbers), rowOf(p.Texts, i, texts), x[:0])
					yield(worker, x, p.weights, i)
				}
			}
			return nil
		})
	}
}

// rowOf gathers one row of columns.
func rowOf[T any](columns [][]T, row int, into []T) []T {
	for k, column := range columns {
		into[k] = column[row]
	}
	return into
}

// byCell fits to the combinations of levels: rows alike have the same x.
func (f *fitting) byCell(ctx context.Context, s *search, in *inspection) error {
	c, err := f.cellSums(ctx, auxiliary{texts: s.texts, combined: len(s.texts)}, in)
	if err != nil {
		return err
	}
	var x [][]regressor
	for _, codes := range c.keys.codes {
		x = append(x, s.regressors(nil, codes, nil))
	}
	s.hold(x, c.weights)
	return nil
}
