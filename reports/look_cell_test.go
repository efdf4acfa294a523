package reports

import "testing"

// A cell that begins with a sign and a word is a status; signs alone, numbers and
// words are not.
func TestStatusInCell(t *testing.T) {
	for cell, want := range map[string]cellStatus{
		"▼ deterioration":                              {"▼", "deterioration", "", "bad"},
		"▲" + noBreak + "done":                         {"▲", "done", "", "good"},
		"▽ off course, between a and b":                {"▽", "off course", "between a and b", "bad"},
		"◇ uncertain: a and b, for the target of 2025": {"◇", "uncertain", "a and b, for the target of 2025", "unsure"},
	} {
		if got := statusIn(cell); got == nil || *got != want {
			t.Errorf("%q: %+v", cell, got)
		}
	}
	for _, cell := range []string{"", "▲", "▲ ", "⊘", "done", "+ 3", "▲done", "–"} {
		if got := statusIn(cell); got != nil {
			t.Errorf("%q: %+v", cell, *got)
		}
	}
}
