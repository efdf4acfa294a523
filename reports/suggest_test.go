package reports

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pediment/analysis"
)

// suggested are the identifiers of what a rule finds.
func suggested(r *Report, rule string) []string {
	var ids []string
	for _, s := range Suggest(r) {
		if s.Rule == rule {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// withTable is a report with one table; columns are as analysis.Columns has them.
func withTable(name string, columns []string, rows ...[]any) *Report {
	r := &Report{Currency: "EUR"}
	r.Tables = []analysis.Table{{Name: name, Columns: analysis.Columns(columns...), Rows: rows}}
	return r
}

func target(code string, change func(*Measure)) *Report {
	m := Measure{
		ID: code, Code: code, Name: "Measure " + code, Unit: "percent", Direction: "up", Period: "2025", BaselinePeriod: "2021",
		Value: estimate(40, 1, 900), Baseline: estimate(45, 1, 900), Target: 50, TargetHigh: math.NaN(), TargetPeriod: "2030",
		Pace: -1.25, Needed: 2, People: math.NaN(), Probability: 0.9, Status: "deterioration", Icon: "▼", Tone: analysis.Bad, Off: true, Owner: "Office",
	}
	change(&m)
	return &Report{Measures: []Measure{m}}
}

func estimate(x, se float64, n int64) analysis.Estimate {
	e := analysis.Unknown()
	e.Value, e.SE, e.Low, e.High, e.N = x, se, x-1.96*se, x+1.96*se, n
	return e
}

func TestRulesOfThePlan(t *testing.T) {
	off := target("2.1", func(*Measure) {})
	s := Suggest(off)
	if len(s) != 1 || s[0].ID != "off-track 2.1" || s[0].Owner != "Office" || s[0].Certainty != "90\u00a0% sure" {
		t.Fatalf("suggestions %+v", s)
	}
	if want := "Measure 2.1: 40.0\u00a0%, down from 45.0\u00a0% in 2021"; s[0].Title != want {
		t.Errorf("title %q, want %q", s[0].Title, want)
	}
	if want := "Target: 50\u00a0% by 2030. It must rise by 2.0 points a year; so far it fell by 1.2 points a year."; s[0].Evidence[0] != want {
		t.Errorf("evidence %q, want %q", s[0].Evidence[0], want)
	}
	for name, r := range map[string]*Report{
		"on track":  target("2.1", func(m *Measure) { m.Off, m.Tone = false, analysis.Good }),
		"uncertain": target("2.1", func(m *Measure) { m.Off, m.Uncertain, m.Status = false, true, "uncertain: between a and b" }),
	} {
		if ids := suggested(r, "off-track"); len(ids) > 0 {
			t.Errorf("%s: %v", name, ids)
		}
	}
	doubtful := target("w", func(*Measure) {})
	doubtful.Areas = []Area{{Indicators: []Indicator{flagged(changed("w", -1, analysis.Worse), "break in series in 2024")}}}
	if s := Suggest(doubtful); len(s) > 0 {
		t.Errorf("suggested from a value in doubt: %+v", s)
	}
}

// How many answers more is only said where the answers are known.
func TestLargerSample(t *testing.T) {
	open := func(change func(*Measure)) string {
		r := target("2.1", func(m *Measure) {
			m.Off, m.Uncertain, m.Tone, m.Status = false, true, "", "uncertain: between a and b"
			change(m)
		})
		s := Suggest(r)
		if len(s) != 1 || s[0].Rule != "uncertain" || s[0].Certainty != "between a and b" {
			t.Fatalf("suggestions %+v", s)
		}
		return s[0].Text
	}
	if text := open(func(*Measure) {}); !strings.Contains(text, "about 2,700 more") || !strings.Contains(text, "38.0 to 42.0") {
		t.Errorf("sampled: %q", text)
	}
	declared := open(func(m *Measure) { m.Value.Low, m.Value.High, m.Value.N = math.NaN(), math.NaN(), 0 })
	exact := open(func(m *Measure) { m.Value = plainEstimate(40) })
	for _, text := range []string{declared, exact} {
		if strings.ContainsAny(text, "0123456789") {
			t.Errorf("a number of answers out of nowhere: %q", text)
		}
	}
}

func TestLateMilestones(t *testing.T) {
	columns := []string{"objective", "milestone", "due", "state", "standing", "evidence", "owner"}
	r := withTable("progress_milestones", columns,
		[]any{"a", "Opened", "2024", "done", "done late", "", ""},
		[]any{"a", "Next", "2026", "under way", "due next", "", ""},
		[]any{"a", "Team for Eastmoor", "2025-03-31", "not started", "late", "", "Youth office"})
	if ids := suggested(r, "late"); !slices.Equal(ids, []string{"late Team-for-Eastmoor"}) {
		t.Errorf("late: %v", ids)
	}
}

func TestGuidelines(t *testing.T) {
	r := withTable(checklistTable, []string{"id", "area", "name", "recommendation", "state", "owner"},
		[]any{"A1", "a", "one", "Do one.", "done", ""}, []any{"A2", "a", "two", "Do two.", "under way", ""},
		[]any{"A3", "a", "three", "Do three.", "not applicable", ""}, []any{"A4", "a", "four", "Do four.", "not started", "Mayor"})
	if ids := suggested(r, "guideline"); !slices.Equal(ids, []string{"guideline A4"}) {
		t.Errorf("guidelines: %v", ids)
	}
}

func TestGotWorse(t *testing.T) {
	r := &Report{Areas: []Area{{Indicators: []Indicator{changed("w", -1, analysis.Worse), changed("p", -1, analysis.Worse), changed("u", -1, analysis.Unclear), changed("b", 1, analysis.Better)}}}}
	r.Measures = target("p", func(m *Measure) { m.Off = false }).Measures
	if ids := suggested(r, "worse"); !slices.Equal(ids, []string{"worse w"}) {
		t.Errorf("worse: %v", ids)
	}
}

// A gap must be clearly wider: beyond the chance of all comparisons where it is
// sampled, by a third and as a ratio where it is counted.
func TestWiderGaps(t *testing.T) {
	columns := []string{"code", "name", "by", "measure", "earlier:number", "later:number", "p:number", "unit", "sentence"}
	gap := func(code, by string, earlier, later float64, p any) []any {
		return []any{code, "Indicator " + code, by, "difference", earlier, later, p, "percentage points", "The gap grew."}
	}
	ratio := func(code, by string, earlier, later float64) []any {
		return []any{code, "", by, "ratio", earlier, later, nil, "", ""}
	}
	r := withTable("equity_change", columns,
		gap("sampled", "sex", 5, 9, 0.001), gap("chance", "sex", 5, 9, 0.04), gap("shrank", "sex", 9, 5, 0.0001), gap("crossed", "sex", -3, 9, 0.0001),
		gap("counted", "district", 6, 9, nil), ratio("counted", "district", 2, 2.5),
		gap("a-little", "district", 6, 7, nil), ratio("a-little", "district", 2, 2.5),
		gap("everybody", "district", 6, 9, nil), ratio("everybody", "district", 2, 2.05),
		gap("crossing", "sex and age", 6, 9, 0.0001))
	ids := suggested(r, "gap")
	slices.Sort(ids)
	if want := []string{"gap counted district", "gap sampled sex"}; !slices.Equal(ids, want) {
		t.Errorf("gaps %v, want %v", ids, want)
	}
}

func TestOftenBehind(t *testing.T) {
	columns := []string{"by", "group", "compared:integer", "behind:integer", "furthest:integer", "behind_in"}
	r := withTable("equity_most_often_behind", columns,
		[]any{"district", "Eastmoor", int64(36), int64(22), int64(20), "One; Two; Three; Four; Five"},
		[]any{"district", "Harbour", int64(36), int64(17), int64(1), "One"},
		[]any{"sex", "male", int64(6), int64(4), int64(4), "One"})
	if ids := suggested(r, "behind"); !slices.Equal(ids, []string{"behind district Eastmoor"}) {
		t.Errorf("behind: %v", ids)
	}
}

// A cost stands out against programmes that are counted alike, in the last year with
// nearly all of them, and not for the first time.
func TestCostlyProgrammes(t *testing.T) {
	columns := []string{"year", "phase", "programme", "name", "place", "learners:integer", "per_learner:number", "basis"}
	build := func(costs map[string][]any) *Report {
		r := withTable("budget_unit_costs", columns)
		for _, code := range []string{"A", "B", "C", "D", "E", "DEAR"} {
			for k, year := range []string{"2023", "2024", "2025"} {
				cost := any(100.0)
				if given := costs[code]; given != nil {
					cost = given[k]
				}
				r.Tables[0].Rows = append(r.Tables[0].Rows, []any{year, "executed", code, "Programme " + code, "", int64(50), cost, personsCounted})
			}
		}
		return r
	}
	dear := build(map[string][]any{"DEAR": {400.0, 500.0, 600.0}})
	s := Suggest(dear)
	if len(s) != 1 || s[0].ID != "unit-cost DEAR" || !strings.Contains(s[0].Title, "6 times the median") || !strings.Contains(s[0].Evidence[0], "three years in a row") {
		t.Fatalf("suggestions %+v", s)
	}
	for name, r := range map[string]*Report{
		"once":         build(map[string][]any{"DEAR": {100.0, 100.0, 600.0}}),
		"not any more": build(map[string][]any{"DEAR": {600.0, 600.0, 290.0}}),
		"too few":      build(map[string][]any{"DEAR": {nil, 600.0, 600.0}, "A": {nil, nil, nil}, "B": {nil, nil, nil}}),
	} {
		if ids := suggested(r, "unit-cost"); len(ids) > 0 {
			t.Errorf("%s: %v", name, ids)
		}
	}
}

// appraised is a report with one appraisal of two options.
func appraised(loss, weak [2]float64, shareOfOne, npvLow float64, states ...string) *Report {
	r := &Report{Chapters: []Chapter{{Part: Money, Code: "appraisal_fair", Title: "Appraisal: Fair"}}}
	table := func(name string, columns []string, rows ...[]any) {
		r.Tables = append(r.Tables, analysis.Table{Name: "appraisal_fair_" + name, Columns: analysis.Columns(columns...), Rows: rows})
	}
	table("options", []string{"option", "name"}, []any{"a", "Small"}, []any{"b", "Large"})
	table("summary", []string{"option", "measure", "value:number"},
		[]any{"a", "probability_loss", loss[0]}, []any{"b", "probability_loss", loss[1]}, []any{"a", "weak_evidence", weak[0]}, []any{"b", "weak_evidence", weak[1]})
	table("contributions", []string{"option", "input", "share:number"}, []any{"a", "visitors", shareOfOne}, []any{"a", "price", 0.1})
	table("sensitivity", []string{"option", "input", "label", "npv_low:number", "npv_high:number", "remark"}, []any{"a", "visitors", "Visitors", npvLow, 100.0, "the verdict turns below 9,000"})
	var assumptions [][]any
	for _, state := range states {
		assumptions = append(assumptions, []any{"x", "Label", "culture", state})
	}
	table("assumptions", []string{"id", "label", "owner", "state"}, assumptions...)
	return r
}

func TestRulesOfAppraisals(t *testing.T) {
	for _, c := range []struct {
		name string
		r    *Report
		want string
	}{
		{"sound", appraised([2]float64{.1, .2}, [2]float64{.1, .2}, .2, -5, "ok"), ""},
		{"weak throughout", appraised([2]float64{.1, .2}, [2]float64{.6, .9}, .2, -5), "weak-evidence fair"},
		{"one sound option", appraised([2]float64{.1, .9}, [2]float64{.1, .9}, .2, -5), ""},
		{"both lose", appraised([2]float64{.65, .7}, [2]float64{.1, .2}, .2, -5), "loss fair"},
		{"nearly", appraised([2]float64{.59, .7}, [2]float64{.49, .9}, .3, -5), ""},
		{"turns on one", appraised([2]float64{.1, .2}, [2]float64{.1, .2}, .4, -5), "one-assumption fair a"},
		{"does not turn", appraised([2]float64{.1, .2}, [2]float64{.1, .2}, .4, 5), ""},
		{"expired", appraised([2]float64{.1, .2}, [2]float64{.1, .2}, .2, -5, "ok", "expired"), "expired fair"},
		{"not known", appraised([2]float64{math.NaN(), .9}, [2]float64{math.NaN(), .9}, .2, -5), ""},
	} {
		var ids []string
		for _, s := range Suggest(c.r) {
			ids = append(ids, s.ID)
		}
		if got := strings.Join(ids, ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRulesOfData(t *testing.T) {
	absent := func(code, status, fill string, state analysis.State) Indicator {
		i := absentIndicator(code, state)
		i.Status, i.Fill, i.Headline.Reason = status, fill, "no figures"
		return i
	}
	r := &Report{Areas: []Area{{Indicators: []Indicator{
		absent("core", "core", "add rows", analysis.Missing), absent("candidate", "candidate", "add rows", analysis.Missing),
		absent("secret", "core", "add rows", analysis.Confidential), absent("nothing", "core", "", analysis.Missing),
	}}}}
	if ids := suggested(r, "missing"); !slices.Equal(ids, []string{"missing add-rows"}) {
		t.Errorf("missing: %v", ids)
	}
	r.Areas[0].Indicators = append(r.Areas[0].Indicators, absent("other", "core", "add rows", analysis.Missing))
	if s := Suggest(r); len(s) != 1 || s[0].Title != "Two indicators cannot be computed for one reason" {
		t.Errorf("two of one reason: %+v", s)
	}
	pairs := withTable("quality_triangulation", []string{"pair", "period", "first", "second", "first_value:number", "second_value:number", "unit", "verdict"},
		[]any{"jobs", "2023", "R5", "1.2", 10.0, 6.0, "percent", "differs"}, []any{"jobs", "2025", "R5", "1.2", 10.8, 6.4, "percent", "differs"},
		[]any{"mended", "2023", "a", "b", 1.0, 2.0, "percent", "differs"}, []any{"mended", "2025", "a", "b", 2.0, 2.0, "percent", "agrees"})
	if ids := suggested(pairs, "contradiction"); !slices.Equal(ids, []string{"contradiction jobs"}) {
		t.Errorf("contradictions: %v", ids)
	}
	rules := withTable("quality_rules", []string{"dataset", "rule", "severity", "rows:integer", "failed:integer", "state", "note"},
		[]any{"survey", "adults only", "warn", int64(100), int64(3), "fails", ""}, []any{"survey", "sex is known", "warn", int64(100), int64(0), "passes", ""})
	if ids := suggested(rules, "failing"); !slices.Equal(ids, []string{"failing survey adults-only"}) {
		t.Errorf("failing: %v", ids)
	}
}

func TestUnanswered(t *testing.T) {
	r := exampleReport()
	r.Remarks = []Remark{{Date: "2025-11-20", Text: "late"}, {Date: "2025-03-01", Text: "answered", Response: "Yes."}, {Date: "some day", Text: "undated"}}
	if ids := suggested(r, "unanswered"); len(ids) > 0 {
		t.Errorf("unanswered: %v", ids)
	}
	r.Remarks = append(r.Remarks, Remark{Date: "2025-04-02", About: "3.3.1.1", Text: "Why?"})
	s := Suggest(r)
	k := slices.IndexFunc(s, func(s Suggestion) bool { return s.Rule == "unanswered" })
	if k < 0 || s[k].Title != "One remark waits for an answer since 2025-04-02" {
		t.Errorf("suggestions %+v", s)
	}
	if end := year(2025).End; !end.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Fatalf("the year ends on %s", end)
	}
}

// Every rule is explained, has a name of its own, and weights stay between 0 and 1.
func TestRulesAreNamed(t *testing.T) {
	seen := map[string]bool{}
	for _, one := range suggestionRules {
		if one.doc == "" || one.family == "" || seen[one.name] || slug(one.name) != one.name {
			t.Errorf("rule %+v", one)
		}
		seen[one.name] = true
	}
	for _, s := range Suggest(exampleReport()) {
		if !(s.Weight > 0 && s.Weight <= 1) || s.Title == "" || s.Text == "" || s.Anchor == "" || len(s.Evidence) == 0 {
			t.Errorf("suggestion %+v", s)
		}
	}
}
