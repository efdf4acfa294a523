package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
)

var digits = regexp.MustCompile(`\b\d+(\.\d+)?\b`)

// compareDefinitions finds indicators whose rows are chosen alike but for a
// number, such as ages 15 to 64 and 15 to 65, and that differ by a few people at
// one place: who falls between them would be known. Of two the one that is not
// published yet is withheld, else the one of fewer people.
func (p *protection) compareDefinitions(batches []batch) {
	if p.rule.Smallest <= 0 {
		return
	}
	alike := map[string][]int32{}
	var order []string
	for source, name := range p.from {
		masked := digits.ReplaceAllString(name, "#")
		if alike[masked] == nil {
			order = append(order, masked)
		}
		alike[masked] = append(alike[masked], int32(source))
	}
	for _, masked := range order {
		if masked != "" && len(alike[masked]) > 1 && !isCode(p, alike[masked]) {
			p.compareSources(alike[masked], batches)
		}
	}
}

// isCode reports whether the sources are indicators named after themselves: then
// nothing is known of their rows.
func isCode(p *protection, sources []int32) bool {
	return slices.ContainsFunc(sources, func(s int32) bool {
		_, code := p.codeID[p.from[s]]
		return code
	})
}

// base is how many people one source has at a site.
type base struct {
	source    int32
	people    float64
	published bool
	values    []int32
}

func (p *protection) compareSources(sources []int32, batches []batch) {
	sites := map[site][]base{}
	var order []site
	for _, b := range batches {
		if !slices.Contains(sources, b.source) {
			continue
		}
		for _, v := range b.values {
			at := p.sites[v]
			at.code = -1
			if sites[at] == nil {
				order = append(order, at)
			}
			k := slices.IndexFunc(sites[at], func(o base) bool { return o.source == b.source })
			if k < 0 {
				k = len(sites[at])
				sites[at] = append(sites[at], base{source: b.source, published: true})
			}
			o := &sites[at][k]
			o.people = max(o.people, p.baseOf(v))
			o.values = append(o.values, v)
			o.published = o.published && p.told[v]
		}
	}
	for _, at := range order {
		p.separate(sites[at])
	}
}

// baseOf counts the people a value is about, those with and those without what its
// numerator counts.
func (p *protection) baseOf(v int32) float64 {
	x := &p.values[v]
	if x.Sampled() || math.IsNaN(x.Denominator) {
		return float64(x.N)
	}
	return x.Denominator
}

// separate withholds until no two bases differ by a few people.
func (p *protection) separate(bases []base) {
	slices.SortFunc(bases, func(a, b base) int {
		return cmp.Or(cmp.Compare(a.people, b.people), cmp.Compare(p.from[a.source], p.from[b.source]))
	})
	for k := 1; k < len(bases); k++ {
		a, b := bases[k-1], bases[k]
		if d := b.people - a.people; d <= 0 || d >= float64(p.rule.Smallest) {
			continue
		}
		hide := a
		if a.published && !b.published {
			hide = b
		}
		for _, v := range hide.values {
			if int(v) < p.own {
				p.forced[v] = fmt.Sprintf("differs by %g people from another definition of nearly the same", b.people-a.people)
			}
		}
		if hide.source == b.source {
			bases[k] = a // what is shown of the two, for the next comparison
		}
	}
}
