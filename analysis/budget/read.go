package budget

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"pediment/analysis"
)

// cell is a row of the one query over the ledger: lines alike in every column.
type cell struct {
	period, quarter, phase, direction string
	codes                             [columnCount]string
	currency, priceYear               string
	cents                             int64
	rows, empty, rounded              int64
}

// text is a column's SQL as text, ” where it is NULL or does not exist.
func text(r analysis.Relation, name string) string {
	c, ok := r.Column(name)
	if !ok {
		return "''"
	}
	return fmt.Sprintf("COALESCE(CAST(%s AS VARCHAR), '')", analysis.Quote(c.Name))
}

// amountSQL is the amount as a decimal with two places. Numbers beyond any money
// become NULL and are counted as empty.
func amountSQL(r analysis.Relation) (sql, rounded string) {
	c, _ := r.Column("amount")
	name := analysis.Quote(c.Name)
	if c.Type == "decimal" {
		return name, "0"
	}
	sql = fmt.Sprintf("TRY_CAST(%s AS DECIMAL(18,2))", name)
	return sql, fmt.Sprintf("CASE WHEN CAST(%s AS DOUBLE) <> %s THEN 1 ELSE 0 END", sql, name)
}

// readCells adds up the ledger in the database.
func readCells(ctx context.Context, q analysis.Querier, r analysis.Relation) ([]cell, error) {
	amount, rounded := amountSQL(r)
	names := []string{"period", "quarter", "phase", "direction"}
	names = append(names, columnNames[:]...)
	names = append(names, "currency", "price_year")
	items, groups := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		items[i], groups[i] = text(r, name), strconv.Itoa(i+1)
	}
	query := fmt.Sprintf(`SELECT %s, CAST(COALESCE(SUM(%s), 0) AS VARCHAR), COUNT(*), COUNT(*) - COUNT(%s), COALESCE(SUM(%s), 0)
FROM %s GROUP BY %s ORDER BY %s`,
		strings.Join(items, ", "), amount, amount, rounded, analysis.Quote(r.Name), strings.Join(groups, ", "), strings.Join(groups, ", "))
	var cells []cell
	err := each(ctx, q, query, func(rows *sql.Rows) error {
		var c cell
		var sum string
		into := []any{&c.period, &c.quarter, &c.phase, &c.direction}
		for i := range c.codes {
			into = append(into, &c.codes[i])
		}
		into = append(into, &c.currency, &c.priceYear, &sum, &c.rows, &c.empty, &c.rounded)
		if err := rows.Scan(into...); err != nil {
			return err
		}
		var err error
		c.cents, err = parseCents(sum)
		cells = append(cells, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("add up %s: %w", r.Name, err)
	}
	return cells, nil
}

// grandTotal adds all amounts at once, apart from every classification.
func grandTotal(ctx context.Context, q analysis.Querier, r analysis.Relation) (cents *big.Int, rows int64, err error) {
	amount, _ := amountSQL(r)
	cents = new(big.Int)
	query := fmt.Sprintf("SELECT CAST(COALESCE(SUM(%s), 0) AS VARCHAR), COUNT(*) FROM %s", amount, analysis.Quote(r.Name))
	err = each(ctx, q, query, func(rs *sql.Rows) error {
		var sum string
		if err := rs.Scan(&sum, &rows); err != nil {
			return err
		}
		if _, ok := cents.SetString(strings.Replace(sum, ".", "", 1), 10); !ok {
			return fmt.Errorf("%q is no sum of amounts", sum)
		}
		return nil
	})
	return cents, rows, err
}

// parseCents reads what the database prints of a DECIMAL(…,2); 0 alone is none.
func parseCents(sum string) (int64, error) {
	whole, hundredths, _ := strings.Cut(sum, ".")
	for len(hundredths) < 2 {
		hundredths += "0"
	}
	cents, err := strconv.ParseInt(whole+hundredths, 10, 64)
	if err != nil || len(hundredths) > 2 {
		return 0, fmt.Errorf("the amounts add up to %s, which is more than money", sum)
	}
	return cents, nil
}

// each runs a query and calls scan with every row.
func each(ctx context.Context, q analysis.Querier, query string, scan func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// readLabels reads what codes are called in their latest year, from the columns
// called programme_name, function_name and so on.
func (l *ledger) readLabels(ctx context.Context, q analysis.Querier) error {
	for c := range columnCount {
		l.labels[c] = map[string]string{}
		name, code := columnNames[c]+"_name", columnNames[c]
		if !l.budget.Has(name, code) {
			continue
		}
		renamed := 0
		first := ""
		query := fmt.Sprintf(`SELECT %[1]s, %[2]s, MAX(period) FROM %[3]s WHERE %[1]s <> '' AND %[2]s <> '' GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2`,
			text(l.budget, code), text(l.budget, name), analysis.Quote(l.budget.Name))
		err := each(ctx, q, query, func(rows *sql.Rows) error {
			var code, label, period string
			if err := rows.Scan(&code, &label, &period); err != nil {
				return err
			}
			if have := l.labels[c][code]; have == "" {
				l.labels[c][code] = label
			} else if renamed++; first == "" {
				first = fmt.Sprintf("%s was %q before it was %q", code, label, have)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read the names of %s: %w", code, err)
		}
		if renamed > 0 {
			l.warn(fmt.Sprintf("%d further names of %s stand under a code that has another; the latest is printed. %s: is it still the same?", renamed, code, first))
		}
	}
	for _, m := range l.Crosswalk {
		if m.Name != "" && l.labels[function][m.Function] == "" {
			l.labels[function][m.Function] = m.Name
		}
	}
	return nil
}
