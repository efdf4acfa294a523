package ingest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/unicode"
)

// spaces is a declaration of a dataset that takes almost anything.
const spacesDeclared = `
spaces:
  kind: space
  files: data/*
  read: {READ}
  columns:
    place: {from: a}
    type: {from: b}
`

func declareSpaces(read string) string { return strings.Replace(spacesDeclared, "READ", read, 1) }

// TestCSVShapes loads texts of every shape the column a and b can come in; the
// wanted text is the rows a|b, or the problem.
func TestCSVShapes(t *testing.T) {
	for _, test := range []struct{ name, read, text, want string }{
		{"one row", "", "a,b\n1,x\n", "1|x"},
		{"no line end at the end", "", "a,b\n1,x\n2,y", "1|x\n2|y"},
		{"CRLF", "", "a,b\r\n1,x\r\n2,y\r\n", "1|x\n2|y"},
		{"CR alone", "", "a,b\r1,x\r2,y\r", "1|x\n2|y"},
		{"mixed line ends", "", "a,b\n1,x\r\n2,y\n3,\"p\r\nq\"\r\n", "1|x\n2|y\n3|p\r\nq"},
		{"byte order mark", "", "\ufeffa,b\n1,x\n", "1|x"},
		{"byte order mark, no header", "header: 0", "\ufeff1,x\n", ""},
		{"blank lines", "", "a,b\n\n1,x\n\n\n2,y\n\n", "1|x\n2|y"},
		{"rows of empty cells", "", "a,b\n1,x\n,\n,\n", "1|x"},
		{"header with a line end", "", "\"a\",b,\"two\nlines\"\n1,x,3\n", "1|x"},
		{"header in the third line", "header: 3", "Places of learning\n\na,b\n1,x\n", "1|x"},
		{"title that spans lines", "header: 4", "\"Places\nof learning\",\n\na,b\n1,x\n", "1|x"},
		{"quoted cells", "", "a,b\n1,\"x, \"\"y\"\"\nz\"\n", "1|x, \"y\"\nz"},
		{"single quotes", "quote: \"'\"", "a,b\n1,'x, y'\n", "1|x, y"},
		{"quotes that mean nothing", "quote: none", "a,b\n1,\"x\n2,y\"\n", "1|\"x\n2|y\""},
		{"quote inside a cell", "", "a,b\n1,5\" pipe\n2,y\n", "1|5\" pipe\n2|y"},
		{"tabs", `delimiter: "\t"`, "a\tb\n1\tx\n", "1|x"},
		{"other scripts", "", "a,b\nمكتبة,도서관\n", "مكتبة|도서관"},
		{"empty and missing", `missing: ["-", "99"]`, "a,b\n1,\"\"\n99,-\n5,99\n", "1|NULL\n5|NULL\nNULL|NULL"},
		{"surplus spaces stay in texts", "", "a,b\n 1 , x\n", " 1 | x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newCity(t, map[string]string{"data/f.csv": test.text})
			if test.want == "" {
				problems := c.loadProblems(declareSpaces(test.read))
				if !strings.Contains(problems, `no column "a" in data/f.csv (its columns: column1, column2, filename)`) {
					t.Error(problems)
				}
				return
			}
			loads := c.load(declareSpaces(test.read))
			equal(t, "rows", c.rows(`SELECT place, type FROM spaces ORDER BY 1`), test.want)
			equal(t, "rejects", loads.rejects(), "")
		})
	}
}

func TestCSVColumnsWithoutHeader(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "\ufeff1,x\n2,y\n"})
	c.load(strings.NewReplacer("READ", "header: 0", "from: a", "from: column1", "from: b", "from: column2").Replace(spacesDeclared))
	equal(t, "rows", c.rows(`SELECT place, type FROM spaces ORDER BY 1`), "1|x\n2|y")
}

// TestCSVBrokenRows checks that rows whose cells or quotes do not fit are
// rejects, with the line a person finds them in, and that no other row is lost.
func TestCSVBrokenRows(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "a,b\n" +
		"1,x\n" +
		"2\n" + // 3
		"3,y,z\n" + // 4
		"4,\"two\nlines\"\n" + // 5, 6
		"\n" +
		"5,\"bad\"x\n" + // 8
		"6,\"open\n" + // 9
		"7,w\n" + // 10
		"8,v\n"})
	loads := c.load(declareSpaces(""))
	equal(t, "rows", c.rows(`SELECT place, type FROM spaces ORDER BY 1`), "1|x\n4|two\nlines\n7|w\n8|v")
	equal(t, "loads", loads.summary(), "spaces data/f.csv rows=4 rejected=4 excluded=0 loaded")
	equal(t, "rejects", loads.rejects(), `
data/f.csv:3: the row has 1 cells, the header 2
data/f.csv:4: the row has 3 cells, the header 2
data/f.csv:8: a quote is opened and not closed
data/f.csv:9: a quote is opened and not closed`)
}

// TestCSVStrayQuoteInLongFile checks that a quote left open costs one row of many.
func TestCSVStrayQuoteInLongFile(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n")
	for i := range 300_000 {
		if i == 1000 {
			b.WriteString("stray,\"open\n")
			continue
		}
		fmt.Fprintf(&b, "%d,row\n", i)
	}
	c := newCity(t, map[string]string{"data/f.csv": b.String()})
	loads := c.load(declareSpaces(""))
	equal(t, "loads", loads.summary(), "spaces data/f.csv rows=299999 rejected=1 excluded=0 loaded")
	equal(t, "rejects", loads.rejects(), "data/f.csv:1002: a quote is opened and not closed")
}

// TestCSVLineEndsInCells loads a file in which every line inside a quoted cell
// looks like a row. Read in parallel, DuckDB takes some of them for rows.
func TestCSVLineEndsInCells(t *testing.T) {
	const rows = 600_000
	var b strings.Builder
	b.WriteString("a,b\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,\"line one\nline two, %d\nx,y\"\n", i, i)
	}
	c := newCity(t, map[string]string{"data/f.csv": b.String()})
	c.load(declareSpaces(""))
	// The sum of 0 … n-1 is n(n-1)/2.
	equal(t, "rows", c.rows("SELECT count(*), sum(CAST(place AS BIGINT)), count(DISTINCT split_part(type, ',', 1)) FROM spaces"),
		fmt.Sprintf("%d|%d|1", rows, rows*(rows-1)/2))
}

func TestCSVEncodings(t *testing.T) {
	const text = "a,b\nÁvila,ñandú\n"
	encode := func(name string) string {
		var out string
		var err error
		switch name {
		case "utf-16":
			out, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
		case "utf-16be":
			out, err = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(text)
		case "windows-1252":
			out, err = charmap.Windows1252.NewEncoder().String(strings.Replace(text, "ñandú", "ñandú “€”", 1))
		case "latin-1":
			out, err = charmap.ISO8859_1.NewEncoder().String(text)
		default:
			out = text
		}
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, want := range map[string]string{
		"utf-8": "Ávila|ñandú", "utf-16": "Ávila|ñandú", "utf-16be": "Ávila|ñandú", "latin-1": "Ávila|ñandú", "windows-1252": "Ávila|ñandú “€”",
	} {
		c := newCity(t, map[string]string{"data/f.csv": encode(name)})
		c.load(declareSpaces("encoding: " + name))
		equal(t, name, c.rows("SELECT place, type FROM spaces"), want)
	}
	for _, test := range []struct{ declared, written, want string }{
		{"utf-8", "windows-1252", "data/f.csv:2: the text is not valid utf-8 (it fits windows-1252: set read: {encoding: windows-1252})"},
		{"utf-8", "utf-16", "data/f.csv:1: the text is not valid utf-8 (it fits utf-16: set read: {encoding: utf-16})"},
		{"windows-1252", "utf-8", "data/f.csv:2: the file is declared windows-1252 but its text is UTF-8 (set read: {encoding: utf-8}, which is the default)"},
		{"utf-16", "utf-8", "data/f.csv:1: the text is not valid utf-16 (it fits utf-8: set read: {encoding: utf-8})"},
	} {
		c := newCity(t, map[string]string{"data/f.csv": encode(test.written)})
		equal(t, test.written+" as "+test.declared, c.loadProblems(declareSpaces("encoding: "+test.declared)), test.want)
	}
}

// TestCSVKorean reads a text as Korean spreadsheets save it, and says what it is
// when it is not declared.
func TestCSVKorean(t *testing.T) {
	encoded, err := korean.EUCKR.NewEncoder().String("a,b\n도서관,종로구\n")
	must(t, err)
	c := newCity(t, map[string]string{"data/f.csv": encoded})
	equal(t, "not declared", c.loadProblems(declareSpaces("")), "data/f.csv:2: the text is not valid utf-8 (it fits euc-kr: set read: {encoding: euc-kr})")
	c.load(declareSpaces("encoding: cp949"))
	equal(t, "rows", c.rows("SELECT place, type FROM spaces"), "도서관|종로구")
}

func TestCSVProblems(t *testing.T) {
	for _, test := range []struct{ name, read, text, want string }{
		{"empty file", "", "", "data/f.csv: the file ends before its header in line 1 (it may be empty, or read: {header: …} names the wrong line)"},
		{"header beyond the end", "header: 9", "a,b\n1,2\n", "data/f.csv: the file ends before its header in line 9 (it may be empty, or read: {header: …} names the wrong line)"},
		{"header in a cell", "header: 2", "\"x\ny\",z\na,b\n", `pediment.yaml:5:18: line 2 of data/f.csv is inside a quoted cell that begins in line 1`},
		{"delimiter", `delimiter: "::"`, "a,b\n1,2\n", `pediment.yaml:5:22: delimiter "::" is not one plain character (for example "," or ";" or "\t")`},
		{"encoding", `encoding: utf-9`, "a,b\n1,2\n", `pediment.yaml:5:20: unknown encoding "utf-9" (did you mean "utf-8"?)`},
		{"header text", `header: two`, "a,b\n1,2\n", `pediment.yaml:5:18: header "two" is not a line number (write 1, or 3-4 for names in two lines, or 0 for none)`},
		{"repeated header", "", "a,b,A\n1,2,3\n", `pediment.yaml:7:19: data/f.csv has 2 columns "a" (say which: "a (1)" is column 1, "a (2)" column 3)`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newCity(t, map[string]string{"data/f.csv": test.text})
			equal(t, "load", c.loadProblems(declareSpaces(test.read)), test.want)
			equal(t, "check", c.check(declareSpaces(test.read)), test.want)
		})
	}
}

func TestCSVHeaderOnly(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "a,b\n"})
	equal(t, "loads", c.load(declareSpaces("")).summary(), "spaces data/f.csv rows=0 rejected=0 excluded=0 loaded")
}

func TestCSVWide(t *testing.T) {
	names, cells := make([]string, 500), make([]string, 500)
	for i := range names {
		names[i], cells[i] = fmt.Sprintf("q%d", i+1), fmt.Sprint(i)
	}
	c := newCity(t, map[string]string{"data/f.csv": strings.Join(names, ",") + "\n" + strings.Join(cells, ",") + "\n"})
	c.load(strings.NewReplacer("READ", "", "from: a", "from: q7", "from: b", "from: q500").Replace(spacesDeclared))
	equal(t, "rows", c.rows("SELECT place, type FROM spaces"), "6|499")
}

// TestCSVHeaderInTwoLines joins the names of two lines.
func TestCSVHeaderInTwoLines(t *testing.T) {
	c := newCity(t, map[string]string{"data/f.csv": "Place,Learners,Learners\n,women,men\nNorth,3,4\n"})
	c.load(strings.NewReplacer("READ", "header: 1-2", "from: a", "from: Place", "from: b", "from: Learners / men").Replace(spacesDeclared))
	equal(t, "rows", c.rows("SELECT place, type FROM spaces"), "North|4")
}

// TestRecordReaderAgreesWithDuckDB writes random texts and compares our records,
// which tell lines, with the rows DuckDB reads.
func TestRecordReaderAgreesWithDuckDB(t *testing.T) {
	ctx := context.Background()
	db, err := openScratch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	random := rand.New(rand.NewPCG(1, 2))
	cells := []string{"x", "", `"q"`, `"a,b"`, "\"two\nlines\"", `"say ""hi"""`, `5" wide`, "é", "\"\n\n\""}
	for i := range 60 {
		var b strings.Builder
		b.WriteString("a,b\n")
		for range 1 + random.IntN(12) {
			b.WriteString(cells[random.IntN(len(cells))] + "," + cells[random.IntN(len(cells))] + "\n")
			b.WriteString(strings.Repeat("\n", random.IntN(8)/7))
		}
		path := filepath.Join(t.TempDir(), "f.csv")
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		f := &csvFile{source: &source{path: path}, dialect: dialect{delim: ',', quote: '"'}, header: header{names: []string{"a", "b"}, skip: 1}, path: path, multiline: true}
		var ours []string
		n := 0
		if err := f.eachRecord(func(rec record) error {
			if n++; n > 1 && !rec.blank() {
				row := f.dialect.fields(rec.text)
				ours = append(ours, row[0]+"|"+row[1])
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		theirs := ask(t, db, "SELECT coalesce(a, ''), coalesce(b, '') FROM "+f.scan("ignore_errors=true"))
		if strings.Join(ours, "\n") != theirs {
			t.Fatalf("text %d:\n%s\nours:\n%s\nDuckDB's:\n%s", i, b.String(), strings.Join(ours, "\n"), theirs)
		}
	}
}

func TestDetectEncoding(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	for text, want := range map[string]string{"plain": "utf-8", "é": "utf-8", "\xe9t\xe9": "windows-1252", "\xff\xfea\x00": "utf-16", "a\x00b\x00c\x00d\x00": "utf-16le"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := detectEncoding(path)
		if err != nil || got != want {
			t.Errorf("%q: got %s, %v, want %s", text, got, err, want)
		}
	}
}
