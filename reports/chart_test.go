package reports

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
)

// trendOf makes an indicator from values a year apart; NaN is a missing one.
func trendOf(values ...float64) Indicator {
	i := Indicator{Code: "1.1.1.1", Name: "Literacy", Unit: "percent", Better: "higher"}
	for at, x := range values {
		v := analysis.Value{Period: year(2020 + at), Estimate: analysis.Unknown(), Definition: "a"}
		v.Value = x
		i.Trend = append(i.Trend, v)
	}
	i.Headline = i.Trend[len(values)-1]
	return i
}

func TestTrendChartKeepsGaps(t *testing.T) {
	c, ok := trendChart(trendOf(1, math.NaN(), 3))
	if !ok || len(c.Series) != 1 {
		t.Fatalf("drawn %v, %d series", ok, len(c.Series))
	}
	if got := c.Series[0].Value; got[0] != 1 || !math.IsNaN(got[1]) || got[2] != 3 {
		t.Errorf("values %v", got)
	}
	if want := "No value for 2021."; !strings.Contains(c.Text, want) {
		t.Errorf("text %q does not say %q", c.Text, want)
	}
}

func TestTrendChartKeepsPartialPeriodsApart(t *testing.T) {
	i := trendOf(1, 2, 0.5)
	i.Trend[2].State = analysis.Partial
	c, _ := trendChart(i)
	if len(c.Series) != 2 || c.Series[1].Name != partialSeries || c.Series[1].Value[2] != 0.5 || finite(c.Series[0].Value[2]) {
		t.Errorf("series %+v", c.Series)
	}
	if want := "From 1.0 % in 2020 to 2.0 % in 2021. Incomplete: 2022."; strings.ReplaceAll(c.Text, noBreak, " ") != want {
		t.Errorf("text %q, want %q", c.Text, want)
	}
}

// Values before and after a change of definition are not joined.
func TestTrendChartBreaksAtDefinition(t *testing.T) {
	i := trendOf(1, 2, 3)
	i.Trend[2].Definition = "b"
	c, _ := trendChart(i)
	if len(c.Series) != 2 || finite(c.Series[0].Value[2]) || c.Series[1].Value[2] != 3 {
		t.Errorf("series %+v", c.Series)
	}
}

func TestTooLittleToDraw(t *testing.T) {
	if _, ok := trendChart(trendOf(math.NaN(), 2)); ok {
		t.Error("a trend of one value is drawn")
	}
	one := Breakdown{Column: "sex", Label: "Sex", Levels: []BreakdownLevel{{"women", trendOf(1).Headline}}}
	if _, ok := groupChart(trendOf(1), one); ok {
		t.Error("a breakdown of one group is drawn")
	}
}

func TestGroupChartOrdersPlaces(t *testing.T) {
	value := func(x float64) analysis.Value { return trendOf(x).Headline }
	b := Breakdown{Column: "place", Label: "District", Levels: []BreakdownLevel{
		{"low", value(1)}, {"withheld", analysis.Value{State: analysis.Confidential, Estimate: analysis.Unknown()}}, {"high", value(9)}}}
	c, ok := groupChart(trendOf(5), b)
	if want := []string{"high", "low", "withheld (confidential)"}; !ok || !slices.Equal(c.Labels, want) {
		t.Errorf("labels %q, want %q", c.Labels, want)
	}
	if finite(c.Series[0].Value[2]) {
		t.Error("a withheld value is drawn")
	}
	b.Column, b.Ordered = "age_band", true
	if c, _ := groupChart(trendOf(5), b); c.Labels[0] != "low" {
		t.Errorf("age bands are put in the order %q", c.Labels)
	}
}

// A number that must not be known leaves no trace in any chart, text or option.
func TestWithheldValuesLeaveNoTrace(t *testing.T) {
	i := trendOf(1.5, 77.123, 2.5)
	i.Trend[1].Withhold(analysis.Confidential, "too few")
	b := Breakdown{Column: "place", Label: "District", Levels: []BreakdownLevel{{"x", i.Trend[0]}, {"y", i.Trend[1]}, {"z", i.Trend[2]}}}
	i.Groups = []Breakdown{b}
	r := &Report{Areas: []Area{{Code: "1.1", Name: "x", Position: "step", Indicators: []Indicator{i}}}}
	for _, f := range []*Format{JSON, HTML} {
		if strings.Contains(string(print(t, f, r)), "77.1") {
			t.Errorf("%s shows a withheld number", f.Name)
		}
	}
}

// An option is data: it parses as JSON, names points by their printed text and
// holds no function, whatever the names say.
func TestEchartIsDataOnly(t *testing.T) {
	for _, c := range Charts(hostileReport()) {
		data, err := echart(c)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(data) {
			t.Errorf("%s: not JSON", c.Name)
		}
		if strings.Contains(string(data), "<") {
			t.Errorf("%s: the option could end its script element", c.Name)
		}
	}
	i := trendOf(1, 2)
	i.Trend[1].SE, i.Trend[1].Low, i.Trend[1].High = 0.1, 1.8, 2.2
	c, _ := trendChart(i)
	data, _ := echart(c)
	if want := "2021: 2.0" + noBreak + "% (1.8 to 2.2)"; !strings.Contains(string(data), want) {
		t.Errorf("no point is named %q in %s", want, data)
	}
}

// Small differences look small, and percentages keep to their bounds.
func TestAxisRange(t *testing.T) {
	for _, c := range []struct {
		values    []float64
		unit      string
		low, high float64
	}{
		{[]float64{98.40, 98.45}, "percent", 90, 100},      // 93.425 … 103.425 in steps of 5, cut at 100
		{[]float64{28, 62}, "percent", 20, 70},             // 34 / 4 = 8.5: steps of 10
		{[]float64{14.1, 14.1}, "years", 13, 15},           // 14.1 ∓ 0.705 in steps of 0.5
		{[]float64{2984, 3120}, "per 100,000", 2800, 3300}, // 2896 … 3208 in steps of 100
		{[]float64{2.5, 3}, "points", 2.4, 3},              // 0.5 / 4 = 0.125 in steps of 0.2; 12 × 0.2 is 2.4000000000000004
		{[]float64{-3, 4}, "percent", -5, 10},              // −4.5 … 5.5 in steps of 5
	} {
		chart := analysis.Chart{Unit: c.unit, Series: []analysis.Series{{Value: c.values}}}
		if low, high, _ := axisRange(chart); low != c.low || high != c.high {
			t.Errorf("%v %s: %v to %v, want %v to %v", c.values, c.unit, low, high, c.low, c.high)
		}
	}
}
