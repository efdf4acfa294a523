package costbenefit

import (
	"fmt"
	"math"
	"strings"
)

// returns are the measures of time: rates of return and payback.
func (v view) returns() []Measure {
	net, times := v.net(), v.m.times()
	list := []Measure{v.irr(net, times), v.mirr(net, times)}
	discounted := make([]float64, len(net))
	for t := range net {
		discounted[t] = net[t] * v.o.Factors[t]
	}
	first, lasting := Payback(net, times)
	list = append(list, payback("payback", "Payback", first), payback("payback_lasting", "Payback for good", lasting))
	first, lasting = Payback(discounted, times)
	list = append(list, payback("payback_discounted", "Discounted payback", first),
		payback("payback_discounted_lasting", "Discounted payback for good", lasting))
	if gross(net) == 0 {
		for k := range list[2:] {
			list[2+k].Value, list[2+k].Note = math.NaN(), "there are no flows"
		}
	}
	return list
}

func payback(name, label string, years float64) Measure {
	p := Measure{Name: name, Label: label, Value: years, Unit: "years"}
	switch {
	case math.IsNaN(years):
		p.Note = "never within the horizon"
	case years == 0:
		p.Note = "net outlays are never ahead of benefits"
	}
	return p
}

func (v view) irr(net, times []float64) Measure {
	found := IRR(net, times)
	r := Measure{Name: "irr", Label: "Internal rate of return", Value: math.NaN(), Unit: "a year", Note: found.Reason}
	if len(found.Rates) == 0 {
		return r
	}
	texts := make([]string, len(found.Rates))
	for i, rate := range found.Rates {
		texts[i] = percent(rate)
	}
	if r.Value = found.Only(); len(texts) > 1 {
		r.Note = fmt.Sprintf("%d rates: %s; decide by the net present value", len(texts), strings.Join(texts, "; "))
		return r
	}
	if r.Note = found.Type + ", not for ranking options"; found.Type == "borrowing" {
		r.Note = "borrowing: good when below the discount rate; not for ranking options"
	}
	return r
}

func (v view) mirr(net, times []float64) Measure {
	discount := v.m.stepRate(v.o.Values, 1)
	finance, reinvest := v.value(v.m.FinanceRate, discount), v.value(v.m.ReinvestRate, discount)
	r := Measure{Name: "mirr", Label: "Modified internal rate of return", Unit: "a year",
		Value: MIRR(net, times, finance, reinvest),
		Note:  fmt.Sprintf("financed at %s, reinvested at %s", percent(finance), percent(reinvest))}
	if math.IsNaN(r.Value) {
		r.Note = "needs both outlays and returns"
	}
	return r
}

// unitCosts are costs a year, a person and an effect.
func (v view) unitCosts() []Measure {
	costs := v.outcome().PVCosts
	list := v.yearly(costs)
	per := func(name, label, of string, input int) {
		if input == None {
			return
		}
		r := ratio(name, label, costs, v.o.Values[input], "", "no "+of)
		r.Unit = v.m.moneyUnit() + " per " + singular(of)
		list = append(list, r)
	}
	per("cost_per_learner", "Cost per learner", "learners", v.m.Learners[v.option])
	per("cost_per_priority_learner", "Cost per priority learner", "priority learners", v.m.Priority[v.option])
	unit := v.m.Appraisal.Options[v.option].EffectUnit
	if unit == "" {
		unit = "effects"
	}
	per("cost_per_effect", "Cost per effect", unit, v.m.Effects[v.option])
	inputs := costs - v.taxPV()
	kind := v.economic(func(f *Flow) bool { return f.isCost() && f.InKind })
	note := fmt.Sprintf("inputs in kind, %s of %s, count in full", amount(kind), amount(inputs))
	benefits := v.outcome().PVBenefits
	return append(list, ratio("sroi", "Social return on investment", benefits, inputs, note, "no inputs"),
		ratio("net_sroi", "Net social return", benefits-inputs, inputs, "", "no inputs"))
}

func singular(of string) string { return strings.TrimSuffix(of, "s") }

// yearly is the equivalent annual cost: the present value of costs by the sum of
// the end-of-year factors of the years after the base year.
func (v view) yearly(costs float64) []Measure {
	years := v.m.Appraisal.LastYear - v.m.Appraisal.BaseYear
	factor, sum := 1.0, 0.0
	for step := 1; step <= years; step++ {
		factor /= 1 + v.m.stepRate(v.o.Values, step)
		sum += factor
	}
	if sum == 0 {
		return nil
	}
	return []Measure{v.money("eac", "Equivalent annual cost", costs/sum, fmt.Sprintf("level over %d years", years))}
}

// timings are the same flows discounted under each convention of timing, as a
// side note; there are none with dated flows.
func (v view) timings() []Measure {
	if v.m.Appraisal.Timing == "dated" {
		return nil
	}
	net := v.net()
	var list []Measure
	for _, timing := range []struct {
		name, words string
		offset      float64
	}{{"end", "end", 0}, {"mid", "middle", -.5}, {"begin", "beginning", -1}} {
		other, factors := *v.m, make([]float64, len(net))
		other.Columns = v.m.retimed(timing.offset)
		other.discount(v.o.Values, factors)
		note := "same flows, side note"
		if written := v.m.Appraisal.Timing; written == timing.name || written == "" && timing.name == "end" {
			note = "the appraisal's own timing"
		}
		list = append(list, v.money("npv_"+timing.name, "Net present value, flows at the "+timing.words+" of the year",
			dot(net, factors), note))
	}
	return list
}

// retimed are the columns of an annual timeline whose flows lie by the offset
// from the end of their year.
func (m *Model) retimed(offset float64) []Column {
	columns := make([]Column, len(m.Columns))
	for t, column := range m.Columns {
		column.Time = float64(column.Step) + offset
		if m.Appraisal.YearZero == "during" {
			column.Time++
		} else if column.Step == 0 {
			column.Time = 0
		}
		columns[t] = column
	}
	return columns
}

// fundingGap is the grant a project that earns needs, at the financial rate and
// in market amounts.
func (v view) fundingGap() []Measure {
	if v.m.Appraisal.FundingGap == nil {
		return nil
	}
	times := v.m.times()
	rate := v.value(v.m.Gap.Rate, v.m.realRate(v.o.Values, 1))
	if v.m.Inflation != None {
		rate = NominalRate(rate, v.o.Values[v.m.Inflation])
	}
	factors := Factors([]float64{rate}, times)
	investment, revenue := 0.0, 0.0
	v.flows(func(l int, f *Flow, member float64) {
		pv := member * dot(v.o.Market[l], factors)
		switch {
		case f.InKind:
		case f.isCost() && f.Class == "capital":
			investment += pv
		case f.isCost():
			revenue -= pv
		case f.isBenefit() && (f.Class == "revenue" || f.Residual != nil):
			revenue += pv
		}
	})
	gap := FundingGapOf(investment, revenue, v.value(v.m.Gap.EligibleCost, investment), v.value(v.m.Gap.Maximum, 1))
	note := fmt.Sprintf("investment %s, net revenue %s, at %s", amount(investment), amount(revenue), percent(rate))
	return []Measure{
		{Name: "funding_gap_rate", Label: "Funding gap", Value: gap.Rate, Unit: "share", Note: note},
		v.money("funding_gap_grant", "Grant the funding gap allows", gap.Grant, ""),
	}
}
