//go:build acceptance

package reports

import (
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// LibreOffice opens the document: its text is there in order, hostile or not, on not
// too many pages.
func TestDocumentOpens(t *testing.T) {
	for name, r := range map[string]*Report{"example": exampleReport(), "hostile": wordyReport()} {
		pdf := office(t, "pdf", file(t, name+".docx", print(t, DOCX, r)))
		pages, text := pagesOf(t, pdf), pdfText(t, pdf)
		if pages < 8 || pages > 40 {
			t.Errorf("%s: %d pages", name, pages)
		}
		foot := "Page " + strconv.Itoa(pages) + " of " + strconv.Itoa(pages)
		if name == "example" && !strings.Contains(text, foot) { // a hostile name beside it changes the order of its words
			t.Errorf("%s: no page says %q", name, foot)
		}
		for _, want := range []string{"Contents", "Summary", "Scorecard", "Methods", r.Run()} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing", name, want)
			}
		}
	}
}

// An installed Chromium prints the page: text and page numbers are there, and the
// same report gives the same bytes.
func TestPagePrintsAsPDF(t *testing.T) {
	r := exampleReport()
	first, second := print(t, PDF, r), print(t, PDF, r)
	if string(first) != string(second) {
		t.Error("two prints of one report differ")
	}
	path := file(t, "report.pdf", first)
	pages, text := pagesOf(t, path), pdfText(t, path)
	if pages < 5 || pages > 30 {
		t.Errorf("%d pages", pages)
	}
	for _, want := range []string{"Adult literacy rate", strconv.Itoa(pages) + " of " + strconv.Itoa(pages), r.Provenance().Brief()} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

var pagesLine = regexp.MustCompile(`(?m)^Pages: +(\d+)$`)

func pagesOf(t *testing.T, pdf string) int {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), "pdfinfo", pdf).Output()
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(string(pagesLine.FindSubmatch(said)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func pdfText(t *testing.T, pdf string) string {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}
