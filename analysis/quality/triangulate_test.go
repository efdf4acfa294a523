package quality

import (
	"testing"

	"pediment/analysis"
)

func year(label string) analysis.Period {
	p, err := analysis.Calendar{}.ParsePeriod(label)
	if err != nil {
		panic(err)
	}
	return p
}

func sampled(code string, x, se, df float64) analysis.Value {
	v := analysis.Value{Code: code, Period: year("2025"), Unit: "percent", Estimate: analysis.Unknown()}
	v.Value = x
	if se > 0 {
		v.SE, v.DF = se, df
	}
	return v
}

// testdata/reference.R has the intervals of the first case.
func TestTriangulation(t *testing.T) {
	relative, absolute := Pair{Codes: [2]string{"a", "b"}, Tolerance: 0.1, Relative: true}, Pair{Codes: [2]string{"a", "b"}, Tolerance: 2}
	for _, c := range []struct {
		what string
		pair Pair
		a, b analysis.Value
		want verdict
	}{
		{"the interval lies beyond the margin of .641", relative, sampled("a", 10.8, .87, 60), sampled("b", 6.41, 0, 0), differs},
		{"the interval reaches into the margin", relative, sampled("a", 7.5, .87, 60), sampled("b", 6.41, 0, 0), cannotTell},
		{"the interval is wider than the margin, though the difference is nothing", relative, sampled("a", 6.41, .87, 60), sampled("b", 6.41, 0, 0), cannotTell},
		{"the interval lies within the margin", absolute, sampled("a", 6.5, .87, 60), sampled("b", 6.41, 0, 0), agrees},
		{"without sampling errors the difference decides", absolute, sampled("a", 8.41, 0, 0), sampled("b", 6.41, 0, 0), agrees},
		{"one more than the margin", absolute, sampled("a", 9, 0, 0), sampled("b", 6.41, 0, 0), differs},
	} {
		got := triangulate(c.pair, []analysis.Value{c.a, c.b}, analysis.Calendar{})
		if len(got) != 1 || got[0].verdict != c.want {
			t.Errorf("%s: got %+v", c.what, got)
		}
	}
	got := compare(relative, sampled("a", 10.8, .87, 60), sampled("b", 6.41, 0, 0))
	for k, x := range []float64{got.low - 2.93653548753297, got.high - 5.84346451246703, got.ratioLow - 1.41337611464081, got.ratioHigh - 1.95635867475077} {
		if x > 1e-9 || x < -1e-9 {
			t.Errorf("limit %d is off by %v: %+v", k, x, got)
		}
	}
	unlike := sampled("b", 6, 0, 0)
	unlike.Unit = "people"
	if got := compare(absolute, sampled("a", 6, 0, 0), unlike); got.verdict != cannotTell || got.reason == "" {
		t.Errorf("unlike units: %+v", got)
	}
	if got := triangulate(absolute, []analysis.Value{sampled("a", 1, 0, 0)}, analysis.Calendar{}); got != nil {
		t.Errorf("of one source: %+v", got)
	}
}
