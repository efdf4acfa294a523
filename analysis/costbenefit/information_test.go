package costbenefit

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// For NPV ~ N(µ, σ) against nothing the value of perfect information is
// σ·L(|µ|/σ), L(u) = φ(u) − u·(1 − Φ(u)) the unit normal loss integral. By hand
// for µ = 10, σ = 20: 20·(φ(.5) − .5·(1 − Φ(.5))) = 20·(.352065 − .154269) = 3.9559.
func TestPerfectInformationOfNormal(t *testing.T) {
	const n = 40_000
	for _, mu := range []float64{-10, 0, 10, 200} {
		s := mustSimulate(t, independent(11, Distribution{Kind: "normal", Mean: mu, SD: 20}), n, 2,
			func(x, out []float64) { out[0] = x[0] })
		u := math.Abs(mu) / 20
		want := 20 * (normalDensity(u) - u*normalBelow(-u))
		got := single(0).perfectInformation(s.result)
		if math.Abs(got.Value-want) > 4*got.Error+1e-9 {
			t.Errorf("mean %g: %g ± %g, closed form %g", mu, got.Value, got.Error, want)
		}
		if mu == 10 {
			within(t, "by hand", want, 3.9559, 1e-4)
		}
		// There is one input: knowing it is knowing everything.
		_, known, err := contributions(context.Background(), s, []bool{false}, single(0), 2)
		if err != nil || math.Abs(known[0].Value-got.Value) > 1e-6 {
			t.Error(known, got, err)
		}
	}
}

// NPV = a + b with a ~ N(5, 20) and b ~ N(0, 10): knowing a leaves E(NPV | a) = a,
// so its value is 20·L(5/20); of b, 10·L(5/10). c does nothing.
func TestKnowingOneInput(t *testing.T) {
	const n = 40_000
	d := independent(4, Distribution{Kind: "normal", Mean: 5, SD: 20}, Distribution{Kind: "normal", SD: 10}, Distribution{Kind: "uniform", High: 1},
		Distribution{Kind: "discrete", Values: []float64{-6, 6}, Probabilities: []float64{.5, .5}})
	s := mustSimulate(t, d, n, 2, func(x, out []float64) { out[0] = x[0] + x[1] + x[3] })
	by, _, err := contributions(context.Background(), s, []bool{false, false, false, true}, single(0), 2)
	if err != nil {
		t.Fatal(err)
	}
	loss := func(u float64) float64 { return normalDensity(u) - u*normalBelow(-u) }
	// The fourth: ½·11 + ½·0 − 5 = 0.5.
	for k, want := range []float64{20 * loss(.25), 10 * loss(.5), 0, .5} {
		if got := by[0][k].Knowing; math.Abs(got-want) > .15 {
			t.Errorf("knowing input %d: %g, closed form %g", k, got, want)
		}
	}
}

func TestChoices(t *testing.T) {
	a, b, c := Option{ID: "a"}, Option{ID: "b"}, Option{ID: "c", Compatible: true}
	d, e := Option{ID: "d", ExclusiveWith: []string{"e"}}, Option{ID: "e", ExclusiveWith: []string{"d"}}
	f := Option{ID: "f", ExclusiveWith: []string{"d"}}
	for _, want := range []struct {
		name    string
		options []Option
		choice  choice
	}{
		{"all exclusive", []Option{a, b}, choice{{}, {0}, {1}}},
		{"one compatible", []Option{a, b, c}, choice{{}, {0}, {1}, {2}, {0, 2}, {1, 2}}},
		{"named", []Option{d, e, f}, choice{{}, {0}, {1}, {2}, {1, 2}}},
		{"named against a compatible one", []Option{c, {ID: "x", ExclusiveWith: []string{"c"}}}, choice{{}, {0}, {1}}},
	} {
		m := &Model{Appraisal: &Appraisal{Options: want.options}}
		got := newChoice(len(want.options), m.excludes)
		if !slices.EqualFunc(got, want.choice, slices.Equal) {
			t.Errorf("%s: %v, want %v", want.name, got, want.choice)
		}
	}
	if got := choice([][]int{{}, {0}, {1}, {0, 1}}).best([]float64{3, -1}); got != 3 {
		t.Error(got)
	}
}

// Textbook decision tree, a bid with a later permission risk: paying for the bid
// before the permission is known has the expected value ½·(.8·150000 −
// .2·150000) − ½·50000 = 20000.
func TestDecisionTree(t *testing.T) {
	d := independent(1, Distribution{Kind: "discrete", Values: []float64{150000, -150000, -50000}, Probabilities: []float64{.4, .1, .5}})
	within(t, "expected value", Distribution{Kind: "discrete", Values: []float64{150000, -150000, -50000}, Probabilities: []float64{.4, .1, .5}}.ExpectedValue(), 20000, 1e-12)
	const n = 100_000
	got := spread(mustSimulate(t, d, n, 2, func(x, out []float64) { out[0] = x[0] }).result[0])
	if math.Abs(got.Mean-20000) > 4*got.MeanError || math.Abs(got.Loss-.6) > 4*got.LossError {
		t.Errorf("%+v", got)
	}
}

// Knowing everything is worth at least as much as knowing one thing, and never
// less than nothing; scaling money scales it.
func TestInformationProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(30, 200).Draw(t, "n")
		x, y := make([]float64, n), [][]float64{make([]float64, n), make([]float64, n)}
		for i := range n {
			x[i] = rapid.Float64Range(-5, 5).Draw(t, "x")
			y[0][i], y[1][i] = rapid.Float64Range(-100, 100).Draw(t, "a"), rapid.Float64Range(-100, 100).Draw(t, "b")
		}
		all := newChoice(2, func(a, b int) bool { return true })
		value := all.perfectInformation(y).Value
		fit := [][]float64{cubicFit(x, y[0]), cubicFit(x, y[1])}
		if one := all.valueOfKnowing(fit); one < 0 || value < 0 {
			t.Fatal(one, value)
		}
		if math.Abs(mean(fit[0])-mean(y[0])) > 1e-9*100 {
			t.Fatal("a fit with another mean")
		}
		double := [][]float64{slices.Clone(y[0]), slices.Clone(y[1])}
		add(double[0], y[0], 1)
		add(double[1], y[1], 1)
		if twice := all.perfectInformation(double).Value; math.Abs(twice-2*value) > 1e-9*(1+value) {
			t.Fatal(twice, value)
		}
	})
}
