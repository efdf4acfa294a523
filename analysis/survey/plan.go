package survey

import (
	"context"
	"fmt"
	"slices"
)

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
	bundles  []bundle
	bundle   []int // tally → number of its bundle
	source   []int // tally → the one with more by columns that it is made from, −1 for none
}

// bundle is terms and products that tallies add up together.
type bundle struct{ terms, products []int }

// sums is how many sums a cell has: its rows (see tallyCounts) and those of the
// terms.
func (b bundle) sums() int { return 1 + len(b.terms) }

// width is how much a row adds: to a cell's sums, and to the products of its group.
func (b bundle) width() int { return b.sums() + len(b.products) }

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
	more              []int // known ones that are not among the terms
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
		p.at[len(p.at)-1].more = slices.DeleteFunc(slices.Clone(at.known), func(column int) bool {
			return slices.ContainsFunc(of, func(k int) bool { return p.terms[k].number == column })
		})
		p.bundle = append(p.bundle, p.bundleOf(bundle{of, pairs}))
	}
	for k := range tallies {
		p.source = append(p.source, p.sourceOf(k))
	}
	return p
}

func (p *plan) bundleOf(want bundle) int {
	k := slices.IndexFunc(p.bundles, func(b bundle) bool {
		return slices.Equal(b.terms, want.terms) && slices.Equal(b.products, want.products)
	})
	if k < 0 {
		k = len(p.bundles)
		p.bundles = append(p.bundles, want)
	}
	return k
}

// sourceOf finds the tally that differs from another only by having the most by
// columns more, so that the other is the sum of its groups; −1 if there is none.
func (p *plan) sourceOf(tally int) int {
	t, best := p.at[tally], -1
	for k, o := range p.at {
		if p.bundle[k] != p.bundle[tally] || o.domain != t.domain || !slices.Equal(o.known, t.known) || !slices.Equal(o.stated, t.stated) {
			continue
		}
		within := !slices.ContainsFunc(t.by, func(column int) bool { return !slices.Contains(o.by, column) })
		// Of equal ones the first is read; with the most columns it has no source itself.
		if more := len(o.by) - len(t.by); within && (more > 0 || more == 0 && k < tally) && (best < 0 || len(o.by) > len(p.at[best].by)) {
			best = k
		}
	}
	return best
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
	workers[0].rollUp()
	return workers[0], nil
}

// rollUp makes the tallies that are sums of others' groups.
func (c *counts) rollUp() {
	for k, source := range c.source {
		if source < 0 {
			continue
		}
		c.byTally[k].merge(c.byTally[source], func(codes path) path {
			sum := nowhere
			for j, column := range c.at[k].by {
				sum[j] = codes[slices.Index(c.at[source].by, column)]
			}
			return sum
		})
	}
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
