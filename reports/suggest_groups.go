package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// What a wider gap must have grown by to be told, as a share of what it was and of
// the ratio; and how many comparisons a group must be behind in.
const (
	widerGap     = 1.0 / 3
	widerRatio   = 0.1
	fewestBehind = 5
	mostGaps     = 5 // indicators of which the widest gap is told
)

// widerGaps suggests a look at gaps that grew clearly. Sampled gaps are held against
// the chance that one of so many comparisons seems to grow (Holm's correction at 5 %);
// full counts must have grown by a third, and as a ratio too, so that growth of
// everybody is not taken for a gap.
func widerGaps(r *Report) []Suggestion {
	grown := r.grownGaps()
	var list []Suggestion
	told := map[string]bool{}
	for _, g := range grown {
		code := g.row.text("code")
		if told[code] || len(list) == mostGaps {
			continue
		}
		told[code] = true
		unit := g.row.text("unit")
		s := Suggestion{
			ID: code + " " + slug(g.row.text("by")), About: code, Anchor: "ind-" + slug(code), Look: "bad", Word: "gap widens", Owner: r.ownerOf(code),
			Title: fmt.Sprintf("%s: the gap between groups (%s) grew from %s to %s", g.row.text("name"), g.row.text("by"),
				rounded(g.earlier, needed(g.earlier, unit)), withUnit(rounded(g.later, needed(g.later, unit)), unit)),
			Text:      "Ask why those who were behind fell further behind, and set a target for them.",
			Evidence:  []string{g.row.text("sentence")},
			Certainty: "not sampled",
		}
		sure := counted95
		if finite(g.p) {
			s.Certainty, sure = "more than chance", 1-g.p
		}
		s.Weight = weight(moderate, sure, groupPriority) * (1 + min(1, g.later/g.earlier-1)) / 2
		list = append(list, s)
	}
	return list
}

// grownGap is a gap between two groups that grew.
type grownGap struct {
	row               tableRow
	earlier, later, p float64
}

// grownGaps are the gaps that grew clearly, those that grew most first.
func (r *Report) grownGaps() []grownGap {
	var sampled, counted []grownGap
	ratios := map[string]float64{}
	key := func(row tableRow) string { return row.text("code") + "\x00" + row.text("by") }
	for _, row := range r.rows("equity_change") {
		if row.text("measure") == "ratio" {
			ratios[key(row)] = row.number("later") / row.number("earlier")
		}
	}
	compared := 0
	for _, row := range r.rows("equity_change") {
		g := grownGap{row, row.number("earlier"), row.number("later"), row.number("p")}
		if row.text("measure") != "difference" || strings.Contains(row.text("by"), " and ") || !r.judgeable(row.text("code")) {
			continue
		}
		if finite(g.p) {
			compared++
		}
		wider := g.earlier > 0 && g.later > g.earlier
		switch apart := ratios[key(row)]; {
		case !wider:
		case finite(g.p):
			sampled = append(sampled, g)
		case g.later/g.earlier >= 1+widerGap && math.Abs(math.Log(apart)) >= math.Log(1+widerRatio):
			counted = append(counted, g)
		}
	}
	list := append(counted, holm(sampled, compared)...)
	slices.SortStableFunc(list, func(a, b grownGap) int {
		return cmp.Or(cmp.Compare(b.later/b.earlier, a.later/a.earlier), cmp.Compare(a.row.text("code"), b.row.text("code")))
	})
	return list
}

// holm keeps the gaps whose growth is more than the chance of so many comparisons:
// S. Holm, A simple sequentially rejective multiple test procedure, 1979.
func holm(gaps []grownGap, compared int) []grownGap {
	slices.SortStableFunc(gaps, func(a, b grownGap) int { return cmp.Compare(a.p, b.p) })
	for k, g := range gaps {
		if g.p > 0.05/float64(compared-k) {
			return gaps[:k]
		}
	}
	return gaps
}

// oftenBehind suggests one plan for a group that is behind in half of what can be
// compared.
func oftenBehind(r *Report) []Suggestion {
	var list []Suggestion
	for _, row := range r.rows("equity_most_often_behind") {
		behind, compared := row.number("behind"), row.number("compared")
		if !(behind >= fewestBehind) || 2*behind < compared {
			continue
		}
		group := row.text("group")
		s := Suggestion{
			ID: slug(row.text("by")) + " " + slug(group), About: group, Anchor: "fairness-equity", Look: "bad", Word: "left behind", Certainty: "clear gaps only",
			Title: fmt.Sprintf("%s is behind in %s of the %s indicators that can be compared", sentenceCase(group), count(int64(behind)), count(int64(compared))),
			Text:  "Decide on one plan for them across offices, rather than indicator by indicator.",
		}
		severity := serious
		if missed, owner := r.missedTargets(group); len(missed) > 0 {
			severity, s.Owner = grave, owner
			s.Evidence = append(s.Evidence, fmt.Sprintf("Off track, of its own targets: %s.", strings.Join(missed, "; ")))
		}
		s.Evidence = append(s.Evidence, behindIn(row.text("behind_in")))
		s.Weight = weight(severity, unstated, firstPriority) * (1 + behind/compared) / 2
		list = append(list, s)
	}
	return list
}

// missedTargets names the targets for a group that are off track, and who answers for
// the first.
func (r *Report) missedTargets(group string) (names []string, owner string) {
	for _, m := range r.Measures {
		if m.Who == "" || !strings.Contains(m.Who, group) || !m.astray() || !r.judgeable(m.Code) {
			continue
		}
		if len(names) == 0 {
			owner = m.Owner
		}
		name := strings.TrimSuffix(m.Name, " ("+m.Who+")")
		names = append(names, fmt.Sprintf("%s %s (target %s)", lowerFirst(name), amount(m.Value, m.unit()), m.aim()))
	}
	return names, owner
}

// behindIn names a few of the indicators a group is behind in.
func behindIn(list string) string {
	const most = 4
	names := strings.Split(list, "; ")
	text := "Behind in " + strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %s more", numberWord(more))
	}
	return text + "."
}
