package reports

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
)

// noParquet writes what table it was given instead of Parquet.
func noParquet(_ context.Context, t analysis.Table, w io.Writer) error {
	_, err := io.WriteString(w, "PAR1 "+t.Name)
	return err
}

// packaged is a data package read back: its files and its descriptor.
func packaged(t *testing.T, r *Report) (map[string][]byte, descriptor) {
	t.Helper()
	files := parts(t, print(t, Package(noParquet), r))
	var d descriptor
	decoder := json.NewDecoder(bytes.NewReader(files["datapackage.json"]))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		t.Fatal(err)
	}
	return files, d
}

// The descriptor describes every file, with its size, hash and columns.
func TestPackageDescribesItsFiles(t *testing.T) {
	for name, r := range map[string]*Report{"example": exampleReport(), "hostile": hostileReport()} {
		files, d := packaged(t, r)
		described := map[string]bool{"README.txt": true, "datapackage.json": true}
		for _, one := range d.Resources {
			data, there := files[one.Path]
			if !there || len(data) != one.Bytes || sha(data) != one.Hash {
				t.Errorf("%s: %s is not as described", name, one.Path)
			}
			if described[one.Path] = true; strings.Trim(one.Name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
				t.Errorf("%s: a resource is called %q", name, one.Name)
			}
			if one.Schema == nil {
				continue
			}
			rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var fields []string
			for _, f := range one.Schema.Fields {
				fields = append(fields, inert(f.Name))
			}
			if !slices.Equal(rows[0], fields) {
				t.Errorf("%s: %s has the columns %q, described are %q", name, one.Path, rows[0], fields)
			}
		}
		for path := range files {
			if !described[path] {
				t.Errorf("%s: %s is not described", name, path)
			}
		}
	}
}

func TestPackageLicence(t *testing.T) {
	r := exampleReport()
	if _, d := packaged(t, r); len(d.Licenses) != 0 {
		t.Errorf("licences %v, none is declared", d.Licenses)
	}
	r.Licence = "CC-BY-4.0"
	files, d := packaged(t, r)
	if len(d.Licenses) != 1 || d.Licenses[0].Name != "CC-BY-4.0" || !bytes.Contains(files["README.txt"], []byte("Licence: CC-BY-4.0")) {
		t.Errorf("licences %v", d.Licenses)
	}
}

func TestPackageIsReproducible(t *testing.T) {
	if !bytes.Equal(print(t, Package(noParquet), exampleReport()), print(t, Package(noParquet), exampleReport())) {
		t.Error("two packages of one report differ")
	}
}

func TestObservationStatus(t *testing.T) {
	for _, c := range []struct{ state, flags, want string }{
		{"", "", "A"}, {"", "break in series in 2024", "B"}, {"", "use with caution: n 34", "U"}, {"partial", "", "P"},
		{"carried forward", "", "E"}, {"unreliable", "", "U"}, {"confidential", "fewer than 10", "C"}, {"missing", "", "M"}, {"refused", "", "M"},
	} {
		if got := observationStatus(c.state, c.flags); got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.state, c.flags, got, c.want)
		}
	}
}

// Names that differ only in case, or not at all, become different ones; a column
// whose cells are not of its type is text.
func TestTidyTable(t *testing.T) {
	table := analysis.Table{Name: "Odd / Table", Columns: analysis.Columns("n:number", "N:integer", "n:boolean", ""), Rows: [][]any{{1.5, int64(2), "yes", nil}}}
	got := tidyTable(table)
	want := []analysis.Column{{Name: "n", Type: "number"}, {Name: "N_2", Type: "integer"}, {Name: "n_3", Type: "text"}, {Name: "", Type: "text"}}
	if !slices.Equal(got.Columns, want) {
		t.Errorf("columns %v, want %v", got.Columns, want)
	}
	if name := resourceName(table.Name); name != "odd---table" {
		t.Errorf("called %q", name)
	}
}

// Columns that tables share are explained, and years by themselves.
func TestColumnMeanings(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range columnMeanings {
		if seen[m[0]] || m[1] == "" {
			t.Errorf("%q is explained twice or not at all", m[0])
		}
		seen[m[0]] = true
	}
	for _, name := range []string{"option", "measure", "share", "status", "per_resident", "npv", "2025"} {
		if columnMeaning(name) == "" {
			t.Errorf("nothing says what %s is", name)
		}
	}
	files, _ := packaged(t, exampleReport())
	if bytes.Contains(files["datapackage.json"], []byte(`"created"`)) {
		t.Error("a day of creation is invented")
	}
	if got := columnMeaning("2021"); got != "The figure of 2021" {
		t.Errorf("a year is %q", got)
	}
}
