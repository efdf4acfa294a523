package quality

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"pediment/analysis"
)

// quoted lists columns as SQL.
func quoted(names []string) string {
	list := make([]string, len(names))
	for k, name := range names {
		list[k] = analysis.Quote(name)
	}
	return strings.Join(list, ", ")
}

// keyed is the condition that a row counts for a unique rule: all of its key is
// there.
func (r boundRule) keyed() string {
	conditions := []string{r.where}
	for _, name := range r.columns {
		conditions = append(conditions, analysis.Quote(name)+" IS NOT NULL")
	}
	return strings.Join(conditions, " AND ")
}

// repeats counts for every unique rule the rows with a key an earlier row of the
// table has, and how many rows have a key at all.
func (a *assessed) repeats(ctx context.Context, q analysis.Querier) error {
	period := "''"
	if a.Table.Has("period") {
		period = `coalesce("period", '')`
	}
	a.repeated = map[int][]part{}
	for k, r := range a.rules {
		if r.kind != uniqueRule || r.unknown {
			continue
		}
		table, keys := analysis.Quote(a.Table.Name), quoted(r.columns)
		// Rows are told apart only where a key stands twice: the rest is one count.
		keyed := int64(0)
		if err := scan(ctx, q, fmt.Sprintf("SELECT count(*) FROM %s WHERE %s", table, r.keyed()), func(rows *sql.Rows) error {
			return rows.Scan(&keyed)
		}); err != nil {
			return err
		}
		text := fmt.Sprintf(`SELECT p, f, count(*) FROM (
			SELECT %s AS p, _file AS f, row_number() OVER (PARTITION BY %s ORDER BY rowid) AS n FROM %s
			WHERE %s AND %s IN (SELECT %s FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1))
			WHERE n > 1 GROUP BY p, f ORDER BY p, f`, period, keys, table, r.keyed(), r.key(), r.key(), table, r.keyed(), keys)
		failed := int64(0)
		if err := scan(ctx, q, text, func(rows *sql.Rows) error {
			var p part
			err := rows.Scan(&p.period, &p.file, &p.rows)
			failed += p.rows
			a.repeated[k] = append(a.repeated[k], p)
			return err
		}); err != nil {
			return fmt.Errorf("look for repeated keys of %s: %w", a.Table.Name, err)
		}
		a.total.failed[k], a.total.passed[k] = failed, keyed-failed
	}
	return nil
}

// key is the rule's columns as one value.
func (r boundRule) key() string {
	if len(r.columns) == 1 {
		return quoted(r.columns)
	}
	return "row(" + quoted(r.columns) + ")"
}

// same counts the rows that equal an earlier one in every column. Hashes find who
// might be equal; only those are compared.
func (a *assessed) same(ctx context.Context, q analysis.Querier) error {
	names := a.Table.ColumnNames()
	if len(names) == 0 {
		return nil
	}
	all, table := quoted(names), analysis.Quote(a.Table.Name)
	text := fmt.Sprintf(`SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM %s
		WHERE hash(%s) IN (SELECT hash(%s) FROM %s GROUP BY 1 HAVING count(*) > 1) GROUP BY %s HAVING count(*) > 1)`, table, all, all, table, all)
	err := scan(ctx, q, text, func(rows *sql.Rows) error { return rows.Scan(&a.identical) })
	if err != nil {
		return fmt.Errorf("look for equal rows of %s: %w", a.Table.Name, err)
	}
	return nil
}
