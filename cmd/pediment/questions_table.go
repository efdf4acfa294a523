package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// yearsShown is how many years a table sets side by side.
const yearsShown = 5

// mostRows is the most rows of a table of levels.
const mostRows = 30

// yearLine is one level of a table over the years.
type yearLine struct {
	label  string
	values map[string]analysis.Value // by the calendar year each counts for
}

// linesOf puts values together by label; values of years after the reporting year
// are left out.
func (w *work) linesOf(values []analysis.Value, label func(analysis.Value) string) []yearLine {
	var lines []yearLine
	for _, v := range values {
		if w.after(v.Period) {
			continue
		}
		name := label(v)
		k := slices.IndexFunc(lines, func(l yearLine) bool { return l.label == name })
		if k < 0 {
			k, lines = len(lines), append(lines, yearLine{name, map[string]analysis.Value{}})
		}
		lines[k].values[w.yearOf(v)] = v
	}
	return lines
}

// yearOf is the calendar year a value counts for.
func (w *work) yearOf(v analysis.Value) string { return w.project.calendar.JoinYear(v.Period).Label }

// whole is the latest value of a yearLine that covers its period, the zero Value where
// there is none.
func (l yearLine) whole() analysis.Value {
	return l.last(func(v analysis.Value) bool { return v.State == analysis.Known })
}

// last is the latest value that has a number and is wanted.
func (l yearLine) last(wanted func(analysis.Value) bool) (last analysis.Value) {
	for _, v := range l.values {
		if told(v) && wanted(v) && (last.Period.IsZero() || v.Period.Start.After(last.Period.Start)) {
			last = v
		}
	}
	return last
}

// first is the earliest value that covers its period.
func (l yearLine) first() (first analysis.Value) {
	for _, v := range l.values {
		if told(v) && v.State == analysis.Known && (first.Period.IsZero() || v.Period.Start.Before(first.Period.Start)) {
			first = v
		}
	}
	return first
}

// largestFirst sorts lines by their latest whole value, those without one last.
func largestFirst(lines []yearLine) []yearLine {
	size := func(l yearLine) float64 {
		if v := l.whole(); !v.Period.IsZero() {
			return v.Value
		}
		return -1
	}
	slices.SortStableFunc(lines, func(a, b yearLine) int { return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.label, b.label)) })
	return lines
}

// overYears is a table of lines with a column for each of the last years. What is not
// there has its reason in the column "note".
func overYears(name, heading string, lines []yearLine) analysis.Table {
	years := yearsIn(lines)
	t := analysis.Table{Name: name, Columns: analysis.Columns(heading)}
	for _, year := range years {
		t.Columns = append(t.Columns, analysis.Column{Name: year, Type: "integer"})
	}
	t.Columns = append(t.Columns, analysis.Column{Name: "note", Type: "text"})
	if len(lines) > mostRows {
		t.Name = fmt.Sprintf("%s: the %d largest of %d", name, mostRows, len(lines))
		lines = lines[:mostRows]
	}
	for _, l := range lines {
		row := []any{l.label}
		for _, year := range years {
			row = append(row, countCell(l.values[year]))
		}
		t.Rows = append(t.Rows, append(row, l.note(years)))
	}
	return t
}

// yearsIn are the last years any yearLine has a value for.
func yearsIn(lines []yearLine) []string {
	var years []string
	for _, l := range lines {
		for year := range l.values {
			if !slices.Contains(years, year) {
				years = append(years, year)
			}
		}
	}
	slices.Sort(years)
	return years[max(0, len(years)-yearsShown):]
}

// note says what qualifies a yearLine's values: which are withheld, incomplete or of
// years of another kind.
func (l yearLine) note(years []string) string {
	var parts []string
	for _, year := range years {
		v, known := l.values[year]
		switch {
		case !known:
		case notTold(v) != "":
			parts = append(parts, year+" "+notTold(v))
		case v.State == analysis.Partial:
			parts = append(parts, v.Period.Label+": "+plainWords(v.Reason))
		case v.Period.Label != year && year == years[len(years)-1]:
			parts = append(parts, year+" is "+v.Period.Label)
		}
	}
	return strings.Join(parts, "; ")
}

// countCell is a cell with a count, empty where it is not told.
func countCell(v analysis.Value) any {
	if !told(v) {
		return nil
	}
	return int64(math.Round(v.Value))
}

// counted writes a count with its thousands apart.
func counted(x float64) string { return grouped(math.Round(x)) }

// inPercentOf is by how many percent a number is more or less than another, in
// words: "4.5 % more"; "as many" where it is hardly either.
func inPercentOf(now, before float64) string {
	change := 100 * (now/before - 1)
	switch {
	case math.Abs(change) < 0.05:
		return "as many"
	case change < 0:
		return fmt.Sprintf("%.1f %% fewer", -change)
	}
	return fmt.Sprintf("%.1f %% more", change)
}
