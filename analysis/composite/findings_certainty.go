package composite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// told says how many pairs can be told apart.
func (b *built) told() string {
	told, neighbours := 0, 0
	next := map[int]int{}
	order := b.ranking(b.sim, b.lastSpan())
	for k := range len(order) - 1 {
		next[order[k]] = order[k+1]
	}
	for _, p := range b.pairs {
		if p.told() {
			told++
			if next[p.first] == p.second {
				neighbours++
			}
		}
	}
	if len(order) == 2 {
		can := "can"
		if told == 0 {
			can = "cannot"
		}
		return fmt.Sprintf("The two %s %s be told apart: that takes one to be ahead in at least %s of the draws.", b.setup.Words, can, percent(sureShare))
	}
	return fmt.Sprintf("Of %d pairs of %s %d can be told apart: one is ahead in at least %s of the draws. Of the %d pairs of neighbours in the ranking %d can.",
		len(b.pairs), b.setup.Words, told, percent(sureShare), len(order)-1, neighbours)
}

// ties names those with equal scores, "" where all are equal, which the leader says.
func (b *built) ties() string {
	var groups []string
	order := b.ranking(b.sim, b.lastSpan())
	for k := 0; k < len(order); {
		var names []string
		j := k
		for ; j < len(order) && b.sim.ranks[order[j]] == b.sim.ranks[order[k]]; j++ {
			names = append(names, b.unit(order[j]).Name)
		}
		if len(names) > 1 && len(names) < len(order) {
			groups = append(groups, enumerate(names, mostNamed))
		}
		k = j
	}
	if len(groups) == 0 {
		return ""
	}
	return "Equal scores: " + strings.Join(groups, "; ") + "."
}

// dominance says how many pairs no weights could turn round.
func (b *built) dominance() string {
	span := b.lastSpan()
	dominant, pairs := DominantPairs(b.sim.base.scores, b.ranking(b.sim, span))
	switch {
	case pairs == 0:
		return ""
	case pairs == 1 && dominant == 0:
		return "Neither is at least as good in every indicator: whatever the order, some weights would turn it round."
	case pairs == 1:
		return "One is at least as good in every indicator: no weights could turn them round."
	case dominant == 0:
		return fmt.Sprintf("In none of the %d pairs is one %s at least as good in every indicator: whatever the order, some weights would turn it round.", pairs, b.setup.Word)
	}
	return fmt.Sprintf("In %d of %d pairs one %s is at least as good in every indicator: no weights could turn these round.", dominant, pairs, b.setup.Word)
}

// hangsOn says which factors move the ranks most.
func (b *built) hangsOn() string {
	average := fmt.Sprintf(" A draw moves %s by %.1f ranks of %d on average.", article(b.setup.Word), b.sim.distance, len(b.ranking(b.sim, b.lastSpan())))
	switch {
	case b.sim.distance == 0:
		return "The ranking hangs on none of what was varied: no draw moved any rank."
	case b.sim.unshared != "":
		return "What moves ranks most cannot be said: " + b.sim.unshared + "." + average
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
	text := fmt.Sprintf("The ranking hangs most on %s: %s of how far ranks move has to do with it%s.",
		first.name, percent(first.s.Total), first.s.around())
	var others []string
	for _, t := range list[1:min(3, len(list))] {
		others = append(others, fmt.Sprintf("%s (%s)", t.name, percent(t.s.Total)))
	}
	if len(others) > 0 {
		text += " Next come " + enumerate(others, 2) + "; shares overlap where things work together."
	}
	return text + average
}

// around says how well a total share is known.
func (s Share) around() string {
	low, high := percent(s.TotalLow), percent(s.TotalHigh)
	if low == high {
		return ""
	}
	return fmt.Sprintf(" (%s to %s, as far as these draws tell)", low, high)
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
