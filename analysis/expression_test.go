package analysis

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	_ "github.com/duckdb/duckdb-go/v2"
)

const rowsOfT = `CREATE TABLE t AS SELECT * FROM (VALUES
	('North', 'Yes', 31, 2.5::DOUBLE, DATE '2024-02-29', true, 'a b', 7),
	('South', 'no', 64, -0.1::DOUBLE, DATE '2023-12-31', false, '', 0),
	('1.234,5', 'Sí', 0, 'nan'::DOUBLE, DATE '2020-01-01', NULL, '%_\', -3),
	(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
) AS v(a, b, n, x, d, ok, "col 1", "Größe")`

// locked opens a database of one table t as indicators are evaluated: read only,
// without a way out.
func locked(tb testing.TB) *sql.DB {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "t.duckdb")
	for _, step := range []struct{ source, statements string }{
		{path, rowsOfT},
		{path + "?access_mode=read_only", "SET enable_external_access = false; SET lock_configuration = true"},
	} {
		db, err := sql.Open("duckdb", step.source)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := db.ExecContext(context.Background(), step.statements); err != nil {
			tb.Fatal(err)
		}
		if step.source != path {
			tb.Cleanup(func() { db.Close() })
			return db
		}
		if err := db.Close(); err != nil {
			tb.Fatal(err)
		}
	}
	return nil
}

var accepted = []struct {
	text    string
	columns string // separated by spaces, "·" for a space within
}{
	{`a`, "a"},
	{` a -- a remark`, "a"},
	{`/* a remark */ a /**/ || b`, "a b"},
	{`a;`, "a"},
	{`A = b OR a IS NULL`, "A a b"},
	{`"col 1" || 'it''s "so"'`, "col·1"},
	{`"Größe" + Größe`, "Größe"},
	{`1`, ""},
	{`'2025'`, ""},
	{`NULL`, ""},
	{`TRUE AND ok`, "ok"},
	{`b IN ('Yes', 'Sí')`, "b"},
	{`b NOT IN ('Yes', 'Sí')`, "b"},
	{`n BETWEEN 25 AND 64 AND NOT ok`, "n ok"},
	{`n NOT BETWEEN 25 AND 64`, "n"},
	{`n NOT BETWEEN 25 AND 64 OR a = b AND ok`, "a b n ok"},
	{`- n - -1 - (2 - n)`, "n"},
	{`n / 3 * 2 + n // 2 % 5 - n ** 2`, "n"},
	{`2 ^ n`, "n"},
	{`1000 * x + 1.10 + .5 + 1_000`, "x"},
	{`123456789012345678901234567890 + n`, "n"},
	{`CASE WHEN n >= 25 AND n < 35 THEN '25-34' WHEN ok THEN a ELSE b END`, "a b n ok"},
	{`CASE b WHEN 'Yes' THEN 1 WHEN 'no' THEN 0 END`, "b"},
	{`IF(ok, 1, 2)`, "ok"},
	{`2025 - CAST(n AS INTEGER)`, "n"},
	{`TRY_CAST(replace(replace(a, '.', ''), ',', '.') AS DECIMAL(18,2))`, "a"},
	{`n::VARCHAR || x::TEXT || d::STRING || ok::CHAR(3)`, "d n ok x"},
	{`a LIKE '_o%' OR a NOT LIKE 'N%' OR a ILIKE 'n%' OR a GLOB 'N*'`, "a"},
	{`regexp_matches(a, '^\d') OR a SIMILAR TO '.*th' OR a ~ 'N.*'`, "a"},
	{`coalesce(a, b, '') || ifnull(a, 'x') || nullif(b, 'no')`, "a b"},
	{`LOWER(trim(a)) || "upper"(b) || trim(leading 'N' from a)`, "a b"},
	{`substring(a from 2 for 2) || a[1:2] || a[1] || left(a, 1)`, "a"},
	{`position('o' in a) + strpos(a, 'r')`, "a"},
	{`year(d) + month(d) + date_part('day', d) + extract(quarter from d)`, "d"},
	{`d - INTERVAL 1 YEAR + INTERVAL 2 MONTHS - INTERVAL '3' DAY + INTERVAL (n) WEEK`, "d n"},
	{`date_add(d, INTERVAL 1 MONTH) > DATE '2024-01-01'`, "d"},
	{`date_trunc('month', d) = TIMESTAMP '2024-02-01 00:00:00'`, "d"},
	{`date_diff('day', d, DATE '2024-12-31')`, "d"},
	{`strftime(d, '%Y-%m')`, "d"},
	{`try_strptime(a, '%d/%m/%Y')::DATE`, "a"},
	{`a IS DISTINCT FROM b OR ok IS NOT TRUE OR x = 'nan'`, "a b ok x"},
	{`greatest(n, x, 0) + abs(round(x, 1)) + floor(x) + sqrt(abs(x))`, "n x"},
	{`isfinite(x) AND NOT isnan(x)`, "x"},
	{"n\n  +\n  1", "n"},
	{`$$it's$$ || E'\n\t' || a`, "a"},
	{`x'00' || a`, "a"},
	{`main.lower(a)`, "a"},
}

func TestParseExpressionAccepts(t *testing.T) {
	db, ctx := locked(t), context.Background()
	for _, test := range accepted {
		e, err := ParseExpression(ctx, db, Text{Value: test.text})
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		want := strings.Fields(test.columns)
		for k := range want {
			want[k] = strings.ReplaceAll(want[k], "·", " ")
		}
		if !slices.Equal(e.Columns, want) {
			t.Errorf("%s: columns %q, want %q", test.text, e.Columns, want)
		}
		// What the parser writes back says the same on every row.
		var rows, unlike int
		original := strings.TrimSuffix(test.text, ";")
		query := "SELECT count(*), count(*) FILTER (WHERE (" + original + "\n) IS DISTINCT FROM (" + e.SQL + ")) FROM t"
		if err := db.QueryRowContext(ctx, query).Scan(&rows, &unlike); err != nil || rows != 4 || unlike != 0 {
			t.Errorf("%s: as %s it differs in %d of %d rows: %v", test.text, e.SQL, unlike, rows, err)
		}
		checkClosed(t, db, e)
	}
}

// checkClosed checks that in parentheses the SQL is one expression, the same.
func checkClosed(t *testing.T, db *sql.DB, e Expression) {
	t.Helper()
	again, err := ParseExpression(context.Background(), db, Text{Value: e.SQL})
	closed, closedErr := ParseExpression(context.Background(), db, Text{Value: "(" + e.SQL + ")"})
	if err != nil || closedErr != nil || closed.SQL != again.SQL || !slices.Equal(closed.Columns, e.Columns) {
		t.Errorf("(%s) is read as %v, %v; without parentheses as %v, %v", e.SQL, closed, closedErr, again, err)
	}
	tree, err := parseTree(context.Background(), db, Text{Value: "('before' = (" + e.SQL + ")) = 'after'"})
	if err != nil || tree["class"] != "COMPARISON" || tree["right"].(node)["class"] != "CONSTANT" {
		t.Errorf("%s breaks out of its parentheses: %v %v", e.SQL, tree, err)
	}
}

func TestParseExpressionRefuses(t *testing.T) {
	db := locked(t)
	tests := []struct {
		text    string
		offset  int // characters into the text
		message string
	}{
		{``, 0, "the expression is empty"},
		{" \n", 0, "the expression is empty"},
		{`-- only a remark`, 0, "cannot be read"},
		{`a +`, 3, "syntax error"},
		{`'Sí' || )`, 8, "syntax error"},
		{`a) OR (b`, 1, "syntax error"},
		{`a) FROM t; DROP TABLE t; SELECT (1`, 1, "syntax error"},
		{`a /* `, 2, "unterminated /* comment"},
		{`'a`, 0, "unterminated quoted string"},
		{`a = "`, 4, "unterminated quoted identifier"},
		{`1; drop table x`, 0, "must be one expression"},
		{`1; SELECT 2`, 0, "must be one expression"},
		{`a FROM t`, 0, "must be one value"},
		{`a FROM read_csv('x')`, 0, "must be one value"},
		{`a UNION SELECT 1`, 0, "must be one value"},
		{`a EXCEPT SELECT 1`, 0, "must be one value"},
		{`DISTINCT a`, 0, "must be one value"},
		{`DISTINCT ON (a) a`, 0, "must be one value"},
		{`a ORDER BY a`, 0, "must be one value"},
		{`a LIMIT 1`, 0, "must be one value"},
		{`a WHERE ok`, 0, "must be one value"},
		{`a GROUP BY a`, 0, "must be one value"},
		{`a HAVING ok`, 0, "must be one value"},
		{`a QUALIFY ok`, 0, "must be one value"},
		{`a USING SAMPLE 1`, 0, "must be one value"},
		{`a, b`, 0, "must be one value"},
		{`a AS b`, 0, "must not name its result (AS b)"},
		{`a b`, 0, "must not name its result (AS b)"},
		{`x: a`, 0, "must not name its result (AS x)"},
		{`0x1F`, 0, "must not name its result (AS x1F)"},
		{`(SELECT 1)`, 0, "a sub-query"},
		{`a IN (SELECT b FROM t)`, 2, "a sub-query"},
		{`n + (FROM t)`, 4, "a sub-query"},
		{`EXISTS (SELECT 1)`, 0, "a sub-query"},
		{`(SHOW TABLES)`, 0, "a sub-query"},
		{`a = ANY(['x'])`, 2, "a sub-query"},
		{`n + sum(n)`, 4, "function sum is not allowed here"},
		{`'Sí' || max(a)`, 8, "function max is not allowed here"},
		{`count(*)`, 0, "function count_star"},
		{`CASE WHEN avg(n) > 1 THEN 1 END`, 10, "function avg"},
		{`avg(n) OVER ()`, 0, "a window function"},
		{`row_number() OVER (PARTITION BY a)`, 0, "a window function"},
		{`GROUPING(a)`, 0, "GROUPING is not allowed here"},
		{`*`, 0, "* is not allowed here"},
		{`t.*`, 0, "* is not allowed here"},
		{`coalesce(*)`, 9, "* is not allowed here"},
		{`columns('x')`, 0, "* is not allowed here"},
		{`COLUMNS(*) > 1`, 0, "* is not allowed here"},
		{`n + *`, 4, "* is not allowed here"},
		{`UNPACK(a)`, 0, "UNPACK"},
		{`t.a`, 0, "without its table"},
		{`lower(main.t.a)`, 6, "without its table"},
		{`(a).b`, 0, "a field of a value"},
		{`a -> 'x'`, 2, "a lambda"},
		{`lambda y: y`, 7, "a lambda"},
		{`list_transform(a, y -> y + 1)`, 0, "function list_transform"},
		{`a ->> 'x'`, 2, "function ->>"},
		{`a COLLATE NOCASE`, 0, "COLLATE"},
		{`[a, b]`, 1, "function list_value"},
		{`ARRAY[a]`, 0, "a list"},
		{`{'k': a}`, 1, "function struct_pack"},
		{`(a, b)`, 0, "function row"},
		{`MAP {'k': a}`, 5, "function map"},
		{`?`, 0, "a parameter"},
		{`a = $1`, 0, "a parameter"}, // the parser does not say where
		{`$name`, 0, "a parameter"},
		{`#1`, 0, "a column number"},
		{`DEFAULT`, 0, "default"},
		{`TRY(a)`, 0, "TRY"},
		{`read_csv('x')`, 0, "function read_csv"},
		{`read_text('/etc/passwd')`, 0, "function read_text"},
		{`getenv('HOME')`, 0, "function getenv"},
		{`current_setting('threads')`, 0, "function current_setting"},
		{`getvariable('x')`, 0, "function getvariable"},
		{`nextval('s')`, 0, "function nextval"},
		{`pragma_version()`, 0, "function pragma_version"},
		{`version()`, 0, "function version"},
		{`random()`, 0, "function random"},
		{`uuid()`, 0, "function uuid"},
		{`now()`, 0, "function now"},
		{`today()`, 0, "function today"},
		{`get_current_timestamp()`, 0, "function get_current_timestamp"},
		{`d AT TIME ZONE 'UTC'`, 2, "function timezone"},
		{`repeat('x', 1000000000)`, 0, "function repeat"},
		{`rpad('x', 1000000000, 'y')`, 0, "function rpad"},
		{`range(1000000000)`, 0, "function range"},
		{`error('x')`, 0, "function error"},
		{`query('SELECT 1')`, 0, "function query"},
		{`a.lower()`, 0, "function lower is not called plainly"},
		{`other.lower(a)`, 0, "function lower is not called plainly"},
		{`other.main.lower(a)`, 0, "function lower is not called plainly"},
		{`lower(DISTINCT a)`, 0, "function lower is not called plainly"},
		{`lower(a ORDER BY b)`, 0, "function lower is not called plainly"},
		{`lower(a) FILTER (ok)`, 0, "function lower is not called plainly"},
		{`a::JSON`, 1, "type JSON"},
		{`a::ENUM('x')`, 1, "type ENUM"},
		{`CAST(a AS somewhere)`, 0, "type somewhere"},
		{`a::VARCHAR[]`, 1, "type LIST"},
		{`a::STRUCT(k INTEGER)`, 1, "type STRUCT"},
		{`a::TIMESTAMPTZ::DATE`, 1, "type TIMESTAMP WITH TIME ZONE"},
		{`a::DECIMAL(getenv('HOME'))`, 0, "Expected a constant"},
		{`n + 1e3`, 4, "a number with an exponent"},
		{`1234567890123456789012345678901234567890`, 0, "a number with an exponent"},
		{`1e400`, 0, "too large"},
		{`x > -1e309`, 0, "too large"},
	}
	for _, test := range tests {
		text := Text{test.text, Position{File: "own.yaml", Line: 3, Column: 10}}
		e, err := ParseExpression(context.Background(), db, text)
		var p Problem
		if !errors.As(err, &p) || !strings.Contains(p.String(), test.message) || e.SQL != "" || e.Columns != nil {
			t.Errorf("%s: %v, %v; want %s", test.text, e, err, test.message)
			continue
		}
		if want := (Position{File: "own.yaml", Line: 3, Column: 10 + test.offset}); p.Position != want {
			t.Errorf("%s: at %s, want %s", test.text, p.Position, want)
		}
	}
}

// Depth is bounded by the parser; what it refuses is a problem, not a crash.
func TestParseExpressionDeep(t *testing.T) {
	db := locked(t)
	for _, form := range []struct{ open, close string }{{"(", ")"}, {"NOT ", ""}, {"1+", ""}, {"lower(", ")"}, {"CASE WHEN 1=1 THEN ", " END"}} {
		for _, depth := range []int{100, 20000} {
			_, err := ParseExpression(context.Background(), db, Text{Value: strings.Repeat(form.open, depth) + "a" + strings.Repeat(form.close, depth)})
			var p Problem
			if depth == 100 && err != nil || depth > 100 && !errors.As(err, &p) {
				t.Errorf("%d times %s: %v", depth, form.open, err)
			}
		}
	}
}

// A name that is no column could be the clock: it must be among the columns, so
// that callers see it.
func TestParseExpressionNamesTheClock(t *testing.T) {
	db := locked(t)
	for _, name := range []string{"current_date", "current_timestamp", "localtime", "current_user", "user", "rowid"} {
		e, err := ParseExpression(context.Background(), db, Text{Value: "n > 1 OR " + name + " IS NULL"})
		if err != nil || !slices.Equal(e.Columns, []string{name, "n"}) && !slices.Equal(e.Columns, []string{"n", name}) {
			t.Errorf("%s: columns %q, %v", name, e.Columns, err)
		}
	}
}

// Every admitted function is a scalar function of DuckDB's own that always
// answers the same, or a macro of such; none is an aggregate as well.
func TestAdmittedFunctions(t *testing.T) {
	rewritten := []string{"coalesce", "if", "ifnull", "**"} // by the parser, to syntax or to another name
	macros := []string{"date_add", "nullif", "split_part"}
	rows, err := locked(t).QueryContext(context.Background(), `SELECT function_name,
		array_to_string(list_sort(list(DISTINCT function_type || coalesce(' ' || stability, ''))), ', ') FROM duckdb_functions() GROUP BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	known := map[string]string{}
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			t.Fatal(err)
		}
		known[name] = kind
	}
	for name := range admittedFunctions {
		want := "scalar CONSISTENT"
		if slices.Contains(macros, name) {
			want = "macro"
		}
		if known[name] != want && !slices.Contains(rewritten, name) {
			t.Errorf("%s is %q, want %q", name, known[name], want)
		}
	}
}

var functionNames = regexp.MustCompile(`"function_name":"((?:[^"\\]|\\.)*)"`)

// What is accepted calls admitted functions only, is closed in itself and runs
// on a locked connection without asking for anything outside.
func FuzzParseExpression(f *testing.F) {
	for _, test := range accepted {
		f.Add(test.text)
	}
	for _, text := range []string{`1 -- `, `/* */`, `a FROM t`, `1; drop table x`, `(SELECT 1)`, "a\x00b", `'\`, `a[`, `""`, `$$`, `read_csv('x')`, `a::`, `INTERVAL 1`} {
		f.Add(text)
	}
	db := locked(f)
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if len(text) > 500 || !utf8.ValidString(text) {
			return
		}
		e, err := ParseExpression(ctx, db, Text{Value: text, At: Position{File: "f", Line: 1, Column: 1}})
		if err != nil {
			var p Problem
			if !errors.As(err, &p) {
				t.Errorf("%q: %v is no problem of the text", text, err)
			}
			return
		}
		raw, err := queryText(ctx, db, "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", selectPrefix+"("+e.SQL+")")
		if err != nil || strings.Contains(raw, `"class":"SUBQUERY"`) || strings.Contains(raw, `"type":"BASE_TABLE"`) {
			t.Fatalf("%q: %s: %s %v", text, e.SQL, raw, err)
		}
		for _, m := range functionNames.FindAllStringSubmatch(raw, -1) {
			if !admittedFunctions[m[1]] {
				t.Errorf("%q calls %s", text, m[1])
			}
		}
		checkClosed(t, db, e)
		rows, err := db.QueryContext(ctx, "SELECT ("+e.SQL+") FROM t")
		if err == nil {
			for rows.Next() {
			}
			err = errors.Join(rows.Err(), rows.Close())
		}
		if err != nil && regexp.MustCompile(`(?i)permission|disabled|read-only|INTERNAL|IO Error`).MatchString(strings.ReplaceAll(err.Error(), text, "")) {
			t.Errorf("%q: %s: %v", text, e.SQL, err)
		}
	})
}
