package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// weighted is rows of a sample with their weights before calibration.
type weighted interface {
	// each reads the rows once, as sample.each does.
	each(ctx context.Context, numbers, texts []string, yield func(worker int, p portion) error) error
	// levels returns the levels of a text expression in order.
	levels(ctx context.Context, expression string) ([]string, error)
}

// regressor is one entry of a row's vector x that is not zero.
type regressor struct {
	index int
	value float64
}

// adjustment is what calibration does to weights and to linearised values. Every
// method is a function of a row's vector x: the indicator of its cell for post-
// stratification and raking, its regression terms otherwise.
//
// Definitions: Deville & Särndal, Calibration Estimators in Survey Sampling, JASA
// 87 (1992); variances as in Lumley, Complex Surveys (2010), chapter 7.
type adjustment struct {
	numbers, texts []string
	length         int
	plain          bool
	stray          float64 // see residualWeight

	place   func(numbers []float64, texts []int32, into []regressor) []regressor
	ratio   func(x []regressor, replicate int) float64
	project func(cross []float64) []float64
}

// columns returns the expressions regressors reads, in its order.
func (a *adjustment) columns() (numbers, texts []string) { return a.numbers, a.texts }

// regressors appends x of a row to into: nothing for a row that has no place among
// those calibrated, which only rows of weight 0 lack.
func (a *adjustment) regressors(numbers []float64, texts []int32, into []regressor) []regressor {
	return a.place(numbers, texts, into)
}

// factor is the calibrated weight over the weight before: 1 for an empty x.
func (a *adjustment) factor(x []regressor, replicate int) float64 {
	if len(x) == 0 {
		return 1
	}
	return a.ratio(x, replicate)
}

// size is the length of x.
func (a *adjustment) size() int { return a.length }

// unweighted reports that the cross sums of coefficients use 1 in place of the
// weight before calibration.
func (a *adjustment) unweighted() bool { return a.plain }

// coefficients turns cross[j] = Σ v·x_j·u over all rows with a weight other than
// 0, where v is the weight before calibration, or 1 when unweighted, and u the
// linearised value z over the calibrated weight w, into b: the linearised value
// of the calibrated estimate is z − w·Σ b_j·x_j.
func (a *adjustment) coefficients(cross []float64) []float64 { return a.project(cross) }

// residualWeight is the weight that carries the correction of a row's linearised
// value, z − w·Σ b_j·x_j: its calibrated weight w but, after post-stratification,
// 1 for a row of weight 0, as R's survey has it.
func (a *adjustment) residualWeight(w float64) float64 {
	if w == 0 {
		return a.stray
	}
	return w
}

// fitting is what a calibration is fitted from.
type fitting struct {
	Calibration
	sample     weighted
	types      func(expressions []string) ([]string, error)
	rows       analysis.Rows
	design     Design
	replicates int
}

// fitCalibration fits a calibration to the rows of a sample, every replicate on
// its own. Rows of weight 0 take no part in it. What makes a calibration
// impossible is a Problem: levels without rows or totals, totals that contradict
// each other, unknown values, bounds that cannot be met.
func fitCalibration(ctx context.Context, s weighted, types func(expressions []string) ([]string, error), rows analysis.Rows, c Calibration, d Design, replicates int) (*adjustment, error) {
	f := &fitting{c, s, types, rows, d, replicates}
	switch c.Method {
	case "poststratify":
		return f.postStratify(ctx)
	case "rake":
		return f.rake(ctx)
	case "calibrate":
		return f.calibrate(ctx)
	}
	methods := []string{"poststratify", "rake", "calibrate"}
	hint := analysis.Suggest(c.Method, methods)
	if hint == "" {
		hint = "write poststratify, rake or calibrate"
	}
	return nil, analysis.Problem{Message: fmt.Sprintf("there is no calibration method %q", c.Method), Hint: hint}
}

// takesPart reports whether a row of the sample has a weight other than 0 in any
// replicate.
func takesPart(weights [][]float64, row int) bool {
	if math.IsNaN(weights[0][row]) {
		return false
	}
	for _, w := range weights {
		if w[row] != 0 && !math.IsNaN(w[row]) {
			return true
		}
	}
	return false
}

// inspection is what a first reading finds out about the rows that take part.
type inspection struct {
	rows    int64
	unknown []int64       // rows where it is NULL, by number and then by text
	largest []float64     // |number − centre|, by number
	weight  []float64     // |weight|, the largest by replicate
	seen    [][]int64     // rows by text and code
	keys    *combinations // of the texts that are combined
}

// auxiliary is the auxiliary variables of a calibration. The first combined texts make a key.
type auxiliary struct {
	numbers  []string
	centres  []float64
	texts    []string
	combined int
}

// inspect reads the rows for the first time. An unknown value is a Problem.
func (f *fitting) inspect(ctx context.Context, r auxiliary) (*inspection, error) {
	parts := make([]*inspection, f.rows.Workers())
	for w := range parts {
		parts[w] = newInspection(r, f.replicates)
	}
	err := f.sample.each(ctx, r.numbers, r.texts, func(worker int, p portion) error {
		parts[worker].add(p, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	whole := parts[0]
	for _, part := range parts[1:] {
		whole.merge(part)
	}
	whole.keys = whole.keys.sorted(f.texts(r.texts[:r.combined]))
	return whole, whole.problem(r)
}

// texts returns what the codes of expressions stand for.
func (f *fitting) texts(expressions []string) [][]string {
	texts := make([][]string, len(expressions))
	for i, e := range expressions {
		texts[i] = f.rows.Texts(e)
	}
	return texts
}

func newInspection(r auxiliary, replicates int) *inspection {
	return &inspection{
		unknown: make([]int64, len(r.numbers)+len(r.texts)),
		largest: make([]float64, len(r.numbers)),
		weight:  make([]float64, replicates+1),
		seen:    make([][]int64, len(r.texts)),
		keys:    newCombinations(r.combined),
	}
}

func (in *inspection) add(p portion, r auxiliary) {
	codes := make([]int32, len(r.texts))
	for i := range p.Rows {
		if !takesPart(p.weights, i) {
			continue
		}
		in.rows++
		for k, column := range p.Numbers {
			in.number(k, column[i]-r.centres[k])
		}
		for k, column := range p.Texts {
			codes[k] = column[i]
			in.text(k, column[i], len(r.numbers))
		}
		in.keys.add(codes[:r.combined])
	}
	for k, column := range p.weights {
		for _, w := range column[:p.Rows] {
			if w = math.Abs(w); w > in.weight[k] {
				in.weight[k] = w
			}
		}
	}
}

func (in *inspection) number(k int, x float64) {
	if math.IsNaN(x) {
		in.unknown[k]++
		return
	}
	in.largest[k] = max(in.largest[k], math.Abs(x))
}

func (in *inspection) text(k int, code int32, numbers int) {
	if code < 0 {
		in.unknown[numbers+k]++
		return
	}
	in.seen[k] = grown(in.seen[k], int(code)+1, 0)
	in.seen[k][code]++
}

// grown returns s with at least n elements, the new ones filled.
func grown[T any](s []T, n int, fill T) []T {
	for len(s) < n {
		s = append(s, fill)
	}
	return s
}

// merge adds what another worker found.
func (in *inspection) merge(other *inspection) {
	in.rows += other.rows
	for k, n := range other.unknown {
		in.unknown[k] += n
	}
	for k, x := range other.largest {
		in.largest[k] = max(in.largest[k], x)
	}
	for k, w := range other.weight {
		in.weight[k] = max(in.weight[k], w)
	}
	for k, seen := range other.seen {
		in.seen[k] = grown(in.seen[k], len(seen), 0)
		for code, n := range seen {
			in.seen[k][code] += n
		}
	}
	for _, codes := range other.keys.codes {
		in.keys.add(codes)
	}
}

// problem reports unknown values, and that there are no rows.
func (in *inspection) problem(r auxiliary) error {
	if in.rows == 0 {
		return analysis.Problem{Message: "there are no rows with a weight other than 0 to calibrate", Hint: "check the filter and the weights"}
	}
	var problems analysis.Problems
	names := slices.Concat(r.numbers, r.texts)
	for k, n := range in.unknown {
		if n == 0 {
			continue
		}
		problems = append(problems, analysis.Problem{
			Message: fmt.Sprintf("%s is unknown in %d of the rows to be calibrated on it", names[k], n),
			Hint:    "give those rows a level of their own with a total, or leave them out with a filter",
		})
	}
	return problems.Err()
}
