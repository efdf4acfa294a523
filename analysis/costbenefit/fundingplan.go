package costbenefit

import (
	"slices"

	"pediment/analysis"
)

// fundingTable is what is promised by source and year, undiscounted.
func (m *Model) fundingTable() analysis.Table {
	t := newTable("funding", "year:integer", "source", "name", "status", "form", "amount:money", "conditions", "expires")
	t.money(m)
	for c, column := range m.Columns {
		for i, fund := range m.Funds {
			if amount := m.FundFlows[i][c]; amount != 0 {
				t.add(int64(column.Year), m.stakeholderName(fund.Source), fund.Name, fund.Status, fund.Form, amount, fund.Conditions, fund.Expires)
			}
		}
	}
	return t.Table
}

func (m *Model) stakeholderName(id string) string {
	if i := m.stakeholder(id); i != None {
		return m.Appraisal.Stakeholders[i].Name
	}
	return id
}

// cashPlan is the money of those who run the option, column by column, in market
// amounts, undiscounted. They are the stakeholders who receive funding; nothing in
// kind counts, and an asset's value only when it is really sold.
type cashPlan struct {
	Inflow, Funding, Outflow []float64
	Liquidity
}

// cash returns the plan, and false where nobody is funded.
func (v view) cash() (cashPlan, bool) {
	n := len(v.m.Columns)
	p := cashPlan{Inflow: make([]float64, n), Funding: make([]float64, n), Outflow: make([]float64, n)}
	runs := make([]bool, len(v.m.Appraisal.Stakeholders))
	for i, fund := range v.m.Funds {
		to := v.m.stakeholder(fund.To)
		if !v.funded(fund) || fund.Form == "in kind" || to == None {
			continue
		}
		runs[to] = true
		add(p.Funding, v.m.FundFlows[i], 1)
	}
	if !slices.Contains(runs, true) {
		return p, false
	}
	in := func(stakeholder int) bool { return stakeholder != None && runs[stakeholder] }
	v.flows(func(l int, f *Flow, member float64) {
		sold := f.Residual == nil || f.Residual.Sold
		if f.InKind || !sold {
			return
		}
		if (f.Cost || f.transfer()) && in(f.Payer) {
			add(p.Outflow, v.o.Market[l], member)
		}
		earned := f.Class == "revenue" || f.Residual != nil
		if (f.transfer() || !f.Cost && earned) && in(f.Receiver) {
			add(p.Inflow, v.o.Market[l], member)
		}
	})
	p.Liquidity = Sustainability(p.Funding, p.Inflow, p.Outflow)
	return p, true
}

// sustainabilityTable is the cash of those who run each option and what is
// missing in each period.
func (m *Model) sustainabilityTable(o Outcome) analysis.Table {
	t := newTable("sustainability", "option", "period", "inflow:amount", "funding:amount", "outflow:amount", "cumulated:amount", "gap:amount")
	t.money(m)
	for i, option := range m.Appraisal.Options {
		v := view{m, o, i}
		p, ok := v.cash()
		if !ok {
			continue
		}
		for c, column := range m.Columns {
			cumulated := snap(p.Cumulated[c], v.size())
			t.add(option.ID, column.Label, p.Inflow[c], p.Funding[c], p.Outflow[c], cumulated, max(0, -cumulated))
		}
	}
	return t.Table
}
