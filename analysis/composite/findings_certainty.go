package composite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// hangsOn says which factors move the ranks most.
func (b *built) hangsOn() string {
	switch {
	case b.sim.distance == 0:
		return "No draw moved any rank: the order hangs on none of what was varied."
	case b.sim.still:
		return fmt.Sprintf("Every draw moves ranks equally far, %.1f on average, so that no factor can be said to do it.", b.sim.distance)
	}
	type total struct {
		name string
		s    Share
	}
	var list []total
	for k, f := range b.varied {
		list = append(list, total{f.name, b.sim.shares[k]})
	}
	slices.SortStableFunc(list, func(x, y total) int { return cmp.Compare(y.s.Total, x.s.Total) })
	var most []string
	for _, t := range list[:min(3, len(list))] {
		most = append(most, fmt.Sprintf("%s (%s, %s to %s)", t.name, percent(t.s.Total), percent(t.s.TotalLow), percent(t.s.TotalHigh)))
	}
	return fmt.Sprintf("A draw moves %s by %.1f ranks of %d on average. How far hangs most on %s: the share of the variation each has a hand in; shares overlap where factors work together.",
		article(b.setup.Word), b.sim.distance, len(b.ranking(b.sim, b.lastSpan())), enumerate(most, 3))
}

func (b *built) whatVaries() string {
	var list []string
	for _, f := range b.varied {
		list = append(list, f.name+" ("+f.text+")")
	}
	return fmt.Sprintf("Varied together in %d draws: %s.", len(b.sim.scores[0]), strings.Join(list, "; "))
}

func (b *built) doesNotVary() string {
	var list []string
	for _, f := range b.fixed {
		list = append(list, f.name+" ("+f.fixed+")")
	}
	if len(list) == 0 {
		return ""
	}
	return "Not varied: " + strings.Join(list, "; ") + "."
}
