package ingest

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

const redeclared = `
p:
  kind: budget
  files: data/p.csv
  columns:
    period: {type: period, from: year}
    amount: {type: number, from: x}
q:
  kind: population
  files: data/q*.csv
  columns:
    period: {type: period, from: year}
    persons: {type: integer, from: n}
`

// sources returns what the warehouse holds, one file a line.
func (c city) sources() string {
	c.t.Helper()
	w, err := Open(context.Background(), c.dir)
	must(c.t, err)
	files, err := w.Sources(context.Background())
	must(c.t, err)
	lines := make([]string, len(files))
	for i, f := range files {
		lines[i] = fmt.Sprintf("%s %d+%d", f.File, f.Rows, f.Rejected)
	}
	must(c.t, w.Close())
	return strings.Join(lines, "\n")
}

// TestDeclarationChangedAndChangedBack declares one of two datasets anew, and as
// it was before, twice each: rows, sources and rejects follow the declaration.
func TestDeclarationChangedAndChangedBack(t *testing.T) {
	c := newCity(t, map[string]string{"data/p.csv": "year,x\n2024,100\n2024,50\n2024,bad\n", "data/q1.csv": "year,n\n2024,7\n", "data/q2.csv": "year,n\n2024,8\n"})
	changed := strings.Replace(redeclared, "from: year", `from: "'2023'"`, 1)
	for i, step := range []struct{ declared, year, state string }{
		{redeclared, "2024", "loaded"}, {redeclared, "2024", "unchanged"},
		{changed, "2023", "loaded"}, {changed, "2023", "unchanged"},
		{redeclared, "2024", "loaded"}, {redeclared, "2024", "unchanged"},
		{changed, "2023", "loaded"}, {redeclared, "2024", "loaded"}, {redeclared, "2024", "unchanged"},
	} {
		what := fmt.Sprintf("step %d: ", i)
		others := "unchanged"
		if i == 0 {
			others = "loaded"
		}
		loads := c.load(step.declared)
		equal(t, what+"loads", loads.summary(), fmt.Sprintf(`
p data/p.csv rows=2 rejected=1 excluded=0 %s
q data/q1.csv rows=1 rejected=0 excluded=0 %s
q data/q2.csv rows=1 rejected=0 excluded=0 %s`, step.state, others, others))
		equal(t, what+"rejects", loads.rejects(), `data/p.csv:4: amount: "bad" is not a number with decimal "."`)
		equal(t, what+"sources", c.sources(), "data/p.csv 2+1\ndata/q1.csv 1+0\ndata/q2.csv 1+0")
		equal(t, what+"rows", c.rows("SELECT period, count(*), CAST(sum(amount) AS INTEGER) FROM p GROUP BY 1"), step.year+"|2|150") // 100 + 50
		equal(t, what+"other rows", c.rows("SELECT sum(persons) FROM q"), "15")                                                      // 7 + 8
	}
}
