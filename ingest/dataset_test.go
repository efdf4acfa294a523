package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pediment/analysis"
)

// TestForms holds texts against types: what is accepted gives the value, what is
// not gives the rule it breaks.
func TestForms(t *testing.T) {
	point, comma, swiss := form{decimal: "."}, form{decimal: ",", thousands: "."}, form{decimal: ".", thousands: "'"}
	french := form{decimal: ",", thousands: " "}
	const notNumber = `is not a number with decimal "."`
	for _, test := range []struct {
		form       form
		kind       string
		text, want string
	}{
		{point, "integer", "12", "12"}, {point, "integer", "-7", "-7"}, {point, "integer", "+7", "7"}, {point, "integer", "007", "7"},
		{point, "integer", " 12\u00a0", "12"}, {point, "integer", "12.0", "12"}, {point, "integer", "9223372036854775807", "9223372036854775807"},
		{point, "integer", "1.5", "is not a whole number"}, {point, "integer", "9223372036854775808", "is too large"},
		{point, "integer", "1e5", notNumber}, {point, "integer", "1_000", notNumber}, {point, "integer", "0x10", notNumber}, {point, "integer", "1,000", notNumber},
		{point, "integer", "١٢", notNumber}, {point, "integer", "12|13", notNumber}, {point, "integer", "--5", notNumber}, {point, "integer", "5-", notNumber},
		{point, "number", "1.25", "1.25"}, {point, "number", ".5", "0.5"}, {point, "number", "-0.5", "-0.5"}, {point, "number", "123456789012345678", "1.2345678901234568e+17"},
		{point, "number", "5.", notNumber}, {point, "number", "1e5", "100000.0"}, {point, "number", "-2.5E-05", "-2.5e-05"}, {point, "number", "1e", notNumber}, {point, "number", "1e999", notNumber}, {point, "decimal", "1e5", notNumber}, {point, "number", "NaN", notNumber}, {point, "number", "inf", "is not a finite number"}, {point, "number", "1,5", notNumber}, {point, "number", "12.4.31", notNumber},
		{comma, "number", "1.234.567,5", "1234567.5"}, {comma, "number", "1234567,5", "1234567.5"}, {comma, "number", "0,5", "0.5"},
		{comma, "number", "12.4.31", `is not a number with decimal "," and thousands "."`}, {comma, "number", "1.5", `is not a number with decimal "," and thousands "."`}, {comma, "number", "1234.567", `is not a number with decimal "," and thousands "."`},
		{swiss, "number", "1'234'567.5", "1234567.5"}, {swiss, "number", "1’234.5", "1234.5"}, {swiss, "number", "1''234", `is not a number with decimal "." and thousands "'"`},
		{french, "number", "1 234\u00a0567\u202f890,25", "1234567890.25"}, {french, "integer", " 1 234 ", "1234"},
		{point, "decimal", "12", "12.00"}, {point, "decimal", "12.3", "12.30"}, {point, "decimal", "12.3400", "12.34"}, {point, "decimal", "9999999999999999.99", "9999999999999999.99"},
		{point, "decimal", "12.345", "has more than 2 decimals"}, {point, "decimal", "10000000000000000", "is too large"}, {comma, "decimal", "-1.234,56", "-1234.56"},
		{point, "date", "2024-02-29", "2024-02-29"}, {point, "date", " 2024-02-29 ", "2024-02-29"},
		{point, "date", "2023-02-29", "is not a date of the form 2024-05-31"}, {point, "date", "2024-2-9", "is not a date of the form 2024-05-31"}, {point, "date", "2024/02/29", "is not a date of the form 2024-05-31"},
		{form{date: "%d/%m/%Y"}, "date", "29/02/2024", "2024-02-29"}, {form{date: "%d/%m/%Y"}, "date", "29/2/2024", "2024-02-29"}, {form{date: "%d.%m.%y"}, "date", "29.02.24", "2024-02-29"},
		{form{date: "%d/%m/%Y"}, "date", "29/02/24", "is not a date of the form %d/%m/%Y"}, {form{date: "%d/%m/%Y"}, "date", "02/29/2024", "is not a date of the form %d/%m/%Y"}, {form{date: "%d/%m/%Y"}, "date", "2024-02-29", "is not a date of the form %d/%m/%Y"},
		{form{}, "boolean", "YES", "true"}, {form{}, "boolean", "0", "false"}, {form{}, "boolean", "maybe", "is not one of the texts for true and false"},
		{form{yes: []string{"Sí"}, no: []string{"No"}}, "boolean", "Sí", "true"}, {form{yes: []string{"Sí"}, no: []string{"No"}}, "boolean", "yes", "is not one of the texts for true and false"},
	} {
		test.form.kind = test.kind
		c := newCity(t, map[string]string{"data/f.csv": "v\n\"" + test.text + "\"\n"})
		declared := fmt.Sprintf("spaces: {kind: space, files: data/f.csv, columns: {v: {type: %s, decimal: %q, thousands: %q, form: %q%s}}}",
			test.kind, test.form.decimal, test.form.thousands, test.form.date, boolTexts(test.form))
		loads := c.load(declared)
		got := c.rows("SELECT v FROM spaces")
		if len(loads.Rejects.Rows) > 0 {
			got = loads.Rejects.Rows[0][6].(string)
		}
		if got != test.want {
			t.Errorf("%s %q with %q %q %q: got %s, want %s", test.kind, test.text, test.form.decimal, test.form.thousands, test.form.date, got, test.want)
		}
	}
}

func boolTexts(f form) string {
	if f.yes == nil {
		return ""
	}
	return fmt.Sprintf(", true: [%s], false: [%s]", strings.Join(f.yes, ","), strings.Join(f.no, ","))
}

// TestPlainWayAgreesWithTheFullOne mixes rows that go the quick way and rows that
// do not: the values must not depend on the company they are in.
func TestPlainWayAgreesWithTheFullOne(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "n,m\n1,2.5\n 1,2.5\n+1,2.5\n1,2|5\n\"1|2\",\n,\n1,\n"})
	loads := c.load("spaces: {kind: space, files: data/f.csv, columns: {n: {type: integer}, m: {type: number}}}")
	equal(t, "rows", c.rows("SELECT n, m FROM spaces"), "1|2.5\n1|2.5\n1|2.5\n1|NULL")
	equal(t, "rejects", loads.rejects(), `
data/f.csv:5: m: "2|5" is not a number with decimal "."
data/f.csv:6: n: "1|2" is not a number with decimal "."`)
}

// A column with 2012-13 holds pairs of years, so 2010-11 in it is no November.
func TestPairsOfYearsAreNoMonths(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "y\n2010-11\n2012-13\n2014\n", "data/g.csv": "y\n2010-11\n2011-01\n"})
	loads := c.load("visits: {kind: event, files: data/f.csv, columns: {period: {type: period, from: y}}}")
	equal(t, "rows", c.rows("SELECT period FROM visits"), "2014")
	equal(t, "rejects", loads.rejects(), `
data/f.csv:2: period: "2010-11" could be a month or two years; for years write from: replace(…, '-', '/')
data/f.csv:3: period: "2012-13" could be a month or two years; for years write from: replace(…, '-', '/')`)
	c.load("visits: {kind: event, files: data/g.csv, columns: {period: {type: period, from: y}}}")
	equal(t, "months", c.rows("SELECT period FROM visits ORDER BY 1"), "2010-11\n2011-01")
}

func TestComputedColumns(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "born,cost\n1990,0.1\nabc,1000\n,3\n2000,2\n"})
	loads := c.load(`
people:
  kind: survey
  files: data/f.csv
  columns:
    period: {type: period, from: "2025"}
    age: {type: integer, from: "2025 - CAST(born AS INTEGER)"}
    half: {type: number, from: "CAST(cost AS DOUBLE) / 2"}
    third: {type: decimal, from: "CAST(cost AS DOUBLE) / 3"}
    triple: {type: decimal, from: "CAST(cost AS DOUBLE) * 3"}
    ratio: {type: number, from: "1 / (CAST(cost AS DOUBLE) - 3)"}
    adult: {type: boolean, from: "CAST(born AS INTEGER) < 2007"}
    born_on: {type: date, from: "make_date(CAST(born AS INTEGER), 1, 1)"}
    source: {from: filename}
`)
	// 1000/3 is no amount of cents; 0.1·3 = 0.30000000000000004 is 0.30; 3/3 = 1 but 1/(3−3) is infinite.
	equal(t, "loads", loads.summary(), "people data/f.csv rows=0 rejected=4 excluded=0 loaded")
	equal(t, "rejects", loads.rejects(), `
data/f.csv:2: third: "0.03333333333333333" has more than 2 decimals
data/f.csv:3: age: "born = abc" cannot be used in 2025 - CAST(born AS INTEGER)
data/f.csv:3: third: "333.3333333333333" has more than 2 decimals
data/f.csv:3: adult: "born = abc" cannot be used in CAST(born AS INTEGER) < 2007
data/f.csv:3: born_on: "born = abc" cannot be used in make_date(CAST(born AS INTEGER), 1, 1)
data/f.csv:4: ratio: "inf" is not a finite number
data/f.csv:5: third: "0.6666666666666666" has more than 2 decimals`)
}

func TestUnpivot(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "place,note,2019,2020,2021\nNorth,a,1,,3\nSouth,b,x,-,6\n"})
	declared := `
counts:
  kind: statistic
  files: data/f.csv
  read: {missing: ["-"]}
  unpivot: {columns: '/^\d{4}$/', name: year, value: cell}
  columns:
    series: {from: "'visits'"}
    period: {type: period, from: year}
    place: {}
    value: {type: integer, from: cell}
`
	loads := c.load(declared)
	equal(t, "rows", c.rows("SELECT series, period, place, value FROM statistic ORDER BY place, period"), `
visits|2019|North|1
visits|2021|North|3
visits|2020|South|NULL
visits|2021|South|6`)
	equal(t, "rejects", loads.rejects(), `data/f.csv:3: value: "x" is not a number with decimal "."`)
	listed := strings.Replace(declared, `'/^\d{4}$/'`, `["2019", "2222"]`, 1)
	equal(t, "check", c.check(listed), `pediment.yaml:6:32: no column "2222" in data/f.csv (its columns: place, note, 2019, 2020, 2021)`)
	equal(t, "pattern", c.check(strings.Replace(declared, `\d{4}`, `\d{5}`, 1)),
		`pediment.yaml:6:23: unpivot: no header of data/f.csv fits /^\d{5}$/ (its headers: place, note, 2019, 2020, 2021)`)
}

func TestMissingCodes(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "a,b\n99,99\n999,999\n1,2\n"})
	c.load(`
spaces:
  kind: space
  files: data/f.csv
  read: {missing: ["99"]}
  columns:
    a: {type: integer}
    b: {type: integer, missing: ["999"]}
    b_all: {type: integer, from: b, missing: []}
    sum: {type: integer, from: "CAST(a AS INTEGER) + CAST(b AS INTEGER)"}
`)
	equal(t, "rows", c.rows("SELECT a, b, b_all, sum FROM spaces"), "NULL|99|99|NULL\n999|NULL|999|1998\n1|2|2|3")
}

func TestOptionalColumns(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "place,Group,n\nX,g,1\n", "data/b.csv": "place,n\nY,2\n"})
	declared := `
spaces:
  kind: space
  files: data/*.csv
  columns:
    place: {}
    team: {from: Group}
    n: {type: integer}
`
	equal(t, "check", c.check(declared), `pediment.yaml:7:18: no column "Group" in data/b.csv (its columns: place, n, filename)`)
	c.load(strings.Replace(declared, "from: Group", "from: Group, optional: true", 1))
	equal(t, "rows", c.rows("SELECT place, team, n FROM spaces"), "X|g|1\nY|NULL|2")
}

// TestExpressionsReachNothing tries what an expression could do harm with.
func TestExpressionsReachNothing(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "a\n1\n", "secret.csv": "s\n1\n"})
	declared := "spaces: {kind: space, files: data/f.csv, columns: {a: {}, b: {from: %q}}}"
	for _, test := range []struct{ from, want string }{
		{"(SELECT s FROM read_csv('secret.csv'))", "a sub-query is not allowed here"},
		{"getenv('HOME')", "function getenv is not allowed here"},
		{"current_setting('memory_limit')", "function current_setting is not allowed here"},
		{"a; DROP TABLE spaces", "must be one expression"},
		{"read_text('secret.csv')", "function read_text is not allowed here"},
		{"sum(CAST(a AS INTEGER))", "function sum is not allowed here"},
		{"count(*)", "not allowed here"},
		{"nextval('s')", "function nextval is not allowed here"},
		{"repeat(a, 1000000000)", "function repeat is not allowed here"},
		{"row_number() OVER ()", "a window function is not allowed here"},
		{"a FROM read_csv('secret.csv')", "must be one value of the row"},
		{"COLUMNS(*)", "* is not allowed here"},
		{"query('SELECT 1')", "function query is not allowed here"},
		{"my_macro(a)", "function my_macro is not allowed here"},
		{"list_transform([1], x -> x)", "not allowed here"},
	} {
		problems := c.check(fmt.Sprintf(declared, test.from))
		if !strings.Contains(problems, test.want) || !strings.HasPrefix(problems, "pediment.yaml:1:") {
			t.Errorf("%s: got %s", test.from, problems)
		}
		if _, err := Load(context.Background(), c.options(fmt.Sprintf(declared, test.from))); err == nil {
			t.Errorf("%s: loaded", test.from)
		}
	}
}

// TestReadersReachNothing tries the same through an open warehouse.
func TestReadersReachNothing(t *testing.T) {
	ctx := context.Background()
	c := newCity(t, map[string]string{"data/f.csv": "a\n1\n", "secret.csv": "s\n1\n"})
	c.load("spaces: {kind: space, files: data/f.csv, columns: {a: {}}}")
	w, err := Open(ctx, c.dir)
	must(t, err)
	defer func() { must(t, w.Close()) }()
	for _, text := range []string{
		"SELECT * FROM read_csv('" + filepath.Join(c.dir, "secret.csv") + "')", "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM glob('/*')",
		"COPY spaces TO '" + filepath.Join(c.dir, "out.csv") + "'", "SET threads = 4", "SET enable_external_access = true", "ATTACH '" + filepath.Join(c.dir, "x.duckdb") + "'",
		"INSTALL httpfs", "LOAD httpfs", "DROP TABLE spaces", "INSERT INTO spaces VALUES ('2', 1)", "DELETE FROM pediment.files",
	} {
		rows, err := w.QueryContext(ctx, text)
		if err == nil {
			_ = rows.Close()
			t.Errorf("%s was run", text)
		}
	}
	equal(t, "threads", ask(t, w, "SELECT current_setting('threads')"), "1")
}

func TestFeeds(t *testing.T) {
	c := newCity(t, map[string]string{"data/a.csv": "period,persons,place\n2023,1,N\n", "data/b.csv": "period,persons,room\n2023,2,5\n"})
	declared := `
lessons:
  kind: participation
  files: data/a.csv
  columns: {period: {type: period}, persons: {type: integer}, place: {}}
loans:
  kind: participation
  files: data/b.csv
  until: 2025-09-30
  columns: {period: {type: period}, persons: {type: integer}, room: {}}
`
	c.load(declared)
	equal(t, "rows", c.rows("SELECT period, persons, place, room FROM participation ORDER BY persons"), "2023|1|N|NULL\n2023|2|NULL|5")
	w, err := Open(context.Background(), c.dir)
	must(t, err)
	relations, err := w.Relations(context.Background())
	must(t, err)
	must(t, w.Close())
	var got []string
	for _, r := range relations {
		got = append(got, fmt.Sprint(r.Name, r.Kind, r.ColumnNames(), r.Files, r.Year, r.Until, r.At))
	}
	equal(t, "relations", strings.Join(got, "\n"), `
lessonsparticipation[period persons place] [data/a.csv]calendarpediment.yaml:3:3
loansparticipation[period persons room] [data/b.csv]calendar2025-09-30pediment.yaml:7:3
participationparticipation[period persons place room] [data/a.csv data/b.csv]calendar2025-09-30pediment.yaml:3:3`)
	equal(t, "types differ", c.check(strings.Replace(declared, "persons: {type: integer}, room", "persons: {type: number}, room", 1)),
		"pediment.yaml:7:3: loans: the type of persons, number instead of integer, differs from lessons, which feeds participation as well (declare both alike, or let them feed different relations with feeds: …)")
	equal(t, "name taken", c.check(strings.Replace(declared, "loans:", "participation:", 1)),
		"pediment.yaml:7:3: participation: participation is also what the relation of 2 datasets is called (give the dataset another name)")
}

func TestSurveyDesign(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "w,district,block\n1.5,N,1\n,N,2\n2,S,3\n"})
	declared := `
residents:
  kind: survey
  files: data/f.csv
  year: school
  columns: {period: {type: period, from: "'2025'"}}
  design: {weight: w, stratum: district, psu: block, nested: true, lonely_psu: adjust}
`
	loads := c.load(declared)
	equal(t, "rows", c.rows("SELECT period, weight, stratum, psu FROM residents"), "2025|1.5|N|1\n2025|2.0|S|3")
	equal(t, "rejects", loads.rejects(), "data/f.csv:3: weight is missing")
	w, err := Open(context.Background(), c.dir)
	must(t, err)
	relations, err := w.Relations(context.Background())
	must(t, err)
	must(t, w.Close())
	want := analysis.Sample{Weight: "weight", Stratum: "stratum", PSU: []string{"psu"}, Nested: true, LonelyPSU: "adjust"}
	if got := relations[0]; !reflect.DeepEqual(*got.Sample, want) || got.Year != analysis.SchoolYear {
		t.Errorf("got %+v %s", got.Sample, got.Year)
	}
}

func TestCheckTellsAllMistakes(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "district,persns,year\nN,1,2024\n", "data/f.xls": "", "data/f.sav": ""})
	equal(t, "check", c.check(`
lessons:
  kind: participaton
  files: data/f.csv
  columns: {period: {type: period, from: year}}
2nd:
  kind: population
  files: [data/none.csv, data/f.csv]
  read: {decimal: ",", thousands: ",", encoding: klingon}
  until: soon
  year: solar
  columns:
    period: {type: date}
    persons: {type: numbr}
    rate: {type: integer, from: "persns + 1 +"}
    more: {type: integer, from: "persns + 1.5 + year"}
    flag: {type: date, from: "district = 'N'", form: "%d"}
  exclude: "length(district)"
old: {kind: space, files: data/f.xls, columns: {a: {}}}
stats: {kind: space, files: data/f.sav, columns: {a: {}}}
format: {kind: space, files: data/f.csv, read: {format: exel}, columns: {district: {}}}
`), `
data/f.sav: no format is known for files ending in ".sav" (export it as CSV from the statistics program, values rather than labels where codes are needed)
data/f.xls: no format is known for files ending in ".xls" (open it in a spreadsheet program and save it as .xlsx)
pediment.yaml:3:9: unknown kind "participaton" (did you mean "participation"?)
pediment.yaml:7:3: 2nd: a dataset cannot have this name (use letters, digits and _)
pediment.yaml:8:11: no file matches "data/none.csv" (the folder holds f.csv, f.sav, f.xls)
pediment.yaml:9:36: decimal and thousands sign are both "," (they must differ)
pediment.yaml:9:50: unknown encoding "klingon" (known encodings: utf-8, utf8, utf-16, utf-16le, utf-16be, windows-1252, cp1252, latin-1, latin1, iso-8859-1, windows-1250, windows-1251, windows-1256, euc-kr, cp949, shift_jis, gb18030)
pediment.yaml:10:10: 2nd: until "soon" is not a day (write it as 2025-09-30)
pediment.yaml:11:9: 2nd: unknown year "solar" (write calendar, fiscal or school)
pediment.yaml:13:20: period: in a population dataset this column cannot be date (write type: period)
pediment.yaml:14:21: persons: unknown type "numbr" (did you mean "number"?)
pediment.yaml:21:57: unknown format "exel" (known formats: csv, xlsx, parquet, json)`)
	equal(t, "expressions", c.check(`
people:
  kind: population
  files: data/f.csv
  columns:
    period: {type: period, from: year}
    persons: {type: integer, from: persns}
    more: {type: integer, from: "persons"}
    flag: {type: date, from: "district = 'N'"}
    sum: {type: integer, from: "persns + year"}
  exclude: "length(district)"
`), `
pediment.yaml:8:34: no column "persons" in data/f.csv (did you mean "persns"?)
pediment.yaml:9:31: flag: the expression gives true or false, which is no date
pediment.yaml:10:33: + cannot be used on text and text (raw columns are text: write CAST(column AS INTEGER) or AS DOUBLE where a number is meant)
pediment.yaml:11:13: exclude must be a condition (for example: district = 'Total')`)
}

func TestJSON(t *testing.T) {
	rows := `{"period": "2024", "persons": 12, "place": {"name": "Ñuñoa", "at": {"lat": -33.45}}, "tags": ["a", "b"], "open": true},
{"period": "2024", "persons": 1.5e1, "place": {"name": null}},
{"period": "x", "persons": 1}`
	declared := `
lessons:
  kind: participation
  files: data/f.json
  columns:
    period: {type: period}
    persons: {type: integer}
    place: {from: place.name}
    lat: {type: number, from: place.at.lat, decimal: ","}
    tags: {}
    open: {type: boolean}
`
	want := `2024|12|Ñuñoa|-33.45|["a","b"]|true` + "\n2024|15|NULL|NULL|NULL|NULL"
	c := newCity(t, map[string]string{"data/f.json": "[\n" + rows + "\n]"})
	loads := c.load(declared)
	equal(t, "list", c.rows("SELECT period, persons, place, lat, tags, open FROM lessons"), want)
	equal(t, "rejects", loads.rejects(), `data/f.json:4: period: `+notPeriod("x"))
	c.write("data/f.json", strings.ReplaceAll(rows, "},\n", "}\n"))
	loads = c.load(declared)
	equal(t, "lines", c.rows("SELECT period, persons, place, lat, tags, open FROM lessons"), want)
	equal(t, "rejects", loads.rejects(), `data/f.json:3: period: `+notPeriod("x"))
	for text, want := range map[string]string{
		"":                         "data/f.json: the file is empty (it should hold a list of objects)",
		`{"name": "x", "c": [1]}`:  `data/f.json: holds one object, not a list of rows; its key "c" holds a list (write the rows as a list of objects at the top of the file, or as CSV, one row for each innermost entry)`,
		"[1, 2]":                   `data/f.json:1: holds a number where an object with the columns of a row should be (it should look like [{"period": "2024", "amount": 12.5}, …], or have one object a line)`,
		"[{\"a\": 1},\n":           `data/f.json:2: cannot be read as a list of objects: unexpected EOF (it should look like [{"period": "2024", "amount": 12.5}, …], or have one object a line)`,
		"[{\"a\": 1},\n{\"a\": }]": `data/f.json:2: cannot be read as a list of objects: invalid character '}' looking for beginning of value (it should look like [{"period": "2024", "amount": 12.5}, …], or have one object a line)`,
	} {
		c.write("data/f.json", text)
		equal(t, text, c.check(declared), want)
	}
}

func TestParquet(t *testing.T) {
	ctx := context.Background()
	c := newCity(t, nil)
	must(t, os.MkdirAll(filepath.Join(c.dir, "data"), 0o755))
	db, err := openScratch(ctx)
	must(t, err)
	_, err = db.ExecContext(ctx, `COPY (SELECT * FROM (VALUES
		(2024, 1234.5::DOUBLE, DATE '2024-12-31', TIMESTAMP '2024-12-31 00:00:00', 'Ávila', 12.30::DECIMAL(9,2), true),
		(2024, 1e-7::DOUBLE, NULL, TIMESTAMP '2024-12-31 10:00:00', '', NULL, false)) t(year, x, day, moment, place, amount, open))
		TO `+analysis.Literal(filepath.Join(c.dir, "data", "f.parquet"))+` (FORMAT parquet)`)
	must(t, err)
	must(t, db.Close())
	loads := c.load(`
spaces:
  kind: space
  files: data/f.parquet
  read: {decimal: ","}
  columns:
    year: {type: period}
    x: {type: number}
    day: {type: date}
    moment: {type: date}
    place: {}
    amount: {type: decimal}
    open: {type: boolean}
`)
	equal(t, "rows", c.rows("SELECT year, x, day, moment, place, amount, open FROM spaces"), "2024|1234.5|2024-12-31|2024-12-31|Ávila|12.30|true")
	equal(t, "rejects", loads.rejects(), `data/f.parquet:2: moment: "2024-12-31 10:00:00" is not a date of the form 2024-05-31`)
}
