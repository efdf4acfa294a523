package survey

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"pediment/analysis"
)

// modelFit looks for the coefficients of a model by Newton's method, in all
// replicates at the same time. Everything is in the units of the columns.
type modelFit struct {
	*linearModel
	size  int         // number of coefficients
	scale int         // of sums in fixed point
	beta  [][]float64 // by replicate; nil where none could be found
	done  []bool
	total []float64       // Σ w by replicate
	last  []*mat.SymDense // A by replicate, at the beta before the last step
	steps int
}

// Newton's method ends when no coefficient moves by more than smallStep of
// itself: it converges quadratically, so that what is left is rounding.
const (
	smallStep = 1e-12
	mostSteps = 100
)

// regress fits a model and estimates the covariance of its coefficients.
func (s *sample) regress(ctx context.Context, m *linearModel) (*regressed, error) {
	most, rows, err := s.measure(ctx, m)
	if err != nil {
		return nil, err
	}
	f := m.newFit(most, rows, 1+s.replicates.count())
	for ; !f.finished(); f.steps++ {
		sums, err := s.modelSums(ctx, f)
		if err != nil {
			return nil, err
		}
		if err := f.step(sums); err != nil {
			return nil, err
		}
	}
	g, covariance, err := s.modelErrors(ctx, f)
	if err != nil {
		return nil, err
	}
	return &regressed{group: g, coefficients: f.raw(f.beta[0]), covariance: covariance}, nil
}

func (m *linearModel) newFit(most float64, rows int64, replicates int) *modelFit {
	f := &modelFit{linearModel: m, size: len(m.coefficients())}
	// Residuals of a trial may be larger than the response: room for a factor 2¹⁰.
	f.scale = scaling(math.Ldexp(most, 10), rows)
	f.beta, f.done = make([][]float64, replicates), make([]bool, replicates)
	f.total, f.last = make([]float64, replicates), make([]*mat.SymDense, replicates)
	for r := range f.beta {
		f.beta[r] = make([]float64, f.size)
	}
	return f
}

func (f *modelFit) finished() bool {
	for _, done := range f.done {
		if !done {
			return false
		}
	}
	return true
}

// scaled sets row to the predictors in the units of the columns, the intercept's
// 1 first, and returns the response likewise.
func (f *modelFit) scaled(y float64, x, row []float64) float64 {
	at := 0
	if f.intercept {
		row[0], at = 1, 1
	}
	for k, value := range x {
		c := &f.columns[k+1]
		row[at+k] = (value - c.centre) / c.unit
	}
	return (y - f.columns[0].centre) / f.columns[0].unit
}

// mean returns μ and its derivative at the linear predictor x′b.
func (f *modelFit) mean(x, beta []float64) (mu, slope float64) {
	eta := 0.0
	for k, b := range beta {
		eta += b * x[k]
	}
	if !f.binomial {
		return eta, 1
	}
	mu = 1 / (1 + math.Exp(-eta))
	return mu, mu / (1 + math.Exp(eta))
}

// modelSums is Σ w, Σ w·x·(y − μ) and the lower triangle of Σ w·μ′·x·x′, one
// after the other, by replicate.
func (s *sample) modelSums(ctx context.Context, f *modelFit) ([][]exact, error) {
	length := 1 + f.size + f.size*(f.size+1)/2
	parts, rows := make([][][]exact, s.rows.Workers()), make([][]float64, s.rows.Workers())
	for worker := range parts {
		rows[worker] = make([]float64, f.size)
		for range f.beta {
			parts[worker] = append(parts[worker], make([]exact, length))
		}
	}
	factor := math.Ldexp(1, f.scale)
	err := s.observe(ctx, f.linearModel, func(worker int, weights []float64, y float64, x []float64) {
		y = f.scaled(y, x, rows[worker])
		for r, w := range weights {
			if w != 0 && !f.done[r] {
				f.add(parts[worker][r], f.beta[r], w*factor, y, rows[worker])
			}
		}
	})
	for _, part := range parts[1:] {
		for r := range part {
			addAll(parts[0][r], part[r])
		}
	}
	return parts[0], err
}

// add adds a row to the sums of one replicate.
func (f *modelFit) add(sums []exact, beta []float64, w, y float64, x []float64) {
	mu, slope := f.mean(x, beta)
	sums[0].add(fixed(w))
	at := 1
	for _, value := range x {
		sums[at].add(fixed(w * (y - mu) * value))
		at++
	}
	for k, value := range x {
		v := w * slope * value
		for _, other := range x[:k+1] {
			sums[at].add(fixed(v * other))
			at++
		}
	}
}

// step moves the coefficients of every replicate by A⁻¹·Σ w·x·(y − μ). A replicate
// without a solution is given up; the sample itself must have one.
func (f *modelFit) step(sums [][]exact) error {
	for r := range f.beta {
		if f.done[r] {
			continue
		}
		values := rounded(sums[r], f.scale)
		a := f.information(values[1+f.size:])
		f.total[r], f.last[r] = values[0], a
		problem := f.obstacle(r, a)
		var move []float64
		if problem == nil {
			if move = solve(a, values[1:1+f.size]); move == nil {
				problem = f.unsolvable()
			}
		}
		if problem != nil && r == 0 {
			return problem
		}
		if problem != nil {
			f.beta[r], f.done[r] = nil, true
			continue
		}
		f.done[r] = f.move(r, move)
	}
	return nil
}

// move adds a step to a replicate's coefficients and reports whether it was the last.
func (f *modelFit) move(r int, step []float64) bool {
	last := true
	for k, d := range step {
		f.beta[r][k] += d
		last = last && math.Abs(d) <= smallStep*(1+math.Abs(f.beta[r][k]))
	}
	return last
}

// information is A from its lower triangle.
func (f *modelFit) information(values []float64) *mat.SymDense {
	a, at := mat.NewSymDense(f.size, nil), 0
	for k := range f.size {
		for j := range k + 1 {
			a.SetSym(k, j, values[at])
			at++
		}
	}
	return a
}

// obstacle is why a replicate cannot be solved: a column that others determine,
// or coefficients that grow without bound.
func (f *modelFit) obstacle(r int, a *mat.SymDense) error {
	if f.steps == 0 {
		if k := dependent(a); k >= 0 {
			name := f.coefficients()[k]
			return analysis.Problem{Message: fmt.Sprintf("formula: the terms before it determine %s, so it has no coefficient of its own", name), Hint: "leave it out of the formula; it may be constant in the domain"}
		}
		return nil
	}
	largest := 0.0
	for k := range f.size {
		largest = max(largest, a.At(k, k))
	}
	if f.binomial && (largest < 1e-9*f.total[r] || dependent(a) >= 0) || f.steps >= mostSteps {
		return f.unsolvable()
	}
	return nil
}

func (f *modelFit) unsolvable() error {
	if !f.binomial {
		return analysis.Problem{Message: fmt.Sprintf("formula: the coefficients of %s cannot be found", f.name), Hint: "leave out terms that nearly repeat others"}
	}
	return analysis.Problem{Message: fmt.Sprintf("formula: the coefficients of %s grow without bound: some predictors tell exactly who is 1 and who is 0", f.name), Hint: "leave out the predictor that separates them, or merge its rare levels"}
}

// linear is the matrix that turns coefficients in the units of the columns into
// those of the data, up to the response's centre.
func (f *modelFit) linear() [][]float64 {
	t, unit := zeros(f.size), f.columns[0].unit
	at := 0
	if f.intercept {
		t[0][0], at = unit, 1
	}
	for k, c := range f.predictors() {
		t[at+k][at+k] = unit / c.unit
		if f.intercept {
			t[0][at+k] = -unit * c.centre / c.unit
		}
	}
	return t
}

// raw turns coefficients into those of the data; nil into NaNs.
func (f *modelFit) raw(beta []float64) []float64 {
	out := make([]float64, f.size)
	for k, line := range f.linear() {
		if beta == nil {
			out[k] = math.NaN()
			continue
		}
		for j, t := range line {
			out[k] += t * beta[j]
		}
	}
	if f.intercept {
		out[0] += f.columns[0].centre
	}
	return out
}
