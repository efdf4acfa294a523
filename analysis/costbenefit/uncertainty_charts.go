package costbenefit

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// Charts returns, by option, a tornado of the inputs with a range and, where
// anything was drawn, the distribution of the NPV.
func (u Uncertainty) Charts() []analysis.Chart {
	var charts []analysis.Chart
	for o := range u.Options {
		if c := u.tornadoChart(o); len(c.Labels) > 0 {
			charts = append(charts, c)
		}
		if u.Draws > 0 {
			charts = append(charts, u.densityChart(o))
		}
	}
	return charts
}

// tornadoBars is how many inputs a tornado shows; more where swings are tied.
const tornadoBars = 12

func (u Uncertainty) tornadoChart(o int) analysis.Chart {
	option, m := u.Options[o], u.model
	bars := shown(option.Sensitivities)
	c := analysis.Chart{
		Name: "tornado_" + m.optionID(o), Kind: analysis.Tornado, Unit: m.moneyUnit(),
		Title:  "What moves the net present value of " + m.Appraisal.Options[o].Name,
		Source: "one input at a time from its low to its high value, the others as written; the line is the value as written",
		Series: []analysis.Series{{Name: "NPV"}},
	}
	s := &c.Series[0]
	for _, bar := range bars {
		in := m.Inputs[bar.Input]
		c.Labels = append(c.Labels, in.Label)
		s.Value = append(s.Value, option.NPV)
		s.Low, s.High = append(s.Low, bar.NPVLow), append(s.High, bar.NPVHigh)
	}
	if len(bars) > 0 {
		top, in := bars[0], m.Inputs[bars[0].Input]
		c.Text = fmt.Sprintf("%s matters most: from %s the net present value goes from %s to %s.", in.Label,
			rangeWords(top.Low, top.High, in.Unit), m.moneyWords(top.NPVLow), m.moneyWords(top.NPVHigh))
	}
	return c
}

// shown are the widest bars with all that are tied with the last of them.
func shown(list []Sensitivity) []Sensitivity {
	n := 0
	for n < len(list) && list[n].Swing > 0 && (n < tornadoBars || list[n].Swing == list[n-1].Swing) {
		n++
	}
	return list[:n]
}

func (u Uncertainty) densityChart(o int) analysis.Chart {
	option, m := u.Options[o], u.model
	c := analysis.Chart{
		Name: "npv_distribution_" + m.optionID(o), Kind: analysis.Density, Unit: "share",
		Title: "Net present value of " + m.Appraisal.Options[o].Name + " in " + m.moneyUnit(),
		Text: fmt.Sprintf("Nine draws of ten lie between %s and %s; %s are below 0.",
			m.moneyWords(option.Percentiles[0]), m.moneyWords(option.Percentiles[4]), lossWords(option.Spread, u.Draws)),
		Source: fmt.Sprintf("%s draws, seed %d; the outermost bins hold all that lies beyond", thousands(fmt.Sprint(u.Draws)), u.Seed),
		Series: []analysis.Series{{Name: "share of draws"}, {Name: "cumulated share"}},
	}
	sum := 0
	for _, b := range option.Bins {
		sum += b.Draws
		c.Labels = append(c.Labels, middle(b))
		for k, share := range []float64{u.shareOfDraws(b.Draws), u.shareOfDraws(sum)} {
			s := &c.Series[k]
			s.Value, s.Low, s.High = append(s.Value, share), append(s.Low, math.NaN()), append(s.High, math.NaN())
		}
	}
	return c
}

// middle prints the middle of a bin; its width is round, so few digits do.
func middle(b Bin) string {
	m := (b.From + b.To) / 2
	digits := 3
	if width := b.To - b.From; width > 0 && m != 0 {
		digits = 2 + max(0, int(math.Floor(math.Log10(math.Abs(m)))-math.Floor(math.Log10(width))))
	}
	return grouped(significant(m, digits))
}
