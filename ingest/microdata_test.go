package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// openMicrodata opens a file of the city, closed at the end of the test.
func (c city) openMicrodata(f File) *Microdata {
	c.t.Helper()
	m, err := c.tryMicrodata(f)
	must(c.t, err)
	c.t.Cleanup(func() { must(c.t, m.Close()) })
	return m
}

func (c city) tryMicrodata(f File) (*Microdata, error) {
	f.Path = filepath.Join(c.dir, f.Path)
	for i, name := range f.Beside {
		f.Beside[i] = filepath.Join(c.dir, name)
	}
	return OpenFile(context.Background(), f, suite)
}

// summary is a file's columns with their types, then its rows.
func (m *Microdata) summary(t testing.TB) string {
	var columns []string
	for _, c := range m.Columns() {
		columns = append(columns, c.Name+":"+c.Type)
	}
	return strings.Join(columns, " ") + "\n" + ask(t, m, "SELECT * FROM microdata")
}

func declaredRead(t testing.TB, text string) (r Read) {
	t.Helper()
	if problems := analysis.DecodeYAML("read.yaml", []byte(text), &r); len(problems) > 0 {
		t.Fatal(problems)
	}
	return r
}

func TestMicrodataTypes(t *testing.T) {
	for _, test := range []struct{ name, read, text, want string }{
		{"three types", "", "a,b,c\n1,0.5,x\n-2,1e-3,2024-05-01\n", "a:integer b:number c:text\n1|0.5|x\n-2|0.001|2024-05-01"},
		{"empty cells", "", "a,b,c\n,,\n1,.5,\"\"\n", "a:integer b:number c:integer\nNULL|NULL|NULL\n1|0.5|NULL"},
		{"zeros in front are codes", "", "a,b,c,d\n01,0,00,1\n2,-0,1,02.5\n", "a:text b:integer c:text d:text\n01|0|00|1\n2|0|1|02.5"},
		{"more digits than a number holds", "", "a,b\n123456789012345678,1234567890123456789\n1,2\n", "a:integer b:text\n123456789012345678|1234567890123456789\n1|2"},
		{"what DuckDB alone takes for a number", "", "a,b,c\n1_000,0x1F,1 2\n2,3,4\n", "a:text b:text c:text\n1_000|0x1F|1 2\n2|3|4"},
		{"ways of writing numbers", "", "a,b\n+5,1.\n 7 ,+.25\n  ,-1E+2\n", "a:integer b:number\n5|1.0\n7|0.25\nNULL|-100.0"},
		{"not finite", "", "a\nNaN\n-Inf\n1.5\n", "a:number\nnan\n-inf\n1.5"},
		{"truth is text", "", "a\ntrue\nfalse\n", "a:text\ntrue\nfalse"},
		{"declared missing", "missing: [NA, '-9']", "a,b\nNA,x\n-9,NA\n3,-9\n", "a:integer b:text\nNULL|x\nNULL|NULL\n3|NULL"},
		{"decimal comma", "{decimal: ',', delimiter: ;}", "a;b;c\n1,5;1.5;2\n2;2.5;3\n", "a:number b:text c:integer\n1.5|1.5|2\n2.0|2.5|3"},
		{"thousands", "{decimal: ',', thousands: '.', delimiter: ;}", "a;b;c\n1.234,5;1.000;1.2\n2;2;3\n", "a:number b:integer c:text\n1234.5|1000|1.2\n2.0|2|3"},
		{"bar within a cell", "", "a,b\n1|2,3\n4,5\n", "a:text b:integer\n1|2|3\n4|5"},
		{"names", "", "my age,\"say \"\"x\"\"\",rowid,Größe\n1,2,3,4\n", "my age:integer say \"x\":integer rowid:integer Größe:integer\n1|2|3|4"},
		{"the same name twice", "", "w,x,W\n1,2,3\n", "w (1):integer x:integer W (2):integer\n1|2|3"},
		{"no header", "header: 0", "1,x\n2,y\n", "column1:integer column2:text\n1|x\n2|y"},
		{"quoted line ends and encoding", "encoding: latin-1", "a,b\n\"caf\xe9\nbar\",1\n", "a:text b:integer\ncafé\nbar|1"},
		{"one column with an empty cell", "", "a\n1\n\n3\n", "a:integer\n1\nNULL\n3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newCity(t, map[string]string{"f.csv": test.text})
			m := c.openMicrodata(File{Path: "f.csv", Read: declaredRead(t, test.read)})
			equal(t, "columns and rows", m.summary(t), test.want)
		})
	}
}

// TestMicrodataLateCells has cells that do not fit the guess far below the rows
// it was made from; the rows stay in their order.
func TestMicrodataLateCells(t *testing.T) {
	const rows = 300_000
	var text strings.Builder
	text.WriteString("id,late text,late number,late code,late,never\n")
	for i := range rows {
		cells := []any{i, i, i, i, "", ""}
		switch i {
		case rows - 1:
			cells = []any{i, "x", 0.5, "007", "12", ""}
		case rows / 2:
			cells[2] = "2.5"
		}
		fmt.Fprintf(&text, "%v,%v,%v,%v,%v,%v\n", cells...)
	}
	c := newCity(t, map[string]string{"f.csv": text.String()})
	m := c.openMicrodata(File{Path: "f.csv"})
	equal(t, "columns", fmt.Sprint(m.Columns()), "[{id integer} {late text text} {late number number} {late code text} {late integer} {never integer}]")
	equal(t, "last row", ask(t, m, fmt.Sprintf("SELECT * FROM microdata WHERE id = %d", rows-1)), "299999|x|0.5|007|12|NULL")
	b := read(t, m, []string{"id", `"late number"`}, []string{`"late code"`})
	if b.Rows != rows || m.Count() != rows {
		t.Fatalf("%d and %d rows", b.Rows, m.Count())
	}
	codes := m.Texts(`"late code"`)
	for i, id := range b.Numbers[0] {
		if id != float64(i) || i < rows-1 && codes[b.Texts[0][i]] != fmt.Sprint(i) {
			t.Fatalf("row %d: id %v, code %s", i, id, codes[b.Texts[0][i]])
		}
	}
	equal(t, "late numbers", fmt.Sprint(b.Numbers[1][rows/2-1:rows/2+1], b.Numbers[1][rows-1]), "[149999 2.5] 0.5")
}

func TestMicrodataOfOtherFormats(t *testing.T) {
	c := newCity(t, map[string]string{"f.json": `[{"a": 1, "b": "x", "c": 2.5}, {"a": 2, "b": "01", "c": null}]`, "f.tsv": "a\tb\tc\n1\tx\t2.5\n2\t01\t\n"})
	f := excelize.NewFile()
	for i, row := range [][]any{{"a", "b", "c"}, {1, "x", 2.5}, {2, "01"}} {
		must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	must(t, f.SaveAs(filepath.Join(c.dir, "f.xlsx")))
	for _, name := range []string{"f.json", "f.tsv", "f.xlsx"} {
		equal(t, name, c.openMicrodata(File{Path: name}).summary(t), "a:integer b:text c:number\n1|x|2.5\n2|01|NULL")
	}
}

// TestMicrodataOfParquet keeps the declared types, and takes texts for numbers
// nowhere.
func TestMicrodataOfParquet(t *testing.T) {
	c := newCity(t, nil)
	db, err := openScratch(context.Background())
	must(t, err)
	_, err = db.Exec("COPY (SELECT * FROM (VALUES (1, '1', 2.5, 1.25::DECIMAL(9,2), true, DATE '2024-05-01', 'u'::ENUM('u', 'v')), (-9, '', NULL, -9, false, NULL, 'v')) AS t(i, code, x, d, b, day, e)) TO " +
		analysis.Literal(filepath.Join(c.dir, "f.parquet")))
	must(t, errors.Join(err, db.Close()))
	m := c.openMicrodata(File{Path: "f.parquet", Read: declaredRead(t, "missing: ['-9']")})
	b := read(t, m, []string{"i", "x", "d", "b"}, []string{"code", "day", "e"})
	equal(t, "types", fmt.Sprint(m.Columns()), "[{i integer} {code text} {x number} {d number} {b boolean} {day date} {e text}]")
	equal(t, "rows", fmt.Sprint(b.Numbers, b.Texts, m.Texts("code"), m.Texts("day"), m.Texts("e")),
		"[[1 NaN] [2.5 NaN] [1.25 NaN] [1 0]] [[0 -1] [0 -1] [0 1]] [1] [2024-05-01] [u v]")
}

// TestMicrodataBeside reads replicate weights from files of their own.
func TestMicrodataBeside(t *testing.T) {
	var main, first, second strings.Builder
	main.WriteString("id,y\n")
	first.WriteString("r1,r2\n")
	second.WriteString("r3\n")
	const rows = 250_000
	for i := range rows {
		fmt.Fprintf(&main, "%d,x%d\n", i, i%3)
		fmt.Fprintf(&first, "%d.5,%d\n", i, 2*i)
		fmt.Fprintf(&second, "%d\n", 3*i)
	}
	c := newCity(t, map[string]string{"f.csv": main.String(), "r.csv": first.String(), "s.csv": second.String()})
	m := c.openMicrodata(File{Path: "f.csv", Beside: []string{"r.csv", "s.csv"}})
	equal(t, "columns", fmt.Sprint(m.Columns()), "[{id integer} {y text} {r1 number} {r2 integer} {r3 integer}]")
	b := read(t, m, []string{"id", "r1", "r2 + r3"}, []string{"y"})
	for i := range b.Rows {
		if x := float64(i); b.Numbers[0][i] != x || b.Numbers[1][i] != x+.5 || b.Numbers[2][i] != 5*x {
			t.Fatalf("row %d: %v %v %v", i, b.Numbers[0][i], b.Numbers[1][i], b.Numbers[2][i])
		}
	}
	if b = read(t, m, []string{"r3"}, nil); b.Rows != rows {
		t.Errorf("%d rows of the last file alone", b.Rows)
	}
}

func TestMicrodataProblems(t *testing.T) {
	c := newCity(t, map[string]string{
		"empty.csv": "", "header.csv": "a,b\n", "f.csv": "a,b\n1,x\n2,y\n", "three.csv": "r\n1\n2\n3\n", "same.csv": "A\n1\n2\n",
		"broken.csv": "a,b\n1,x\n2\n3,y,z\n4,\"open\n5,w\n", "latin.csv": "a,b\n1,caf\xe9\n", "many.csv": "a,b\n" + strings.Repeat("1\n", 40),
		"empty.json": "[]", "bad.json": "[{\"a\": 1}, 5]", "no.xlsx": "PK", "no.parquet": "PAR", "data.sav": "x", "folder/x.csv": "a\n1\n",
	})
	for _, test := range []struct {
		path   string
		read   string
		beside []string
		want   string
	}{
		{path: "head.csv", want: "head.csv: there is no such file (did you mean \"header.csv\"?)"},
		{path: "folder", want: "folder: is no file (name the file that holds the rows)"},
		{path: "empty.csv", want: "empty.csv: the file ends before its header in line 1 (it may be empty, or read: {header: …} names the wrong line)"},
		{path: "header.csv", want: "header.csv: the file has no rows (there should be one for each unit of the sample)"},
		{path: "empty.json", want: "empty.json: the file has no rows (there should be one for each unit of the sample)"},
		{path: "bad.json", want: "bad.json:1: holds a number where an object with the columns of a row should be (it should look like [{\"period\": \"2024\", \"amount\": 12.5}, …], or have one object a line)"},
		{path: "no.xlsx", want: "no.xlsx: this is no .xlsx workbook (it may be an old .xls under a new name, or have a password: open it and save it as .xlsx without one)"},
		{path: "no.parquet", want: "no.parquet: cannot be read as Parquet: Invalid Input Error: File 'DIR/no.parquet' too small to be a Parquet file"},
		{path: "data.sav", want: "data.sav: no format is known for files ending in \".sav\" (export it as CSV from the statistics program, values rather than labels where codes are needed)"},
		{path: "latin.csv", want: "latin.csv:2: the text is not valid utf-8 (it fits windows-1252: set read: {encoding: windows-1252})"},
		{path: "f.csv", read: "encoding: utf-9", want: "read.yaml:1:11: unknown encoding \"utf-9\" (did you mean \"utf-8\"?)"},
		{path: "broken.csv", want: "broken.csv:3: the row has 1 cells, the header 2 (mend the row: without it the estimates would be of another sample)\n" +
			"broken.csv:4: the row has 3 cells, the header 2 (mend the row: without it the estimates would be of another sample)\n" +
			"broken.csv:5: a quote is opened and not closed (mend the row: without it the estimates would be of another sample)"},
		{path: "f.csv", beside: []string{"three.csv"}, want: "three.csv: has 3 rows, f.csv has 2 (both need one row for each unit, in the same order)"},
		{path: "f.csv", beside: []string{"same.csv"}, want: "same.csv: has a column \"A\", as has f.csv (leave it out of one of the files, or give it another name there)"},
		{path: "f.csv", beside: []string{"folder/y.csv", "empty.csv"}, want: "empty.csv: the file ends before its header in line 1 (it may be empty, or read: {header: …} names the wrong line)\n" +
			"folder/y.csv: there is no such file (did you mean \"x.csv\"?)"},
	} {
		_, err := c.tryMicrodata(File{Path: test.path, Read: declaredRead(t, test.read), Beside: test.beside})
		got := strings.ReplaceAll(fmt.Sprint(err), c.dir+"/", "")
		equal(t, test.path, got, strings.ReplaceAll(test.want, "DIR/", ""))
	}
	_, err := c.tryMicrodata(File{Path: "many.csv"})
	lines := strings.Split(fmt.Sprint(err), "\n")
	if len(lines) != brokenShown || !strings.HasSuffix(lines[len(lines)-1], "(and 30 more rows; the delimiter or quote may be another)") {
		t.Error(err)
	}
	m := c.openMicrodata(File{Path: "f.csv"})
	_, err = m.Types(context.Background(), []string{"c", "aa"})
	equal(t, "columns", strings.ReplaceAll(fmt.Sprint(err), c.dir+"/", ""), "no column \"aa\" in f.csv (did you mean \"a\"?)\nno column \"c\" in f.csv (its columns: a, b)")
	c.write("twice.csv", "w,x,W\n1,2,3\n")
	_, err = c.openMicrodata(File{Path: "twice.csv"}).Types(context.Background(), []string{"w"})
	equal(t, "repeated", strings.ReplaceAll(fmt.Sprint(err), c.dir+"/", ""), "twice.csv has 2 columns \"w\" (say which: \"w (1)\" is column 1, \"w (2)\" column 3)")
}

// TestMicrodataIsClosed checks that queries reach nothing but the rows, and that
// nothing is left in the temporary folder.
func TestMicrodataIsClosed(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := newCity(t, map[string]string{"f.csv": "a,b\r\n1,x\n", "bad.csv": "a,b\r\n1\n2,x\n"})
	m, err := c.tryMicrodata(File{Path: "f.csv"})
	must(t, err)
	ctx := context.Background()
	for _, text := range []string{"SELECT * FROM read_csv(" + analysis.Literal(filepath.Join(c.dir, "f.csv")) + ")", "SET enable_external_access = true", "SET threads = 4", "ATTACH '/tmp/x.duckdb'", "INSTALL httpfs"} {
		rows, err := m.QueryContext(ctx, text)
		if err == nil {
			t.Errorf("%s was allowed", text)
			must(t, rows.Close())
		}
	}
	must(t, m.Close())
	if _, err := c.tryMicrodata(File{Path: "bad.csv"}); err == nil {
		t.Error("a row was lost")
	}
	entries, err := os.ReadDir(os.TempDir())
	must(t, err)
	if len(entries) > 0 {
		t.Errorf("left over: %v", entries)
	}
}

// childMicrodata opens big.csv and reads all its columns.
func childMicrodata(dir string) error {
	ctx := context.Background()
	m, err := OpenFile(ctx, File{Path: filepath.Join(dir, "big.csv")}, suite)
	if err != nil {
		return err
	}
	var numbers, texts []string
	for _, c := range m.Columns() {
		if c.Type == "text" {
			texts = append(texts, c.Name)
		} else {
			numbers = append(numbers, c.Name)
		}
	}
	start := time.Now()
	err = m.Stream(ctx, numbers, texts, func(int, analysis.Batch) error { return nil })
	fmt.Printf("read in %.3f s\n", time.Since(start).Seconds())
	return errors.Join(err, m.Close())
}

// TestMicrodataOfManyColumns goes through a database on disk with small row
// groups.
func TestMicrodataOfManyColumns(t *testing.T) {
	const rows, columns = 2500, 2000
	var text strings.Builder
	for k := range columns {
		fmt.Fprintf(&text, "r%d,", k)
	}
	text.WriteString("id\n")
	for i := range rows {
		for k := range columns {
			fmt.Fprintf(&text, "%d,", (i*k)%97)
		}
		fmt.Fprintf(&text, "%d\n", i)
	}
	c := newCity(t, map[string]string{"f.csv": text.String()})
	m := c.openMicrodata(File{Path: "f.csv"})
	var numbers []string
	for k := range columns {
		numbers = append(numbers, fmt.Sprintf("r%d", k))
	}
	b := read(t, m, numbers, nil)
	for k := range columns {
		for i, got := range b.Numbers[k] {
			if got != float64((i*k)%97) {
				t.Fatalf("row %d: r%d is %v", i, k, got)
			}
		}
	}
	if b.Rows != rows {
		t.Errorf("%d rows", b.Rows)
	}
}
