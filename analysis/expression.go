package analysis

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Expression is a row-level SQL expression that was parsed and found safe: one
// value, no sub-query, no aggregate, listed functions only.
type Expression struct {
	SQL     string   // as the parser writes it back: layout and comments are gone
	Columns []string // the columns it reads, sorted; callers see that they exist, as DuckDB takes current_date for the clock when they do not
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

// admittedOperators are the types of OPERATOR nodes an expression may hold.
var admittedOperators = map[string]bool{
	"OPERATOR_NOT": true, "OPERATOR_IS_NULL": true, "OPERATOR_IS_NOT_NULL": true, "OPERATOR_COALESCE": true,
	"COMPARE_IN": true, "COMPARE_NOT_IN": true, "ARRAY_EXTRACT": true, "ARRAY_SLICE": true, // the last two cut text: code[1:3]
}

// admittedTypes are the types a value may be cast to. Times with a zone are not
// among them: what they show depends on the machine.
var admittedTypes = map[string]bool{
	"BOOLEAN": true, "VARCHAR": true, "DATE": true, "TIME": true, "INTERVAL": true,
	"TIMESTAMP": true, "TIMESTAMP_S": true, "TIMESTAMP_MS": true, "TIMESTAMP_NS": true,
	"TINYINT": true, "SMALLINT": true, "INTEGER": true, "BIGINT": true, "HUGEINT": true,
	"UTINYINT": true, "USMALLINT": true, "UINTEGER": true, "UBIGINT": true, "UHUGEINT": true,
	"FLOAT": true, "DOUBLE": true, "DECIMAL": true,
}

// plainNames says in a reader's words what a refused kind of syntax is.
var plainNames = map[string]string{
	"SUBQUERY": "a sub-query", "WINDOW": "a window function", "STAR": "*",
	"PARAMETER": "a parameter", "LAMBDA": "a lambda", "COLLATE": "COLLATE",
	"POSITIONAL_REFERENCE": "a column number",
	"GROUPING_FUNCTION":    "GROUPING", "ARRAY_CONSTRUCTOR": "a list",
	"OPERATOR_TRY": "TRY", "OPERATOR_UNPACK": "UNPACK", "STRUCT_EXTRACT": "a field of a value",
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
		// What the parser writes is JSON but for numbers beyond ±1.8e308.
		return nil, expressionProblem(text, 0, "cannot be read", "is a number in it too large?")
	}
	several := strings.HasPrefix(answer.ErrorMessage, "Only SELECT statements")
	if answer.Error && !several {
		at := byteOffset(selectPrefix+text.Value, number(answer.Position))
		return nil, expressionProblem(text, float64(at), "cannot be read: "+answer.ErrorMessage, `texts stand in 'single quotes'; put a column name in "double quotes" when it is an SQL word or has spaces`)
	}
	if several || len(answer.Statements) != 1 {
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
	kind, refused := class, !admittedNodes[class]
	if class == "OPERATOR" {
		kind, _ = n["type"].(string)
		refused = !admittedOperators[kind]
	}
	if refused {
		name := cmp.Or(plainNames[kind], strings.ToLower(kind))
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
	case "CAST":
		return checkCast(n, text, at)
	case "CONSTANT":
		return checkConstant(n, text, at)
	}
	return nil
}

// checkConstant refuses floating-point numbers: the parser writes the float
// 1e15 back as the decimal 1000000000000000.0, with which it computes otherwise.
func checkConstant(n node, text Text, at float64) error {
	value, _ := n["value"].(node)
	if typeName(value["type"]) == "DOUBLE" {
		return expressionProblem(text, at, "a number with an exponent or of more than 38 digits is not allowed here", "write 1000 for 1e3")
	}
	return nil
}

func typeName(v any) string {
	description, _ := v.(node)
	name, _ := description["id"].(string)
	return name
}

func checkCast(n node, text Text, at float64) error {
	target, _ := n["cast_type"].(node)
	name := typeName(target)
	if admittedTypes[name] {
		return nil
	}
	if info, _ := target["type_info"].(node); name == "UNBOUND" {
		name, _ = info["name"].(string)
	}
	return expressionProblem(text, at, fmt.Sprintf("type %s is not allowed here", name), "use VARCHAR, INTEGER, DOUBLE, DECIMAL, BOOLEAN, DATE or TIMESTAMP")
}

func checkFunction(n node, text Text, at float64) error {
	name, _ := n["function_name"].(string)
	if !admittedFunctions[name] {
		return expressionProblem(text, at, fmt.Sprintf("function %s is not allowed here", name), functionHint(name))
	}
	if !plainCall(n) {
		return expressionProblem(text, at, fmt.Sprintf("function %s is not called plainly", name), fmt.Sprintf("write %s(…) without schema, DISTINCT, ORDER BY or FILTER", name))
	}
	return nil
}

// plainCall reports whether a function is called without what only aggregates
// have and from nowhere but DuckDB's own functions; the parser itself puts
// "main" before the few that have a syntax of their own, such as EXTRACT.
func plainCall(n node) bool {
	schema, _ := n["schema"].(string)
	catalog, _ := n["catalog"].(string)
	distinct, _ := n["distinct"].(bool)
	order, _ := n["order_bys"].(node)
	orders, _ := order["orders"].([]any)
	return (schema == "" || schema == "main") && catalog == "" && !distinct && len(orders) == 0 && n["filter"] == nil
}

func functionHint(name string) string {
	if aggregates[name] {
		return "write the value of one row; the engine adds up"
	}
	names := make([]string, 0, len(admittedFunctions))
	for f := range admittedFunctions {
		names = append(names, f)
	}
	slices.Sort(names)
	return Suggest(name, names)
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

// byteOffset turns the parser's count of characters into one of bytes.
func byteOffset(s string, characters int) int {
	runes := []rune(s)
	return len(string(runes[:min(characters, len(runes))]))
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
