package costbenefit

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// settings makes the inputs of the appraisal as a whole.
func (c *compiler) settings() {
	a, m := c.a, c.m
	inputs := map[string]int{}
	for _, f := range a.numbers() {
		inputs[f.key] = None
		if f.key == "discount_rate" || f.key == "inflation" && a.Prices == "real" {
			continue
		}
		inputs[f.key] = c.number("", f, Input{Kind: "setting"})
	}
	c.discount()
	input := func(key string) int {
		if i, ok := inputs[key]; ok {
			return i
		}
		return None
	}
	m.Inflation = input("inflation")
	m.TaxDeadweight = input("deadweight_cost_of_taxation")
	m.Reference = input("reference_income")
	m.Eta = input("eta")
	m.FinanceRate, m.ReinvestRate, m.BudgetCap = input("finance_rate"), input("reinvestment_rate"), input("budget_cap")
	m.Gap.Rate, m.Gap.EligibleCost, m.Gap.Maximum = input("funding_gap.rate"), input("funding_gap.eligible_cost"), input("funding_gap.maximum_rate")
	c.groups()
}

// discount makes the rates.
func (c *compiler) discount() {
	d := c.a.Discount
	own := Input{Kind: "setting", Source: d.Source, Note: d.Reason}
	switch {
	case given(d.Rate):
		c.rate(1, field{key: "discount_rate", text: d.Rate, label: "discount rate"}, own)
	case given(d.Preset):
		c.presetRates(d)
	default:
		c.schedule(own)
	}
	if len(c.m.Rates) == 0 {
		return
	}
	first := &c.m.Inputs[c.m.Rates[0].Input]
	for _, end := range []struct {
		text analysis.Text
		to   *float64
	}{{d.Low, &first.Low}, {d.High, &first.High}} {
		if given(end.text) {
			*end.to = numberOf(end.text)
		}
	}
	outside := !first.Overridden && (first.Value < first.Low || first.Value > first.High)
	if outside || first.Low >= first.High {
		c.fail(d.At, "", "low %s and high %s do not enclose the discount rate %s", short(first.Low), short(first.High), short(first.Value))
	}
}

// rate adds a rate that holds from a step on.
func (c *compiler) rate(from int, f field, provenance Input) {
	f.unit, f.rule = "share a year", rateRule
	if from > 1 {
		f.key, f.label = fmt.Sprintf("%s_%d", f.key, from), fmt.Sprintf("%s from year %d", f.label, from)
	}
	if i := c.number("", f, provenance); i != None {
		c.m.Rates = append(c.m.Rates, Rate{from, i})
	}
}

func (c *compiler) presetRates(d Discount) {
	p, ok := presetNamed(d.Preset.Value)
	if !ok {
		return
	}
	source, note := p.provenance()
	if !p.Verified {
		c.warn("discount_rate", "the preset %s was not verified in a public copy of its source", p.Name)
	}
	if p.Note != "" {
		c.warn("discount_rate", "%s: %s", p.Name, p.Note)
	}
	in := Input{Kind: "preset", Source: source, Date: p.Date, Note: joined(note, d.Reason)}
	from := 1
	for _, step := range p.Steps {
		if from > c.lastStep() {
			break
		}
		text := analysis.Text{Value: step.Rate.Value, At: d.Preset.At}
		c.rate(from, field{key: "discount_rate", text: text, label: "discount rate (" + p.Name + ")"}, in)
		from = step.Until + 1
	}
	first := &c.m.Inputs[c.m.Rates[0].Input]
	if given(p.Low) {
		first.Low, first.High = numberOf(p.Low), numberOf(p.High)
	}
}

// schedule makes rates of those by calendar year. The step that ends with a year
// is discounted at that year's rate.
func (c *compiler) schedule(own Input) {
	firstYear := c.a.BaseYear + 1
	if c.a.YearZero == "during" {
		firstYear = c.a.BaseYear
	}
	schedule := c.a.Discount.Schedule
	if len(schedule) > 0 && schedule[0].From > firstYear {
		c.fail(schedule[0].At, "", "no discount rate before %d: the first is needed for %d", schedule[0].From, firstYear)
		return
	}
	for i, s := range schedule {
		from := max(1, s.From-firstYear+1)
		if i+1 < len(schedule) && schedule[i+1].From <= firstYear || from > c.lastStep() {
			continue // never in force
		}
		c.rate(from, field{key: "discount_rate", text: s.Rate, label: "discount rate"}, own)
	}
}

// groups makes incomes and populations.
func (c *compiler) groups() {
	incomes, own := false, Input{Kind: "setting"}
	for i := range c.a.Groups {
		g := &c.a.Groups[i]
		fields := g.numbers()
		c.m.Incomes = append(c.m.Incomes, c.number(g.ID, fields[0], own))
		c.m.Populations = append(c.m.Populations, c.number(g.ID, fields[1], own))
		incomes = incomes || given(g.Income)
	}
	if p, ok := presetNamed("eta"); ok && incomes && c.m.Eta == None {
		source, note := p.provenance()
		in := Input{Kind: "preset", Source: source, Date: p.Date, Note: note}
		f := field{key: "eta", text: analysis.Text{Value: p.Value.Value, At: c.a.Equity.At}, label: p.Label, rule: notNegative}
		c.m.Eta = c.number("", f, in)
	}
	if !incomes {
		c.m.Eta = None
	}
}

// options makes what is counted by option.
func (c *compiler) options() {
	for i := range c.a.Options {
		o := &c.a.Options[i]
		fields := o.numbers()
		own := Input{Kind: "setting"}
		c.m.Learners = append(c.m.Learners, c.number(o.ID, fields[0], own))
		c.m.Priority = append(c.m.Priority, c.number(o.ID, fields[1], own))
		c.m.Effects = append(c.m.Effects, c.number(o.ID, fields[2], own))
		if l, p := c.value(c.m.Learners[i]), c.value(c.m.Priority[i]); p > l {
			c.warn(o.ID, "%s priority learners are more than all %s learners", short(p), short(l))
		}
	}
}

// value is an input's value, NaN without one.
func (c *compiler) value(input int) float64 {
	if input == None {
		return math.NaN()
	}
	return c.m.Inputs[input].Value
}
