package quality

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// ruleKind is what a rule says.
type ruleKind string

const (
	rowRule       ruleKind = "row"
	valuesRule    ruleKind = "values"
	rangeRule     ruleKind = "range"
	referenceRule ruleKind = "references"
	uniqueRule    ruleKind = "unique"
	requiredRule  ruleKind = "required"
	sumsRule      ruleKind = "sums"
)

// boundRule is a rule that was found sound, as SQL over its dataset's table.
type boundRule struct {
	at        analysis.Position
	said      analysis.Position // of the expression that may not suit every row
	divides   bool              // by what may be zero: such rows are left out
	unknown   bool              // it does not suit some row: nothing can be said
	dataset   string
	name      string
	kind      ruleKind
	block     bool
	columns   []string // what it is about, as the table calls them
	pass      string   // of a row: true passes, false fails, NULL is left out; "" for unique and sums
	where     string   // of unique and sums; "true" when all rows count
	share     float64  // of required: the least share of rows that must pass
	value     string   // of sums: what is added up, total and parts the conditions
	total     string
	parts     string
	tolerance tolerance
}

// tolerance is how far two numbers may lie apart.
type tolerance struct {
	amount   float64
	relative bool // as a fraction of the number held against
}

// parseTolerance reads "5%" or "3"; the empty text is none at all.
func parseTolerance(text string) (tolerance, error) {
	if text == "" {
		return tolerance{}, nil
	}
	number, relative := strings.CutSuffix(strings.TrimSpace(text), "%")
	x, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(x >= 0) || x > 1e300 {
		return tolerance{}, fmt.Errorf("tolerance %q is neither a share nor an amount", text)
	}
	if relative {
		x /= 100
	}
	return tolerance{x, relative}, nil
}

// ParseTolerance reads "5%" as .05 of a figure and "3" as 3 in its unit.
func ParseTolerance(text string) (amount float64, relative bool, err error) {
	t, err := parseTolerance(text)
	return t.amount, t.relative, err
}

// binder binds the rules of one dataset.
type binder struct {
	q        analysis.Querier
	setup    *Setup
	dataset  *Dataset
	problems analysis.Problems
}

func (b *binder) fail(at analysis.Position, hint, format string, args ...any) {
	if at == (analysis.Position{}) {
		at = b.dataset.Table.At
	}
	b.problems = append(b.problems, analysis.Problem{Position: at, Message: b.dataset.Table.Name + ": " + fmt.Sprintf(format, args...), Hint: hint})
}

// bindRules binds every rule of the dataset; mistakes stand in b.problems.
func (b *binder) bindRules(ctx context.Context) ([]boundRule, error) {
	var list []boundRule
	names := map[string]bool{}
	for _, r := range b.dataset.Rules {
		before := len(b.problems)
		bound, err := b.rule(ctx, r)
		if err != nil {
			return nil, err
		}
		if bound.name != "" && names[bound.name] {
			b.fail(r.At, "give each a name: of its own", "two rules are called %q", bound.name)
		}
		names[bound.name] = true
		if len(b.problems) == before {
			list = append(list, bound)
		}
	}
	return list, nil
}

// kinds lists what the rule says: one thing, if it is right.
func (r Rule) kinds() (kinds []ruleKind) {
	for _, one := range []struct {
		kind  ruleKind
		given bool
	}{
		{rowRule, r.Row.Value != ""}, {valuesRule, len(r.Values) > 0}, {rangeRule, len(r.Range) > 0},
		{referenceRule, r.References.Value != ""}, {uniqueRule, len(r.Unique) > 0},
		{requiredRule, r.Required.Value != ""}, {sumsRule, r.Sums != nil},
	} {
		if one.given {
			kinds = append(kinds, one.kind)
		}
	}
	return kinds
}

func (b *binder) rule(ctx context.Context, r Rule) (boundRule, error) {
	if name, at := r.empty(); name != "" {
		b.fail(orAt(at, r.At), "fill it in, or take the rule out", "%s: is empty", name)
		return boundRule{}, nil
	}
	out := boundRule{at: r.At, said: r.said(), dataset: b.dataset.Table.Name, share: 1, where: "true"}
	kinds := r.kinds()
	if len(kinds) != 1 {
		what := "nothing"
		if len(kinds) > 1 {
			what = fmt.Sprintf("%s and %s", kinds[0], kinds[1])
		}
		b.fail(r.At, "write one of row, values, range, references, unique, required and sums", "a rule says %s", what)
		return out, nil
	}
	out.kind = kinds[0]
	b.severity(r, &out)
	missing := r.Missing.Value == "fail"
	if r.Missing.Value != "" && r.Missing.Value != "skip" && !missing {
		b.fail(r.Missing.At, "write skip or fail", "missing: %q is not known", r.Missing.Value)
	}
	if missing && (out.kind == uniqueRule || out.kind == requiredRule || out.kind == sumsRule) {
		b.fail(r.Missing.At, "take missing out; required: says how many cells may be empty", "missing: has no meaning in a rule of the kind %s", out.kind)
	}
	var err error
	if r.Where.Value != "" {
		if out.where, _, err = b.condition(ctx, r.Where); err != nil {
			return out, err
		}
	}
	if err := b.kind(ctx, r, &out); err != nil {
		return out, err
	}
	out.name = cmp.Or(r.Name.Value, r.words())
	if out.pass != "" {
		if missing {
			out.pass = "coalesce(" + out.pass + ", false)"
		}
		if out.where != "true" {
			out.pass = fmt.Sprintf("CASE WHEN %s THEN %s END", out.where, out.pass)
		}
	}
	return out, nil
}

// empty names the first key that stands there and says nothing.
func (r Rule) empty() (name string, at analysis.Position) {
	for _, one := range []struct {
		name string
		text analysis.Text
	}{{"row", r.Row}, {"references", r.References}, {"required", r.Required}, {"column", r.Column}, {"where", r.Where}} {
		if strings.TrimSpace(one.text.Value) == "" && one.text.At != (analysis.Position{}) {
			return one.name, one.text.At
		}
	}
	for _, one := range []struct {
		name string
		list []analysis.Text
	}{{"values", r.Values}, {"range", r.Range}, {"unique", r.Unique}} {
		if one.list != nil && len(one.list) == 0 {
			return one.name, r.At
		}
	}
	return "", analysis.Position{}
}

// said is where the rule's own expression stands; the rule itself where it has
// several.
func (r Rule) said() analysis.Position {
	switch {
	case r.Sums != nil:
		return orAt(r.Sums.At, r.At)
	case r.Row.Value != "" && r.Where.Value == "":
		return orAt(r.Row.At, r.At)
	case r.Row.Value == "":
		return orAt(r.Where.At, r.At)
	}
	return r.At
}

func (b *binder) severity(r Rule, out *boundRule) {
	out.block = r.Severity.Value == "block"
	if r.Severity.Value != "" && r.Severity.Value != "warn" && !out.block {
		b.fail(r.Severity.At, "write warn or block", "severity %q is not known", r.Severity.Value)
	}
}

// words names a rule by what it says.
func (r Rule) words() string {
	join := func(list []analysis.Text) string {
		texts := make([]string, len(list))
		for k, t := range list {
			texts[k] = t.Value
		}
		return strings.Join(texts, ", ")
	}
	column := r.Column.Value
	switch r.kinds()[0] {
	case rowRule:
		return r.Row.Value
	case valuesRule:
		return column + " is one of " + join(r.Values)
	case rangeRule:
		return column + " lies in [" + join(r.Range) + "]"
	case referenceRule:
		return column + " stands in " + r.References.Value
	case uniqueRule:
		return cmp.Or(column, join(r.Unique)) + " is unique"
	case requiredRule:
		return column + " is filled"
	}
	return r.Sums.Value.Value + " adds up"
}

// condition binds a condition over the dataset's columns.
func (b *binder) condition(ctx context.Context, text analysis.Text) (sqlText string, columns []string, err error) {
	return b.expression(ctx, text, "BOOLEAN")
}

// expression binds an expression that must give the SQL type, or any number for "".
func (b *binder) expression(ctx context.Context, text analysis.Text, want string) (sqlText string, columns []string, err error) {
	e, err := analysis.ParseExpression(ctx, b.q, text)
	var problem analysis.Problem
	if errors.As(err, &problem) {
		b.problems = append(b.problems, problem)
		return "NULL", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	known := true
	for _, name := range e.Columns {
		if column, ok := b.column(analysis.Text{Value: name, At: text.At}); ok {
			columns = append(columns, column.Name)
		} else {
			known = false
		}
	}
	if !known {
		return "NULL", nil, nil
	}
	kind, err := oneText(ctx, b.q, fmt.Sprintf("SELECT column_type FROM (DESCRIBE SELECT (%s) FROM %s)", e.SQL, analysis.Quote(b.dataset.Table.Name)))
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case err != nil:
		message, _, _ := strings.Cut(err.Error(), "\n")
		b.fail(text.At, "", "%s", strings.TrimPrefix(message, "Binder Error: "))
	case want != "" && kind != want:
		b.fail(text.At, "write a comparison, as in age >= 0", "%s is not true or false", text.Value)
	case want == "" && !numeric(kind):
		b.fail(text.At, "name a column of numbers", "%s is no number", text.Value)
	}
	return "(" + e.SQL + ")", columns, nil
}

func numeric(kind string) bool {
	return strings.HasPrefix(kind, "DECIMAL") || slices.Contains([]string{"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE"}, kind)
}

// column finds a column of the dataset, or says that there is none.
func (b *binder) column(name analysis.Text) (analysis.ColumnType, bool) {
	column, ok := b.dataset.Table.Column(name.Value)
	if !ok {
		names := b.dataset.Table.ColumnNames()
		hint := analysis.Suggest(name.Value, names)
		b.fail(name.At, cmp.Or(hint, "its columns: "+strings.Join(names, ", ")), "no column %q", name.Value)
	}
	return column, ok
}

// oneText runs a query that answers one text.
func oneText(ctx context.Context, q analysis.Querier, query string) (text string, err error) {
	err = scan(ctx, q, query, func(rows *sql.Rows) error { return rows.Scan(&text) })
	return text, err
}

// scan calls each with every row of the answer.
func scan(ctx context.Context, q analysis.Querier, query string, each func(*sql.Rows) error) (err error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
