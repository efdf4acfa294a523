package reports

import (
	"strings"
	"testing"

	"pediment/analysis"
)

// levelsOf makes groups named a, b, c …; a state stands for a hidden group.
func levelsOf(values ...any) []BreakdownLevel {
	var levels []BreakdownLevel
	for at, x := range values {
		v := analysis.Value{Estimate: analysis.Unknown()}
		switch x := x.(type) {
		case float64:
			v.Value = x
		case analysis.State:
			v.Withhold(x, "a reason")
		}
		levels = append(levels, BreakdownLevel{string(rune('a' + at)), v})
	}
	return levels
}

// One group is never the highest and the lowest, and nothing is compared
// without saying how much is hidden.
func TestGroupTextComparesOnlyWhatIsShown(t *testing.T) {
	const unsure, secret = analysis.Unreliable, analysis.Confidential
	for _, c := range []struct {
		levels []BreakdownLevel
		want   string
	}{
		{levelsOf(17.0, 30.0), "Highest: b, 30 %. Lowest: a, 17 %. Whole city: 50 %."},
		{levelsOf(17.0, 30.0, unsure, unsure), "Highest: b, 30 %. Lowest: a, 17 %. Whole city: 50 %. Not shown: c (unreliable), d (unreliable)."},
		{levelsOf(17.0, 30.0, unsure, unsure, secret), "Most groups are not shown: three of five are too uncertain or withheld. " +
			"Among those shown, highest: b, 30 %. Lowest: a, 17 %. Whole city: 50 %. Not shown: c (unreliable), d (unreliable), e (confidential)."},
		{levelsOf(unsure, 17.0, secret), "Only b is shown: 17 %. The two others are too uncertain or withheld, so nothing is compared. " +
			"Whole city: 50 %. Not shown: a (unreliable), c (confidential)."},
		{levelsOf(17.0, unsure), "Only a is shown: 17 %. The other group is too uncertain, so nothing is compared. Whole city: 50 %. Not shown: b (unreliable)."},
		{levelsOf(17.0), "Only a is shown: 17 %. Whole city: 50 %."},
		{levelsOf(secret, analysis.Missing), "No group is shown: each is withheld or without a value. Whole city: 50 %. Not shown: a (confidential), b (missing)."},
		{levelsOf(17.0, 17.0), "The two groups shown have the same value, 17 %. Whole city: 50 %."},
		{nil, "Whole city: 50 %."},
	} {
		i := trendOf(50)
		got := strings.ReplaceAll(strings.ReplaceAll(groupText(i, c.levels), noBreak, " "), ".0 %", " %")
		if got != c.want {
			t.Errorf("%q\nwant %q", got, c.want)
		}
	}
}

// The weakest of one group, or of groups that are all alike, is none.
func TestWeakestNeedsTwoThatDiffer(t *testing.T) {
	i := trendOf(50)
	for _, c := range []struct {
		levels []BreakdownLevel
		want   string
	}{
		{levelsOf(17.0, 30.0), "a"}, {levelsOf(17.0, analysis.Unreliable), ""}, {levelsOf(17.0, 17.0), ""},
	} {
		if l, ok := weakestLevel(i, Breakdown{Levels: c.levels}); ok != (c.want != "") || l.Label != c.want {
			t.Errorf("weakest is %q, want %q", l.Label, c.want)
		}
	}
}

func TestFurthestBehindSaysAmongHowMany(t *testing.T) {
	const unsure = analysis.Unreliable
	for _, c := range []struct {
		levels []BreakdownLevel
		want   string
	}{
		{levelsOf(17.0, 60.0), "Furthest behind: a, "},
		{levelsOf(17.0, unsure), "Behind the whole city, the only group of its kind sure enough to judge: a, "},
		{levelsOf(17.0, 60.0, unsure, unsure, unsure), "Furthest behind of the two groups of five sure enough to judge: a, "},
		{levelsOf(60.0, unsure), ""},
	} {
		i := trendOf(50)
		i.Groups = []Breakdown{{Column: "place", Label: "District", Levels: c.levels}}
		if got := furthestBehind(i, "2020"); !strings.HasPrefix(got, c.want) || (got == "") != (c.want == "") {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Only the marks that occur are explained, once under their table.
func TestMarksAreExplained(t *testing.T) {
	unsure, cautioned := levelsOf(analysis.Unreliable), levelsOf(17.0)
	cautioned[0].Value.Flags = []string{caution + ": n is 40, less than 50"}
	both := append(unsure[:1:1], cautioned...)
	for _, c := range []struct {
		levels              []BreakdownLevel
		unreliable, caution bool
	}{{unsure, true, false}, {cautioned, false, true}, {both, true, true}, {levelsOf(17.0, analysis.Confidential), false, false}} {
		table := groupTable(trendOf(50), Breakdown{Column: "place", Label: "District", Levels: c.levels})
		if strings.Contains(table.Marks, "Unreliable:") != c.unreliable || strings.Contains(table.Marks, "Use with caution:") != c.caution {
			t.Errorf("explained: %q", table.Marks)
		}
	}
	i := trendOf(50)
	i.Groups = []Breakdown{{Column: "place", Label: "District", Levels: both}}
	page := string(print(t, HTML, &Report{Areas: []Area{{Code: "1.1", Name: "x", Position: "step", Indicators: []Indicator{i}}}}))
	if n := strings.Count(page, "Unreliable: too few answers"); n != 1 {
		t.Errorf("the page explains the marks %d times", n)
	}
}
