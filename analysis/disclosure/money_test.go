package disclosure

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

func grants(place string, total float64) analysis.Value {
	v := analysis.Value{Code: "grants", Period: analysis.Period{Label: "2024"}, Place: place, Unit: "currency", Estimate: analysis.Unknown(), Numerator: total, Denominator: math.NaN()}
	v.Value = total
	return v
}

func moneyRule(contributions map[string][]float64) Rule {
	return Rule{
		People: func(analysis.Value) float64 { return math.Inf(1) }, Source: func(code string) string { return code },
		Contributions: func(v analysis.Value) []float64 { return contributions[v.Place] },
	}
}

// Hand arithmetic. Contributions 50, 30, 10, 6, 4 of 100:
//
//	(2,75): 80 > 75, hidden; (2,80): 80 is not more, shown; (1,50): shown
//	p = 40: 100 − 50 − 30 = 20; 40 % of 50 = 20, not less, shown
//	p = 41: 20 < 20.5, hidden
//	pq with p = 10, q = 20: 20 < 10/20·50 = 25, hidden; q = 25: 20 is not less than 20, shown
//
// One contributor alone: 0 < p/100·x₁, hidden under any p.
func TestConcentration(t *testing.T) {
	five := []float64{50, 30, 10, 6, 4}
	tests := []struct {
		name          string
		contributions []float64
		change        func(*Rule)
		want          Why
	}{
		{"(2,75)", five, func(r *Rule) { r.Dominance = Dominance{2, .75} }, Dominated},
		{"(2,80)", five, func(r *Rule) { r.Dominance = Dominance{2, .8} }, ""},
		{"(1,50)", five, func(r *Rule) { r.Dominance = Dominance{1, .5} }, ""},
		{"p 40", five, func(r *Rule) { r.PPercent = 40 }, ""},
		{"p 41", five, func(r *Rule) { r.PPercent = 41 }, PRule},
		{"p 10, q 20", five, func(r *Rule) { r.PPercent, r.PriorPercent = 10, 20 }, PRule},
		{"p 10, q 25", five, func(r *Rule) { r.PPercent, r.PriorPercent = 10, 25 }, ""},
		{"one alone", []float64{100}, func(r *Rule) { r.PPercent = 1 }, PRule},
		{"does not apply", nil, func(r *Rule) { r.PPercent = 41 }, ""},
	}
	for _, test := range tests {
		rule := moneyRule(map[string][]float64{"A": test.contributions})
		test.change(&rule)
		out, log := Protect([]analysis.Value{grants("A", 100)}, rule)
		var got Why
		if len(log) > 0 {
			got = log[0].Why
		}
		if got != test.want || (out[0].State == analysis.Confidential) != (got != "") {
			t.Errorf("%s: %q, want %q; %+v", test.name, got, test.want, out[0])
		}
	}
}

// A district with one contributor of 100 among districts of many: one more is
// withheld, since the city's total less the others would tell, and it is one that
// leaves enough room.
func TestMoneySubtraction(t *testing.T) {
	many := []float64{20, 19, 18, 17, 16, 15, 14, 13}
	rule := moneyRule(map[string][]float64{"": many, "A": {100}, "B": {2, 2}, "C": many, "D": many})
	rule.PPercent = 10
	out, log := Protect([]analysis.Value{grants("", 500), grants("A", 100), grants("B", 0), grants("C", 150), grants("D", 250)}, rule)
	var hidden []string
	for _, v := range out {
		if v.State == analysis.Confidential {
			hidden = append(hidden, v.Place)
			if !strings.Contains(v.Reason, "one or two contributors make up most of it, here or in an amount that subtraction would give away") {
				t.Errorf("the reason is %q", v.Reason)
			}
		}
	}
	if strings.Join(hidden, " ") != "A C" && strings.Join(hidden, " ") != "A B C" {
		t.Errorf("hidden: %v; %v", hidden, log)
	}
}
