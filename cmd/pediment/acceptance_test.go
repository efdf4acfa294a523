//go:build acceptance

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The example city's workbook, with every cached formula result taken out,
// recalculates in LibreOffice to what the engine computed, to 1e-9 relative; its
// page draws in Chromium and prints on A4.
func TestExampleReportOpens(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, args := range [][]string{{"init", "city", "--example"}, {"-C", "city", "report"}} {
		var out, errOut bytes.Buffer
		if code := run(t.Context(), args, nil, &out, &errOut); code != exitDone {
			t.Fatalf("%v: exit %d\n%s", args, code, &errOut)
		}
	}
	recalculates(t, "city/reports/riverbend-2025-public.xlsx")
	page := filepath.Join(dir, "city/reports/riverbend-2025-public.html")
	dom := program(t, "chromium", append(headless(t), "--virtual-time-budget=5000", "--dump-dom", "file://"+page)...)
	if !bytes.Contains(dom, []byte("</svg>")) || !bytes.Contains(dom, []byte("Riverbend")) {
		t.Error("the page did not draw")
	}
	program(t, "chromium", append(headless(t), "--no-pdf-header-footer", "--print-to-pdf="+dir+"/page.pdf", "file://"+page)...)
	if info := program(t, "pdfinfo", dir+"/page.pdf"); !regexp.MustCompile(`Page size: +59[45]\.?\d* x 84[12]`).Match(info) {
		t.Errorf("not A4: %s", info)
	}
}

func recalculates(t *testing.T, path string) {
	t.Helper()
	ours, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	withoutResults(t, path, "bare.xlsx")
	program(t, "soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", "out", "bare.xlsx")
	theirs, err := excelize.OpenFile("out/bare.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, sheet := range ours.GetSheetList() {
		rows, err := ours.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for y, cells := range rows {
			for x, want := range cells {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, _ := ours.GetCellFormula(sheet, cell); formula == "" {
					continue
				}
				compared++
				got, _ := theirs.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				a, errA := strconv.ParseFloat(want, 64)
				b, errB := strconv.ParseFloat(got, 64)
				if errA != nil || errB != nil || math.Abs(a-b) > 1e-9*math.Abs(a) {
					t.Errorf("%s!%s recalculates to %q, the engine has %q", sheet, cell, got, want)
				}
			}
		}
	}
	t.Logf("%d formulas recalculate to the engine's numbers", compared)
	if compared < 500 {
		t.Errorf("only %d formulas", compared)
	}
}

// withoutResults copies a workbook without the results its formulas carry.
func withoutResults(t *testing.T, from, to string) {
	t.Helper()
	book, err := zip.OpenReader(from)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	cached := regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)
	var out bytes.Buffer
	bare := zip.NewWriter(&out)
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := bare.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(cached.ReplaceAll(data, []byte("$1"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := bare.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func headless(t *testing.T) []string {
	return []string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir()}
}

func program(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	var errOut bytes.Buffer
	command := exec.CommandContext(ctx, name, args...)
	command.Stderr = &errOut
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, &errOut)
	}
	return out
}
