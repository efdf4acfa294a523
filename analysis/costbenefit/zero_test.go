package costbenefit

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// zeroHead begins appraisals in which something that is usual is missing.
const zeroHead = `
title: Zero
business_as_usual: Nothing is done.
currency: EUR
price_base: 2025
base_year: 2025
last_year: 2028
discount: {rate: 10%, source: made up}
stakeholders: [{id: city, name: City, public: true}, {id: learners, name: Learners}]
`

const (
	zeroCost = "  - {id: pay, name: Pay, side: cost, class: running, payer: city, amounts: {2025: 100, 2026: 110}}\n" // present value 200
	zeroGain = "  - {id: gain, name: Gain, side: benefit, class: social, receiver: learners, amounts: {2026: 330}}\n" // present value 300
	onePlan  = "options: [{id: plan, name: Plan}]\n"
)

// What is missing shows as a note, never as an error or an endless number.
func TestZeroAppraisals(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		name, text string
		values     map[string]float64
		notes      map[string]string
		finding    string // part of one
	}{
		{"no benefits", onePlan + "lines:\n" + zeroCost,
			map[string]float64{"npv": -200, "bcr": 0, "irr": none, "mirr": none, "payback": none, "weak_evidence": none, "mvpf": 0},
			map[string]string{"payback": "never within the horizon", "irr": "all flows have the same sign", "weak_evidence": "no benefits"},
			"It costs 200 EUR and brings nothing"},
		{"no costs", onePlan + "lines:\n" + zeroGain,
			map[string]float64{"npv": 300, "bcr": none, "bcr_modified": none, "bcr_public": none, "bcr_fiscal": none, "sroi": none, "irr": none, "mvpf": none, "payback": 0},
			map[string]string{"bcr": "no costs", "bcr_modified": "no capital cost", "bcr_public": "no public cost", "mvpf": "infinite", "irr": "all flows have the same sign", "payback": "never ahead of benefits"},
			"It costs nothing and brings 300 EUR"},
		{"like business as usual", "options: [{id: plan, name: Plan}, {id: same, name: Same}]\nlines:\n" +
			strings.ReplaceAll(zeroCost+zeroGain, "amounts", "options: [plan, same, business_as_usual], amounts"),
			map[string]float64{"npv": 0, "pv_costs": 0, "pv_benefits": 0, "bcr": none, "irr": none, "payback": none, "net_public_cost": 0, "mvpf": none, "eac": 0},
			map[string]string{"bcr": "no costs", "irr": "there are no flows", "payback": "there are no flows"},
			"It changes nothing"},
		{"a cost saved", onePlan + "lines:\n" + strings.ReplaceAll(strings.ReplaceAll(zeroCost, "100", "-100"), "110", "-110") + zeroGain,
			map[string]float64{"npv": 500, "pv_costs": -200, "bcr": none, "net_public_cost": -200, "mvpf": none},
			map[string]string{"bcr": "saves money", "net_public_cost": "public budgets gain", "mvpf": "infinite"},
			"It saves 200 EUR of costs and brings 300 EUR"},
		{"a benefit that is harm", onePlan + "lines:\n" + zeroCost + strings.ReplaceAll(zeroGain, "330", "-330"),
			map[string]float64{"npv": -500, "bcr": -1.5, "pv_benefits": -300},
			map[string]string{"bcr": "harms are negative benefits; on the other side of the ratio it would be 0.00"},
			"does harm worth 300 EUR"},
		{"nobody taught", "options: [{id: plan, name: Plan, learners: come}]\n" +
			"assumptions: [{id: come, label: Learners, value: 10, unit: persons, source: made up}]\nlines:\n" + zeroCost + zeroGain,
			map[string]float64{"cost_per_learner": 20}, nil, "brings 300 EUR"},
		{"equal but for rounding", onePlan + "lines:\n" + zeroCost +
			"  - {id: a, name: A, side: benefit, class: social, receiver: learners, amounts: {2025: 99.9}}\n" +
			"  - {id: b, name: B, side: benefit, class: social, receiver: learners, amounts: {2025: 0.1, 2026: 110}}\n",
			map[string]float64{"npv": 0, "bcr": 1}, nil, "it breaks even"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := modelOf(t, "zero", zeroHead+c.text)
			r, err := m.Result(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range sortedNames(c.values) {
				if got := lookUp(t, r, m.optionID(0), name); !same(got, c.values[name]) && !closeTo(got, c.values[name]) {
					t.Errorf("%s = %v, want %v", name, got, c.values[name])
				}
			}
			for name, note := range c.notes {
				if got := noteOf(t, r, name); !strings.Contains(got, note) {
					t.Errorf("the note of %s is %q, want %q", name, got, note)
				}
			}
			if text := findingsOf(t, r); !strings.Contains(text, c.finding) {
				t.Errorf("no finding %q in\n%s", c.finding, text)
			}
			allChecksHold(t, r)
			nothingEndless(t, r)
			for _, chart := range r.Charts {
				if chart.Title == "" || strings.Contains(chart.Title+chart.Text, "NaN") {
					t.Errorf("chart %s is titled %q: %s", chart.Name, chart.Title, chart.Text)
				}
			}
		})
	}
}

func noteOf(t *testing.T, r analysis.Result, measure string) string {
	t.Helper()
	for _, row := range tableOf(t, r, "summary").Rows {
		if row[1] == measure {
			return row[5].(string)
		}
	}
	t.Fatalf("no measure %s", measure)
	return ""
}

func findingsOf(t *testing.T, r analysis.Result) string {
	t.Helper()
	var texts []string
	for _, row := range tableOf(t, r, "findings").Rows {
		texts = append(texts, row[0].(string)+": "+row[1].(string))
	}
	return strings.Join(texts, "\n")
}

// nothingEndless checks that no table has an infinite number or the rest of a
// rounding.
func nothingEndless(t *testing.T, r analysis.Result) {
	t.Helper()
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			for _, cell := range row {
				if x, ok := cell.(float64); ok && (math.IsInf(x, 0) || x != 0 && math.Abs(x) < 1e-9) {
					t.Errorf("%s has %v in %v", table.Name, x, row)
				}
			}
		}
	}
}
