package reports

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// headline says how many decisions the report asks for, and where it asks for none
// what there is to say.
func headline(r *Report) string {
	s := summarise(r.indicators())
	switch n := min(len(r.Decisions), mostLeading); {
	case n == 1:
		return "One thing needs a decision"
	case n > 1:
		return sentenceCase(numberWord(n)) + " things need a decision"
	case s.By[analysis.Worse] > 0:
		return "Nothing needs a decision now"
	case s.By[analysis.Better] > 0:
		return "Nothing got clearly worse; " + counted(s.By[analysis.Better], "indicator") + " improved"
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
	if s.Known == 0 {
		return strings.TrimSpace(inHand(r) + " " + fmt.Sprintf("None of %s can be computed from the data there are; what each needs stands in its section.", counted(s.Total, "indicator")))
	}
	text := fmt.Sprintf("Of %s, %s a figure for %s, %d an older one, %d none.",
		counted(s.Total, "indicator"), have(s.Known-older), r.Period, older, s.Total-s.Known)
	if moved := s.By[analysis.Worse] + s.By[analysis.Better]; moved > 0 {
		text += " " + movedText(moved, s)
	}
	if unclear := s.By[analysis.Unclear]; unclear > 0 {
		text += fmt.Sprintf(" %s show no clear change.", sentenceCase(numberWord(unclear)))
		if unclear == 1 {
			text = strings.TrimSuffix(text, "show no clear change.") + "shows no clear change."
		}
	}
	if n := s.By[doubtful]; n > 0 {
		text += fmt.Sprintf(" %s cannot be judged before a look at the data.", sentenceCase(numberWord(n)))
	}
	return strings.TrimSpace(inHand(r) + " " + text)
}

// movedText says how many figures differ from the baseline, and tells those that moved
// by more than sampling error from those for which no error is stated.
func movedText(moved int, s summary) string {
	verb := "differ"
	if moved == 1 {
		verb = "differs"
	}
	text := fmt.Sprintf("%s %s from the baseline, %s for the better", sentenceCase(counted(moved, "figure")), verb, numberWord(s.By[analysis.Better]))
	switch counts := moved - s.Surely; {
	case counts == 0:
		return text + ": more than sampling error explains."
	case s.Surely == 0:
		return text + ": counts or published figures, without a sampling error."
	case counts == 1:
		return fmt.Sprintf("%s: %s by more than sampling error; one is a count or published figure, without one.", text, numberWord(s.Surely))
	default:
		return fmt.Sprintf("%s: %s by more than sampling error; %s are counts or published figures, without one.", text, numberWord(s.Surely), numberWord(counts))
	}
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
	return fmt.Sprintf("%s: %s, %s.", lead, groupName(from, furthest.Label), dated(furthest.Value, i.Unit, period))
}

// groupName is a group in a sentence: a place or a level that speaks for itself by its
// name, another with what it is a level of: "education low".
func groupName(b Breakdown, label string) string {
	if label = clip(label, 60); b.Column == "place" || strings.Contains(label, ":") {
		return label
	}
	return lowerFirst(b.Label) + " " + label
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
		if withinError(i.Change) {
			return fmt.Sprintf("It is %s and was %s: not a clear change.", now, then)
		}
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
		if roughly(i) {
			return fmt.Sprintf("It is estimated at %s and was %s: no error is stated, so the difference is not judged.", now, then)
		}
		return fmt.Sprintf("It is %s and was %s: not a clear change.", now, then)
	}
	return fmt.Sprintf("It is %s; nothing earlier to compare with.", now)
}

// withinError reports whether sampling error could be all there is to a change.
func withinError(c analysis.Change) bool {
	return finite(c.SE) && c.SE > 0 && math.Abs(c.Difference) < 1.96*c.SE
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
