package budget

import (
	"cmp"
	"slices"
)

// wordGroup is what the ledger holds of one phase and direction, as written.
type wordGroup struct {
	phase, direction   string
	rows, total, shown int64
	converted          int64 // what bringing amounts to the year's prices added
	note               string
}

// groupWords adds up a year's cells by the words for phase and direction.
func (l *ledger) groupWords(y *year, cells []cell) []*wordGroup {
	var groups []*wordGroup
	for i, c := range cells {
		x := l.lines[i]
		if x.year != y {
			continue
		}
		k := slices.IndexFunc(groups, func(g *wordGroup) bool { return g.phase == c.phase && g.direction == c.direction })
		if k < 0 {
			k = len(groups)
			groups = append(groups, &wordGroup{phase: c.phase, direction: c.direction})
		}
		g := groups[k]
		g.rows, g.total = g.rows+c.rows, g.total+c.cents
		if l.used(&x) {
			g.shown += c.cents
			g.converted += x.cents - c.cents
		} else {
			g.note = unusedNote(&x)
		}
	}
	slices.SortFunc(groups, func(a, b *wordGroup) int {
		return cmp.Or(cmp.Compare(a.phase, b.phase), cmp.Compare(a.direction, b.direction))
	})
	return groups
}

// used reports whether tables can show the line: its phase and direction are known.
func (l *ledger) used(x *line) bool {
	return x.phase != unknownPhase && x.direction != unknownDirection && (x.phase != unstated || l.phase == unstated)
}

func unusedNote(x *line) string {
	switch {
	case x.direction == unknownDirection:
		return "the direction is not known"
	case x.phase == unstated:
		return "the phase is not stated"
	}
	return "the phase is not known"
}

func (g *wordGroup) row(y *year) []any {
	note := g.note
	if g.converted != 0 {
		note = "tables show it in prices of " + y.Label
	}
	return []any{y.Label, g.phase, g.direction, g.rows, inUnits(g.total), inUnits(g.shown), inUnits(g.total - g.shown), note}
}

// shown adds up what tables can show, in the prices the lines are written in.
func (l *ledger) shown() (cents int64) {
	for i := range l.lines {
		if x := &l.lines[i]; l.used(x) {
			cents += x.written
		}
	}
	return cents
}

// totalRow closes the table with the file's grand total.
func totalRow(lines, total, shown int64) []any {
	return []any{"all", "", "", lines, inUnits(total), inUnits(shown), inUnits(total - shown), ""}
}
