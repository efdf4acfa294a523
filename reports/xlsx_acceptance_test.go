//go:build acceptance

package reports

import (
	"bytes"
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"archive/zip"

	"github.com/xuri/excelize/v2"
)

// office converts a file with LibreOffice and returns the result.
func office(t *testing.T, format, path string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out := filepath.Join(t.TempDir(), "out")
	command := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", format, "--outdir", out, path)
	if message, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, message)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+"."+format)
}

// withoutCache rewrites the workbook with every formula's cached number taken
// out, so that what is read later has been computed from the formulas.
func withoutCache(t *testing.T, book []byte) []byte {
	t.Helper()
	cached := regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for name, data := range parts(t, book) {
		w, err := to.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(cached.ReplaceAll(data, []byte("$1"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// LibreOffice computes from the formulas what the engine computed, to 1e-9
// relative, and finds an error in no cell.
func TestWorkbookRecalculates(t *testing.T) {
	for name, r := range map[string]*Report{"example": exampleReport(), "hostile": hostileReport()} {
		book := print(t, XLSX, r)
		path := file(t, name+".xlsx", withoutCache(t, book))
		theirs, err := excelize.OpenFile(office(t, "xlsx", path))
		if err != nil {
			t.Fatal(err)
		}
		ours := openBook(t, r)
		compared := 0
		for _, sheet := range ours.GetSheetList() {
			rows, err := ours.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for row, cells := range rows {
				for column, want := range cells {
					cell := cellName(column+1, row+1)
					got := raw(t, theirs, sheet, cell)
					if formulaOf(t, ours, sheet, cell) == "" {
						continue
					}
					compared++
					x, _ := strconv.ParseFloat(want, 64)
					y, err := strconv.ParseFloat(got, 64)
					if err != nil || math.Abs(x-y) > 1e-9*math.Abs(x) {
						t.Errorf("%s: %s!%s recalculates to %q, the engine has %v", name, sheet, cell, got, x)
					}
				}
			}
		}
		t.Logf("%s: %d formulas agree", name, compared)
		if compared == 0 {
			t.Errorf("%s: no formula was compared", name)
		}
	}
}

// The workbook opens and prints.
func TestWorkbookPrints(t *testing.T) {
	pdf, err := os.ReadFile(office(t, "pdf", file(t, "report.xlsx", print(t, XLSX, hostileReport()))))
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("no PDF: %v", err)
	}
}

func formulaOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	text, err := f.GetCellFormula(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
