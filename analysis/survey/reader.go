package survey

import (
	"math"

	"pediment/analysis"
)

// reader makes portions for one goroutine and uses their memory again.
type reader struct {
	*sample
	layout
	out     portion
	numbers [][]float64 // all columns of the block at hand
	texts   [][]int32
	pool    []regressor
}

func (s *sample) newReader(l layout) *reader {
	r := &reader{sample: s, layout: l, numbers: make([][]float64, len(l.allNumbers)), texts: make([][]int32, len(l.allTexts))}
	r.out.base = make([]float64, blockRows)
	r.out.leaves = make([]int32, blockRows)
	for range 1 + s.replicates.count() {
		r.out.weights = append(r.out.weights, make([]float64, blockRows))
	}
	if s.adjustment != nil {
		r.out.x = make([][]regressor, blockRows)
	}
	return r
}

// read makes a portion of rows from up to to of a batch; it is good until the
// next.
func (r *reader) read(b analysis.Batch, from, to int) portion {
	for k, column := range b.Numbers {
		r.numbers[k] = column[from:to]
	}
	for k, column := range b.Texts {
		r.texts[k] = column[from:to]
	}
	p := &r.out
	p.Batch = analysis.Batch{First: b.First + int64(from), Rows: to - from, Numbers: r.numbers[:r.layout.numbers], Texts: r.texts[:r.layout.texts]}
	r.findLeaves()
	r.weigh()
	if r.replicates != nil {
		r.replicate()
	}
	if r.adjustment != nil {
		r.adjust()
	}
	return *p
}

// findLeaves looks up the leaf of every row; −1 where it is not in the sample.
func (r *reader) findLeaves() {
	leaves := r.out.leaves[:r.out.Rows]
	for row := range leaves {
		leaves[row] = 0
		if r.filtered(r.numbers[r.member:], row) {
			leaves[row] = -1
		}
	}
	r.frame.paths.numberRows(r.texts[r.path:r.adjustingTexts], leaves, (*paths).find)
	for row, n := range leaves {
		if n >= 0 {
			leaves[row] = r.frame.leaves[n]
		}
	}
}

// weigh sets the weights of the rows before calibration and replication.
func (r *reader) weigh() {
	weights := r.out.weights[0]
	for row, leaf := range r.out.leaves[:r.out.Rows] {
		w := 1.0
		switch {
		case leaf < 0:
			w = math.NaN()
		case r.design.Weights != "":
			w = r.numbers[r.given-1][row]
		case r.frame.weights != nil:
			w = r.frame.weights[leaf]
		}
		w /= r.pooled
		r.out.base[row], weights[row] = w, w
	}
}

// replicate sets the replicate weights of the rows.
func (r *reader) replicate() {
	given := r.numbers[r.given:r.adjusting]
	for row, w := range r.out.base[:r.out.Rows] {
		psu := int32(0)
		if w == w {
			psu = r.frame.psu(r.out.leaves[row])
		}
		for k := range r.replicates.count() {
			x := math.NaN()
			if w == w {
				x = r.replicates.weight(k, w, psu, given, row)
			}
			if r.replicates.combined {
				x /= r.pooled
			}
			r.out.weights[1+k][row] = x
		}
	}
}

// adjust calibrates the weights of the rows.
func (r *reader) adjust() {
	r.pool = r.pool[:0]
	numbers, texts := make([]float64, len(r.numbers)-r.adjusting), make([]int32, len(r.texts)-r.adjustingTexts)
	for row, w := range r.out.base[:r.out.Rows] {
		if w != w {
			continue
		}
		rowOf(r.numbers[r.adjusting:], row, numbers)
		rowOf(r.texts[r.adjustingTexts:], row, texts)
		from := len(r.pool)
		r.pool = r.adjustment.regressors(numbers, texts, r.pool)
		r.out.x[row] = r.pool[from:len(r.pool):len(r.pool)]
		for k := range r.out.weights {
			if w := r.out.weights[k][row]; w != 0 {
				r.out.weights[k][row] = w * r.adjustment.factor(r.out.x[row], k)
			}
		}
	}
}
