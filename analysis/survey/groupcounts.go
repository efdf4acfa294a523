package survey

import "math"

// tallyCounts is the groups of a tally so far. Those where a by column is unknown
// are no answers, but count where a tally without it is made from this one.
type tallyCounts struct {
	plan   *plan
	tally  int
	terms  int
	paths  *paths // of the by columns
	groups []*groupCounts
	cells  []cellPlace // in the order met
	pages  [][]exact   // sums by cell, in pages of pageSize cells

	touched uint64
}

// sums returns the sums of a cell. The first counts rows of the domain, and in its
// lower half those of them with a weight of 0: it lies where a row is added
// anyway, and memory far away takes long to reach. Then comes Σ w·t by term.
func (t *tallyCounts) sums(cell int32) []exact {
	size := 1 + t.terms
	return t.pages[cell/pageSize][int(cell%pageSize)*size:][:size]
}

// groupCounts is what a group has added up to so far, apart from its cells.
type groupCounts struct {
	n, rows, missing int64
	unknown          []int64   // by term
	sums             [][]exact // by replicate; the sample's own come from the cells
	pairs            []exact
	cross            [][]exact // by regressor and term
	gram             [][]float64

	pages [][]int32 // leaf → number of its cell + 1, in pages of pageSize
}

// cellPlace is where a cell belongs.
type cellPlace struct{ group, leaf int32 }

// pageSize is how much is made room for at a time: groups may be small, and large
// ones should not be copied as they grow.
const pageSize = 256

func (p *plan) newTallyCounts(tally int) *tallyCounts {
	t := &tallyCounts{plan: p, tally: tally, terms: len(p.of[tally]), paths: newPaths(len(p.tallies[tally].by))}
	if t.paths.depth == 0 {
		everybody := nowhere
		t.paths.number(&everybody)
		t.widen()
	}
	return t
}

// widen makes groups for paths that have none yet.
func (t *tallyCounts) widen() {
	for len(t.groups) < len(t.paths.all) {
		t.groups = append(t.groups, t.newGroup())
	}
}

func (t *tallyCounts) newGroup() *groupCounts {
	s := t.plan.sample
	g := &groupCounts{unknown: make([]int64, t.terms), pairs: make([]exact, len(t.plan.pairs[t.tally]))}
	g.sums = exacts(1+s.replicates.count(), t.terms)
	if s.adjustment != nil {
		g.cross = exacts(s.adjustment.size(), t.terms)
	}
	if n := s.replicates.count(); n > 0 {
		for range n + 1 {
			g.gram = append(g.gram, make([]float64, n))
		}
	}
	g.pages = make([][]int32, (s.frame.size()+pageSize-1)/pageSize)
	return g
}

// exacts returns a matrix of zeros.
func exacts(rows, columns int) [][]exact {
	all := make([][]exact, rows)
	for k := range all {
		all[k] = make([]exact, columns)
	}
	return all
}

// cell returns the number of a group's cell in a leaf, a new one if need be.
func (t *tallyCounts) cell(group, leaf int32) int32 {
	if page := t.groups[group].pages[leaf/pageSize]; page != nil && page[leaf%pageSize] > 0 {
		return page[leaf%pageSize] - 1
	}
	return t.newCell(group, leaf)
}

func (t *tallyCounts) newCell(group, leaf int32) int32 {
	page := &t.groups[group].pages[leaf/pageSize]
	if *page == nil {
		*page = make([]int32, pageSize)
	}
	if len(t.cells)%pageSize == 0 {
		t.pages = append(t.pages, make([]exact, pageSize*(1+t.terms)))
	}
	t.cells = append(t.cells, cellPlace{group: group, leaf: leaf})
	(*page)[leaf%pageSize] = int32(len(t.cells))
	return int32(len(t.cells)) - 1
}

// merge adds what another goroutine found, or groups of another tally: pathOf
// says which of this one they belong to.
func (t *tallyCounts) merge(from *tallyCounts, pathOf func(codes path) path) {
	to := make([]int32, len(from.groups))
	for k, g := range from.groups {
		codes := pathOf(from.paths.all[k])
		to[k] = t.paths.number(&codes)
		t.widen()
		t.groups[to[k]].merge(g)
	}
	for k, c := range from.cells {
		addAll(t.sums(t.cell(to[c.group], c.leaf)), from.sums(int32(k)))
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
