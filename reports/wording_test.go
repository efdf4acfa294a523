package reports

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// A direction is told only where the errors of the two values cannot be all there is to it.
func TestTitlesClaimNoUnclearDirection(t *testing.T) {
	sampled := func(value, se float64) analysis.Estimate {
		e := analysis.Unknown()
		e.Value, e.SE, e.Low, e.High = value, se, value-1.96*se, value+1.96*se
		return e
	}
	m := Measure{Name: "Learning", Unit: "percent", Value: sampled(32.4, 2.5), Baseline: sampled(33.3, 2.7), BaselinePeriod: "2021", Pace: -0.2, Needed: 1}
	if got := m.title(); !strings.HasSuffix(got, "33.3\u00a0% in 2021: no clear change") || !strings.Contains(got, "(27.5 to 37.3)") {
		t.Errorf("title %q", got)
	}
	if got := m.soFar(); got != "so far it has not clearly moved" {
		t.Errorf("pace %q", got)
	}
	m.Value = sampled(12, 1)
	if got := m.title(); !strings.Contains(got, "down from 33.3") {
		t.Errorf("a clear fall is %q", got)
	}
	m.Value, m.Baseline = plainEstimate(32.4), plainEstimate(33.3)
	if got := m.title(); !strings.Contains(got, "down from") {
		t.Errorf("a count is %q", got)
	}
}

// What only has to move faster is no target off track.
func TestSlowIsNotOffTrack(t *testing.T) {
	off := Measure{ID: "a", Name: "A", Unit: "percent", Off: true, Probability: 0.9, Tone: analysis.Bad, Value: plainEstimate(1), Baseline: analysis.Unknown(), Needed: math.NaN()}
	slow := off
	slow.ID, slow.Name, slow.Slow, slow.Tone = "b", "B", true, analysis.Fair
	r := &Report{Measures: []Measure{off, slow}}
	if rows := offTrackRows(r); len(rows) != 1 || rows[0].Name != "A" {
		t.Errorf("off track: %+v", rows)
	}
	words := map[string]string{}
	for _, s := range offTrack(r) {
		words[s.ID] = s.Word
	}
	if words["a"] != "off track" || words["b"] != "too slow" {
		t.Errorf("words %v", words)
	}
}

// What moved by more than sampling error is counted apart from counts.
func TestLeadTellsSampledFromCounted(t *testing.T) {
	sampled, counted := changed("a", -9, analysis.Worse), changed("b", 9, analysis.Better)
	sampled.Change.SE, counted.Change.SE = 1, math.NaN()
	got := lead(&Report{Period: "2021", Areas: []Area{{Indicators: []Indicator{sampled, counted}}}})
	if want := "Two figures differ from the baseline, one for the better: one by more than sampling error; one is a count or published figure, without one."; !strings.Contains(got, want) {
		t.Errorf("lead %q", got)
	}
	if got := lead(&Report{Areas: []Area{{Indicators: []Indicator{absentIndicator("x", analysis.Missing)}}}}); strings.Contains(got, " for ,") || !strings.HasPrefix(got, "None of ") {
		t.Errorf("without figures: %q", got)
	}
}

// Recommendations that were rejected are counted where they are not printed.
func TestRejectedAreCounted(t *testing.T) {
	book := []Recommendation{
		{Suggestion: Suggestion{ID: "x"}, State: Done, Earlier: true}, {Suggestion: Suggestion{ID: "y"}, State: Rejected, Earlier: true},
	}
	for _, edition := range []string{"public", Internal} {
		r := &Report{Edition: edition}
		r.Decide(book)
		if got := followed(r); got != "Of two recommendations: 1 done, 1 rejected." {
			t.Errorf("%s: %q", edition, got)
		}
	}
}

// Numbers that differ from 0 or 100 by the computer's rounding are printed as such.
func TestRoundingNoiseIsNotPrinted(t *testing.T) {
	for x, want := range map[float64]string{100 - 1e-9: "100.0", 3.7e-18: "0", 1e-14: "0", 97.31: "97.3"} {
		if got, _ := inUnitOf(x, "percent"); got != want && got != want+".0" {
			t.Errorf("%g prints as %q, want %q", x, got, want)
		}
	}
}

// A chart of large money is drawn in millions; the chart given is left as it is.
func TestMoneyIsDrawnInMillions(t *testing.T) {
	c := analysis.Chart{Unit: "EUR", Series: []analysis.Series{{Value: []float64{80e6, math.NaN()}, Low: []float64{math.NaN(), 0}, High: []float64{math.NaN(), 0}}}}
	if got := inMillions(c); got.Unit != "million EUR" || got.Series[0].Value[0] != 80 || c.Series[0].Value[0] != 80e6 {
		t.Errorf("%+v from %+v", got, c)
	}
	c.Series[0].Value[0] = 640
	if got := inMillions(c); got.Unit != "EUR" || got.Series[0].Value[0] != 640 {
		t.Errorf("small money %+v", got)
	}
}

// Places that hold only part of what the city's figure is of are not held against it.
func TestPlacesApartAreNotBehind(t *testing.T) {
	i := trendOf(50)
	i.Groups = []Breakdown{{Column: "place", Label: "District", Levels: levelsOf(17.0, 60.0), Apart: true}}
	if _, drawn := newDotStrip(i); drawn || furthestBehind(i, "2020") != "" {
		t.Errorf("told %q", furthestBehind(i, "2020"))
	}
}
