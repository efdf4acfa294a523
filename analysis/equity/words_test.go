package equity

import (
	"math"
	"testing"
)

// Errors of 0.12 and 0.35 support two digits, 0.36 and 0.95 one, 41 tens.
func TestRounding(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		x, se float64
		unit  string
		want  string
	}{
		{41.26, 1.2, "percent", "41.3 %"},
		{41.26, 4.1, "percent", "41 %"},
		{41.26, nan, "percent", "41.3 %"},
		{.0734, nan, "percentage points", "0.073 percentage points"},
		{12345, 410, "people", "12,300 people"},
		{12345, nan, "people", "12,345 people"},
		{2.4388, nan, "visits per resident", "2.44 visits per resident"},
		{1, 4.1, "percentage points", "1 percentage point"},
		{0, nan, "percent", "0.0 %"},
	} {
		if got := of(figure(c.x, decimals(c.x, c.se, c.unit)), c.unit); got != c.want {
			t.Errorf("%g ± %g %s = %q, want %q", c.x, c.se, c.unit, got, c.want)
		}
	}
	if got := figure(-12345.678, 1); got != "−12,345.7" {
		t.Error(got)
	}
	if got := figure(-.04, 1); got != "0.0" {
		t.Error(got)
	}
}

// An interval that leaves out 0 does not look as if it held it.
func TestIntervalKeepsItsSide(t *testing.T) {
	e := estimate{value: -10.4, se: 5, low: -20.4, high: -.38, p: .042}
	if got := e.interval("percentage points"); got != "−20.4 to −0.4" {
		t.Error(got)
	}
	e = estimate{value: -4, se: 5, low: -14, high: 6, p: .4}
	if got := e.interval("percentage points"); got != "−14 to 6" {
		t.Error(got)
	}
}

func TestSentencesStartWithACapital(t *testing.T) {
	for text, want := range map[string]string{"": "", "district": "District", "île": "Île", "65+": "65+"} {
		if got := capital(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
