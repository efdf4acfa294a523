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
		return "The ranking hangs on none of what was varied: no draw moved any rank."
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
	first := list[0]
	text := fmt.Sprintf("The ranking hangs most on %s: %s (%s to %s) of how far ranks move has to do with it.",
		first.name, percent(first.s.Total), percent(first.s.TotalLow), percent(first.s.TotalHigh))
	var others []string
	for _, t := range list[1:min(3, len(list))] {
		others = append(others, fmt.Sprintf("%s (%s)", t.name, percent(t.s.Total)))
	}
	if len(others) > 0 {
		text += " Next come " + enumerate(others, 2) + "; shares overlap where things work together."
	}
	return text + fmt.Sprintf(" A draw moves %s by %.1f ranks of %d on average.", article(b.setup.Word), b.sim.distance, len(b.ranking(b.sim, b.lastSpan())))
}

func (b *built) whatVaries() string {
	var list []string
	for _, f := range b.varied {
		list = append(list, f.name+": "+f.text)
	}
	return fmt.Sprintf("Varied together in %d draws: %s.", len(b.sim.scores[0]), strings.Join(list, "; "))
}

func (b *built) doesNotVary() string {
	var list []string
	for _, f := range b.fixed {
		list = append(list, f.name+", for "+f.fixed)
	}
	if len(list) == 0 {
		return ""
	}
	return "Not varied: " + strings.Join(list, "; ") + "."
}
