package survey

import (
	"math"
	"testing"
)

// Hand arithmetic: 1, 1, 2, 2, 4 add up to 10, their squares to 26; 5·26/100 = 1.3.
func TestDiagnose(t *testing.T) {
	got := Diagnose(5, 10, 26, 1, 4)
	want := Weighting{N: 5, Sum: 10, SumOfSquares: 26, Min: 1, Max: 4, Ratio: 4, DEFF: 1.3, EffectiveN: 100. / 26}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if equal := Diagnose(4, 12, 36, 3, 3); equal.DEFF != 1 || equal.EffectiveN != 4 {
		t.Errorf("equal weights: %+v", equal)
	}
	if none := Diagnose(0, 0, 0, 0, 0); !math.IsNaN(none.DEFF) || none.N != 0 {
		t.Errorf("no weights: %+v", none)
	}
}
