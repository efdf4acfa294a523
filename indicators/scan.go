package indicators

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// item is one numerator and denominator that a scan adds up, as SQL of the row.
type item struct {
	domain, value, where string // of y
	x                    string // value of the denominator in the same relation, "" when y stands alone
}

// totals is what one item adds up to in one cell.
type totals struct {
	y, x    float64 // weighted where the relation is weighted
	n       int64   // rows that count
	missing int64   // rows of the domain with an unknown y or x
	outside int64   // rows with y ≠ 0 where x = 0
	matched int64   // rows that meet the numerator's condition
}

// cell is the totals of every item for one period and group.
type cell struct {
	set    int // index of the by-set
	period string
	levels []string // values of the set's columns
	items  []totals
}

// scan is one pass over a relation: every item, every by-set, one query.
type scan struct {
	Setup
	relation analysis.Relation
	items    []item
	sets     [][]string // by-sets; the first is the empty one
	places   []string   // restrict the domain to these place codes; none means everywhere
	periods  string     // SQL that maps period to another label, "" to keep it
	distinct bool       // count different values of y instead of adding them up
}

// run executes the scan and yields its cells in a fixed order.
func (s scan) run(ctx context.Context, q analysis.Querier) ([]cell, error) {
	rows, err := q.QueryContext(ctx, s.sql())
	if err != nil {
		return nil, fmt.Errorf("add up %s: %w", s.relation.Name, err)
	}
	defer rows.Close()
	masks := s.masks()
	var cells []cell
	for rows.Next() {
		c, mask, err := s.read(rows)
		if err != nil {
			return nil, fmt.Errorf("add up %s: %w", s.relation.Name, err)
		}
		c.set = masks[mask]
		all := c.levels
		c.levels = nil
		for _, column := range s.sets[c.set] {
			c.levels = append(c.levels, all[slices.Index(s.columns(), column)])
		}
		cells = append(cells, c)
	}
	return cells, rows.Err()
}

// columns lists every disaggregation column of the sets once.
func (s scan) columns() []string {
	var columns []string
	for _, set := range s.sets {
		for _, column := range set {
			if !slices.Contains(columns, column) {
				columns = append(columns, column)
			}
		}
	}
	return columns
}

// masks maps the value of GROUPING(columns…) to the by-set: a bit is 1 where the
// column is not part of the set, the first column is the highest bit.
func (s scan) masks() map[int64]int {
	columns, masks := s.columns(), map[int64]int{}
	for k, set := range s.sets {
		var mask int64
		for _, column := range columns {
			mask <<= 1
			if !slices.Contains(set, column) {
				mask |= 1
			}
		}
		masks[mask] = k
	}
	return masks
}

// notStated is the level of rows whose disaggregation column is NULL.
const notStated = "(not stated)"

// sql writes the one aggregate query of the scan.
func (s scan) sql() string {
	var b strings.Builder
	b.WriteString("SELECT period")
	columns := s.columns()
	quoted := make([]string, len(columns))
	for k, column := range columns {
		quoted[k] = analysis.Quote(column)
		fmt.Fprintf(&b, ", COALESCE(CAST(%s AS VARCHAR), %s)", quoted[k], analysis.Literal(notStated))
	}
	mask := "0"
	if len(columns) > 0 {
		mask = "GROUPING(" + strings.Join(quoted, ", ") + ")"
	}
	b.WriteString(", " + mask)
	for k := range s.items {
		b.WriteString(s.sums(k))
	}
	fmt.Fprintf(&b, "\nFROM (%s)\nGROUP BY GROUPING SETS (", s.inner(columns))
	for k, set := range s.sets {
		if k > 0 {
			b.WriteString(", ")
		}
		names := []string{"period"}
		for _, column := range set {
			names = append(names, analysis.Quote(column))
		}
		b.WriteString("(" + strings.Join(names, ", ") + ")")
	}
	b.WriteString(")\nORDER BY ALL")
	return b.String()
}

// inner selects y, x and validity of every item for every row.
func (s scan) inner(columns []string) string {
	var b strings.Builder
	known := ""
	if s.relation.Sample != nil {
		known = " AND w IS NOT NULL"
	}
	b.WriteString("SELECT *")
	for k := range s.items {
		fmt.Fprintf(&b, ", d%d AND y%d IS NOT NULL AND x%d IS NOT NULL%s AS v%d", k, k, k, known, k)
	}
	fmt.Fprintf(&b, " FROM (SELECT %s AS period", cmp.Or(s.periods, "period"))
	for _, column := range columns {
		b.WriteString(", " + analysis.Quote(column))
	}
	if s.relation.Sample != nil {
		fmt.Fprintf(&b, ", %s AS w", s.weight())
	}
	for k, i := range s.items {
		domain := orTrue(and(i.domain, s.placeFilter()))
		fmt.Fprintf(&b, ", COALESCE(%s, FALSE) AS d%d, %s AS y%d, %s AS m%d, %s AS x%d",
			domain, k, guarded(domain, i.counted()), k, guarded(domain, orTrue(i.where)), k, guarded(domain, i.denominator()), k)
	}
	fmt.Fprintf(&b, " FROM %s)", s.rows(s.relation))
	return b.String()
}

func (s scan) weight() string {
	if s.relation.Sample.Weight == "" {
		return "CAST(1 AS DOUBLE)"
	}
	return fmt.Sprintf("CAST(%s AS DOUBLE)", analysis.Quote(s.relation.Sample.Weight))
}

// placeFilter restricts a domain, never the rows, so that the sample stays whole.
func (s scan) placeFilter() string {
	if len(s.places) == 0 {
		return ""
	}
	return "place IN (" + literals(s.places) + ")"
}

// counted is the value where the condition holds, 0 where it does not, NULL
// where nobody knows.
func (i item) counted() string {
	if i.where == "" {
		return i.value
	}
	return fmt.Sprintf("CASE WHEN %s THEN %s WHEN NOT %s THEN 0 END", i.where, i.value, i.where)
}

func (i item) denominator() string {
	if i.x == "" {
		return "1"
	}
	return i.x
}

func guarded(domain, value string) string {
	if domain == "TRUE" {
		return value
	}
	return fmt.Sprintf("CASE WHEN %s THEN %s END", domain, value)
}

func orTrue(condition string) string {
	if condition == "" {
		return "TRUE"
	}
	return condition
}

// sums writes the aggregates of item k in the order read expects them. Sums of
// whole numbers and decimals are exact; the cast to DOUBLE comes last. CASE is
// many times faster than FILTER where there are hundreds of aggregates.
func (s scan) sums(k int) string {
	y, x, valid := fmt.Sprintf("y%d", k), fmt.Sprintf("x%d", k), fmt.Sprintf("v%d", k)
	missing := count(fmt.Sprintf("d%d AND NOT %s", k, valid))
	if s.distinct {
		return fmt.Sprintf(",\nCAST(COUNT(DISTINCT %s) AS DOUBLE), NULL, %s, %s, 0, %s", y, count(valid), missing, count(valid))
	}
	counted := valid
	zero := fmt.Sprintf("%s AND %s = 0 AND %s <> 0", valid, x, y)
	if s.relation.Sample != nil {
		counted = valid + " AND w <> 0"
		y, x = y+" * w", x+" * w"
	}
	return fmt.Sprintf(",\n%s, %s, %s, %s, %s, %s",
		sum(valid, y), sum(valid, x), count(counted), missing, count(zero), count(fmt.Sprintf("%s AND m%d", valid, k)))
}

func sum(condition, value string) string {
	return fmt.Sprintf("CAST(SUM(CASE WHEN %s THEN %s END) AS DOUBLE)", condition, value)
}

func count(condition string) string {
	return fmt.Sprintf("COUNT(CASE WHEN %s THEN 1 END)", condition)
}

// read takes one row apart.
func (s scan) read(rows *sql.Rows) (cell, int64, error) {
	var period sql.NullString
	var mask int64
	c := cell{items: make([]totals, len(s.items))}
	levels := make([]sql.NullString, len(s.columns()))
	targets := []any{&period}
	for k := range levels {
		targets = append(targets, &levels[k])
	}
	targets = append(targets, &mask)
	sums := make([][2]sql.NullFloat64, len(s.items))
	for k := range s.items {
		t := &c.items[k]
		targets = append(targets, &sums[k][0], &sums[k][1], &t.n, &t.missing, &t.outside, &t.matched)
	}
	if err := rows.Scan(targets...); err != nil {
		return c, 0, err
	}
	for k := range s.items {
		c.items[k].y, c.items[k].x = sums[k][0].Float64, sums[k][1].Float64
	}
	c.period = period.String
	for _, level := range levels {
		c.levels = append(c.levels, level.String)
	}
	return c, mask, nil
}
