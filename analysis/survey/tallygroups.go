package survey

import (
	"cmp"
	"math"
	"slices"
)

// groups turns exact sums into groups in order of their levels.
func (p *plan) groups(total *counts) [][]*group {
	all := make([][]*group, len(p.tallies))
	for k, t := range p.tallies {
		counted := total.byTally[k]
		ranks := make([]map[string]int, len(t.by))
		for j, column := range t.by {
			ranks[j] = p.rank(column, counted.paths.all, j)
		}
		cells := p.cells(k, counted)
		for n, codes := range counted.paths.all {
			if counted.paths.complete(codes) {
				all[k] = append(all[k], p.group(k, codes, counted.groups[n], cells[n], total.infinite))
			}
		}
		slices.SortFunc(all[k], func(a, b *group) int {
			for j := range t.by {
				if d := ranks[j][a.levels[j]] - ranks[j][b.levels[j]]; d != 0 {
					return d
				}
			}
			return 0
		})
	}
	return all
}

// rank orders the levels of a by column: as declared, else by their codes.
func (p *plan) rank(column string, groups []path, j int) map[string]int {
	texts := p.rows.Texts(column)
	levels := slices.Clone(p.design.Levels[column])
	var more []string
	for _, codes := range groups {
		if codes[j] < 0 {
			continue
		}
		if text := texts[codes[j]]; !slices.Contains(levels, text) && !slices.Contains(more, text) {
			more = append(more, text)
		}
	}
	slices.SortFunc(more, compareCodes)
	rank := map[string]int{}
	for k, level := range append(levels, more...) {
		rank[level] = k
	}
	return rank
}

// cells rounds the cells of a tally. It returns them by group in order of leaves,
// and adds up the groups' sums.
func (p *plan) cells(k int, c *tallyCounts) [][]cell {
	scales, cells := p.scales(k), make([][]cell, len(c.groups))
	for n, at := range c.cells {
		count, sums := c.sums(int32(n))[0], c.sums(int32(n))[1:]
		cells[at.group] = append(cells[at.group], cell{leaf: at.leaf, sums: floats(sums, scales), rows: count.hi, active: count.hi - int64(count.lo)})
		addAll(c.groups[at.group].sums[0], sums)
	}
	for _, own := range cells {
		slices.SortFunc(own, func(a, b cell) int { return cmp.Compare(a.leaf, b.leaf) })
	}
	return cells
}

// scales are those of a tally's terms.
func (p *plan) scales(k int) []int {
	var scales []int
	for _, at := range p.of[k] {
		scales = append(scales, p.terms[at].scale)
	}
	return scales
}

// group rounds the sums of one group, once.
func (p *plan) group(k int, codes path, c *groupCounts, cells []cell, infinite []bool) *group {
	t := p.tallies[k]
	g := &group{tally: t, codes: codes, n: c.n, rows: c.rows, missing: c.missing, unknown: c.unknown, cells: cells}
	for j, column := range t.by {
		g.levels = append(g.levels, p.rows.Texts(column)[codes[j]])
	}
	scales := p.scales(k)
	for _, sums := range c.sums {
		g.sums = append(g.sums, floats(sums, scales))
	}
	for j, at := range p.pairs[k] {
		g.pairs = append(g.pairs, c.pairs[j].float(p.products[at].scale))
	}
	for j, at := range p.of[k] {
		scales[j] = p.terms[at].crossScale
		if infinite[at] {
			g.sums[0][j] = math.NaN()
		}
	}
	for _, cross := range c.cross {
		g.cross = append(g.cross, floats(cross, scales))
	}
	g.present = p.presence(g)
	g.df = p.df(g, c)
	return g
}

// floats rounds sums.
func floats(sums []exact, scales []int) []float64 {
	out := make([]float64, len(sums))
	for k, sum := range sums {
		out[k] = sum.float(scales[k])
	}
	return out
}

// df counts PSUs less strata that hold rows of the domain with a weight; with
// replicate weights it is their rank less one.
func (p *plan) df(g *group, c *groupCounts) float64 {
	if p.replicates != nil {
		return float64(c.rank() - 1)
	}
	strata, units := 0, int64(0)
	stratum, psu := int32(-1), int32(-1)
	for _, cell := range g.cells { // in order of leaves, so that a PSU's stand together
		if cell.active == 0 {
			continue
		}
		if h := p.frame.stratum(cell.leaf); h != stratum {
			stratum = h
			strata++
		}
		if i := p.frame.psu(cell.leaf); p.frame.rowwise() {
			units += cell.active
		} else if i != psu {
			psu = i
			units++
		}
	}
	return float64(units - int64(strata))
}
