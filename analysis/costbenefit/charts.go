package costbenefit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// charts draws the outcome: cumulated value, the way from costs to net value, who
// pays and gains, the funding, the groups and the value at other rates. What has
// nothing to show is left out.
func (m *Model) charts(o Outcome) []analysis.Chart {
	list := []analysis.Chart{m.cumulativeChart(o)}
	for i := range o.Options {
		list = append(list, view{m, o, i}.waterfallChart())
	}
	list = append(list, m.stakeholderChart(o), m.fundingChart())
	for i := range o.Options {
		list = append(list, view{m, o, i}.groupsChart())
	}
	list = append(list, m.profileChart(o))
	return slices.DeleteFunc(list, func(c analysis.Chart) bool { return len(c.Series) == 0 || len(c.Labels) == 0 })
}

func (m *Model) chart(name string, kind analysis.Kind) analysis.Chart {
	return analysis.Chart{Name: name, Kind: kind, Unit: m.moneyUnit(), Source: "Appraisal " + m.Appraisal.Name + ": " + m.Appraisal.Title}
}

func drawn(name string, values []float64) analysis.Series {
	none := make([]float64, len(values))
	for i := range none {
		none[i] = math.NaN()
	}
	return analysis.Series{Name: name, Value: values, Low: none, High: slices.Clone(none)}
}

func (m *Model) columnLabels() []string {
	labels := make([]string, len(m.Columns))
	for t, column := range m.Columns {
		labels[t] = column.Label
	}
	return labels
}

// cumulativeChart is the net value added up over time, with and without
// discounting.
func (m *Model) cumulativeChart(o Outcome) analysis.Chart {
	c := m.chart("cumulative", analysis.Line)
	c.Labels = m.columnLabels()
	for i, option := range m.Appraisal.Options {
		net := view{m, o, i}.net()
		discounted, plain := make([]float64, len(net)), make([]float64, len(net))
		sum, added := 0.0, 0.0
		for t := range net {
			sum, added = sum+net[t]*o.Factors[t], added+net[t]
			discounted[t], plain[t] = sum, added
		}
		c.Series = append(c.Series, drawn(option.Name+", discounted", discounted), drawn(option.Name+", not discounted", plain))
		crossing := view{m, o, i}.crossing()
		if i == 0 {
			c.Title = crossing
		}
		c.Text += crossing + ". "
	}
	c.Text += "Benefits less costs, added up from the base year."
	return c
}

// crossing says when the discounted net value comes to zero from below.
func (v view) crossing() string {
	name := v.m.Appraisal.Options[v.option].Name
	net := v.net()
	if gross(net) == 0 {
		return name + " changes nothing"
	}
	for t := range net {
		net[t] *= v.o.Factors[t]
	}
	first, lasting := Payback(net, v.m.times())
	switch {
	case math.IsNaN(first):
		return fmt.Sprintf("%s does not pay back by %d", name, v.m.Appraisal.LastYear)
	case first == 0 && lasting == 0:
		return name + " is never behind"
	case math.IsNaN(lasting):
		return fmt.Sprintf("%s pays back after %s years but falls behind again", name, plainDigits(first))
	case lasting > first:
		return fmt.Sprintf("%s pays back after %s years, for good after %s", name, plainDigits(first), plainDigits(lasting))
	}
	return fmt.Sprintf("%s pays back after %s years, discounted", name, plainDigits(first))
}

// mostSteps is how many lines a waterfall shows one by one.
const mostSteps = 8

// step is one bar of a waterfall.
type step struct {
	name  string
	value float64
}

// waterfallChart is the way from costs to the net present value by line, benefits
// first; small lines are put together.
func (v view) waterfallChart() analysis.Chart {
	option := v.m.Appraisal.Options[v.option]
	steps := v.steps()
	if len(steps) == 0 {
		return analysis.Chart{}
	}
	npv := v.outcome().NPV
	c := v.m.chart("waterfall "+option.ID, analysis.Waterfall)
	var values, low, high []float64
	level := 0.0
	bar := func(name string, from, to, value float64) {
		c.Labels = append(c.Labels, name)
		values, low, high = append(values, value), append(low, min(from, to)), append(high, max(from, to))
	}
	for _, s := range steps {
		bar(s.name, level, level+s.value, s.value)
		level += s.value
	}
	bar("Net present value", 0, npv, npv)
	c.Series = []analysis.Series{{Name: "present value", Value: values, Low: low, High: high}}
	largest := slices.MaxFunc(steps, func(a, b step) int { return cmp.Compare(math.Abs(a.value), math.Abs(b.value)) })
	c.Title = v.worth()
	c.Text = fmt.Sprintf("Present values by line, benefits up and costs down, from zero to the net. The largest line is %s, %s %s.",
		largest.name, amount(largest.value), v.m.Appraisal.Currency)
	return c
}

// worth is the net present value in a few words.
func (v view) worth() string {
	o, name := v.outcome(), v.m.Appraisal.Options[v.option].Name
	money := amount(o.NPV) + " " + v.m.Appraisal.Currency
	switch {
	case o.NPV == 0:
		return name + " breaks even"
	case o.NPV > 0 && o.PVCosts > 0:
		return name + " brings " + money + " more than it costs"
	case o.NPV > 0:
		return name + " is worth " + money + " more than business as usual"
	case o.PVBenefits <= 0:
		return name + " loses " + money
	}
	return name + " brings " + money + " less than it costs"
}

// steps are the option's lines as parts of the net present value: gains in order
// of size, then losses, and at most two rests.
func (v view) steps() []step {
	var all []step
	v.flows(func(l int, f *Flow, member float64) {
		if value := member * f.side() * v.o.PV[l]; value != 0 {
			all = append(all, step{f.Name, value})
		}
	})
	if tax := v.taxPV(); tax != 0 {
		all = append(all, step{"Deadweight cost of taxation", -tax})
	}
	slices.SortStableFunc(all, func(a, b step) int { return cmp.Compare(math.Abs(b.value), math.Abs(a.value)) })
	var ups, downs []step
	more, less := 0.0, 0.0
	for i, s := range all {
		switch {
		case i >= mostSteps && s.value > 0:
			more += s.value
		case i >= mostSteps:
			less += s.value
		case s.value > 0:
			ups = append(ups, s)
		default:
			downs = append(downs, s)
		}
	}
	if more != 0 {
		ups = append(ups, step{"Other gains", more})
	}
	if less != 0 {
		downs = append(downs, step{"Other costs", less})
	}
	return append(ups, downs...)
}

// stakeholderChart is the net present value by stakeholder and option.
func (m *Model) stakeholderChart(o Outcome) analysis.Chart {
	c := m.chart("who pays and gains", analysis.Bar)
	for i, option := range m.Appraisal.Options {
		v := view{m, o, i}
		positions := m.allPositions(v)
		values := make([]float64, len(positions))
		for p, position := range positions {
			values[p] = snap(position.net(), v.size())
			if i == 0 {
				c.Labels = append(c.Labels, position.Name)
			}
		}
		c.Series = append(c.Series, drawn(option.Name, values))
		for _, sentence := range []string{v.whoPays(), v.whoGains()} {
			if sentence != "" {
				c.Text += option.Name + ". " + sentence + " "
			}
		}
		if i == 0 {
			c.Title = v.gainersTitle(positions)
		}
	}
	c.Text += "Present values, after transfers and funding."
	return c
}

// gainersTitle names who gains and who pays most.
func (v view) gainersTitle(positions []position) string {
	best, worst := position{}, position{}
	for _, p := range positions {
		if p.Name == priceStepRow {
			continue
		}
		if net := snap(p.net(), v.size()); net > best.net() {
			best = p
		} else if net < worst.net() {
			worst = p
		}
	}
	name := v.m.Appraisal.Options[v.option].Name
	switch {
	case best.Name != "" && worst.Name != "":
		return fmt.Sprintf("%s: most goes to %s, most is borne by %s", name, best.Name, worst.Name)
	case best.Name != "":
		return fmt.Sprintf("%s: most goes to %s, nobody loses", name, best.Name)
	case worst.Name != "":
		return fmt.Sprintf("%s: most is borne by %s, nobody gains", name, worst.Name)
	}
	return name + ": nobody gains or loses"
}

// allPositions are the positions with the row of nobody named where any option
// has one, so that options stand side by side.
func (m *Model) allPositions(v view) []position {
	positions := v.positions()
	for i := range m.Appraisal.Options {
		other := view{m, v.o, i}.positions()
		if len(other) > len(positions) {
			n := len(m.Appraisal.Stakeholders)
			return slices.Insert(positions, n, position{Name: nobodyNamed})
		}
	}
	return positions
}

// fundingChart is what each source gives by year.
func (m *Model) fundingChart() analysis.Chart {
	c := m.chart("funding", analysis.Stack)
	c.Labels = m.columnLabels()
	whole, largest, from := 0.0, 0.0, ""
	for i, s := range m.Appraisal.Stakeholders {
		given, any := make([]float64, len(m.Columns)), false
		for k, fund := range m.Funds {
			if m.stakeholder(fund.Source) == i {
				add(given, m.FundFlows[k], 1)
				any = true
			}
		}
		if !any {
			continue
		}
		c.Series = append(c.Series, drawn(s.Name, given))
		sum := total(given)
		whole += sum
		if sum > largest {
			largest, from = sum, s.Name
		}
	}
	if whole == 0 {
		return analysis.Chart{}
	}
	c.Title = fmt.Sprintf("%s brings %s of the funding", from, wholePercent(largest/whole))
	c.Text = fmt.Sprintf("Funding by source and year, undiscounted, %s %s in all. %s.", amount(whole), m.Appraisal.Currency, c.Title)
	return c
}

// groupsChart is each group's share of the benefits shared out beside its share
// of the population.
func (v view) groupsChart() analysis.Chart {
	groups := v.groups()
	population, benefits := 0.0, 0.0
	for _, g := range groups {
		population += g.Population
		benefits += g.Benefit
	}
	if !(population > 0) || !(benefits > 0) {
		return analysis.Chart{}
	}
	option := v.m.Appraisal.Options[v.option]
	c := v.m.chart("groups "+option.ID, analysis.Bar)
	c.Unit = "percent"
	shares, people := make([]float64, len(groups)), make([]float64, len(groups))
	reached, priority := 0.0, 0.0
	for g, account := range groups {
		c.Labels = append(c.Labels, v.m.Appraisal.Groups[g].Name)
		shares[g], people[g] = 100*account.Benefit/benefits, 100*account.Population/population
		if v.m.Appraisal.Groups[g].Priority {
			reached, priority = reached+shares[g]/100, priority+people[g]/100
		}
	}
	c.Series = []analysis.Series{drawn("share of benefits", shares), drawn("share of population", people)}
	most := slices.Index(shares, slices.Max(shares))
	c.Title = fmt.Sprintf("%s gets %s of the benefits of %s and is %s of the population",
		c.Labels[most], wholePercent(shares[most]/100), option.Name, wholePercent(people[most]/100))
	if priority > 0 {
		c.Title = fmt.Sprintf("%s of the benefits of %s reach priority groups, %s of the population",
			wholePercent(reached), option.Name, wholePercent(priority))
	}
	c.Text = c.Title + ". Of the benefits shared out by group, present values."
	return c
}
