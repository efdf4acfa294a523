package costbenefit

import "fmt"

// publishedAppraisals are tables that others have printed. Where print is rounded
// or wrong, the figures are those that follow from its own components.
func publishedAppraisals() []knownAppraisal {
	return append(publishedProgrammes(), publishedProjects()...)
}

func publishedProgrammes() []knownAppraisal {
	const (
		wsipp   = "Washington State Institute for Public Policy, benefit-cost results"
		perry   = "PMC10972614, Table 3 (2021 dollars)"
		age27   = "Federal Reserve Bank of Minneapolis, table from the High/Scope study through age 27"
		screens = "CDC economic evaluation tutorial after JAMA 1995;274:613-9"
		without = "deadweight_cost_of_taxation: 50%\n"
	)
	return []knownAppraisal{
		// Print: indirect −305, net 426, ratio 1.70; unrounded, half of 609 is 304.5.
		{wsipp, "wsipp_977", nil, "", map[string]float64{"npv": 426.5, "bcr_public": 1035.5 / 609, "perspectives/everyone (cost of taxation)/net": -304.5,
			"perspectives/Taxpayers/net": 292, "perspectives/society/net": 426.5}},
		{wsipp, "wsipp_more", nil, "work", map[string]float64{"npv": 1226, "bcr": 1.2959922743}},
		{wsipp, "wsipp_more", nil, "centre", map[string]float64{"pv_benefits": 49930, "npv": 38016, "bcr": 4.1908678865}},
		{perry, "perry_abc", []string{without, ""}, "perry", map[string]float64{"npv": 187286, "bcr": 8.9770849306}},
		{perry, "perry_abc", nil, "perry", map[string]float64{"npv": 175547, "bcr": 5.984723287}},
		{perry, "perry_abc", []string{without, ""}, "abc", map[string]float64{"npv": 725123, "bcr": 7.8712498816}},
		{perry, "perry_abc", nil, "abc", map[string]float64{"npv": 672358, "bcr": 5.247499921}},
		{age27, "perry_27", nil, "", map[string]float64{"pv_benefits": 108002, "perspectives/Learners/net": 19570, "perspectives/State/net": 88432 - 12356,
			"bcr": 108002. / 12356, "bcr_fiscal": 88432. / 12356}},
		// Print has 125,628 and 0.31 in the first row and carries the slip into the third.
		{screens, "screening", nil, "all_k", map[string]float64{"npv": -125667, "bcr": .3165368634}},
		{screens, "screening", nil, "all_hs", map[string]float64{"npv": -70276, "bcr": .7555209218}},
		{screens, "screening", nil, "all_both", map[string]float64{"npv": -195943, "bcr": .5842675889, "pv_costs": 471320, "pv_benefits": 275377,
			"cost_per_effect": 471320 / 48.3}},
		{screens, "screening", nil, "target_k", map[string]float64{"npv": -1119, "bcr": .9734947179}},
		{screens, "screening", nil, "target_hs", map[string]float64{"npv": 13211, "bcr": 1.0847266314}},
		{screens, "screening", nil, "target_both", map[string]float64{"npv": 12092, "bcr": 1.0610266323, "cost_per_effect": 198143 / 36.8}},
		{"Catterall (2011), Education Research International, Tables 1 and 5", "dropouts", nil, "",
			map[string]float64{"pv_benefits": 208363200, "npv": 138333815, "bcr": 2.9753681258}},
		{"Jacobs/Simetrica note on HM Treasury wellbeing guidance (2021)", "life_satisfaction", nil, "",
			map[string]float64{"cash_flow/satisfaction+2020/real": 2600, "pv_benefits": 5200}},
		{"the same, in US dollars", "life_satisfaction", []string{"13000", "16588"}, "", map[string]float64{"cash_flow/satisfaction+2021/real": 3317.6}},
	}
}

func publishedProjects() []knownAppraisal {
	const (
		notes     = "public lecture notes on benefit-cost ratios"
		annex     = "UK NHS PPP value-for-money (CPAM) guidance, Annex A, Table 2"
		essays    = "essayswebsite.com, ten-year project, first listed year is year 1"
		healthiar = "cran/healthiar tests/testthat/test-cba.R, after Chen et al. 2015"
	)
	arena := map[string]float64{}
	for i, pv := range []float64{-653.74168774, 21.0529401707, 20.5396141343, 10.7728612112, -300.5313909118, -519.7509225035, -501.9677355595, 88.2251339933, 82.6310143236} {
		arena[fmt.Sprintf("cash_flow/net+%d/pv", 2025+i)] = pv
	}
	return []knownAppraisal{
		{notes, "ratios", nil, "road", map[string]float64{"bcr": 5.3181818182}},
		{notes, "ratios", nil, "plant", map[string]float64{"bcr": 2.5, "bcr_modified": 3}},
		{annex, "ten_years_and_a_receipt", nil, "", map[string]float64{"npv": 8253.2271020133, "cash_flow/flow+2031/pv": 813.5006443078,
			"cash_flow/flow+2035/pv": -354.4594068549, "cash_flow/flow+2030/factor": .8419731669}},
		{annex + ", but flows at mid-year", "ten_years_and_a_receipt", []string{"timing: end", "timing: mid", "year_zero: now", "year_zero: during"}, "",
			map[string]float64{"npv": 8112.479656743024}},
		{essays, "ten_year_project", nil, "", map[string]float64{"npv": -30584.89117800274, "cash_flow/net+2025/pv": -604672.8971962617,
			"cash_flow/net+2026/pv": 78609.485544589, "cash_flow/net+2029/pv": 67733.6870509485, "cash_flow/net+2034/pv": 48293.1827527982}},
		{essays + ", but taken as year 0", "ten_year_project", []string{"year_zero: during", "year_zero: now"}, "", map[string]float64{"npv": -32725.833560462823}},
		{"PMC4804394, Table 3, thousand euros", "arena", nil, "", arena},
		{"Energy management handbook, Appendix A, Example 13 (text uses 4-digit factors)", "windows", nil, "", map[string]float64{"npv": 1529.9725156513}},
		{healthiar, "single_years", []string{"rate: 3%", "rate: 0%"}, "ozone", map[string]float64{"npv": 2511800000}},
		{healthiar, "single_years", nil, "ozone", map[string]float64{"npv": 1869015095.4375937}},
		{healthiar, "single_years", nil, "ozone_now", map[string]float64{"npv": -229414802.4092617}},
		{healthiar, "single_years", nil, "dust", map[string]float64{"npv": 78914136050.45726}},
		{healthiar, "single_years", []string{"rate: 3%", "rate: 5%"}, "dust", map[string]float64{"npv": 65107956191.01167}},
		{healthiar, "single_years", nil, "small", map[string]float64{"npv": 776.3479059457}},
	}
}
