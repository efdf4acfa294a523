package survey

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pediment/analysis"
)

var unknown = math.NaN()

// quantileLine is what R prints of one: value, interval and standard error.
type quantileLine [4]float64

func (q quantileLine) compare(t *testing.T, what string, a Answer) {
	t.Helper()
	for k, got := range []float64{a.Value, a.Low, a.High, a.SE} {
		wantAlike(t, what+" "+[]string{"value", "low", "high", "SE"}[k], got, q[k])
	}
}

// R: svyquantile(~x, D, c(.1,.37,.5,.9), qrule=…) of the sample of tableOf.
var quantilesOfX = map[string][4]quantileLine{
	"math":      {{2.1, unknown, 6.5, unknown}, {8.3, 4.3, 13.1, 1.79818492355625}, {11.3, 8.3, 14.5, 1.26690301432372}, {20.4, 18.5, unknown, unknown}},
	"school":    {{2.1, unknown, 6.5, unknown}, {8.3, 4.3, 13.1, 1.79818492355625}, {11.45, 8.3, 14.5, 1.26690301432372}, {20.4, 18.5, unknown, unknown}},
	"hf3":       {{2.1, unknown, 6.5, unknown}, {8.3, 4.3, 13.1, 1.79818492355625}, {11.3, 8.3, 14.5, 1.26690301432372}, {20.4, 18.5, unknown, unknown}},
	"hf4":       {{1.54823529411765, unknown, 4.23989292998171, unknown}, {8.19892307692308, 4.17026597737941, 11.281533677977, 1.4531107234758}, {11.3, 8.23532379611778, 14.4267545167188, 1.26515197466224}, {20.32, 17.4378621832725, unknown, unknown}},
	"hf5":       {{1.87870967741936, unknown, 4.67520527296712, unknown}, {8.44133333333333, 4.11567315603676, 13.1780575815485, 1.85180034607116}, {11.4714285714286, 8.54649096656248, 14.7302635501563, 1.26358711710442}, {20.5768421052632, 18.5366338869897, unknown, unknown}},
	"hf6":       {{1.58529411764706, unknown, 4.27279984323234, unknown}, {8.27576923076923, 4.20198155493914, 11.3748708571686, 1.46570243200079}, {11.45, 8.34031662726082, 14.8937881571616, 1.33913110250257}, {20.8136363636364, 18.5213494901365, unknown, unknown}},
	"hf7":       {{2.16352941176471, unknown, 6.45163482285545, unknown}, {8.62553846153846, 4.25989397402929, 13.1263490800399, 1.81176430647916}, {11.4875, 8.7209461767408, 14.6030777447077, 1.20195003453323}, {20.3575, 17.4574140240843, unknown, unknown}},
	"hf8":       {{1.77479166666667, unknown, 4.56157549119273, unknown}, {8.37291428571429, 4.08432080429926, 13.1871826112265, 1.86007146164007}, {11.465, 8.48169331706767, 14.7800319088101, 1.28699744308224}, {20.6636666666667, 18.5317876148167, unknown, unknown}},
	"hf9":       {{1.80015748031496, unknown, 4.59465757955743, unknown}, {8.39038297872341, 4.09163635303801, 13.1851087408452, 1.85815283528749}, {11.4666666666667, 8.49823739778975, 14.7671884614155, 1.28099241921862}, {20.6427848101266, 18.5330212113699, unknown, unknown}},
	"shahvaish": {{2.1, unknown, 6.5, unknown}, {8.3, 4.3, 13.4, 1.85948668231385}, {11.6, 9.1, 15.6, 1.32820477308132}, {21.1, 19.3, unknown, unknown}},
}

func quantileAnswers(t *testing.T, s *sample, asks ...Ask) [][]Answer {
	t.Helper()
	answers, err := s.quantiles(context.Background(), asks)
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

func TestQuantilesEqualR(t *testing.T) {
	for rule, want := range quantilesOfX {
		answers := quantileAnswers(t, sampleOf(t, tableOf(), Design{}), Ask{Vars: []string{"x"}, Probs: []float64{.1, .37, .5, .9}, QRule: rule})
		for k, line := range want {
			line.compare(t, rule, answers[0][k])
		}
	}
}

// R: the same with interval.type=…; by g, with subset(D, g == …); with three values
// missing and na.rm=TRUE; and with as.svrepdesign(D, type="JKn").
func TestQuantileIntervalsEqualR(t *testing.T) {
	s := sampleOf(t, tableOf(), Design{})
	var asks []Ask
	for _, interval := range []string{"mean", "xlogit", "beta", "asin"} {
		asks = append(asks, Ask{Vars: []string{"x"}, Probs: []float64{.37}, Interval: interval})
	}
	asks = append(asks,
		Ask{Vars: []string{"v"}, Probs: []float64{.5}, By: []string{"g"}},
		Ask{Vars: []string{"high"}, Probs: []float64{.5}, NaRm: true},
		Ask{Vars: []string{"high"}, Probs: []float64{.5}},
		Ask{Vars: []string{"v"}, Probs: []float64{.5}, By: []string{"h"}, Domain: &Filter{"g = 'q'"}},
		Ask{Vars: []string{"v"}, Probs: []float64{.5}, Domain: &Filter{"g = 'q' AND h = 't'"}})
	answers := quantileAnswers(t, s, asks...)
	quantileLine{8.3, 4.3, 13.1, 1.79818492355625}.compare(t, "mean", answers[0][0])
	for _, k := range []int{1, 2, 3} {
		quantileLine{8.3, 4.3, 13.4, 1.85948668231385}.compare(t, asks[k].Interval, answers[k][0])
	}
	for k, want := range []quantileLine{{3, 2, 5, 0.471335524973226}, {3, 3, 4, 0.180086398633976}, {2, 2, 4, 0.314223683315484}} {
		want.compare(t, answers[4][k].By.String(), answers[4][k])
	}
	quantileLine{2, 2, 3, 0.204339195858665}.compare(t, "na_rm", answers[5][0])
	if a := answers[6][0]; !math.IsNaN(a.Low) || a.Missing != 3 {
		t.Errorf("without na_rm: interval from %v, %d rows without a value", a.Low, a.Missing)
	}

	if a, b := answers[7][1], answers[8][0]; !sameFigure(a.Value, b.Value) || !sameFigure(a.High, b.High) || a.DF != b.DF || math.IsNaN(a.Value) {
		t.Errorf("the group h=t has %v up to %v, the domain %v up to %v", a.Value, a.High, b.Value, b.High)
	}

	s = sampleOf(t, tableOf(), Design{Replicates: Replicates{Type: "replicate", Kind: "JKn"}})
	answers = quantileAnswers(t, s, Ask{Vars: []string{"x"}, Probs: []float64{.5, .37}, Interval: "quantile"})
	quantileLine{11.3, 9.50345588937511, 13.0965441106249, 0.734208757779421}.compare(t, "replicates", answers[0][0])
	quantileLine{8.3, 2.94746771604275, 13.6525322839573, 2.18746428542274}.compare(t, "replicates", answers[0][1])
}

func TestQuantileMistakes(t *testing.T) {
	s := sampleOf(t, tableOf(), Design{})
	asks := []Ask{
		{Vars: []string{"x"}, Probs: []float64{.5}, QRule: "hf0"}, {Vars: []string{"x"}, Probs: []float64{.5}, Interval: "quantile"},
		{Vars: []string{"x"}, Probs: []float64{.5}, Interval: "score"}, {Vars: []string{"x"}}, {Vars: []string{"g"}, Probs: []float64{.5}},
		{Vars: []string{"nowhere"}, Probs: []float64{.5}}, {Vars: []string{"x"}, Probs: []float64{1.5}},
		{Vars: []string{"x"}, Probs: []float64{.5}, Domain: &Filter{"x > 1000"}},
	}
	fine := Ask{Vars: []string{"x"}, Probs: []float64{.5}}
	answers := quantileAnswers(t, s, append(asks, fine)...)
	for k := range asks {
		if a := answers[k]; len(a) != 1 || a[0].Error == "" || !math.IsNaN(a[0].Value) {
			t.Errorf("%+v: answers %+v", asks[k], a)
		}
	}
	wantAlike(t, "median beside mistakes", answers[len(asks)][0].Value, 11.3)
}

// manyRows is n rows of different values without ties in their sums.
func manyRows(n int) *memoryRows {
	random := rand.New(rand.NewPCG(1, 2))
	m := &memoryRows{numbers: map[string][]float64{}, texts: map[string][]string{}, batch: 1000}
	for k := range n {
		m.numbers["w"] = append(m.numbers["w"], 1+random.Float64())
		m.numbers["x"] = append(m.numbers["x"], 1e9+random.NormFloat64())
		m.texts["str"] = append(m.texts["str"], "ab"[k%2:k%2+1])
		m.texts["psu"] = append(m.texts["psu"], "abcdefgh"[k%8:k%8+1])
	}
	return m
}

// A value among too many to tell apart at once is found by reading again, and is
// that of sorting everything.
func TestQuantilesOfManyValues(t *testing.T) {
	const n = 5 * mostBins
	rows := manyRows(n)
	order := make([]int, n)
	all := 0.0
	for k := range order {
		order[k] = k
		all += rows.numbers["w"][k]
	}
	slices.SortFunc(order, func(a, b int) int {
		if rows.numbers["x"][a] < rows.numbers["x"][b] {
			return -1
		}
		return 1
	})
	sorted := func(p float64) float64 {
		sum := 0.0
		for _, k := range order {
			if sum += rows.numbers["w"][k]; sum >= p*all {
				return rows.numbers["x"][k]
			}
		}
		return math.NaN()
	}
	for _, workers := range []int{1, 3} {
		rows.workers, rows.backwards = workers, workers == 3
		s := sampleOf(t, rows, Design{})
		rows.readings = 0
		asks := []Ask{{Vars: []string{"x"}, Probs: []float64{.01, .5, .99}}, {Vars: []string{"x"}, Probs: []float64{.25}}}
		answers := quantileAnswers(t, s, asks...)
		for k, p := range []float64{.01, .5, .99} {
			if got, want := answers[0][k].Value, sorted(p); got != want {
				t.Errorf("%v of %d values is %v, want %v", p, n, got, want)
			}
		}
		if rows.readings > 4 {
			t.Errorf("%d readings, want one to sort, two to tell values apart and one for errors", rows.readings)
		}
	}
}

func TestBinsAreBounded(t *testing.T) {
	limit := fewBins
	b, random := newBins(&limit), rand.New(rand.NewPCG(3, 4))
	total := 0.0
	for k := range 100000 {
		w := float64(1 + random.IntN(9))
		total += w
		b.add(&binRow{sortKey(random.ExpFloat64() - 1), int64(k), w}, fixed(w))
	}
	spans := spansOf(b.sorted(), 0)
	if len(spans) > limit || len(spans) < limit/16 || spans[len(spans)-1].after != total {
		t.Errorf("%d bins of at most %d hold %v of %v", len(spans), limit, spans[len(spans)-1].after, total)
	}
	for k := range spans[1:] {
		if !(spans[k].last.value < spans[k+1].first.value) {
			t.Errorf("bins %d and %d overlap", k, k+1)
		}
	}
}

func TestSortKey(t *testing.T) {
	values := []float64{math.Inf(-1), -1e300, -2, -1, -5e-324, 0, 5e-324, 1, 1 + 1e-15, 2, 1e300, math.Inf(1), math.NaN()}
	for k := range values[1:] {
		if sortKey(values[k]) >= sortKey(values[k+1]) {
			t.Errorf("%v does not sort below %v", values[k], values[k+1])
		}
		if got := keyValue(sortKey(values[k])); got != values[k] {
			t.Errorf("%v comes back as %v", values[k], got)
		}
	}
	if sortKey(math.Copysign(0, -1)) != sortKey(0) {
		t.Error("−0 is not 0")
	}
}

// Weights of 0.1 are not tenths, yet three of them are three tenths of ten.
func TestQuantileTies(t *testing.T) {
	var spans []span
	for k := range 10 {
		m := mark{float64(k + 1), int64(k), 0.1}
		spans = append(spans, span{m, m, 0.1 * float64(k), 0.1 * float64(k+1)})
	}
	for _, test := range []struct {
		rule string
		p    float64
		want float64
	}{
		{"math", .3, 3}, {"school", .3, 3.5}, {"hf3", .3, 4}, {"hf3", .4, 4}, {"math", .05, 1}, {"school", .05, 1.5}, {"hf3", .05, 2},
		{"math", 0, 1}, {"math", 1, 10}, {"school", 1, 10}, {"hf4", .05, 0.5}, {"hf5", 0, 1}, {"hf7", .5, 5.5}, {"hf6", 1, 10}, {"hf4", 1, 10},
	} {
		got, open := quantileRules[test.rule].at(spans, test.p)
		if open >= 0 || !sameFigure(got, test.want) {
			t.Errorf("%s at %v is %v, want %v", test.rule, test.p, got, test.want)
		}
	}
}

var _ analysis.Rows = (*memoryRows)(nil)
