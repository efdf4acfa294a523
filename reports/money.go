package reports

import (
	"math"
	"regexp"
	"slices"

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

// million is the amount from which a chart counts money in millions.
const million = 1e6

// inMillions is a chart of money with its amounts in millions where all but the least are
// that large; any other chart is left as it is. Flows print their own amounts.
func inMillions(c analysis.Chart) analysis.Chart {
	if !currencyCode.MatchString(c.Unit) || c.Kind == analysis.Sankey || !(largest(c) >= 10*million) {
		return c
	}
	scaled := func(list []float64) []float64 {
		out := slices.Clone(list)
		for k := range out {
			out[k] /= million
		}
		return out
	}
	c.Series, c.Marks = slices.Clone(c.Series), slices.Clone(c.Marks)
	for k := range c.Series {
		s := &c.Series[k]
		s.Value, s.Low, s.High = scaled(s.Value), scaled(s.Low), scaled(s.High)
	}
	for k := range c.Marks {
		c.Marks[k].Value /= million
	}
	if c.Under != "" {
		c.Under += ", in millions"
	}
	c.Unit = "million " + c.Unit
	return c
}

// largest is the largest amount of a chart, in either direction.
func largest(c analysis.Chart) float64 {
	most := 0.0
	for _, s := range c.Series {
		for _, x := range s.Value {
			if finite(x) {
				most = max(most, math.Abs(x))
			}
		}
	}
	return most
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
