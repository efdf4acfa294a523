package reports

import (
	"cmp"
	"slices"
	"strings"

	"pediment/analysis"
)

// choice is one thing a view can be narrowed to: how it stands in the address, and
// what people call it.
type choice struct {
	Value, Label string
}

// choiceGroup are the levels of one breakdown.
type choiceGroup struct {
	Column, Label string
	Levels        []choice // Value is "column:level"
}

// choices are what the values of a report can be narrowed to.
type choices struct {
	Periods []string
	Places  []choice
	Groups  []choiceGroup
}

// newChoices lists the periods, places and groups that values of the indicators have,
// places and groups under the names the report gives them; no codes are all indicators.
func newChoices(r *Report, codes []string) choices {
	var c choices
	seen := map[string]bool{}
	wanted := func(code string) bool { return len(codes) == 0 || slices.Contains(codes, code) }
	for _, v := range r.Values {
		if label := v.Period.Label; label != "" && !seen[label] && wanted(v.Code) {
			seen[label] = true
			c.Periods = append(c.Periods, label)
		}
	}
	slices.SortFunc(c.Periods, func(a, b string) int { return cmp.Compare(b, a) })
	for _, i := range r.indicators() {
		if !wanted(i.Code) {
			continue
		}
		for _, b := range i.Groups {
			for _, level := range b.Levels {
				c.add(b, level)
			}
		}
	}
	slices.SortFunc(c.Places, func(a, b choice) int { return cmp.Compare(a.Label, b.Label) })
	slices.SortFunc(c.Groups, func(a, b choiceGroup) int { return cmp.Compare(a.Label, b.Label) })
	c.tellApart()
	return c
}

// tellApart gives levels their breakdown's name too, since a form shows the chosen one
// alone, and those of one name what stands in the data. "(not stated)" comes last.
func (c *choices) tellApart() {
	for _, g := range c.Groups {
		names := map[string]int{}
		for k := range g.Levels {
			level := &g.Levels[k]
			if !strings.HasPrefix(level.Label, g.Label) {
				level.Label = g.Label + ": " + level.Label
			}
			names[level.Label]++
		}
		for k, level := range g.Levels {
			if names[level.Label] > 1 {
				g.Levels[k].Label += " (" + strings.TrimPrefix(level.Value, g.Column+":") + ")"
			}
		}
		slices.SortStableFunc(g.Levels, func(a, b choice) int {
			return order(!strings.HasSuffix(a.Value, notStated), !strings.HasSuffix(b.Value, notStated))
		})
	}
}

// add takes a level of a breakdown up unless it is there.
func (c *choices) add(b Breakdown, level BreakdownLevel) {
	if place := placeCode(level.Value); b.Column == "place" && place != "" {
		c.Places = addChoice(c.Places, choice{place, level.Label})
	}
	if len(level.Value.Group) != 1 || b.Column == "place" {
		return
	}
	k := slices.IndexFunc(c.Groups, func(g choiceGroup) bool { return g.Column == b.Column })
	if k < 0 {
		k, c.Groups = len(c.Groups), append(c.Groups, choiceGroup{Column: b.Column, Label: b.Label})
	}
	value := level.Value.Group[0].Value
	c.Groups[k].Levels = addChoice(c.Groups[k].Levels, choice{b.Column + ":" + value, level.Label})
}

func addChoice(list []choice, one choice) []choice {
	if slices.ContainsFunc(list, func(have choice) bool { return have.Value == one.Value }) {
		return list
	}
	return append(list, one)
}

// placeCode is the place a value is of, "" for the whole city.
func placeCode(v analysis.Value) string {
	return cmp.Or(v.Group.Level("place"), v.Place)
}
