package costbenefit

import (
	"math"
	"testing"
	"time"
)

// casesTolerance is relative, for figures computed with 40 digits.
const casesTolerance = 1e-9

// figure is a number computed here, as printed by its source within half a unit
// of the last digit, and as computed with more digits.
type figure struct {
	name           string
	got            float64
	printed, until float64
	exact          float64
}

// expect checks figures against print and against the exact value.
func expect(t *testing.T, source string, figures ...figure) {
	t.Helper()
	for _, f := range figures {
		if !(math.Abs(f.got-f.printed) <= f.until) {
			t.Errorf("%s: %s = %v, printed %v ± %v", source, f.name, f.got, f.printed, f.until)
		}
		if !closeTo(f.got, f.exact) {
			t.Errorf("%s: %s = %.12g, want %.12g", source, f.name, f.got, f.exact)
		}
	}
}

// misprint checks figures the source prints wrongly: ours must be the exact one
// and must not agree with print.
func misprint(t *testing.T, source string, figures ...figure) {
	t.Helper()
	for _, f := range figures {
		if !closeTo(f.got, f.exact) {
			t.Errorf("%s: %s = %.12g, want %.12g", source, f.name, f.got, f.exact)
		}
		if math.Abs(f.got-f.printed) <= f.until {
			t.Errorf("%s: %s = %v agrees with the misprint %v", source, f.name, f.got, f.printed)
		}
	}
}

// closeTo allows for the ten digits after the point that exact values have.
func closeTo(got, want float64) bool {
	return math.Abs(got-want) <= casesTolerance*math.Abs(want)+1e-10
}

func TestPresentValuesPublished(t *testing.T) {
	nhs := []float64{1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, -500}
	factors := Factors([]float64{0.035}, Steps(11))
	expect(t, "UK NHS PPP value-for-money (CPAM) guidance, Annex A, Table 2",
		figure{"NPV", NPV(nhs, 0.035), 8253, 0.5, 8253.2271020133},
		figure{"factor 1", factors[1], 0.9662, 5e-5, 0.9661835749},
		figure{"factor 5", factors[5], 0.842, 5e-5, 0.8419731669},
		figure{"factor 10", factors[10], 0.7089, 5e-5, 0.7089188137},
		figure{"PV 6", nhs[6] * factors[6], 814, 0.5, 813.5006443078},
		figure{"PV 10", nhs[10] * factors[10], -355, 1, -354.4594068549}, // print rounds the factor first
	)
	expect(t, "Energy management handbook, Appendix A, Example 13 (text uses 4-digit factors)",
		figure{"present worth", NPV([]float64{-10000, 2525, 2525, 2525, 3840, 3840, 3840}, 0.15), 1530.07, 0.6, 1529.9725156513})

	net := []float64{-647000, 90000, 95000, 95000, 95000, 95000, 95000, 95000, 95000, 95000}
	spread := Factors([]float64{0.07}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
	const essays = "essayswebsite.com, ten-year project, first listed year is year 1"
	expect(t, essays,
		figure{"PV 1", net[0] * spread[0], -604672.8972, 0.01, -604672.8971962617},
		figure{"PV 2", net[1] * spread[1], 78609.48554, 0.01, 78609.485544589},
		figure{"PV 10", net[9] * spread[9], 48293.18275, 0.01, 48293.1827527982})
	// Not printed there: both conventions of the same flows.
	expect(t, essays,
		figure{"NPV from year 1", SheetNPV(net, 0.07), -30584.89, 0.01, -30584.89117800274},
		figure{"NPV from year 0", NPV(net, 0.07), -32725.83, 0.01, -32725.833560462823})
}

func TestArenaPublished(t *testing.T) {
	flows := []float64{-698, 24, 25, 14, -417, -770, -794, 149, 149}
	printedFactors := []float64{0.937, 0.877, 0.822, 0.769, 0.721, 0.675, 0.632, 0.592, 0.555}
	printed := []float64{-654, 21, 21, 11, -301, -520, -502, 88, 83}
	exact := []float64{-653.74168774, 21.0529401707, 20.5396141343, 10.7728612112, -300.5313909118,
		-519.7509225035, -501.9677355595, 88.2251339933, 82.6310143236}
	factors := Factors([]float64{0.0677}, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9})
	for i, flow := range flows {
		expect(t, "PMC4804394, Table 3, thousand euros",
			figure{"discounted cash flow", flow * factors[i], printed[i], 1.01, exact[i]})
		if math.Abs(factors[i]-printedFactors[i]) > 0.00051 {
			t.Errorf("factor of year %d = %v, printed %v", i+1, factors[i], printedFactors[i])
		}
	}
}

func TestOneYearOfValuePublished(t *testing.T) {
	ten := []float64{10}
	three, five := Factors([]float64{0.03}, ten)[0], Factors([]float64{0.05}, ten)[0]
	ozone, dust := 19800*541000.0, 197000*541000.0
	expect(t, "cran/healthiar tests/testthat/test-cba.R, after Chen et al. 2015",
		figure{"ozone", ozone - 8.2e9, 2511800000, 1, 2511800000},
		figure{"ozone at 3 %", (ozone - 8.2e9) * three, 1869015095, 1, 1869015095.4375937},
		figure{"ozone, only the benefit at 3 %", ozone*three - 8.2e9, -229414802, 1, -229414802.4092617},
		figure{"fine dust at 3 %", (dust - 523e6) * three, 78914136050, 1, 78914136050.45726},
		figure{"fine dust, 5 % inflation", (dust - 523e6) * five, 65107956191, 1, 65107956191.01167},
		figure{"small at 3 %", (50*20 - 100) * Factors([]float64{0.03}, []float64{5})[0], 776, 1, 776.3479059457},
	)
}

func TestRatesOfReturnPublished(t *testing.T) {
	two := IRR([]float64{-2000, 10000, -10000}, nil)
	if len(two.Rates) != 2 {
		t.Fatalf("300hours.com, two rates of return: %v", two.Rates)
	}
	expect(t, "300hours.com, two rates of return",
		figure{"low", two.Rates[0], 0.38, 0.005, 0.3819660113},
		figure{"high", two.Rates[1], 2.6, 0.025, 2.6180339887})
	expect(t, "qammunity.org 12168492, level annuity",
		figure{"IRR", IRR([]float64{-100000, 28000, 28000, 28000, 28000, 28000}, nil).Only(), 0.124, 0.0005, 0.1237624146})
	expect(t, "justaaa.com finance 20704, three inflows",
		figure{"IRR", IRR([]float64{-9496, 6500, 3400, 3900}, nil).Only(), 0.2402099, 5e-8, 0.2402099079})

	// NPV must fall as the rate rises; the printed search has slips in every step.
	flows := []float64{-443600, 224800, 224800, 67200}
	misprint(t, "askanewquestion.com 652340, search by hand",
		figure{"NPV at 10 %", NPV(flows, 0.10), -3057, 1, -2962.8850488355},
		figure{"NPV at 12 %", NPV(flows, 0.12), -15843, 1, -15844.8979591838},
		figure{"NPV at 14 %", NPV(flows, 0.14), 28955, 1, -28072.6312549611},
		figure{"IRR", IRR(flows, nil).Only(), 0.135, 0.005, 0.0955459573})

	press := []float64{-120000, 39000, 30000, 21000, 37000, 46000}
	expect(t, "Microsoft support page for the MIRR function",
		figure{"five years", MIRR(press, nil, 0.1, 0.12), 0.13, 0.005, 0.1260941304},
		figure{"three years", MIRR(press[:4], nil, 0.1, 0.12), -0.05, 0.005, -0.0480446552},
		figure{"five years at 14 %", MIRR(press, nil, 0.1, 0.14), 0.13, 0.005, 0.1347591108})
}

func TestDatedRatePublished(t *testing.T) {
	flows := []float64{-10000, 2500, 2000, 3000, 4000}
	days := []time.Time{day(2007, 1, 12), day(2008, 2, 14), day(2008, 3, 3), day(2008, 6, 14), day(2008, 12, 1)}
	for yearDays, want := range map[float64]float64{365: 0.10064378342638, 360: 0.0991988898057063} {
		var times []float64
		for _, d := range days {
			times = append(times, Years(days[0], d, yearDays))
		}
		expect(t, "Anexen/pyxirr tests/test_scheduled.rs, after the MathWorks xirr page",
			figure{"rate", IRR(flows, times).Only(), want, 1e-9, want})
	}
}

func day(year, month, date int) time.Time {
	return time.Date(year, time.Month(month), date, 12, 0, 0, 0, time.UTC)
}

func TestAnnualEquivalentsPublished(t *testing.T) {
	costs := []float64{5406, 6517, 7628, 8739, 9850}
	expect(t, "qammunity.org 9249846, rising costs",
		figure{"PV", SheetNPV(costs, 0.081), 29688.92, 0.5, 29688.9177644947},
		figure{"annuity", Annuity(0.081, 5), 3.98221, 1e-5, 3.9822088595},
		figure{"annual", Payment(SheetNPV(costs, 0.081), 0.081, 5), 7455.39, 0.2, 7455.3894112554})

	pump := NPV([]float64{5000, 5000, 8000, 8000, 12000, 12000}, 0.1)
	expect(t, "homeworksource.com 1045256, costs at the beginning of the year",
		figure{"worth after six years", pump / discount(0.1, 6), 66991, 1, 66991.155})
	misprint(t, "homeworksource.com 1045256 divides by the factor of five years",
		figure{"annual", Payment(pump, 0.1, 6), 10982, 1, 8682.5481070194})
}

func TestUnequalLivesPublished(t *testing.T) {
	pw := func(cost, net, life, salvage float64) float64 {
		return -cost + net*Annuity(0.05, life) + salvage*discount(0.05, life)
	}
	honda, lexus := pw(20000, 3000, 10, 4000), pw(40000, 8000, 5, 13000)
	expect(t, "tylertian123/engsci-notes, CHE374 lecture 5",
		figure{"honda", honda, 5621, 1.6, 5620.8578017175},
		figure{"honda a year", Payment(honda, 0.05, 10), 728, 1.6, 727.9268005527},
		figure{"tesla", pw(100000, 12000, 10, 14000), 1255, 1.1, 1255.6046997884},
		figure{"lexus", lexus, 4822, 1.6, 4821.6535291365},
		figure{"lexus twice", lexus * (1 + discount(0.05, 5)), 8600, 1.6, 8599.54523486},
		figure{"lexus a year", Payment(lexus, 0.05, 5), 1114, 1.6, 1113.6804505368},
		figure{"honda sold after five years", pw(20000, 3000, 5, 7000), -1527, 1.6, -1526.8868228283})
}

func TestFrontierPublished(t *testing.T) {
	herc := Frontier([]float64{55000, 35000, 25000, 10000, 12000, 5000}, []float64{5, 4, 3, 2, 1.5, 1}) // E D C B A UC
	want := []Strategy{{Option: 5, Status: OnFrontier, ICER: math.NaN()}, {Option: 3, Status: OnFrontier, ICER: 5000},
		{Option: 4, Status: Dominated, ICER: math.NaN()}, {Option: 2, Status: ExtendedlyDominated, ICER: math.NaN()},
		{Option: 1, Status: OnFrontier, ICER: 12500}, {Option: 0, Status: OnFrontier, ICER: 20000}}
	for i, s := range herc {
		if s.Option != want[i].Option || s.Status != want[i].Status || !same(s.ICER, want[i].ICER) {
			t.Errorf("DARTH-git/dampack test_calculate_icers.R, after the US Veterans Affairs HERC page: %+v, want %+v", s, want[i])
		}
	}

	const screening = "Australia and New Zealand Health Policy 2005, 2:10, Table 7"
	found := Frontier([]float64{0, 140117791, 248112291, 304301903, 370181240, 422777702}, []float64{0, 3551, 6023, 6720, 7076, 7299})
	icers := [][2]float64{{}, {39459, 39458.6851591101}, {43687, 43687.0954692557}, {80616, 80616.3730272597},
		{185054, 185054.3174157303}, {235859, 235858.5739910314}}
	averages := [][2]float64{{}, {39459, 39458.6851591101}, {41194, 41194.1376390503}, {45283, 45283.0212797619},
		{52315, 52315.0423968344}, {57923, 57922.6883134676}}
	for i := 1; i < len(found); i++ {
		expect(t, screening, figure{"ICER", found[i].ICER, icers[i][0], 0.6, icers[i][1]},
			figure{"average", found[i].Average, averages[i][0], 0.6, averages[i][1]})
	}

	const care = "Economic evaluation of dementia care mapping, Table 4"
	arms := Frontier([]float64{2250, 10034}, []float64{281, 205})
	expect(t, care, figure{"PCC", arms[0].Average, 8.01, 0.006, 8.0071174377}, figure{"DCM", arms[1].Average, 48.95, 0.006, 48.9463414634})
	later := Frontier([]float64{2250, 10034}, []float64{350, 214})
	expect(t, care, figure{"PCC, follow-up", later[0].Average, 6.43, 0.006, 6.4285714286}, figure{"DCM, follow-up", later[1].Average, 46.89, 0.006, 46.8878504673})
	// The table prints −102.42 for DCM against PCC: dearer and worse has no ratio.
	if arms[1].Status != Dominated || !math.IsNaN(arms[1].ICER) {
		t.Errorf("%s: DCM is %s with ratio %v, want dominated without ratio", care, arms[1].Status, arms[1].ICER)
	}
}

func same(a, b float64) bool {
	return a == b || math.IsNaN(a) && math.IsNaN(b)
}

func TestFactorsOfGoodsPublished(t *testing.T) {
	const standard, skilled, unskilled, imported, profit = 0.96, 1.0, 0.6, 0.85, 0.0
	equipment := CompositeFactor([]float64{0.5, 0.4, 0.1}, []float64{standard, imported, profit})
	building := CompositeFactor([]float64{0.75, 0.15, 0.1}, []float64{standard, imported, profit})
	civil := CompositeFactor([]float64{0.55, 0.45}, []float64{equipment, building})
	maintenance := CompositeFactor([]float64{0.15, 0.65, 0.2}, []float64{skilled, unskilled, civil})
	rentals := CompositeFactor([]float64{0.03, 0.37, 0.3, 0.2, 0.1}, []float64{skilled, unskilled, standard, maintenance, profit})
	// The guide goes on with rounded factors, we do not: both round to what is printed.
	expect(t, "European Commission, Guide to CBA of investment projects (2008), Table 4.41",
		figure{"yard labour", CompositeFactor([]float64{0.1, 0.9}, []float64{skilled, unskilled}), 0.64, 0.0051, 0.64},
		figure{"equipment", equipment, 0.82, 0.0051, 0.82},
		figure{"building materials", building, 0.85, 0.0051, 0.8475},
		figure{"civil works materials", civil, 0.83, 0.0051, 0.832375}, // 0.55 · 0.82 + 0.45 · 0.8475
		figure{"maintenance", maintenance, 0.71, 0.0051, 0.706475},     // 0.15 + 0.65 · 0.6 + 0.2 · 0.832375
		figure{"rentals", rentals, 0.68, 0.0051, 0.681295})             // 0.03 + 0.222 + 0.288 + 0.2 · 0.706475
}

func TestWeightsPublished(t *testing.T) {
	expect(t, "HM Treasury Green Book 2018, A3.13",
		figure{"weight", IncomeWeight(40000, 20000, 1), 2, 1e-9, 2},
		figure{"weight at eta 1.3 (2^1.3)", IncomeWeight(40000, 20000, 1.3), 2.462, 0.0005, math.Exp2(1.3)})
	shares := []float64{0.3, 0.7} // non-standard, standard
	expect(t, "Mott MacDonald, Review of large public procurement in the UK (2002), combined project",
		figure{"capital", OptimismBias(shares, []float64{0.51, 0.24}, 0), 0.321, 0.0005, 0.321},
		figure{"duration", OptimismBias(shares, []float64{0.39, 0.04}, 0), 0.145, 0.0005, 0.145})
	expect(t, "the same, two fifths dealt with: 0.321 · 0.6",
		figure{"capital", OptimismBias(shares, []float64{0.51, 0.24}, 0.4), 0.1926, 1e-9, 0.1926})
}

func TestResidualPublished(t *testing.T) {
	expect(t, "Hungarian TOP Plusz CBA guide, section 4.7",
		figure{"a year", BookValue(1000, 50, 0) - BookValue(1000, 50, 1), 20, 1e-9, 20},
		figure{"after 15 years", BookValue(1000, 50, 15), 700, 1e-9, 700})
}

func TestDecisionTreePublished(t *testing.T) {
	half := []float64{0.5, 0.5} // win, lose
	permission := []float64{0.8, 0.2}
	now := ExpectedValue(half, []float64{ExpectedValue(permission, []float64{150000, -150000}), -50000})
	delayed := ExpectedValue(half, []float64{ExpectedValue(permission, []float64{150000, -100000}), 0})
	expect(t, "Value-building textbook, Figure 5.5",
		figure{"expected value", now, 20000, 0.5, 20000},
		figure{"delayed", delayed, 50000, 0.5, 50000},
		figure{"gain", delayed - now, 30000, 0.5, 30000})
}

func TestCriteriaPublished(t *testing.T) {
	const counter = "Bean Counter cost-benefit workbook, sheets 001 and 006"
	weights := []float64{0.5, 0.25, 0.15, 0.1}
	expect(t, counter,
		figure{"option 1", Score(weights, []float64{3, 5, 4, 4}), 3.8, 0.051, 3.75},
		figure{"option 2", Score(weights, []float64{5, 9, 6, 3}), 6, 0.051, 5.95},
		figure{"option 3", Score(weights, []float64{5, 0, 8, 5}), 4.2, 0.051, 4.2},
		figure{"option 4", Score(weights, []float64{5, 6, 8, 8}), 6, 0.051, 6})
	// The summary sheet shows 0.00 for this part of option 2, the detail sheet 0.90.
	misprint(t, counter, figure{"option 2, criterion 3", weights[2] * 6, 0, 0.001, 0.9})
}

func TestScholarshipPublished(t *testing.T) {
	outlay, tax := 120*1000.0, 20*15000*0.2
	expect(t, "Policy Impacts, simplified MVPF calculation",
		figure{"net cost", outlay - tax, 60000, 0.5, 60000},
		figure{"MVPF of those who would have studied anyway, 100 · 1000 / 60000", MVPF(100*1000, outlay-tax), 1.6667, 0.0001, 5.0 / 3})
}
