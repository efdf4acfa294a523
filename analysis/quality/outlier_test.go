package quality

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// near compares to 1e-9 of the number; what R printed has 12 digits or more.
func near(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(b))
}

func TestModifiedZEqualsR(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		what          string
		numbers, want []float64
	}{
		{"R: .6745 (x − median)/MAD", []float64{10, 12, 11, 13, 12, 48}, []float64{-1.349, 0, -0.6745, 0.6745, 0, 24.282}},
		// MAD 0; the mean distance is 12/7, so 12/(1.253314 × 12/7) = 5.585192.
		{"more than half are equal", []float64{5, 5, 5, 5, 5, 5, 17}, []float64{0, 0, 0, 0, 0, 0, 7 / 1.253314}},
		{"all are equal", []float64{3, 3, 3}, []float64{0, 0, 0}},
		{"one", []float64{7}, []float64{0}},
		{"missing ones", []float64{1, nan, 3}, []float64{-0.6745, nan, 0.6745}},
		{"none", nil, nil},
	} {
		got := modifiedZ(c.numbers)
		if !slices.EqualFunc(got, c.want, near) {
			t.Errorf("%s: got %v, want %v", c.what, got, c.want)
		}
	}
}

// exponential is R's qexp(ppoints(n)).
func exponential(n int, sign float64) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = sign * -math.Log(1-(float64(k)+0.5)/float64(n))
	}
	slices.Sort(x)
	return x
}

func lognormal(n int) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = math.Exp(distuv.UnitNormal.Quantile((float64(k) + 0.5) / float64(n)))
	}
	return x
}

// Numbers of testdata/reference.R, base R 4.2.
func TestMedcoupleAndFencesEqualR(t *testing.T) {
	for _, c := range []struct {
		numbers    []float64
		mc         float64
		low, high  float64
		afterwards string
	}{
		{[]float64{1, 2, 3, 4, 5}, 0, -1, 7, ""},
		{[]float64{1, 2, 3, 4, 10}, 0, -1, 7, ""},
		{[]float64{1, 2, 2, 2, 9, 15}, 0.803571428571429, 1.6835507916978, 94.9925949214894, "ties with the median"},
		{exponential(25, 1), 0.320531750995219, -0.134195446019955, 5.45124419917858, ""},
		{lognormal(40), 0.391278603342717, 0.078225116171692, 8.75478821046013, ""},
		{exponential(25, -1), -0.320531750995219, -5.45124419917858, 0.134195446019955, ""},
	} {
		mc := medcouple(c.numbers)
		low, high := adjustedFences(c.numbers, mc)
		if !near(mc, c.mc) || !near(low, c.low) || !near(high, c.high) {
			t.Errorf("%v: got %v, %v to %v; want %v, %v to %v", c.numbers, mc, low, high, c.mc, c.low, c.high)
		}
	}
}

func TestMedcoupleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.IntRange(-20, 20), 0, 30).Draw(t, "x")
		numbers, turned := make([]float64, len(x)), make([]float64, len(x))
		for k, n := range x {
			numbers[k], turned[k] = float64(n), float64(-2*n+7)
		}
		slices.Sort(numbers)
		slices.Sort(turned)
		mc := medcouple(numbers)
		if mc < -1 || mc > 1 || math.IsNaN(mc) {
			t.Fatalf("medcouple of %v is %v", numbers, mc)
		}
		if back := medcouple(turned); !near(back, -mc) {
			t.Fatalf("medcouple of %v is %v, turned round %v", numbers, mc, back)
		}
	})
}

func TestJudgeWantsNumbersThatDiffer(t *testing.T) {
	for _, numbers := range [][]float64{nil, {1}, {1, 2, 3, 4, 500}, {4, 4, 4, 4, 4, 4, 4, 4}} {
		if _, ok := judge(numbers); ok {
			t.Errorf("%v: limits were given", numbers)
		}
	}
	got, ok := judge([]float64{10, 12, 11, 13, 12, 48})
	if !ok || got.method != "modified z" || got.high >= 48 || got.low > 10 {
		t.Errorf("got %+v, %v", got, ok)
	}
	skewed, _ := judge(exponential(25, 1))
	if skewed.method != "adjusted boxplot" || !near(skewed.high, 5.45124419917858) {
		t.Errorf("got %+v", skewed)
	}
}

// R: chisq.test(c(30, 8, 9, 7, 10, 26, 9, 8, 7, 6)).
func TestHeapingEqualsR(t *testing.T) {
	chi2, p, round, n := heaping([]int64{30, 8, 9, 7, 10, 26, 9, 8, 7, 6})
	if !near(chi2, 55) || math.Abs(p/1.21795339854248e-08-1) > 1e-9 || !near(round, 56.0/120) || n != 120 || !heaps(p, round, n) {
		t.Errorf("got %v, %v, %v, %v", chi2, p, round, n)
	}
	if chi2, _, _, n := heaping(make([]int64, 10)); !math.IsNaN(chi2) || n != 0 {
		t.Errorf("of nothing: %v, %v", chi2, n)
	}
	if chi2, p, round, n := heaping([]int64{9, 9, 9, 9, 9, 9, 9, 9, 9, 9}); chi2 != 0 || p != 1 || heaps(p, round, n) {
		t.Errorf("of equal digits: %v, %v", chi2, p)
	}
}
