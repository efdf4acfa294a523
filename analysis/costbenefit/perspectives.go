package costbenefit

import "pediment/analysis"

// position is what one stakeholder pays and gets, as present values.
type position struct {
	Name          string
	Cost, Benefit float64
	Got, Given    float64 // transfers, funding among them
}

func (p position) transfer() float64 { return p.Got - p.Given }
func (p position) net() float64      { return p.Benefit - p.Cost + p.transfer() }

// ratio is what the stakeholder gets over what it gives, for society benefits over
// costs; NaN where nothing is given. What is but rounding of the size is nothing.
func (p position) ratio(size float64) float64 {
	if p.Name == societyRow {
		return quotient(snap(p.Benefit, size), snap(p.Cost, size))
	}
	return quotient(snap(p.Benefit+p.Got, size), snap(p.Cost+p.Given, size))
}

// The rows of the perspectives that are no stakeholder.
const (
	nobodyNamed    = "nobody named"
	costOfTaxation = "everyone (cost of taxation)"
	priceStepRow   = "prices to economic values"
	societyRow     = "society"
	tieOutRow      = "society less net present value"
)

// positions returns who pays and gets what, in market amounts: the stakeholders in
// order, nobody named where lines have none, everyone for the deadweight cost of
// taxation, and the step from prices to economic values. They add up to society.
func (v view) positions() []position {
	n := len(v.m.Appraisal.Stakeholders)
	all := make([]position, n+3) // the three rows after the stakeholders
	for s, stakeholder := range v.m.Appraisal.Stakeholders {
		all[s].Name = stakeholder.Name
	}
	all[n].Name, all[n+1].Name, all[n+2].Name = nobodyNamed, costOfTaxation, priceStepRow
	of := func(stakeholder int) *position {
		if stakeholder == None {
			return &all[n]
		}
		return &all[stakeholder]
	}
	v.flows(func(l int, f *Flow, member float64) {
		pv := member * v.marketPV(l)
		switch {
		case f.transfer():
			of(f.Receiver).Got += pv
			of(f.Payer).Given += pv
		case f.Cost:
			of(f.Payer).Cost += pv
			all[n+2].Cost += member*v.o.PV[l] - pv
		default:
			of(f.Receiver).Benefit += pv
			all[n+2].Benefit += member*v.o.PV[l] - pv
		}
	})
	for i, fund := range v.m.Funds {
		if v.funded(fund) {
			pv := dot(v.m.FundFlows[i], v.o.Factors)
			of(v.m.stakeholder(fund.Source)).Given += pv
			of(v.m.stakeholder(fund.To)).Got += pv
		}
	}
	all[n+1].Cost = v.taxPV()
	return v.named(all, n)
}

// named leaves out the row of nobody where nothing stands in it.
func (v view) named(all []position, nobody int) []position {
	if p := all[nobody]; p.Cost == 0 && p.Benefit == 0 && p.Got == 0 && p.Given == 0 {
		return append(all[:nobody:nobody], all[nobody+1:]...)
	}
	return all
}

// funded reports whether the fund is given under the option.
func (v view) funded(fund Fund) bool { return fund.member(v.m.Appraisal.Options[v.option].ID) }

func (f Fund) member(option string) bool {
	if len(f.Options) == 0 {
		return true
	}
	for _, id := range f.Options {
		if id == option {
			return true
		}
	}
	return false
}

func (m *Model) stakeholder(id string) int {
	for i, s := range m.Appraisal.Stakeholders {
		if s.ID == id {
			return i
		}
	}
	return None
}

// societyOf adds the positions up; transfers cancel.
func societyOf(positions []position) position {
	sum := position{Name: societyRow}
	for _, p := range positions {
		sum.Cost += p.Cost
		sum.Benefit += p.Benefit
		sum.Got += p.Got
		sum.Given += p.Given
	}
	return sum
}

// perspectivesTable is who pays and who gains, in present values of market
// amounts; the ratio is what a stakeholder gets, transfers with it, over what it
// gives.
func (m *Model) perspectivesTable(o Outcome) analysis.Table {
	t := newTable("perspectives", "option", "stakeholder", "cost:money", "benefit:money", "transfer:money", "net:money", "ratio:number")
	t.money(m)
	for i, option := range m.Appraisal.Options {
		v := view{m, o, i}
		positions, size := v.positions(), v.size()
		society := societyOf(positions)
		for _, p := range append(positions, society) {
			t.add(option.ID, p.Name, snap(p.Cost, size), snap(p.Benefit, size), snap(p.transfer(), size), snap(p.net(), size), p.ratio(size))
		}
		t.add(option.ID, tieOutRow, nil, nil, nil, snap(society.net()-o.Options[i].NPV, size), nil)
	}
	return t.Table
}
