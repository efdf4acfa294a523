package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// bareName fits texts that look like a name as people write it in a header: when
// they are no SQL, as "Group" and "All ages" are not, they can only be meant so.
var bareName = regexp.MustCompile(`^[\pL\pN][\pL\pM\pN _.-]*$`)

// expression parses text and binds it to the raw columns; a text that is a header
// as it stands is that column. The result type is "" when the text is optional
// and the file lacks a column it names.
func (sc scope) expression(ctx context.Context, text analysis.Text, optional bool) (analysis.Expression, string, error) {
	if slices.Contains(sc.raw, text.Value) {
		text.Value = analysis.Quote(text.Value)
	}
	e, err := analysis.ParseExpression(ctx, sc.querier, text)
	if err != nil && bareName.MatchString(text.Value) {
		e, err = analysis.Expression{SQL: analysis.Quote(text.Value), Columns: []string{text.Value}}, nil
	}
	if err != nil {
		return e, "", err
	}
	var problems analysis.Problems
	for i, name := range e.Columns {
		at := slices.IndexFunc(sc.raw, func(raw string) bool { return strings.EqualFold(raw, name) })
		if at >= 0 {
			e.Columns[i] = sc.raw[at]
			continue
		}
		if optional {
			return e, "", nil
		}
		problems = append(problems, noColumn(text.At, name, sc.source, sc.header, sc.raw))
	}
	if len(problems) > 0 {
		return e, "", problems
	}
	result, err := sc.describe(ctx, e)
	if err != nil {
		return e, "", bindProblem(text, err)
	}
	return e, result, nil
}

// describe returns the SQL type an expression over text columns gives.
func (sc scope) describe(ctx context.Context, e analysis.Expression) (result string, err error) {
	columns := []string{"NULL::VARCHAR AS \"@none\""}
	for _, name := range e.Columns {
		columns = append(columns, "NULL::VARCHAR AS "+analysis.Quote(name))
	}
	query := fmt.Sprintf("SELECT column_type FROM (DESCRIBE SELECT (%s) FROM (SELECT %s))", e.SQL, strings.Join(columns, ", "))
	rows, err := sc.querier.QueryContext(ctx, query)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var text sql.NullString
	if rows.Next() {
		err = rows.Scan(&text)
	}
	return text.String, errors.Join(err, rows.Err())
}

var noFunction = regexp.MustCompile(`'?"?([^\s'"(]+)\(([A-Z0-9_(), ]+)\)`)

// bindProblem puts what DuckDB says of an expression in plain words.
func bindProblem(text analysis.Text, err error) error {
	message, _, _ := strings.Cut(err.Error(), "\n")
	message = strings.TrimPrefix(message, "Binder Error: ")
	p := analysis.Problem{Position: text.At, Message: message}
	if strings.Contains(message, "VARCHAR") {
		p.Hint = "raw columns are text: write CAST(column AS INTEGER) or AS DOUBLE where a number is meant"
		if m := noFunction.FindStringSubmatch(message); m != nil {
			p.Message = fmt.Sprintf("%s cannot be used on %s", m[1], plainTypes(m[2]))
		}
	}
	return p
}

// plainTypes says a list of SQL types in plain words: "text and a number".
func plainTypes(list string) string {
	types := strings.Split(list, ", ")
	for i, t := range types {
		types[i] = plainType(t)
	}
	return strings.Join(types, " and ")
}
