package costbenefit

import (
	"slices"
	"strings"
)

// scaled doubts a benefit to all who might come, none of whom stays away or
// gives up.
func (c *compiler) scaled(l *Line) {
	if l.Side != "benefit" || given(l.TakeUp) || given(l.Completion) {
		return
	}
	for _, text := range l.Quantity {
		i, ok := c.declared[text.Value]
		if !ok {
			continue
		}
		if in := c.m.Inputs[i]; in.Kind == "population" || slices.Contains([]string{"persons", "residents"}, strings.ToLower(in.Unit)) {
			c.warn(l.ID, "it counts every one of %s: give take_up, the share who come, and completion, the share who finish, or write 100%% where that is known", in.ID)
			return
		}
	}
}

// allowedTwice doubts an allowance for risk beside corrections for optimism.
func (c *compiler) allowedTwice(line int) {
	l := &c.a.Lines[line]
	if !l.Contingent {
		return
	}
	var corrected []*Line
	for i := range c.a.Lines {
		other := &c.a.Lines[i]
		if other.Side == "cost" && c.together(l, other) && c.isCorrected(i) {
			corrected = append(corrected, other)
		}
	}
	if corrected != nil {
		c.warn(l.ID, "an allowance for risk beside optimism corrections (%s) may count one risk twice: drop the allowance, or give those lines mitigation: 100%%", idList(corrected))
	}
}

// isCorrected reports whether optimism is corrected in the line's flow.
func (c *compiler) isCorrected(line int) bool {
	return slices.ContainsFunc(c.m.Flows[line].Factors, func(f Factor) bool {
		return f.Name == "optimism correction" && c.m.Inputs[f.Input].Value != 0
	})
}

// mixedAttribution doubts shares that are meant in both senses.
func (c *compiler) mixedAttribution() {
	senses := map[string][]*Line{}
	first := ""
	for i := range c.a.Lines {
		if l := &c.a.Lines[i]; l.Attribution != nil {
			or(&first, l.Attribution.Due)
			senses[l.Attribution.Due] = append(senses[l.Attribution.Due], l)
		}
	}
	if others, project := senses["others"], senses["project"]; others != nil && project != nil {
		about := project
		if first == "project" {
			about = others
		}
		c.warn(about[0].ID, "attribution is the share of others in %s and that of the project in %s: see that each is meant so, and write all in one sense", idList(others), idList(project))
	}
}

// allInCash doubts costs among which nobody gives time or rooms.
func (c *compiler) allInCash() {
	costs := false
	for _, l := range c.a.Lines {
		if l.Side == "cost" && l.Class != "transfer" {
			costs = true
			if l.Form == "in kind" {
				return
			}
		}
	}
	if costs {
		c.warn("costs", "every cost is in cash: if volunteers, free rooms or partners' staff are used, add them with form: in kind")
	}
}

// ungraded names the lines whose benefit or cost is not corrected because nobody
// graded what it rests on.
func (c *compiler) ungraded() {
	if c.a.NoOptimism != "" {
		return
	}
	var lines []*Line
	for i := range c.a.Lines {
		if l := &c.a.Lines[i]; !l.Contingent && !given(l.Correction) && !c.graded(l) {
			lines = append(lines, l)
		}
	}
	if lines != nil {
		c.warn("evidence", "not graded, so not corrected for optimism: %s; give the lines or their assumptions a grade, 1 best to 6", idList(lines))
	}
}

// graded reports whether the line or an assumption it takes its size from has a
// grade.
func (c *compiler) graded(l *Line) bool {
	if l.Grade > 0 {
		return true
	}
	for _, text := range append(slices.Clone(l.Quantity), l.UnitValue) {
		if i, ok := c.declared[text.Value]; ok && c.m.Inputs[i].Grade > 0 {
			return true
		}
	}
	return false
}

// unused names assumptions on which nothing hangs.
func (c *compiler) unused() {
	for _, x := range c.a.Assumptions {
		if i, ok := c.declared[x.ID]; ok && len(c.m.Inputs[i].Used) == 0 {
			c.warn(x.ID, "nothing uses it: name it where it belongs, or remove it")
		}
	}
	if given(c.a.Inflation) && c.m.Inflation == None && c.deflation == None {
		c.warn("inflation", "nothing uses it: prices are real, and no nominal amount lies beyond the deflators")
	}
}
