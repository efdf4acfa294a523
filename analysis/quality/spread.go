package quality

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// spread is how the numbers of one survey column lie.
type spread struct {
	column string
	test
	n       int64
	outside int64
}

// duration is how long interviews took.
type duration struct {
	n, short int64 // interviews, and those under half the median
	median   float64
}

// Columns of so few different answers are codes or scales, not amounts.
const leastAnswers = 15

// spreads judges the numeric columns of a survey.
func (a *assessed) spreads(ctx context.Context, q analysis.Querier) error {
	if a.Table.Kind != "survey" {
		return nil
	}
	for _, c := range a.Table.Columns {
		if !slices.Contains([]string{"integer", "number", "decimal"}, c.Type) || a.partOfDesign(c.Name) {
			continue
		}
		s, err := a.spreadOf(ctx, q, c.Name)
		if err != nil {
			return fmt.Errorf("look at %s of %s: %w", c.Name, a.Table.Name, err)
		}
		if s.n > 0 {
			a.spread = append(a.spread, s)
		}
	}
	return nil
}

// partOfDesign reports whether the column holds weights or other parts of a survey
// design.
func (a *assessed) partOfDesign(column string) bool {
	s := a.Table.Sample
	if s == nil {
		return false
	}
	names := slices.Concat([]string{s.Weight, s.Stratum}, s.PSU, s.FPC)
	if s.Replicates != nil {
		names = append(names, s.Replicates.Weights...)
	}
	return slices.Contains(names, column)
}

// mostNumbers is how many rows limits are taken from: of larger surveys every
// k-th row, the same ones each time.
const mostNumbers = 20_000

// spreadOf finds the limits of a column and counts what lies outside among all
// rows.
func (a *assessed) spreadOf(ctx context.Context, q analysis.Querier, column string) (spread, error) {
	name, table := "CAST("+analysis.Quote(column)+" AS DOUBLE)", analysis.Quote(a.Table.Name)
	every := max(1, a.total.rows/mostNumbers)
	text := fmt.Sprintf("SELECT %s FROM %s WHERE rowid %% %d = 0 AND %s IS NOT NULL", name, table, every, analysis.Quote(column))
	var numbers []float64
	if err := scan(ctx, q, text, func(rows *sql.Rows) error {
		var x float64
		err := rows.Scan(&x)
		numbers = append(numbers, x)
		return err
	}); err != nil {
		return spread{}, err
	}
	slices.Sort(numbers)
	if len(slices.Compact(slices.Clone(numbers))) < leastAnswers {
		return spread{}, nil
	}
	s := spread{column: column}
	var ok bool
	if s.test, ok = judge(numbers); !ok {
		return spread{}, nil
	}
	err := scan(ctx, q, fmt.Sprintf("SELECT count(x), count(*) FILTER (WHERE x < %g OR x > %g) FROM (SELECT %s AS x FROM %s)", s.low, s.high, name, table), func(rows *sql.Rows) error {
		return rows.Scan(&s.n, &s.outside)
	})
	return s, err
}

// interviews measures how long interviews took.
func (a *assessed) interviews(ctx context.Context, q analysis.Querier) error {
	if a.minutes == "" {
		return nil
	}
	name, table := analysis.Quote(a.minutes), analysis.Quote(a.Table.Name)
	text := fmt.Sprintf(`SELECT count(%[1]s), coalesce(median(%[1]s), 0)::DOUBLE, count(*) FILTER (WHERE %[1]s < (SELECT median(%[1]s) FROM %[2]s) / 2) FROM %[2]s`, name, table)
	return scan(ctx, q, text, func(rows *sql.Rows) error {
		return rows.Scan(&a.durations.n, &a.durations.median, &a.durations.short)
	})
}

// answers finds how many would give one answer to the whole battery by chance: the
// sum over answers of the product of their shares among the questions.
func (a *assessed) answers(ctx context.Context, q analysis.Querier) error {
	if len(a.battery) == 0 || a.total.asked == 0 {
		return nil
	}
	var items, filled []string
	for _, name := range a.battery {
		items = append(items, "CAST("+analysis.Quote(name)+" AS VARCHAR)")
		filled = append(filled, analysis.Quote(name)+" IS NOT NULL")
	}
	text := fmt.Sprintf(`SELECT answer, list(n) FROM (SELECT k, answer, count(*) AS n FROM (
		SELECT unnest(range(%d)) AS k, unnest([%s]) AS answer FROM %s WHERE %s) GROUP BY k, answer ORDER BY k, answer) GROUP BY answer HAVING count(*) = %d ORDER BY answer`,
		len(items), strings.Join(items, ", "), analysis.Quote(a.Table.Name), strings.Join(filled, " AND "), len(items))
	return scan(ctx, q, text, func(rows *sql.Rows) error {
		var answer string
		var counts any
		if err := rows.Scan(&answer, &counts); err != nil {
			return err
		}
		product := 1.0
		list, _ := counts.([]any)
		for _, n := range list {
			count, _ := n.(int64)
			product *= float64(count) / float64(a.total.asked)
		}
		a.chance += product
		return nil
	})
}
