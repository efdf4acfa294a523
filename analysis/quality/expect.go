package quality

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pediment/analysis"
)

// boundExpect is an Expect that was found sound.
type boundExpect struct {
	periods   []analysis.Period // expected by the day of the assessment
	column    string            // of those who report, "" when the city as a whole does
	reporters []string          // places that must report; none: whoever stands in column
	rows      int64             // of one report, 0 for any
	due       func(analysis.Period) time.Time
	received  string // column
}

// report is what one reporter owes for one period.
type report struct {
	period   analysis.Period
	reporter string
	rows     int64
	received time.Time // zero when nobody recorded it
}

// reports is what was expected of a dataset and what is there.
type reports struct {
	*boundExpect
	all []report // in order of period and reporter
}

// bindExpect binds expect:; mistakes stand in b.problems.
func (b *binder) bindExpect() *boundExpect {
	e := b.dataset.Expect
	if e == nil {
		return nil
	}
	before := len(b.problems)
	out := &boundExpect{}
	if !b.dataset.Table.Has("period") {
		b.fail(e.At, "declare a column period", "expect: without periods nothing can be expected")
		return nil
	}
	out.due = b.due(e)
	b.reporters(e, out)
	if e.Rows.Value != "" {
		n, err := strconv.ParseInt(e.Rows.Value, 10, 64)
		if err != nil || n < 1 {
			b.fail(e.Rows.At, "write how many rows one report has", "expect: rows: %q is not a count", e.Rows.Value)
		}
		out.rows = n
	}
	if e.Received.Value != "" {
		if column, ok := b.column(e.Received); ok && column.Type != "date" {
			b.fail(e.Received.At, "declare it as type: date", "expect: received: %s is %s", column.Name, column.Type)
		} else if ok {
			out.received = column.Name
		}
		if e.Due.Value == "" {
			b.fail(e.Received.At, `add due: "60 days"`, "expect: received says when a report came in, and nothing when it was due")
		}
	}
	out.periods = b.periods(e, out.due)
	if len(b.problems) > before {
		return nil
	}
	return out
}

// due returns by when the report of a period must be in: its end, where nothing
// is declared.
func (b *binder) due(e *Expect) func(analysis.Period) time.Time {
	text := e.Due.Value
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return func(analysis.Period) time.Time { return day }
	}
	days := 0
	if text != "" {
		number, _ := strings.CutSuffix(strings.TrimSuffix(text, "s"), "day")
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil || n < 0 || !strings.Contains(text, "day") {
			b.fail(e.Due.At, `write days after the period's end, "60 days", or a day such as 2026-03-31`, "expect: due: %q is not known", text)
		}
		days = n
	}
	return func(p analysis.Period) time.Time { return p.End.AddDate(0, 0, days-1) }
}

// reporters finds out who must report.
func (b *binder) reporters(e *Expect, out *boundExpect) {
	switch {
	case e.Places.Value != "" && e.Reporters.Value != "":
		b.fail(e.Reporters.At, "keep the one that fits", "expect: places and reporters are both given")
	case e.Reporters.Value != "":
		if column, ok := b.column(e.Reporters); ok {
			out.column = column.Name
		}
	case e.Places.Value != "":
		if column, ok := b.column(analysis.Text{Value: "place", At: e.Places.At}); ok {
			out.column = column.Name
		}
		var kinds []string
		for _, p := range b.setup.Places {
			kinds = append(kinds, p.Kind)
			if p.Kind == e.Places.Value {
				out.reporters = append(out.reporters, p.Code)
			}
		}
		if len(out.reporters) == 0 {
			hint := cmp.Or(analysis.Suggest(e.Places.Value, kinds), "write a kind that stands in places.csv")
			b.fail(e.Places.At, hint, "expect: there are no places of the kind %q", e.Places.Value)
		}
	}
}

// most is how many periods can be expected: more is a slip of the pen.
const most = 1200

// periods lists the expected periods.
func (b *binder) periods(e *Expect, due func(analysis.Period) time.Time) []analysis.Period {
	first, err := b.setup.Calendar.ParsePeriod(e.From.Value)
	if err != nil {
		b.fail(orAt(e.From.At, e.At), "write the first period, as in from: 2021", "expect: from: %v", err)
		return nil
	}
	next := b.next(e, first)
	if next == nil {
		return nil
	}
	var last analysis.Period
	if e.Until.Value != "" {
		if last, err = b.setup.Calendar.ParsePeriod(e.Until.Value); err != nil || last.End.Before(first.End) {
			b.fail(e.Until.At, "write the last period", "expect: until: %q does not end a row of periods from %s", e.Until.Value, first.Label)
			return nil
		}
	}
	var list []analysis.Period
	for p := first; len(list) < most; p = next(p) {
		if e.Until.Value != "" && p.End.After(last.End) || e.Until.Value == "" && !due(p).Before(b.setup.Day) {
			break
		}
		list = append(list, p)
	}
	return list
}

// next returns what follows a period.
func (b *binder) next(e *Expect, first analysis.Period) func(analysis.Period) analysis.Period {
	grains := map[string]analysis.Grain{"": "", "year": analysis.CalendarYear, "fiscal year": analysis.FiscalYear, "school year": analysis.SchoolYear}
	every := e.Every.Value
	months := map[string]int{"month": 1, "quarter": 3, "": first.Months()}[every]
	grain, known := grains[every]
	switch {
	case known && every != "":
		if b.setup.Calendar.Year(grain, first.Start) != first {
			b.fail(orAt(e.From.At, e.At), "let from be the first one", "expect: %s is no %s", first.Label, every)
			return nil
		}
		return func(p analysis.Period) analysis.Period { return b.setup.Calendar.Year(grain, p.End) }
	case every == "" && first.Months() == 12:
		for _, g := range []analysis.Grain{analysis.CalendarYear, analysis.FiscalYear, analysis.SchoolYear} {
			if b.setup.Calendar.Year(g, first.Start) == first {
				return func(p analysis.Period) analysis.Period { return b.setup.Calendar.Year(g, p.End) }
			}
		}
	case (months == 1 || months == 3) && first.Months() == months:
		return func(p analysis.Period) analysis.Period {
			q, _ := b.setup.Calendar.ParsePeriod(fmt.Sprintf("%s/P%dM", p.End.Format(time.DateOnly), months))
			return q
		}
	}
	b.fail(orAt(e.Every.At, e.At), "write year, fiscal year, school year, quarter or month", "expect: every: %q does not follow from %s", every, first.Label)
	return nil
}

func orAt(p, otherwise analysis.Position) analysis.Position {
	if p == (analysis.Position{}) {
		return otherwise
	}
	return p
}

// expected holds what is there against what should be.
func (a *assessed) expected(ctx context.Context, q analysis.Querier, s *Setup, e *boundExpect) error {
	if e == nil {
		return nil
	}
	reporter, received := "''", "NULL"
	if e.column != "" {
		reporter = "coalesce(CAST(" + analysis.Quote(e.column) + " AS VARCHAR), '')"
	}
	if e.received != "" {
		received = "CAST(max(" + analysis.Quote(e.received) + ") AS VARCHAR)"
	}
	there := map[[2]string]report{}
	names := slices.Clone(e.reporters)
	text := fmt.Sprintf(`SELECT "period", %s AS who, count(*), %s FROM %s WHERE "period" IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`, reporter, received, analysis.Quote(a.Table.Name))
	err := scan(ctx, q, text, func(rows *sql.Rows) error {
		var label, who string
		var n int64
		var day sql.NullString
		if err := rows.Scan(&label, &who, &n, &day); err != nil {
			return err
		}
		at := e.periodOf(s.Calendar, label)
		if at == "" || who == "" && e.column != "" {
			return nil
		}
		if who = e.reporterOf(s.Places, who); len(e.reporters) == 0 && !slices.Contains(names, who) {
			names = append(names, who)
		}
		have := there[[2]string{at, who}]
		have.rows += n
		if t, err := time.Parse(time.DateOnly, day.String); err == nil && t.After(have.received) {
			have.received = t
		}
		there[[2]string{at, who}] = have
		return nil
	})
	if err != nil {
		return fmt.Errorf("look for the reports of %s: %w", a.Table.Name, err)
	}
	slices.Sort(names)
	if e.column == "" || len(names) == 0 { // nobody has reported yet, so nobody knows who should
		names = []string{""}
	}
	a.reports = &reports{boundExpect: e}
	for _, p := range e.periods {
		for _, who := range names {
			r := there[[2]string{p.Label, who}]
			r.period, r.reporter = p, who
			a.reports.all = append(a.reports.all, r)
		}
	}
	return nil
}

// periodOf returns the label of the expected period that holds a row's, "" for none.
func (e *boundExpect) periodOf(c analysis.Calendar, label string) string {
	p, err := c.ParsePeriod(label)
	if err != nil {
		return ""
	}
	for _, expected := range e.periods {
		if expected.Contains(p) {
			return expected.Label
		}
	}
	return ""
}

// reporterOf returns the place that reports for a place within it.
func (e *boundExpect) reporterOf(places analysis.Places, who string) string {
	if len(e.reporters) == 0 || slices.Contains(e.reporters, who) {
		return who
	}
	for _, above := range places.Ancestors(who) {
		if slices.Contains(e.reporters, above) {
			return above
		}
	}
	return who
}

// arrival is what is known of a report.
type arrival int

const (
	absent     arrival = iota // not there
	incomplete                // there, with fewer rows than a report has
	complete
)

func (r *reports) arrival(one report) arrival {
	switch {
	case one.rows == 0:
		return absent
	case one.rows < r.rows:
		return incomplete
	}
	return complete
}

// onTime reports whether a report came when it was due, and whether that can be
// known: the day it came in is recorded, or it has not come and is overdue. Dates
// of files say when somebody saved them, not when they came in.
func (r *reports) onTime(one report, day time.Time) (yes, known bool) {
	due := r.due(one.period)
	switch {
	case one.rows == 0:
		return false, due.Before(day)
	case one.received.IsZero():
		return false, false
	}
	return !one.received.After(due), true
}
