package reports

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// comparison sorts the groups of a breakdown by what may be said of them.
type comparison struct {
	highest, lowest *BreakdownLevel // nil with no group shown
	shown           int             // groups with a value
	hidden          []analysis.Value
	absent          []string // what is not shown, each with its state
}

func compare(levels []BreakdownLevel) comparison {
	var c comparison
	for at := range levels {
		l := &levels[at]
		if !known(l.Value) {
			c.absent = append(c.absent, fmt.Sprintf("%s (%s)", l.Label, absence(l.Value)))
			if l.Label != notStated {
				c.hidden = append(c.hidden, l.Value)
			}
			continue
		}
		if !ranked(*l) {
			continue
		}
		c.shown++
		if c.highest == nil || compareValues(l.Value, c.highest.Value) > 0 {
			c.highest = l
		}
		if c.lowest == nil || compareValues(l.Value, c.lowest.Value) < 0 {
			c.lowest = l
		}
	}
	return c
}

// groups is how many groups there are, shown or hidden.
func (c comparison) groups() int { return c.shown + len(c.hidden) }

// mostHidden reports whether fewer groups are shown than hidden.
func (c comparison) mostHidden() bool { return len(c.hidden) > c.shown }

// why says in plain words what keeps the hidden groups back: "too uncertain or
// withheld".
func (c comparison) why() string {
	var reasons []string
	for _, reason := range []string{"too uncertain", "withheld", "without a value"} {
		if slices.ContainsFunc(c.hidden, func(v analysis.Value) bool { return hiddenBy(v) == reason }) {
			reasons = append(reasons, reason)
		}
	}
	return strings.Join(reasons, " or ")
}

func hiddenBy(v analysis.Value) string {
	switch absence(v) {
	case analysis.Unreliable:
		return "too uncertain"
	case analysis.Confidential:
		return "withheld"
	}
	return "without a value"
}

// extremes names the highest and the lowest group where there are two that
// differ; fewer are not compared.
func (c comparison) extremes(unit string) string {
	switch {
	case c.shown == 0 && len(c.hidden) == 0:
		return ""
	case c.shown == 0:
		return fmt.Sprintf("No group is shown: each is %s.", c.why())
	case c.shown == 1:
		text := fmt.Sprintf("Only %s is shown: %s.", c.highest.Label, estimateText(c.highest.Value, unit))
		switch n := len(c.hidden); {
		case n == 1:
			text += fmt.Sprintf(" The other group is %s, so nothing is compared.", c.why())
		case n > 1:
			text += fmt.Sprintf(" The %s others are %s, so nothing is compared.", numberWord(n), c.why())
		}
		return text
	}
	text := fmt.Sprintf("Highest: %s, %s. Lowest: %s, %s.",
		c.highest.Label, estimateText(c.highest.Value, unit), c.lowest.Label, estimateText(c.lowest.Value, unit))
	if compareValues(c.highest.Value, c.lowest.Value) == 0 {
		text = fmt.Sprintf("The %s groups shown have the same value, %s.", numberWord(c.shown), amount(c.highest.Value.Estimate, unit))
	}
	if c.mostHidden() {
		text = fmt.Sprintf("Most groups are not shown: %s of %s are %s. Among those shown, ",
			numberWord(len(c.hidden)), numberWord(c.groups()), c.why()) + lowerFirst(text)
	}
	return text
}

// groupText says in a sentence what the breakdown shows.
func groupText(i Indicator, levels []BreakdownLevel) string {
	c := compare(levels)
	var text []string
	if extremes := c.extremes(i.Unit); extremes != "" {
		text = append(text, extremes)
	}
	if known(i.Headline) {
		text = append(text, fmt.Sprintf("Whole city: %s.", amount(i.Headline.Estimate, i.Unit)))
	}
	if len(c.absent) > 0 {
		text = append(text, "Not shown: "+strings.Join(c.absent, ", ")+".")
	}
	return strings.Join(text, " ")
}
