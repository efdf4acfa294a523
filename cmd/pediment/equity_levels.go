package main

import (
	"fmt"
	"maps"
	"slices"

	"pediment/analysis"
)

// warnAt is a caveat on what pediment.yaml says there.
func (g *groupings) warnAt(at analysis.Position, hint, format string, args ...any) {
	g.warn("%s", analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint}.String())
}

// checkLevels says which declared levels the data do not have, and which levels of
// an ordered column are left out. An order of which the data have no level at all is
// a problem.
func (g *groupings) checkLevels() error {
	s := g.project.settings.Equity
	var problems analysis.Problems
	for _, column := range slices.Sorted(maps.Keys(s.Ordered)) {
		seen, levels := g.seen[column], s.Ordered[column]
		switch {
		case seen == nil:
			g.warnAt(levels[0].At, "", "ordered: no indicator compared has groups by %s", column)
		case !slices.ContainsFunc(levels, func(t analysis.Text) bool { return slices.Contains(seen, t.Value) }):
			problems = append(problems, analysis.Problem{
				Position: levels[0].At, Message: fmt.Sprintf("equity: ordered: %s: no data say any of %s", column, quotedList(texts(levels))),
				Hint: "write its levels as the data do: " + quotedList(seen),
			})
		default:
			g.checkOrder(column, levels, seen)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(s.Reference)) {
		switch seen, level := g.seen[column], s.Reference[column]; {
		case seen == nil:
			g.warnAt(level.At, "", "reference: no indicator compared has groups by %s", column)
		case !slices.Contains(seen, level.Value):
			g.warnAt(level.At, analysis.Suggest(level.Value, seen), "reference: %s: no data say %q, and the best group is taken instead; there are %s", column, level.Value, quotedList(seen))
		}
	}
	return problems.Err()
}

// checkOrder compares the levels of an order with those that the data have.
func (g *groupings) checkOrder(column string, levels []analysis.Text, seen []string) {
	for _, level := range levels {
		if !slices.Contains(seen, level.Value) {
			g.warnAt(level.At, analysis.Suggest(level.Value, seen), "ordered: %s: no data say %q; there are %s", column, level.Value, quotedList(seen))
		}
	}
	order := texts(levels)
	if others := slices.DeleteFunc(slices.Clone(seen), func(l string) bool { return slices.Contains(order, l) }); len(others) > 0 {
		g.warnAt(levels[0].At, "", "ordered: %s: %s has no place in the order and is left out", column, quotedList(others))
	}
}

// checkAlone says by what nothing is compared because no indicator has two groups.
func (g *groupings) checkAlone() {
	slices.Sort(g.alone)
	for _, label := range slices.Compact(g.alone) {
		if !slices.Contains(g.compared, label) {
			g.warn("by %s nothing is compared: no indicator has values for two groups or more in its last period", label)
		}
	}
	if len(g.compared)+len(g.alone) == 0 {
		g.warn("nothing is compared: no indicator that says whether higher or lower is better has values by group in its last period")
	}
}
