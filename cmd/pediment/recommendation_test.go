package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pediment/analysis"
	"pediment/reports"
)

// What is in the file stays as it is to the byte, whatever its layout; what is added
// reads back as it was, whatever its letters.
func TestAddRecommendations(t *testing.T) {
	entry := "- {id: a, period: 2021, finding: F, suggestion: S, state: proposed}"
	hostile := reports.Suggestion{
		ID: "late a: #b", Rule: "late", About: "x\ty", Title: "\"quoted\" \\ back\nline \u202eright\u0085next", Text: "=1+1", Evidence: []string{"- not a list", "<b>", ""}, Owner: "Ärztin باب",
	}
	year := analysis.Calendar{}.Year(analysis.CalendarYear, today())
	for name, old := range map[string]string{
		"none": "", "plain": entry + "\n", "no last line break": "# head\n" + entry, "comment behind": entry + "\n# the end\n\n",
		"indented": "  " + entry + "\n", "other line breaks": "# head\r\n" + entry + "\r\n", "only comments": "# nothing yet\n",
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, recommendationsFile)
		if old != "" {
			if err := os.WriteFile(path, []byte(old), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		p := &project{dir: dir}
		if problems := p.readRecommendations(); len(problems) > 0 {
			t.Fatalf("%s: %v", name, problems)
		}
		before := len(p.recommendations)
		if err := p.addRecommendations([]reports.Suggestion{hostile, {ID: "late b", Rule: "late", Title: "T", Text: "S"}}, year); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(data, []byte(old)) {
			t.Errorf("%s: what was there changed: %q, %v", name, data, err)
		}
		if problems := p.readRecommendations(); len(problems) > 0 || len(p.recommendations) != before+2 {
			t.Fatalf("%s: %d entries, %v", name, len(p.recommendations), problems)
		}
		got := p.recommendations[before]
		if got.ID != hostile.ID || got.About != hostile.About || got.Title != hostile.Title || got.Owner != hostile.Owner || strings.Join(got.Evidence, "|") != strings.Join(hostile.Evidence, "|") || got.State != reports.Proposed {
			t.Errorf("%s: read back %+v", name, got)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".pediment-*")); len(left) > 0 {
			t.Errorf("%s: left behind %v", name, left)
		}
	}
}
