package costbenefit

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

const pricesCase = `title: Prices
question: Is it worth it?
business_as_usual: Nothing.
currency: EUR
price_base: %d
base_year: 2025
last_year: 2029
prices: %s
%s
timing: %s
year_zero: %s
discount: {%s, source: Ministry}
no_optimism: none is needed here
stakeholders: [{id: city, name: City, public: true}, {id: learners, name: Learners}]
options: [{id: a, name: A}]
lines:
  - {id: hall, name: Hall, side: cost, class: capital, payer: city, amounts: {2025: 1000, 2027: 300}, life: 9, residual: {method: book}, source: Budget}
  - {id: gain, name: Gain, side: benefit, class: social, receiver: learners, quantity: 1, unit_value: 500, lag: 1, duration: 1.5, drop_off: 10%%, growth: 1%%, source: Study}
`

// TestNominalIsRealOrRefused holds nominal flows at the rate after Fisher,
// (1+4 %)(1+2.5 %) − 1 = 6.6 %, against real flows at 4 %: the results are the same, or the
// setting is refused.
func TestNominalIsRealOrRefused(t *testing.T) {
	npv := func(text string) (float64, bool) {
		m, problems := compiled(t, text, answered())
		if len(problems) > 0 {
			if len(problems) != 1 || !strings.Contains(problems[0].Message, "nominal prices and this timing") || problems[0].Line != 8 {
				t.Fatal(problems)
			}
			return 0, false
		}
		return m.Compute(m.Values()).Options[0].NPV, true
	}
	allowed := map[string]bool{}
	for _, timing := range []string{"end", "mid", "begin"} {
		for _, zero := range []string{"now", "during"} {
			for _, base := range []int{2024, 2025, 2026} {
				real, _ := npv(fmt.Sprintf(pricesCase, base, "real", "", timing, zero, "rate: 4%"))
				for _, discount := range []string{"rate: 4%", "rate: 6.6%, kind: nominal"} {
					nominal, ok := npv(fmt.Sprintf(pricesCase, base, "nominal", "inflation: 2.5%", timing, zero, discount))
					allowed[fmt.Sprint(timing, " ", zero, " ", base)] = ok
					if ok && math.Abs(nominal-real) > 1e-9*math.Abs(real) {
						t.Errorf("%s %s %d %s: nominal %v, real %v", timing, zero, base, discount, nominal, real)
					}
				}
			}
		}
	}
	// Time is the year less 2025, or with "during" one more at the end of years.
	for setting, ok := range allowed {
		want := setting == "end now 2025" || setting == "begin during 2025" || setting == "end during 2024"
		if ok != want {
			t.Errorf("%s: allowed %v, want %v", setting, ok, want)
		}
	}
}
