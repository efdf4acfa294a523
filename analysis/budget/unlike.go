package budget

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// settlePrices sets every year's price year. Amounts of several price years within
// a year are brought to the year's own prices where deflators.csv allows, and are
// problems where it does not: they cannot be added.
func (l *ledger) settlePrices(ctx context.Context, q analysis.Querier, cells []cell) error {
	found := map[*year]map[int]bool{}
	own := make([]int, len(cells))
	for i, c := range cells {
		y := l.lines[i].year
		own[i] = y.join
		if c.priceYear != "" {
			n, err := strconv.Atoi(c.priceYear)
			if err != nil || n < 1000 || n > 9999 {
				return l.unlike(ctx, q, "price_year", c.priceYear, y, fmt.Sprintf("the price year %q is not a year", c.priceYear), "write four digits, or leave it empty for prices of the day")
			}
			own[i] = n
		}
		if found[y] == nil {
			found[y] = map[int]bool{}
		}
		found[y][own[i]] = true
		y.prices = own[i]
	}
	for _, y := range l.years {
		if len(found[y]) > 1 {
			y.prices = y.join
		}
	}
	var problems analysis.Problems
	converted := map[string]int64{}
	for i, c := range cells {
		y := l.lines[i].year
		factor, err := l.Deflators.Factor(own[i], y.prices)
		if err != nil {
			problem := l.unlike(ctx, q, "price_year", c.priceYear, y,
				fmt.Sprintf("amounts of %s are in prices of %d as well as of other years and cannot be added: %v", y.Label, own[i], err),
				fmt.Sprintf("add the index of %d and %d to deflators.csv, or correct price_year", own[i], y.prices))
			if problems = append(problems, problem); len(problems) == manyProblems {
				break
			}
			continue
		}
		if factor != 1 {
			converted[fmt.Sprintf("in prices of %d were brought to prices of %s", own[i], y.Label)] += c.rows
			l.lines[i].cents = rounded(c.cents, factor)
		}
	}
	var texts []string
	for text, rows := range converted {
		texts = append(texts, fmt.Sprintf("%d lines %s", rows, text))
	}
	if slices.Sort(texts); len(texts) > 0 {
		l.warn(strings.Join(texts, "; "))
	}
	return problems.Err()
}

// manyProblems ends a list of mistakes of one kind.
const manyProblems = 20

// settleCurrency finds the ledger's one currency; lines in another are problems.
// Lines that name none are taken to be in the city's.
func (l *ledger) settleCurrency(ctx context.Context, q analysis.Querier, cells []cell) error {
	rows := map[string]int64{}
	var unnamed int64
	for _, c := range cells {
		if c.currency == "" {
			unnamed += c.rows
		}
		rows[cmp.Or(c.currency, l.Currency)] += c.rows
	}
	var names []string
	for name := range rows {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(rows[b], rows[a]), cmp.Compare(a, b)) })
	if len(names) == 0 {
		return nil
	}
	l.currency = names[0]
	if unnamed > 0 && l.budget.Has("currency") && len(names) == 1 {
		l.warn(fmt.Sprintf("%d lines name no currency; they are taken to be in %s", unnamed, cmp.Or(l.currency, "the same")))
	}
	var problems analysis.Problems
	for _, name := range names[1:] {
		written := name
		if name == l.Currency && unnamed == rows[name] {
			written = ""
		}
		problems = append(problems, l.unlike(ctx, q, "currency", written, nil,
			fmt.Sprintf("amounts in %s cannot be added to amounts in %s", cmp.Or(name, "no currency"), cmp.Or(names[0], "no currency")),
			"convert them under from: where the column amount is declared, or leave such lines out with exclude:"))
	}
	return problems.Err()
}

// unlike is the problem of lines that hold the value in the column, with the first
// file they stand in, their number and one of them.
func (l *ledger) unlike(ctx context.Context, q analysis.Querier, column, value string, y *year, message, hint string) analysis.Problem {
	problem := analysis.Problem{Position: l.budget.At, Message: fmt.Sprintf("%s: %s", l.budget.Name, message), Hint: hint}
	where := fmt.Sprintf("%s = %s", text(l.budget, column), analysis.Literal(value))
	if y != nil {
		where += " AND period IN (" + l.periodsOf(ctx, q, y) + ")"
	}
	var file, count int64
	query := fmt.Sprintf("SELECT _file, COUNT(*) FROM %s WHERE %s GROUP BY 1 ORDER BY 1", analysis.Quote(l.budget.Name), where)
	var files []string
	err := each(ctx, q, query, func(rows *sql.Rows) error {
		var n int64
		if err := rows.Scan(&file, &n); err != nil {
			return err
		}
		count += n
		files = append(files, l.fileName(ctx, q, file))
		return nil
	})
	if err != nil || len(files) == 0 {
		return problem
	}
	problem.Position = analysis.Position{File: files[0]}
	problem.Message += fmt.Sprintf("; %d lines in %s, such as %s", count, strings.Join(files, ", "), l.exampleLine(ctx, q, where))
	return problem
}

// fileName is the file with the id in the warehouse's books.
func (l *ledger) fileName(ctx context.Context, q analysis.Querier, id int64) string {
	name := fmt.Sprintf("file %d", id)
	// The books may be out of reach: then the number has to do.
	_ = each(ctx, q, fmt.Sprintf("SELECT file FROM pediment.files WHERE id = %d", id), func(rows *sql.Rows) error {
		return rows.Scan(&name)
	})
	return name
}

// periodsOf lists, as SQL texts, the periods gathered to the year.
func (l *ledger) periodsOf(ctx context.Context, q analysis.Querier, y *year) string {
	list := []string{"''"}
	_ = each(ctx, q, fmt.Sprintf("SELECT DISTINCT period FROM %s ORDER BY 1", analysis.Quote(l.budget.Name)), func(rows *sql.Rows) error {
		var label string
		err := rows.Scan(&label)
		if p, broken := l.Calendar.ParsePeriod(label); err == nil && broken == nil && y.Contains(p) {
			list = append(list, analysis.Literal(label))
		}
		return err
	})
	return strings.Join(list, ", ")
}

// exampleLine shows the first of the lines.
func (l *ledger) exampleLine(ctx context.Context, q analysis.Querier, where string) string {
	var parts []string
	names := []string{"period", "phase", "function", "programme", "economic", "source", "amount", "currency", "price_year"}
	items, order := make([]string, len(names)), make([]string, len(names))
	for i, name := range names {
		items[i], order[i] = text(l.budget, name), strconv.Itoa(i+1)
	}
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT 1", strings.Join(items, ", "), analysis.Quote(l.budget.Name), where, strings.Join(order, ", "))
	_ = each(ctx, q, query, func(rows *sql.Rows) error {
		values, into := make([]string, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		err := rows.Scan(into...)
		for i, value := range values {
			if value != "" {
				parts = append(parts, names[i]+" "+value)
			}
		}
		return err
	})
	return strings.Join(parts, ", ")
}
