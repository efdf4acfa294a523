package reports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeardSentence(t *testing.T) {
	for want, remarks := range map[string][]Remark{
		"":                              nil,
		"One remark heard: 1 answered.": {{Response: "Yes."}},
		"Five remarks heard: 1 taken up, 1 answered, 2 still open, 1 under review.": {
			{Status: "Taken up"}, {Status: "open"}, {}, {Status: "answered"}, {Status: "under review"},
		},
	} {
		if got := heardSentence(remarks); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// The page says what remarks are about by name, with a way there, what became of
// them in a word, and nothing a stakeholder wrote runs.
func TestRemarksOnThePage(t *testing.T) {
	r := exampleReport()
	i := r.Areas[0].Indicators[0]
	r.Remarks = []Remark{
		{Date: "2025-01-02", About: i.Code, Stakeholder: evilScript, Text: evilScript, Response: evilQuotes, Status: evilScript},
		{Date: "2025-03-01", About: "lessons", Stakeholder: "resident", Text: "=1+1", Status: "taken up"},
		{Date: "2024-03-01", About: "the bus", Stakeholder: "resident", Text: "Late."},
	}
	view, err := newPage(r)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, one := range view.Heard().Remarks {
		order = append(order, one.Subject+" "+one.Anchor)
	}
	want := []string{"Lessons and recommendations lessons", i.Name + " ind-" + slug(i.Code), "the bus "}
	if diff := cmp.Diff(want, order); diff != "" {
		t.Error(diff)
	}
	page := string(print(t, HTML, r))
	for _, text := range []string{"What we heard and what we did", "Three remarks heard: 1 taken up, 1 still open", `<a href="#ind-` + slug(i.Code) + `">`, "✓"} {
		if !strings.Contains(page, text) {
			t.Errorf("the page lacks %q", text)
		}
	}
	if strings.Contains(page, evilScript) {
		t.Error("a remark is not escaped")
	}
}
