package costbenefit

import (
	"maps"
	"math"
	"slices"
)

// unsold says that a residual value is no money.
func (c *compiler) unsold(l *Line) {
	if l.Residual != nil && !l.Residual.Sold {
		c.warn(l.ID, "its residual value counts in the net present value and stays out of cash sustainability; give sold: true if the asset really is sold")
	}
}

// outlived doubts a horizon longer than what an asset lasts.
func (c *compiler) outlived(l *Line) {
	bought := c.lastAmount(l)
	if l.Life == 0 || l.Replaced || l.Side != "cost" || bought == 0 || bought+l.Life > c.a.LastYear {
		return
	}
	c.warn(l.ID, "bought in %d it lasts %d years, the horizon goes on to %d; add its replacement and give replaced: true, or end the appraisal earlier", bought, l.Life, c.a.LastYear)
}

// lastAmount is the last year for which the line has an amount or quantity, 0
// for none.
func (c *compiler) lastAmount(l *Line) int {
	if len(l.Quantity) > 0 {
		_, to := l.span(c.a)
		return to
	}
	last := 0
	for _, amounts := range []map[string]float64{l.Amounts, l.Quantities} {
		for _, when := range slices.Sorted(maps.Keys(amounts)) {
			if amounts[when] != 0 {
				last = max(last, yearOf(when))
			}
		}
	}
	return last
}

// cutOff doubts effects that go on after the horizon.
func (c *compiler) cutOff(line int) {
	l, f := &c.a.Lines[line], &c.m.Flows[line]
	from := c.lastAmount(l)
	if from == 0 {
		return
	}
	years := 1.0
	if f.Duration != None {
		years = c.m.Inputs[f.Duration].Value
	}
	if end := float64(from+l.Lag-1) + math.Ceil(years); end > float64(c.a.LastYear) {
		c.warn(l.ID, "what begins in %d has effects to %s, of which those after %d are not counted; move last_year, or say in note that they are left out", from, plain(end), c.a.LastYear)
	}
}

// pricesMeetTime refuses nominal prices where they do not give what real ones
// do. A flow of 1 at prices of the base has the present value
//
//	(1+i)^(year − price base) ÷ ((1+r)(1+i))^time
//
// which is (1+r)^−time only where year − price base is the time.
func (c *compiler) pricesMeetTime() {
	if c.a.Prices != "nominal" {
		return
	}
	for _, column := range c.m.Columns {
		if math.Abs(float64(column.Year-c.a.PriceBase)-column.Time) > 1e-9 {
			c.failUnder(c.a.At, "prices", "give real prices; or timing: end, year_zero: now and the base year as price_base",
				"nominal prices and this timing: %s has year %d of inflation and year %s of discounting, so that real and nominal results would differ", column.Label, column.Year-c.a.PriceBase, short(column.Time))
			return
		}
	}
}
