package reports

import (
	"math"
	"testing"

	"pediment/analysis"
)

func sampled(x, se float64) analysis.Estimate {
	return analysis.Estimate{Value: x, SE: se, Low: x - 1.96*se, High: x + 1.96*se}
}

func counted1(x float64) analysis.Estimate {
	e := analysis.Unknown()
	e.Value = x
	return e
}

func TestAmount(t *testing.T) {
	for _, c := range []struct {
		e    analysis.Estimate
		unit string
		want string
	}{
		// The two examples of the Particle Data Group, section 5.3.
		{sampled(0.827, 0.119), "", "0.83"},
		{sampled(0.827, 0.367), "", "0.8"},
		// 950 of 1000: an error of 0.97 counts as 1.0, so tenths stay.
		{sampled(12.345, 0.97), "", "12.3"},
		{sampled(38.6123, 1.2), "percent", "38.6 %"},
		{sampled(38.6123, 4.1), "percent", "39 %"},
		{sampled(38.6123, 41), "percent", "40 %"},
		{sampled(38.6123, 0.001), "percent", "38.6 %"}, // no more than a reader needs
		{sampled(12345, 410), "", "12,300"},
		{sampled(3, 0.2), "rubric points", "3.00 rubric points"},
		{sampled(35, 1), "percent", "35.0 %"},
		{counted1(14.2), "percent", "14.2 %"},
		{counted1(14), "percent", "14.0 %"},
		{counted1(0.03), "percent", "0.030 %"},
		{counted1(99.97), "percent", "99.970 %"},
		{counted1(100), "percent", "100.0 %"},
		{counted1(100.91), "percent", "100.9 %"}, // an enrolment ratio; 100 is no limit from above
		{counted1(0), "percent", "0.0 %"},
		{counted1(2984), "per 100,000", "2,984 per 100,000"},
		{counted1(12.94), "per 100,000", "12.9 per 100,000"},
		{counted1(34180.2), "EUR per resident", "34,180 EUR per resident"},
		{counted1(1234567.5), "", "1,234,568"},
		{counted1(-1234.5), "", "−1,234"}, // halves go to the even neighbour
		{counted1(-0.0001), "percent", "−0.00010 %"},
		{counted1(1e18), "", "1.0×10¹⁸"},
		{counted1(1e-9), "", "1.0×10⁻⁹"},
		{counted1(0.0123), "", "0.012"},
		{counted1(math.NaN()), "percent", "–"},
		{counted1(math.Inf(1)), "percent", "–"},
	} {
		if got := amount(c.e, c.unit); got != noBreaks(c.want) {
			t.Errorf("amount(%v ± %v, %q) = %q, want %q", c.e.Value, c.e.SE, c.unit, got, noBreaks(c.want))
		}
	}
}

// noBreaks puts the space that does not break where the tests have a plain one
// before the sign of percent.
func noBreaks(s string) string {
	if n := len(s); n > 2 && s[n-2:] == " %" {
		return s[:n-2] + noBreak + "%"
	}
	return s
}

// An interval alone, as charts have it, gives the same digits as the standard
// error it came from.
func TestDecimalsFromInterval(t *testing.T) {
	for _, se := range []float64{0.012, 0.36, 1.2, 4.1, 41} {
		e := sampled(38.6, se)
		want := decimals(e, "percent")
		e.SE = math.NaN()
		if got := decimals(e, "percent"); got != want {
			t.Errorf("SE %v: %d decimals from the interval, %d from the SE", se, got, want)
		}
	}
}

func TestDifference(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		x, se float64
		unit  string
		want  string
	}{
		{2.7, 1.7, "percent", "+2.7 percentage points"},
		{-4.1, 1.27, "percent", "−4.1 percentage points"},
		{0.03, 0.8, "percent", "0.0 percentage points"},
		{0.03, nan, "percent", "+0.03 percentage points"},
		{5, nan, "percent", "+5.0 percentage points"},
		{-136, nan, "per 100,000", "−136 per 100,000"},
		{0.25, nan, "rubric points", "+0.25 rubric points"},
		{nan, nan, "percent", "–"},
	} {
		if got := difference(analysis.Change{Difference: c.x, SE: c.se}, c.unit); got != c.want {
			t.Errorf("difference(%v ± %v, %q) = %q, want %q", c.x, c.se, c.unit, got, c.want)
		}
	}
}

func TestInterval(t *testing.T) {
	if got, want := interval(sampled(38.6, 1.2), "percent"), "36.2 to 41.0"; got != want { // 38.6 ∓ 1.96 × 1.2
		t.Errorf("interval = %q, want %q", got, want)
	}
	if got := interval(counted1(14.2), "percent"); got != "" {
		t.Errorf("a full count has the interval %q", got)
	}
}

func TestScaleOf(t *testing.T) {
	for unit, want := range map[string]float64{"percent": 100, "per 100,000": 1e5, "per 1 000 residents": 1000, "years": 1, "per person": 1, "": 1} {
		if got := scaleOf(unit); got != want {
			t.Errorf("scaleOf(%q) = %v, want %v", unit, got, want)
		}
	}
}
