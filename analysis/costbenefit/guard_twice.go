package costbenefit

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// countedTwice refuses a second line for what one effect is worth to the same
// receiver. Two transfers of one effect come from different payers.
func (c *compiler) countedTwice(a, b *Line) {
	if !sameWords(a.Effect, b.Effect) || a.Receiver == "" || a.Receiver != b.Receiver {
		return
	}
	transfers := 0
	for _, l := range []*Line{a, b} {
		switch {
		case l.Class == "transfer":
			transfers++
		case l.Side != "benefit":
			return
		}
	}
	fiscal := a.Class == "fiscal" || b.Class == "fiscal"
	switch {
	case transfers == 1 && fiscal:
		c.failUnder(b.At, "effect", "keep the fiscal benefit or the transfer",
			"line %s counts the effect %q again: line %s in line %d of the file has it, once as a fiscal benefit and once as a transfer to %s", b.ID, b.Effect, a.ID, a.At.Line, b.Receiver)
	case transfers == 2 && a.Payer != b.Payer:
	default:
		c.failUnder(b.At, "effect", "keep one of the two; lines for different people or years need effects of different names",
			"line %s counts the effect %q again: line %s in line %d of the file has it for %s", b.ID, b.Effect, a.ID, a.At.Line, b.Receiver)
	}
}

var (
	wellbeingWords = regexp.MustCompile(`(?i)\b(well-?being|wellby|life satisfaction|happiness|quality of life)\b`)
	earningsWords  = regexp.MustCompile(`(?i)\b(wages?|earnings?|pay|salar(y|ies)|incomes?)\b`)
)

// wageAndWellbeing doubts a well-being value beside the earnings of the same
// people: those who judge their lives have counted their pay.
func (c *compiler) wageAndWellbeing(a, b *Line) {
	if a.Receiver == "" || a.Receiver != b.Receiver {
		return
	}
	well, wage := a, b
	if !c.wellbeing(well) {
		well, wage = b, a
	}
	if !c.wellbeing(well) || c.wellbeing(wage) || !wage.earnings() {
		return
	}
	c.warn(b.ID, "well-being (line %s) and earnings (line %s) of %s: how people judge their lives includes what they earn; keep one of the two, or take the share of the other out of it", well.ID, wage.ID, b.Receiver)
}

// wellbeing reports whether the line values well-being: its effect or name says
// so, or its unit value is a preset for life satisfaction.
func (c *compiler) wellbeing(l *Line) bool {
	if l.Side != "benefit" || l.Class == "transfer" {
		return false
	}
	for _, f := range l.sizes() {
		if x, ok := c.assumptionNamed(f.text.Value); ok && strings.HasPrefix(x.Preset.Value, "wellby") {
			return true
		}
	}
	return wellbeingWords.MatchString(l.Effect) || wellbeingWords.MatchString(l.Name)
}

// earnings reports whether the line values pay or another economic gain.
func (l *Line) earnings() bool {
	if l.Side != "benefit" || l.Class == "transfer" {
		return false
	}
	return l.Class == "economic" || earningsWords.MatchString(l.Effect) || earningsWords.MatchString(l.Name)
}

func (c *compiler) assumptionNamed(id string) (*Assumption, bool) {
	for i := range c.a.Assumptions {
		if x := &c.a.Assumptions[i]; x.ID == id {
			return x, true
		}
	}
	return nil, false
}

// enteredTwice doubts two lines with the same name, side and amounts.
func (c *compiler) enteredTwice(a, b *Line) {
	if a.Side != b.Side || !sameWords(a.Name, b.Name) || !sameSize(a, b) {
		return
	}
	c.warn(b.ID, "it has the name, side and amounts of line %s: remove one if the same was entered twice, or name what is different", a.ID)
}

func sameSize(a, b *Line) bool {
	text := func(x, y analysis.Text) bool { return x.Value == y.Value }
	return maps.Equal(a.Amounts, b.Amounts) && maps.Equal(a.Quantities, b.Quantities) &&
		slices.EqualFunc(a.Quantity, b.Quantity, text) && text(a.UnitValue, b.UnitValue) && a.From == b.From && a.To == b.To
}

// paidPrivately doubts a benefit that somebody else pays for out of his own
// pocket: society has not gained it.
func (c *compiler) paidPrivately(l *Line) {
	if l.Side != "benefit" || l.Payer == "" || l.Payer == l.Receiver || c.m.public(c.stakeholder(l.Payer)) {
		return
	}
	switch l.Class {
	case "fiscal", "revenue", "economic":
		c.warn(l.ID, "what %s gets %s pays: that is a transfer, and no gain to society; give class: transfer, or leave the payer out if nobody pays", l.Receiver, l.Payer)
	}
}
