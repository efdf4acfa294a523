package costbenefit

import (
	"math"
	"slices"

	"golang.org/x/text/currency"

	"pediment/analysis"
)

// isCurrency reports whether a unit is the code of a currency.
func isCurrency(unit string) bool {
	_, err := currency.ParseISO(unit)
	return err == nil && len(unit) == 3
}

// factor converts from prices of one year to those of another.
func (c *compiler) factor(from, to int, at analysis.Position) float64 {
	x, err := c.s.Deflators.Factor(from, to)
	if err != nil {
		c.fail(at, "add the year to deflators.csv", "%s", err)
		return 1
	}
	return x
}

// priceOf is by column what a line's amounts are multiplied by to be in the
// prices of the appraisal: real ones of the price base, or those of the column's
// year at the expected inflation.
func (c *compiler) priceOf(l *Line, quoted int) []float64 {
	price := make([]float64, len(c.m.Columns))
	toBase := 1.0
	if quoted != 0 && !l.Nominal {
		toBase = c.factor(quoted, c.a.PriceBase, c.places.of(l.At, "price_year"))
	}
	for t, column := range c.m.Columns {
		price[t] = toBase
		switch {
		case c.a.Prices == "nominal" && !l.Nominal:
			price[t] *= math.Pow(1+c.inflation(), float64(column.Year-c.a.PriceBase))
		case c.a.Prices == "real" && l.Nominal:
			price[t] = c.deflated(l, column.Year)
		}
	}
	return price
}

// inflation is the expected inflation, 0 where none is given.
func (c *compiler) inflation() float64 {
	if c.m.Inflation == None {
		return 0
	}
	return c.m.Inputs[c.m.Inflation].Value
}

// deflated brings a nominal amount of a year to the price base, by the deflators
// and beyond their last year by the expected inflation.
func (c *compiler) deflated(l *Line, year int) float64 {
	if !l.in(year) {
		return 1
	}
	last := 0
	for _, d := range c.s.Deflators {
		last = max(last, d.Year)
	}
	from := max(last, c.a.PriceBase)
	if year <= from || !given(c.a.Inflation) {
		return c.factor(year, c.a.PriceBase, c.places.of(l.At, "nominal"))
	}
	beyond, ok := c.expected(l.ID)
	if !ok {
		return 1
	}
	c.warn(l.ID, "amounts after %d are deflated by the expected inflation of %s %% a year", from, short(100*beyond))
	return c.factor(from, c.a.PriceBase, c.places.of(l.At, "nominal")) / math.Pow(1+beyond, float64(year-from))
}

// in reports whether an amount of the year may be needed: a recurring quantity's
// span reaches as far as its effects.
func (l *Line) in(year int) bool {
	if len(l.Quantity) > 0 || given(l.Duration) || l.Lag > 0 || l.Residual != nil {
		return true
	}
	for _, amounts := range []map[string]float64{l.Amounts, l.Quantities} {
		for when := range amounts {
			if yearOf(when) == year {
				return true
			}
		}
	}
	return false
}

// expected is the inflation of an appraisal in real prices, at which its nominal
// lines are deflated where there are no deflators. It becomes an input of the
// lines that need it.
func (c *compiler) expected(line string) (float64, bool) {
	if !given(c.a.Inflation) {
		return 0, false
	}
	f := field{"inflation", c.a.Inflation, "expected inflation", "share a year", aboveMinus1}
	if c.deflation == None {
		c.deflation = c.number("", f, Input{Kind: "setting"})
	}
	if c.deflation == None {
		return 0, false // reading has reported it
	}
	in := c.m.Inputs[c.deflation]
	if !slices.Contains(in.Used, line) {
		c.used(c.deflation, line, f)
	}
	if in.Draw.Kind != "" || !math.IsNaN(in.Low) || c.inScenario(in.ID) {
		c.warn(in.ID, "prices are real: it deflates nominal lines at %s %% throughout; ranges, draws and scenarios of it change nothing", short(100*in.Value))
	}
	return c.m.Inputs[c.deflation].Value, true
}

// inScenario reports whether a scenario sets the input.
func (c *compiler) inScenario(id string) bool {
	return slices.ContainsFunc(c.a.Scenarios, func(s Scenario) bool { return given(s.Set[id]) })
}
