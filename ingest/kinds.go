package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pediment/analysis"
)

// kind is what the rows of a dataset are, and which columns they need.
type kind struct {
	name     string
	required []string // columns that must be declared
	filled   []string // columns a row is worthless without: empty is a reject
}

var kinds = []kind{
	{name: "survey", required: []string{"period"}, filled: []string{"period"}},
	{name: "participation", required: []string{"period"}, filled: []string{"period"}},
	{name: "budget", required: []string{"period", "amount"}, filled: []string{"period"}},
	{name: "statistic", required: []string{"series", "period", "value"}, filled: []string{"series", "period"}},
	{name: "population", required: []string{"period", "persons"}, filled: []string{"period"}},
	{name: "space"},
	{name: "event", required: []string{"period"}, filled: []string{"period"}},
	{name: "review", required: []string{"indicator", "period", "score"}, filled: []string{"indicator", "period"}},
	{name: "feedback", required: []string{"text"}},
}

// canonicalTypes are the types a canonical column may have, where a wrong one
// would make it useless.
var canonicalTypes = map[string][]string{
	"period":      {"period"},
	"amount":      {"decimal", "number", "integer"},
	"persons":     {"integer", "number", "decimal"},
	"hours":       {"number", "integer", "decimal"},
	"age":         {"integer", "number"},
	"value":       {"number", "integer", "decimal"},
	"numerator":   {"number", "integer", "decimal"},
	"denominator": {"number", "integer", "decimal"},
	"score":       {"integer", "number", "decimal"},
	"weight":      {"number", "decimal", "integer"},
	"lat":         {"number", "decimal", "integer"},
	"lon":         {"number", "decimal", "integer"},
	"event_date":  {"date"},
	"opened":      {"date"},
	"closed":      {"date"},
	"date":        {"date"},

	// Codes and words are text, be they digits: 09.1 is no number.
	"place": {"text"}, "sex": {"text"}, "series": {"text"}, "indicator": {"text"},
	"function": {"text"}, "programme": {"text"}, "economic": {"text"}, "phase": {"text"},
	"direction": {"text"}, "currency": {"text"}, "target_group": {"text"},
}

// columnTypes are the declared types and what the warehouse stores them as.
var columnTypes = map[string]string{
	"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "decimal": "DECIMAL(18,2)",
	"boolean": "BOOLEAN", "date": "DATE", "period": "VARCHAR",
}

// findKind returns the dataset's kind.
func findKind(d Dataset) (kind, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		if k.name == d.Kind.Value {
			return k, nil
		}
		names[i] = k.name
	}
	at, message := d.Kind.At, fmt.Sprintf("unknown kind %q", d.Kind.Value)
	if d.Kind.Value == "" {
		at, message = d.At, fmt.Sprintf("%s: the kind is missing", d.Name)
	}
	if d.Kind.Value == unknownKind {
		message = fmt.Sprintf("%s: put in what its rows are", d.Name)
	}
	hint := or(analysis.Suggest(d.Kind.Value, names), "known kinds: "+strings.Join(names, ", "))
	return kind{}, analysis.Problem{Position: at, Message: message, Hint: hint}
}

// checkColumns returns what is wrong with the declared columns whatever the files
// say: types, signs, and columns the kind needs.
func (k kind) checkColumns(d Dataset) analysis.Problems {
	var problems analysis.Problems
	seen := map[string]bool{}
	for _, c := range d.columns() {
		problems = append(problems, c.check(k)...)
		if key := strings.ToLower(c.Name); seen[key] {
			problems = append(problems, analysis.Problem{Position: c.At, Message: fmt.Sprintf("%s: there is another column %s but for letter case", d.Name, c.Name), Hint: "rename one of them"})
		} else {
			seen[key] = true
		}
	}
	for _, name := range k.required {
		if _, ok := d.Columns[name]; !ok {
			problems = append(problems, analysis.Problem{
				Position: d.At,
				Message:  fmt.Sprintf("%s: a %s dataset needs the column %q", d.Name, k.name, name),
				Hint:     or(analysis.Suggest(name, slices.Sorted(maps.Keys(d.Columns))), requiredHint(name)),
			})
		}
	}
	return problems
}

func requiredHint(name string) string {
	if name == "period" {
		return `one period for all rows is {type: period, from: "'2025'"}`
	}
	return fmt.Sprintf("declare it under columns: %s: {…}", name)
}

// check returns what is wrong with the column's declaration.
func (c Column) check(k kind) analysis.Problems {
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: at, Message: c.Name + ": " + fmt.Sprintf(format, args...), Hint: hint})
	}
	names := slices.Sorted(maps.Keys(columnTypes))
	if _, ok := columnTypes[c.typeName()]; !ok {
		fail(c.Type.At, or(analysis.Suggest(c.typeName(), names), "known types: "+strings.Join(names, ", ")), "unknown type %q", c.typeName())
	} else if allowed := canonicalTypes[c.Name]; allowed != nil && !slices.Contains(allowed, c.typeName()) {
		fail(orAt(c.Type.At, c.At), "write type: "+strings.Join(allowed, " or "), "in a %s dataset this column cannot be %s", k.name, c.typeName())
	}
	if strings.HasPrefix(c.Name, "_") {
		fail(c.At, "", "names that begin with _ are taken")
	}
	if c.Form.Value != "" && c.typeName() != "date" {
		fail(c.Form.At, "only dates have a form", "a %s has no form", c.typeName())
	}
	if (c.True != nil || c.False != nil) && c.typeName() != "boolean" {
		fail(c.At, "only booleans have true and false texts", "a %s is not true or false", c.typeName())
	}
	return append(problems, checkSigns(c.Decimal, c.Thousands)...)
}

// checkSigns returns what is wrong with decimal and thousands signs.
func checkSigns(decimal, thousands analysis.Text) analysis.Problems {
	var problems analysis.Problems
	if !slices.Contains([]string{"", ".", ","}, decimal.Value) {
		problems = append(problems, analysis.Problem{Position: decimal.At, Message: fmt.Sprintf("decimal sign %q is not known", decimal.Value), Hint: `write "." or ","`})
	}
	if !slices.Contains([]string{"", ".", ",", " ", "'"}, thousands.Value) {
		problems = append(problems, analysis.Problem{Position: thousands.At, Message: fmt.Sprintf("thousands sign %q is not known", thousands.Value), Hint: `write ".", ",", " " or "'"`})
	}
	if thousands.Value != "" && thousands.Value == or(decimal.Value, ".") {
		problems = append(problems, analysis.Problem{Position: thousands.At, Message: fmt.Sprintf("decimal and thousands sign are both %q", thousands.Value), Hint: "they must differ"})
	}
	return problems
}

// typeName is the declared type, text by default.
func (c Column) typeName() string { return or(c.Type.Value, "text") }

// orAt returns p, or otherwise when p is no position.
func orAt(p, otherwise analysis.Position) analysis.Position {
	if p == (analysis.Position{}) {
		return otherwise
	}
	return p
}

// gather adds what err reports to problems; an error that is no problem of the
// user's files becomes one without position.
func gather(problems analysis.Problems, err error) analysis.Problems {
	switch err := err.(type) {
	case nil:
		return problems
	case analysis.Problem:
		return append(problems, err)
	case analysis.Problems:
		return append(problems, err...)
	}
	return append(problems, analysis.Problem{Message: err.Error()})
}
