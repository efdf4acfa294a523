package budget

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// funding makes the tables funding (who pays, by source and partner) and
// concentration: the largest share, and Herfindahl's index Σ s² of the shares s of
// the stated sources, from 1/n for n equal ones to 1 for a single one.
func (l *ledger) funding(f *findings) []analysis.Table {
	t := analysis.Table{Name: "funding", Columns: analysis.Columns("year", "phase", "direction", "by", "code", "name", l.money("amount"), "share:number:percent", "change:number:percent", "note")}
	c := analysis.Table{Name: "concentration", Columns: analysis.Columns("year", "phase", "direction", "by", "sources:integer", "largest", "largest_share:number:percent",
		"herfindahl:number", "effective_sources:number", l.money("not_stated"), "note")}
	dimensions := l.dimensions(source, partner)
	for _, by := range dimensions {
		for _, d := range []direction{expenditure, revenue} {
			before := map[string]int64{}
			for _, y := range l.years {
				keep := func(x *line) bool { return x.year == y && x.phase == l.phase && x.direction == d }
				amounts := l.tally(by, keep)
				if len(amounts) == 0 {
					before = map[string]int64{}
					continue
				}
				all, _ := l.total(keep)
				now := map[string]int64{}
				for _, a := range amounts {
					growth := math.NaN()
					if before[a.code] > 0 && y.incomplete(l.phase) == "" {
						growth = percent(a.cents-before[a.code], before[a.code])
					}
					if now[a.code] = a.cents; y.incomplete(l.phase) != "" {
						now[a.code] = 0
					}
					t.Rows = append(t.Rows, []any{y.Label, l.phase.String(), d.String(), by.name, a.code, by.named(l, a.code), inUnits(a.cents),
						number(percent(a.cents, all)), number(growth), shareNote(a.cents, all, y.incomplete(l.phase))})
				}
				before = now
				c.Rows = append(c.Rows, l.concentrationRow(y, d, by, amounts))
			}
		}
	}
	if len(t.Rows) == 0 {
		l.result.Warn("funding", "nobody says who pays: the budget has no column source")
		return nil
	}
	l.fundingFindings(f, dimensions[0])
	l.fundingChart(dimensions[0])
	return []analysis.Table{t, c}
}

func (l *ledger) concentrationRow(y *year, d direction, by dimension, amounts []amount) []any {
	largest, index, n, unstatedCents := herfindahl(amounts)
	row := []any{y.Label, l.phase.String(), d.String(), by.name, int64(n)}
	if math.IsNaN(index) {
		return append(row, "", nil, nil, nil, inUnits(unstatedCents), "no source is stated, or reversals leave one below 0")
	}
	stated := int64(0)
	for _, a := range amounts {
		if a.code != "" {
			stated += a.cents
		}
	}
	return append(row, by.named(l, largest.code), percent(largest.cents, stated), index, 1/index, inUnits(unstatedCents), y.incomplete(l.phase))
}

// herfindahl is Σ s² over the shares of the stated amounts, NaN where there are
// none or one is below 0.
func herfindahl(amounts []amount) (largest amount, index float64, n int, notStated int64) {
	var total int64
	for _, a := range amounts {
		switch {
		case a.code == "":
			notStated = a.cents
			continue
		case a.cents < 0:
			index = math.NaN()
		case a.cents > largest.cents:
			largest = a
		}
		n++
		total += a.cents
	}
	if total <= 0 || math.IsNaN(index) {
		return largest, math.NaN(), n, notStated
	}
	for _, a := range amounts {
		if a.code != "" {
			s := float64(a.cents) / float64(total)
			index += s * s
		}
	}
	return largest, index, n, notStated
}

func (l *ledger) fundingFindings(f *findings, by dimension) {
	amounts := l.tally(by, spending(l.current, l.phase))
	all, _ := l.total(spending(l.current, l.phase))
	largest, index, n, none := herfindahl(amounts)
	if math.IsNaN(index) || n < 2 {
		return
	}
	text := ""
	if none != 0 {
		text = fmt.Sprintf("; of %s nobody says who paid", l.spoken(none))
	}
	f.say("funding", "In %s the largest of %d sources, %s, paid %s of all spending (Herfindahl index %.2f)%s.",
		l.current.Label, n, by.named(l, largest.code), share(percent(largest.cents, all)), index, text)
}

// fundingChart stacks the sources year by year.
func (l *ledger) fundingChart(by dimension) {
	c := analysis.Chart{Name: "funding", Title: "Spending by " + by.name, Kind: analysis.Stack, Unit: l.currency, Source: l.budget.Name,
		Text: "Who paid for spending, year by year."}
	at := map[string]int{}
	for _, a := range l.tally(by, func(x *line) bool { return x.phase == l.phase && x.direction == expenditure }) {
		at[a.code] = len(c.Series)
		c.Series = append(c.Series, analysis.Series{Name: by.named(l, a.code), Value: gaps(len(l.years))})
	}
	for i, y := range l.years {
		c.Labels = append(c.Labels, y.Label)
		for _, a := range l.tally(by, spending(y, l.phase)) {
			c.Series[at[a.code]].Value[i] = inUnits(a.cents)
		}
	}
	const most = 8
	if len(c.Series) > 0 && len(c.Series) <= most {
		l.draw(c)
	}
}
