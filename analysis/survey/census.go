package survey

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// path is the codes of a row's strata columns and units, −1 where there is no
// further column.
type path [8]int32

// found is what a census knows of the rows of one path.
type found struct {
	rows      int64
	low, high [len(path{})]float64 // of the finite population by stage
}

// census is what one goroutine finds of the design.
type census struct {
	paths    map[path]*found
	unknown  map[string]int64 // column → rows without it
	negative int64            // rows with a negative weight
}

// columns are the design's columns that a census reads.
type columns struct {
	strata, ids, fpc []string
}

// rowUnit is what ids says when every row is a unit of its own.
const rowUnit = "1"

// columns returns what counts of the design: stages after the first only where
// their population is finite and known.
func (d Design) columns() (columns, error) {
	c := columns{strata: d.Strata, fpc: d.FPC}
	for _, id := range d.IDs {
		if id != rowUnit && id != "" {
			c.ids = append(c.ids, id)
		}
	}
	stages := max(1, len(c.fpc))
	if d.PPS != "" {
		stages = 1
	}
	c.ids = c.ids[:min(len(c.ids), stages)]
	c.fpc = c.fpc[:min(len(c.fpc), max(1, len(c.ids)))]
	if len(c.strata)+len(c.ids) > len(path{}) {
		return c, analysis.Problem{Message: fmt.Sprintf("design: more than %d columns of strata and units", len(path{})), Hint: "join some of them into one column"}
	}
	return c, nil
}

// texts are the columns of a path in order.
func (c columns) texts() []string { return slices.Concat(c.strata, c.ids) }

// pathOf returns the path of a row; false when a column of it is NULL.
func pathOf(texts [][]int32, row int) (path, bool) {
	p := path{-1, -1, -1, -1, -1, -1, -1, -1}
	for k, column := range texts {
		if p[k] = column[row]; p[k] < 0 {
			return p, false
		}
	}
	return p, true
}

// takeCensus reads the design's columns once.
func (s *sample) takeCensus(ctx context.Context, c columns) (*census, error) {
	parts := make([]*census, s.rows.Workers())
	for k := range parts {
		parts[k] = &census{paths: map[path]*found{}, unknown: map[string]int64{}}
	}
	own := s.memberColumns()
	err := s.rows.Stream(ctx, slices.Concat(own, c.fpc), c.texts(), func(worker int, b analysis.Batch) error {
		part := parts[worker]
		for row := range b.Rows {
			if s.filtered(b.Numbers, row) {
				continue
			}
			part.note(s.design.Weights, c, b, len(own), row)
		}
		return nil
	})
	all := parts[0]
	for _, part := range parts[1:] {
		all.merge(part)
	}
	return all, err
}

// note takes in one row of the sample; the weight stands before the numbers of
// the finite population.
func (c *census) note(weight string, design columns, b analysis.Batch, own, row int) {
	if weight != "" {
		w := b.Numbers[own-1][row]
		if math.IsNaN(w) {
			c.unknown[weight]++
		} else if w < 0 {
			c.negative++
		}
	}
	p, known := pathOf(b.Texts, row)
	if !known {
		for k, name := range design.texts() {
			if b.Texts[k][row] < 0 {
				c.unknown[name]++
			}
		}
		return
	}
	f := c.paths[p]
	if f == nil {
		f = &found{}
		for k := range f.low {
			f.low[k], f.high[k] = math.Inf(1), math.Inf(-1)
		}
		c.paths[p] = f
	}
	f.rows++
	for k, name := range design.fpc {
		x := b.Numbers[own+k][row]
		if math.IsNaN(x) {
			c.unknown[name]++
		}
		f.low[k], f.high[k] = min(f.low[k], x), max(f.high[k], x)
	}
}

func (c *census) merge(part *census) {
	for p, f := range part.paths {
		all := c.paths[p]
		if all == nil {
			c.paths[p] = f
			continue
		}
		all.rows += f.rows
		for k := range f.low {
			all.low[k], all.high[k] = min(all.low[k], f.low[k]), max(all.high[k], f.high[k])
		}
	}
	for name, n := range part.unknown {
		c.unknown[name] += n
	}
	c.negative += part.negative
}

// check reports what makes the design impossible.
func (c *census) check(d Design, names columns) error {
	fail := func(hint, format string, args ...any) error {
		return analysis.Problem{Message: "design: " + fmt.Sprintf(format, args...), Hint: hint}
	}
	for _, name := range slices.Sorted(maps.Keys(c.unknown)) {
		return fail("fill it in, or leave these rows out of the sample with a row filter", "%s is empty in %d rows, and every row of the sample needs it", name, c.unknown[name])
	}
	if c.negative > 0 {
		return fail("a sampling weight says how many of the population a row stands for", "%s is negative in %d rows", d.Weights, c.negative)
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, f := range c.paths {
		for k := range names.fpc {
			low, high = min(low, f.low[k]), max(high, f.high[k])
		}
	}
	if low <= 0 {
		return fail("give the units of the population, or the sampled fraction", "%s is %v somewhere", strings.Join(names.fpc, ", "), low)
	}
	if low < 1 && high > 1 {
		return fail("give populations (all at least 1) or sampled fractions (all at most 1), not both", "%s holds values below and above 1", strings.Join(names.fpc, ", "))
	}
	return nil
}
