package costbenefit

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// taxLine and netLine are the ids of rows of the cash flow that are no line.
const (
	taxLine = "deadweight_cost_of_taxation"
	netLine = "net"
)

// cashFlowTable is every line of every option by period: economic amounts, costs
// below zero, in real and nominal prices, with the discount factor, the present
// value and what it has added up to. Transfers are listed but not in the net,
// which closes each option.
func (m *Model) cashFlowTable(o Outcome) analysis.Table {
	realUnit := fmt.Sprintf("%s in prices of %d", m.Appraisal.Currency, m.Appraisal.PriceBase)
	t := newTable("cash_flow", "option", "line", "name", "side", "class", "stakeholder", "form", "period", "year:integer",
		"real:number:"+realUnit, "nominal:number:"+m.Appraisal.Currency+" in prices of the year", "factor:number", "pv:money", "cumulated:money")
	t.money(m)
	for i, option := range m.Appraisal.Options {
		v := view{m, o, i}
		v.flows(func(l int, f *Flow, member float64) {
			side, sign, who, form := "benefit", member, f.Receiver, "cash"
			if f.Cost {
				side, sign, who = "cost", -member, f.Payer
			}
			if f.InKind {
				form = "in kind"
			}
			amounts := make([]float64, len(m.Columns))
			add(amounts, o.Economic[l], sign)
			m.cashFlowRows(t, o, v.size(), amounts, option.ID, f.ID, f.Name, side, f.Class, m.nameOf(who), form)
		})
		if m.TaxDeadweight != None {
			amounts := make([]float64, len(m.Columns))
			add(amounts, o.Options[i].TaxDeadweight, -1)
			m.cashFlowRows(t, o, v.size(), amounts, option.ID, taxLine, "Deadweight cost of taxation", "cost", "economic", costOfTaxation, "cash")
		}
		m.cashFlowRows(t, o, v.size(), v.net(), option.ID, netLine, "Net, transfers left out", "", "", "", "")
	}
	return t.Table
}

func (m *Model) nameOf(stakeholder int) string {
	if stakeholder == None {
		return nobodyNamed
	}
	return m.Appraisal.Stakeholders[stakeholder].Name
}

func (m *Model) cashFlowRows(t *table, o Outcome, size float64, amounts []float64, option, id, name, side, class, stakeholder, form string) {
	cumulated := 0.0
	for c, column := range m.Columns {
		pv := amounts[c] * o.Factors[c]
		cumulated += pv
		real, nominal := m.bothPrices(amounts[c], column, o.Values)
		t.add(option, id, name, side, class, stakeholder, form, column.Label, int64(column.Year), real, nominal, o.Factors[c], snap(pv, size), snap(cumulated, size))
	}
}

// bothPrices returns the amount in prices of the price base and of its own year,
// the latter NaN where no inflation is expected.
func (m *Model) bothPrices(amount float64, column Column, x []float64) (real, nominal float64) {
	if m.Inflation == None {
		return amount, math.NaN()
	}
	years := float64(column.Year - m.Appraisal.PriceBase)
	return amount * math.Pow(1+x[m.Inflation], -years), amount
}
