package budget

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// burn sets what was executed so far in the current year beside an even pace and
// the pace of earlier years, and carries both on to the year's end.
func (l *ledger) burn(f *findings) []analysis.Table {
	y := l.current
	step := l.step()
	if step == 0 {
		l.result.Warn("burn", fmt.Sprintf("how fast the budget of %s is spent cannot be shown: what was executed has no months or quarters; a ledger has them as periods, or in a column quarter", y.Label))
		return nil
	}
	t := analysis.Table{Name: "burn", Columns: analysis.Columns("year", "up_to", l.money("executed"), l.money("cumulated"), l.money("budget"), "budget_phase",
		"spent_share:number:percent", "pro_rata_share:number:percent", "seasonal_share:number:percent", l.money("expected"), l.money("difference"), "state", "note")}
	b := l.pace(y, step)
	seasonal, earlier := l.season(y, step)
	for k := range b.cumulated {
		t.Rows = append(t.Rows, l.burnRow(b, seasonal, k))
	}
	if b.undated != 0 {
		t.Rows = append(t.Rows, []any{y.Label, "not dated", inUnits(b.undated), nil, nil, "", nil, nil, nil, nil, nil, "", "lines without a part of the year"})
	}
	if len(earlier) == 0 {
		l.result.Warn("burn", "there is no complete earlier year, so the pace of the seasons is not known")
	}
	t.Rows = append(t.Rows, l.forecast(f, b, seasonal)...)
	l.burnChart(b, seasonal)
	return []analysis.Table{t}
}

// pace is how a year's money was spent.
type pace struct {
	year      *year
	steps     int     // the year has
	months    int     // of a step
	executed  []int64 // by step, up to the last booked
	cumulated []int64
	undated   int64
	budget    int64
	phase     phase // of the budget
	known     bool  // there is a budget
}

// step is the length in months of the longest part of a year lines are dated by:
// 1, 2, 3, 4 or 6; 0 when executed spending of the current year is not dated.
func (l *ledger) step() int {
	longest := 0
	for i := range l.lines {
		if x := &l.lines[i]; x.year == l.current && x.phase == executed && x.direction == expenditure && x.end > 0 {
			longest = max(longest, x.end-x.start)
		}
	}
	for _, n := range []int{1, 2, 3, 4, 6} {
		if longest > 0 && longest <= n {
			return n
		}
	}
	return 0
}

func (l *ledger) pace(y *year, step int) pace {
	b := pace{year: y, months: step, steps: (y.Months() + step - 1) / step}
	sums := make([]int64, max(b.steps, 1))
	last := -1
	for i := range l.lines {
		x := &l.lines[i]
		if !spending(y, executed)(x) {
			continue
		}
		if x.end == 0 {
			b.undated += x.cents
			continue
		}
		k := min((x.end-1)/step, len(sums)-1)
		sums[k] += x.cents
		last = max(last, k)
	}
	sum := b.undated * 0
	for _, cents := range sums[:last+1] {
		sum += cents
		b.executed, b.cumulated = append(b.executed, cents), append(b.cumulated, sum)
	}
	for _, p := range []phase{adjusted, approved} {
		if !b.known && l.has(y, p, expenditure) {
			b.budget, b.known = l.totals(y, expenditure).cents[p], true
			b.phase = p
		}
	}
	return b
}

// season is the mean share of a year's spending that was spent by the end of each
// step, over complete earlier years whose lines are all dated as finely; at most
// the last three.
func (l *ledger) season(y *year, step int) (shares []float64, from []*year) {
	for i := len(l.years) - 1; i >= 0 && len(from) < seasonYears; i-- {
		before := l.years[i]
		if before.Compare(y.Period) >= 0 || before.partial != "" || !l.has(before, executed, expenditure) {
			continue
		}
		b := l.pace(before, step)
		if b.undated != 0 || len(b.cumulated) != b.steps || b.steps == 0 || b.cumulated[b.steps-1] <= 0 {
			continue
		}
		if shares == nil {
			shares = make([]float64, b.steps)
		}
		if len(shares) != b.steps {
			continue
		}
		for k, cents := range b.cumulated {
			shares[k] += percent(cents, b.cumulated[b.steps-1])
		}
		from = append(from, before)
	}
	for k := range shares {
		shares[k] /= float64(len(from))
	}
	return shares, from
}

// seasonYears is how many earlier years the pace of the seasons rests on.
const seasonYears = 3

// label names the end of a step: "quarter 2", "month 5".
func (b pace) label(k int) string {
	switch b.months {
	case 1:
		return fmt.Sprintf("month %d", k+1)
	case 3:
		return fmt.Sprintf("quarter %d", k+1)
	}
	return fmt.Sprintf("month %d", (k+1)*b.months)
}

// even is the share of the year that is over at the end of a step, in percent.
func (b pace) even(k int) float64 {
	return 100 * math.Min(float64((k+1)*b.months)/float64(b.year.Months()), 1)
}

// at is the seasonal share at the end of a step, NaN where it is not known.
func at(shares []float64, k int) float64 {
	if k < len(shares) {
		return shares[k]
	}
	return math.NaN()
}

func (l *ledger) burnRow(b pace, seasonal []float64, k int) []any {
	row := []any{b.year.Label, b.label(k), inUnits(b.executed[k]), inUnits(b.cumulated[k])}
	if !b.known {
		return append(row, nil, "", nil, b.even(k), number(at(seasonal, k)), nil, nil, "", "no budget was approved")
	}
	pace := at(seasonal, k)
	if math.IsNaN(pace) {
		pace = b.even(k)
	}
	expected := rounded(b.budget, pace/100)
	return append(row, inUnits(b.budget), b.phase.String(), number(percent(b.cumulated[k], b.budget)), b.even(k), number(at(seasonal, k)),
		inUnits(expected), inUnits(b.cumulated[k]-expected), "", "")
}

// forecast carries a year that is not over on to its end, by the seasonal pace and
// by an even one. Lines without a date count as spent on top.
func (l *ledger) forecast(f *findings, b pace, seasonal []float64) (rows [][]any) {
	last := len(b.cumulated) - 1
	if last < 0 || last+1 >= b.steps {
		l.sayOver(f, b)
		return nil
	}
	for _, way := range []struct {
		share float64
		note  string
	}{{at(seasonal, last), "forecast at the pace of earlier years"}, {b.even(last), "forecast at an even pace"}} {
		if !(way.share > 0) {
			continue
		}
		end := rounded(b.cumulated[last], 100/way.share) + b.undated
		row := []any{b.year.Label, "end of year", nil, inUnits(end), centsCell(b.budget, b.known), "", nil, nil, nil, nil, nil, "forecast", way.note}
		text := ""
		if b.known {
			row[5], row[6] = b.phase.String(), number(percent(end, b.budget))
			row[10] = inUnits(end - b.budget)
			text = fmt.Sprintf(", %s of the %s budget", share(percent(end, b.budget)), b.phase)
		}
		if len(rows) == 0 {
			f.say("burn", "By %s of %s %s were executed; %s: %s%s by the end of the year.", b.label(last), b.year.Label, l.spoken(b.cumulated[last]), way.note, l.spoken(end), text)
		}
		rows = append(rows, row)
	}
	return rows
}

// sayOver says what a year that is over came to.
func (l *ledger) sayOver(f *findings, b pace) {
	spent := b.undated
	if n := len(b.cumulated); n > 0 {
		spent += b.cumulated[n-1]
	}
	text := ""
	if x := percent(spent, b.budget); b.known && !math.IsNaN(x) {
		text = fmt.Sprintf(", %s of the %s budget", share(x), b.phase)
	}
	f.say("burn", "%s is over: %s were executed%s.", b.year.Label, l.spoken(spent), text)
}

// burnChart draws spending so far beside both paces.
func (l *ledger) burnChart(b pace, seasonal []float64) {
	if !b.known {
		return
	}
	c := analysis.Chart{Name: "burn", Title: "Spending so far in " + b.year.Label, Kind: analysis.Line, Unit: l.currency, Source: l.source(b.year),
		Text:   "Executed spending added up over the year, beside the budget spent evenly and at the pace of earlier years.",
		Series: []analysis.Series{{Name: "executed", Value: gaps(b.steps)}, {Name: "at an even pace", Value: gaps(b.steps)}, {Name: "as in earlier years", Value: gaps(b.steps)}}}
	for k := range b.steps {
		c.Labels = append(c.Labels, b.label(k))
		if k < len(b.cumulated) {
			c.Series[0].Value[k] = inUnits(b.cumulated[k])
		}
		c.Series[1].Value[k] = inUnits(rounded(b.budget, b.even(k)/100))
		if x := at(seasonal, k); !math.IsNaN(x) {
			c.Series[2].Value[k] = inUnits(rounded(b.budget, x/100))
		}
	}
	l.draw(c)
}
