package oldsurvey

import (
	"errors"
	"math"
	"testing"

	"pediment/analysis"
)

const tolerance = 1e-9

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance*math.Max(1e-3, math.Abs(want)) || math.IsNaN(got) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// Formulas F6: xlogit interval of p = .08, se = .018, df 24, from R.
func TestLogitInterval(t *testing.T) {
	low, high := LogitInterval(analysis.Estimate{Value: .08, SE: .018, DF: 24})
	near(t, "low", low, 0.0498735236119)
	near(t, "high", high, 0.125912943407)
	if low, high = LogitInterval(analysis.Estimate{Value: 1, SE: 0, DF: 24}); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("at 1: [%v, %v], want none", low, high)
	}
}

// Every row its own PSU: the moments give what the rows one by one give.
func TestMomentsEqualRows(t *testing.T) {
	rows := [][2]float64{{1, 2}, {3, 1}, {2, 2}, {5, 3}}
	nan := math.NaN()
	design := Design{Strata: map[string]Stratum{"a": {PSUs: 6, Population: nan}}} // two rows outside the domain
	var single []Total
	whole := Total{Stratum: "a", Rows: len(rows)}
	for _, r := range rows {
		single = append(single, Total{Stratum: "a", Y: r[0], X: r[1]})
		whole.Y, whole.X = whole.Y+r[0], whole.X+r[1]
		whole.YY, whole.XY, whole.XX = whole.YY+r[0]*r[0], whole.XY+r[0]*r[1], whole.XX+r[1]*r[1]
	}
	a, err := Ratio(design, single)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Ratio(design, []Total{whole})
	if err != nil {
		t.Fatal(err)
	}
	// By hand: R = 11/8, residuals y − R·x = −1.75, 1.625, −0.75, 0.875 add to 0,
	// squares add to 7.03125; V = 6/5 · 7.03125/64.
	near(t, "se", a.SE, math.Sqrt(6.0/5*7.03125/64))
	near(t, "se from moments", b.SE, a.SE)
	near(t, "df", b.DF, 3)
}

// The finite population correction as a count and as a fraction agree.
func TestCorrection(t *testing.T) {
	total := []Total{{Stratum: "a", Y: 1, X: 1}, {Stratum: "a", Y: 3, X: 1}}
	for _, population := range []float64{8, 0.25} {
		e, err := TotalOf(Design{Strata: map[string]Stratum{"a": {2, population}}}, total)
		if err != nil {
			t.Fatal(err)
		}
		// (1 − 2/8) · 2/1 · ((1−2)² + (3−2)²) = 3
		near(t, "variance", e.SE*e.SE, 3)
	}
}

// A stratum with one PSU beside one with two (z = 1, 3, variance 4): fail names
// it, remove and certainty add nothing, average scales by 2 strata over 1, adjust
// centres the lonely PSU at the grand mean.
func TestLonelyPSU(t *testing.T) {
	totals := []Total{{Stratum: "a", Y: 1}, {Stratum: "a", Y: 3}, {Stratum: "b", Y: 5}}
	nan := math.NaN()
	design := func(rule string) Design {
		return Design{Strata: map[string]Stratum{"a": {2, nan}, "b": {1, nan}}, LonelyPSU: rule}
	}
	var lonely *ErrLonely
	if _, err := TotalOf(design(""), totals); !errors.As(err, &lonely) || lonely.Strata[0] != "b" {
		t.Errorf("error %v, want one naming stratum b", err)
	}
	// adjust: grand mean of the PSU totals (1+3+5)/3 = 3, so (5−3)² = 4 is added.
	for rule, want := range map[string]float64{"remove": 4, "certainty": 4, "average": 8, "adjust": 8} {
		e, err := TotalOf(design(rule), totals)
		if err != nil {
			t.Fatal(err)
		}
		near(t, rule, e.SE*e.SE, want)
	}
}

// Doubling every weight leaves a ratio and its error unchanged.
func TestWeightsScale(t *testing.T) {
	design := Design{Strata: map[string]Stratum{"a": {3, math.NaN()}}}
	totals := []Total{{Stratum: "a", Y: 1, X: 4}, {Stratum: "a", Y: 3, X: 5}, {Stratum: "a", Y: 2, X: 3}}
	doubled := make([]Total, len(totals))
	for k, u := range totals {
		doubled[k] = Total{Stratum: "a", Y: 2 * u.Y, X: 2 * u.X}
	}
	a, _ := Ratio(design, totals)
	b, _ := Ratio(design, doubled)
	near(t, "value", b.Value, a.Value)
	near(t, "se", b.SE, a.SE)
}
