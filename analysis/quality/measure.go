package quality

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// tally is what one scan counts of the rows of one period and file, or of several
// added up.
type tally struct {
	rows   int64
	faulty int64   // rows that fail a rule about their values
	filled []int64 // by column of the table: cells with a value
	passed []int64 // by rule: rows that fulfil it
	failed []int64 // by rule: rows that break it
	digits []int64 // ten last digits for each column of heaped
	same   int64   // respondents who gave one answer to the whole battery
	asked  int64   // respondents who answered all of it
}

// add adds another tally.
func (t *tally) add(o tally) {
	t.rows, t.faulty = t.rows+o.rows, t.faulty+o.faulty
	t.same, t.asked = t.same+o.same, t.asked+o.asked
	for _, pair := range []struct {
		sum  *[]int64
		more []int64
	}{{&t.filled, o.filled}, {&t.passed, o.passed}, {&t.failed, o.failed}, {&t.digits, o.digits}} {
		if *pair.sum == nil {
			*pair.sum = make([]int64, len(pair.more))
		}
		for k, n := range pair.more {
			(*pair.sum)[k] += n
		}
	}
}

// part is the tally of the rows of one period from one file.
type part struct {
	period string // label as the rows have it, "" without a column of periods
	file   int64
	tally
}

// assessed is a dataset with all that was counted of it.
type assessed struct {
	*Dataset
	rules   []boundRule
	heaped  []string // whole-number columns whose last digits are counted
	battery []string
	minutes string // column of the interview's duration
	parts   []part
	total   tally
	named   int   // so many rows of a rule are named; 0: all
	least   int64 // smaller counts of failing rows are not told; 0: all are

	repeated  map[int][]part // by unique rule: rows beyond the first of their key, by period and file
	identical int64          // rows that equal an earlier one in every column
	groups    map[int]sums   // by sums rule
	reports   *reports       // expected and received
	series    []series
	steps     []step
	chance    float64  // share of respondents with one answer to the battery, were answers independent
	spread    []spread // of numeric columns of a survey
	durations duration
}

// facts counts completeness, the row rules, last digits and the battery in one
// scan of the table.
func (a *assessed) facts(ctx context.Context, q analysis.Querier) error {
	inner, outer := a.factColumns()
	text := fmt.Sprintf("SELECT p, f, %s FROM (SELECT %s FROM %s) GROUP BY p, f ORDER BY p, f",
		strings.Join(outer, ", "), strings.Join(inner, ", "), analysis.Quote(a.Table.Name))
	counts, targets := make([]int64, len(outer)), make([]any, len(outer)+2)
	var period sql.NullString
	var file int64
	targets[0], targets[1] = &period, &file
	for k := range counts {
		targets[k+2] = &counts[k]
	}
	err := scan(ctx, q, text, func(rows *sql.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		p := part{period: period.String, file: file, tally: a.readTally(counts)}
		a.parts = append(a.parts, p)
		a.total.add(p.tally)
		return nil
	})
	if len(a.parts) == 0 {
		a.total = a.readTally(counts)
	}
	if err != nil {
		return fmt.Errorf("count rows of %s: %w", a.Table.Name, err)
	}
	return nil
}

// rowRules lists the rules a row alone decides, by their number.
func (a *assessed) rowRules() []int {
	var list []int
	for k, r := range a.rules {
		if r.pass != "" {
			list = append(list, k)
		}
	}
	return list
}

// factColumns returns what the scan reads of a row and what it counts.
func (a *assessed) factColumns() (inner, outer []string) {
	period := "NULL"
	if a.Table.Has("period") {
		period = `"period"`
	}
	inner = []string{period + " AS p", "_file AS f"}
	outer = []string{"count(*)"}
	var faults []string
	for k, name := range a.Table.ColumnNames() {
		inner = append(inner, fmt.Sprintf("%s AS c%d", analysis.Quote(name), k))
		outer = append(outer, fmt.Sprintf("count(c%d)", k))
	}
	for _, k := range a.rowRules() {
		inner = append(inner, fmt.Sprintf("%s AS r%d", a.rules[k].pass, k))
		outer = append(outer, fmt.Sprintf("count(*) FILTER (WHERE r%d)", k), fmt.Sprintf("count(*) FILTER (WHERE NOT r%d)", k))
		if a.rules[k].kind != requiredRule {
			faults = append(faults, fmt.Sprintf("NOT r%d", k))
		}
	}
	outer = append(outer, "count(*) FILTER (WHERE "+cmp.Or(strings.Join(faults, " OR "), "false")+")")
	for _, name := range a.heaped {
		at := slices.Index(a.Table.ColumnNames(), name)
		for digit := range 10 {
			outer = append(outer, fmt.Sprintf("count(*) FILTER (WHERE abs(c%d) >= 10 AND abs(c%d) %% 10 = %d)", at, at, digit))
		}
	}
	asked, same := a.batteryConditions()
	outer = append(outer, "count(*) FILTER (WHERE "+asked+")", "count(*) FILTER (WHERE "+same+")")
	return inner, outer
}

// batteryConditions returns the conditions that all of the battery was answered,
// and that all answers were the same.
func (a *assessed) batteryConditions() (asked, same string) {
	var filled, equal []string
	for k, name := range a.battery {
		at := slices.Index(a.Table.ColumnNames(), name)
		filled = append(filled, fmt.Sprintf("c%d IS NOT NULL", at))
		if k > 0 {
			equal = append(equal, fmt.Sprintf("c%d = c%d", slices.Index(a.Table.ColumnNames(), a.battery[0]), at))
		}
	}
	return cmp.Or(strings.Join(filled, " AND "), "false"), cmp.Or(strings.Join(equal, " AND "), "false")
}

// readTally reads counts in the order factColumns puts them.
func (a *assessed) readTally(counts []int64) tally {
	t := tally{passed: make([]int64, len(a.rules)), failed: make([]int64, len(a.rules))}
	next := func() int64 {
		n := counts[0]
		counts = counts[1:]
		return n
	}
	t.rows = next()
	for range a.Table.Columns {
		t.filled = append(t.filled, next())
	}
	for _, k := range a.rowRules() {
		t.passed[k] = next()
		t.failed[k] = next()
	}
	t.faulty = next()
	for range 10 * len(a.heaped) {
		t.digits = append(t.digits, next())
	}
	t.asked = next()
	t.same = next()
	return t
}
