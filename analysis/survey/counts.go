package survey

import "math"

// counts is what one goroutine has added up of a plan.
type counts struct {
	*plan
	byTally     []*tallyCounts
	most        []float64 // largest |w·t| by term, replicate weights too, and by product
	mostProduct []float64
	mostCross   []float64 // largest |v·x·t| by term
	infinite    []bool    // terms with an infinite value
	levelCodes  []int32   // of the terms that are levels, -2 while unknown

	// Of the block at hand:
	values  [][]float64 // by term and row
	weights []float64   // 0 where a row is not part of the sample
	lines   [][]exact   // by bundle, row after row: 1, its terms and its products in fixed point
	unusual []bool      // by bundle: a term is unknown or infinite somewhere
	members []int32     // group of each row, −1 where it is in none
	lacking []bool      // rows that do not say all that is needed
	cells   []int32     // of members

	product []float64
	scratch []float64
	codes   []int32
}

func (p *plan) newCounts() *counts {
	c := &counts{
		plan: p, most: make([]float64, len(p.terms)), mostProduct: make([]float64, len(p.products)), mostCross: make([]float64, len(p.terms)),
		infinite: make([]bool, len(p.terms)), levelCodes: make([]int32, len(p.terms)), values: make([][]float64, len(p.terms)),
		weights: make([]float64, blockRows), product: make([]float64, blockRows), members: make([]int32, blockRows), lacking: make([]bool, blockRows),
		cells: make([]int32, blockRows), unusual: make([]bool, len(p.bundles)),
	}
	for k := range p.terms {
		c.levelCodes[k] = -2
		c.scratch = grown(c.scratch, len(p.terms[k].numbers), 0)
		c.codes = grown(c.codes, len(p.terms[k].texts), 0)
		c.values[k] = make([]float64, blockRows)
	}
	for _, b := range p.bundles {
		lines := make([]exact, b.width()*blockRows)
		for row := range blockRows {
			lines[row*b.width()].hi = 1
		}
		c.lines = append(c.lines, lines)
	}
	for k := range p.tallies {
		c.byTally = append(c.byTally, p.newTallyCounts(k))
	}
	return c
}

// take adds one block.
func (c *counts) take(p portion) {
	for row, w := range p.weights[0][:p.Rows] {
		if w != w {
			w = 0
		}
		c.weights[row] = w
	}
	for k := range c.terms {
		c.evaluate(k, p)
	}
	for k := range c.bundles {
		c.scale(k, p.Rows)
	}
	for k := range c.tallies {
		if c.source[k] < 0 {
			c.add(k, p)
		}
	}
}

// scale turns w·t and w·t_a·t_b of a bundle into fixed point and notes the
// largest.
func (c *counts) scale(n, rows int) {
	b, lines, weights := c.bundles[n], c.lines[n], c.weights[:rows]
	c.unusual[n] = false
	for j, k := range b.terms {
		unusual := fix(lines[1+j:], b.width(), weights, c.values[k], c.terms[k].scale, &c.most[k])
		for row := 0; unusual && row < rows; row++ {
			c.infinite[k] = c.infinite[k] || math.IsInf(weights[row]*c.values[k][row], 0)
		}
		c.unusual[n] = c.unusual[n] || unusual
	}
	for j, k := range b.products {
		pair := c.products[k]
		for row, w := range weights {
			c.product[row] = w * c.values[pair.a][row]
		}
		fix(lines[b.sums()+j:], b.width(), c.product[:rows], c.values[pair.b], pair.scale, &c.mostProduct[k])
	}
}

// fix writes the products of two columns in fixed point to every width-th place
// of lines, 0 for those that are unknown or infinite, and reports whether any is.
// It notes the largest of the others.
func fix(lines []exact, width int, a, b []float64, scale int, most *float64) (unusual bool) {
	factor, top := math.Ldexp(1, scale), math.Float64bits(*most)
	b = b[:len(a)]
	for row, x := range a {
		x *= b[row]
		// Bits of positive floats order as they do, with +Inf and NaN above all.
		top = max(top, math.Float64bits(x)&^(1<<63))
		lines[row*width] = fixed(x * factor)
	}
	if top < math.Float64bits(math.Inf(1)) {
		*most = math.Float64frombits(top)
		return false
	}
	for row, x := range a {
		if x = math.Abs(x * b[row]); x <= math.MaxFloat64 {
			*most = max(*most, x)
		} else {
			lines[row*width] = exact{}
		}
	}
	return true
}

// add adds the rows of the block to the groups of one tally.
func (c *counts) add(tally int, p portion) {
	t, n := c.byTally[tally], c.bundle[tally]
	members := c.choose(tally, p)
	c.place(t, members, c.lack(tally, p), p.leaves)
	b, lines := c.bundles[n], c.lines[n]
	sums, width := b.sums(), b.width()
	t.fetch(members, c.cells)
	for row, at := range members {
		if at < 0 {
			continue
		}
		line := lines[row*width:][:width]
		addAll(t.sums(c.cells[row]), line) // what is unknown adds nothing
		addAll(t.groups[at].pairs, line[sums:])
	}
	if c.unusual[n] {
		c.countUnknown(t, b, members)
	}
	if c.replicates != nil {
		c.addReplicates(t, b, p, members)
	}
	if c.adjustment != nil {
		c.addCross(t, b, p, members)
	}
}

// fetch touches the cells of the members: so the processor gets many of them from
// memory at a time, which takes longer than adding to them.
func (t *tallyCounts) fetch(members, cells []int32) {
	const line = 64 / 16 // sums in what memory hands out at once
	touched := uint64(0)
	for row, at := range members {
		if at < 0 {
			continue
		}
		sums := t.sums(cells[row])
		for k := 0; k < len(sums); k += line {
			touched += sums[k].lo
		}
	}
	t.touched = touched // so that the compiler does not leave it out
}

// choose finds the group of every row in a tally.
func (c *counts) choose(tally int, p portion) []int32 {
	t, at, members := c.byTally[tally], c.at[tally], c.members[:p.Rows]
	for row, w := range p.weights[0][:p.Rows] {
		members[row] = 0
		if w != w || at.domain >= 0 && p.Numbers[at.domain][row] != 1 {
			members[row] = -1
		}
	}
	if len(at.by) > 0 {
		by := make([][]int32, len(at.by))
		for j, k := range at.by {
			by[j] = p.Texts[k]
		}
		t.paths.numberRows(by, members, (*paths).number)
		t.widen()
	}
	for row := 0; c.replicates != nil && row < p.Rows; row++ {
		if k := members[row]; k >= 0 {
			t.groups[k].note(p, row)
		}
	}
	return members
}

// place finds the cells of the rows. Rows that add nothing are counted there and
// leave the members.
func (c *counts) place(t *tallyCounts, members []int32, lacking []bool, leaves []int32) {
	for row, at := range members {
		if at < 0 {
			continue
		}
		g, lacks, idle := t.groups[at], lacking != nil && lacking[row], c.weights[row] == 0
		c.cells[row] = t.cell(at, leaves[row])
		if !lacks {
			g.rows++
		}
		if !lacks && !idle {
			g.n++
			continue
		}
		members[row] = -1
		count := &t.sums(c.cells[row])[0]
		count.hi++
		if idle {
			count.lo++
		}
		if lacks {
			g.missing++
		}
	}
}

// lack finds the rows that do not say all a tally needs; nil if all do.
func (c *counts) lack(tally int, p portion) []bool {
	at, lacking, some := c.at[tally], c.lacking[:p.Rows], false
	known := at.more
	if c.unusual[c.bundle[tally]] {
		known = at.known // among them the terms, which elsewhere are all known
	}
	clear(lacking)
	for _, k := range known {
		for row, x := range p.Numbers[k] {
			if x != x {
				lacking[row], some = true, true
			}
		}
	}
	for _, k := range at.stated {
		for row, code := range p.Texts[k] {
			if code < 0 {
				lacking[row], some = true, true
			}
		}
	}
	if !some {
		return nil
	}
	return lacking
}

// countUnknown counts, by group and term, the rows added that lack it.
func (c *counts) countUnknown(t *tallyCounts, b bundle, members []int32) {
	for row, at := range members {
		if at < 0 {
			continue
		}
		for k, term := range b.terms {
			if x := c.values[term][row]; x != x {
				t.groups[at].unknown[k]++
			}
		}
	}
}

// addReplicates adds the rows to the sums by replicate.
func (c *counts) addReplicates(t *tallyCounts, b bundle, p portion, members []int32) {
	for k, term := range b.terms {
		factor := math.Ldexp(1, c.terms[term].scale)
		for row, at := range members {
			if at < 0 {
				continue
			}
			value, sums := c.values[term][row], t.groups[at].sums
			for r, weights := range p.weights[1:] {
				x := weights[row] * value
				c.most[term] = max(c.most[term], math.Abs(x))
				sums[1+r][k].add(fixed(x * factor))
			}
		}
	}
}

// addCross adds v·x_j·t_k of the rows, v the base weight or 1.
func (c *counts) addCross(t *tallyCounts, b bundle, p portion, members []int32) {
	for k, term := range b.terms {
		factor := math.Ldexp(1, c.terms[term].crossScale)
		for row, at := range members {
			if at < 0 {
				continue
			}
			value := c.values[term][row]
			if !c.adjustment.unweighted() {
				value *= p.base[row]
			}
			for _, x := range p.x[row] {
				c.mostCross[term] = max(c.mostCross[term], math.Abs(value*x.value))
				t.groups[at].cross[x.index][k].add(fixed(value * x.value * factor))
			}
		}
	}
}

// merge adds what another goroutine found.
func (c *counts) merge(part *counts) {
	for k, most := range part.most {
		c.most[k] = max(c.most[k], most)
		c.mostCross[k] = max(c.mostCross[k], part.mostCross[k])
		c.infinite[k] = c.infinite[k] || part.infinite[k]
	}
	for k, most := range part.mostProduct {
		c.mostProduct[k] = max(c.mostProduct[k], most)
	}
	for tally, from := range part.byTally {
		c.byTally[tally].merge(from, func(codes path) path { return codes })
	}
}
