package survey

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// columnRange is what a first reading finds of a column.
type columnRange struct {
	low, high             float64
	notZeroOne, notOneTwo bool
}

// measure reads the rows once: it drops levels that no row has, makes the first of
// the others the reference and picks centres and units. It returns the largest
// weight and the number of rows, which bound what is added up later.
func (s *sample) measure(ctx context.Context, m *linearModel) (most float64, rows int64, err error) {
	ranges := make([][]columnRange, s.rows.Workers())
	mosts, counts := make([]float64, len(ranges)), make([]int64, len(ranges))
	for k := range ranges {
		for range m.columns {
			ranges[k] = append(ranges[k], columnRange{low: math.Inf(1), high: math.Inf(-1)})
		}
	}
	err = s.observe(ctx, m, func(worker int, weights []float64, y float64, x []float64) {
		largest := slices.Max(weights)
		if !(largest > 0) {
			return
		}
		counts[worker]++
		mosts[worker] = max(mosts[worker], largest)
		ranges[worker][0].note(y)
		for k, value := range x {
			ranges[worker][k+1].note(value)
		}
	})
	for worker := range ranges {
		most, rows = max(most, mosts[worker]), rows+counts[worker]
		for k := range m.columns {
			ranges[0][k].merge(ranges[worker][k])
		}
	}
	if err != nil {
		return 0, 0, err
	}
	if rows == 0 {
		return 0, 0, analysis.Problem{Message: fmt.Sprintf("formula: no row of the domain has every variable of %s", m.name), Hint: "see which of them is always empty"}
	}
	return most, rows, m.choose(ranges[0])
}

func (r *columnRange) note(x float64) {
	r.low, r.high = min(r.low, x), max(r.high, x)
	r.notZeroOne = r.notZeroOne || x != 0 && x != 1
	r.notOneTwo = r.notOneTwo || x != 1 && x != 2
}

func (r *columnRange) merge(o columnRange) {
	r.low, r.high = min(r.low, o.low), max(r.high, o.high)
	r.notZeroOne, r.notOneTwo = r.notZeroOne || o.notZeroOne, r.notOneTwo || o.notOneTwo
}

// choose keeps the columns that count, see measure.
func (m *linearModel) choose(ranges []columnRange) error {
	var kept []modelColumn
	reference := map[string]bool{} // factors whose reference level was met
	if !m.intercept {
		for _, c := range m.predictors() { // the first factor stands for the intercept
			if c.factor != "" {
				reference[c.factor] = true
				break
			}
		}
	}
	for k, c := range m.columns {
		r := ranges[k]
		if c.factor != "" && r.high == 0 {
			continue
		}
		if c.factor != "" && !reference[c.factor] {
			reference[c.factor] = true
			continue
		}
		c.binary = !r.notZeroOne || !r.notOneTwo
		c.scale(r, m.intercept && !(k == 0 && m.binomial), k == 0 && m.binomial)
		kept = append(kept, c)
	}
	if m.binomial && !(ranges[0].low >= 0 && ranges[0].high <= 1) {
		return analysis.Problem{Message: fmt.Sprintf("formula: the response %s goes from %v to %v", m.columns[0].name, ranges[0].low, ranges[0].high), Hint: "a binomial response is 0 or 1, or a condition as in I(hours > 0)"}
	}
	m.columns = kept
	return nil
}

// scale picks a column's centre and unit.
func (c *modelColumn) scale(r columnRange, centred, asIs bool) {
	c.unit = 1
	switch {
	case asIs:
	case centred && r.high > r.low:
		c.centre, c.unit = r.low/2+r.high/2, r.high/2-r.low/2
	case !centred && (r.low != 0 || r.high != 0):
		c.unit = max(math.Abs(r.low), math.Abs(r.high))
	case centred:
		c.centre = r.low
	}
}

// observe passes the rows of the model to yield, as they are in the data:
// predictors without the intercept, and weights by replicate with 0 for none.
// What it passes is good until yield returns.
func (s *sample) observe(ctx context.Context, m *linearModel, yield func(worker int, weights []float64, y float64, x []float64)) error {
	numbers := m.sqls()
	if m.domain != "" {
		numbers = append(numbers, m.domain)
	}
	replicates := 1 + s.replicates.count()
	return s.each(ctx, numbers, nil, func(worker int, p portion) error {
		values, weights := make([]float64, len(m.columns)), make([]float64, replicates)
		for row := range p.Rows {
			if w := p.weights[0][row]; w != w || m.domain != "" && p.Numbers[len(m.columns)][row] != 1 {
				continue
			}
			known := true
			for k := range values {
				values[k] = p.Numbers[k][row]
				known = known && values[k] == values[k]
			}
			if !known {
				continue
			}
			for k := range weights {
				weights[k] = p.weights[k][row]
			}
			yield(worker, weights, values[0], values[1:])
		}
		return nil
	})
}
