package equity

import (
	"strings"
	"testing"
)

// 20 against 30 is a gap of 10 points and a ratio of 1.5. 16 against 24.5 is 8.5 points
// and 1.53: smaller as one and larger as the other. 18 against 25 is smaller as both.
func TestDifferenceAndRatioMayDisagree(t *testing.T) {
	wave := func(low, high float64) *Breakdown {
		return breakdownOf([]float64{low, high}, []float64{1000, 1000}, nil)
	}
	for _, c := range []struct {
		low, high float64
		want      string
	}{{16, 24.5, "shrank, measured as a ratio it grew"}, {18, 25, ""}} {
		b := wave(c.low, c.high)
		b.Earlier = wave(20, 30)
		list := (&Setup{Breakdowns: []Breakdown{*b}}).studies()[0].changes
		got := disagreement(list)
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%g to %g: %q", c.low, c.high, got)
		}
	}
}

func TestChangedDefinitionIsNotCompared(t *testing.T) {
	b := breakdownOf([]float64{40, 50}, []float64{1000, 1000}, nil)
	b.Earlier = breakdownOf([]float64{30, 50}, []float64{1000, 1000}, nil)
	b.Earlier.Groups[0].Value.Definition = "before"
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	if rows := tableNamed(t, result, "change"); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
	if len(result.Warnings) == 0 || !strings.Contains(result.Warnings[0].Text, "definition") {
		t.Errorf("%v", result.Warnings)
	}
}
