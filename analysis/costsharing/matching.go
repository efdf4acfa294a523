package costsharing

import (
	"errors"
	"fmt"
	"math"
)

// Bases of a matching share.
const (
	ofTotal = "total"
	ofAward = "award"
)

// Match returns what others must bring to an award, in the award's unit, when
// their share is measured of the base:
//
//	of total:  award/(1 − share) · share
//	of award:  award · share
//
// The base matters: 10 % of the total cost is more than 10 % of the award. A
// share of the total of 1 asks for +Inf. Source of the first: US Bureau of
// Justice Assistance, matching requirement.
func Match(award, share float64, base string) float64 {
	if base == ofTotal {
		return award / (1 - share) * share
	}
	return award * share
}

// matched lets the funder pay its award, or less where the others' share of the
// cost would fall below what it asks for; they divide the rest.
func (c *Case) matched() (division, error) {
	m := c.matching
	switch {
	case m == nil:
		return division{}, errors.New("no terms of matching are given")
	case c.Members[m.by].Exempt:
		return division{}, fmt.Errorf("the funder, %s, is exempt", c.Members[m.by].Name)
	}
	pays := math.Floor(c.drawable() + 1e-6)
	if m.award < pays {
		pays = m.award
	}
	amounts, err := c.proportional(m.others, float64(c.Cost)-pays, m.by)
	if err != nil {
		if float64(c.Cost) > pays {
			return division{}, fmt.Errorf("the others' part cannot be divided: %w", err)
		}
		amounts = make([]float64, len(c.Members))
	}
	amounts[m.by] = pays
	limits := make([]float64, len(c.Members))
	for i := range limits {
		limits[i] = math.Inf(1)
	}
	limits[m.by] = pays
	return division{amounts, limits, c.matchNote(pays)}, nil
}

// drawable is the most the funder pays of the cost for the others' share to be
// met: the cost without the share, or over one plus it where it is of the award.
func (c *Case) drawable() float64 {
	if c.matching.of == ofTotal {
		return float64(c.Cost) * (1 - c.matching.share)
	}
	return float64(c.Cost) / (1 + c.matching.share)
}

// matchNote says what was asked of the others and of what.
func (c *Case) matchNote(pays float64) string {
	m, base := c.matching, "of the award"
	if m.of == ofTotal {
		base = "of the total cost"
	}
	text := fmt.Sprintf("to the %s of %s the others bring %s; its condition is %s %s",
		c.money(pays), c.Members[m.by].Name, c.money(float64(c.Cost)-pays), percent(m.share), base)
	if m.award > pays {
		text += fmt.Sprintf("; of the award of %s, which asks for a match of %s, only so much can be drawn at this cost",
			c.money(m.award), c.money(Match(m.award, m.share, m.of)))
	}
	return text
}
