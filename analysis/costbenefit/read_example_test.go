package costbenefit

import (
	"errors"
	"time"

	"pediment/analysis"
)

// answered is a setup that knows deflators and measured values.
func answered() Setup {
	sampled := analysis.Estimate{Value: .04, SE: .01, Low: .02, High: .06}
	counted := analysis.Unknown()
	counted.Value = 25000
	return Setup{
		Currency:  "EUR",
		AsOf:      time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
		Deflators: analysis.Deflators{{Year: 2019, Index: 100}, {Year: 2024, Index: 120}, {Year: 2025, Index: 125}},
		Indicator: func(l IndicatorLink) (Value, error) {
			if l.Code.Value == "9.9" {
				return Value{}, errors.New("no indicator 9.9")
			}
			return Value{sampled, "percent", "2.1.3.1 in 2025, city", "residents_survey"}, nil
		},
		Residents: func(Residents) (Value, error) { return Value{counted, "persons", "residents", "population"}, nil },
	}
}
