package budget

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// take turns cells into lines: periods into years, words into phases and
// directions. What it cannot place it says.
func (l *ledger) take(cells []cell) error {
	years := map[string]*year{}
	phases, directions := map[string]int64{}, map[string]int64{}
	var empty, rounded int64
	for _, c := range cells {
		empty, rounded = empty+c.empty, rounded+c.rounded
		x, err := l.line(c, years)
		if err != nil {
			return err
		}
		if x.phase == unknownPhase || x.phase == unstated && c.phase == "" && l.budget.Has("phase") {
			phases[c.phase] += c.rows
		}
		if x.direction == unknownDirection {
			directions[c.direction] += c.rows
		}
		l.lines = append(l.lines, x)
		l.present[presence{x.year, x.phase, x.direction}] = true
	}
	for _, y := range years {
		l.years = append(l.years, y)
	}
	slices.SortFunc(l.years, func(a, b *year) int { return a.Compare(b.Period) })
	l.remarkWords("phase", phases, "put it under budget: phases: approved, adjusted or executed in pediment.yaml")
	l.remarkWords("direction", directions, "put it under budget: directions: expenditure or revenue in pediment.yaml")
	if !l.budget.Has("phase") {
		l.warn(`there is no column phase, so nothing is compared with what was approved; where all lines are of one phase, declare phase: {type: text, from: "'executed'"}`)
	}
	if empty > 0 {
		l.warn(fmt.Sprintf("%d lines have no amount and count as nothing", empty))
	}
	if rounded > 0 {
		l.warn(fmt.Sprintf("%d amounts have more than two decimals and are rounded to the cent; declare amount as decimal to have such lines rejected", rounded))
	}
	return nil
}

// line places one cell.
func (l *ledger) line(c cell, years map[string]*year) (line, error) {
	raw, err := l.Calendar.ParsePeriod(c.period)
	if err != nil {
		return line{}, fmt.Errorf("%s: %w", l.budget.Name, err)
	}
	period := l.Calendar.Year(l.budget.Year, raw.Start)
	if !period.Contains(raw) {
		period = raw
	}
	y := years[period.Label]
	if y == nil {
		join, _ := strconv.Atoi(l.Calendar.JoinYear(period).Label)
		y = &year{Period: period, join: join}
		years[period.Label] = y
	}
	x := line{year: y, codes: c.codes, cents: c.cents, written: c.cents, phase: l.Phases.read(c.phase), direction: l.Directions.read(c.direction, l.budget.Has("direction"))}
	x.start, x.end = span(y.Period, raw, c.quarter)
	return x, nil
}

// span is the part of the year a line belongs to, in months from its beginning:
// its period's, or its quarter's where the period is the year.
func span(year, part analysis.Period, quarter string) (start, end int) {
	if part.Start.Equal(year.Start) && part.End.Equal(year.End) {
		n, err := strconv.Atoi(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(quarter)), "Q"))
		if err != nil || n < 1 || n > 4 || year.Months() != 12 {
			return 0, 0
		}
		return 3*n - 3, 3 * n
	}
	day := part.End.AddDate(0, 0, -1)
	start = (part.Start.Year()-year.Start.Year())*12 + int(part.Start.Month()-year.Start.Month())
	return start, (day.Year()-year.Start.Year())*12 + int(day.Month()-year.Start.Month()) + 1
}

func (p Phases) read(word string) phase {
	switch {
	case word == "":
		return unstated
	case word == "approved" || slices.Contains(p.Approved, word):
		return approved
	case word == "adjusted" || slices.Contains(p.Adjusted, word):
		return adjusted
	case word == "executed" || slices.Contains(p.Executed, word):
		return executed
	}
	return unknownPhase
}

// read tells the direction; a ledger without the column holds expenditure only.
func (d Directions) read(word string, column bool) direction {
	switch {
	case word == "expenditure" || slices.Contains(d.Expenditure, word) || !column:
		return expenditure
	case word == "revenue" || slices.Contains(d.Revenue, word):
		return revenue
	}
	return unknownDirection
}

// remarkWords says which words are not known, with the number of lines.
func (l *ledger) remarkWords(what string, rows map[string]int64, hint string) {
	if len(rows) == 0 {
		return
	}
	var list []string
	for word, n := range rows {
		if word == "" {
			list = append(list, fmt.Sprintf("none (%d lines)", n))
		} else {
			list = append(list, fmt.Sprintf("%q (%d lines)", word, n))
		}
	}
	slices.Sort(list)
	l.warn(fmt.Sprintf("these words for a line's %s are not known and the lines stand in no table but the reconciliation: %s; %s", what, strings.Join(list, ", "), hint))
}

// judge notes the years whose execution is incomplete: the record ends before
// them, or every line is dated and none reaches the year's end.
func (l *ledger) judge() {
	for _, y := range l.years {
		last, dated, found := 0, true, false
		for _, x := range l.lines {
			if x.year == y && (x.phase == executed || x.phase == unstated) && x.direction == expenditure {
				found = true
				dated = dated && x.end > 0
				last = max(last, x.end)
			}
		}
		months := y.Months()
		switch {
		case l.budget.Until != "" && l.budget.Until < y.End.AddDate(0, 0, -1).Format("2006-01-02"):
			y.partial = fmt.Sprintf("the record is complete only up to %s", l.budget.Until)
		case found && dated && last < months:
			y.partial = fmt.Sprintf("nothing is booked after month %d of %d", last, months)
		}
	}
}

// choose finds the reporting year and the year whose prices real terms are in.
func (l *ledger) choose() {
	for _, y := range l.years {
		if l.Year.IsZero() || y.join <= joinOf(l.Calendar, l.Year) {
			l.current = y
		}
	}
	if l.current == nil && len(l.years) > 0 {
		l.current = l.years[len(l.years)-1]
	}
	if l.BaseYear != 0 {
		return
	}
	for _, d := range l.Deflators {
		if l.current != nil && d.Year <= l.current.join {
			l.BaseYear = max(l.BaseYear, d.Year)
		}
	}
}

func joinOf(c analysis.Calendar, p analysis.Period) int {
	n, _ := strconv.Atoi(c.JoinYear(p).Label)
	return n
}

// rounded is cents times a factor, to the nearest cent.
func rounded(cents int64, factor float64) int64 { return int64(math.Round(float64(cents) * factor)) }
