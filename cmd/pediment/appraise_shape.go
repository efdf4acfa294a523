package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// plainYears writes years without commas between thousands.
func plainYears(t analysis.Table) analysis.Table {
	out := analysis.Table{Name: t.Name, Columns: slices.Clone(t.Columns)}
	isYear := func(name string) bool { return name == "year" || strings.HasSuffix(name, "_year") }
	for k := range out.Columns {
		if isYear(out.Columns[k].Name) {
			out.Columns[k].Type = "text"
		}
	}
	for _, row := range t.Rows {
		row = slices.Clone(row)
		for k, cell := range row {
			if year, ok := cell.(int64); ok && isYear(out.Columns[k].Name) {
				row[k] = fmt.Sprint(year)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// withoutUnit leaves out a unit that is said above all tables.
func withoutUnit(t analysis.Table, unit string) analysis.Table {
	out := analysis.Table{Name: t.Name, Columns: slices.Clone(t.Columns)}
	for k := range out.Columns {
		if out.Columns[k].Unit == unit {
			out.Columns[k].Unit = ""
		}
	}
	for _, row := range t.Rows {
		row = slices.Clone(row)
		for k, cell := range row {
			if text, ok := cell.(string); ok && (t.Columns[k].Name == "unit" || t.Columns[k].Name == "note") {
				row[k] = strings.TrimPrefix(strings.TrimPrefix(text, unit), ", ")
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// inPercent writes the figures of rows that are shares as percentages. Amounts of
// money in the same row stay.
func inPercent(t analysis.Table) analysis.Table {
	unit := columnNamed(t, "unit")
	if unit < 0 {
		return t
	}
	out := analysis.Table{Name: t.Name, Columns: t.Columns}
	for _, row := range t.Rows {
		row = slices.Clone(row)
		if rest, ok := strings.CutPrefix(fmt.Sprint(row[unit]), "share"); ok && (rest == "" || rest[0] == ' ') {
			row[unit] = "percent" + rest
			for k, cell := range row {
				if x, ok := cell.(float64); ok && !slices.Contains(amounts, t.Columns[k].Name) {
					row[k] = 100 * x
				}
			}
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// amounts are columns of money in tables whose rows have units of their own.
var amounts = []string{"npv_low", "npv_high", "swing"}

// sideBySide turns rows of an option's figures into a column for each option.
// Rows are known by the first of the columns given; the others are left out.
func sideBySide(t analysis.Table, key string, without ...string) analysis.Table {
	option, at, value := columnNamed(t, "option"), columnNamed(t, key), columnNamed(t, "value")
	if option < 0 || at < 0 || value < 0 {
		return t
	}
	out := analysis.Table{Name: t.Name, Columns: []analysis.Column{t.Columns[at]}}
	var rest []int
	for k, c := range t.Columns {
		if k != option && k != at && k != value && !slices.Contains(without, c.Name) {
			rest = append(rest, k)
		}
	}
	options, rows := distinct(t, option), distinct(t, at)
	for _, name := range options {
		out.Columns = append(out.Columns, analysis.Column{Name: cmp.Or(name, "all"), Type: "number"})
	}
	for _, k := range rest {
		out.Columns = append(out.Columns, t.Columns[k])
	}
	for _, name := range rows {
		out.Rows = append(out.Rows, besides(t, name, options, option, at, value, rest))
	}
	return out
}

// besides is one row of sideBySide: the figure of every option, then the other
// columns, each option's own where they differ.
func besides(t analysis.Table, name string, options []string, option, at, value int, rest []int) []any {
	row := make([]any, 1+len(options)+len(rest))
	row[0] = name
	texts := make([][]string, len(rest))
	for _, have := range t.Rows {
		if have[at] != name {
			continue
		}
		o := slices.Index(options, fmt.Sprint(have[option]))
		row[1+o] = have[value]
		for k, column := range rest {
			if text := fmt.Sprint(have[column]); have[column] != nil && text != "" && !slices.Contains(texts[k], text) {
				texts[k] = append(texts[k], text)
			}
		}
	}
	for k := range rest {
		row[1+len(options)+k] = strings.Join(texts[k], " / ")
	}
	return row
}

func distinct(t analysis.Table, column int) []string {
	var names []string
	for _, row := range t.Rows {
		if name := fmt.Sprint(row[column]); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// largest keeps the first rows of each option.
func largest(t analysis.Table, most int) analysis.Table {
	at, counts := columnNamed(t, "option"), map[any]int{}
	if at < 0 {
		return t
	}
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool {
		counts[row[at]]++
		return counts[row[at]] > most
	})
	return t
}

// attention keeps the rows that are not in order.
func attention(t analysis.Table) analysis.Table {
	at := columnNamed(t, "state")
	if at < 0 {
		return t
	}
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { return row[at] == "ok" })
	return t
}

// without leaves columns out.
func without(t analysis.Table, names ...string) analysis.Table {
	out := analysis.Table{Name: t.Name}
	var kept []int
	for k, c := range t.Columns {
		if !slices.Contains(names, c.Name) {
			kept, out.Columns = append(kept, k), append(out.Columns, c)
		}
	}
	for _, row := range t.Rows {
		cells := make([]any, len(kept))
		for k, column := range kept {
			cells[k] = row[column]
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// shortNote is the longest note that stays in its table.
const shortNote = 40

// footnoted takes long notes out of a table and numbers them.
func footnoted(t analysis.Table) (analysis.Table, []string) {
	var notes []string
	rows := make([][]any, len(t.Rows))
	for k, row := range t.Rows {
		rows[k] = slices.Clone(row)
		for i, cell := range row {
			text, _ := cell.(string)
			if name := t.Columns[i].Name; (name == "note" || name == "remark" || name == "detail" || name == "source") && len([]rune(text)) > shortNote {
				note := slices.Index(notes, text)
				if note < 0 {
					note, notes = len(notes), append(notes, text)
				}
				rows[k][i] = fmt.Sprintf("[%d]", note+1)
			}
		}
	}
	for k := range notes {
		notes[k] = fmt.Sprintf("[%d] %s", k+1, notes[k])
	}
	t.Rows = rows
	return t, notes
}
