package survey

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// term is a quantity of a row whose weighted total is wanted: a column, a level
// of a text column, what value makes of columns, or the number one.
type term struct {
	number string // an expression of number type
	text   string // an expression of text type: the term is 1 where it is level
	level  string

	value          func(numbers []float64, texts []int32) float64
	numbers, texts []string // what value reads
}

// one is the term whose weighted total is the size of the population.
var one = term{}

// tally asks for weighted totals over the rows of a domain, for each combination
// of levels of by. A row of the domain with an unknown (NULL) needed number or
// text does not count; one with an unknown by column is in no group.
type tally struct {
	domain string   // condition; "" is every row
	by     []string // text expressions
	known  []string // number expressions that must be known
	stated []string // text expressions that must be known
	terms  []term
	pairs  [][2]int // Σ w·t_a·t_b wanted too, by index of terms
}

// group is what a tally adds up to for one combination of levels.
type group struct {
	levels  []string    // of by
	n       int64       // rows with all that is needed known and a weight other than 0
	rows    int64       // the same with weights of 0
	missing int64       // rows with something unknown that must be known
	unknown []int64     // rows where a term is unknown, by term: it is left out of the sums
	sums    [][]float64 // Σ w·term, by replicate (0 is the sample itself) and term
	pairs   []float64   // Σ w·t_a·t_b
	df      float64     // PSUs − strata that hold rows of the domain with a weight other than 0, known or not; by replicates, rank − 1

	tally   *tally
	codes   path        // of by
	cells   []cell      // in order of leaves
	cross   [][]float64 // Σ v·x_j·t_k, by regressor and term; under calibration
	present []int64     // PSUs that hold rows of the domain, by stratum
}

// cell is what a group has in one leaf of the frame.
type cell struct {
	leaf   int32
	sums   []float64 // Σ w·term
	rows   int64     // in the domain
	active int64     // among them those with a weight other than 0
}

// tally runs tallies in one reading of the rows. For each it yields its groups in
// order of their levels; a tally without by has exactly one group.
func (s *sample) tally(ctx context.Context, tallies ...*tally) ([][]*group, error) {
	for _, t := range tallies {
		if len(t.by) > len(path{}) {
			return nil, analysis.Problem{Message: fmt.Sprintf("more than %d columns to break down by", len(path{}))}
		}
	}
	plan := newPlan(s, tallies)
	for {
		total, err := plan.run(ctx)
		if err != nil {
			return nil, err
		}
		if plan.rescale(total) {
			continue // read again: values are too large or too small for the usual fixed point
		}
		return plan.groups(total), nil
	}
}

// plan is one reading's tallies with all columns and different terms of them.
type plan struct {
	*sample
	tallies  []*tally
	numbers  []string
	texts    []string
	terms    []planned
	products []termPair
	of       [][]int // tally → its terms' numbers among terms
	pairs    [][]int // tally → its pairs' numbers among products
	at       []reading
}

// planned is a term with the numbers of the columns it reads, and how its values
// are scaled.
type planned struct {
	term
	key            string
	number, text   int
	numbers, texts []int
	scale          int
	crossScale     int
}

// termPair is a pair of planned terms.
type termPair struct{ a, b, scale int }

// reading is the numbers of the columns a tally reads; -1 for no domain.
type reading struct {
	domain            int
	by, known, stated []int
}

func newPlan(s *sample, tallies []*tally) *plan {
	p := &plan{sample: s, tallies: tallies}
	for _, t := range tallies {
		at := reading{domain: -1, by: indexes(&p.texts, t.by), known: indexes(&p.numbers, t.known), stated: indexes(&p.texts, t.stated)}
		if t.domain != "" {
			at.domain = index(&p.numbers, t.domain)
		}
		p.at = append(p.at, at)
		var of, pairs []int
		for _, term := range t.terms {
			of = append(of, p.term(term))
		}
		for _, pair := range t.pairs {
			pairs = append(pairs, p.product(of[pair[0]], of[pair[1]]))
		}
		p.of, p.pairs = append(p.of, of), append(p.pairs, pairs)
	}
	return p
}

// index returns the number of name in the list, at the end if it is new.
func index(list *[]string, name string) int {
	k := slices.Index(*list, name)
	if k < 0 {
		k = len(*list)
		*list = append(*list, name)
	}
	return k
}

func indexes(list *[]string, names []string) []int {
	var all []int
	for _, name := range names {
		all = append(all, index(list, name))
	}
	return all
}

// term returns the number of a planned term; equal ones are worked out once.
func (p *plan) term(t term) int {
	key := fmt.Sprintf("%q %q %q", t.number, t.text, t.level)
	if t.value == nil {
		if k := slices.IndexFunc(p.terms, func(have planned) bool { return have.key == key }); k >= 0 {
			return k
		}
	} else {
		key = "" // two functions cannot be compared
	}
	n := planned{term: t, key: key, number: -1, text: -1, numbers: indexes(&p.numbers, t.numbers), texts: indexes(&p.texts, t.texts), scale: usualScale, crossScale: usualScale}
	if t.number != "" {
		n.number = index(&p.numbers, t.number)
	}
	if t.text != "" {
		n.text = index(&p.texts, t.text)
	}
	p.terms = append(p.terms, n)
	return len(p.terms) - 1
}

func (p *plan) product(a, b int) int {
	want := termPair{min(a, b), max(a, b), usualScale}
	k := slices.Index(p.products, want)
	if k < 0 {
		k = len(p.products)
		p.products = append(p.products, want)
	}
	return k
}

// run reads the rows once.
func (p *plan) run(ctx context.Context) (*counts, error) {
	workers := make([]*counts, p.rows.Workers())
	for k := range workers {
		workers[k] = p.newCounts()
	}
	err := p.each(ctx, p.numbers, p.texts, func(worker int, part portion) error {
		workers[worker].take(part)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, part := range workers[1:] {
		workers[0].merge(part)
	}
	return workers[0], nil
}

// rescale chooses scales that suit the largest values met and reports whether
// any changed.
func (p *plan) rescale(total *counts) bool {
	changed := false
	for k := range p.terms {
		scale, cross := scaling(total.most[k], p.frame.rows), scaling(total.mostCross[k], p.frame.rows)
		changed = changed || scale != p.terms[k].scale || cross != p.terms[k].crossScale
		p.terms[k].scale, p.terms[k].crossScale = scale, cross
	}
	for k := range p.products {
		if scale := scaling(total.mostProduct[k], p.frame.rows); scale != p.products[k].scale {
			p.products[k].scale, changed = scale, true
		}
	}
	return changed
}

// groups turns exact sums into groups in order of their levels.
func (p *plan) groups(total *counts) [][]*group {
	all := make([][]*group, len(p.tallies))
	for k, t := range p.tallies {
		ranks := make([]map[string]int, len(t.by))
		for j, column := range t.by {
			ranks[j] = p.rank(column, total.byTally[k], j)
		}
		for codes, c := range total.byTally[k] {
			all[k] = append(all[k], p.group(k, codes, c, total.infinite))
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
func (p *plan) rank(column string, groups map[path]*groupCounts, j int) map[string]int {
	texts := p.rows.Texts(column)
	levels := slices.Clone(p.design.Levels[column])
	var more []string
	for codes := range groups {
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

// group rounds the sums of one group, once.
func (p *plan) group(k int, codes path, c *groupCounts, infinite []bool) *group {
	c.finish()
	t := p.tallies[k]
	g := &group{tally: t, codes: codes, n: c.n, rows: c.rows, missing: c.missing, unknown: c.unknown}
	for j, column := range t.by {
		g.levels = append(g.levels, p.rows.Texts(column)[codes[j]])
	}
	scales, crossScales := make([]int, len(t.terms)), make([]int, len(t.terms))
	for j, at := range p.of[k] {
		scales[j], crossScales[j] = p.terms[at].scale, p.terms[at].crossScale
	}
	for _, sums := range c.sums {
		g.sums = append(g.sums, floats(sums, scales))
	}
	for j, at := range p.pairs[k] {
		g.pairs = append(g.pairs, c.pairs[j].float(p.products[at].scale))
	}
	for _, cross := range c.cross {
		g.cross = append(g.cross, floats(cross, crossScales))
	}
	for n, at := range c.cells {
		g.cells = append(g.cells, cell{leaf: at.leaf, sums: floats(c.parts[n*c.terms:][:c.terms], scales), rows: at.rows, active: at.active})
	}
	slices.SortFunc(g.cells, func(a, b cell) int { return cmp.Compare(a.leaf, b.leaf) })
	g.present = p.presence(g)
	for j, at := range p.of[k] {
		if infinite[at] {
			g.sums[0][j] = math.NaN()
		}
	}
	g.df = p.df(g, c)
	return g
}

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
	strata, psus := map[int32]bool{}, map[int32]bool{}
	rows := int64(0)
	for _, cell := range g.cells {
		if cell.active > 0 {
			strata[p.frame.stratum(cell.leaf)] = true
			psus[p.frame.psu(cell.leaf)] = true
			rows += cell.active
		}
	}
	if p.frame.rowwise() {
		return float64(rows - int64(len(strata)))
	}
	return float64(len(psus) - len(strata))
}
