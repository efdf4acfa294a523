package budget

import (
	"fmt"
	"slices"
	"strings"
)

// prefixes lists the code cut at each of its levels, itself last: 09, 09.5, 09.5.0.
// A code without dots has the levels whose lengths are declared.
func (l *ledger) prefixes(code string) []string {
	if code == "" {
		return nil
	}
	var list []string
	if !strings.Contains(code, ".") {
		for _, n := range l.Levels {
			if n > 0 && n < len(code) {
				list = append(list, code[:n])
			}
		}
		return append(list, code)
	}
	for i := range code {
		if code[i] == '.' && i > 0 {
			list = append(list, code[:i])
		}
	}
	return append(list, code)
}

// warnOfSubtotals looks for codes that have amounts of their own beside those of
// codes that begin with them, in the same year, phase and direction: they may be
// sub-totals, which would count twice.
func (l *ledger) warnOfSubtotals() {
	for _, c := range []column{function, programme, economic} {
		var found []string
		for k := range l.sortedPresence() {
			found = append(found, l.subtotals(c, k)...)
		}
		if len(found) == 0 {
			continue
		}
		const shown = 3
		text := strings.Join(found[:min(len(found), shown)], "; ")
		if len(found) > shown {
			text += fmt.Sprintf("; and %d more", len(found)-shown)
		}
		l.warn(fmt.Sprintf("codes of %s that stand above others have amounts of their own; where these are sub-totals they count twice: leave them out with exclude: where the dataset is declared. %s", columnNames[c], text))
	}
}

// sortedPresence yields what the ledger has, in order.
func (l *ledger) sortedPresence() func(yield func(presence) bool) {
	return func(yield func(presence) bool) {
		for _, y := range l.years {
			for p := approved; p <= unstated; p++ {
				for d := expenditure; d < unknownDirection; d++ {
					if l.has(y, p, d) && !yield(presence{y, p, d}) {
						return
					}
				}
			}
		}
	}
}

// subtotals describes the codes that stand above others. A code with dots always
// counts as such; one without only when its amount is exactly theirs, as 1 need
// not stand above 10.
func (l *ledger) subtotals(c column, k presence) (found []string) {
	amounts := l.tally(ofColumn(c), func(x *line) bool { return x.year == k.year && x.phase == k.phase && x.direction == k.direction })
	for i, a := range amounts {
		if a.code == "" || a.cents == 0 {
			continue
		}
		var parts int64
		n := 0
		for _, b := range amounts[i+1:] {
			if !strings.HasPrefix(b.code, a.code) {
				break // in order of code, what begins with it follows it
			}
			if !strings.Contains(b.code, ".") || strings.HasPrefix(b.code, a.code+".") {
				parts, n = parts+b.cents, n+1
			}
		}
		dotted := slices.ContainsFunc(amounts, func(b amount) bool { return strings.HasPrefix(b.code, a.code+".") })
		if n > 0 && (dotted || n > 1 && parts == a.cents) {
			found = append(found, fmt.Sprintf("%s, %s %s: %s has %s, what is below it %s", k.year.Label, k.phase, k.direction, a.code, l.exactly(a.cents), l.exactly(parts)))
		}
	}
	return found
}

// exactly is an amount to the cent.
func (l *ledger) exactly(cents int64) string {
	return strings.TrimSpace(fmt.Sprintf("%.2f %s", inUnits(cents), l.currency))
}
