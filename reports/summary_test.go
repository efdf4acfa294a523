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
	for _, c := range []struct {
		indicators []Indicator
		want       string
	}{
		{[]Indicator{worse, better}, "One indicator got worse and needs a decision"},
		{[]Indicator{worse, worse, worse}, "Three indicators got worse and need a decision"},
		{[]Indicator{better, better, unclear}, "Nothing got clearly worse; two indicators improved"},
		{[]Indicator{unclear}, "No change is larger than sampling error"},
		{[]Indicator{changed("f", 0, analysis.FirstValue)}, "First values: there is nothing to compare them with yet"},
		{nil, "Nothing can be computed yet"},
	} {
		if got := headline(summarise(c.indicators)); got != c.want {
			t.Errorf("headline %q, want %q", got, c.want)
		}
	}
}

func TestCardsLeadWithWhatGotWorse(t *testing.T) {
	r := &Report{Areas: []Area{{Indicators: []Indicator{changed("b", 1, analysis.Better), changed("w", -1, analysis.Worse), absentIndicator("x", analysis.Missing)}}}}
	var chips []string
	for _, c := range cards(r) {
		chips = append(chips, c.Chip)
	}
	if got := strings.Join(chips, " | "); got != "worse · full count | better | no data" {
		t.Errorf("cards %q", got)
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
