package budget

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// outturn makes the tables outturn (PEFA PI-1: executed as a percentage of
// approved, with the band each year lies in and the score up to it) and
// composition (PI-2: how far the shares of heads moved). Years that are not over
// have no figure.
func (l *ledger) outturn(f *findings) []analysis.Table {
	t := analysis.Table{Name: "outturn", Columns: analysis.Columns("year", "direction", l.money("approved"), l.money("executed"),
		"outturn:number:percent", "band", "score", "state", "note")}
	var figures []float64
	for _, d := range []direction{expenditure, revenue} {
		figures = nil
		for _, y := range l.years {
			h := l.totals(y, d)
			if !h.found[approved] || !h.found[executed] {
				continue
			}
			x := h.rate(y, approved)
			figures = append(figures, x)
			row := []any{y.Label, d.String(), inUnits(h.cents[approved]), inUnits(h.cents[executed]), number(x)}
			t.Rows = append(t.Rows, append(row, l.scoreCells("PI-1", d, y, x, figures)...))
		}
		if s := score("PI-1", figures); d == expenditure && s != "" {
			f.say("outturn", "Over the last three complete years total spending against the approved budget scores %s by the bands of PEFA PI-1 (to be verified).", s)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	tables := []analysis.Table{t}
	if c := l.compositionTable(f); len(c.Rows) > 0 {
		tables = append(tables, c)
	}
	return tables
}

// scoreCells are band, score, state and note of a year. Revenue has bands of its
// own in PEFA (PI-3), so it is given without.
func (l *ledger) scoreCells(indicator string, d direction, y *year, x float64, figures []float64) []any {
	if y.partial != "" {
		return []any{"", "", state(analysis.Partial), y.partial}
	}
	if math.IsNaN(x) {
		return []any{"", "", state(analysis.NotApplicable), "nothing was approved"}
	}
	if d != expenditure {
		return []any{"", "", "", ""}
	}
	s := score(indicator, figures)
	if s == "" {
		return []any{bandOf(indicator, x), "", "", "a score takes three years"}
	}
	return []any{bandOf(indicator, x), s, "", pefaVerify}
}

// compositionTable is the table composition, by function and by economic nature.
func (l *ledger) compositionTable(f *findings) analysis.Table {
	t := analysis.Table{Name: "composition", Columns: analysis.Columns("year", "by", "heads:integer", l.money("approved"), l.money("executed"),
		l.money("left_out"), "variance:number:percent", "band", "score", "state", "note")}
	for _, by := range l.compositionHeads() {
		var figures []float64
		for _, y := range l.years {
			if !l.has(y, approved, expenditure) || !l.has(y, executed, expenditure) {
				continue
			}
			heads, leftOut := l.comparable(y, by)
			x := math.NaN()
			if y.partial == "" {
				x = composition(heads)
			}
			figures = append(figures, x)
			var sum head
			for _, h := range heads {
				sum.cents[approved] += h.cents[approved]
				sum.cents[executed] += h.cents[executed]
			}
			row := []any{y.Label, by.name, int64(len(heads)), inUnits(sum.cents[approved]), inUnits(sum.cents[executed]), inUnits(leftOut), number(x)}
			t.Rows = append(t.Rows, append(row, l.scoreCells("PI-2", expenditure, y, x, figures)...))
		}
		if s := score("PI-2", figures); s != "" {
			f.say("composition", "By %s, spending kept to the approved composition with a variance of %s in the latest complete year: score %s by the bands of PEFA PI-2 (to be verified).",
				spokenName(by.name), share(lastKnown(figures)), s)
		}
	}
	return t
}

// compositionHeads are the ways PI-2 divides: by function, its divisions where
// they are known, and by economic nature.
func (l *ledger) compositionHeads() []dimension {
	list := l.dimensions(function)[:min(1, len(l.dimensions(function)))]
	return append(list, l.dimensions(economic)...)
}

// comparable are the heads PI-2 compares: without reserves and, by function,
// without interest. leftOut is what was executed on those.
func (l *ledger) comparable(y *year, by dimension) (heads []head, leftOut int64) {
	out := l.Contingency
	if by.from == function {
		out = slices.Concat(out, l.Interest)
	}
	kept := *l
	kept.lines = nil
	for _, x := range l.lines {
		if slices.ContainsFunc(out, func(prefix string) bool { return below(x.codes[function], prefix) }) {
			if x.year == y && x.direction == expenditure && x.phase == executed {
				leftOut += x.cents
			}
			continue
		}
		kept.lines = append(kept.lines, x)
	}
	return slices.DeleteFunc(kept.heads(y, expenditure, by), func(h head) bool { return !h.found[approved] && !h.found[executed] }), leftOut
}

// spokenName is what a way to divide is called in a sentence.
func spokenName(name string) string {
	if name == columnNames[economic] {
		return "economic nature"
	}
	return name
}

func lastKnown(figures []float64) float64 {
	for _, x := range slices.Backward(figures) {
		if !math.IsNaN(x) {
			return x
		}
	}
	return math.NaN()
}

// yearsText lists years: "2021, 2022".
func yearsText(years []*year) string {
	text := ""
	for i, y := range years {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(y.Label)
	}
	return text
}
