package progress

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// A break without factor parts the line; the path begins after it and runs to the
// target. By hand: from 47 in 2020 to 60 in 2030 it asks 50.9 in 2023.
func TestLineChart(t *testing.T) {
	c := measured(t, func(m *Measure) {
		m.Breaks = []Break{{Period: value(t, "2020", 0, nan).Period, Note: "new form", Factor: nan}}
	}, value(t, "2015", 40, 1), value(t, "2020", 47, 1), value(t, "2023", 50, 1))
	charts := Assess(c.plan, c.setup).Charts
	if len(charts) != 2 {
		t.Fatalf("%d charts, want shares and one line", len(charts))
	}
	line := charts[1]
	if len(line.Labels) != 16 || line.Labels[0] != "2015" || line.Labels[15] != "2030" {
		t.Fatalf("labels %v, want 2015 to 2030", line.Labels)
	}
	names := []string{"actual", "required path", "before the break"}
	for k, s := range line.Series {
		if s.Name != names[k] || len(s.Value) != 16 || len(s.Low) != 16 || len(s.High) != 16 {
			t.Errorf("series %d is %q with %d values", k, s.Name, len(s.Value))
		}
	}
	actual, path, before := line.Series[0], line.Series[1], line.Series[2]
	expect(t, "before the break", before.Value[0], 40, tight)
	expect(t, "no actual value then", actual.Value[0], nan, tight)
	expect(t, "actual", actual.Value[5], 47, tight)
	expect(t, "lower end", actual.Low[5], 47-normalBound, tight)
	expect(t, "no path before", path.Value[4], nan, tight)
	expect(t, "path", path.Value[8], 50.9, tight)
	expect(t, "target", path.Value[15], 60, tight)
}

// The shares of every measure stack to 100 percent; exact ones are not drawn.
func TestSharesChart(t *testing.T) {
	plan, s := manyTargets(4, 3)
	chart := chartNamed(t, Assess(plan, s), "status_shares")
	if len(chart.Labels) != 12 || len(chart.Series) != 5 {
		t.Fatalf("%s with %d labels and %d series", chart.Name, len(chart.Labels), len(chart.Series))
	}
	for k, label := range chart.Labels {
		sum := 0.0
		for _, series := range chart.Series {
			sum += series.Value[k]
		}
		if math.Abs(sum-100) > 1e-9 {
			t.Errorf("%s stacks to %g", label, sum)
		}
	}
	exact := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 52, nan))
	for _, chart := range Assess(exact.plan, exact.setup).Charts {
		if chart.Name == "status_shares" {
			t.Error("an exact status has no shares to draw")
		}
	}
}

func TestLabels(t *testing.T) {
	m := Measure{Name: "Reading (adults)"}
	m.Place.Value = "d1"
	places := analysis.Places{{Code: "d1", Name: "Eastmoor"}}
	st := standing{Measure: m, title: titleOf(m, "", Setup{Places: places})}
	if got := st.label(); got != "Eastmoor – Reading (adults)" {
		t.Errorf("label %q", got)
	}
	m.Place.Value = ""
	st = standing{Measure: m, title: titleOf(m, "", Setup{Places: places})}
	if got := st.label(); got != "Reading (adults)" {
		t.Errorf("label %q", got)
	}
}

// No more decimals than the error supports: 1.2 one, 4.1 none; without error no
// zeros at the end.
func TestFigures(t *testing.T) {
	tests := []struct {
		got, want string
	}{
		{figure(49.678, 1.2), "49.7"}, {figure(49.678, 4.1), "50"}, {figure(12345.6, 0), "12,346"},
		{figure(-2.5, 0), "−2.5"}, {figure(0.5, 0), "0.5"}, {figure(-0.001, .5), "0.0"},
		{about(10_215), "10,000"}, {about(3_166_633), "3.2 million"},
		{chance(.99999), "more than 99 %"}, {chance(.004), "less than 1 %"}, {chance(.415), "42 %"},
		{years(.5), "less than a year"}, {years(12.2), "about 12 years"}, {years(80), "more than 50 years"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func chartNamed(t *testing.T, r analysis.Result, name string) analysis.Chart {
	t.Helper()
	for _, c := range r.Charts {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("there is no chart %s", name)
	return analysis.Chart{}
}

// Actual and target stand side by side for measures of one unit, what asks for a
// decision first; a measure without a value or a target is not among them.
func TestTargetChart(t *testing.T) {
	plan, s := manyTargets(4, 3)
	chart := chartNamed(t, Assess(plan, s), "targets_percent")
	if chart.Kind != analysis.Bullet || len(chart.Series) != 2 || chart.Series[1].Tone != analysis.Path {
		t.Fatalf("%s with series %+v", chart.Kind, chart.Series)
	}
	for k, label := range chart.Labels {
		actual, target := chart.Series[0], chart.Series[1]
		if math.IsNaN(actual.Value[k]) || math.IsNaN(target.Value[k]) || actual.Low[k] > actual.Value[k] {
			t.Errorf("%s: %v with target %v", label, actual.Value[k], target.Value[k])
		}
	}
	if !strings.Contains(chart.Title, "of the 12 measures shown") {
		t.Errorf("title %q", chart.Title)
	}
}
