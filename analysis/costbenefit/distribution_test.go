package costbenefit

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance*max(1, math.Abs(want)) {
		t.Errorf("%s: got %.17g, want %.17g", what, got, want)
	}
}

// testdata/qbeta.csv is R 4's qbeta(p, alpha, beta) to 17 digits.
func TestBetaQuantileAgainstR(t *testing.T) {
	file, err := os.Open("testdata/qbeta.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 60 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows[1:] {
		var v [4]float64
		for i := range v {
			if v[i], err = strconv.ParseFloat(row[i], 64); err != nil {
				t.Fatal(err)
			}
		}
		got := betaQuantile(v[2], 1-v[2], v[0], v[1])
		// Relative, also where the quantile is as small as 1e-121.
		if math.Abs(got-v[3]) > 1e-10*v[3] {
			t.Errorf("beta(%g, %g) at %g: got %.17g, R has %.17g", v[0], v[1], v[2], got, v[3])
		}
	}
}

// Quantiles: R 4.2's qnorm, qlnorm and qbeta; truncated ones by qnorm of
// pnorm(a) + p(pnorm(b) − pnorm(a)), in the upper tail for the far case.
func TestQuantiles(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		d       Distribution
		p, want []float64
	}{
		{Distribution{Kind: "normal", Mean: 10, SD: 2}, []float64{.05, .5, .999}, []float64{6.7102927460970552, 10, 16.180464612335626}},
		{Distribution{Kind: "truncated", Mean: .3, SD: .2, Low: 0, High: 1}, []float64{0, .01, .05, .5, .95, .99, 1},
			[]float64{0, 0.013690669145634049, 0.058328832694383659, 0.31670718132141917, 0.63517643369387589, 0.76861920005035289, 1}},
		{Distribution{Kind: "truncated", SD: 1, Low: 6, High: 8}, []float64{.01, .5, .99},
			[]float64{6.001631738006652, 6.1115649612052669, 6.7079852687343235}},
		{Distribution{Kind: "truncated", SD: 1, Low: -8, High: -6}, []float64{.01, .5, .99},
			[]float64{-6.7079852687343235, -6.1115649612052669, -6.001631738006652}},
		{Distribution{Kind: "truncated", Mean: 5, SD: 1, Low: -inf, High: inf}, []float64{.5}, []float64{5}},
		{Distribution{Kind: "lognormal", Low: 10, High: 40}, []float64{.05, .5, .95, .99}, []float64{10, 20, 40, 53.306781655624569}},
		{Distribution{Kind: "lognormal", Low: 10, High: 40, Mode: 18}, []float64{.5}, []float64{18}},
		// Between 150 and 210: b − √(½·90·60).
		{Distribution{Kind: "triangular", Low: 120, Mode: 150, High: 210}, []float64{0, 1. / 3, .5, 1}, []float64{120, 150, 210 - math.Sqrt(2700), 210}},
		{Distribution{Kind: "pert", Low: 120, Mode: 150, High: 210}, []float64{0, .05, .5, .95, 1},
			[]float64{120, 129.85491527984951, 153.8231256303709, 184.19586478918927, 210}},
		{Distribution{Kind: "beta", Alpha: 2, Beta: 5, Low: 0, High: 10}, []float64{.5}, []float64{2.6444998329565994}},
		{Distribution{Kind: "uniform", Low: -1, High: 3}, []float64{0, .25, 1}, []float64{-1, 0, 3}},
		{Distribution{Kind: "discrete", Values: []float64{5, 1, 3}, Probabilities: []float64{.2, .5, .3}},
			[]float64{0, .5, .50001, .8, .81, 1}, []float64{1, 1, 3, 3, 5, 5}},
		{Distribution{Kind: "pert", Low: 7, Mode: 7, High: 7}, []float64{.3}, []float64{7}},
		{Distribution{Kind: "triangular", Low: 7, Mode: 7, High: 7}, []float64{.3}, []float64{7}},
		{Distribution{}, []float64{.3}, []float64{math.NaN()}},
		{Distribution{Kind: "uniform", High: 1}, []float64{-.1, 1.1}, []float64{math.NaN(), math.NaN()}},
	} {
		for i, p := range c.p {
			within(t, c.d.String()+" at "+strconv.FormatFloat(p, 'g', -1, 64), c.d.Quantile(p), c.want[i], 1e-9)
		}
	}
}

// Moments by their closed forms; those of truncated normals by R's integrate.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		d              Distribution
		mean, variance float64
	}{
		{Distribution{Kind: "triangular", Low: 180, Mode: 240, High: 330}, 250, 950},
		{Distribution{Kind: "pert", Low: 120, Mode: 150, High: 210}, 155, 275},
		{Distribution{Kind: "normal", Mean: 60, SD: 6}, 60, 36},
		{Distribution{Kind: "uniform", High: 12}, 6, 12},
		{Distribution{Kind: "beta", Alpha: 2, Beta: 6, Low: 10, High: 30}, 15, 400 * 12. / (64 * 9)},
		{Distribution{Kind: "truncated", Mean: .3, SD: .2, High: 1}, 0.32757779316963043, 0.030779049141063723},
		{Distribution{Kind: "truncated", SD: 1, Low: 6, High: 8}, 6.1584813668399585, 0.023985213408019779},
		{Distribution{Kind: "truncated", SD: 1, High: math.Inf(1)}, 0.79788456080286541, 0.36338022763241862},
		{Distribution{Kind: "lognormal", Low: 10, High: 40}, 21.857033201624922, 92.834743908454428},
		{Distribution{Kind: "discrete", Values: []float64{5, 1, 3}, Probabilities: []float64{2, 5, 3}}, 2.4, 9*.3 + 25*.2 + .5 - 2.4*2.4},
	} {
		within(t, c.d.String()+": mean", c.d.ExpectedValue(), c.mean, 1e-9)
		within(t, c.d.String()+": variance", c.d.Variance(), c.variance, 1e-9)
	}
}

// The curves that draws are taken from are the quantile functions, also far out.
func TestCurveIsQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e6, 1e6).Draw(t, "low")
		width := rapid.Float64Range(1e-3, 1e6).Draw(t, "width")
		share := rapid.Float64Range(0, 1).Draw(t, "mode")
		d := Distribution{Low: low, High: low + width, Mode: low + share*width}
		d.Alpha, d.Beta = rapid.Float64Range(.05, 50).Draw(t, "alpha"), rapid.Float64Range(.05, 50).Draw(t, "beta")
		d.Kind = rapid.SampledFrom([]string{"pert", "beta", "triangular", "uniform"}).Draw(t, "kind")
		curve, last := d.curve(), math.Inf(-1)
		slack := 1e-9*width + 1e-15*math.Abs(low)
		for _, u := range []float64{0x1p-53, 1e-9, 1e-4, .03, .2, .5, .77, .95, .9999, 1 - 1e-9, 1 - 0x1p-53} {
			got := curve(u)
			if want := d.Quantile(u); math.Abs(got-want) > slack {
				t.Fatalf("%v at %g: %.17g instead of %.17g", d, u, got, want)
			}
			if got < last-slack || got < d.Low-slack || got > d.High+slack {
				t.Fatalf("%v at %g: %g after %g", d, u, got, last)
			}
			last = got
		}
	})
}

func BenchmarkBetaCurve(b *testing.B) {
	for b.Loop() {
		newBetaCurve(2.3, 3.7)
	}
}
