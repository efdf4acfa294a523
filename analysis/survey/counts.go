package survey

import "math"

// counts is what one goroutine has added up of a plan.
type counts struct {
	*plan
	byTally     []map[path]*groupCounts
	trees       []branch  // tally → its groups by the codes of its by columns
	most        []float64 // largest |w·t| by term, replicate weights too, and by product
	mostProduct []float64
	mostCross   []float64 // largest |v·x·t| by term
	someUnknown []bool    // terms that are NaN somewhere in the block at hand
	infinite    []bool    // terms with an infinite value
	levelCodes  []int32   // of the terms that are levels, -2 while unknown

	values        [][]float64 // of the block at hand, by term and row
	scaled        [][]exact   // w·t in fixed point
	scaledProduct [][]exact
	scratch       []float64
	codes         []int32
}

// branch leads from one by column's code to the next, and at last to a group.
type branch struct {
	next  []*branch
	group *groupCounts
}

// groupCounts is what a group has added up to so far.
type groupCounts struct {
	terms            int
	n, rows, missing int64
	unknown          []int64   // by term
	sums             [][]exact // by replicate; the sample's own come from the cells
	pairs            []exact
	cross            [][]exact // by regressor and term
	gram             [][]float64

	pages [][]int32   // leaf → number of its cell + 1, in pages of pageSize
	cells []cellCount // in the order met
	parts []exact     // Σ w·t by cell and term
}

type cellCount struct {
	leaf         int32
	rows, active int64
}

const pageSize = 256

func (p *plan) newCounts() *counts {
	c := &counts{
		plan: p, trees: make([]branch, len(p.tallies)),
		most: make([]float64, len(p.terms)), mostProduct: make([]float64, len(p.products)),
		mostCross: make([]float64, len(p.terms)), infinite: make([]bool, len(p.terms)), someUnknown: make([]bool, len(p.terms)), levelCodes: make([]int32, len(p.terms)),
		values: make([][]float64, len(p.terms)), scaled: make([][]exact, len(p.terms)), scaledProduct: make([][]exact, len(p.products)),
	}
	for k := range p.terms {
		c.levelCodes[k] = -2
		c.scratch = grown(c.scratch, len(p.terms[k].numbers), 0)
		c.codes = grown(c.codes, len(p.terms[k].texts), 0)
		c.values[k], c.scaled[k] = make([]float64, blockRows), make([]exact, blockRows)
	}
	for k := range p.products {
		c.scaledProduct[k] = make([]exact, blockRows)
	}
	for k, t := range p.tallies {
		c.byTally = append(c.byTally, map[path]*groupCounts{})
		if len(t.by) == 0 {
			c.trees[k].group = c.newGroup(k, nowhere)
		}
	}
	return c
}

// nowhere is the path without a code.
var nowhere = path{-1, -1, -1, -1, -1, -1, -1, -1}

func (c *counts) newGroup(tally int, codes path) *groupCounts {
	g := &groupCounts{terms: len(c.of[tally]), unknown: make([]int64, len(c.of[tally])), pairs: make([]exact, len(c.pairs[tally]))}
	for range 1 + c.replicates.count() {
		g.sums = append(g.sums, make([]exact, g.terms))
	}
	if c.adjustment != nil {
		for range c.adjustment.size() {
			g.cross = append(g.cross, make([]exact, g.terms))
		}
	}
	if n := c.replicates.count(); n > 0 {
		for range n + 1 {
			g.gram = append(g.gram, make([]float64, n))
		}
	}
	g.pages = make([][]int32, (c.frame.size()+pageSize-1)/pageSize)
	c.byTally[tally][codes] = g
	return g
}

// take adds one block.
func (c *counts) take(p portion) {
	for k := range c.terms {
		c.evaluate(k, p)
		c.scale(k, p)
	}
	for k, pair := range c.products {
		c.multiply(k, pair, p)
	}
	for k := range c.tallies {
		c.add(k, p)
	}
}

// evaluate works out a term for every row of the block.
func (c *counts) evaluate(k int, p portion) {
	t, out := &c.terms[k], c.values[k]
	switch {
	case t.value != nil:
		for row := range p.Rows {
			for j, at := range t.numbers {
				c.scratch[j] = p.Numbers[at][row]
			}
			for j, at := range t.texts {
				c.codes[j] = p.Texts[at][row]
			}
			out[row] = t.value(c.scratch[:len(t.numbers)], c.codes[:len(t.texts)])
		}
	case t.number >= 0:
		c.values[k] = p.Numbers[t.number]
	case t.text >= 0:
		code := c.codeOf(k)
		for row, have := range p.Texts[t.text] {
			out[row] = 0
			if have == code {
				out[row] = 1
			} else if have < 0 {
				out[row] = math.NaN()
			}
		}
	default:
		for row := range p.Rows {
			out[row] = 1
		}
	}
}

// codeOf is the code of a term's level, -2 as long as no row had it.
func (c *counts) codeOf(k int) int32 {
	if c.levelCodes[k] < 0 {
		t := &c.terms[k].term
		for code, text := range c.sample.rows.Texts(t.text) {
			if text == t.level {
				c.levelCodes[k] = int32(code)
			}
		}
	}
	return c.levelCodes[k]
}

// scale turns w·t into fixed point and notes the largest.
func (c *counts) scale(k int, p portion) {
	factor, most, out := math.Ldexp(1, c.terms[k].scale), c.most[k], c.scaled[k]
	values := c.values[k]
	c.someUnknown[k] = false
	for row, w := range p.weights[0][:p.Rows] {
		x := w * values[row]
		if x != x {
			c.someUnknown[k] = true
		}
		if size := math.Abs(x); size > most {
			if size > math.MaxFloat64 {
				c.infinite[k] = true
				continue
			}
			most = size
		}
		out[row] = fixed(x * factor)
	}
	c.most[k] = most
}

// multiply turns w·t_a·t_b into fixed point and notes the largest.
func (c *counts) multiply(k int, pair termPair, p portion) {
	factor, most, out := math.Ldexp(1, pair.scale), c.mostProduct[k], c.scaledProduct[k]
	a, b := c.values[pair.a], c.values[pair.b]
	for row, w := range p.weights[0][:p.Rows] {
		x := w * a[row] * b[row]
		if size := math.Abs(x); size > most && size <= math.MaxFloat64 {
			most = size
		}
		out[row] = fixed(x * factor)
	}
	c.mostProduct[k] = most
}

// add adds the rows of the block to the groups of one tally.
func (c *counts) add(tally int, p portion) {
	at, of, pairs := c.at[tally], c.of[tally], c.pairs[tally]
	for row := range p.Rows {
		w := p.weights[0][row]
		if w != w || at.domain >= 0 && p.Numbers[at.domain][row] != 1 {
			continue
		}
		g := c.find(tally, at.by, p, row)
		if g == nil {
			continue
		}
		cell := g.cell(p.leaves[row])
		g.cells[cell].rows++
		if w != 0 {
			g.cells[cell].active++
		}
		g.note(p, row)
		if !at.complete(p, row) {
			g.missing++
			continue
		}
		g.rows++
		if w == 0 {
			continue
		}
		g.n++
		sums := g.parts[cell*len(of):]
		for k, term := range of {
			sums[k].add(c.scaled[term][row]) // an unknown one adds nothing
			if c.someUnknown[term] && c.values[term][row] != c.values[term][row] {
				g.unknown[k]++
			}
		}
		for k, product := range pairs {
			g.pairs[k].add(c.scaledProduct[product][row])
		}
		if len(g.sums) > 1 {
			c.addReplicates(g, of, p, row)
		}
		if c.adjustment != nil {
			c.addCross(g, of, p, row)
		}
	}
}

// complete reports whether a row says all that is needed.
func (at reading) complete(p portion, row int) bool {
	for _, k := range at.known {
		if x := p.Numbers[k][row]; x != x {
			return false
		}
	}
	for _, k := range at.stated {
		if p.Texts[k][row] < 0 {
			return false
		}
	}
	return true
}

// find returns the group of a row; nil where a by column is unknown.
func (c *counts) find(tally int, by []int, p portion, row int) *groupCounts {
	b := &c.trees[tally]
	for _, k := range by {
		code := p.Texts[k][row]
		if code < 0 {
			return nil
		}
		for int(code) >= len(b.next) {
			b.next = append(b.next, nil)
		}
		if b.next[code] == nil {
			b.next[code] = &branch{}
		}
		b = b.next[code]
	}
	if b.group == nil {
		codes := nowhere
		for j, k := range by {
			codes[j] = p.Texts[k][row]
		}
		b.group = c.newGroup(tally, codes)
	}
	return b.group
}

// cell returns the number of the group's cell in a leaf, a new one if need be.
func (g *groupCounts) cell(leaf int32) int {
	page := g.pages[leaf/pageSize]
	if page == nil {
		page = make([]int32, pageSize)
		g.pages[leaf/pageSize] = page
	}
	n := page[leaf%pageSize]
	if n == 0 {
		g.cells = append(g.cells, cellCount{leaf: leaf})
		g.parts = append(g.parts, make([]exact, g.terms)...)
		n = int32(len(g.cells))
		page[leaf%pageSize] = n
	}
	return int(n) - 1
}

// addReplicates adds a row to the sums by replicate.
func (c *counts) addReplicates(g *groupCounts, of []int, p portion, row int) {
	for k, term := range of {
		t, factor := c.values[term][row], math.Ldexp(1, c.terms[term].scale)
		for r, weights := range p.weights[1:] {
			x := weights[row] * t
			c.most[term] = max(c.most[term], math.Abs(x))
			g.sums[1+r][k].add(fixed(x * factor))
		}
	}
}

// addCross adds v·x_j·t_k of a row, v its base weight or 1.
func (c *counts) addCross(g *groupCounts, of []int, p portion, row int) {
	v := p.base[row]
	if c.adjustment.unweighted() {
		v = 1
	}
	for k, term := range of {
		t, factor := v*c.values[term][row], math.Ldexp(1, c.terms[term].crossScale)
		for _, x := range p.x[row] {
			c.mostCross[term] = max(c.mostCross[term], math.Abs(t*x.value))
			g.cross[x.index][k].add(fixed(t * x.value * factor))
		}
	}
}

// note adds a row of the domain to the products of replicate weights, each but
// the first less the first: what sets them apart is small beside them. The last
// line holds their squares.
func (g *groupCounts) note(p portion, row int) {
	if len(g.gram) == 0 {
		return
	}
	n := len(g.gram) - 1
	for a := range n {
		w := p.weights[1+a][row]
		g.gram[n][a] += w * w
		if a > 0 {
			w -= p.weights[1][row]
		}
		for b := range a + 1 {
			x := p.weights[1+b][row]
			if b > 0 {
				x -= p.weights[1][row]
			}
			g.gram[a][b] += w * x
		}
	}
}

// rank counts the replicate weights that are not combinations of those before
// them: what is left of each after that is at most 1e-5 of it.
func (g *groupCounts) rank() int {
	n := len(g.gram) - 1
	var factor [][]float64 // rows of the Cholesky factor
	var kept []int
	for a, line := range g.gram[:n] {
		row := make([]float64, len(kept), len(kept)+1)
		rest := line[a]
		for j, b := range kept {
			x := line[b]
			for k := range j {
				x -= row[k] * factor[j][k]
			}
			row[j] = x / factor[j][j]
			rest -= row[j] * row[j]
		}
		if size := g.gram[n][a]; rest > 1e-10*size && size > 0 {
			factor, kept = append(factor, append(row, math.Sqrt(rest))), append(kept, a)
		}
	}
	return len(kept)
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
	for tally, groups := range part.byTally {
		for codes, g := range groups {
			have := c.byTally[tally][codes]
			if have == nil {
				have = c.newGroup(tally, codes)
			}
			have.merge(g)
		}
	}
}

func (g *groupCounts) merge(part *groupCounts) {
	g.n, g.rows, g.missing = g.n+part.n, g.rows+part.rows, g.missing+part.missing
	for k, n := range part.unknown {
		g.unknown[k] += n
	}
	addAll(g.pairs, part.pairs)
	for r := range g.sums {
		addAll(g.sums[r], part.sums[r])
	}
	for j := range g.cross {
		addAll(g.cross[j], part.cross[j])
	}
	for a, line := range part.gram {
		for b, x := range line {
			g.gram[a][b] += x
		}
	}
	for k, from := range part.cells {
		to := g.cell(from.leaf)
		g.cells[to].rows += from.rows
		g.cells[to].active += from.active
		addAll(g.parts[to*g.terms:][:g.terms], part.parts[k*g.terms:][:g.terms])
	}
}

func addAll(to, from []exact) {
	for k, x := range from {
		to[k].add(x)
	}
}

// finish adds up the sample's own sums from the cells.
func (g *groupCounts) finish() {
	for k := range g.cells {
		addAll(g.sums[0], g.parts[k*g.terms:][:g.terms])
	}
}
