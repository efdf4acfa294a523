package reports

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// The rows that break a rule are a sheet of their own, which the cover links to;
// without any there is none.
func TestFailingRowsAreASheet(t *testing.T) {
	sheets := func(r *Report) (*excelize.File, bool) {
		var out bytes.Buffer
		if err := XLSX.Write(&out, r); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		return f, slices.Contains(f.GetSheetList(), "Failing rows")
	}
	r := hostileReport()
	f, there := sheets(r)
	if !there {
		t.Fatal("no sheet of failing rows")
	}
	if cell, _ := f.GetCellValue("Failing rows", "B2"); cell != "A1" {
		t.Errorf("the first row's cell is %q", cell)
	}
	r.Failing = analysis.Table{}
	if _, there := sheets(r); there {
		t.Error("a sheet of failing rows without any")
	}
}
