package costbenefit

import "fmt"

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
	return sum
}

// market is the present value of what is paid or received for them.
func (v view) market(keep func(*Flow) bool) float64 {
	sum := 0.0
	v.flows(func(l int, f *Flow, member float64) {
		if keep(f) {
			sum += member * v.marketPV(l)
		}
	})
	return sum
}

func (v view) marketPV(l int) float64 { return dot(v.o.Market[l], v.o.Factors) }

func (v view) outcome() OptionOutcome { return v.o.Options[v.option] }

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

// times are the columns' years from the base point.
func (m *Model) times() []float64 {
	times := make([]float64, len(m.Columns))
	for t, column := range m.Columns {
		times[t] = column.Time
	}
	return times
}
