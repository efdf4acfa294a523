package main

import (
	"math"
	"testing"
)

// Expected by hand: two significant digits of the standard error.
func TestDigits(t *testing.T) {
	for _, c := range []struct {
		value, se   float64
		text, error any
	}{
		{662.2874, 9.4089, "662.3", "9.4"},
		{0.204871, 0.072766, "0.205", "0.073"},
		{3687177.5, 114642, "3,690,000", "110,000"},
		{-0.030265, 0.0098, "−0.0303", "0.0098"},
		{-0.001, 0.0999, "0.00", "0.10"},
		{5, 0, "5.000", "0.000"},
		{1e20, 1e12, "1e+20", "1,000,000,000,000"},
		{math.NaN(), math.NaN(), nil, nil},
	} {
		d := decimalsOf(c.value, c.se)
		if got := digits(c.value, d); got != c.text {
			t.Errorf("%v ± %v prints %v, want %v", c.value, c.se, got, c.text)
		}
		if got := digits(c.se, d); got != c.error {
			t.Errorf("the error of %v ± %v prints %v, want %v", c.value, c.se, got, c.error)
		}
	}
}

func TestExpressionsSplitOutsideQuotesAndParentheses(t *testing.T) {
	var e expressions
	if err := e.Set(`a, if(b > 1, 2, 3), "c,d", x IN ('e,f', 'g')`); err != nil {
		t.Fatal(err)
	}
	want := []string{"a", "if(b > 1, 2, 3)", `"c,d"`, "x IN ('e,f', 'g')"}
	if len(e) != len(want) {
		t.Fatalf("%q", []string(e))
	}
	for k := range want {
		if e[k] != want[k] {
			t.Errorf("part %d is %q, want %q", k, e[k], want[k])
		}
	}
	if err := e.Set("a,,b"); err == nil {
		t.Error("an empty place passes")
	}
}
