package composite

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// mostNamed is how many units a sentence names.
const mostNamed = 5

// findings are the sentences of the index.
func (b *built) findings() analysis.Table {
	t := analysis.Table{Name: "findings", Columns: columns("about", "text")}
	say := func(about string, texts ...string) {
		for _, text := range texts {
			if text != "" {
				t.Rows = append(t.Rows, []any{about, text})
			}
		}
	}
	say("who leads", b.leader(), b.behind())
	say("how far the ranking can be read", b.told(), b.ties(), b.dominance())
	say("what drives the differences", b.drivers(), b.profile(), b.against(), b.apart())
	say("what the ranking hangs on", b.hangsOn(), b.whatVaries(), b.doesNotVary())
	say("over time", b.overTime(), b.compositionOverTime())
	say("what is left out", b.leftOut()...)
	say("what is missing", b.gaps(), b.errorsStated())
	say("how it is made", b.method(), b.weighting(), b.treated())
	return t
}

// leader says who has the best score and from whom that cannot be told.
func (b *built) leader() string {
	order := b.ranking(b.sim, b.lastSpan())
	first := order[0]
	var top, alike []string
	for _, row := range order {
		if b.sim.ranks[row] == 1 {
			top = append(top, b.unit(row).Name)
		}
	}
	for _, p := range b.pairs {
		if p.first == first && !p.told() && b.sim.ranks[p.second] > 1 {
			alike = append(alike, b.unit(p.second).Name)
		}
	}
	has := "has"
	if len(top) > 1 {
		has = "have"
	}
	text := fmt.Sprintf("In %s %s %s the highest score, %s of 100.", b.period(first), enumerate(top, mostNamed), has, b.scoreOf(first))
	if len(top)+len(alike) == 1 {
		return text + fmt.Sprintf(" Made again with %s, the index puts it ahead of each other %s in at least %s of the draws.", b.again(), b.setup.Word, percent(sureShare))
	}
	if len(alike) > 0 {
		text += fmt.Sprintf(" It cannot be told from %s:", enumerate(alike, mostNamed))
	}
	again := " made again"
	if len(alike) == 0 {
		again = " Made again"
	}
	return text + again + fmt.Sprintf(" with %s, the index puts %s in place %s of %d in 9 of 10 draws.",
		b.again(), b.unit(first).Name, places(b.sim.rankLow[first], b.sim.rankTop[first]), len(order))
}

// again says what a draw makes the index of.
func (b *built) again() string {
	switch inputs := b.varies("inputs"); {
	case inputs && len(b.varied) == 1:
		return "other values within their errors"
	case inputs:
		return "other choices and other values within their errors"
	}
	return "other choices"
}

// varies reports whether a factor is among what varies.
func (b *built) varies(key string) bool {
	return slices.ContainsFunc(b.varied, func(f factor) bool { return f.key == key })
}

func (b *built) scoreOf(row int) string {
	return interval(b.sim.base.index()[row], b.sim.low[row], b.sim.high[row])
}

// behind says who has the lowest score.
func (b *built) behind() string {
	order := b.ranking(b.sim, b.lastSpan())
	last := order[len(order)-1]
	var alike []string
	for _, p := range b.pairs {
		if p.second == last && !p.told() {
			alike = append(alike, b.unit(p.first).Name)
		}
	}
	text := fmt.Sprintf("%s has the lowest, %s; its place is %s in 9 of 10 draws", b.unit(last).Name, b.scoreOf(last), places(b.sim.rankLow[last], b.sim.rankTop[last]))
	if len(alike) == 0 {
		return text + fmt.Sprintf(", and it is behind each other %s in at least %s.", b.setup.Word, percent(sureShare))
	}
	return text + ". It cannot be told from " + enumerate(alike, mostNamed) + "."
}

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
	return fmt.Sprintf("Of %d pairs of %s %d can be told apart: one is ahead in at least %s of the draws. Of the %d pairs of neighbours in the ranking %d can.",
		len(b.pairs), b.setup.Words, told, percent(sureShare), len(order)-1, neighbours)
}

// ties names those with equal scores.
func (b *built) ties() string {
	var groups []string
	order := b.ranking(b.sim, b.lastSpan())
	for k := 0; k < len(order); {
		var names []string
		j := k
		for ; j < len(order) && b.sim.ranks[order[j]] == b.sim.ranks[order[k]]; j++ {
			names = append(names, b.unit(order[j]).Name)
		}
		if len(names) > 1 {
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
	if dominant == 0 {
		return fmt.Sprintf("In none of the %d pairs is one %s at least as good in every indicator: whatever the order, some weights would turn it round.", pairs, b.setup.Word)
	}
	return fmt.Sprintf("In %d of %d pairs one %s is at least as good in every indicator: no weights could turn these round.", dominant, pairs, b.setup.Word)
}

// weighed is a part with its nominal and effective weight.
type weighed struct {
	name               string
	nominal, effective float64
}

// topParts are the parts of the index by effective weight.
func (b *built) topParts() []weighed {
	top := len(b.branches) - 1
	members := b.members(top)
	_, shares := EffectiveWeights(b.latest(columnsOf(members)...))
	var list []weighed
	for k, one := range members {
		if !math.IsNaN(shares[k]) {
			list = append(list, weighed{one.name, b.weights[top][k], shares[k]})
		}
	}
	slices.SortStableFunc(list, func(x, y weighed) int { return cmp.Compare(y.effective, x.effective) })
	return list
}

// latest are the columns and the index in the last period.
func (b *built) latest(columns ...[]float64) (parts [][]float64, whole []float64) {
	span := b.lastSpan()
	for _, column := range columns {
		parts = append(parts, column[span[0]:span[1]])
	}
	return parts, b.sim.base.index()[span[0]:span[1]]
}

func (b *built) drivers() string {
	parts := b.topParts()
	if len(parts) < 2 {
		return ""
	}
	var most []string
	for _, p := range parts[:2] {
		most = append(most, fmt.Sprintf("%s (%s of the say in effect, %s by weight)", p.name, percent(p.effective), percent(p.nominal)))
	}
	text := fmt.Sprintf("Differences between %s in %s come most from %s", b.setup.Words, b.period(b.lastSpan()[0]), enumerate(most, 2))
	if len(parts) == 2 {
		return text + "."
	}
	least := parts[len(parts)-1]
	return text + fmt.Sprintf("; least from %s (%s, %s by weight).", least.name, percent(least.effective), percent(least.nominal))
}

// profile says in what the first and the last are strongest and weakest.
func (b *built) profile() string {
	order := b.ranking(b.sim, b.lastSpan())
	members := b.members(len(b.branches) - 1)
	if len(members) < 2 {
		return ""
	}
	var texts []string
	for _, row := range []int{order[0], order[len(order)-1]} {
		best, worst := extremes(members, row)
		if math.Round(best.column[row]) == math.Round(worst.column[row]) {
			texts = append(texts, fmt.Sprintf("%s has %.0f in every part", b.unit(row).Name, best.column[row]))
			continue
		}
		texts = append(texts, fmt.Sprintf("%s is strongest in %s (%.0f) and weakest in %s (%.0f)",
			b.unit(row).Name, best.name, best.column[row], worst.name, worst.column[row]))
	}
	return strings.Join(texts, "; ") + "."
}

// extremes are the parts with a row's highest and lowest score.
func extremes(members []member, row int) (best, worst member) {
	for _, one := range members {
		x := one.column[row]
		if math.IsNaN(x) {
			continue
		}
		if best.column == nil || x > best.column[row] {
			best = one
		}
		if worst.column == nil || x < worst.column[row] {
			worst = one
		}
	}
	return best, worst
}

// againstFrom is the correlation from which on an indicator is named as moving
// against its group.
const againstFrom = -0.2

// against names the indicators that move against the index.
func (b *built) against() string {
	correlations, _ := EffectiveWeights(b.latest(b.sim.base.scores...))
	var names []string
	for j, r := range correlations {
		if r <= againstFrom {
			names = append(names, fmt.Sprintf("%s (correlation %s)", b.inputs[j].Name, strings.Replace(fmt.Sprintf("%.1f", r), "-", "−", 1)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	them := "them"
	if len(names) == 1 {
		them = "it"
	}
	return fmt.Sprintf("Against the whole: %s. The %s that do better in %s tend to stand lower in the index.", enumerate(names, mostNamed), b.setup.Words, them)
}

// lowAlpha is the alpha below which the members of a group measure different
// things.
const lowAlpha = 0.5

// apart names the groups whose members do not go together.
func (b *built) apart() string {
	var names []string
	for n, branch := range b.branches {
		if alpha := Alpha(columnsOf(b.members(n))); alpha < lowAlpha {
			names = append(names, fmt.Sprintf("%s (alpha %s)", branch.name, strings.Replace(fmt.Sprintf("%.1f", alpha), "-", "−", 1)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("Members do not go together in %s: a mean of theirs hides where each stands, so look at the parts.", enumerate(names, mostNamed))
}
