package indicators_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// tableRows is analysis.Rows over a small table, read as one batch.
type tableRows struct {
	db    *sql.DB
	from  string
	codes map[string]map[string]int32
}

func withComputed(relation string, computed map[string]string) string {
	from := analysis.Quote(relation)
	for name, expression := range computed {
		from = fmt.Sprintf("(SELECT *, %s AS %s FROM %s)", expression, analysis.Quote(name), from)
	}
	return from
}

func (r *tableRows) Types(ctx context.Context, expressions []string) ([]string, error) {
	types := make([]string, len(expressions))
	for k, e := range expressions {
		var name string
		if err := r.db.QueryRowContext(ctx, fmt.Sprintf("SELECT typeof(any_value(%s)) FROM %s", e, r.from)).Scan(&name); err != nil {
			return nil, err
		}
		types[k] = map[string]string{"VARCHAR": "text", "BOOLEAN": "boolean"}[name]
		if types[k] == "" {
			types[k] = "number"
		}
	}
	return types, nil
}

func (r *tableRows) Workers() int { return 1 }

func (r *tableRows) Texts(expression string) []string {
	texts := make([]string, len(r.codes[expression]))
	for text, code := range r.codes[expression] {
		texts[code] = text
	}
	return texts
}

func (r *tableRows) Stream(ctx context.Context, numbers, texts []string, yield func(worker int, b analysis.Batch) error) error {
	var items []string
	for _, e := range numbers {
		items = append(items, "CAST("+e+" AS DOUBLE)")
	}
	for _, e := range texts {
		items = append(items, "CAST("+e+" AS VARCHAR)")
		if r.codes[e] == nil {
			r.codes[e] = map[string]int32{}
		}
	}
	items = append(items, "1")
	rows, err := r.db.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s", strings.Join(items, ", "), r.from))
	if err != nil {
		return err
	}
	defer rows.Close()
	b := analysis.Batch{Numbers: make([][]float64, len(numbers)), Texts: make([][]int32, len(texts))}
	for rows.Next() {
		x, t, last := make([]sql.NullFloat64, len(numbers)), make([]sql.NullString, len(texts)), 0
		var targets []any
		for k := range x {
			targets = append(targets, &x[k])
		}
		for k := range t {
			targets = append(targets, &t[k])
		}
		if err := rows.Scan(append(targets, &last)...); err != nil {
			return err
		}
		b.Rows++
		for k, cell := range x {
			if !cell.Valid {
				cell.Float64 = math.NaN()
			}
			b.Numbers[k] = append(b.Numbers[k], cell.Float64)
		}
		for k, cell := range t {
			b.Texts[k] = append(b.Texts[k], r.code(texts[k], cell))
		}
	}
	if err := rows.Err(); err != nil || b.Rows == 0 {
		return err
	}
	return yield(0, b)
}

func (r *tableRows) code(expression string, cell sql.NullString) int32 {
	if !cell.Valid {
		return -1
	}
	codes := r.codes[expression]
	code, known := codes[cell.String]
	if !known {
		code = int32(len(codes))
		codes[cell.String] = code
	}
	return code
}
