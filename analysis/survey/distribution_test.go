package survey

import (
	"math"
	"strconv"
	"testing"
)

// agree fails unless got is want to the relative tolerance.
func agree(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if got == want || math.Abs(got-want) <= tolerance*math.Abs(want) {
		return
	}
	t.Errorf("%s: %.17g, want %.17g (%.1g off)", what, got, want, math.Abs(got/want-1))
}

const (
	quantileTolerance = 1e-13
	tailTolerance     = 1e-12
)

// Every value of the tables, and below the smallest of floats nothing but 0.
func TestDistributionsAgainstR(t *testing.T) {
	for _, table := range []struct {
		rows      []rCall
		function  func(x, a, b float64) float64
		tolerance float64
	}{
		{tQuantiles, func(x, a, _ float64) float64 { return tQuantile(x, a) }, quantileTolerance},
		{betaQuantiles, betaQuantile, quantileTolerance},
		{tPValues, func(x, a, _ float64) float64 { return tPValue(x, a) }, tailTolerance},
		{fTails, fTail, tailTolerance},
		{chiSquareTails, func(x, a, _ float64) float64 { return chiSquareTail(x, a) }, tailTolerance},
	} {
		for _, row := range table.rows {
			if len(row.x) != len(row.want) {
				t.Fatalf("%s: %d values for %d x", row.call, len(row.want), len(row.x))
			}
			for i, x := range row.x {
				got := table.function(x, row.a, row.b)
				if row.want[i] < 1e-307 && row.want[i] >= 0 && got < 1e-306 && got >= 0 {
					continue
				}
				agree(t, row.call+" at "+formatted(x), got, row.want[i], table.tolerance)
			}
		}
	}
}

// Where R itself loses digits: Student's t at 1e-300 and next to the median, by
// the continued fraction of the incomplete beta function with 50 digits
// (mpmath 1.3) and bisection.
func TestTQuantileBeyondR(t *testing.T) {
	for _, c := range []struct {
		df   float64
		want [3]float64
	}{
		{1.5, [3]float64{-5.2194694273446363e+199, -11245005997832.136, -2.9348322153291613e-6}},
		{3, [3]float64{-1.0331108360446529e+100, -4795275.7204689732, -2.7206990462830085e-6}},
		{8, [3]float64{-6.9746674173006806e+37, -697.46158017807054, -2.5859905139877126e-6}},
		{30, [3]float64{-50178575360.505081, -22.658878371940183, -2.5276002260585127e-6}},
		{1e5, [3]float64{-37.174670665466219, -9.2643501762794229, -2.5066345411450789e-6}},
		{1e6, [3]float64{-37.059820872774391, -9.2625410652916584, -2.5066289012237064e-6}},
	} {
		for i, p := range []float64{1e-300, 1e-20, .499999} {
			agree(t, "t at "+formatted(p)+", df "+formatted(c.df), tQuantile(p, c.df), c.want[i], quantileTolerance)
		}
	}
	agree(t, "F(1, 1e5) > 700", fTail(700, 1, 1e5), 1.0156844465343511e-153, tailTolerance)
	agree(t, "F(37.5, 20.92) > 4000", fTail(4000, 37.5, 20.92), 8.6174047666552159e-34, tailTolerance)
	agree(t, "F(2, 14) > 1e40", fTail(1e40, 2, 14), 8.2354299999999982e-275, tailTolerance)
}

// R: qnorm(p).
func TestNormalQuantile(t *testing.T) {
	p := []float64{1e-300, 1e-100, 1e-16, 1e-9, 1e-4, .025, .2, .3, .499999, .6, .975, .999999999}
	want := []float64{-37.047096299361201, -21.273453560965319, -8.2220822161304348, -5.9978070150076865, -3.71901648545568, -1.9599639845400538,
		-0.84162123357291418, -0.52440051270804067, -2.5066282745665597e-06, 0.25334710313579978, 1.9599639845400536, 5.9978070196016384}
	for i := range p {
		agree(t, "normal at "+formatted(p[i]), normalQuantile(p[i]), want[i], quantileTolerance)
	}
}

// A quantile put into its tail gives back the probability, and F(1, df) is t².
func TestQuantilesInvertTails(t *testing.T) {
	for _, df := range []float64{1, 1.3, 2.7, 5, 12, 77.7, 2e4, 1e6, math.Inf(1)} {
		for _, p := range []float64{1e-12, 1e-5, .01, .13, .37, .4999} {
			x := tQuantile(p, df)
			agree(t, "tail of t, df "+formatted(df), tPValue(x, df), 2*p, 1e-11)
			agree(t, "F(1, df)", fTail(x*x, 1, df), tPValue(x, df), 1e-11)
			agree(t, "symmetry", tQuantile(1-p, df), -x, 1e-4) // 1 − 1e-12 has four digits of 1e-12
		}
	}
	for _, ab := range [][2]float64{{.7, 90}, {12.5, 3.25}, {1e4, 2e5}} {
		for _, p := range []float64{1e-9, .025, .5, .9, .975} {
			x := betaQuantile(p, ab[0], ab[1])
			lower, _ := betaTails(x, 1-x, ab[0], ab[1])
			agree(t, "tail of beta", math.Exp(lower), p, 1e-11)
		}
	}
}

func TestDistributionEdges(t *testing.T) {
	for what, got := range map[string]float64{
		"t quantile, df 0": tQuantile(.9, 0), "t quantile, p 2": tQuantile(2, 3), "t of NaN": tPValue(math.NaN(), 3), "t, df NaN": tPValue(1, math.NaN()),
		"F, df 0": fTail(1, 0, 3), "chi-square, df -1": chiSquareTail(1, -1), "normal, p -1": normalQuantile(-1), "beta, p 2": betaQuantile(2, 1, 1),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s: %v, want NaN", what, got)
		}
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"t quantile at 0", tQuantile(0, 3), math.Inf(-1)},
		{"t quantile at 1", tQuantile(1, 3), math.Inf(1)},
		{"t quantile at ½", tQuantile(.5, 3), 0},
		{"t of 0", tPValue(0, 3), 1},
		{"t of Inf", tPValue(math.Inf(1), 3), 0},
		{"F of 0", fTail(0, 2, 3), 1},
		{"F of Inf", fTail(math.Inf(1), 2, 3), 0},
		{"χ² of 0", chiSquareTail(0, 2), 1},
		{"χ² of Inf", chiSquareTail(math.Inf(1), 2), 0},
		{"beta without a", betaQuantile(.3, 0, 2), 0},
		{"beta without b", betaQuantile(.3, 2, 0), 1},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	// F(∞, 4) is 4/χ²_4, whose lower tail is 1 − e^{−h}(1 + h) at χ² = 2h; 4/0.8 = 5.
	agree(t, "F(Inf, 4) > 0.8", fTail(.8, math.Inf(1), 4), 1-math.Exp(-2.5)*3.5, tailTolerance)
}

func formatted(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
