package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// cellKind is what all filled cells of a column are. A kind takes in those before.
type cellKind int

const (
	integerCells cellKind = iota
	numberCells
	textCells
)

func (k cellKind) sqlType() string { return [...]string{"BIGINT", "DOUBLE", "VARCHAR"}[k] }

// cells is how the numbers of a file without declared columns are written.
type cells struct {
	decimal, thousands string
	missing            []string
}

// pattern returns a regular expression for a cell of the kind: nothing but
// spaces, or an integer or number as programs and people write it. Zeros in front
// and more than 18 digits are the mark of codes, whose digits must stay.
func (c cells) pattern(k cellKind) string {
	digits := "0|[1-9][0-9]{0,17}"
	if c.thousands != "" {
		digits += "|[1-9][0-9]{0,2}(" + form{thousands: c.thousands}.separator() + "[0-9]{3}){1,5}"
	}
	if k == integerCells {
		return " *([+-]?(" + digits + "))? *"
	}
	point := "[" + regexp.QuoteMeta(c.decimal) + "]"
	exponent := "([eE]([+]?[0-9]{1,2}|-[0-9]{1,3}))?"
	return fmt.Sprintf(" *([+-]?((%s)(%s[0-9]*)?|%s[0-9]+)%s|NaN|[+-]?[Ii]nf(inity)?)? *", digits, point, point, exponent)
}

// value casts a text that fits the kind's pattern; any other gives NULL or what
// does not matter.
func (c cells) value(text string, k cellKind) string {
	if k == textCells {
		return text
	}
	if c.thousands != "" {
		text = fmt.Sprintf("regexp_replace(%s, %s, '', 'g')", text, analysis.Literal(form{thousands: c.thousands}.separator()))
	}
	if c.decimal != "." {
		text = fmt.Sprintf("replace(%s, %s, '.')", text, analysis.Literal(c.decimal))
	}
	return fmt.Sprintf("TRY_CAST(%s AS %s)", text, k.sqlType())
}

// present returns a relation's column, NULL where its text means "no value".
func (c cells) present(column string) string {
	name := analysis.Quote(column)
	if len(c.missing) == 0 {
		return name
	}
	return fmt.Sprintf("CASE WHEN %s IN %s THEN NULL ELSE %s END", name, literals(c.missing), name)
}

// matchedAtOnce is how many cells of a row are held against their patterns by one
// match, which costs less than one each.
const matchedAtOnce = 16

// fits returns the condition that the cells of a row are of their kinds. Columns
// are c0, c1, ….
func (c cells) fits(kinds []cellKind) string {
	var conditions, patterns, texts []string
	flush := func() {
		if len(texts) > 0 {
			conditions = append(conditions, fmt.Sprintf("regexp_matches(concat(%s), %s)",
				strings.Join(texts, ", '|', "), analysis.Literal("^"+strings.Join(patterns, `\|`)+"$")))
		}
		patterns, texts = nil, nil
	}
	for i, k := range kinds {
		if k == textCells {
			continue
		}
		patterns, texts = append(patterns, c.pattern(k)), append(texts, cellName(i))
		if len(texts) == matchedAtOnce {
			flush()
		}
	}
	flush()
	return or(strings.Join(conditions, " AND "), "true")
}

// cellName is what the table calls a column, whatever the file calls it.
func cellName(i int) string { return fmt.Sprintf("c%d", i) }

// rows returns the SELECT of a text relation's columns as c0, c1, ….
func (c cells) rows(query string, names []string) string {
	items := make([]string, len(names))
	for i, name := range names {
		items[i] = c.present(name) + " AS " + cellName(i)
	}
	return fmt.Sprintf("SELECT %s FROM (%s)", strings.Join(items, ", "), query)
}

// kinds returns the least kind of each column that takes in its cells in rows and
// is no less than it was. It lays the cells under each other: with expressions of
// its own for every column DuckDB would take longer to begin than to finish.
func (c cells) kinds(ctx context.Context, q analysis.Querier, rows string, were []cellKind) ([]cellKind, error) {
	names := make([]string, len(were))
	for i := range were {
		names[i] = cellName(i)
	}
	kinds := slices.Clone(were)
	err := query(ctx, q, func(r *sql.Rows) error {
		var column int
		var kind cellKind
		err := r.Scan(&column, &kind)
		kinds[column] = max(kinds[column], kind)
		return err
	}, fmt.Sprintf(`SELECT k, CASE WHEN bool_and(regexp_full_match(cell, %s)) THEN 0 WHEN bool_and(regexp_full_match(cell, %s)) THEN 1 ELSE 2 END
		FROM (SELECT unnest([%s]) AS cell, unnest(range(%d)) AS k FROM (%s)) WHERE cell IS NOT NULL GROUP BY k`,
		analysis.Literal(c.pattern(integerCells)), analysis.Literal(c.pattern(numberCells)), strings.Join(names, ", "), len(names), rows))
	return kinds, err
}
