package reports

import (
	"bytes"
	"encoding/csv"
	"testing"

	"pediment/analysis"
)

func TestInert(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+x": "'+x", "-1": "'-1", "@cmd": "'@cmd", "\tx": "'\tx", "\rx": "'\rx",
		"a=1": "a=1", "": "", " =1": " =1", "−1": "−1",
	} {
		if got := inert(text); got != want {
			t.Errorf("inert(%q) = %q, want %q", text, got, want)
		}
	}
}

// Numbers keep full precision and are never taken for formulas.
func TestCSVCell(t *testing.T) {
	for _, c := range []struct {
		cell any
		want string
	}{
		{-2.5, "-2.5"}, {0.30000000000000004, "0.30000000000000004"}, {int64(-3), "-3"}, {true, "true"}, {nil, ""}, {1e6, "1000000"},
	} {
		if got := csvCell(c.cell); got != c.want {
			t.Errorf("csvCell(%v) = %q, want %q", c.cell, got, c.want)
		}
	}
}

// One table comes out, the values where there are any, whatever else is there.
func TestCSVIsOneTable(t *testing.T) {
	r := &Report{}
	r.Tables = []analysis.Table{
		{Name: "areas", Columns: textColumns("a"), Rows: [][]any{{"1"}}},
		{Name: "values", Columns: textColumns("b", "c"), Rows: [][]any{{"2", "3"}}},
	}
	rows, err := csv.NewReader(bytes.NewReader(print(t, CSV, r))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0][0] != "b" || rows[1][1] != "3" {
		t.Errorf("got %v", rows)
	}
	r.Tables = r.Tables[:1]
	if got := string(print(t, CSV, r)); got != "a\n1\n" {
		t.Errorf("without a table of values got %q, want the first table", got)
	}
	if got := print(t, CSV, &Report{}); len(got) != 0 {
		t.Errorf("no table gave %q", got)
	}
}
