package costbenefit

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pediment/analysis"
)

func exampleModel(t *testing.T) *Model {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "good", "literacy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	a, problems := Read("appraisals/literacy.yaml", data)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m, problems := Compile(a, answered())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

func mustTell(t *testing.T, m *Model) Uncertainty {
	t.Helper()
	u, err := m.uncertainty(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// All tables, charts and sentences are the same bytes for any number of
// processors and on every run.
func TestUncertaintyIsReproducible(t *testing.T) {
	m := exampleModel(t)
	render := func() string {
		u := mustTell(t, m)
		text, err := json.Marshal([]any{u.Tables(), u.Charts(), u.Findings()})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	first := render()
	for _, processors := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(processors)
		again := render()
		runtime.GOMAXPROCS(before)
		if again != first {
			t.Fatalf("%d processors tell otherwise", processors)
		}
	}
	for _, table := range []string{"sensitivity", "switching", "scenarios", "monte_carlo", "contributions", "distributions", "correlations", "npv_distribution"} {
		if !strings.Contains(first, `"name":"`+table+`"`) {
			t.Errorf("no table %s", table)
		}
	}
}

func TestUncertaintyOfExample(t *testing.T) {
	m := exampleModel(t)
	u := mustTell(t, m)
	o := u.Options[0]
	if u.Draws != 10_000 || u.Seed != 1 || len(u.Correlations) != 1 {
		t.Errorf("%d draws, seed %d, %d correlations", u.Draws, u.Seed, len(u.Correlations))
	}
	within(t, "NPV", o.NPV, m.Compute(m.Values()).Options[0].NPV, 0)
	draws, share := 0, 0.0
	for _, b := range o.Bins {
		draws += b.Draws
	}
	for _, c := range o.Contributions {
		share += c.Share
		if c.Knowing > o.Everything.Value+1e-9 {
			t.Errorf("knowing %s is worth more than knowing everything", m.Inputs[c.Input].ID)
		}
	}
	if draws != u.Draws || math.Abs(share-1) > 1e-12 {
		t.Errorf("%d draws in bins, shares add up to %g", draws, share)
	}
	// more_learn enters a transfer only, so it moves no NPV.
	if ids := drawnIDs(u); !slices.Equal(ids, []string{"learners", "anyway"}) {
		t.Error(ids)
	}
	if s := u.Scenarios; s[0].ID != "base" || s[2].NPV[0] != s[0].NPV[0] || !strings.Contains(s[2].Description, "no funding from State") || !(s[1].NPV[0] < 0) {
		t.Errorf("%+v", s)
	}
	findings := ""
	for _, f := range u.Findings() {
		findings += f[0] + ": " + f[1] + "\n"
	}
	for _, part := range []string{"nine results of ten", "below 0 in about 17 % of draws", "The verdict hangs on: Learners a year (the verdict turns below",
		"pays back unless more than 36 % would have learned anyway", "opposite in Few come", "would be worth at most"} {
		if !strings.Contains(findings, part) {
			t.Errorf("no %q in\n%s", part, findings)
		}
	}
}

func drawnIDs(u Uncertainty) (ids []string) {
	for _, i := range u.Drawn {
		ids = append(ids, u.model.Inputs[i].ID)
	}
	return ids
}

func TestNothingDrawn(t *testing.T) {
	u := mustTell(t, threeLines())
	if u.Draws != 0 || len(u.Tables()) != 3 || len(u.Charts()) != 1 {
		t.Errorf("%d draws, %d tables, %d charts", u.Draws, len(u.Tables()), len(u.Charts()))
	}
	if f := u.Findings(); !strings.Contains(f[len(f)-1][1], "No assumption has a distribution") {
		t.Error(f)
	}
}

// A drawn rate of −100 % has no NPV; the file is told, not the program stopped.
func TestImpossibleDraws(t *testing.T) {
	m := threeLines()
	m.Flows[0].Base[3] = 10
	m.Inputs[0].Draw = Distribution{Kind: "discrete", Values: []float64{-1}, Probabilities: []float64{1}}
	_, err := m.uncertainty(context.Background(), nil)
	var problems analysis.Problems
	if !errors.As(err, &problems) || !strings.Contains(problems[0].Hint, "truncated") {
		t.Error(err)
	}
}

// Measured inputs: the sentence on another survey names the worth of knowing.
func TestWorthOfAnotherSurvey(t *testing.T) {
	m := threeLines()
	m.Inputs[1].Label, m.Inputs[1].SE = "Adults who learn", .2
	m.Inputs[1].Draw = Distribution{Kind: "normal", Mean: 1, SD: .2}
	m.Appraisal.Simulation.Draws = 40_000
	u := mustTell(t, m)
	o := u.Options[0]
	// NPV ~ N(40, 52): 52·L(40/52) by the unit normal loss integral.
	ratio := 40. / 52
	want := 52 * (normalDensity(ratio) - ratio*normalBelow(-ratio))
	if got := o.Contributions[0].Knowing; math.Abs(got-want) > 4*o.Everything.Error {
		t.Errorf("%g, closed form %g", got, want)
	}
	if text := u.knowledgeSentence(o); !strings.Contains(text, "Another survey of Adults who learn would be worth at most "+m.moneyWords(o.Contributions[0].Knowing)) {
		t.Error(text)
	}
	// P(NPV < 0) = Φ(−40/52).
	if math.Abs(o.Loss-normalBelow(-ratio)) > 4*o.LossError {
		t.Errorf("loss in %g of draws", o.Loss)
	}
}

func TestHistogram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e7, 1e7), 1, 300).Draw(t, "values")
		bins := histogram(values)
		n := 0
		for i, b := range bins {
			n += b.Draws
			if i > 0 && b.From != bins[i-1].To || b.From > b.To || b.From < 0 && b.To > 0 && len(bins) > 1 {
				t.Fatalf("%+v after %+v", b, bins[max(0, i-1)])
			}
		}
		if n != len(values) || len(bins) > 2*histogramBins {
			t.Fatalf("%d in %d bins", n, len(bins))
		}
	})
	if got := histogram([]float64{5, 5, 5}); len(got) != 1 || got[0] != (Bin{5, 5, 3}) {
		t.Error(got)
	}
}

func TestLossWords(t *testing.T) {
	for _, c := range []struct {
		loss  float64
		draws int
		want  string
	}{
		{.3712, 10_000, "about 37 %"},
		{.0052, 10_000, "about 0.5 %"},
		{.995, 10_000, "about 99.5 %"},
		{0, 10_000, "less than 0.03 %"},
		{1, 10_000, "more than 99.97 %"},
		{.37, 400, "about 37 %, give or take 5 points"},
	} {
		s := Spread{Loss: c.loss, LossError: math.Sqrt(c.loss * (1 - c.loss) / float64(c.draws))}
		if got := lossWords(s, c.draws); got != c.want {
			t.Errorf("%g of %d: %q", c.loss, c.draws, got)
		}
	}
}

// Two options that exclude each other, N(10, 20) and the same 5 more: the second
// is always the better one, so the first does not matter, and knowing the input is
// worth 20·L(15/20).
func TestChoiceAmongOptions(t *testing.T) {
	b := newBuilder(2025, 2025, .035, 2)
	m := b.m
	m.Inputs = append(m.Inputs, Input{ID: "x", Label: "X", Value: 1, Low: math.NaN(), High: math.NaN(), SE: math.NaN(),
		Draw: Distribution{Kind: "normal", Mean: 1, SD: 2}})
	f := &m.Flows[b.line(false, "economic", 2, 2, 10)]
	f.Factors = []Factor{{"level", Plain, 1, None}}
	second := &m.Flows[b.line(false, "economic", 2, 2, 5)]
	second.Members = []float64{0, 1}
	second.Factors = []Factor{{"level", Plain, b.input("y", 1), None}}
	m.Inputs[2].Draw = Distribution{Kind: "uniform", Low: 1, High: 1}
	m.Appraisal.Simulation.Draws = 40_000
	u := mustTell(t, m)
	loss := func(u float64) float64 { return normalDensity(u) - u*normalBelow(-u) }
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"first alone", u.Options[0].Everything.Value, 20 * loss(.5)},
		{"second alone", u.Options[1].Everything.Value, 20 * loss(.75)},
		{"choice", u.Everything.Value, 20 * loss(.75)},
		{"knowing x before choosing", u.Knowing[0].Value, 20 * loss(.75)},
	} {
		if math.Abs(c.got-c.want) > 4*u.Everything.Error+.01 {
			t.Errorf("%s: %g, closed form %g", c.what, c.got, c.want)
		}
	}
	if n, all := len(u.Options[0].Contributions), len(u.Options[1].Contributions); n != 1 || all != 2 {
		t.Errorf("%d and %d contributions: y is in the second option alone", n, all)
	}
	// Compatible ones are decided together as two decisions.
	m.Appraisal.Options[0].Compatible, m.Appraisal.Options[1].Compatible = true, true
	if both := mustTell(t, m).Everything.Value; math.Abs(both-(u.Options[0].Everything.Value+u.Options[1].Everything.Value)) > 1e-9 {
		t.Errorf("both: %g", both)
	}
}

// The example's NPV is 321,878·(learners/120)·(1 − anyway)/.75 − 273,465. R 4,
// with qbeta, a Gaussian copula and 2,000,000 draws of its own, has the figures
// below; knowing one input by a polynomial of the fifth degree.
func TestExampleAgainstR(t *testing.T) {
	m := exampleModel(t)
	m.Appraisal.Simulation.Draws, m.Appraisal.Simulation.Seed = 200_000, 5
	o := mustTell(t, m).Options[0]
	for _, c := range []struct {
		what            string
		got, want, band float64
	}{
		{"mean", o.Mean, 37421, 4 * o.MeanError},
		{"sd", o.SD, 37437, 300},
		{"loss", o.Loss, .17126, 4 * o.LossError},
		{"5 %", o.Percentiles[0], -24340, 700},
		{"median", o.Percentiles[2], 37444, 450},
		{"95 %", o.Percentiles[4], 99125, 700},
		{"shortfall", o.Shortfall, 18149, 300},
		{"knowing everything", o.Everything.Value, 3108, 4 * o.Everything.Error},
		{"knowing learners", o.Contributions[0].Knowing, 1778, 80},
		{"knowing anyway", o.Contributions[1].Knowing, 1414, 80},
		{"rank correlation of learners", o.Contributions[0].Rank, .8260, .005},
		{"rank correlation of anyway", o.Contributions[1].Rank, -.7689, .005},
	} {
		if math.Abs(c.got-c.want) > c.band {
			t.Errorf("%s: %g, R has %g", c.what, c.got, c.want)
		}
	}
}
