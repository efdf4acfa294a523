package costbenefit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// profileChart is the net present value at single rates from 0 to at least 20 %:
// where it crosses zero is an internal rate of return.
func (m *Model) profileChart(o Outcome) analysis.Chart {
	c := m.chart("npv profile", analysis.Line)
	const steps = 40
	times, highest := m.times(), m.highestRate(o)
	for k := 0; k <= steps; k++ {
		c.Labels = append(c.Labels, strconv.FormatFloat(significant(100*highest*float64(k)/steps, 3), 'f', -1, 64)+" %")
	}
	for i, option := range m.Appraisal.Options {
		net, values := view{m, o, i}.net(), make([]float64, steps+1)
		for k := range values {
			values[k] = dot(net, Factors([]float64{highest * float64(k) / steps}, times))
		}
		c.Series = append(c.Series, drawn(option.Name, values))
		c.Text += option.Name + " " + crossings(IRR(net, times), highest) + ". "
	}
	c.Title = m.Appraisal.Options[0].Name + " " + crossings(IRR(view{m, o, 0}.net(), times), highest)
	if len(c.Series) > 1 {
		c.Title = leaders(c.Series, highest)
	}
	c.Text += "Net present value against the discount rate, one rate for all years."
	return c
}

// leaders says which of several options is worth most at the rates shown.
func leaders(series []analysis.Series, highest float64) string {
	var names []string
	for k := range series[0].Value {
		best := slices.MaxFunc(series, func(a, b analysis.Series) int { return cmp.Compare(a.Value[k], b.Value[k]) })
		if !slices.Contains(names, best.Name) {
			names = append(names, best.Name)
		}
	}
	if len(names) == 1 {
		return fmt.Sprintf("%s is worth most at every rate up to %s", names[0], percent(highest))
	}
	return fmt.Sprintf("The discount rate decides which is worth most: as it rises, %s", strings.Join(names, ", then "))
}

// highestRate is where the profile ends: 20 %, or a quarter beyond the highest
// internal rate up to 100 %.
func (m *Model) highestRate(o Outcome) float64 {
	highest := .2
	for i := range o.Options {
		for _, rate := range IRR(view{m, o, i}.net(), m.times()).Rates {
			if rate <= .8 {
				highest = max(highest, math.Ceil(rate*25)/20)
			}
		}
	}
	return highest
}

// crossings says at which of the rates shown the value is zero.
func crossings(found RateOfReturn, highest float64) string {
	var words []string
	for _, rate := range found.Rates {
		if rate >= 0 && rate <= highest {
			words = append(words, percent(rate))
		}
	}
	if len(words) == 0 {
		return "breaks even at no rate from 0 to " + percent(highest)
	}
	return "breaks even at " + and(words)
}
