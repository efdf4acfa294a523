package survey

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// The rules one by one. Widths of Korn and Graubard's interval are from R: with
// e <- p*(1-p)/se^2 and ne <- min(n, e*(qt(.025, n-1)/qt(.025, df))^2), the
// difference of qbeta(.025, ne*p, ne*(1-p)+1) and qbeta(.975, ne*p+1, ne*(1-p)).
func TestNCHS(t *testing.T) {
	for _, c := range []struct {
		what          string
		kind          Kind
		value, se, df float64
		n             int64
		flag          Flag
		reason        string
	}{
		{"width .128, .320 of p", Share, .4, .03, 20, 300, Show, ""},
		{"width .0239, narrow though 2.39 of p", Share, .01, .005, 30, 800, Show, ""},
		{"effective n .25/.1² = 25", Share, .5, .1, 20, 100, Suppress, "effective sample size is 25, less than 30"},
		{"width .343", Share, .3, .08, 30, 200, Suppress, "interval is 34.3 points wide, 30 or more"},
		{"width .115, 1.91 of p", Share, .06, .025, 30, 500, Suppress, "interval is 11.4 points wide, 191 % of the estimate and more than 130 %"},
		{"the complement of that", Share, .94, .025, 30, 500, Caution, "191 % of the share without the property wide"},
		{"6 degrees of freedom", Share, .4, .03, 6, 300, Caution, "rests on 6 degrees of freedom, fewer than 8"},
		{"no degrees of freedom", Share, .4, .03, 0, 300, Suppress, "too few sampled units"},
		{"nobody of 300", Share, 0, 0, 20, 300, Caution, "nobody in the sample"},
		{"everybody of 300", Share, 1, 0, 20, 300, Caution, "everybody in the sample"},
		{"nobody of 29", Share, 0, 0, 20, 29, Suppress, "effective sample size is 29"},
		{"n caps the effective size", Share, .4, .001, 20, 29, Suppress, "effective sample size is 29"},
		// t = qt(.975, 20) = 2.08596: 2·sinh(t·.35) = 1.593, 2·sinh(t·.36) = 1.647.
		{"count, width 1.593", Total, 1000, 350, 20, 40, Show, ""},
		{"count, width 1.647", Total, 1000, 360, 20, 40, Suppress, "165 % of the estimate wide, more than 160 %"},
		{"count on 9 rows", Total, 1000, 100, 20, 9, Suppress, "rests on 9 answers, fewer than 10"},
		{"count, 7 degrees", Total, 1000, 100, 7, 40, Caution, "7 degrees of freedom"},
		{"count, no degrees", Total, 1000, 100, math.NaN(), 40, Suppress, "too few sampled units"},
		{"count of 0", Total, 0, 0, 20, 40, Caution, "not above 0"},
		{"mean, RSE 29.9 %", Other, 50, 14.95, 20, 40, Show, ""},
		{"mean, RSE 30 %", Other, -50, 15, 20, 40, Caution, "standard error is 30 % of the estimate"},
		{"mean of 29", Other, 50, 1, 20, 29, Suppress, "rests on 29 answers, fewer than 30"},
		{"mean 0", Other, 0, 1, 20, 40, Caution, "cannot be computed"},
		{"difference next to 0", Difference, .001, 1, 20, 40, Show, ""},
		{"no error, enough rows", Share, .5, math.NaN(), math.NaN(), 30, Show, ""},
		{"no error, few rows", Share, .5, math.NaN(), math.NaN(), 3, Suppress, "rests on 3 answers"},
		{"unknown", Share, math.NaN(), math.NaN(), 20, 3, Show, ""},
	} {
		standard, err := ParseStandard("")
		if err != nil {
			t.Fatal(err)
		}
		e := analysis.Estimate{Value: c.value, SE: c.se, DF: c.df, N: c.n}
		expectVerdict(t, c.what, standard.Judge(c.kind, e), c.flag, c.reason)
	}
}

func expectVerdict(t *testing.T, what string, v Verdict, flag Flag, reason string) {
	t.Helper()
	if v.Flag != flag || !strings.Contains(v.Reason, reason) || (flag == Show) != (v.Reason == "") {
		t.Errorf("%s: %q %q, want %q %q", what, v.Flag, v.Reason, flag, reason)
	}
}

func TestOtherStandards(t *testing.T) {
	for _, c := range []struct {
		standard   string
		thresholds []float64
		kind       Kind
		value, se  float64
		n          int64
		flag       Flag
		reason     string
	}{
		{"30/30", nil, Share, .5, .14, 30, Show, ""},
		{"30/30", nil, Share, .5, .15, 30, Caution, "30 % of the estimate"},
		{"30/30", nil, Share, .5, .01, 29, Suppress, "29 answers"},
		{"30/30", []float64{50, 20}, Total, 10, 1.9, 49, Suppress, "fewer than 50"},
		{"30/30", []float64{50, 20}, Total, 10, 2, 50, Caution, "20 %"},
		{"cv", nil, Total, 1000, 166, 5, Show, ""},
		{"cv", nil, Total, 1000, 167, 5, Caution, "16.7 %, above 16.6 %"},
		{"cv", nil, Total, 1000, 333, 5, Caution, "33.3 %, above 16.6 %"},
		{"cv", nil, Other, -1000, 334, 5, Suppress, "33.4 %, above 33.3 %"},
		{"cv", []float64{5, 25}, Share, .2, .02, 500, Caution, "10 %, above 5 %"},
		{"cv", nil, Share, 0, 0, 500, Caution, "cannot be computed"},
		{"cv", nil, Difference, .01, .5, 500, Show, ""},
		{"none", nil, Share, .5, .4, 2, Show, ""},
	} {
		standard, err := ParseStandard(c.standard, c.thresholds...)
		if err != nil {
			t.Fatal(err)
		}
		e := analysis.Estimate{Value: c.value, SE: c.se, DF: 20, N: c.n}
		expectVerdict(t, c.standard, standard.Judge(c.kind, e), c.flag, c.reason)
	}
}

func TestParseStandardMistakes(t *testing.T) {
	for _, c := range []struct {
		name       string
		thresholds []float64
		want       string
	}{
		{"nchss", nil, `unknown reliability standard "nchss" (did you mean "nchs"? use nchs, 30/30, cv, none)`},
		{"cv", []float64{33.3, 16.6}, "such as 16.6 and 33.3"},
		{"cv", []float64{10}, "such as 16.6 and 33.3"},
		{"30/30", []float64{0, 30}, "such as 30 and 30"},
		{"nchs", []float64{30}, "no thresholds to set"},
		{"none", []float64{30}, "no thresholds to set"},
	} {
		_, err := ParseStandard(c.name, c.thresholds...)
		if _, ok := err.(analysis.Problem); !ok || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %v: %v, want %s", c.name, c.thresholds, err, c.want)
		}
	}
}

// Whoever reads a footnote learns the thresholds in force.
func TestFootnotes(t *testing.T) {
	for _, c := range []struct {
		standard   string
		thresholds []float64
		want       string
	}{
		{"nchs", nil, "National Center for Health Statistics"},
		{"30/30", []float64{50, 20}, "fewer than 50 answers"},
		{"30/30", []float64{50, 20}, "is 20 % of the figure"},
		{"cv", []float64{5, 25}, "more than 5 % of the figure"},
	} {
		standard, _ := ParseStandard(c.standard, c.thresholds...)
		if note := standard.Footnote("caution", "suppress"); !strings.Contains(note, c.want) {
			t.Errorf("%s: footnote lacks %q: %s", c.standard, c.want, note)
		}
	}
	if note := (Standard{Name: "none"}).Footnote("caution", "suppress"); note != "" {
		t.Errorf("none has the footnote %q", note)
	}
	for level, want := range map[float64]string{0: "about 95 would", .9: "about 90 would", .995: "about 99.5 would"} {
		if note := IntervalFootnote(level); !strings.Contains(note, want) {
			t.Errorf("level %v: footnote lacks %q: %s", level, want, note)
		}
	}
}

// Kish: weights 1, 1, 2, 2, 4 have n·Σw²/(Σw)² = 5·26/100 = 1.3.
func TestEffectiveN(t *testing.T) {
	agree(t, "effective n", EffectiveN(5, 1.3), 3.8461538461538463, intervalTolerance)
	for _, deff := range []float64{0, math.NaN(), -1} {
		if n := EffectiveN(5, deff); !math.IsNaN(n) {
			t.Errorf("design effect %v: %v, want unknown", deff, n)
		}
	}
}
