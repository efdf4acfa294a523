package survey

import (
	"context"
	"math"
	"slices"
)

// sortable is a row of a group of a subject as it is read.
type sortable struct {
	portion
	subject int
	group   path
	row     int // of the portion
	value   float64
	missing bool
}

// weight is the row's weight by replicate, 0 where it has none.
func (r *sortable) weight(replicate int) float64 {
	w := r.weights[replicate][r.row]
	if w != w {
		return 0
	}
	return w
}

// places are the columns of a subject in what is read.
type subjectColumns struct {
	value, domain int // domain −1: every row
	known, by     []int
	low, high     float64 // values beyond are not wanted; NaN for no bound
}

// read passes the rows of every subject with keys among those of its family to
// yield, from several goroutines; rows of other keys may be among them. Without
// families it passes all.
func (q *sorter) read(ctx context.Context, families []family, yield func(worker int, r *sortable)) error {
	var numbers, texts []string
	column := func(list *[]string, name string) int {
		k := slices.Index(*list, name)
		if k < 0 {
			*list = append(*list, name)
			k = len(*list) - 1
		}
		return k
	}
	at := make([]subjectColumns, len(q.subjects))
	for k, s := range q.subjects {
		at[k] = subjectColumns{value: column(&numbers, s.variable), domain: -1, low: math.NaN(), high: math.NaN()}
		if families != nil {
			at[k].low, at[k].high = keyValue(families[k].low), keyValue(families[k].high)
		}
		if s.domain != "" {
			at[k].domain = column(&numbers, s.domain)
		}
		for _, name := range s.known {
			at[k].known = append(at[k].known, column(&numbers, name))
		}
		for _, name := range s.by {
			at[k].by = append(at[k].by, column(&texts, name))
		}
	}
	return q.each(ctx, numbers, texts, func(worker int, p portion) error {
		for k := range at {
			at[k].read(worker, k, p, yield)
		}
		return nil
	})
}

// read passes the rows of one subject to yield.
func (c *subjectColumns) read(worker, subject int, p portion, yield func(worker int, r *sortable)) {
	r := sortable{portion: p, subject: subject, group: nowhere}
	values := p.Numbers[c.value]
	for row, w := range p.weights[0][:p.Rows] {
		if values[row] < c.low || values[row] > c.high {
			continue
		}
		if w != w || c.domain >= 0 && p.Numbers[c.domain][row] != 1 {
			continue
		}
		member := true
		for k, column := range c.by {
			r.group[k] = p.Texts[column][row]
			member = member && r.group[k] >= 0
		}
		if !member {
			continue
		}
		r.row, r.value = row, values[row]
		r.missing = r.value != r.value
		for _, k := range c.known {
			r.missing = r.missing || math.IsNaN(p.Numbers[k][row])
		}
		yield(worker, &r)
	}
}
