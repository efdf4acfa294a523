package equity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// findings are sentences for people, by what they are about.
type findings [][]any

func (f *findings) say(about, format string, args ...any) {
	f.add(about, fmt.Sprintf(format, args...))
}

func (f *findings) add(about, text string) {
	*f = append(*f, []any{about, text})
}

func (f findings) table() analysis.Table {
	return analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text"), Rows: f}
}

// The most that the findings say; the tables have everything.
const (
	mostSentences = 22 // together, but for what closes them
	mostTold      = 8  // indicators
	leastTold     = 3
	mostRankings  = 4
)

// findingsOf puts the most important sentences first: who is behind most often,
// who receives the spending, then the indicators with the widest gaps.
func findingsOf(latest []*study, tallies []tally, crossings []crossing, flows []*flow) findings {
	var f findings
	f.ranking(tallies)
	for _, one := range flows {
		for _, text := range one.sentences() {
			f.add(one.name(), text)
		}
	}
	widest, clear, compared := widestByIndicator(latest)
	told := 0
	for _, s := range widest[:min(mostTold, len(widest))] {
		var own findings
		own.indicator(s, crossings)
		if told >= leastTold && len(f)+len(own) > mostSentences {
			break
		}
		f = append(f, own...)
		told++
	}
	f.sameEverywhere(latest)
	f.rest(latest, told, clear, compared)
	return f
}

// widestByIndicator picks for each indicator the disaggregation in which the group
// furthest behind counts as behind and its gap is the widest in relation to the
// average, and sorts indicators by it. clear counts them, of those compared.
func widestByIndicator(latest []*study) (widest []*study, clear, compared int) {
	best := map[string]*study{}
	var codes []string
	for _, s := range latest {
		if !s.judged || len(s.y) < 2 {
			continue
		}
		if _, seen := best[s.Code]; !seen {
			best[s.Code] = nil
			codes = append(codes, s.Code)
		}
		if len(s.By) > 1 {
			continue
		}
		if g, ok := furthest(s.standings); ok && g.isBehind() && (best[s.Code] == nil || s.reach() > best[s.Code].reach()) {
			best[s.Code] = s
		}
	}
	for _, code := range codes {
		if best[code] != nil {
			widest = append(widest, best[code])
		}
	}
	slices.SortStableFunc(widest, func(a, b *study) int { return cmp.Compare(b.reach(), a.reach()) })
	return widest, len(widest), len(codes)
}

// reach is the gap of the group furthest behind in relation to the average.
func (s *study) reach() float64 {
	g, ok := furthest(s.standings)
	if !ok || s.against.value == 0 {
		return 0
	}
	return math.Abs(g.gap.value / s.against.value)
}

// indicator says who is furthest behind, what it would take, whether the gap
// changed and what groups of several columns add.
func (f *findings) indicator(s *study, crossings []crossing) {
	g, _ := furthest(s.standings)
	f.add(s.name(), s.furthestSentence(g))
	if text := s.middleSentence(); text != "" {
		f.add(s.name(), text)
	}
	if par, ok := s.found("par"); ok && par.value > 0 && par.p < level {
		text := par.sentence
		if people, ok := s.found("par_people"); ok {
			text += " " + people.sentence
		}
		f.add(s.name(), text)
	}
	f.changed(s)
	var worst *crossing
	for i := range crossings {
		c := &crossings[i]
		if c.Code == s.Code && c.clear && (worst == nil || math.Abs(c.gap.value) > math.Abs(worst.gap.value)) {
			worst = c
		}
	}
	if worst != nil {
		f.add(s.name(), worst.sentence())
	}
}

func (f *findings) changed(s *study) {
	if c := changeOf(s.changes, "furthest_gap"); c != nil && strings.Contains(c.sentence, "At this pace") {
		f.add(s.name(), c.sentence)
	}
	for _, measure := range []string{"sii", "difference"} {
		if c := changeOf(s.changes, measure); c != nil {
			text := c.sentence
			if more := disagreement(s.changes); more != "" {
				text += " " + more
			}
			f.add(s.name(), text)
			return
		}
	}
}

// rest says of how many indicators nothing is told because no group stands out, and
// how many would seem to by chance alone.
func (f *findings) rest(latest []*study, told, clear, compared int) {
	const about = "all indicators"
	of := plural(compared, "indicator", "indicators")
	switch {
	case compared == 0:
	case clear == 0:
		f.say(about, "Compared between groups: %s, in none of which a group is behind the average by more than chance would bring. That is no proof of equality: small samples hide gaps.", of)
	case clear > told:
		f.say(about, "In %d of %s compared between groups at least one group is behind the average; the %d with the widest gaps are described here, the tables have the rest.", clear, of, told)
	case clear < compared:
		f.say(about, "In %d of %s compared between groups at least one group is behind the average. In the others none is by more than chance would bring, which is no proof of equality: small samples hide gaps.", clear, of)
	}
	if tests := sampled(latest); clear > 0 && level*float64(tests) >= 1 {
		f.say(about, "Among %d comparisons of survey values, chance alone would make a group seem behind in up to %d.", tests, int(math.Ceil(level*float64(tests))))
	}
}

// sampled counts the breakdowns whose gaps are told from chance.
func sampled(latest []*study) int {
	tests := 0
	for _, s := range latest {
		if s.judged && s.cov != nil && !s.unsure() && len(s.y) > 1 {
			tests++
		}
	}
	return tests
}

// furthestSentence says who is furthest behind, by how much and how sure, and how
// many people would have to gain.
func (s *study) furthestSentence(g standing) string {
	who := s.labelBesideBy(g.k)
	subject := who + " is furthest behind"
	if g.behind == perhaps || g.behind == slightly {
		subject = who + " is lowest"
		if s.lower {
			subject = who + " is highest"
		}
	}
	if s.hidesWorse(g.k) {
		subject += " of the groups with enough answers"
	}
	text := fmt.Sprintf("By %s in %s, %s: %s%s.", s.by(), s.Period.Label, subject, s.gapInWords(g), g.gap.turnedRound().sure(changeUnit(s.Unit)))
	if s.odd[g.k] {
		text += " That is so far from the other groups that the figure should be checked first."
	}
	if g.isBehind() && g.people >= 1 {
		text += fmt.Sprintf(" It would be level if this were true of about %s %s people there.", figure(g.people, peopleDecimals(g)), s.moreOrFewer())
	}
	if n := s.notShown(); n > 0 {
		text += fmt.Sprintf(" %s not shown.", plural(n, "group is", "groups are"))
	}
	return text
}

// beside prints a value with as many decimals as the gap beside it, without unit.
func (s *study) beside(x float64, g standing) string {
	d := decimals(g.gap.value, g.gap.se, changeUnit(s.Unit))
	return figure(x, max(d, min(0, decimals(x, math.NaN(), s.Unit))))
}

// gapInWords prints the group's value, what it is held against and the gap; the unit
// once where it is not a sign.
func (s *study) gapInWords(g standing) string {
	unit := changeUnit(s.Unit)
	value, gap := s.beside(s.y[g.k], g), figure(math.Abs(g.gap.value), decimals(g.gap.value, g.gap.se, unit))
	if s.Unit == "percent" {
		value, gap = of(value, s.Unit), of(gap, unit)
	}
	return fmt.Sprintf("%s against %s %s, a gap of %s", value, of(s.beside(s.against.value, g), s.Unit), s.against.words(), gap)
}

// hidesWorse reports whether a group that may not be named looks worse.
func (s *study) hidesWorse(k int) bool {
	for j := range s.y {
		if !s.named[j] && s.worse(s.y[j], s.y[k]) {
			return true
		}
	}
	return false
}

// peopleDecimals rounds people as the gap's error supports, to three digits where
// it has none.
func peopleDecimals(g standing) int {
	if math.IsNaN(g.gap.se) {
		return min(0, 2-int(math.Floor(math.Log10(g.people))))
	}
	return decimals(g.people, g.people*g.gap.se/math.Abs(g.gap.value), "people")
}

// moreOrFewer is what it takes for a group that is behind to be level.
func (v *panel) moreOrFewer() string {
	if v.lower {
		return "fewer"
	}
	return "more"
}

// labelBesideBy is the group's label without the column that the sentence has named
// already: of "education: low" the level. A bare yes or no keeps it.
func (s *study) labelBesideBy(k int) string {
	label := s.label(k)
	level, repeats := strings.CutPrefix(label, s.by()+": ")
	if !repeats || level == "yes" || level == "no" {
		return label
	}
	return level
}
