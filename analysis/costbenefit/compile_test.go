package costbenefit

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pediment/analysis"
)

// small is an appraisal of the years 2025 to 2030 without optimism corrections:
// what differs from it follows by line.
const small = `title: Small
question: Is it worth it?
business_as_usual: Nothing.
currency: EUR
price_base: 2025
base_year: 2025
last_year: 2030
discount: {rate: 4%, source: Ministry}
no_optimism: none is needed here
stakeholders: [{id: city, name: City, public: true}, {id: learners, name: Learners}]
options: [{id: a, name: A}, {id: b, name: B}]
`

// made compiles what has no mistakes.
func made(t *testing.T, text string, s Setup) *Model {
	t.Helper()
	m, problems := compiled(t, text, s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return m
}

// flow is the place of a flow.
func (m *Model) flow(id string) int {
	return slices.IndexFunc(m.Flows, func(f Flow) bool { return f.ID == id })
}

// named is the input of the id.
func named(t *testing.T, m *Model, id string) Input {
	t.Helper()
	i := slices.IndexFunc(m.Inputs, func(in Input) bool { return in.ID == id })
	if i < 0 {
		t.Fatalf("there is no input %s", id)
	}
	return m.Inputs[i]
}

func close12(x, y float64) bool { return math.Abs(x-y) <= 1e-12*max(1, math.Abs(y)) }

// lineOf is a benefit of 100 in 2026 with more fields.
func lineOf(more string) string {
	return small + "lines: [{id: l, side: benefit, class: social, receiver: learners, amounts: {2026: 100}, source: S" + more + "}]\n"
}

// TestLineAmounts: the figures of 2026 by hand.
func TestLineAmounts(t *testing.T) {
	for _, tt := range []struct {
		more string
		want float64
	}{
		{"", 100},
		{", deadweight: 30%", 70},
		{", success: 80%, deadweight: 30%", 50}, // 100 · (80 − 30) %, not 100 · 80 % · 70 %
		{", attribution: {share: 20%, due_to: others}", 80},
		{", attribution: {share: 20%, due_to: project}", 20},
		{", displacement: 10%, leakage: 5%, substitution: 20%", 68.4}, // 100 · .9 · .95 · .8
		{", multiplier: 150%", 150},
		{", level: 1.25", 125},
		{", growth: 3%", 103},
		{", optimism: 12.5%", 87.5},
		{", optimism: building, mitigation: 50%", 88}, // 24 % · .5
		{", price_year: 2024", 100 * 125 / 120.},
		{", duration: 0.5", 50},
		{", lag: 1", 0},
	} {
		m := made(t, lineOf(tt.more), answered())
		if got := m.Compute(m.Values()).Market[0][1]; !close12(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.more, got, tt.want)
		}
	}
}

// TestFactorsInOrder: 100 · .5 · 40 = 2000, · 90 % · 75 % = 1350, · (80 − 30) % = 675,
// · .9 = 607.5, · .95 = 577.125, · .98 = 565.5825, · 1.2 = 678.699, · .8 = 542.9592, · .9 = 488.66328.
func TestFactorsInOrder(t *testing.T) {
	m := made(t, small+`lines:
  - {id: l, side: benefit, class: social, receiver: learners, quantity: [100, 0.5], unit_value: 40, source: S,
     attribution: {share: 20%, due_to: others}, multiplier: 1.2, substitution: 2%, leakage: 5%, displacement: 10%,
     deadweight: 30%, success: 80%, completion: 75%, take_up: 90%, optimism: 10%}
`, Setup{})
	var names []string
	for _, f := range m.Flows[0].Factors {
		names = append(names, f.Name)
	}
	want := "quantity, quantity, unit value, take-up, completion, success less deadweight, displacement, leakage, substitution, multiplier, share due to others, optimism correction"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("factors\n%s\nwant\n%s", got, want)
	}
	got := m.Compute(m.Values()).Market[0]
	if got[0] != 0 || !close12(got[1], 488.66328) || !close12(got[5], 488.66328) {
		t.Errorf("amounts %v, want 488.66328 from 2026 to 2030", got)
	}
}

// TestEconomicValue: 119 with 19 % VAT is 100, at a conversion of .9 worth 90.
func TestEconomicValue(t *testing.T) {
	m := made(t, small+"lines: [{id: l, side: cost, class: capital, payer: city, amounts: {2026: 119}, vat: 19%, conversion: 90%, source: S}]", Setup{})
	o := m.Compute(m.Values())
	if o.Market[0][1] != 119 || !close12(o.Economic[0][1], 90) {
		t.Errorf("market %v, economic %v", o.Market[0][1], o.Economic[0][1])
	}
}

// TestCorrectionByGrade: grades 1 to 6 take 0, 5, 10, 15, 25 and 40 %.
func TestCorrectionByGrade(t *testing.T) {
	for _, tt := range []struct {
		line string
		want float64
	}{
		{"side: benefit, class: social, receiver: city, amounts: {2026: 100}, grade: 3", 90},
		{"side: benefit, class: social, receiver: city, quantity: weak, unit_value: 10, grade: 2", 75}, // the weakest counts
		{"side: cost, class: running, payer: city, amounts: {2026: 100}, grade: 4", 115},
		{"side: cost, class: running, payer: city, amounts: {2026: 100}, grade: 4, contingency: true", 100},
		{"side: cost, class: running, payer: city, amounts: {2026: 100}, grade: 6, mitigation: 25%", 130}, // 40 % · .75
		{"side: cost, class: running, payer: city, amounts: {2026: 100}, grade: 6, optimism: 7%", 107},
	} {
		text := strings.Replace(small, "no_optimism: none is needed here\n", "", 1) + "assumptions: [{id: weak, value: 10, source: S, grade: 5}]\nlines: [{id: l, source: S, " + tt.line + "}]"
		m := made(t, text, Setup{})
		if got := m.Compute(m.Values()).Market[0][1]; !close12(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.line, got, tt.want)
		}
	}
}

// TestPercentIsExact: a percentage is the nearest number to its decimal fraction.
func TestPercentIsExact(t *testing.T) {
	for text, want := range map[string]float64{"3.5%": .035, "12.5 %": .125, "0.1%": .001, "7%": .07, "1e1%": .1, "-2.3%": -.023, "120%": 1.2} {
		if q, _, ok := parseNumber(text); !ok || !q.percent || q.value != want {
			t.Errorf("%s: %v %v, want %v", text, q, ok, want)
		}
	}
}

// TestUprating: prices of 2019 rise by 125/100 to 2025, of 2024 by 125/120.
func TestUprating(t *testing.T) {
	m := made(t, small+`assumptions:
  - {id: wage, value: 1000, low: 800, high: 1200, distribution: truncated, sd: 100, unit: EUR, price_year: 2019, source: S}
  - {id: today, value: 7, unit: EUR, price_year: 2025, source: S}
lines:
  - {id: l, side: benefit, class: social, receiver: learners, quantity: 2, unit_value: wage, source: S}
  - {id: k, side: benefit, class: social, receiver: learners, quantity: 2, unit_value: 48, price_year: 2024, source: S}
  - {id: j, side: benefit, class: social, receiver: city, quantity: 2, unit_value: today, source: S}
scenarios: [{id: s, set: {wage: 900}}]
`, answered())
	w := named(t, m, "wage")
	if w.Value != 1250 || w.Quoted != 1000 || w.PriceYear != 2019 || w.Draw.SD != 125 || w.Draw.Low != 1000 || w.Draw.High != 1500 {
		t.Errorf("wage %+v", w)
	}
	if k := named(t, m, "k.unit_value"); !close12(k.Value, 50) || k.Quoted != 48 || k.PriceYear != 2024 {
		t.Errorf("k.unit_value %+v", k)
	}
	if q := named(t, m, "k.quantity"); q.Value != 2 || q.PriceYear != 0 {
		t.Errorf("a quantity has prices: %+v", q)
	}
	if j := named(t, m, "today"); j.Value != 7 || j.PriceYear != 0 {
		t.Errorf("today %+v", j)
	}
	if got := m.Scenarios[0].Values[m.Flows[0].Factors[1].Input]; got != 1125 { // 900 · 1.25
		t.Errorf("scenario sets the wage to %v, want 1125", got)
	}
}

// TestNominalLine: with the deflators to 2025 and 2 % a year after, 102 in 2026 and
// 104.04 in 2027 are 100 of 2025. The inflation is an input.
func TestNominalLine(t *testing.T) {
	line := "lines: [{id: l, side: cost, class: running, payer: city, amounts: {2025: 100, 2026: 102, 2027: 104.04}, nominal: true, source: S}]"
	m := made(t, small+"inflation: 2%\n"+line, answered())
	for step, got := range m.Compute(m.Values()).Market[0][:3] {
		if !close12(got, 100) {
			t.Errorf("%d: %v, want 100", 2025+step, got)
		}
	}
	if in := named(t, m, "inflation"); in.Value != .02 || in.Kind != "setting" || !slices.Contains(in.Used, "l") || m.Inflation != None {
		t.Errorf("inflation %+v", in)
	}
	tried := answered()
	tried.Set = map[string]string{"inflation": "0"}
	m = made(t, small+"inflation: 2%\n"+line, tried)
	if got := m.Compute(m.Values()).Market[0][2]; got != 104.04 {
		t.Errorf("without inflation %v, want 104.04", got)
	}
	// 2024 is at 120, 2025 at 125: 125 of 2025 are 120 of 2024.
	text := strings.Replace(small, "price_base: 2025", "price_base: 2024", 1)
	m = made(t, text+strings.Replace(line, "{2025: 100, 2026: 102, 2027: 104.04}", "{2025: 125}", 1), answered())
	if got := m.Compute(m.Values()).Market[0][0]; !close12(got, 120) {
		t.Errorf("by deflators %v, want 120", got)
	}
	_, problems := compiled(t, small+line, answered())
	if len(problems) != 2 || !strings.Contains(problems[0].Message, "no index for 2026") {
		t.Errorf("without deflators: %v", problems)
	}
}

// TestInflationAssumptionIsUsed: it hangs in the register under its own id, with
// what is not done with its range said.
func TestInflationAssumptionIsUsed(t *testing.T) {
	m := made(t, small+`inflation: rise
assumptions: [{id: rise, value: 2%, low: 1%, high: 3%, distribution: uniform, source: Bank}]
lines: [{id: l, side: cost, class: running, payer: city, amounts: {2026: 102}, nominal: true, source: S}]
`, answered())
	if in := named(t, m, "rise"); !slices.Contains(in.Used, "l") {
		t.Errorf("used by %v", in.Used)
	}
	if !slices.ContainsFunc(m.Warnings, func(w analysis.Warning) bool {
		return w.About == "rise" && strings.Contains(w.Text, "change nothing")
	}) {
		t.Errorf("warnings %v", m.Warnings)
	}
}

// TestMembers: what a line adds to the difference from business as usual.
func TestMembers(t *testing.T) {
	for _, tt := range []struct {
		options string
		want    []float64
	}{
		{"[]", []float64{1, 1}},
		{"[a]", []float64{1, 0}},
		{"[a, b]", []float64{1, 1}},
		{"[business_as_usual]", []float64{-1, -1}},
		{"[b, business_as_usual]", []float64{-1, 0}},
	} {
		m := made(t, lineOf(", options: "+tt.options), Setup{})
		if got := m.Flows[0].Members; !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.options, got, tt.want)
		}
	}
}

// TestResidualFlows: 1000 of 2025 over ten years has 500 left in 2030; 10 a year
// for two years at 4 % are worth 10/1.04 + 10/1.0816 = 18.8609467…
func TestResidualFlows(t *testing.T) {
	for terms, want := range map[string]float64{
		"method: book": 500, "method: given, value: 70": 70, "method: net flows, yearly: 10, years: 2": 18.86094674556213,
	} {
		m := made(t, small+fmt.Sprintf("lines: [{id: l, side: cost, class: capital, payer: city, amounts: {2025: 1000}, life: 10, source: S, residual: {%s}}]", terms), Setup{})
		f := m.Flows[m.flow("l.residual")]
		if f.Of != 0 || f.Cost || f.Payer != None || f.Receiver != 0 {
			t.Errorf("%s: %+v", terms, f)
		}
		got := m.Compute(m.Values()).Market[1]
		if !close12(got[5], want) || slices.ContainsFunc(got[:5], func(x float64) bool { return x != 0 }) {
			t.Errorf("%s: %v, want %v in 2030 alone", terms, got, want)
		}
	}
}
