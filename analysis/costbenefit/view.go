package costbenefit

import (
	"fmt"
	"math"
)

// view is one option within an outcome: where every figure about it starts.
type view struct {
	m      *Model
	o      Outcome
	option int
}

// flows calls use for every flow that is part of the option, with its weight.
func (v view) flows(use func(l int, f *Flow, member float64)) {
	for l := range v.m.Flows {
		if f := &v.m.Flows[l]; f.Members[v.option] != 0 {
			use(l, f, f.Members[v.option])
		}
	}
}

// economic is the present value to society of the option's flows that are kept,
// positive on their own side.
func (v view) economic(keep func(*Flow) bool) float64 {
	sum := 0.0
	v.flows(func(l int, f *Flow, member float64) {
		if keep(f) {
			sum += member * v.o.PV[l]
		}
	})
	return snap(sum, v.size())
}

// market is the present value of what is paid or received for them.
func (v view) market(keep func(*Flow) bool) float64 {
	sum := 0.0
	v.flows(func(l int, f *Flow, member float64) {
		if keep(f) {
			sum += member * v.marketPV(l)
		}
	})
	return snap(sum, v.size())
}

func (v view) marketPV(l int) float64 { return dot(v.o.Market[l], v.o.Factors) }

// outcome is the option's, sums that are only the rounding of their parts being 0.
func (v view) outcome() OptionOutcome {
	o, size := v.o.Options[v.option], v.size()
	o.PVBenefits, o.PVCosts, o.NPV = snap(o.PVBenefits, size), snap(o.PVCosts, size), snap(o.NPV, size)
	return o
}

// net is benefits less costs by column, freed of rounding: what is left of equal
// amounts would be a payback or a rate of return.
func (v view) net() []float64 {
	net, size := v.o.Options[v.option].Net(), v.size()
	for t := range net {
		net[t] = snap(net[t], size)
	}
	return net
}

// size is what the option's sums are made of.
func (v view) size() float64 {
	sum := 0.0
	v.flows(func(l int, f *Flow, member float64) {
		sum += gross(v.o.Economic[l]) + gross(v.o.Market[l])
	})
	for i, fund := range v.m.Funds {
		if v.funded(fund) {
			sum += gross(v.m.FundFlows[i])
		}
	}
	return sum + gross(v.o.Options[v.option].TaxDeadweight)
}

// snap makes zero of what is only the rounding of sums of that size.
func snap(x, size float64) float64 {
	if math.Abs(x) <= residue*math.Abs(size) {
		return 0
	}
	return x
}

// residue is the share of what was added up below which a sum is only rounding.
const residue = 1e-12

// tolerance is the relative difference below which two sums of the same amounts
// in another order are equal.
const tolerance = 1e-9

// taxPV is the present value of the deadweight cost of taxation.
func (v view) taxPV() float64 { return dot(v.outcome().TaxDeadweight, v.o.Factors) }

// value is the input's value in the outcome, or the default where there is no input.
func (v view) value(input int, absent float64) float64 { return optional(v.o.Values, input, absent) }

func (f *Flow) isCost() bool    { return f.Cost && !f.transfer() }
func (f *Flow) isBenefit() bool { return !f.Cost && !f.transfer() }

// priceYear is the year whose prices present values are in.
func (m *Model) priceYear() int {
	if m.Inflation != None {
		return m.Appraisal.BaseYear // nominal flows are discounted to the money of that year
	}
	return m.Appraisal.PriceBase
}

// moneyUnit says what an amount counts: "EUR in prices of 2025".
func (m *Model) moneyUnit() string {
	return fmt.Sprintf("%s in prices of %d", m.Appraisal.Currency, m.priceYear())
}

// amountUnit says what an amount counts before it is discounted.
func (m *Model) amountUnit() string {
	if m.Inflation != None {
		return m.Appraisal.Currency + " in prices of the year"
	}
	return m.moneyUnit()
}

// times are the columns' years from the base point.
func (m *Model) times() []float64 {
	times := make([]float64, len(m.Columns))
	for t, column := range m.Columns {
		times[t] = column.Time
	}
	return times
}
