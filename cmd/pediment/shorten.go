package main

import (
	"fmt"
	"slices"

	"pediment/analysis"
)

// shownRows is the most rows of a table that a person is shown unasked.
const shownRows = 40

// shortened cuts a table that is longer than a person reads: to its latest year,
// then to the groupings of few rows, then to nothing. It reports whether rows
// were left out; scripts get all of them.
func shortened(t analysis.Table) (analysis.Table, bool) {
	out := without(t, "checked_by") // a paragraph a row
	if len(out.Rows) > shownRows {
		out.Rows = latestRows(out)
	}
	if len(out.Rows) > shownRows {
		out.Rows = fewRows(out)
	}
	if len(out.Rows) > shownRows {
		out.Rows = nil
	}
	return out, len(out.Rows) < len(t.Rows)
}

// latestRows are the rows of the latest year, all rows without a column of years.
func latestRows(t analysis.Table) [][]any {
	year := columnNamed(t, "year")
	if year < 0 {
		return t.Rows
	}
	latest := ""
	for _, row := range t.Rows {
		latest = max(latest, fmt.Sprint(row[year]))
	}
	return slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { return fmt.Sprint(row[year]) != latest })
}

// fewRows are the rows of the groupings, named in the column by, that have few; all
// rows where by tells groups of people apart, of which few are no summary.
func fewRows(t analysis.Table) [][]any {
	const few = 12
	by := columnNamed(t, "by")
	if by < 0 || columnNamed(t, "group") >= 0 || columnNamed(t, "sentence") >= 0 {
		return t.Rows
	}
	count := map[any]int{}
	for _, row := range t.Rows {
		count[row[by]]++
	}
	return slices.DeleteFunc(slices.Clone(t.Rows), func(row []any) bool { return count[row[by]] > few })
}
