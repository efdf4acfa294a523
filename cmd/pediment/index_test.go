package main

import (
	"fmt"
	"testing"

	"pediment/analysis"
)

// indexed is an index table of units in the periods, the first period first.
func indexed(units int, periods ...string) analysis.Table {
	t := analysis.Table{Name: "index", Columns: []analysis.Column{{Name: "unit", Type: "text"}, {Name: "period", Type: "text"}}}
	for _, period := range periods {
		for k := range units {
			t.Rows = append(t.Rows, []any{fmt.Sprintf("u%d", k+1), period})
		}
	}
	return t
}

func TestLatestIndex(t *testing.T) {
	for _, c := range []struct {
		of                analysis.Table
		name, first, last string
		rows              int
	}{
		{indexed(8, "2025", "2023", "2021"), "index of 2025", "u1", "u8", 8},
		{indexed(30, "2025"), "index of 2025", "u1", "u30", 30},
		{indexed(31, "2025"), "index of 2025, the first and last 15 of 31", "u1", "u31", 30},
		{indexed(116, "2025", "2024"), "index of 2025, the first and last 15 of 116", "u1", "u116", 30},
	} {
		got := latestIndex(c.of)
		if got.Name != c.name || len(got.Rows) != c.rows || got.Rows[0][0] != c.first || got.Rows[c.rows-1][0] != c.last {
			t.Errorf("%q, %d rows; want %q, %d", got.Name, len(got.Rows), c.name, c.rows)
		}
		for _, row := range got.Rows {
			if row[1] != "2025" {
				t.Errorf("%s: a row of %v", c.name, row[1])
			}
		}
	}
	if got := latestIndex(indexed(116, "2025")); got.Rows[14][0] != "u15" || got.Rows[15][0] != "u102" {
		t.Errorf("cut at %v and %v", got.Rows[14], got.Rows[15])
	}
}
