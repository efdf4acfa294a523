package quality

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pediment/analysis"
)

// kind fills in what the rule's kind needs.
func (b *binder) kind(ctx context.Context, r Rule, out *boundRule) (err error) {
	switch out.kind {
	case rowRule:
		out.pass, out.columns, err = b.condition(ctx, r.Row)
		out.divides = strings.Contains(r.Row.Value, "/") || strings.Contains(r.Row.Value, "%")
	case uniqueRule:
		b.unique(r, out)
	case sumsRule:
		err = b.sums(ctx, *r.Sums, out)
	default:
		if r.Column.Value == "" {
			b.fail(r.At, "add column: and its name", "%s: the column is missing", out.kind)
			return nil
		}
		column, ok := b.column(r.Column)
		if !ok {
			return nil
		}
		out.columns = []string{column.Name}
		b.cells(r, column, out)
	}
	return err
}

// cells binds the rules about the cells of one column.
func (b *binder) cells(r Rule, column analysis.ColumnType, out *boundRule) {
	name := analysis.Quote(column.Name)
	switch out.kind {
	case valuesRule:
		out.pass = name + " IN (" + b.literals(r.Values, column) + ")"
	case rangeRule:
		b.limits(r, column, out)
	case referenceRule:
		b.reference(r, column, out)
	case requiredRule:
		out.pass = name + " IS NOT NULL"
		out.share = b.required(r.Required)
	}
}

// literals writes accepted values as the column's type has them.
func (b *binder) literals(values []analysis.Text, column analysis.ColumnType) string {
	list := make([]string, len(values))
	for k, v := range values {
		list[k] = b.literal(v, column)
	}
	return strings.Join(list, ", ")
}

// literal writes one value as the column's type has it.
func (b *binder) literal(v analysis.Text, column analysis.ColumnType) string {
	switch column.Type {
	case "integer", "number", "decimal":
		x, err := strconv.ParseFloat(v.Value, 64)
		if err != nil || x-x != 0 {
			b.fail(v.At, "write a number with a decimal point", "%s holds numbers, %q is none", column.Name, v.Value)
			return "NULL"
		}
		return strconv.FormatFloat(x, 'f', -1, 64)
	case "boolean":
		if v.Value != "true" && v.Value != "false" {
			b.fail(v.At, "write true or false", "%s is true or false, not %q", column.Name, v.Value)
			return "NULL"
		}
		return v.Value
	case "date":
		if _, err := time.Parse(time.DateOnly, v.Value); err != nil {
			b.fail(v.At, "write it as 2025-09-30", "%s holds dates, %q is none", column.Name, v.Value)
			return "NULL"
		}
		return "DATE " + analysis.Literal(v.Value)
	}
	return analysis.Literal(v.Value)
}

// limits binds a range.
func (b *binder) limits(r Rule, column analysis.ColumnType, out *boundRule) {
	if !slices.Contains([]string{"integer", "number", "decimal", "date"}, column.Type) {
		b.fail(r.Range[0].At, "use values: for words, row: for other conditions", "a range needs numbers or dates, and %s is %s", column.Name, column.Type)
		return
	}
	if len(r.Range) != 2 {
		b.fail(r.Range[0].At, "write [least, greatest], with null where there is no limit", "a range has two ends")
		return
	}
	name := analysis.Quote(column.Name)
	var conditions, ends []string
	for k, sign := range []string{" >= ", " <= "} {
		if v := r.Range[k]; v.Value != "" && v.Value != "null" && v.Value != "~" {
			ends = append(ends, b.literal(v, column))
			conditions = append(conditions, name+sign+ends[len(ends)-1])
		}
	}
	switch {
	case len(conditions) == 0:
		b.fail(r.Range[0].At, "give at least one end", "a range without ends says nothing")
	case len(ends) == 2 && !rising(r.Range[0].Value, r.Range[1].Value):
		b.fail(r.Range[0].At, "write the least value first", "the range ends before it begins")
	}
	out.pass = "(" + strings.Join(conditions, " AND ") + ")"
}

// rising reports whether the second of two numbers or dates is no less.
func rising(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return a <= b
	}
	return x <= y
}

// reference binds the rule that values stand among the places or in a column of a
// dataset.
func (b *binder) reference(r Rule, column analysis.ColumnType, out *boundRule) {
	name, text := analysis.Quote(column.Name), r.References
	if text.Value == "places" {
		if column.Type != "text" {
			b.fail(r.Column.At, "declare the column as text", "places have codes of text, %s is %s", column.Name, column.Type)
		}
		codes := []string{"NULL"}
		for _, p := range b.setup.Places {
			codes = append(codes, analysis.Literal(p.Code))
		}
		if len(codes) == 1 {
			b.fail(text.At, "add places.csv", "there are no places")
		}
		// A list with NULL in it would answer NULL for what is not in the list.
		out.pass = fmt.Sprintf("%s IN (%s)", name, strings.Join(codes[min(1, len(codes)-1):], ", "))
		return
	}
	dataset, other, ok := strings.Cut(text.Value, ".")
	at := slices.IndexFunc(b.setup.Datasets, func(d Dataset) bool { return d.Table.Name == dataset })
	if !ok || at < 0 {
		var names []string
		for _, d := range b.setup.Datasets {
			names = append(names, d.Table.Name)
		}
		hint := "write places, or dataset.column"
		if s := analysis.Suggest(dataset, append(names, "places")); s != "" {
			hint = s
		}
		b.fail(text.At, hint, "references %q is neither places nor a column of a dataset", text.Value)
		return
	}
	target, ok := b.setup.Datasets[at].Table.Column(other)
	if !ok {
		b.fail(text.At, analysis.Suggest(other, b.setup.Datasets[at].Table.ColumnNames()), "%s has no column %q", dataset, other)
		return
	}
	if target.Type != column.Type {
		b.fail(text.At, "declare both alike", "%s is %s, %s is %s", column.Name, column.Type, text.Value, target.Type)
		return
	}
	out.pass = fmt.Sprintf("%s IN (SELECT %s FROM %s WHERE %s IS NOT NULL)", name, analysis.Quote(target.Name), analysis.Quote(dataset), analysis.Quote(target.Name))
}

// required reads true or a share.
func (b *binder) required(text analysis.Text) float64 {
	if text.Value == "true" {
		return 1
	}
	number := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text.Value, "≥"), ">="))
	t, err := parseTolerance(number)
	if err != nil || !t.relative || t.amount > 1 {
		b.fail(text.At, `write true, or the least share as in "95%"`, "required: %q is not known", text.Value)
	}
	return t.amount
}

// unique binds the rule that no two rows share their key.
func (b *binder) unique(r Rule, out *boundRule) {
	names := r.Unique
	switch alone := len(names) == 1 && names[0].Value == "true"; {
	case alone && r.Column.Value == "":
		b.fail(r.Unique[0].At, "write unique: [columns], or name the column", "unique: of which column?")
		return
	case alone:
		names = []analysis.Text{r.Column}
	case r.Column.Value != "":
		b.fail(r.Column.At, "name all columns in unique: […]", "column and a list of unique columns are given")
		return
	}
	for _, name := range names {
		if column, ok := b.column(name); ok {
			out.columns = append(out.columns, column.Name)
		}
	}
}

// sums binds the rule that parts add up to their total.
func (b *binder) sums(ctx context.Context, s Sums, out *boundRule) (err error) {
	for _, part := range []struct {
		name string
		text analysis.Text
	}{{"value", s.Value}, {"total", s.Total}, {"parts", s.Parts}} {
		if part.text.Value == "" {
			b.fail(s.At, `for example {value: persons, total: "sex IS NULL", parts: "sex IS NOT NULL", by: [period, place]}`, "sums: %s is missing", part.name)
			return nil
		}
	}
	if out.value, _, err = b.expression(ctx, s.Value, ""); err != nil {
		return err
	}
	if out.total, _, err = b.condition(ctx, s.Total); err != nil {
		return err
	}
	if out.parts, _, err = b.condition(ctx, s.Parts); err != nil {
		return err
	}
	for _, name := range s.By {
		if column, ok := b.column(name); ok {
			out.columns = append(out.columns, column.Name)
		}
	}
	t, err := parseTolerance(s.Tolerance.Value)
	if err != nil {
		b.fail(s.Tolerance.At, `write a share such as "0.5%" or an amount`, "sums: %v", err)
	}
	out.tolerance = t
	return nil
}
