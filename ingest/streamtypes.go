package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"pediment/analysis"
)

// Types returns the type of each expression. All that cannot be evaluated are in
// the error, as analysis.Problems.
func (s *stream) Types(ctx context.Context, expressions []string) ([]string, error) {
	if len(expressions) == 0 {
		return nil, nil
	}
	types, err := s.describe(ctx, expressions...)
	if err == nil {
		return types, nil
	}
	types = types[:0]
	var problems analysis.Problems
	for _, e := range expressions { // one by one, to know which
		one, err := s.describe(ctx, e)
		if err != nil {
			problems = gather(problems, err)
			continue
		}
		types = append(types, one...)
	}
	return types, problems.Err()
}

// describe returns the types of expressions; the problem is that of the last.
func (s *stream) describe(ctx context.Context, expressions ...string) ([]string, error) {
	sqlTypes, err := s.sqlTypes(ctx, expressions)
	if err != nil {
		return nil, err
	}
	types := make([]string, len(expressions))
	var wrong analysis.Problems
	for i, e := range expressions {
		types[i] = typeOf(sqlTypes[i])
		if declared, ok := s.column(e); ok && declared.Type == "period" {
			types[i] = declared.Type
		}
		if types[i] == "" {
			wrong = append(wrong, analysis.Problem{Message: fmt.Sprintf("%s gives %s, not one value a row", e, strings.ToLower(sqlTypes[i])), Hint: "choose one value of it"})
		}
	}
	return types, wrong.Err()
}

// sqlTypes returns DuckDB's types of expressions. It asks once for each; the
// problem is that of the last.
func (s *stream) sqlTypes(ctx context.Context, expressions []string) ([]string, error) {
	if len(s.parts) == 0 {
		return nil, fmt.Errorf("%s has no table", s.name)
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	fresh := slices.DeleteFunc(slices.Clone(expressions), func(e string) bool { return s.types[e] != "" })
	if len(fresh) > 0 {
		n := 0
		err := query(ctx, s.db, func(rows *sql.Rows) error {
			var sqlType string
			err := rows.Scan(&sqlType)
			s.types[fresh[n]] = sqlType
			n++
			return err
		}, fmt.Sprintf("SELECT column_type FROM (DESCRIBE SELECT (%s) FROM %s)", strings.Join(fresh, "), ("), s.from(chunk{part: &s.parts[0]})))
		if err != nil {
			return nil, s.expressionProblem(expressions[len(expressions)-1], err)
		}
	}
	types := make([]string, len(expressions))
	for i, e := range expressions {
		types[i] = s.types[e]
	}
	return types, nil
}

// column returns the column an expression is, if it is nothing but a column.
func (s *stream) column(expression string) (analysis.ColumnType, bool) {
	for _, c := range s.columns {
		if strings.EqualFold(expression, c.Name) || strings.EqualFold(expression, analysis.Quote(c.Name)) {
			return c, true
		}
	}
	return analysis.ColumnType{}, false
}

// typeOf returns the type that an SQL type is to those who analyse: text,
// integer, number, boolean or date; "" for values with parts.
func typeOf(sqlType string) string {
	switch {
	case strings.HasSuffix(sqlType, "]"), strings.HasPrefix(sqlType, "STRUCT"), strings.HasPrefix(sqlType, "MAP"), strings.HasPrefix(sqlType, "UNION"), sqlType == "BLOB":
		return ""
	case strings.HasPrefix(sqlType, "DECIMAL"), sqlType == "DOUBLE", sqlType == "FLOAT", sqlType == "NULL", sqlType == `"NULL"`:
		return "number"
	case isNumeric(sqlType):
		return "integer"
	case sqlType == "BOOLEAN":
		return "boolean"
	case sqlType == "DATE", strings.HasPrefix(sqlType, "TIMESTAMP"):
		return "date"
	}
	return "text"
}

var noSuchColumn = regexp.MustCompile(`Referenced column "(.*)" (?:not found|was not found)`)

// expressionProblem says why an expression cannot be evaluated.
func (s *stream) expressionProblem(expression string, err error) error {
	var failed *duckdb.Error
	if !errors.As(err, &failed) {
		return err
	}
	if m := noSuchColumn.FindStringSubmatch(err.Error()); m != nil {
		return s.unknown(m[1])
	}
	message, hint := plainError(err), ""
	if m := noFunction.FindStringSubmatch(message); m != nil {
		message = fmt.Sprintf("%s cannot be used on %s", m[1], plainTypes(m[2]))
		hint = "CAST(column AS VARCHAR) makes a text of it, CAST(column AS DOUBLE) a number"
	}
	return analysis.Problem{Message: expression + ": " + message, Hint: hint}
}

// explain says of an error met while reading what failed.
func (s *stream) explain(err error) error {
	var failed *duckdb.Error
	if !errors.As(err, &failed) {
		return err
	}
	switch failed.Type {
	case duckdb.ErrorTypeConversion, duckdb.ErrorTypeOutOfRange, duckdb.ErrorTypeInvalidInput, duckdb.ErrorTypeDivideByZero, duckdb.ErrorTypeBinder:
		if m := noSuchColumn.FindStringSubmatch(err.Error()); m != nil {
			return s.unknown(m[1])
		}
		return analysis.Problem{Message: fmt.Sprintf("an expression cannot be computed in every row of %s: %s", s.name, plainError(err)), Hint: "TRY_CAST(column AS DOUBLE) is empty where a text is no number"}
	}
	return fmt.Errorf("read %s: %w", s.name, err)
}

// plainError returns what DuckDB says without the kind of error: what follows
// "Binder Error: ".
func plainError(err error) string {
	line := firstLine(err)
	if _, message, ok := strings.Cut(line, " Error: "); ok {
		return message
	}
	return line
}
