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

// found is what a census knows of the rows of one path.
type found struct {
	rows      int64
	low, high [len(path{})]float64 // of the finite population by stage
}

// census is what one goroutine finds of the design.
type census struct {
	paths    *paths
	found    []found          // by path
	unknown  map[string]int64 // column → rows without it
	negative int64            // rows with a negative or infinite weight

	numbers []int32 // path of each row of the batch at hand, −1 where it has none
}

func newCensus(c columns) *census {
	return &census{paths: newPaths(len(c.texts())), unknown: map[string]int64{}}
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

// takeCensus reads the design's columns once.
func (s *sample) takeCensus(ctx context.Context, c columns) (*census, error) {
	parts := make([]*census, s.rows.Workers())
	for k := range parts {
		parts[k] = newCensus(c)
	}
	own := s.memberColumns()
	err := s.rows.Stream(ctx, slices.Concat(own, c.fpc), c.texts(), func(worker int, b analysis.Batch) error {
		part := parts[worker]
		part.numbers = grown(part.numbers, b.Rows, 0)[:b.Rows]
		for row := range part.numbers {
			part.numbers[row] = 0
			if s.filtered(b.Numbers, row) {
				part.numbers[row] = -1
			}
		}
		if s.design.Weights != "" {
			part.weigh(s.design.Weights, b.Numbers[len(own)-1])
		}
		part.place(c, b.Texts)
		part.add(c, b.Numbers[len(own):])
		return nil
	})
	all := parts[0]
	for _, part := range parts[1:] {
		all.merge(part)
	}
	return all, err
}

// weigh looks at the weights of the rows.
func (c *census) weigh(name string, weights []float64) {
	for row, n := range c.numbers {
		if w := weights[row]; n < 0 || w >= 0 && !math.IsInf(w, 1) {
			continue
		} else if w < 0 || math.IsInf(w, 1) {
			c.negative++
		} else {
			c.unknown[name]++
		}
	}
}

// place finds the path of every row that has one.
func (c *census) place(names columns, texts [][]int32) {
	lacking := false
	for k, name := range names.texts() {
		for row, code := range texts[k] {
			if code < 0 && c.numbers[row] >= 0 {
				c.unknown[name]++
				lacking = true
			}
		}
	}
	for row := 0; lacking && row < len(c.numbers); row++ {
		for _, codes := range texts {
			c.numbers[row] = min(c.numbers[row], codes[row])
		}
	}
	c.paths.numberRows(texts, c.numbers, (*paths).number)
	c.widen()
}

// widen makes room for what is found of new paths.
func (c *census) widen() {
	for len(c.found) < len(c.paths.all) {
		f := found{}
		for k := range f.low {
			f.low[k], f.high[k] = math.Inf(1), math.Inf(-1)
		}
		c.found = append(c.found, f)
	}
}

// add adds the rows to their paths; numbers are those of the finite population.
func (c *census) add(names columns, numbers [][]float64) {
	for row, n := range c.numbers {
		if n < 0 {
			continue
		}
		f := &c.found[n]
		f.rows++
		for k, name := range names.fpc {
			x := numbers[k][row]
			if math.IsNaN(x) {
				c.unknown[name]++
			}
			f.low[k], f.high[k] = min(f.low[k], x), max(f.high[k], x)
		}
	}
}

func (c *census) merge(part *census) {
	for k, p := range part.paths.all {
		n := c.paths.number(&p)
		c.widen()
		all, f := &c.found[n], &part.found[k]
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
		return fail("a sampling weight says how many of the population a row stands for", "%s is negative or infinite in %d rows", d.Weights, c.negative)
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, f := range c.found {
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
