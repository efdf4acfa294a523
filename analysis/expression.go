package analysis

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Expression is a row-level SQL expression that was parsed and found safe: one
// value, no sub-query, no aggregate, listed functions only.
type Expression struct {
	SQL     string   // as the parser writes it back: layout and comments are gone
	Columns []string // the columns it reads, sorted
}

//go:embed functions.txt
var functionList string

var admittedFunctions = readFunctions(functionList)

func readFunctions(list string) map[string]bool {
	admitted := map[string]bool{}
	for line := range strings.Lines(list) {
		if !strings.HasPrefix(line, "#") {
			for _, name := range strings.Fields(line) {
				admitted[name] = true
			}
		}
	}
	return admitted
}

// admittedNodes are the kinds of syntax an expression may hold.
var admittedNodes = map[string]bool{
	"COLUMN_REF": true, "CONSTANT": true, "COMPARISON": true, "CONJUNCTION": true,
	"OPERATOR": true, "FUNCTION": true, "CAST": true, "CASE": true, "BETWEEN": true,
}

// plainNames says in a reader's words what a refused kind of syntax is.
var plainNames = map[string]string{
	"SUBQUERY": "a sub-query", "WINDOW": "a window function", "STAR": "*",
	"PARAMETER": "a parameter", "LAMBDA": "a lambda", "COLLATE": "COLLATE",
	"POSITIONAL_REFERENCE": "a column number",
}

// ParseExpression parses text with DuckDB's own parser, through any querier,
// and returns it as an Expression. Anything but one row-level value made of
// columns, constants, operators and the functions of functions.txt is refused
// with a Problem positioned in text.
func ParseExpression(ctx context.Context, q Querier, text Text) (Expression, error) {
	if strings.TrimSpace(text.Value) == "" {
		return Expression{}, Problem{text.At, "the expression is empty", "write a column name or a condition"}
	}
	tree, err := parseTree(ctx, q, text)
	if err != nil {
		return Expression{}, err
	}
	e := Expression{}
	if err := e.walk(tree, text); err != nil {
		return Expression{}, err
	}
	slices.Sort(e.Columns)
	e.Columns = slices.Compact(e.Columns)
	e.SQL, err = queryText(ctx, q, "SELECT json_deserialize_sql(json_serialize_sql(?::VARCHAR))", selectPrefix+text.Value)
	e.SQL = strings.TrimPrefix(e.SQL, selectPrefix)
	return e, err
}

// Error makes a Problem usable as an error on its own.
func (p Problem) Error() string { return p.String() }

const selectPrefix = "SELECT "

// node is one node of the parser's JSON tree; only what every kind shares.
type node = map[string]any

func parseTree(ctx context.Context, q Querier, text Text) (node, error) {
	raw, err := queryText(ctx, q, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", selectPrefix+text.Value)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Error        bool   `json:"error"`
		ErrorMessage string `json:"error_message"`
		Position     string `json:"position"`
		Statements   []struct {
			Node node `json:"node"`
		} `json:"statements"`
	}
	if err := json.Unmarshal([]byte(raw), &answer); err != nil {
		return nil, fmt.Errorf("read syntax tree: %w", err)
	}
	if answer.Error {
		at, _ := strconv.ParseFloat(answer.Position, 64)
		return nil, expressionProblem(text, at, "cannot be read: "+answer.ErrorMessage, "")
	}
	if len(answer.Statements) != 1 {
		return nil, expressionProblem(text, 0, "must be one expression", "remove the semicolon")
	}
	return onlyItem(answer.Statements[0].Node, text)
}

// onlyItem returns the one select item of a statement that has nothing else.
func onlyItem(statement node, text Text) (node, error) {
	items, _ := statement["select_list"].([]any)
	modifiers, _ := statement["modifiers"].([]any)
	from, _ := statement["from_table"].(node)
	groups, _ := statement["group_expressions"].([]any)
	extra := statement["type"] != "SELECT_NODE" || len(modifiers) > 0 || from["type"] != "EMPTY" || len(groups) > 0
	for _, clause := range []string{"where_clause", "having", "sample", "qualify"} {
		extra = extra || statement[clause] != nil
	}
	if extra || len(items) != 1 {
		return nil, expressionProblem(text, 0, "must be one value of the row", "write only a condition or a value, not a query")
	}
	item := items[0].(node)
	if alias, _ := item["alias"].(string); alias != "" {
		return nil, expressionProblem(text, 0, fmt.Sprintf("must not name its result (AS %s)", alias), "the key in the file is its name")
	}
	return item, nil
}

// walk checks every node of the tree and collects the columns it names.
func (e *Expression) walk(v any, text Text) error {
	switch v := v.(type) {
	case []any:
		for _, child := range v {
			if err := e.walk(child, text); err != nil {
				return err
			}
		}
	case node:
		if err := e.check(v, text); err != nil {
			return err
		}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			if key != "value" && key != "cast_type" {
				if err := e.walk(v[key], text); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (e *Expression) check(n node, text Text) error {
	class, _ := n["class"].(string)
	if class == "" {
		return nil
	}
	at, _ := n["query_location"].(float64)
	if !admittedNodes[class] {
		name := plainNames[class]
		if name == "" {
			name = strings.ToLower(class)
		}
		return expressionProblem(text, at, name+" is not allowed here", "an expression sees one row at a time")
	}
	switch class {
	case "COLUMN_REF":
		names, _ := n["column_names"].([]any)
		if len(names) != 1 {
			return expressionProblem(text, at, "a column is named without its table", "")
		}
		e.Columns = append(e.Columns, names[0].(string))
	case "FUNCTION":
		return checkFunction(n, text, at)
	}
	return nil
}

func checkFunction(n node, text Text, at float64) error {
	name, _ := n["function_name"].(string)
	schema, _ := n["schema"].(string)
	distinct, _ := n["distinct"].(bool)
	if admittedFunctions[name] && (schema == "" || schema == "main") && n["filter"] == nil && !distinct {
		return nil
	}
	names := make([]string, 0, len(admittedFunctions))
	for f := range admittedFunctions {
		names = append(names, f)
	}
	slices.Sort(names)
	hint := Suggest(name, names)
	if aggregates[name] {
		hint = "write the value of one row; the engine adds up"
	}
	return expressionProblem(text, at, fmt.Sprintf("function %s is not allowed here", name), hint)
}

var aggregates = map[string]bool{"sum": true, "count": true, "count_star": true, "avg": true, "mean": true, "min": true, "max": true, "median": true}

// expressionProblem places a message inside the expression; at counts bytes of
// the parsed statement.
func expressionProblem(text Text, at float64, message, hint string) Problem {
	position := text.At
	if offset := int(at) - len(selectPrefix); offset > 0 && offset <= len(text.Value) && !strings.Contains(text.Value, "\n") && position.Column > 0 {
		position.Column += len([]rune(text.Value[:offset]))
	}
	return Problem{position, message, hint}
}

// queryText runs a query that answers one text.
func queryText(ctx context.Context, q Querier, query string, args ...any) (text string, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if rows.Next() {
		err = rows.Scan(&text)
	}
	return text, errors.Join(err, rows.Err())
}
