package survey

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

const intervalTolerance = 1e-11

// R 4.2.2, package survey 4.1-1: svyciprop(~y, s, method, level) on 12 PSUs of 5,
//
//	d <- data.frame(psu = rep(1:12, each = 5), y = rep(c(1,0,0,1,0,0,0), length.out = 60), w = rep(c(1,2,1.5,3), length.out = 60))
//	s <- svydesign(ids = ~psu, weights = ~w, data = d)
//
// which estimates p and se below. Wilson's: package survey 4.5's formula in R
// with qt(.975, 24), and with qnorm(.975).
func TestProportionCI(t *testing.T) {
	const p, se, df, n = 0.30222222222222223, 0.036081585788620404, 11, 60
	for _, c := range []struct {
		method    string
		level     float64
		low, high float64
	}{
		{"xlogit", .95, 0.22911417919417806, 0.38694872007664327},
		{"logit", .95, 0.22911417919417806, 0.38694872007664327},
		{"", 0, 0.22911417919417806, 0.38694872007664327},
		{"xlogit", .9, 0.24158517652163453, 0.37064102084769968},
		{"beta", 0, 0.22590167710998302, 0.38752351164135457},
		{"beta", .9, 0.23850360138152463, 0.37233398518697169},
		{"asin", 0, 0.22615246277715026, 0.38419204689241954},
		{"asin", .9, 0.23960433914611812, 0.36877145291650787},
		{"mean", .95, 0.22280718734889535, 0.38163725709554908},
		{"mean", .9, 0.23742385006967126, 0.36702059437477319},
	} {
		low, high, err := Proportion(c.method, p, se, df, n, c.level)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, c.method+" low", low, c.low, intervalTolerance)
		agree(t, c.method+" high", high, c.high, intervalTolerance)
	}
	low, high, _ := Proportion("wilson", .08, .018, 24, 0, .95)
	agree(t, "wilson low", low, 0.05012100563981834, intervalTolerance)
	agree(t, "wilson high", high, 0.12534060642301237, intervalTolerance)
	low, high, _ = Proportion("wilson", .08, .018, math.Inf(1), 0, .95)
	agree(t, "wilson low, normal", low, 0.051309252400550599, intervalTolerance)
	agree(t, "wilson high, normal", high, 0.12265957068685472, intervalTolerance)
	// R: p = .08, se = .018, n = 400, df 24, effective sample size 206.106179354.
	low, high, _ = Proportion("beta", .08, .018, 24, 400, .95)
	agree(t, "beta low", low, 0.046853995245020826, intervalTolerance)
	agree(t, "beta high", high, 0.12582983155612382, intervalTolerance)
}

// The same sample: svyciprop(~y, s, method = "likelihood") interpolates in a
// profile of a dozen points; with confint(…, del = .002, maxsteps = 20000) in
// thousands.
func TestLikelihoodCI(t *testing.T) {
	low, high, _ := Proportion("likelihood", 0.30222222222222223, 0.036081585788620404, 11, 60, .95)
	agree(t, "low, coarse", low, 0.22666303096761242, 1e-4)
	agree(t, "high, coarse", high, 0.38572367375939159, 1e-4)
	agree(t, "low, fine", low, 0.22666467901996648, 1e-6)
	agree(t, "high, fine", high, 0.38572505446843519, 1e-6)
	// The ends have the deviance asked for: 2m·D = t²·n/(n−1), t = qt(.975, 11).
	const p, m = 0.30222222222222223, 0.30222222222222223 * (1 - 0.30222222222222223) / (0.036081585788620404 * 0.036081585788620404)
	for _, pi := range []float64{low, high} {
		d := p*math.Log(p/pi) + (1-p)*math.Log((1-p)/(1-pi))
		agree(t, "deviance", 2*m*d, math.Pow(2.2009851600829489, 2)*60/59, 1e-10)
	}
}

// What a proportion's complement has is the complement of what it has.
func TestIntervalOfComplement(t *testing.T) {
	for _, method := range ProportionMethods() {
		low, high, _ := Proportion(method, .13, .02, 17.5, 250, .9)
		complementLow, complementHigh, _ := Proportion(method, .87, .02, 17.5, 250, .9)
		agree(t, method+" low", 1-complementHigh, low, 1e-10)
		agree(t, method+" high", 1-complementLow, high, 1e-10)
		if !(low < .13 && .13 < high) {
			t.Errorf("%s: [%v, %v] does not hold .13", method, low, high)
		}
	}
}

// At 0 and 1 only beta answers: R, binom.test(0, 50)$conf.int and (50, 50).
func TestIntervalAtTheEnds(t *testing.T) {
	for _, method := range ProportionMethods() {
		for _, p := range []float64{0, 1} {
			low, high, err := Proportion(method, p, 0, 12, 50, .95)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case method != "beta":
				if !math.IsNaN(low) || !math.IsNaN(high) {
					t.Errorf("%s at %v: [%v, %v], want none", method, p, low, high)
				}
			case p == 0:
				agree(t, "beta at 0, low", low, 0, 0)
				agree(t, "beta at 0, high", high, 0.071121736464197616, intervalTolerance)
			default:
				agree(t, "beta at 1, low", low, 0.92887826353580238, intervalTolerance)
				agree(t, "beta at 1, high", high, 1, 0)
			}
		}
		for _, none := range [][3]float64{{.4, .03, .9}, {.4, math.NaN(), 9}, {math.NaN(), .03, 9}, {1.2, .03, 9}, {.4, .03, math.NaN()}} {
			if low, high, _ := Proportion(method, none[0], none[1], none[2], 50, .95); !math.IsNaN(low) || !math.IsNaN(high) {
				t.Errorf("%s of %v: [%v, %v], want none", method, none, low, high)
			}
		}
		if low, high, _ := Proportion(method, .4, 0, 9, 50, .95); low != .4 || high != .4 {
			t.Errorf("%s without error: [%v, %v], want .4", method, low, high)
		}
	}
}

func TestIntervalMistakes(t *testing.T) {
	_, _, err := Proportion("wilsen", .4, .03, 9, 50, .95)
	if _, ok := err.(analysis.Problem); !ok || !strings.Contains(err.Error(), `did you mean "wilson"?`) || !strings.Contains(err.Error(), "likelihood") {
		t.Errorf("unknown method: %v", err)
	}
	for _, level := range []float64{95, 1, -1, math.NaN()} {
		if _, _, err := Proportion("logit", .4, .03, 9, 50, level); err == nil {
			t.Errorf("level %v is accepted", level)
		}
	}
}

// R: 12 + c(-1, 1)*qt(.975, 7)*1.5, and qt(.95, 7).
func TestTInterval(t *testing.T) {
	for _, c := range []struct{ level, half float64 }{{0, 2.3646242515927849 * 1.5}, {.95, 2.3646242515927849 * 1.5}, {.9, 1.8945786050900073 * 1.5}} {
		low, high := TInterval(12, 1.5, 7, c.level)
		agree(t, "low", low, 12-c.half, intervalTolerance)
		agree(t, "high", high, 12+c.half, intervalTolerance)
	}
	if low, high := TInterval(12, 1.5, 0, 0); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("df 0: [%v, %v], want none", low, high)
	}
}
