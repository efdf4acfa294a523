package costbenefit

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func independent(seed int64, ds ...Distribution) *drawing {
	places := make([]int, len(ds))
	for i := range places {
		places[i] = i
	}
	return newDrawing(seed, places, ds, dependence{})
}

func mustSimulate(t testing.TB, d *drawing, draws, workers int, npv func(x, out []float64)) sample {
	t.Helper()
	s, err := simulate(context.Background(), d, make([]float64, len(d.inputs)), draws, 1, workers, npv, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Constructed: NPV = benefit − capital − operating + extra. Exact moments: mean
// 250 − 155 − 60 + 6 = 41, variance 950 + 275 + 36 + 12 = 1273; bands 4·sd/√n and
// 6·variance/√n.
func TestLinearMonteCarlo(t *testing.T) {
	const n = 40_000
	s := mustSimulate(t, linearCase(7), n, 2, linear)
	got := spread(s.result[0])
	if math.Abs(got.Mean-41) > 4*math.Sqrt(1273./n) {
		t.Errorf("mean %g", got.Mean)
	}
	if math.Abs(got.SD*got.SD-1273) > 6*1273/math.Sqrt(n) {
		t.Errorf("variance %g", got.SD*got.SD)
	}
	within(t, "error of the mean", got.MeanError, got.SD/math.Sqrt(n), 1e-12)
	by, _, err := contributions(context.Background(), s, make([]bool, 4), single(0), 2)
	if err != nil {
		t.Fatal(err)
	}
	shareOut(by[0])
	// Exact shares of variance: 950, 275, 36 and 12 of 1273. Squared rank
	// correlations come close to them.
	for k, want := range []float64{950. / 1273, 275. / 1273, 36. / 1273, 12. / 1273} {
		if math.Abs(by[0][k].Share-want) > .02 {
			t.Errorf("share of input %d: %g, exact %g", k, by[0][k].Share, want)
		}
	}
	if by[0][1].Rank >= 0 || by[0][0].Rank <= 0 {
		t.Errorf("ranks %+v", by[0])
	}
}

func linear(x, out []float64) { out[0] = x[0] - x[1] - x[2] + x[3] }

func linearCase(seed int64) *drawing {
	return independent(seed,
		Distribution{Kind: "triangular", Low: 180, Mode: 240, High: 330},
		Distribution{Kind: "pert", Low: 120, Mode: 150, High: 210},
		Distribution{Kind: "normal", Mean: 60, SD: 6},
		Distribution{Kind: "uniform", High: 12})
}

func TestSameDrawsForAnyWorkers(t *testing.T) {
	first := mustSimulate(t, linearCase(1), 3000, 1, linear)
	by, known, err := contributions(context.Background(), first, make([]bool, 4), single(0), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{2, 5} {
		for _, processors := range []int{1, 2, 4} {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			s := mustSimulate(t, linearCase(1), 3000, workers, linear)
			for k := range s.drawn {
				if !slices.Equal(s.drawn[k], first.drawn[k]) {
					t.Fatalf("%d workers draw other values", workers)
				}
			}
			if !slices.Equal(s.result[0], first.result[0]) {
				t.Fatalf("%d workers get other results", workers)
			}
			again, knownAgain, _ := contributions(context.Background(), s, make([]bool, 4), single(0), workers)
			if !slices.Equal(again[0], by[0]) || !slices.Equal(known, knownAgain) {
				t.Fatalf("%d workers get other contributions", workers)
			}
		}
	}
	if other := mustSimulate(t, linearCase(2), 3000, 1, linear); other.result[0][0] == first.result[0][0] {
		t.Error("another seed draws the same")
	}
}

// A longer run starts with the draws of a shorter one: draw i hangs on the seed
// and i alone.
func TestDrawsArePrefix(t *testing.T) {
	short, long := mustSimulate(t, linearCase(3), 500, 2, linear), mustSimulate(t, linearCase(3), 2000, 2, linear)
	if !slices.Equal(short.result[0], long.result[0][:500]) {
		t.Error("a longer run draws otherwise")
	}
}

func TestSimulationEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := simulate(ctx, linearCase(1), make([]float64, 4), 1_000_000, 1, 2, linear, func(done, total int) {
		if calls++; calls == 2 {
			cancel()
		}
		if done < 1 || done > total || total != 1_000_000 {
			t.Errorf("%d of %d", done, total)
		}
	})
	if !errors.Is(err, context.Canceled) || calls > 10 {
		t.Error(err, calls)
	}
	_, err = simulate(context.Background(), linearCase(1), make([]float64, 4), 300, 1, 2,
		func(x, out []float64) { out[0] = math.Log(x[3] - 6) }, nil)
	if wrong := (noResult{}); !errors.As(err, &wrong) {
		t.Error(err)
	}
}

func TestConstantInputsDoNotSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
		d := independent(1, Distribution{Kind: "uniform", Low: v, High: v}, Distribution{Kind: "pert", Low: v, Mode: v, High: v},
			Distribution{Kind: "triangular", Low: v, Mode: v, High: v}, Distribution{Kind: "truncated", Mean: v, Low: v - 1, High: v + 1})
		s, err := simulate(context.Background(), d, make([]float64, 4), 50, 1, 1,
			func(x, out []float64) { out[0] = x[0] + x[1] - x[2] - 2*x[3] }, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := spread(s.result[0])
		if got.SD != 0 || got.MeanError != 0 || got.Mean != -v {
			t.Fatalf("%+v", got)
		}
	})
}

// Rank correlations come out as asked for, ρ = 1 and −1 too, and what is not
// correlated stays independent.
func TestRankCorrelationRecovered(t *testing.T) {
	ranks := map[[2]int]float64{{1, 0}: .6, {2, 0}: -.4, {2, 1}: -.2}
	root, ok := copulaRoot(3, ranks)
	if !ok {
		t.Fatal("refused")
	}
	d := linearCase(5)
	d.dependence = dependence{[]int{0, 1, 3}, root}
	const n = 40_000
	s := mustSimulate(t, d, n, 2, linear)
	rank := make([][]float64, 4)
	for k := range rank {
		rank[k] = midRanks(s.drawn[k], ordered(s.drawn[k]))
	}
	for _, c := range []struct {
		a, b int
		want float64
	}{{0, 1, .6}, {0, 3, -.4}, {1, 3, -.2}, {0, 2, 0}, {1, 2, 0}, {3, 2, 0}} {
		if got := correlation(rank[c.a], rank[c.b]); math.Abs(got-c.want) > 4/math.Sqrt(n) {
			t.Errorf("rank correlation of %d and %d: %g, want %g", c.a, c.b, got, c.want)
		}
	}
	// The margins stay: mean 250, variance 950 of the triangular one.
	if got := spread(s.drawn[0]); math.Abs(got.Mean-250) > 4*math.Sqrt(950./n) || math.Abs(got.SD*got.SD-950) > 6*950/math.Sqrt(n) {
		t.Errorf("margin %+v", got)
	}
}

func TestCopulaRoot(t *testing.T) {
	for _, c := range []struct {
		name  string
		n     int
		ranks map[[2]int]float64
		ok    bool
	}{
		{"equal", 2, map[[2]int]float64{{1, 0}: 1}, true},
		{"opposite", 2, map[[2]int]float64{{1, 0}: -1}, true},
		{"all equal", 3, map[[2]int]float64{{1, 0}: 1, {2, 0}: 1, {2, 1}: 1}, true},
		{"equal to two unlike", 3, map[[2]int]float64{{1, 0}: 1, {2, 0}: 1, {2, 1}: .5}, false},
		{"three opposites", 3, map[[2]int]float64{{1, 0}: -.9, {2, 0}: -.9, {2, 1}: -.9}, false},
	} {
		root, ok := copulaRoot(c.n, c.ranks)
		if ok != c.ok {
			t.Errorf("%s: %v", c.name, ok)
		}
		for i := range root {
			for j := range i {
				// The row's products are the correlation of normal scores.
				within(t, c.name, dot(root[i][:j+1], root[j]), 2*math.Sin(math.Pi*c.ranks[[2]int{i, j}]/6), 1e-9)
			}
		}
	}
}

func TestSpread(t *testing.T) {
	// By hand: mean ½; squares 12.25 + 6.25 + .25 + 2.25 = 21, over 3.
	got := spread([]float64{4, -2, 1, -1})
	within(t, "mean", got.Mean, .5, 1e-15)
	within(t, "sd", got.SD, math.Sqrt(7), 1e-15)
	within(t, "loss", got.Loss, .5, 0)
	within(t, "its error", got.LossError, .25, 1e-15)
	within(t, "shortfall", got.Shortfall, 1.5, 1e-15)
	if never := spread([]float64{1, 2}); !math.IsNaN(never.Shortfall) || never.Loss != 0 {
		t.Errorf("%+v", never)
	}
}

// Values of spreadsheets' PERCENTILE.INC, QUARTILE.INC, STDEV.S, CORREL and
// RANK.AVG, recalculated in LibreOffice 7.4.
func TestSpreadsheetStatistics(t *testing.T) {
	ten := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	within(t, "5 %", percentile(ten, .05), 1.45, 1e-15)
	within(t, "25 %", percentile(ten, .25), 3.25, 1e-15)
	within(t, "50 %", percentile(ten, .5), 5.5, 1e-15)
	within(t, "0 %", percentile(ten, 0), 1, 0)
	within(t, "100 %", percentile(ten, 1), 10, 0)
	within(t, "nothing", percentile(nil, .5), math.NaN(), 0)
	within(t, "standard deviation", spread(ten).SD, 3.0276503540974917, 1e-15)
	within(t, "correlation", correlation(ten[:5], []float64{2, 4, 6, 8, 11}), 0.9958932064677039, 1e-15)
	if ranks := midRanks([]float64{1, 2, 2, 3}, ordered([]float64{1, 2, 2, 3})); !slices.Equal(ranks, []float64{1, 2.5, 2.5, 4}) {
		t.Error(ranks)
	}
}

func TestOrdered(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, 5000)
	for i := range values {
		values[i] = math.Round(r.NormFloat64()*300) * math.Pow(10, float64(r.IntN(12)-6))
	}
	order := ordered(values)
	for k := 1; k < len(order); k++ {
		a, b := order[k-1], order[k]
		if values[a] > values[b] || values[a] == values[b] && a > b {
			t.Fatalf("%g before %g", values[a], values[b])
		}
	}
}

// Neighbouring draws, neighbouring inputs and neighbouring seeds have nothing to
// do with each other.
func TestDrawsAreUncorrelated(t *testing.T) {
	const n = 50_000
	uniform := Distribution{Kind: "uniform", High: 1}
	first := mustSimulate(t, independent(1, uniform, uniform), n, 2, func(x, out []float64) {})
	second := mustSimulate(t, independent(2, uniform, uniform), n, 2, func(x, out []float64) {})
	for _, c := range []struct {
		what string
		a, b []float64
	}{
		{"draws", first.drawn[0][1:], first.drawn[0][:n-1]},
		{"draws two apart", first.drawn[1][2:], first.drawn[1][:n-2]},
		{"inputs", first.drawn[0], first.drawn[1]},
		{"last and next", first.drawn[1][:n-1], first.drawn[0][1:]},
		{"seeds", first.drawn[0], second.drawn[0]},
	} {
		if got := correlation(c.a, c.b); math.Abs(got) > 4/math.Sqrt(n) {
			t.Errorf("%s: correlation %g", c.what, got)
		}
	}
	// Kolmogorov and Smirnov: beyond 1.95/√n once in a thousand.
	sorted := slices.Sorted(slices.Values(first.drawn[0]))
	for i, v := range sorted {
		if math.Abs(v-float64(i)/n) > 1.95/math.Sqrt(n) {
			t.Fatalf("%g in place %d", v, i)
		}
	}
}
