package costbenefit

import (
	"fmt"
	"math"
)

// Measure is one figure of decision about an option. Value is NaN where there is
// none; Note then says why, else how it is to be read.
type Measure struct {
	Option int
	Name   string // snake case, kept once given
	Label  string // for people
	Value  float64
	Unit   string // "EUR in prices of 2025", "years", "a year", "share", or "" for a ratio
	Note   string
}

// Measures returns the measures of every option, in order of the options. An
// option without learners, effects or groups has no row for what rests on them.
func (m *Model) Measures(o Outcome) []Measure {
	var all []Measure
	for i := range m.Appraisal.Options {
		v := view{m, o, i}
		list := v.totals()
		list = append(list, v.ratios()...)
		list = append(list, v.public()...)
		list = append(list, v.returns()...)
		list = append(list, v.unitCosts()...)
		list = append(list, v.equity()...)
		list = append(list, v.timings()...)
		list = append(list, v.evidence()...)
		list = append(list, v.fundingGap()...)
		for k := range list {
			list[k].Option = i
		}
		all = append(all, list...)
	}
	return all
}

func (v view) money(name, label string, value float64, note string) Measure {
	return Measure{Name: name, Label: label, Value: snap(value, v.size()), Unit: v.m.moneyUnit(), Note: note}
}

// ratio is a measure without a unit: over the denominator, or without a value and
// with the reason when that is not positive.
func ratio(name, label string, numerator, denominator float64, note, nothing string) Measure {
	r := Measure{Name: name, Label: label, Value: math.NaN(), Note: nothing}
	if denominator > 0 {
		r.Value, r.Note = numerator/denominator, note
	}
	return r
}

func (v view) totals() []Measure {
	o := v.outcome()
	note := ""
	if v.m.TaxDeadweight != None {
		note = "with the deadweight cost of taxation"
	}
	return []Measure{
		v.money("pv_benefits", "Benefits (present value)", o.PVBenefits, ""),
		v.money("pv_costs", "Costs (present value)", o.PVCosts, note),
		v.money("npv", "Net present value", o.NPV, "benefits less costs, transfers left out"),
	}
}

func (v view) ratios() []Measure {
	o := v.outcome()
	capital := v.economic(func(f *Flow) bool { return f.isCost() && f.Class == "capital" })
	byPublic := v.economic(func(f *Flow) bool { return f.isCost() && v.m.public(f.Payer) })
	return []Measure{
		ratio("bcr", "Benefit-cost ratio", o.PVBenefits, o.PVCosts, v.sidesNote(), savesMoney(o)),
		ratio("bcr_modified", "Ratio to capital (benefits less running costs, by capital)",
			o.PVBenefits-(o.PVCosts-capital), capital, "", "no capital cost"),
		ratio("bcr_public", "Ratio to public cost (net value to everyone else, by public cost)",
			o.PVBenefits-(o.PVCosts-byPublic), byPublic, "public cost before funding", "no public cost"),
	}
}

// savesMoney says why there is no ratio to costs.
func savesMoney(o OptionOutcome) string {
	if o.PVCosts == 0 {
		return "no costs"
	}
	return "saves money"
}

// sidesNote says what the ratio hangs on: harms counted as negative benefits and
// savings counted as negative costs, and what it would be with them on the other
// side. The net present value is the same either way.
func (v view) sidesNote() string {
	harms, savings := 0.0, 0.0
	v.flows(func(l int, f *Flow, member float64) {
		switch pv := member * v.o.PV[l]; {
		case pv < 0 && f.isBenefit():
			harms += pv
		case pv < 0 && f.isCost():
			savings += pv
		}
	})
	if harms == 0 && savings == 0 {
		return ""
	}
	o, note := v.outcome(), ""
	switch {
	case harms != 0 && savings != 0:
		note = "harms are negative benefits, savings negative costs"
	case harms != 0:
		note = "harms are negative benefits"
	default:
		note = "savings are negative costs"
	}
	other := ratio("", "", o.PVBenefits-harms-savings, o.PVCosts-harms-savings, "", "")
	if math.IsNaN(other.Value) {
		return note
	}
	return fmt.Sprintf("%s; on the other side of the ratio it would be %s", note, plainRatio(other.Value))
}

// public are the measures of public budgets, in market amounts.
func (v view) public() []Measure {
	gets := v.market(func(f *Flow) bool {
		switch {
		case f.transfer():
			return v.m.public(f.Receiver) && !v.m.public(f.Payer)
		case f.Cost:
			return false
		}
		return v.m.public(f.Receiver) && (f.Class == "fiscal" || f.Class == "revenue")
	})
	pays := v.market(func(f *Flow) bool {
		if f.transfer() {
			return v.m.public(f.Payer) && !v.m.public(f.Receiver)
		}
		return f.Cost && v.m.public(f.Payer)
	})
	net := snap(dot(v.outcome().Public, v.o.Factors), v.size())
	return []Measure{
		ratio("bcr_fiscal", "Fiscal ratio (what public budgets get, by what they pay)", gets, pays,
			"market amounts, transfers between public budgets left out", "public budgets pay nothing"),
		v.money("net_public_cost", "Net cost to public budgets", net, publicNote(net)),
		v.mvpf(net),
	}
}

func publicNote(net float64) string {
	if net < 0 {
		return "public budgets gain"
	}
	return "market amounts, before funding"
}

// mvpf is the willingness to pay of all who are not paid for by taxes per unit of
// net public cost.
func (v view) mvpf(net float64) Measure {
	willingness := 0.0
	v.flows(func(l int, f *Flow, member float64) {
		pv := member * v.marketPV(l)
		if (f.Cost || f.transfer()) && !v.m.public(f.Payer) {
			willingness -= pv
		}
		if (!f.Cost || f.transfer()) && !v.m.public(f.Receiver) {
			willingness += pv
		}
	})
	r := Measure{Name: "mvpf", Label: "Marginal value of public funds", Value: MVPF(snap(willingness, v.size()), net)}
	switch {
	case math.IsInf(r.Value, 1):
		r.Value, r.Note = math.NaN(), "infinite: it costs public budgets nothing net"
	case math.IsNaN(r.Value):
		r.Note = "nobody gains and it costs nothing"
	case net < 0:
		r.Note = "raises money: the loss to those it hits per unit raised"
	}
	return r
}
