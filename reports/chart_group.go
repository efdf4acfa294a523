package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// groupChart draws the groups of one breakdown beside the whole city. It is
// false with fewer than two groups that have a value.
func groupChart(i Indicator, b Breakdown) (analysis.Chart, bool) {
	levels := ordered(b)
	c := analysis.Chart{
		Name: i.Code + " by " + b.Column, Kind: analysis.Dot, Unit: i.Unit,
		Title: groupTitle(i, b), Under: under(i, "by "+lowerFirst(b.Label), i.Headline.Period.Label),
		Source: sourceLine(i), Marks: targetMarks(i),
	}
	groups, whole := blank(groupSeries, len(levels)), blank(wholeSeries, len(levels))
	points := 0
	for at, l := range levels {
		c.Labels = append(c.Labels, levelText(l))
		if known(l.Value) {
			groups.put(at, l.Value.Estimate)
			points++
		}
		if known(i.Headline) && !b.Apart {
			whole.put(at, i.Headline.Estimate)
		}
	}
	c.Series = []analysis.Series{analysis.Series(groups)}
	if known(i.Headline) && !b.Apart {
		c.Series = append(c.Series, analysis.Series(whole))
	}
	c.Text = groupText(i, levels) + marksText(c.Marks)
	if b.Apart {
		c.Text += " Most of what the city’s figure is of names no place, so the places are not held against it."
	}
	return c, points >= 2
}

// levelText is the label of a group, with the state of one that has no value.
func levelText(l BreakdownLevel) string {
	if known(l.Value) {
		return l.Label
	}
	return l.Label + " (" + string(absence(l.Value)) + ")"
}

// ordered returns groups from the highest value to the lowest, those without a
// value and rows that do not say their group last. Levels whose order means
// something keep it.
func ordered(b Breakdown) []BreakdownLevel {
	levels := slices.Clone(b.Levels)
	if b.Ordered {
		return levels
	}
	slices.SortStableFunc(levels, func(a, b BreakdownLevel) int {
		return cmp.Or(order(a.Label != notStated, b.Label != notStated), compareValues(b.Value, a.Value))
	})
	return levels
}

// compareValues orders values by size; one without a number is the smallest.
func compareValues(a, b analysis.Value) int {
	switch {
	case known(a) && known(b):
		return cmp.Compare(a.Value, b.Value)
	case known(a):
		return 1
	case known(b):
		return -1
	}
	return 0
}

// groupTitle says how the groups stand: which are behind the whole city, as far as
// their intervals tell.
func groupTitle(i Indicator, b Breakdown) string {
	c := compare(b.Levels)
	whole := amount(i.Headline.Estimate, i.Unit)
	switch {
	case c.shown < 2:
		return "Too little is shown to compare " + plural(lowerFirst(b.Label))
	case compareValues(c.highest.Value, c.lowest.Value) == 0:
		return "All that are shown have the same value, " + amount(c.highest.Value.Estimate, i.Unit)
	case !known(i.Headline), i.Better != "higher" && i.Better != "lower":
		return rangeTitle(i, c)
	}
	late := late(i, b)
	one := func(is string) string {
		return fmt.Sprintf("%s is %sbehind: %s against %s in the whole city", sentenceCase(clip(late[0].Label, 40)), is, number(late[0].Value.Estimate, i.Unit), whole)
	}
	switch n := len(late); {
	case n == 0 && !i.Headline.Sampled():
		return rangeTitle(i, c)
	case n == 0:
		return fmt.Sprintf("No %s is clearly behind the whole city’s %s", groupWord(b), whole)
	case n == 1:
		return one("")
	case !i.Headline.Sampled():
		return one("furthest ")
	case n <= 3:
		return fmt.Sprintf("%s are behind the whole city’s %s", sentenceCase(labelList(late)), whole)
	default:
		return fmt.Sprintf("%s of %s %s are clearly behind the whole city’s %s", sentenceCase(numberWord(n)), numberWord(c.groups()), plural(groupWord(b)), whole)
	}
}

// late are the groups that are clearly behind the whole city, and print another
// figure, the furthest first.
func late(i Indicator, b Breakdown) []BreakdownLevel {
	var list []BreakdownLevel
	for _, l := range firmLevels(i, b) {
		if behind(i, l.Value) && number(l.Value.Estimate, i.Unit) != number(i.Headline.Estimate, i.Unit) {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b BreakdownLevel) int { return cmp.Compare(shortfall(i, b.Value), shortfall(i, a.Value)) })
	return list
}

// groupWord is what one group of a breakdown is called: "district", else "group".
func groupWord(b Breakdown) string {
	if b.Column == "place" {
		return lowerFirst(b.Label)
	}
	return "group"
}

// rangeTitle gives the ends of what is shown, and says where their intervals meet.
func rangeTitle(i Indicator, c comparison) string {
	low, high := c.lowest.Value, c.highest.Value
	text := fmt.Sprintf("Between %s (%s) and %s (%s)", number(low.Estimate, i.Unit), clip(c.lowest.Label, 30), number(high.Estimate, i.Unit), clip(c.highest.Label, 30))
	switch {
	case !low.Sampled() && !high.Sampled():
		return text
	case !finite(low.High), !finite(high.Low):
		return text + "; how sure that is, is not known"
	case low.High >= high.Low:
		return text + "; their intervals overlap"
	}
	return text
}

// labelList is "A", "A and B" or "A, B and C".
func labelList(levels []BreakdownLevel) string {
	var names []string
	for _, l := range levels {
		names = append(names, clip(l.Label, 30))
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// plural is the plural of a breakdown's word: "districts".
func plural(word string) string {
	switch {
	case strings.HasSuffix(word, "y"):
		return strings.TrimSuffix(word, "y") + "ies"
	case strings.HasSuffix(word, "s"), strings.HasSuffix(word, "x"):
		return word + "es"
	}
	return word + "s"
}
