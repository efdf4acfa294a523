package survey

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// What must hold of every sample, tried on random ones.

// drawn is a random sample with its design. Of its columns y and v have gaps, g
// and h are texts with gaps, whole and half the same without, x is above 0, b is
// 0 or 1, and row is a text of its own for every row.
type drawn struct {
	*memoryRows
	design Design
}

// Ways of drawing a sample: rows, rows in strata, PSUs in strata, units in PSUs in
// strata from finite populations.
var everyDesign = []string{"rows", "strata", "clusters", "stages"}

// drawSample draws a sample in one of the ways.
func drawSample(t *rapid.T, ways ...string) drawn {
	d := drawn{memoryRows: &memoryRows{numbers: map[string][]float64{}, texts: map[string][]string{}}, design: Design{Weights: "w"}}
	way, strata := rapid.SampledFrom(ways).Draw(t, "way"), 1
	if way != "rows" {
		strata, d.design.Strata = rapid.IntRange(1, 3).Draw(t, "strata"), []string{"str"}
	}
	for h := range strata {
		d.drawStratum(t, way, "stratum "+strconv.Itoa(h))
	}
	if way == "stages" || rapid.Bool().Draw(t, "finite") {
		d.design.FPC = []string{rapid.SampledFrom([]string{"population", "fraction"}).Draw(t, "fpc")}
	}
	switch way {
	case "clusters":
		d.design.IDs = []string{"psu"}
	case "stages":
		d.design.IDs, d.design.FPC = []string{"psu", "unit"}, append(d.design.FPC, d.design.FPC[0]+" of units")
	}
	return d
}

// drawStratum adds a stratum of at least two PSUs and four rows.
func (d *drawn) drawStratum(t *rapid.T, way, stratum string) {
	few := func(low int, what string) int { return rapid.IntRange(low, low+2).Draw(t, what) }
	psus, units := few(2, "PSUs"), func() int { return 1 }
	if way == "rows" || way == "strata" {
		psus = few(4, "rows")
	}
	if way == "stages" {
		units = func() int { return few(2, "units") }
	}
	population := psus + few(0, "PSUs not drawn")
	for psu := range psus {
		n := units()
		of := n + few(0, "units not drawn")
		for unit := range n {
			rows := 1
			if way == "clusters" || way == "stages" {
				rows = few(2, "rows")
			}
			for range rows {
				d.drawRow(t)
				d.number("population", float64(population))
				d.number("fraction", float64(psus)/float64(population))
				d.number("population of units", float64(of))
				d.number("fraction of units", float64(n)/float64(of))
				d.text("str", stratum)
				d.text("psu", fmt.Sprint(stratum, psu))
				d.text("unit", fmt.Sprint(stratum, psu, unit))
			}
		}
	}
}

func (d *drawn) number(name string, x float64) { d.numbers[name] = append(d.numbers[name], x) }
func (d *drawn) text(name, text string)        { d.texts[name] = append(d.texts[name], text) }

// drawRow adds what a row holds. The first four have weights, answers and every
// combination of two levels.
func (d *drawn) drawRow(t *rapid.T) {
	k, pick := d.size(), func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(t, what) }
	gap, level, half := pick(9, "gap"), pick(3, "level"), pick(2, "half")
	w := rapid.SampledFrom([]float64{1, 2.5, 0, 0.75, 1.3, 7}).Draw(t, "w")
	if k < 4 {
		gap, level, half, w = 8, k%2, k/2, w+1
	}
	y, x, b := float64(pick(321, "y")-160)/8, float64(1+pick(200, "x"))/16, float64(pick(2, "b"))
	whole, halves := "pqr"[level:level+1], "st"[half:half+1]
	d.number("w", w)
	d.number("x", x)
	d.number("b", b)
	d.number("y", cmpGap(gap == 0, math.NaN(), y))
	d.number("v", cmpGap(gap == 1, math.NaN(), 3*y-x))
	d.number("same", 7.3)
	d.text("whole", whole)
	d.text("half", halves)
	d.text("g", cmpGap(gap == 2, "", whole))
	d.text("h", cmpGap(gap == 3, "", halves))
	d.text("row", strconv.Itoa(k))
}

func cmpGap[T any](gap bool, empty, value T) T {
	if gap {
		return empty
	}
	return value
}

// reordered is the sample with its rows in another order.
func (d drawn) reordered(order []int) drawn {
	m := &memoryRows{numbers: map[string][]float64{}, texts: map[string][]string{}}
	for name, values := range d.numbers {
		for _, k := range order {
			m.numbers[name] = append(m.numbers[name], values[k])
		}
	}
	for name, values := range d.texts {
		for _, k := range order {
			m.texts[name] = append(m.texts[name], values[k])
		}
	}
	return drawn{m, d.design}
}

// copied is the sample, to be changed.
func (d drawn) copied() drawn {
	order := make([]int, d.size())
	for k := range order {
		order[k] = k
	}
	return d.reordered(order)
}

// column puts what f makes of a row's number in place of a column, or beside it.
func (d drawn) column(name string, f func(k int) float64) drawn {
	other := d.copied()
	other.numbers[name] = nil
	for k := range d.size() {
		other.number(name, f(k))
	}
	return other
}

// ask answers asks; ids are given where there are none.
func (d drawn) ask(t *rapid.T, asks ...Ask) [][]Answer {
	t.Helper()
	for k := range asks {
		asks[k].ID = strconv.Itoa(k)
	}
	answers, _, err := Estimate(context.Background(), d.memoryRows, Request{Design: d.design, Estimates: asks})
	if err != nil {
		t.Fatal(err)
	}
	by := make([][]Answer, len(asks))
	for _, a := range answers {
		k, _ := strconv.Atoi(a.ID)
		by[k] = append(by[k], a)
	}
	return by
}

// one answers an ask that has one answer.
func (d drawn) one(t *rapid.T, a Ask) Answer {
	t.Helper()
	answers := d.ask(t, a)[0]
	if len(answers) != 1 || answers[0].Error != "" {
		t.Fatalf("%s: %d answers, %q", a.Op, len(answers), answers[0].Error)
	}
	return answers[0]
}

// everyAsk asks in every way, of all rows or a domain.
func everyAsk(domain *Filter) []Ask {
	asks := []Ask{
		{Op: "mean", Vars: []string{"y", "x", "g"}, Covariance: true},
		{Op: "total", Vars: []string{"y", "v", "g"}, Covariance: true},
		{Op: "ratio", Num: "y", Den: "x"},
		{Op: "by_mean", Vars: []string{"y"}, By: []string{"g", "h"}, Covariance: true},
		{Op: "by_total", Vars: []string{"y", "h"}, By: []string{"g"}, Covariance: true},
		{Op: "by_ratio", Vars: []string{"y"}, Den: "x", By: []string{"g"}},
		{Op: "domain_contrast", Vars: []string{"y"}, By: []string{"h"}, Coefficients: map[string]float64{"s": 1, "t": -1}},
		{Op: "quantile", Vars: []string{"y"}, Probs: []float64{0.25, 0.5, 0.9}},
		{Op: "quantile", Vars: []string{"x"}, By: []string{"g"}, Probs: []float64{0.5}, QRule: "school"},
		{Op: "ciprop", Indicator: "x > 6"},
		{Op: "ciprop", Indicator: "x > 6 OR b = 1", Method: "beta"},
		{Op: "chisq", Row: "half", Col: "h"},
		{Op: "chisq", Row: "g", Col: "h", StatisticType: "Wald"},
		{Op: "ttest1", Formula: "y ~ 0"},
		{Op: "ttest2", Formula: "y ~ h"},
		{Op: "glm", Formula: "y ~ x + h"},
		{Op: "variance", Vars: []string{"x"}},
		{Op: "table", Vars: []string{"g", "h"}},
	}
	for k := range asks {
		asks[k].NaRm, asks[k].Domain = true, domain
	}
	return asks
}

// figures are all numbers of an answer.
func (a Answer) figures() []float64 {
	return slices.Concat([]float64{a.Value, a.SE, a.DF, a.Low, a.High, a.Statistic, a.PValue, a.DEFF, a.Numerator, a.Denominator, float64(a.N), float64(a.Missing)}, a.Covariance)
}

func wantSameBits(t *rapid.T, what string, got, want [][]Answer) {
	t.Helper()
	for k := range want {
		if len(got[k]) != len(want[k]) {
			t.Fatalf("%s: %d answers to ask %d, want %d", what, len(got[k]), k, len(want[k]))
		}
		for j, a := range got[k] {
			b := want[k][j]
			same := slices.EqualFunc(a.figures(), b.figures(), func(x, y float64) bool {
				return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
			})
			if !same || a.Name != b.Name || a.By.String() != b.By.String() || a.Error != b.Error || a.Flag != b.Flag {
				t.Errorf("%s:\n%+v, want\n%+v", what, a, b)
			}
		}
	}
}

// wantNear compares to 1e-9, of 1 where the figure is smaller.
func wantNear(t *rapid.T, what string, got, want float64) {
	t.Helper()
	if !(got == want || got != got && want != want || math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// wantEstimate compares value, standard error and degrees of freedom.
func wantEstimate(t *rapid.T, what string, got, want Answer) {
	t.Helper()
	wantNear(t, what, got.Value, want.Value)
	wantNear(t, "SE of "+what, got.SE, want.SE)
	wantNear(t, "DF of "+what, got.DF, want.DF)
	if got.Error != want.Error {
		t.Errorf("%s: error %q, want %q", what, got.Error, want.Error)
	}
}

func TestOrderOfRowsAndWorkersChangeNoBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, everyDesign...)
		asks := everyAsk(nil)
		all := append(slices.Clip(asks), Ask{Op: "glm", Formula: "b ~ x", Family: "binomial"}, Ask{Op: "quantile", Vars: []string{"y"}, Probs: []float64{0.3}, QRule: "hf7", NaRm: true}, Ask{Op: "weights"})
		want, other := d.ask(t, all...), d.copied()
		other.workers, other.batch, other.backwards = rapid.IntRange(1, 5).Draw(t, "workers"), rapid.IntRange(1, 9).Draw(t, "batch"), rapid.Bool().Draw(t, "backwards")
		wantSameBits(t, "other workers", other.ask(t, all...), want)
		random := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "order")))
		wantSameBits(t, "rows shuffled", d.reordered(random.Perm(d.size())).ask(t, asks...), want[:len(asks)])
	})
}

// Only the order of names may change how sums of units are rounded.
func TestNamesOfUnitsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, "strata", "clusters", "stages")
		want := d.ask(t, everyAsk(nil)...)
		column, ordered := rapid.SampledFrom([]string{"str", "psu", "unit"}).Draw(t, "column"), rapid.Bool().Draw(t, "ordered")
		other := d.copied()
		for k, name := range other.texts[column] {
			other.texts[column][k] = cmpGap(ordered, "ب "+name+`"'\`, string('z'-name[len(name)-1]+'0')+name)
		}
		got := other.ask(t, everyAsk(nil)...)
		if ordered {
			wantSameBits(t, column+" renamed", got, want)
		}
		for k := range want {
			for j, a := range got[k] {
				wantEstimate(t, fmt.Sprintf("%s of ask %d with another %s", a.Name, k, column), a, want[k][j])
			}
		}
	})
}

func TestUnitOfWeightsScalesOnlyTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, factor := drawSample(t, everyDesign...), rapid.SampledFrom([]float64{2, 3, 1e-3, 1e6, 0.1}).Draw(t, "factor")
		asks := everyAsk(&Filter{SQL: "x > 4 OR half = 's'"})
		want := d.ask(t, asks...)
		got := d.column("w", func(k int) float64 { return factor * d.numbers["w"][k] }).ask(t, asks...)
		for k, answers := range want {
			scale := 1.0
			if op := asks[k].Op; op == "total" || op == "by_total" || op == "table" {
				scale = factor
			}
			for j, a := range answers {
				a.Value, a.SE = a.Value*scale, a.SE*scale
				wantEstimate(t, fmt.Sprintf("ask %d, %s", k, a.Name), got[k][j], a)
				if asks[k].Op == "chisq" && a.SE > 0 {
					wantNear(t, "statistic", got[k][j].Statistic, a.Statistic)
				}
			}
		}
	})
}

// Formula: a stratum with f = 1 has no variance, whatever it is made of.
func TestCensusStratumInTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, "strata", "clusters")
		d.design.FPC = []string{"share"}
		first := d.texts["str"][0]
		whole := d.column("share", func(k int) float64 { return cmpGap(d.texts["str"][k] == first, 1, 0.4) })
		split := whole.copied()
		for k, name := range d.texts["str"] {
			if name == first && d.texts["psu"][k] != d.texts["psu"][0] {
				split.texts["str"][k] = "another"
			}
		}
		for _, a := range everyAsk(nil)[:3] {
			a.Covariance = false
			want, got := whole.ask(t, a)[0], split.ask(t, a)[0]
			for k := range want {
				wantNear(t, want[k].Name, got[k].Value, want[k].Value)
				wantNear(t, "SE of "+want[k].Name, got[k].SE, want[k].SE)
			}
		}
	})
}

func TestDomainOfEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, everyDesign...)
		wantSameBits(t, "a domain of everything", d.ask(t, everyAsk(&Filter{SQL: "1 = 1"})...), d.ask(t, everyAsk(nil)...))
		for _, g := range d.ask(t, Ask{Op: "by_mean", Vars: []string{"y", "x"}, By: []string{"g"}, NaRm: true})[0] {
			own := d.ask(t, Ask{Op: "mean", Vars: []string{"y", "x"}, Domain: &Filter{SQL: "g = '" + g.By[0].Value + "'"}, NaRm: true})[0]
			k := slices.IndexFunc(own, func(a Answer) bool { return a.Name == g.Name })
			g.By = nil
			wantSameBits(t, "a group and its domain", [][]Answer{{g}}, [][]Answer{{own[k]}})
		}
	})
}

func TestConstantHasNoError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, value := drawSample(t, everyDesign...), rapid.SampledFrom([]float64{7.3, -1, 1.0 / 3}).Draw(t, "value")*math.Pow(10, float64(rapid.IntRange(-100, 100).Draw(t, "size")))
		d = d.column("same", func(int) float64 { return value })
		for _, answers := range d.ask(t, Ask{Op: "mean", Vars: []string{"same"}}, Ask{Op: "by_mean", Vars: []string{"same"}, By: []string{"half"}}, Ask{Op: "ratio", Num: "same", Den: "1"}, Ask{Op: "mean", Vars: []string{"same"}, Domain: &Filter{SQL: "half = 's'"}}) {
			for _, a := range answers {
				if math.Abs(a.Value-value) > 1e-15*math.Abs(value) || a.SE != 0 {
					t.Errorf("%v has mean %v and SE %v", value, a.Value, a.SE)
				}
			}
		}
	})
}

func TestTotalsOverGroupsAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, everyDesign...)
		groups := d.ask(t, Ask{Op: "by_total", Vars: []string{"x"}, By: []string{"g", "h"}, Covariance: true, NaRm: true})[0]
		whole := d.one(t, Ask{Op: "total", Vars: []string{"x"}, Domain: &Filter{SQL: "(g) IS NOT NULL AND (h) IS NOT NULL"}})
		sum, variance := 0.0, 0.0
		for k, a := range groups {
			sum += a.Value
			for _, v := range a.Covariance {
				variance += v
			}
			wantNear(t, "variance on the diagonal", a.Covariance[k], a.SE*a.SE)
		}
		wantNear(t, "sum of groups", sum, whole.Value)
		wantNear(t, "variance of the sum", variance, whole.SE*whole.SE)
	})
}

func TestContrastFromCovariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, everyDesign...)
		contrast := d.one(t, Ask{Op: "domain_contrast", Vars: []string{"y"}, By: []string{"h"}, Coefficients: map[string]float64{"t": 1, "s": -1}, NaRm: true})
		groups := d.ask(t, Ask{Op: "by_mean", Vars: []string{"y"}, By: []string{"h"}, Covariance: true, NaRm: true})[0]
		s, u := groups[0], groups[1]
		wantNear(t, "difference", contrast.Value, u.Value-s.Value)
		wantNear(t, "its variance", contrast.SE*contrast.SE, s.SE*s.SE+u.SE*u.SE-2*s.Covariance[1])

		two := d.one(t, Ask{Op: "ttest2", Formula: "y ~ h", NaRm: true})
		wantNear(t, "difference by t test", two.Value, contrast.Value)
		wantNear(t, "SE by t test", two.SE, contrast.SE)
		if two.SE > 1e-6 {
			wantNear(t, "t", two.Statistic, contrast.Statistic)
		}
	})
}

func TestOneFigureByTwoWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, everyDesign...)
		mean := d.one(t, Ask{Op: "mean", Vars: []string{"y"}, NaRm: true})
		ratio := d.one(t, Ask{Op: "ratio", Num: "y", Den: "1", NaRm: true})
		wantEstimate(t, "ratio to 1", ratio, mean)
		if mean.SE > 1e-6 {
			wantNear(t, "design effect of a ratio to 1", ratio.DEFF, mean.DEFF)
		}
		wantEstimate(t, "regression on an intercept", d.one(t, Ask{Op: "glm", Formula: "x ~ 1"}), d.one(t, Ask{Op: "mean", Vars: []string{"x"}}))
		test := d.one(t, Ask{Op: "ttest1", Formula: "y ~ 0", NaRm: true})
		wantNear(t, "mean by t test", test.Value, mean.Value)
		wantNear(t, "SE by t test", test.SE, mean.SE)
		share := d.one(t, Ask{Op: "mean", Vars: []string{"b"}})
		for _, way := range []string{"logit", "wilson", "beta", "asin"} {
			wantEstimate(t, "proportion", d.one(t, Ask{Op: "ciprop", Indicator: "b = 1", Method: way}), share)
		}
		doubled := d.column("two", func(k int) float64 { return 2*d.numbers["x"][k] - 3 })
		totals := doubled.ask(t, Ask{Op: "mean", Vars: []string{"two", "x"}})[0]
		wantNear(t, "mean of 2x − 3", totals[0].Value, 2*totals[1].Value-3)
		wantNear(t, "its SE", totals[0].SE, 2*totals[1].SE)
	})
}

// Without weights of 0, for which post-stratification in R's survey leaves a residual.
func TestPostStratifiedTotalsMeetTheMargins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, everyDesign...)
		d = d.column("w", func(k int) float64 { return 0.1 + d.numbers["w"][k] })
		margin := map[string]float64{"s": float64(rapid.IntRange(1, 90).Draw(t, "s")), "t": float64(rapid.IntRange(1, 90).Draw(t, "t"))}
		d.design.Calibration = &Calibration{Method: "poststratify", Vars: []string{"half"}, Population: Population{"half": margin}}
		for _, a := range d.ask(t, Ask{Op: "by_total", Vars: []string{"1"}, By: []string{"half"}})[0] {
			wantNear(t, "total of "+a.By[0].Value, a.Value, margin[a.By[0].Value])
			wantNear(t, "its SE", a.SE, 0)
		}
	})
}

func TestJackknifeOfTotalsIsTaylors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, "clusters")
		d = d.column("population", func(k int) float64 { return 1 + d.numbers["population"][k] }).column("fraction", func(k int) float64 { return 0.9 * d.numbers["fraction"][k] })
		other := d.design
		other.Replicates = Replicates{Type: "replicate", Kind: "JKn", MSE: rapid.Bool().Draw(t, "mse")}
		a := Ask{Op: "total", Vars: []string{"y", "x", "g"}, NaRm: true}
		want, got := d.ask(t, a)[0], drawn{d.memoryRows, other}.ask(t, a)[0]
		for k := range want {
			wantNear(t, want[k].Name, got[k].Value, want[k].Value)
			wantNear(t, "SE of "+want[k].Name, got[k].SE, want[k].SE)
		}
	})
}

// Rules that treat both ends alike: of C_k, the mean of C_k and C_k−1. The first
// needs a sample where no row has half the weight.
func TestQuantilesMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, p := drawSample(t, everyDesign...), rapid.Float64Range(0, 1).Draw(t, "p")
		order := rand.New(rand.NewPCG(2, rapid.Uint64().Draw(t, "order"))).Perm(d.size())
		d = d.column("z", func(k int) float64 { return float64(order[k]) }).column("mirrored", func(k int) float64 { return -float64(order[k]) })
		spread := rapid.SampledFrom([]float64{0, 0.25}).Draw(t, "spread") // 0: the median lies between two rows
		d = d.column("w", func(k int) float64 { return 1 + spread*d.numbers["w"][k] })
		for rule, p := range map[string]float64{"school": 0.5, "hf5": p} {
			x := d.one(t, Ask{Op: "quantile", Vars: []string{"z"}, Probs: []float64{p}, QRule: rule})
			y := d.one(t, Ask{Op: "quantile", Vars: []string{"mirrored"}, Probs: []float64{1 - p}, QRule: rule})
			wantNear(t, fmt.Sprintf("%v quantile by %s", p, rule), y.Value, -x.Value)
		}
	})
}

// A row of weight 0 in a PSU there is adds nothing to it; as a PSU of its own, one
// of n + 1, it makes the variance of a mean (n² − 1)/n² of what it was.
func TestRowOfWeightZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawSample(t, "rows", "clusters")
		d.design.FPC = nil
		order := make([]int, d.size()+1)
		for k := range d.size() {
			order[k] = k
		}
		other := d.reordered(order)
		other.numbers["w"][d.size()], other.numbers["x"][d.size()], other.texts["half"][d.size()] = 0, 1e6, "t"
		asks := everyAsk(nil)
		n := float64(d.size())
		if len(d.design.IDs) == 0 {
			asks = []Ask{{Op: "mean", Vars: []string{"x", "half"}}, {Op: "ratio", Num: "x", Den: "b"}}[:1]
		}
		want, got := d.ask(t, asks...), other.ask(t, asks...)
		for k := range want {
			for j, a := range want[k] {
				if len(d.design.IDs) == 0 {
					a.SE *= math.Sqrt((n*n - 1) / (n * n))
				}
				wantEstimate(t, fmt.Sprintf("ask %d, %s", k, a.Name), got[k][j], a)
			}
		}
	})
}

// V = s²/n with n/(n−1) in both, over s²·(N − n)/(N·n) with N = n·w: w/(w − 1).
func TestDesignEffectOfSimpleSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, w := drawSample(t, "rows"), rapid.Float64Range(1.01, 1000).Draw(t, "w")
		d.design.FPC = nil
		for _, a := range d.column("w", func(int) float64 { return w }).ask(t, Ask{Op: "mean", Vars: []string{"x", "whole"}}, Ask{Op: "total", Vars: []string{"x"}})[0] {
			if a.SE > 1e-6 {
				wantNear(t, "design effect", a.DEFF*(w-1)/w, 1)
			}
		}
	})
}

// V = V₁(1 − f) + f·V₂, V₂ as if PSUs were strata: with f = 1 it is all there is.
func TestStagesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, f := drawSample(t, "stages"), rapid.SampledFrom([]float64{0.4, 1}).Draw(t, "f")
		d = d.column("share", func(int) float64 { return f })
		first, second := d, d
		d.design.FPC = []string{"share", "fraction of units"}
		first.design.IDs, first.design.FPC = []string{"psu"}, []string{"share"}
		second.design.Strata, second.design.IDs, second.design.FPC = []string{"psu"}, []string{"unit"}, []string{"fraction of units"}
		a := Ask{Op: "mean", Vars: []string{"y", "x", "g"}, NaRm: true}
		one, two := first.ask(t, a)[0], second.ask(t, a)[0]
		for k, got := range d.ask(t, a)[0] {
			wantNear(t, "variance of "+got.Name, got.SE*got.SE, one[k].SE*one[k].SE+f*two[k].SE*two[k].SE)
		}
	})
}
