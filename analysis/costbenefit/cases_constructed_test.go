package costbenefit

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// Cases built for these tests; their figures come from arithmetic with 40 digits.

// exact checks figures by name.
func exact(t *testing.T, got, want map[string]float64) {
	t.Helper()
	for _, name := range sortedNames(want) {
		if value, ok := got[name]; !ok || !closeTo(value, want[name]) && !same(value, want[name]) {
			t.Errorf("%s = %.15g, want %.15g", name, got[name], want[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d figures, want %d", len(got), len(want))
	}
}

func sortedNames(figures map[string]float64) []string {
	var names []string
	for name := range figures {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// band is a rate and the last year in which it holds.
type band struct {
	upTo int
	rate float64
}

func yearly(bands []band, years int) []float64 {
	rates := make([]float64, years)
	for year := range rates {
		for _, b := range bands {
			if rates[year] = b.rate; year+1 <= b.upTo {
				break
			}
		}
	}
	return rates
}

func TestDecliningRates(t *testing.T) {
	years := []float64{0, 1, 10, 30, 31, 60, 75, 76, 100, 125, 126, 200, 201, 300, 301, 350}
	cases := []struct {
		name  string
		bands []band
		want  []float64
	}{
		{"Green Book 2003", []band{{30, 0.035}, {75, 0.03}, {125, 0.025}, {200, 0.02}, {300, 0.015}, {400, 0.01}},
			[]float64{1, 0.966183574879227, 0.7089188137097716, 0.35627841060230153, 0.3459013695167976, 0.14678198786951988,
				0.0942137725766914, 0.09191587568457699, 0.05081802232438191, 0.027410763016194988, 0.02687329707470097,
				0.006207378715700475, 0.006115644054877315, 0.0014005674143643886, 0.001386700410261771, 0.0008515993645277641}},
		{"Green Book 2025", []band{{30, 0.035}, {75, 0.03}, {76, 0.025}}, // the last rate goes on
			[]float64{1, 0.966183574879227, 0.7089188137097716, 0.35627841060230153, 0.3459013695167976, 0.14678198786951988,
				0.0942137725766914, 0.09191587568457699, 0.05081802232438191, 0.027410763016194988, 0.026742207820678036,
				0.0043016118564428545, 0.00419669449409059, 0.00036412012347461617, 0.000355239144853284, 0.00010593791269600029}},
	}
	for _, c := range cases {
		rates := yearly(c.bands, c.bands[len(c.bands)-1].upTo)
		for i, factor := range Factors(rates, years) {
			if math.Abs(factor-c.want[i]) > 1e-12*c.want[i] {
				t.Errorf("%s: factor of year %v = %v, want %v", c.name, years[i], factor, c.want[i])
			}
		}
		sum := 0.0
		for _, factor := range Factors(rates, Steps(101))[1:] {
			sum += factor
		}
		if !closeTo(sum, 28.863363355642196) {
			t.Errorf("%s: annuity of 100 years = %v, want 28.863363355642196", c.name, sum)
		}
		if factor := Factors(rates, []float64{60})[0]; closeTo(factor, 0.16973309001641754) {
			t.Errorf("%s: factor of year 60 is priced at one rate: %v", c.name, factor)
		}
	}
}

func TestTimings(t *testing.T) {
	flows := []float64{-10000, 5000, 5000, 5000}
	at := func(times ...float64) float64 { return PV(flows, Factors([]float64{0.05}, times)) }
	exact(t, map[string]float64{
		"now, then end of year":   at(0, 1, 2, 3),
		"all at the end":          at(1, 2, 3, 4),
		"all at mid-year":         at(0.5, 1.5, 2.5, 3.5),
		"now, then mid-year":      at(0, 0.5, 1.5, 2.5),
		"now, then beginning":     at(0, 0, 1, 2),
		"base two years later":    at(-2, -1, 0, 1),
		"all half a year earlier": at(-0.5, 0.5, 1.5, 2.5),
	}, map[string]float64{
		"now, then end of year":   3616.2401468523917,
		"all at the end":          3444.038235097516,
		"all at mid-year":         3529.0890231126637,
		"now, then mid-year":      3952.494240227895,
		"now, then beginning":     4297.052154195011,
		"base two years later":    3986.904761904762,
		"all half a year earlier": 3705.5434742682964,
	})
}

func TestRealAndNominal(t *testing.T) {
	real, inflation := []float64{0, 100, 110, 120}, []float64{0.02, 0.03, 0.025}
	nominal, price := make([]float64, 4), 1.0
	var rates []float64
	for t, flow := range real {
		if t > 0 {
			price *= 1 + inflation[t-1]
			rates = append(rates, NominalRate(0.035, inflation[t-1]))
		}
		nominal[t] = flow * price
	}
	exact(t, map[string]float64{
		"nominal 3":              nominal[3],
		"real":                   NPV(real, 0.035),
		"nominal":                PV(nominal, Factors(rates, Steps(4))),
		"nominal at a real rate": NPV(nominal, 0.035),
	}, map[string]float64{
		"nominal 3":              129.2238,
		"real":                   307.5376592083897,
		"nominal":                307.5376592083897,
		"nominal at a real rate": 322.9852860449283,
	})
}

func TestPaybackCrossesTwice(t *testing.T) {
	flows := []float64{-100, 30, 40, 50, -30, 40}
	factors := Factors([]float64{0.05}, Steps(6))
	var discounted []float64
	for i, flow := range flows {
		discounted = append(discounted, flow*factors[i])
	}
	first, lasting := Payback(flows, nil)
	firstPV, _ := Payback(discounted, nil)
	// Costs 500, 300 and 300 thousand with a tenth added, 342 thousand a year gained in years 1 to 5.
	fiscal, _ := Payback([]float64{-550000, 12000, 12000, 342000, 342000, 342000}, nil)
	exact(t, map[string]float64{"first": first, "lasting": lasting, "first, discounted": firstPV, "final": NPV(flows, 0.05), "fiscal": fiscal},
		map[string]float64{"first": 2.6, "lasting": 4.25, "first, discounted": 2.81375, "final": 14.704460051306272, "fiscal": 3.538011695906433})
}

func TestFundingGapCase(t *testing.T) {
	net := repeated(3, 15) // revenue 9 less operating cost 6
	net[0], net[1] = 0, 0
	net[14] += 20 // residual value
	investment, revenue := NPV([]float64{40, 60}, 0.04), NPV(net, 0.04)
	gap := FundingGapOf(investment, revenue, 90, 0.85)
	exact(t, map[string]float64{"DIC": investment, "DNR": revenue, "rate": gap.Rate, "decision": gap.Decision, "grant": gap.Grant},
		map[string]float64{"DIC": 97.6923076923077, "DNR": 40.35425506018528, "rate": 0.5869249482028278,
			"decision": 52.82324533825451, "grant": 44.899758537516334})
}

func TestSustainabilityCase(t *testing.T) {
	funding := []float64{40, 60, 0, 0, 0, 0, 0, 0, 0, 0}
	inflows := []float64{0, 0, 8, 8, 8, 8, 8, 8, 8, 8}
	outflows := []float64{40, 60, 9, 9, 9, 7, 7, 7, 7, 7}
	got := Sustainability(funding, inflows, outflows)
	want := Liquidity{Cumulated: []float64{0, 0, -1, -2, -3, -2, -1, 0, 1, 2}, FirstNegative: 2, Worst: 4, Minimum: -3, Bridging: 3}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestValueOfPublicFunds(t *testing.T) {
	for _, c := range []struct{ willingness, cost, want float64 }{
		{340000, 120000 - 60000, 5.666666666666667},
		{340000, 120000 - 130000, math.Inf(1)},
		{1200, 1000 - 350, 1.84615384615384615},
		{-300, -200, 1.5}, // a tax: loss per unit raised
		{-300, 0, math.NaN()},
		{0, 0, math.NaN()},
		{0, 10, 0},
	} {
		if got := MVPF(c.willingness, c.cost); !same(got, c.want) && !closeTo(got, c.want) {
			t.Errorf("MVPF(%v, %v) = %v, want %v", c.willingness, c.cost, got, c.want)
		}
	}
}

func TestAdditionalityCase(t *testing.T) {
	own, reference := Additionality(200, 0.15, 0.25, 0.05, 1.2), Additionality(40, 0.15, 0.25, 0.05, 1.2)
	exact(t, map[string]float64{"own": own, "reference": reference, "net": own - reference},
		map[string]float64{"own": 145.35, "reference": 29.07, "net": 116.28})
}

func TestSocialReturn(t *testing.T) {
	one, two := Impact(40, 1200, 0.25, 0, 0.3), Impact(10, 3000, 0.4, 0.1, 0.5)
	years := ImpactStream(one, 0.2, 3)
	for k, impact := range ImpactStream(two, 0, 2) {
		years[k] += impact
	}
	once, undiscounted := SheetNPV(years, 0.035), NPV(years, 0.035)
	exact(t, map[string]float64{"one": one, "two": two, "year 1": years[0], "year 2": years[1], "year 3": years[2],
		"PV": once, "SROI": once / 25000, "PV, first year not discounted": undiscounted},
		map[string]float64{"one": 25200, "two": 8100, "year 1": 33300, "year 2": 28260, "year 3": 16128,
			"PV": 73101.45739284667, "SROI": 2.9240582957138668, "PV, first year not discounted": 75660.00840159631})
}

func TestQuintileWeights(t *testing.T) {
	incomes := []float64{9000, 15000, 21000, 29000, 52000}
	benefits, costs := []float64{40, 30, 15, 10, 5}, []float64{5, 10, 15, 25, 45}
	var weights []float64
	for _, income := range incomes {
		weights = append(weights, IncomeWeight(21000, income, 1.3))
	}
	exact(t, map[string]float64{"w1": weights[0], "w2": weights[1], "w3": weights[2], "w4": weights[3], "w5": weights[4],
		"benefit": PV(benefits, weights), "cost": PV(costs, weights)},
		map[string]float64{"w1": 3.0086371992276115, "w2": 1.548696961867989, "w3": 1, "w4": 0.6573061351160736, "w5": 0.30766687219791056,
			"benefit": 189.91779253729442, "cost": 75.80781824162577})
}

func TestResidualValues(t *testing.T) {
	book, remaining := BookValue(1000, 40, 25), 60*Annuity(0.04, 15)
	exact(t, map[string]float64{"book": book, "remaining": remaining, "book now": book * discount(0.04, 25), "remaining now": remaining * discount(0.04, 25)},
		map[string]float64{"book": 375, "remaining": 667.1032459300873, "book now": 140.6688008452366, "remaining now": 250.24163638653425})
}

func TestEarningsOfLearners(t *testing.T) {
	first := 24000 * 0.06 * 0.65 * 0.7 // gain at the end of year 1; growth starts after it
	pv := first * GrowingAnnuity(0.035, 0.01, 30)
	gains := func(cost, share float64) []float64 {
		flows := []float64{-cost}
		for t := range 30 {
			flows = append(flows, share*first*math.Pow(1.01, float64(t)))
		}
		return flows
	}
	exact(t, map[string]float64{"gain": pv,
		"private NPV": NPV(gains(1200, 0.72), 0.035), "fiscal NPV": NPV(gains(2300, 0.28), 0.035), "social NPV": NPV(gains(3500, 1), 0.035),
		"private IRR": IRR(gains(1200, 0.72), nil).Only(), "fiscal IRR": IRR(gains(2300, 0.28), nil).Only(), "social IRR": IRR(gains(3500, 1), nil).Only()},
		map[string]float64{"gain": 13622.6702289304,
			"private NPV": 8608.322564829889, "fiscal NPV": 1514.347664100512, "social NPV": 10122.6702289304,
			"private IRR": 0.40309951140627676, "fiscal IRR": 0.07868035307537487, "social IRR": 0.1960258319283346})
}

func TestFinancialToEconomic(t *testing.T) {
	capital := 100 / 1.2 * CompositeFactor([]float64{0.4, 0.4, 0.2}, []float64{0.64, 0.83, 1})
	a := Annuity(0.03, 10)
	exact(t, map[string]float64{"financial NPV": -100 - 5*Annuity(0.04, 10), "capital": capital,
		"economic NPV": 18*a - capital - 5*0.85*a, "ratio": 18 * a / (capital + 5*0.85*a)},
		map[string]float64{"financial NPV": -140.55447889677515, "capital": 65.66666666666667, "economic NPV": 51.62362233900099, "ratio": 1.5065110654484097})
}

func TestIngredients(t *testing.T) {
	building, equipment := 0.4*Payment(200000, 0.035, 30), Payment(30000, 0.035, 5)
	total := 48000 + 1200*14.5 + building + equipment + 6000
	exact(t, map[string]float64{"building": building, "equipment": equipment, "a learner": total / 150, "a gain": total / 120},
		map[string]float64{"building": 4349.706528593883, "equipment": 6644.441194742983, "a learner": 549.2943181555792, "a gain": 686.6178976944739})
}

func TestRankReversal(t *testing.T) {
	costs, reach := []float64{100, 150, 400}, []float64{10, 18, 20} // A, B, C
	scores := func(n int) []float64 {
		cheap := Scale(costs[:n], slices.Max(costs[:n]), slices.Min(costs[:n]))
		wide := Scale(reach[:n], slices.Min(reach[:n]), slices.Max(reach[:n]))
		var all []float64
		for i := range n {
			all = append(all, Score([]float64{0.5, 0.5}, []float64{cheap[i], wide[i]}))
		}
		return all
	}
	with, without := scores(3), scores(2)
	exact(t, map[string]float64{"A": with[0], "B": with[1], "C": with[2], "A without C": without[0], "B without C": without[1]},
		map[string]float64{"A": 0.5, "B": 0.81666666666666667, "C": 0.5, "A without C": 0.5, "B without C": 0.5})
}

// Undiscounted the benefits exceed the costs by 30. Figures computed with R.
func TestVerdictFlipsUnderDiscounting(t *testing.T) {
	costs, benefits := []float64{500, 120, 120, 120, 120}, []float64{0, 150, 260, 300, 300}
	net := make([]float64, len(costs))
	for i := range net {
		net[i] = benefits[i] - costs[i]
	}
	exact(t, map[string]float64{
		"costs": NPV(costs, 0.035), "benefits": NPV(benefits, 0.035), "net": NPV(net, 0.035), "all a year later": SheetNPV(net, 0.035),
		"all half a year later": PV(net, Factors([]float64{0.035}, []float64{0.5, 1.5, 2.5, 3.5, 4.5})), "IRR": IRR(net, nil).Only(),
	}, map[string]float64{
		"costs": 940.769505033, "benefits": 919.655798337, "net": -21.1137066963, "all a year later": -20.3997166148,
		"all half a year later": -20.7536414466, "IRR": 0.019920765274,
	})
}
