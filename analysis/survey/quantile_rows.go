package survey

import (
	"context"
	"math"
)

// sortables is a block of rows of a subject as they are read.
type sortables struct {
	portion
	subject int
	values  []float64
	missing []bool  // rows without the value or another that must be known
	groups  []int32 // number of each row's path; −1 where the row is in no group
	paths   *paths  // of the by columns, as this goroutine met them
}

// subjectReader makes sortables of one subject for one goroutine.
type subjectReader struct {
	sortables
	value, domain int // columns; domain −1: every row
	known, by     []int
	low, high     float64 // values beyond are not wanted; NaN for no bound
}

// read passes the rows of every subject with keys among those of its family to
// yield, from several goroutines; rows of other keys may be among them. Without
// families it passes all.
func (q *sorter) read(ctx context.Context, families []family, yield func(worker int, b *sortables)) error {
	var numbers, texts []string
	readers := make([][]*subjectReader, q.rows.Workers())
	for k, s := range q.subjects {
		for worker := range readers {
			r := &subjectReader{value: index(&numbers, s.variable), domain: -1, known: indexes(&numbers, s.known), by: indexes(&texts, s.by), low: math.NaN(), high: math.NaN()}
			r.sortables = sortables{subject: k, missing: make([]bool, blockRows), groups: make([]int32, blockRows), paths: newPaths(len(s.by))}
			if s.domain != "" {
				r.domain = index(&numbers, s.domain)
			}
			if families != nil {
				r.low, r.high = keyValue(families[k].low), keyValue(families[k].high)
			}
			readers[worker] = append(readers[worker], r)
		}
	}
	return q.each(ctx, numbers, texts, func(worker int, p portion) error {
		for _, r := range readers[worker] {
			r.read(p)
			yield(worker, &r.sortables)
		}
		return nil
	})
}

// read finds the group of every row of a block.
func (r *subjectReader) read(p portion) {
	r.portion, r.values = p, p.Numbers[r.value]
	r.groups, r.missing = r.groups[:p.Rows], r.missing[:p.Rows]
	for row, w := range p.weights[0][:p.Rows] {
		x := r.values[row]
		r.groups[row], r.missing[row] = 0, x != x
		if w != w || x < r.low || x > r.high || r.domain >= 0 && p.Numbers[r.domain][row] != 1 {
			r.groups[row] = -1
		}
	}
	for _, k := range r.known {
		for row, x := range p.Numbers[k] {
			r.missing[row] = r.missing[row] || x != x
		}
	}
	by := make([][]int32, len(r.by))
	for j, k := range r.by {
		by[j] = p.Texts[k]
		for row, code := range by[j] {
			r.groups[row] = min(r.groups[row], code) // −1 if it is unknown, else still 0
		}
	}
	r.paths.numberRows(by, r.groups, (*paths).number)
}

// weight is a row's weight by replicate, 0 where it has none.
func (b *sortables) weight(replicate, row int) float64 {
	if w := b.weights[replicate][row]; w == w {
		return w
	}
	return 0
}
