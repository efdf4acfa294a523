package reports

import (
	"bytes"
	"strings"
	"testing"

	"pediment/analysis"
)

// worseReport is a report with four indicators that got worse, in areas of their own.
func worseReport(edition string) *Report {
	r := &Report{City: "Riverbend", Period: "2021", Edition: edition}
	r.Title = "Progress report"
	for _, code := range []string{"a", "b", "c", "d"} {
		i := changed(code, -2, analysis.Worse)
		r.Areas = append(r.Areas, Area{Code: code, Name: "Area " + code, Position: "column", Indicators: []Indicator{i}})
	}
	return r
}

func decision(id, state string) Recommendation {
	return Recommendation{
		Suggestion: Suggestion{ID: id, Rule: strings.Fields(id)[0], Title: "Finding " + id, Text: "Wording of " + id, Owner: "Office"},
		Period:     "2021", State: state, Due: "2022",
	}
}

func TestDecideOnSuggestions(t *testing.T) {
	r := worseReport(Internal)
	earlier := decision("worse b", Accepted)
	earlier.Earlier = true
	overdue := decision("worse c", UnderWay)
	overdue.Earlier, overdue.Overdue = true, true
	proposed := decision("worse d", Proposed)
	proposed.Words = "In our words."
	own := decision("evening-buses", Proposed)
	own.Rule, own.Weight = "", 1
	r.Decide([]Recommendation{decision("worse a", Rejected), earlier, overdue, proposed, own})
	var open []string
	for _, s := range r.Suggestions {
		open = append(open, s.ID+": "+s.Text)
	}
	got := strings.Join(open, " | ")
	if strings.Contains(got, "worse a") || strings.Contains(got, "worse b") || !strings.Contains(got, "worse c") || !strings.Contains(got, "worse d: In our words.") || !strings.Contains(got, "evening-buses") {
		t.Errorf("undecided: %s", got)
	}
	if n := len(r.Recommendations); n != 3 {
		t.Errorf("%d recommendations, want the rejected and both earlier ones", n)
	}
	if text := lead(r); !strings.HasPrefix(text, "Two more are in hand.") {
		t.Errorf("lead %q", text)
	}
}

// The public edition has findings, but no suggestion and nothing that was rejected.
func TestPublicEditionHasNoSuggestions(t *testing.T) {
	print := func(edition string) string {
		r := worseReport(edition)
		r.Decide([]Recommendation{decision("worse a", Rejected), decision("worse b", Accepted)})
		var out bytes.Buffer
		if err := HTML.Write(&out, r); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	public, internal := print("public"), print(Internal)
	for _, secret := range []string{"Find out why, and decide what is to be done about it.", "Not decided yet", "Finding worse a"} {
		if strings.Contains(public, secret) {
			t.Errorf("the public edition prints %q", secret)
		}
		if !strings.Contains(internal, secret) {
			t.Errorf("the internal edition lacks %q", secret)
		}
	}
	for _, said := range []string{"Two things need a decision", "Finding worse b", "Wording of worse b"} {
		if !strings.Contains(public, said) {
			t.Errorf("the public edition lacks %q", said)
		}
	}
}

// No two decisions of one family, or about one indicator, lead while there are others.
func TestLeadingDiffer(t *testing.T) {
	s := func(rule, anchor string, weight float64) Suggestion {
		return Suggestion{ID: rule + " " + anchor, Rule: rule, Anchor: anchor, Weight: weight}
	}
	all := leading([]Suggestion{
		s("off-track", "x", 1), s("off-track", "y", .95), s("late", "z", .9), s("gap", "x", .85), s("uncertain", "u", .8), s("unit-cost", "m", .7), s("missing", "n", .1),
	})
	var ids []string
	for _, one := range all {
		ids = append(ids, one.ID)
	}
	if got, want := strings.Join(ids, ", "), "off-track x, uncertain u, unit-cost m, off-track y, late z, gap x"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if few := leading([]Suggestion{s("off-track", "x", 1), s("off-track", "y", .9)}); len(few) != 2 {
		t.Errorf("without others both lead, got %d", len(few))
	}
}

// What became of a recommendation: state, how the figure moved, and that it is late.
func TestFollowed(t *testing.T) {
	one := decision("worse a", UnderWay)
	one.Earlier, one.Overdue, one.Outcome = true, true, "Two of five <b>schools</b>"
	one.Then, one.Now = trendOf(34).Headline, trendOf(34, 29).Headline
	one.Change = analysis.Change{Status: analysis.Worse}
	r := worseReport("public")
	r.Decide([]Recommendation{one})
	rows := decided(r, true)
	if len(rows) != 1 || !rows[0].Overdue || rows[0].Moved != "34 in 2020, 29 in 2021" || rows[0].Now.Word != "worse" {
		t.Fatalf("rows %+v", rows)
	}
	if text := followed(r); text != "Of one recommendation: 1 under way. Overdue: 1." {
		t.Errorf("in short %q", text)
	}
	var out bytes.Buffer
	if err := HTML.Write(&out, r); err != nil {
		t.Fatal(err)
	}
	if page := out.String(); strings.Contains(page, "<b>schools") || !strings.Contains(page, "What became of the last recommendations") {
		t.Error("the table is missing, or a tag of the outcome got through")
	}
}

// Since the last publication only clear moves and restated figures are told; an
// indicator that was not published before is none of them.
func TestSinceLast(t *testing.T) {
	moved, same, fresh, again := changed("moved", 1, analysis.Better), changed("same", 1, analysis.Better), changed("fresh", 1, analysis.Better), changed("again", 1, analysis.Better)
	moved.Before, moved.Since = moved.Baseline, moved.Change
	moved.Since.Status = analysis.Worse
	same.Before, same.Since = same.Baseline, analysis.Change{Status: analysis.Unclear, Difference: 0.1, From: "2020", To: "2021"}
	again.Before = again.Headline
	again.Before.Value += 3
	again.Since = analysis.Change{Status: analysis.FirstValue, Difference: -3, From: "2021", To: "2021"}
	rows := sinceLast(&Report{Period: "2021", Areas: []Area{{Indicators: []Indicator{again, fresh, same, moved}}}})
	if len(rows) != 2 || rows[0].Code != "moved" || rows[0].Look.Word != "worse" || rows[1].Code != "again" || rows[1].Look.Word != "restated" {
		t.Errorf("rows %+v", rows)
	}
}
