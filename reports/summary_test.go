package reports

import (
	"strings"
	"testing"

	"pediment/analysis"
)

// changed makes an indicator with a value of 10 that was 10 − by before.
func changed(code string, by float64, status analysis.Status) Indicator {
	i := trendOf(10-by, 10)
	i.Code, i.Name = code, "Indicator "+code
	i.Baseline = i.Trend[0]
	i.Change = analysis.Change{Status: status, Difference: by, SE: analysis.Unknown().SE, P: analysis.Unknown().SE, From: "2020", To: "2021"}
	return i
}

func absentIndicator(code string, state analysis.State) Indicator {
	i := Indicator{Code: code, Name: "Indicator " + code, Unit: "percent"}
	i.Headline.Withhold(state, "reason")
	return i
}

func TestAreaStatus(t *testing.T) {
	better, worse := changed("b", 1, analysis.Better), changed("w", -1, analysis.Worse)
	unclear, first, context := changed("u", 0.1, analysis.Unclear), changed("f", 0, analysis.FirstValue), changed("c", 1, analysis.NoDirection)
	absent := absentIndicator("x", analysis.Missing)
	for _, c := range []struct {
		indicators []Indicator
		want       analysis.Status
	}{
		{[]Indicator{better, unclear, absent}, analysis.Better},
		{[]Indicator{worse, unclear}, analysis.Worse},
		{[]Indicator{better, worse}, mixed},
		{[]Indicator{unclear, first}, analysis.Unclear},
		{[]Indicator{first, context}, analysis.FirstValue},
		{[]Indicator{context}, analysis.NoDirection},
		{[]Indicator{absent}, analysis.NoData},
		{nil, analysis.NoData},
	} {
		if got := summarise(c.indicators).Status(); got != c.want {
			t.Errorf("%d indicators: %q, want %q", len(c.indicators), got, c.want)
		}
	}
}

func TestSummaryWords(t *testing.T) {
	s := summarise([]Indicator{changed("a", -1, analysis.Worse), changed("b", 1, analysis.Better), absentIndicator("c", analysis.Missing),
		absentIndicator("d", analysis.Confidential), absentIndicator("e", analysis.Missing)})
	for got, want := range map[string]string{
		s.KnownOf(): "2 of 5 known", s.Words(): "1 worse, 1 better, 3 no data", s.Absent(): "2 missing, 1 confidential",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Without a number there is no status, whatever the change says.
func TestStatusNeedsAValue(t *testing.T) {
	i := changed("a", 1, analysis.Better)
	i.Headline.Withhold(analysis.Confidential, "too few")
	if got := statusOf(i); got != analysis.NoData {
		t.Errorf("status %q, want no data", got)
	}
}

func TestWeakest(t *testing.T) {
	slow, fast := changed("slow", 1, analysis.Better), changed("fast", 5, analysis.Better)
	unclear, worse := changed("unclear", 3, analysis.Unclear), changed("worse", -1, analysis.Worse)
	for _, c := range []struct {
		indicators []Indicator
		want       string
	}{
		{[]Indicator{fast, slow}, "slow"},
		{[]Indicator{slow, unclear}, "unclear"},
		{[]Indicator{unclear, worse, slow}, "worse"},
	} {
		if got := summarise(c.indicators).Weakest; got == nil || got.Code != c.want {
			t.Errorf("weakest is %v, want %s", got, c.want)
		}
	}
	// Lower is better: a rise of 5 is weaker than a rise of 1.
	fast.Better, slow.Better = "lower", "lower"
	if got := summarise([]Indicator{slow, fast}).Weakest.Code; got != "fast" {
		t.Errorf("where lower is better the weakest is %s, want fast", got)
	}
	if text := summarise([]Indicator{changed("a", 1, analysis.FirstValue)}).WeakestText(); text != "" {
		t.Errorf("a first value is named weakest: %q", text)
	}
}

func TestHeadline(t *testing.T) {
	worse, better, unclear := changed("w", -1, analysis.Worse), changed("b", 1, analysis.Better), changed("u", 0.1, analysis.Unclear)
	surveyed := unclear
	surveyed.Change.SE = 1
	for _, c := range []struct {
		indicators []Indicator
		want       string
	}{
		{[]Indicator{worse, better}, "One thing needs a decision"},
		{[]Indicator{worse, worse, worse, worse}, "Three things need a decision"},
		{[]Indicator{better, better, unclear}, "Nothing got clearly worse; two indicators improved"},
		{[]Indicator{surveyed}, "No change is larger than sampling error"},
		{[]Indicator{surveyed, unclear}, "Nothing changed clearly"},
		{[]Indicator{flagged(worse, "2 rows were rejected"), better}, "Nothing got clearly worse; one indicator improved"},
		{[]Indicator{flagged(worse, "break in series in 2024")}, "Nothing can be judged before a look at the data"},
		{[]Indicator{flagged(worse, "published figure")}, "One thing needs a decision"},
		{[]Indicator{changed("f", 0, analysis.FirstValue)}, "First values: there is nothing to compare them with yet"},
		{nil, "Nothing can be computed yet"},
	} {
		r := &Report{Areas: []Area{{Indicators: c.indicators}}}
		r.Decide(nil)
		if got := headline(r); got != c.want {
			t.Errorf("headline %q, want %q", got, c.want)
		}
	}
}

func flagged(i Indicator, flag string) Indicator {
	i.Headline.Flags = []string{flag}
	return i
}

// A change that is put in doubt stands with its flag and the evaluator's note among
// what is not known, and asks for no decision.
func TestDoubtLines(t *testing.T) {
	i := flagged(changed("w", -1, analysis.Worse), "break in series in 2024")
	i.Note = "Online reports count since 2024.\n\nNot more crime."
	r := &Report{Period: "2021", Areas: []Area{{Indicators: []Indicator{i}}}}
	r.Decide(nil)
	if len(r.Decisions) > 0 {
		t.Errorf("a value in doubt asks for a decision: %+v", r.Decisions)
	}
	blocks := unknowns(r)
	if len(blocks) != 1 || blocks[0].Title != "Look before you judge" {
		t.Fatalf("unknown %+v", blocks)
	}
	line := blocks[0].Lines[0]
	want := "Indicator w: 10.0\u00a0%, was 11.0\u00a0% in 2020.|Note: break in series in 2024.|Evaluator’s note: Online reports count since 2024. Not more crime."
	if got := strings.Join(append([]string{line.Text}, line.Notes...), "|"); got != want {
		t.Errorf("line %q, want %q", got, want)
	}
}

// Figures that are not sampled and print alike did not change for a reader:
// 73.10 and 73.14 are both 73.1 %. With a sampling error the test decides.
func TestChangeMustShowOncePrinted(t *testing.T) {
	i := trendOf(73.10, 73.14)
	i.Baseline = i.Trend[0]
	i.Change = analysis.Change{Status: analysis.Better, Difference: 0.04, SE: analysis.Unknown().SE, P: analysis.Unknown().SE, From: "2020", To: "2021"}
	if got := statusOf(i); got != analysis.Unclear {
		t.Errorf("73.10 to 73.14 is %q", got)
	}
	if !strings.Contains(finding(i), "too small to show") {
		t.Errorf("finding %q gives no reason", finding(i))
	}
	for now, want := range map[float64]analysis.Status{73.2: analysis.Unclear, 73.5: analysis.Unclear, 74.0: analysis.Unclear, 75.2: analysis.Better} {
		i.Headline.Value = now
		if got := statusOf(i); got != want {
			t.Errorf("a count of 73.1 to %.1f is %q, want %q", now, got, want)
		}
	}
	i.Headline.Flags = []string{"estimated"}
	if got := statusOf(i); got != analysis.Unclear || !strings.Contains(finding(i), "not judged") {
		t.Errorf("an estimate is %q: %s", got, finding(i))
	}
	i.Headline.Flags = nil
	i.Headline.Value, i.Change.SE = 73.14, 0.01
	if got := statusOf(i); got != analysis.Better {
		t.Errorf("with a sampling error 73.10 to 73.14 is %q", got)
	}
}

// The sentence under the headline tells figures of the period from older ones.
func TestLeadCountsOlderFigures(t *testing.T) {
	old := changed("o", -1, analysis.Worse)
	old.Headline.State = analysis.CarriedForward
	partial := trendOf(50) // of 2020, incomplete, and nothing later
	partial.Headline.State = analysis.Partial
	got := lead(&Report{Period: "2021", Areas: []Area{{Indicators: []Indicator{old, changed("b", 1, analysis.Better), partial, absentIndicator("x", analysis.Missing)}}}})
	if want := "Of four indicators, 1 has a figure for 2021, 2 an older one, 1 none."; !strings.HasPrefix(got, want) {
		t.Errorf("lead %q, want %q", got, want)
	}
}

// Neither rows that name no group nor a handful of answers are left behind.
func TestLeftOutNeedsAGroupAndAnswers(t *testing.T) {
	i := measure{code: "2.1.3.1", name: "Learning", unit: "percent", better: "higher", now: 40, se: 1, n: 2000}.indicator()
	level := func(label string, x, se float64, n int64) BreakdownLevel {
		m := measure{unit: "percent"}
		v := m.value(year(2025), x, se, n)
		return BreakdownLevel{label, v}
	}
	few, certain := level("75+", 5, 1, 29), level("65-74", 0, 0, 400)
	behindAll := level("Eastbank", 20, 1, 30)
	i.Groups = []Breakdown{{Column: "age_band", Label: "Age", Levels: []BreakdownLevel{few, certain, level(notStated, 1, 1, 500), behindAll, level("North", 50, 1, 500)}}}
	panels := leftOut(&Report{Areas: []Area{{Indicators: []Indicator{i}}}})
	if len(panels) != 1 || len(panels[0].Rows) != 2 || panels[0].Rows[0].Label != "Eastbank" {
		t.Fatalf("panels %+v", panels)
	}
	if got := panels[0].Rows[0].N; got != "n\u00a0=\u00a030" {
		t.Errorf("beside the group stands %q", got)
	}
	if l, _ := weakestLevel(i, i.Groups[0]); l.Label != "Eastbank" {
		t.Errorf("weakest is %s", l.Label)
	}
	if text := groupText(i, i.Groups[0].Levels); strings.Contains(text, notStated) {
		t.Errorf("the rows that name no group are ranked: %s", text)
	}
}

func TestCardsLeadWithWhatGotWorse(t *testing.T) {
	r := &Report{Areas: []Area{{Indicators: []Indicator{changed("b", 1, analysis.Better), changed("w", -1, analysis.Worse), absentIndicator("x", analysis.Missing)}}}}
	r.Decide(nil)
	lead, also := decisionCards(r)
	if len(lead) != 1 || len(also) != 0 || lead[0].Chip != "Worse · not sampled" || lead[0].Anchor != "ind-w" {
		t.Errorf("cards %+v, besides %+v", lead, also)
	}
}

// A group is behind when its whole interval lies on the worse side.
func TestBehind(t *testing.T) {
	i := trendOf(50)
	group := func(x, low, high float64) analysis.Value {
		return analysis.Value{Estimate: analysis.Estimate{Value: x, Low: low, High: high}}
	}
	if !behind(i, group(40, 35, 45)) || behind(i, group(40, 30, 51)) || behind(i, group(60, 55, 65)) {
		t.Error("where higher is better, only the group wholly below the city is behind")
	}
	i.Better = "lower"
	if !behind(i, group(60, 55, 65)) || behind(i, group(60, 49, 71)) || behind(i, group(40, 35, 45)) {
		t.Error("where lower is better, only the group wholly above the city is behind")
	}
	i.Better = "context"
	if behind(i, group(60, 55, 65)) {
		t.Error("nobody is behind where neither direction is better")
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text     string
		width, n int
		want     string
	}{
		{"Learning for and in the workplace", 18, 3, "Learning for and|in the workplace"},
		{"Learning for and in the workplace", 12, 2, "Learning for|and in the…"},
		{"Supercalifragilistic", 8, 3, "Supercal|ifragili|stic"},
		{"성인 학습 참여율", 9, 2, "성인 학습|참여율"},
		{"", 5, 2, ""},
	} {
		if got := strings.Join(wrap(c.text, c.width, c.n), "|"); got != c.want {
			t.Errorf("wrap(%q, %d, %d) = %q, want %q", c.text, c.width, c.n, got, c.want)
		}
	}
}
