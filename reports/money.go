package reports

import (
	"regexp"

	"pediment/analysis"
)

// share is the unit of a fraction that prints as a percentage.
const share = "share"

// currencyCode finds an amount's currency: "EUR", or "EUR in prices of 2025".
var currencyCode = regexp.MustCompile(`^[A-Z]{3}(,| in |$)`)

// inUnitOf prints a number that has no standard error in its unit, and names the
// unit: a share becomes a percentage, money of thousands loses its cents.
func inUnitOf(x float64, unit string) (number, name string) {
	switch {
	case unit == share:
		return rounded(100*x, needed(100*x, "percent")), "percent"
	case currencyCode.MatchString(unit):
		return rounded(x, moneyDecimals(x)), unit
	}
	e := plainEstimate(x)
	return rounded(x, decimals(e, unit)), unit
}

// moneyDecimals keeps the cents of amounts below a thousand.
func moneyDecimals(x float64) int {
	if x > -1000 && x < 1000 && x != float64(int64(x)) {
		return 2
	}
	return 0
}

// plainEstimate is a number without a standard error.
func plainEstimate(x float64) analysis.Estimate {
	e := analysis.Unknown()
	e.Value = x
	return e
}
