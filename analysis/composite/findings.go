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
	t := analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text")}
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
	say("how it is made", b.method(), b.floored(), b.weighting(), b.treated())
	return t
}

// leader says who has the best score and from whom that cannot be told.
func (b *built) leader() string {
	order := b.ranking(b.sim, b.lastSpan())
	first := order[0]
	top := b.sharing(first)
	var alike []string
	for _, p := range b.pairs {
		if p.first == first && !p.told() && b.sim.ranks[p.second] > 1 {
			alike = append(alike, b.unit(p.second).Name)
		}
	}
	text := fmt.Sprintf("In %s %s the highest score, %s.", b.period(first), having(top), b.drawnScore(first, " of 100"))
	if len(top) == len(order) {
		all := fmt.Sprintf("all %d", len(order))
		if len(order) == 2 {
			all = "both"
		}
		text = fmt.Sprintf("In %s %s %s have the same score, %.0f of 100.", b.period(first), all, b.setup.Words, b.sim.base.index()[first])
	}
	switch {
	case len(top)+len(alike) == 1:
		return text + fmt.Sprintf(" Made again with %s, the index puts it ahead of each other %s in at least %s of the draws.", b.again(), b.setup.Word, percent(sureShare))
	case len(alike) > 0:
		return text + fmt.Sprintf(" It cannot be told from %s: made again%s", enumerate(alike, mostNamed), b.placed(top, alike, order))
	}
	return text + " Made again" + b.placed(top, alike, order)
}

// placed says in what place the first of the order, all named at the top, come out
// when the index is made again.
func (b *built) placed(top, alike []string, order []int) string {
	whom := top[0]
	if len(top) > 1 {
		whom = "each of them"
	}
	low, high := b.sim.rankLow[order[0]], b.sim.rankTop[order[0]]
	for _, row := range order[:len(top)] {
		low, high = min(low, b.sim.rankLow[row]), max(high, b.sim.rankTop[row])
	}
	return fmt.Sprintf(" with %s, the index puts %s in place %s of %d in 9 of 10 draws%s.", b.again(), whom, places(low, high), len(order), seldomAll(top, alike, high))
}

// seldomAll explains a place that is higher than the number of those it cannot be told
// from lets expect.
func seldomAll(top, alike []string, lowest float64) string {
	if len(alike) < 2 || lowest >= float64(len(top)+len(alike)) {
		return ""
	}
	return "; each of the others is ahead in some draws, seldom all of them at once"
}

// sharing names the units of the last period with the rank of the row.
func (b *built) sharing(row int) (names []string) {
	for _, other := range b.ranking(b.sim, b.lastSpan()) {
		if b.sim.ranks[other] == b.sim.ranks[row] {
			names = append(names, b.unit(other).Name)
		}
	}
	return names
}

// having names units as the subject of what they have.
func having(names []string) string {
	if len(names) > 1 {
		return enumerate(names, mostNamed) + " have"
	}
	return enumerate(names, mostNamed) + " has"
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

func (b *built) drawnScore(row int, of string) string {
	return drawn(b.sim.base.index()[row], b.sim.low[row], b.sim.high[row], of)
}

// behind says who has the lowest score, "" where all have the same.
func (b *built) behind() string {
	order := b.ranking(b.sim, b.lastSpan())
	last := order[len(order)-1]
	low := b.sharing(last)
	switch {
	case len(low) == len(order):
		return ""
	case len(low) > 1:
		return fmt.Sprintf("%s the lowest, %.1f.", having(low), b.sim.base.index()[last])
	}
	var alike []string
	for _, p := range b.pairs {
		if p.second == last && !p.told() {
			alike = append(alike, b.unit(p.first).Name)
		}
	}
	text := fmt.Sprintf("%s has the lowest, %s; its place is %s in 9 of 10 draws", b.unit(last).Name, b.drawnScore(last, ""), places(b.sim.rankLow[last], b.sim.rankTop[last]))
	if len(alike) == 0 {
		return text + fmt.Sprintf(", and it is behind each other %s in at least %s.", b.setup.Word, percent(sureShare))
	}
	return text + ". It cannot be told from " + enumerate(alike, mostNamed) + "."
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
		switch alpha := Alpha(columnsOf(b.members(n))); {
		case alpha < 0: // how far below says nothing more
			names = append(names, branch.name+" (alpha below 0)")
		case alpha < lowAlpha:
			names = append(names, fmt.Sprintf("%s (alpha %.1f)", branch.name, alpha))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("Members do not go together in %s: a mean of theirs hides where each stands, so look at the parts.", enumerate(names, mostNamed))
}
