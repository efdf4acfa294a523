package reports

import (
	"strings"
	"testing"
)

// A run is known by what it was computed from: each of them changes it, and nothing
// else does.
func TestRun(t *testing.T) {
	run := exampleReport().Run()
	if len(run) != 8 || exampleReport().Run() != run {
		t.Fatalf("run %q", run)
	}
	for name, change := range map[string]func(*Report){
		"inputs":  func(r *Report) { r.Inputs = "other" },
		"edition": func(r *Report) { r.Edition = Internal },
		"period":  func(r *Report) { r.Period = "2024" },
		"engine":  func(r *Report) { r.Engine = "Pediment 9" },
	} {
		r := exampleReport()
		change(r)
		if r.Run() == run {
			t.Errorf("other %s, the same run", name)
		}
	}
	if got := (&Report{}).Run(); got != "" {
		t.Errorf("a plain result has the run %q", got)
	}
}

// Every rendition carries the run.
func TestProvenanceEverywhere(t *testing.T) {
	r := fewAreas()
	if page := string(print(t, HTML, r)); !strings.Contains(page, r.Provenance().Sentence()) || !strings.Contains(page, `@bottom-left{content:"`+r.Provenance().Brief()) {
		t.Error("the page does not say where it comes from")
	}
	book := openBook(t, r)
	for _, sheet := range book.GetSheetList() {
		foot, err := book.GetHeaderFooter(sheet)
		if err != nil || foot == nil || !strings.Contains(foot.OddFooter, r.Run()) {
			t.Errorf("sheet %s: foot %+v, %v", sheet, foot, err)
		}
	}
	for name, f := range map[string]*Format{"docx": DOCX, "data": Package(noParquet)} {
		found := false
		for _, data := range parts(t, print(t, f, r)) {
			found = found || strings.Contains(string(data), r.Run())
		}
		if !found {
			t.Errorf("%s does not carry the run", name)
		}
	}
}

// A city's name cannot end the style sheet its page numbers stand in.
func TestHostileFoot(t *testing.T) {
	r := exampleReport()
	r.City = `"}</style><script>alert(1)</script>\`
	page := string(print(t, HTML, r))
	if strings.Contains(page, "<script>alert") || strings.Contains(page, `"}</style><script>`) {
		t.Error("the name broke out of the style sheet")
	}
}
