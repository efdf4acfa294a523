package reports

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// print renders the report in the format.
func print(t *testing.T, f *Format, r *Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out, r); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return out.Bytes()
}

// golden compares output with a file under testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from its golden file (run with -update to accept):\n%s", name, got)
	}
}

// plainReport is a plain result: one table, two warnings.
func plainReport() *Report {
	r := &Report{}
	r.Title = "Values"
	r.Tables = hostileReport().Tables[:1]
	r.Warn("2.1.3.1", "the question was moved")
	r.Warn("", "two rounds are merged \x1b[31m")
	return r
}

func TestTextGolden(t *testing.T) {
	golden(t, "plain.txt", print(t, Text, plainReport()))
	golden(t, "several.txt", print(t, Text, hostileReport()))
}

func TestCSVGolden(t *testing.T) { golden(t, "plain.csv", print(t, CSV, plainReport())) }

func TestJSONGolden(t *testing.T) { golden(t, "plain.json", print(t, JSON, plainReport())) }

// Every format must take every report, and print it the same every time.
func TestEveryFormatIsReproducible(t *testing.T) {
	for name, r := range map[string]*Report{"empty": {}, "plain": plainReport(), "example": exampleReport(), "hostile": hostileReport(), "areas without indicators": {Areas: []Area{{Code: "1.1", Name: "x", Position: "step"}}}} {
		for _, f := range []*Format{Text, JSON, CSV, XLSX, HTML} {
			if first, second := print(t, f, r), print(t, f, r); !bytes.Equal(first, second) {
				t.Errorf("%s report as %s: two runs differ", name, f.Name)
			}
		}
	}
}
