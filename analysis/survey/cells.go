package survey

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// combinations numbers the combinations of text codes that occur. It may be read
// from several goroutines once nothing is added any more.
type combinations struct {
	first  []int32              // number of each code of the first text, −1 where it has none
	next   []map[[2]int32]int32 // for each further text: number so far and code → number
	counts []int32              // how many numbers there are, by text
	codes  [][]int32            // by number
}

func newCombinations(texts int) *combinations {
	c := &combinations{counts: make([]int32, texts)}
	for range max(0, texts-1) {
		c.next = append(c.next, map[[2]int32]int32{})
	}
	return c
}

// number returns the number of a combination, −1 for one that was not added.
func (c *combinations) number(codes []int32) int {
	if codes[0] < 0 || int(codes[0]) >= len(c.first) {
		return -1
	}
	at := c.first[codes[0]]
	for k, code := range codes[1:] {
		next, ok := c.next[k][[2]int32{at, code}]
		if !ok {
			return -1
		}
		at = next
	}
	return int(at)
}

// add numbers a combination unless something of it is unknown.
func (c *combinations) add(codes []int32) {
	if len(codes) == 0 || slices.Contains(codes, -1) {
		return
	}
	c.first = grown(c.first, int(codes[0])+1, -1)
	if c.first[codes[0]] < 0 {
		c.first[codes[0]] = c.counts[0]
		c.counts[0]++
	}
	at := c.first[codes[0]]
	for k, code := range codes[1:] {
		key := [2]int32{at, code}
		next, ok := c.next[k][key]
		if !ok {
			next = c.counts[k+1]
			c.counts[k+1]++
			c.next[k][key] = next
		}
		at = next
	}
	if int(at) == len(c.codes) {
		c.codes = append(c.codes, slices.Clone(codes))
	}
}

// sorted returns the combinations numbered in order of their texts, so that
// numbers do not depend on the order of rows.
func (c *combinations) sorted(texts [][]string) *combinations {
	slices.SortFunc(c.codes, func(a, b []int32) int {
		for k := range a {
			if order := cmp.Compare(texts[k][a[k]], texts[k][b[k]]); order != 0 {
				return order
			}
		}
		return 0
	})
	s := newCombinations(len(texts))
	for _, codes := range c.codes {
		s.add(codes)
	}
	return s
}

// cells is the rows of a sample by combination of texts.
type cells struct {
	keys    *combinations
	counts  []int64     // rows with a weight other than 0, by cell
	weights [][]float64 // Σ weight by replicate and cell
}

// cellSums reads the rows once more and adds up their weights by combination.
func (f *fitting) cellSums(ctx context.Context, r auxiliary, in *inspection) (*cells, error) {
	n, scale := len(in.keys.codes), scaling(slices.Max(in.weight), in.rows)
	parts := make([]cellPart, f.rows.Workers())
	for w := range parts {
		parts[w] = cellPart{in.keys, math.Ldexp(1, scale), make([]int64, n), make([]exact, n*(f.replicates+1))}
	}
	err := f.sample.each(ctx, nil, r.texts[:r.combined], func(worker int, p portion) error {
		parts[worker].add(p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	whole := parts[0]
	for _, part := range parts[1:] {
		addAll(whole.sums, part.sums)
		for cell, count := range part.counts {
			whole.counts[cell] += count
		}
	}
	c := &cells{keys: in.keys, counts: whole.counts}
	for replicate := range f.replicates + 1 {
		c.weights = append(c.weights, rounded(whole.sums[replicate*n:(replicate+1)*n], scale))
	}
	return c, nil
}

// cellPart is what one worker adds up by cell.
type cellPart struct {
	keys   *combinations
	unit   float64 // brings weights to the scale of the sums
	counts []int64
	sums   []exact // cell by cell in each replicate
}

func (c *cellPart) add(p portion) {
	codes := make([]int32, len(p.Texts))
	for i := range p.Rows {
		if !takesPart(p.weights, i) {
			continue
		}
		cell := c.keys.number(rowOf(p.Texts, i, codes))
		if p.weights[0][i] != 0 {
			c.counts[cell]++
		}
		for replicate, column := range p.weights {
			if w := column[i]; !math.IsNaN(w) {
				c.sums[replicate*len(c.counts)+cell].add(fixed(w * c.unit))
			}
		}
	}
}

// rounded rounds sums.
func rounded(sums []exact, scale int) []float64 {
	values := make([]float64, len(sums))
	for i, sum := range sums {
		values[i] = sum.float(scale)
	}
	return values
}
