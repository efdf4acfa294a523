package costbenefit

import (
	"slices"
	"strings"
)

// guard refuses or doubts what a careful reader would, on a model that is whole:
// effects counted twice, transfers taken for benefits, assets that do not last,
// effects that are cut off, people who never come, numbers nobody graded.
func (c *compiler) guard() {
	c.pairs()
	for i := range c.a.Lines {
		l := &c.a.Lines[i]
		c.paidPrivately(l)
		c.unsold(l)
		c.outlived(l)
		c.cutOff(i)
		c.scaled(l)
		c.allowedTwice(i)
	}
	c.mixedAttribution()
	c.allInCash()
	c.ungraded()
	c.unused()
	c.pricesMeetTime()
}

// pairs looks at every two lines that are part of one option.
func (c *compiler) pairs() {
	for j := range c.a.Lines {
		for i := range j {
			a, b := &c.a.Lines[i], &c.a.Lines[j]
			if !c.together(a, b) {
				continue
			}
			c.countedTwice(a, b)
			c.wageAndWellbeing(a, b)
			c.enteredTwice(a, b)
		}
	}
}

// together reports whether two lines are part of one option, or both of business
// as usual.
func (c *compiler) together(a, b *Line) bool {
	if len(a.Options) == 0 && len(b.Options) == 0 {
		return true
	}
	all := idsOf(c.a.Options, func(o Option) string { return o.ID })
	of := func(l *Line) []string {
		if len(l.Options) == 0 {
			return all
		}
		return l.Options
	}
	return slices.ContainsFunc(of(a), func(id string) bool { return slices.Contains(of(b), id) })
}

// sameWords reports whether two texts say the same but for case and spaces; the
// empty text says nothing.
func sameWords(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	return a != "" && strings.EqualFold(a, b)
}

// idList joins the ids of lines for a sentence.
func idList(lines []*Line) string {
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	return strings.Join(ids, ", ")
}
