package progress

import (
	"fmt"
	"strings"
	"testing"
)

// TestRecommendations: 31 in six areas, each with an id of its own, and none called
// verified before somebody compared it.
func TestRecommendations(t *testing.T) {
	list := Recommendations()
	counts, ids := map[string]int{}, map[string]bool{}
	for _, r := range list {
		counts[r.Area]++
		if ids[r.ID] || r.Name == "" || r.Text == "" || r.Verified {
			t.Errorf("%+v", r)
		}
		if r.Confidence != "high" && r.Confidence != "medium" && r.Confidence != "low" {
			t.Errorf("%s: confidence %q", r.ID, r.Confidence)
		}
		ids[r.ID] = true
	}
	if len(list) != 31 || len(counts) != 6 {
		t.Errorf("%d recommendations in %d areas, want 31 in 6: %v", len(list), len(counts), counts)
	}
}

func TestChecklist(t *testing.T) {
	plan := read(t, `
checklist:
  - {id: P1, state: done, evidence: Council minutes 12/2020, owner: Mayor, date: 2020-12-03}
  - {id: P2, state: done}
  - {id: M1, state: under way}
  - {id: M2, state: not started, owner: Statistics office}
  - {id: C4, state: not applicable}
`)
	result := plan.CheckChecklist()
	rows := result.Tables[2].Rows
	if len(rows) != 31 || fmt.Sprint(rows[0][4:]) != "[done Council minutes 12/2020 Mayor 2020-12-03 no]" || rows[2][4] != "unanswered" {
		t.Errorf("%d rows, first %v", len(rows), rows[0])
	}
	areas := result.Tables[1].Rows
	if fmt.Sprint(areas[0]) != "[planning 2 0 0 0 4 1]" || fmt.Sprint(areas[4]) != "[monitoring and evaluation 0 1 1 0 4 0]" {
		t.Errorf("areas %v", areas)
	}
	var text []string
	for _, row := range result.Tables[0].Rows {
		text = append(text, row[1].(string))
	}
	got := strings.Join(text, "\n")
	for _, sentence := range []string{
		"Of the 31 recommendations for building learning cities (reconstructed, not yet verified) 2 are done, 1 under way, 1 not started, 1 not applicable, 26 without an answer.",
		"Least is done in involvement: 0 of 4.", "1 is called done without evidence: P2 stock taken.", "1 is open without an owner: M1 measures chosen.",
	} {
		if !strings.Contains(got, sentence) {
			t.Errorf("%s\nlacks %s", got, sentence)
		}
	}
	if len(result.Warnings) != 1 || result.Warnings[0].Text != ChecklistCaveat {
		t.Errorf("warnings %v", result.Warnings)
	}
}
