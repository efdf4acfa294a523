package indicators

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// sql writes the query that gives the reading's totals, laid out to be read.
func (r Reading) sql(i bound, conditions []string) string {
	y, x := r.Value, r.Over
	if r.Where != "" {
		y = item{value: r.Value, where: r.Where}.counted()
	}
	if r.Role == "denominator" {
		return r.layout("NULL", r.summed(i, y), conditions)
	}
	if r.Role == numeratorRole || x == "" {
		return r.layout(r.summed(i, y), "NULL", conditions)
	}
	return r.layout(r.summed(i, y), r.summed(i, x), conditions)
}

// summed is the aggregate of an expression over the rows that count.
func (r Reading) summed(i bound, expression string) string {
	if i.Kind == "distinct" && r.Role == numeratorRole {
		return "COUNT(DISTINCT " + expression + ")"
	}
	weight := ""
	if s := r.Relation.Sample; s != nil && s.Weight != "" {
		weight = analysis.Quote(s.Weight)
	}
	text := "SUM(" + expression + ")"
	switch {
	case expression == "1" && weight == "":
		text = "COUNT(*)"
	case expression == "1":
		text = "SUM(" + weight + ")"
	case weight != "":
		text = "SUM(" + weight + " * " + expression + ")"
	}
	if r.Rule == "average" && len(r.Periods) > 1 {
		text += fmt.Sprintf(" / %d", len(r.Periods))
	}
	return text
}

// layout puts the query together. Columns that are computed are there only when
// something asks for them.
func (r Reading) layout(y, x string, conditions []string) string {
	from := analysis.Quote(r.Relation.Name)
	for name, computed := range r.Computed {
		if strings.Contains(r.Counts+y+x, name) {
			from = fmt.Sprintf("(SELECT *, %s AS %s FROM %s)", computed, analysis.Quote(name), from)
		}
	}
	return fmt.Sprintf("SELECT CAST(%s AS DOUBLE) AS numerator,\n       CAST(%s AS DOUBLE) AS denominator,\n       COUNT(*) AS rows\nFROM %s\nWHERE %s",
		y, x, from, strings.Join(conditions, "\n  AND "))
}

// Totals runs the reading's query. A total the reading does not give is NaN.
func (r Reading) Totals(ctx context.Context, q analysis.Querier) (numerator, denominator float64, n int64, err error) {
	rows, err := q.QueryContext(ctx, r.SQL)
	if err != nil {
		return nan, nan, 0, fmt.Errorf("add up %s: %w", r.Relation.Name, err)
	}
	defer rows.Close()
	var y, x sql.NullFloat64
	for rows.Next() {
		if err := rows.Scan(&y, &x, &n); err != nil {
			return nan, nan, 0, err
		}
	}
	return orNaN(y), orNaN(x), n, rows.Err()
}

// Recompute makes the value from the readings' queries: numerator over denominator
// times factor; the numerator alone where there is no denominator.
func (a Anatomy) Recompute(ctx context.Context, q analysis.Querier) (value, numerator, denominator float64, err error) {
	numerator, denominator = nan, nan
	for _, r := range a.Readings {
		y, x, _, err := r.Totals(ctx, q)
		if err != nil {
			return nan, nan, nan, err
		}
		if !math.IsNaN(y) {
			numerator = y
		}
		if !math.IsNaN(x) {
			denominator = x
		}
	}
	value = numerator
	if !math.IsNaN(denominator) {
		value = numerator / denominator
	}
	return a.Factor * value, numerator, denominator, nil
}

// RowAccount says what became of the rows of a value's period, place and group.
type RowAccount struct {
	Rows       int64 // of the cell, all of them
	Elsewhere  int64 // outside the population
	Unknown    int64 // whose numerator or denominator is empty
	Unweighted int64 // without a weight, or with a weight of 0
	Counted    int64
}

// Account counts the rows of the reading's cell by what became of them.
func (r Reading) Account(ctx context.Context, q analysis.Querier) (RowAccount, error) {
	among := orTrue(r.Among)
	weighted := "TRUE"
	if s := r.Relation.Sample; s != nil && s.Weight != "" {
		weighted = "COALESCE(" + analysis.Quote(s.Weight) + " <> 0, FALSE)"
	}
	from := analysis.Quote(r.Relation.Name)
	for name, computed := range r.Computed {
		from = fmt.Sprintf("(SELECT *, %s AS %s FROM %s)", computed, analysis.Quote(name), from)
	}
	query := fmt.Sprintf(`SELECT COUNT(*), COUNT(CASE WHEN NOT d THEN 1 END), COUNT(CASE WHEN d AND w AND NOT c THEN 1 END), COUNT(CASE WHEN d AND NOT w THEN 1 END), COUNT(CASE WHEN c THEN 1 END)
FROM (SELECT COALESCE(%s, FALSE) AS d, %s AS w, COALESCE(%s, FALSE) AS c FROM %s WHERE %s)`, among, weighted, r.Counts, from, orTrue(r.Cell))
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return RowAccount{}, fmt.Errorf("count rows of %s: %w", r.Relation.Name, err)
	}
	defer rows.Close()
	var a RowAccount
	for rows.Next() {
		if err := rows.Scan(&a.Rows, &a.Elsewhere, &a.Unknown, &a.Unweighted, &a.Counted); err != nil {
			return a, err
		}
	}
	return a, rows.Err()
}
