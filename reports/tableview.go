package reports

import (
	"slices"
	"strings"

	"pediment/analysis"
)

// tableView is a table as printed on the page: text cells, numbers marked so
// that they line up on the right.
type tableView struct {
	Name    string
	File    string // name under which it can be taken away, "" where it cannot
	Columns []columnView
	Rows    [][]string
	Marks   string // explains the marks among the states; "" with none
	Long    bool   // so long that a page of several tables folds it away
}

// mostRowsOpen is how many rows a table has at most that is not folded away.
const mostRowsOpen = 16

type columnView struct {
	Name   string
	Number bool
}

// newTableView prints a result's table, rounded, without its empty columns.
func newTableView(t analysis.Table) tableView {
	view := tableView{Name: t.Name}
	shown := filled(t)
	for _, i := range shown {
		view.Columns = append(view.Columns, columnView{heading(t.Columns[i]), numeric(t.Columns[i])})
	}
	for _, row := range t.Rows {
		cells := textRow(t, row)
		line := make([]string, len(shown))
		for at, i := range shown {
			line[at] = cells[i]
		}
		view.Rows = append(view.Rows, line)
	}
	return view
}

// estimateColumns head a table of values.
func estimateColumns(first string) []columnView {
	return []columnView{{first, false}, {"Value", true}, {"95" + noBreak + "% interval", true}, {"n", true}, {"State", false}}
}

func estimateRow(first string, v analysis.Value, unit string) []string {
	row := []string{first, none, "", "", stateText(v)}
	if v.State == analysis.Confidential || v.State == analysis.Unreliable {
		row[1] = stateIcon(v.State)
	}
	if known(v) {
		row[1], row[2] = number(v.Estimate, unit), interval(v.Estimate, unit)
		if v.N > 0 {
			row[3] = count(v.N)
		}
	}
	return row
}

// compact leaves out the columns that are empty in every row.
func (t tableView) compact() tableView {
	out := tableView{Name: t.Name, File: t.File, Marks: t.Marks, Rows: make([][]string, len(t.Rows))}
	for i, column := range t.Columns {
		if !slices.ContainsFunc(t.Rows, func(row []string) bool { return row[i] != "" }) {
			continue
		}
		out.Columns = append(out.Columns, column)
		for at, row := range t.Rows {
			out.Rows[at] = append(out.Rows[at], row[i])
		}
	}
	return out
}

// stateText says why a value is absent or limited, with its caveats.
func stateText(v analysis.Value) string {
	var parts []string
	switch {
	case v.State != analysis.Known:
		parts = append(parts, string(v.State))
	case !finite(v.Value):
		parts = append(parts, string(analysis.Missing))
	}
	if v.Reason != "" {
		parts = append(parts, v.Reason)
	}
	text := strings.Join(parts, ": ")
	if len(v.Flags) > 0 {
		text = strings.Trim(text+"; "+strings.Join(v.Flags, "; "), "; ")
	}
	return text
}

// caution begins the flag of a value that is shown although it is uncertain.
const caution = "use with caution"

// marks explains in one line the marks of reliability and privacy that occur among the
// values; "" when none does.
func marks(values []analysis.Value) string {
	var parts []string
	if slices.ContainsFunc(values, func(v analysis.Value) bool { return v.State == analysis.Unreliable }) {
		parts = append(parts, stateIcon(analysis.Unreliable)+" Unreliable: too few answers, or too wide an interval, by the city’s standard of reliability.")
	}
	if slices.ContainsFunc(values, func(v analysis.Value) bool { return v.State == analysis.Confidential }) {
		parts = append(parts, stateIcon(analysis.Confidential)+" Confidential: withheld so that nobody can be recognised, here or by subtraction.")
	}
	cautioned := func(flag string) bool { return strings.HasPrefix(flag, caution) }
	if slices.ContainsFunc(values, func(v analysis.Value) bool { return slices.ContainsFunc(v.Flags, cautioned) }) {
		parts = append(parts, "Use with caution: shown, but uncertain by the city’s standard of reliability; read the note beside it.")
	}
	return strings.Join(parts, " ")
}

// values are the values of the breakdown's levels.
func (b Breakdown) values() []analysis.Value {
	values := make([]analysis.Value, len(b.Levels))
	for at, l := range b.Levels {
		values[at] = l.Value
	}
	return values
}

func trendTable(i Indicator) tableView {
	t := tableView{Name: i.Code + " by period", Columns: estimateColumns("Period"), Marks: marks(i.Trend)}
	for _, v := range i.Trend {
		t.Rows = append(t.Rows, estimateRow(v.Period.Label, v, i.Unit))
	}
	return t.compact()
}

func groupTable(i Indicator, b Breakdown) tableView {
	t := tableView{Name: i.Code + " by " + b.Column, Columns: estimateColumns(b.Label), Marks: marks(b.values())}
	for _, l := range ordered(b) {
		t.Rows = append(t.Rows, estimateRow(l.Label, l.Value, i.Unit))
	}
	return t.compact()
}
