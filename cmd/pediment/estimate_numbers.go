package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"pediment/analysis"
)

// textNumbers is how many of a text column's filled values are numbers as the
// file is read, and how many would be with a decimal comma.
type textNumbers struct {
	filled, numbers, commas int64
	stray, strayComma       sql.NullString // the first that is no number
}

// numbersAsText reports a text column at least half of whose values are numbers:
// its texts are hardly the answers that were meant. Every row of the file counts,
// since all of them made the column what it is.
func (c *surveyColumns) numbersAsText(ctx context.Context, sql string, shares bool) error {
	for name, written := range c.written {
		if written != sql || c.decimal != "" && c.decimal != "." && c.decimal != "," {
			continue
		}
		n, err := c.countNumbers(ctx, name)
		if err != nil {
			return err
		}
		return n.problem(c.plain(sql), c.decimal, shares)
	}
	return nil
}

func (c *surveyColumns) countNumbers(ctx context.Context, column string) (n textNumbers, err error) {
	text := analysis.Quote(column)
	number := "coalesce(isfinite(TRY_CAST(" + text + " AS DOUBLE)), false)"
	comma := "coalesce(isfinite(TRY_CAST(replace(" + text + ", ',', '.') AS DOUBLE)), false)"
	rows, err := c.querier.QueryContext(ctx, fmt.Sprintf("SELECT count(%[1]s), count_if(%[2]s), count_if(%[3]s), "+
		"first(%[1]s) FILTER (%[1]s IS NOT NULL AND NOT %[2]s), first(%[1]s) FILTER (%[1]s IS NOT NULL AND NOT %[3]s) FROM microdata", text, number, comma))
	if err != nil {
		return n, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n.filled, &n.numbers, &n.commas, &n.stray, &n.strayComma); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}

// problem says what to declare so that the column is read as numbers; nil where
// it is a text after all.
func (n textNumbers) problem(name, decimal string, shares bool) error {
	numbers, stray := n.numbers, n.stray
	var advice []string
	if decimal == "," || decimal == "" && n.commas > n.numbers {
		numbers, stray = n.commas, n.strayComma
		if decimal == "" {
			advice = append(advice, `--decimal ","`)
		}
	}
	if stray.Valid {
		text := stray.String
		if !plainColumn.MatchString(strings.ReplaceAll(text, "/", "")) {
			text = fmt.Sprintf("%q", text)
		}
		advice = append(advice, "--missing "+text)
	}
	if 2*numbers < n.filled || len(advice) == 0 {
		return nil
	}
	message := fmt.Sprintf("%d of %s of %s are numbers", numbers, plural(n.filled, "value"), name)
	if len(advice) == 2 || !stray.Valid {
		message += " with a decimal comma"
	}
	if stray.Valid {
		message += fmt.Sprintf("; the first that is not is %q", stray.String)
	}
	hint := "add " + strings.Join(advice, " and ")
	if shares {
		hint += "; for shares of its values use --proportion"
	}
	return analysis.Problem{Message: message, Hint: hint}
}
