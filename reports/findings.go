package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// card is one finding on the first page.
type card struct {
	Look   look
	Chip   string // after the icon: the status and how sure it is
	Title  string
	Text   []string
	Anchor string // of the section with the details
}

// mostWorse is how many indicators that got worse have a card of their own.
const mostWorse = 6

// headline says how many decisions the report asks for.
func headline(s summary) string {
	worse, better := s.By[analysis.Worse], s.By[analysis.Better]
	switch {
	case worse == 1:
		return "One indicator got worse and needs a decision"
	case worse > 1:
		return sentenceCase(numberWord(worse)) + " indicators got worse and need a decision"
	case better > 0:
		return "Nothing got clearly worse; " + counted(better, "indicator") + " improved"
	case s.By[analysis.Unclear] > 0 && s.Sampled:
		return "No change is larger than sampling error"
	case s.By[analysis.Unclear] > 0:
		return "Nothing changed clearly"
	case s.By[doubtful] > 0:
		return "Nothing can be judged before a look at the data"
	case s.Known > 0:
		return "First values: there is nothing to compare them with yet"
	}
	return "Nothing can be computed yet"
}

// lead is the sentence under the headline.
func lead(r *Report) string {
	s, older := summarise(r.indicators()), r.older()
	text := fmt.Sprintf("Of %s, %s a figure for %s, %d an older one, %d none.",
		counted(s.Total, "indicator"), have(s.Known-older), r.Period, older, s.Total-s.Known)
	if moved := s.By[analysis.Worse] + s.By[analysis.Better]; moved > 0 {
		text += fmt.Sprintf(" %s changed clearly since the baseline, %s for the better.",
			sentenceCase(numberWord(moved)), numberWord(s.By[analysis.Better]))
	}
	if unclear := s.By[analysis.Unclear]; unclear > 0 {
		text += fmt.Sprintf(" %s did not change clearly.", sentenceCase(numberWord(unclear)))
	}
	if n := s.By[doubtful]; n > 0 {
		text += fmt.Sprintf(" %s cannot be judged before a look at the data.", sentenceCase(numberWord(n)))
	}
	return text
}

// have is "1 has" or "3 have".
func have(n int) string {
	if n == 1 {
		return "1 has"
	}
	return count(int64(n)) + " have"
}

// older counts the values that are not of the reporting period: carried forward
// from an earlier one, or of a period that has no day in common with it.
func (r *Report) older() int {
	reported, found := r.period()
	n := 0
	for _, i := range r.indicators() {
		p := i.Headline.Period
		apart := found && !p.IsZero() && (!p.End.After(reported.Start) || !p.Start.Before(reported.End))
		if known(i.Headline) && (i.Headline.State == analysis.CarriedForward || apart) {
			n++
		}
	}
	return n
}

// cards lists the findings: each indicator that got worse, what needs a look
// before it is judged, then what got better, what is unclear and what cannot be
// computed.
func cards(r *Report) []card {
	by := map[analysis.Status][]Indicator{}
	for _, i := range r.indicators() {
		by[statusOf(i)] = append(by[statusOf(i)], i)
	}
	for _, list := range by {
		slices.SortStableFunc(list, byWeight)
	}
	var out []card
	worse := by[analysis.Worse]
	for _, i := range worse[:min(len(worse), mostWorse)] {
		out = append(out, worseCard(i, r.Period))
	}
	if more := len(worse) - mostWorse; more > 0 {
		out = append(out, listCard(analysis.Worse, fmt.Sprintf("%s more got worse", sentenceCase(numberWord(more))), worse[mostWorse:], r.Period))
	}
	if list := doubted(r.indicators()); len(list) > 0 {
		out = append(out, doubtCard(list, r.Period))
	}
	if list := by[analysis.Better]; len(list) > 0 {
		out = append(out, listCard(analysis.Better, sentenceCase(counted(len(list), "indicator"))+" got better", list, r.Period))
	}
	if list := by[analysis.Unclear]; len(list) > 0 {
		c := listCard(analysis.Unclear, sentenceCase(counted(len(list), "indicator"))+" without a clear change", list, r.Period)
		if slices.ContainsFunc(list, func(i Indicator) bool { return i.Headline.Sampled() }) {
			c.Text = append(c.Text, "Where a survey stands behind them, a larger sample would tell more.")
		}
		out = append(out, c)
	}
	if list := by[analysis.NoData]; len(list) > 0 {
		out = append(out, absentCard(list))
	}
	return out
}

// byWeight puts first what is surest and then what moved most relative to
// where it stood.
func byWeight(a, b Indicator) int {
	return cmp.Or(cmp.Compare(probability(a.Change), probability(b.Change)), cmp.Compare(math.Abs(gain(b)), math.Abs(gain(a))))
}

// probability is the chance of so large a change by sampling alone. For full
// counts it is 0, and 1 where nothing changed.
func probability(c analysis.Change) float64 {
	switch {
	case finite(c.P):
		return c.P
	case c.Difference == 0:
		return 1
	}
	return 0
}

func worseCard(i Indicator, period string) card {
	c := card{Look: lookOf(i), Anchor: "ind-" + slug(i.Code)}
	c.Chip = c.Look.Word + " · " + certainty(i)
	c.Title = fmt.Sprintf("%s: %s, was %s", clip(i.Name, 90), dated(i.Headline, i.Unit, period), dated(i.Baseline, i.Unit, period))
	c.Text = []string{fmt.Sprintf("%s since %s.", sentenceCase(difference(i.Change, i.Unit)), i.Change.From)}
	if text := furthestBehind(i, period); text != "" {
		c.Text = append(c.Text, text)
	}
	c.Text = append(c.Text, remarksOn(i)...)
	c.Text = append(c.Text, "Source: "+sourceLine(i)+".")
	return c
}

// furthestBehind names the group, of any breakdown, that is furthest on the
// worse side of the whole city; "" when none is clearly there. A group that
// stands alone, or among few that can be compared, is said to.
func furthestBehind(i Indicator, period string) string {
	var furthest BreakdownLevel
	var from Breakdown
	for _, b := range i.Groups {
		for _, l := range firmLevels(i, b) {
			if behind(i, l.Value) && (furthest.Label == "" || shortfall(i, l.Value) > shortfall(i, furthest.Value)) {
				furthest, from = l, b
			}
		}
	}
	if furthest.Label == "" {
		return ""
	}
	lead := "Furthest behind"
	switch sure, all := len(firmLevels(i, from)), compare(from.Levels).groups(); {
	case sure == 1 && all > 1:
		lead = "Behind the whole city, the only group of its kind sure enough to judge"
	case sure == 1:
		lead = "Behind the whole city"
	case sure < all-sure:
		lead = fmt.Sprintf("Furthest behind of the %s groups of %s sure enough to judge", numberWord(sure), numberWord(all))
	}
	return fmt.Sprintf("%s: %s (%s), %s.", lead, clip(furthest.Label, 60), lowerFirst(from.Label), dated(furthest.Value, i.Unit, period))
}

// dated prints a value with its period where that is not the report's.
func dated(v analysis.Value, unit, period string) string {
	text := amount(v.Estimate, unit)
	if label := otherPeriod(v, period); label != "" {
		text += " in " + label
	}
	return text
}

// otherPeriod is the value's period, "" when it is the report's.
func otherPeriod(v analysis.Value, period string) string {
	if v.Period.Label == period {
		return ""
	}
	return v.Period.Label
}

// certainty says in a few words how sure a change is.
func certainty(i Indicator) string {
	switch p := i.Change.P; {
	case i.Kind == "score":
		return "mean of " + counted(int(i.Headline.N), "review")
	case !finite(i.Change.SE):
		return "not sampled"
	case finite(p) && p < 0.001:
		return "p < 0.1" + noBreak + "%"
	case finite(p):
		return "p = " + withUnit(rounded(100*p, 1), "percent")
	}
	return "beyond sampling error"
}

// finding says what is known of an indicator in one plain sentence; "" when it
// has no value.
func finding(i Indicator) string {
	if !known(i.Headline) {
		return ""
	}
	now := fmt.Sprintf("%s in %s", amount(i.Headline.Estimate, i.Unit), i.Headline.Period.Label)
	then := fmt.Sprintf("%s in %s", amount(i.Baseline.Estimate, i.Unit), i.Baseline.Period.Label)
	switch statusOf(i) {
	case analysis.Better, analysis.Worse, analysis.NoDirection, doubtful:
		direction := "up"
		if i.Change.Difference < 0 {
			direction = "down"
		}
		text := fmt.Sprintf("It is %s, %s from %s", now, direction, then)
		if finite(i.Change.SE) {
			text += ": more than sampling error explains"
		}
		return text + "."
	case analysis.Unclear:
		if printsAlike(i) && i.Change.Difference != 0 {
			return fmt.Sprintf("It is %s and was %s: the difference is too small to show in figures rounded like these, so it is not counted as a change.", now, then)
		}
		return fmt.Sprintf("It is %s and was %s: not a clear change.", now, then)
	}
	return fmt.Sprintf("It is %s; nothing earlier to compare with.", now)
}

func listCard(status analysis.Status, title string, list []Indicator, period string) card {
	const most = 4
	c := card{Look: looks[status], Chip: looks[status].Word, Title: title, Anchor: "changes"}
	var names []string
	for _, i := range list[:min(len(list), most)] {
		name := strings.TrimSpace(clip(i.Name, 60) + " " + change(i))
		if otherPeriod(i.Headline, period) != "" && i.Change.From != "" {
			name += fmt.Sprintf(" (%s to %s)", i.Change.From, i.Change.To)
		}
		names = append(names, name)
	}
	text := strings.Join(names, "; ")
	if more := len(list) - most; more > 0 {
		text += fmt.Sprintf("; and %s more", numberWord(more))
	}
	c.Text = []string{text + "."}
	return c
}

func absentCard(list []Indicator) card {
	l := looks[analysis.NoData]
	c := card{Look: l, Chip: l.Word, Title: sentenceCase(counted(len(list), "indicator")) + " cannot be computed", Anchor: "absent"}
	c.Text = []string{sentenceCase(summarise(list).Absent()) + "."}
	for _, i := range list {
		if i.Fill != "" {
			c.Text = append(c.Text, fmt.Sprintf("For example, for %s: %s.", i.Name, i.Fill))
			break
		}
	}
	return c
}

var numberWords = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// numberWord spells numbers up to twelve.
func numberWord(n int) string {
	if n >= 0 && n < len(numberWords) {
		return numberWords[n]
	}
	return count(int64(n))
}

// counted is "one indicator" or "three indicators".
func counted(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return numberWord(n) + " " + noun + "s"
}

func sentenceCase(s string) string {
	for at, r := range s {
		return strings.ToUpper(string(r)) + s[at+len(string(r)):]
	}
	return s
}
