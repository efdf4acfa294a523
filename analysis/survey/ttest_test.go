package survey

import (
	"context"
	"strings"
	"testing"
)

// R: svyttest of the sample of tableOf.
func TestTTestEqualsR(t *testing.T) {
	for _, test := range []struct {
		op, formula                     string
		est, statistic, p, low, high, n float64
	}{
		{"ttest2", "y ~ h", 0.106987530339806, 0.0968642667995931, 0.926597044333596, -2.73224525609212, 2.94622031677173, 48},
		{"ttest1", "y ~ 0", 7.44214068441065, 14.5248951329266, 2.7921084511942e-05, 6.12504810050424, 8.75923326831706, 48},
	} {
		answers, err := sampleOf(t, tableOf(), Design{}).ttest(context.Background(), Ask{Op: test.op, Formula: test.formula})
		if err != nil {
			t.Fatal(err)
		}
		a := answers[0]
		for what, pair := range map[string][2]float64{
			"estimate": {a.Value, test.est}, "t": {a.Statistic, test.statistic}, "p": {a.PValue, test.p},
			"low": {a.Low, test.low}, "high": {a.High, test.high}, "df": {a.DF, 5}, "n": {float64(a.N), test.n},
		} {
			wantAlike(t, test.formula+": "+what, pair[0], pair[1])
		}
	}
}

func TestTTestUnknownValues(t *testing.T) {
	s := sampleOf(t, tableOf(), Design{})
	for naRm, missing := range map[bool]string{true: "", false: "high is unknown in 3 rows"} {
		answers, err := s.ttest(context.Background(), Ask{Formula: "high ~ 0", NaRm: naRm})
		if err != nil {
			t.Fatal(err)
		}
		if a := answers[0]; !strings.Contains(a.Error, missing) || (a.Error == "") != naRm || a.Missing != 3 {
			t.Errorf("na_rm %v: %d rows unknown, error %q", naRm, a.Missing, a.Error)
		}
	}
	for _, formula := range []string{"y ~ g", "y ~ x", "y ~ h + b"} {
		if _, err := s.ttest(context.Background(), Ask{Formula: formula}); err == nil || !strings.Contains(err.Error(), "does not compare two groups") {
			t.Errorf("%s: error %v", formula, err)
		}
	}
}
