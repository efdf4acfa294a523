package reports

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
)

// sampledOf is a value with a symmetric interval.
func sampledOf(x, by float64, n int64) analysis.Value {
	v := analysis.Value{Period: year(2025), Estimate: analysis.Unknown()}
	v.Value, v.Low, v.High, v.SE, v.N = x, x-by, x+by, by/1.96, n
	return v
}

// movedTo is an indicator that went from one sampled value to another.
func movedTo(from, to float64, status analysis.Status) Indicator {
	i := Indicator{Code: "1.1.1.1", Name: "Literacy", Unit: "percent", Better: "higher"}
	i.Baseline, i.Headline = sampledOf(from, 2, 900), sampledOf(to, 2, 900)
	i.Baseline.Period = year(2021)
	i.Change = analysis.Change{Status: status, Difference: to - from, SE: 1.4, P: 0.01, From: "2021", To: "2025"}
	i.Trend = []analysis.Value{i.Baseline, i.Headline}
	return i
}

// A title says that something changed only where the comparison does.
func TestTrendTitle(t *testing.T) {
	unsampled := movedTo(49.5, 53.1, analysis.Better)
	unsampled.Change.SE = math.NaN()
	first := movedTo(49.5, 53.1, analysis.FirstValue)
	first.Baseline, first.Change.Reason = analysis.Value{}, "there is no earlier value to compare with"
	doubted := movedTo(49.5, 53.1, analysis.Better)
	doubted.Headline.Flags = []string{"break in series"}
	for _, c := range []struct {
		i    Indicator
		want string
	}{
		{movedTo(49.5, 53.1, analysis.Better), "Rose from 49.5 % in 2021 to 53.1 % in 2025, more than sampling error explains"},
		{movedTo(53.1, 49.5, analysis.Worse), "Fell from 53.1 % in 2021 to 49.5 % in 2025, more than sampling error explains"},
		{movedTo(49.5, 53.1, analysis.Unclear), "No clear change since 2021: 53.1 % in 2025"},
		{unsampled, "Rose from 49.5 % in 2021 to 53.1 % in 2025"},
		{first, "53.1 % in 2025; nothing earlier to compare with"},
		{doubted, "Rose from 49.5 % in 2021 to 53.1 % in 2025, but look at the data before you judge"},
	} {
		if got := strings.ReplaceAll(trendTitle(c.i), noBreak, " "); got != c.want {
			t.Errorf("%q\nwant %q", got, c.want)
		}
	}
}

// A group is called behind only where its interval says so.
func TestGroupTitle(t *testing.T) {
	group := func(label string, v analysis.Value) BreakdownLevel { return BreakdownLevel{label, v} }
	i := movedTo(49.5, 50, analysis.Unclear)
	context := i
	context.Better = "context"
	register := trendOf(50)
	exact := func(x float64) analysis.Value { return trendOf(x).Headline }
	for _, c := range []struct {
		i      Indicator
		levels []BreakdownLevel
		want   string
	}{
		{i, []BreakdownLevel{group("east", sampledOf(40, 5, 200)), group("west", sampledOf(52, 5, 200))}, "East is behind: 40.0 % against 50.0 % in the whole city"},
		{i, []BreakdownLevel{group("east", sampledOf(48, 5, 200)), group("west", sampledOf(52, 5, 200))}, "No district is clearly behind the whole city’s 50.0 %"},
		{i, []BreakdownLevel{group("east", sampledOf(40, 5, 12)), group("west", sampledOf(52, 5, 200))}, "No district is clearly behind the whole city’s 50.0 %"},
		{i, []BreakdownLevel{group("east", sampledOf(40, 5, 200)), group("north", sampledOf(41, 5, 200)), group("west", sampledOf(52, 5, 200))}, "East and north are behind the whole city’s 50.0 %"},
		{context, []BreakdownLevel{group("east", sampledOf(40, 5, 200)), group("west", sampledOf(46, 5, 200))}, "Between 40.0 % (east) and 46.0 % (west); their intervals overlap"},
		{register, []BreakdownLevel{group("east", exact(30)), group("north", exact(40)), group("west", exact(60))}, "East is furthest behind: 30.0 % against 50.0 % in the whole city"},
		{register, []BreakdownLevel{group("east", exact(49.99)), group("west", exact(50.01))}, "Between 50.0 % (east) and 50.0 % (west)"},
		{i, []BreakdownLevel{group("east", sampledOf(40, 5, 200))}, "Too little is shown to compare districts"},
	} {
		got := strings.ReplaceAll(groupTitle(c.i, Breakdown{Column: "place", Label: "District", Levels: c.levels}), noBreak, " ")
		if got != c.want {
			t.Errorf("%q\nwant %q", got, c.want)
		}
	}
}

// Groups stand by size, with those that say nothing last; an order that means
// something stays.
func TestGroupsAreSorted(t *testing.T) {
	levels := []BreakdownLevel{{notStated, sampledOf(90, 1, 99)}, {"low", sampledOf(10, 1, 99)}, {"none", analysis.Value{State: analysis.Confidential}}, {"high", sampledOf(30, 1, 99)}}
	labels := func(b Breakdown) string {
		var list []string
		for _, l := range ordered(b) {
			list = append(list, l.Label)
		}
		return strings.Join(list, ", ")
	}
	if got := labels(Breakdown{Column: "sex", Levels: levels}); got != "high, low, none, "+notStated {
		t.Errorf("by size: %s", got)
	}
	if got := labels(Breakdown{Column: "age_band", Ordered: true, Levels: levels}); got != notStated+", low, none, high" {
		t.Errorf("in their order: %s", got)
	}
}

// byPlace is an indicator by two districts in two periods.
func byPlace() (Indicator, Breakdown) {
	i := movedTo(49.5, 53.1, analysis.Better)
	b := Breakdown{Column: "place", Label: "District"}
	for k, code := range []string{"a", "b", "c"} {
		v := sampledOf(40+float64(k), 3, 200)
		if code == "c" {
			v.Withhold(analysis.Confidential, "too few")
		}
		v.Group = analysis.Group{{Column: "place", Value: code}}
		before := sampledOf(39, 3, 200)
		before.Period = year(2021)
		b.Levels = append(b.Levels, BreakdownLevel{"Place " + code, v})
		i.Places = append(i.Places, PlaceTrend{Code: code, Name: "Place " + code, Trend: []analysis.Value{before, v},
			Change: analysis.Change{Status: analysis.Unclear, Difference: float64(k), SE: 2, P: 0.5, From: "2021", To: "2025"}})
	}
	i.Places[1].Change.Status = analysis.Better
	i.Groups = []Breakdown{b}
	return i, b
}

// A map has every place of the kind, also those without a value, and one shape for
// each label.
func TestPlaceMap(t *testing.T) {
	i, b := byPlace()
	city := square("city", 0, 0)
	city.Kind = "city"
	shapes := []analysis.Shape{city, square("a", 0, 44), square("b", 0.1, 44), square("c", 0.2, 44), square("d", 0.3, 44)}
	c, ok := placeMap(i, b, shapes)
	want := []string{"Place b", "Place a", "Place c (confidential)", "Place d (no value)"}
	if !ok || !slices.Equal(c.Labels, want) || len(c.Shapes) != 4 || c.Shapes[0].Code != "b" {
		t.Fatalf("drawn %v: %q with %d shapes", ok, c.Labels, len(c.Shapes))
	}
	if finite(c.Series[0].Value[2]) || finite(c.Series[0].Value[3]) {
		t.Errorf("values %v", c.Series[0].Value)
	}
	if _, ok := placeMap(i, b, nil); ok {
		t.Error("there is a map without outlines")
	}
	if len(shapes) != 5 || shapes[2].Code != "b" {
		t.Error("the report's outlines were changed")
	}
}

// Places are counted as changed only where each one's comparison says so.
func TestPlaceTrends(t *testing.T) {
	i, b := byPlace()
	c, ok := placeTrends(i, b)
	if !ok || len(c.Series) != 4 || c.Series[0].Name != wholeSeries || c.Series[1].Name != "Place b" {
		t.Fatalf("drawn %v: %+v", ok, c.Series)
	}
	if want := "Rose in one of three districts since 2021 by more than sampling error explains"; c.Title != want {
		t.Errorf("title %q, want %q", c.Title, want)
	}
	if finite(c.Series[3].Value[1]) {
		t.Error("a withheld value is drawn")
	}
}

func TestTargetMarks(t *testing.T) {
	nan := math.NaN()
	i := Indicator{Unit: "percent", Targets: []Target{{Period: "2025", Value: 50, High: nan}, {Period: "2030", Value: 58.5, High: nan, Ahead: true}}}
	if m := targetMarks(i); len(m) != 1 || strings.ReplaceAll(m[0].Text, noBreak, " ") != "target 58.5 % by 2030" {
		t.Errorf("marks %+v", m)
	}
	i.Targets = []Target{{Period: "2030", Value: 12, High: 14}}
	if m := targetMarks(i); len(m) != 2 || m[1].Value != 14 {
		t.Errorf("marks of a range %+v", m)
	}
}
