package costsharing

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// By hand: of 100 the city pays 75 and the college 25, half of which in kind.
const two = `
partners:
  - {id: a, name: City, use: 3, status: secured, expires: 2026-06-30}
  - {id: b, name: College, use: 1, alone: 20, in_kind: 12.50, in_kind_source: audit, status: secured, expires: 2027-06-30}
arrangements: [{id: x, name: Rooms, cost: 100, rule: use}]
`

func tableNamed(t *testing.T, r analysis.Result, name string) analysis.Table {
	t.Helper()
	k := slices.IndexFunc(r.Tables, func(t analysis.Table) bool { return t.Name == name })
	if k < 0 {
		t.Fatalf("no table %s", name)
	}
	return r.Tables[k]
}

// What ended before the day is not secured, and the next to end comes first; on
// the day itself it still holds.
func TestExpiredFunding(t *testing.T) {
	for _, c := range []struct {
		day, first string
		secured    float64
		warnings   int
	}{
		{"2026-06-30", "City", 1, 0}, {"2026-07-01", "College", .25, 1}, {"2028-01-01", "", 0, 2},
	} {
		day, _ := time.Parse(time.DateOnly, c.day)
		r := Result("", compiled(t, two), day)
		row := tableNamed(t, r, "concentration").Rows[0]
		if row[4] != c.first || row[6] != c.secured || row[7] != 1-c.secured || len(r.Warnings) != c.warnings {
			t.Errorf("%s: %v, warnings %v", c.day, row, r.Warnings)
		}
	}
	if r := Result("", compiled(t, two), time.Time{}); len(r.Warnings) > 0 {
		t.Errorf("with no day: %v", r.Warnings)
	}
}

func TestFindings(t *testing.T) {
	r := Result("", compiled(t, two), time.Time{})
	var all strings.Builder
	for _, row := range tableNamed(t, r, "findings").Rows {
		fmt.Fprintln(&all, row[1])
	}
	for _, want := range []string{
		"Rooms: 100 EUR, shared by 2 partners, by use.\n",
		"Under the chosen rule, by use, City pays 75 EUR.\n",
		"College pays 25 EUR, 12.50 EUR of it in kind; alone it would pay only 20 EUR",
		"What City would pay alone is not given",
		"City carries 75 % of the cost: without it the others would have to find 75 EUR.\n",
	} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no %q in\n%s", want, all.String())
		}
	}
}

// The rules side by side add up to the cost in every column that has figures.
func TestComparisonAddsUp(t *testing.T) {
	table := tableNamed(t, Result("", compiled(t, three), time.Time{}), "comparison")
	computed := 0
	for k := 3; k < len(table.Columns); k++ {
		total, known := 0.0, false
		for _, row := range table.Rows {
			if x, ok := row[k].(float64); ok {
				total, known = total+x, true
			}
		}
		if known {
			computed++
			near(t, table.Columns[k].Name, total, 110)
		}
	}
	if computed != 4 {
		t.Errorf("%d rules are compared, want 4", computed)
	}
}
