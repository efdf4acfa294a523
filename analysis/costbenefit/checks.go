package costbenefit

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// check is one thing that must hold and by how much it fails at worst.
type check struct {
	Name string
	Off  float64 // largest difference found, 0 when it holds
	Size float64 // of the amounts compared
	Told string  // when it holds
}

func (c *check) compare(a, b, size float64) {
	if off := math.Abs(a - b); !(off <= tolerance*math.Max(size, 1)) && !(off <= c.Off) {
		c.Off, c.Size = off, size
	}
}

// checksTable verifies what must hold in any appraisal, to 1e-9 of the amounts.
func (m *Model) checksTable(o Outcome, cashFlow analysis.Table) analysis.Table {
	t := newTable("checks", "check", "state", "detail")
	list := []check{
		m.presentValuesCheck(o), m.cashFlowCheck(o, cashFlow), m.matrixCheck(o), m.transfersCheck(o),
		m.groupsCheck(o), m.fundingCheck(o), m.swapCheck(o), m.orderCheck(),
	}
	for _, c := range list {
		state, detail := "ok", c.Told
		if c.Off != 0 {
			state, detail = "failed", fmt.Sprintf("differs by %g, amounts of %g", c.Off, c.Size)
		}
		t.add(c.Name, state, detail)
	}
	return t.Table
}

func (m *Model) each(o Outcome, use func(v view, option OptionOutcome)) {
	for i := range o.Options {
		use(view{m, o, i}, o.Options[i])
	}
}

func (m *Model) presentValuesCheck(o Outcome) check {
	c := check{Name: "present values of lines", Told: "add up to the net present value of every option"}
	m.each(o, func(v view, option OptionOutcome) {
		sum := -v.taxPV()
		v.flows(func(l int, f *Flow, member float64) { sum += member * f.side() * o.PV[l] })
		c.compare(sum, option.NPV, v.size())
	})
	return c
}

// cashFlowCheck adds up the table as printed.
func (m *Model) cashFlowCheck(o Outcome, cashFlow analysis.Table) check {
	c := check{Name: "rows of the cash flow", Told: "add up to benefits, costs and net present value in the summary"}
	type sums struct{ benefits, costs, net float64 }
	found := map[string]*sums{}
	for _, row := range cashFlow.Rows {
		s := found[row[0].(string)]
		if s == nil {
			s = &sums{}
			found[row[0].(string)] = s
		}
		switch pv := row[12].(float64); {
		case row[1] == netLine:
			s.net += pv
		case row[4] == "transfer":
		case row[3] == "cost":
			s.costs -= pv
		default:
			s.benefits += pv
		}
	}
	m.each(o, func(v view, option OptionOutcome) {
		s := found[m.optionID(v.option)]
		if s == nil {
			s = &sums{}
		}
		c.compare(s.benefits, option.PVBenefits, v.size())
		c.compare(s.costs, option.PVCosts, v.size())
		c.compare(s.net, option.NPV, v.size())
	})
	return c
}

func (m *Model) matrixCheck(o Outcome) check {
	c := check{Name: "who pays and who gains", Told: "stakeholders add up to society's benefits, costs and net present value"}
	m.each(o, func(v view, option OptionOutcome) {
		society := societyOf(v.positions())
		c.compare(society.Benefit, option.PVBenefits, v.size())
		c.compare(society.Cost, option.PVCosts, v.size())
		c.compare(society.net(), option.NPV, v.size())
	})
	return c
}

func (m *Model) transfersCheck(o Outcome) check {
	c := check{Name: "transfers", Told: "what is given is received: they add up to zero"}
	m.each(o, func(v view, _ OptionOutcome) {
		society := societyOf(v.positions())
		c.compare(society.Got, society.Given, society.Given)
	})
	return c
}

func (m *Model) groupsCheck(o Outcome) check {
	c := check{Name: "groups", Told: "no line is shared out more than once over"}
	for _, f := range m.Flows {
		sum := 0.0
		for _, share := range f.Shares {
			sum += o.Values[share.Input]
		}
		c.compare(max(sum, 1), 1, 1)
	}
	return c
}

// fundingCheck compares where the money comes from with where it goes: costs are
// met by funding and by what their payers bring themselves.
func (m *Model) fundingCheck(o Outcome) check {
	c := check{Name: "sources and uses", Told: "money in hand at the end is funding and revenue less outlays"}
	m.each(o, func(v view, _ OptionOutcome) {
		p, ok := v.cash()
		if !ok {
			return
		}
		left := total(p.Funding) + total(p.Inflow) - total(p.Outflow)
		c.compare(p.Cumulated[len(p.Cumulated)-1], left, gross(p.Funding)+gross(p.Inflow)+gross(p.Outflow))
	})
	return c
}

func total(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum
}

// swapCheck writes every cost as a negative benefit of the one who pays it, which
// must change no net present value.
func (m *Model) swapCheck(o Outcome) check {
	c := check{Name: "sides", Told: "with costs written as negative benefits the net present value is the same"}
	swapped := m.swapped().Compute(o.Values)
	m.each(o, func(v view, option OptionOutcome) {
		c.compare(swapped.Options[v.option].NPV, option.NPV, v.size())
	})
	return c
}

func (m *Model) swapped() *Model {
	other := *m
	other.Flows = make([]Flow, len(m.Flows))
	for l, f := range m.Flows {
		if f.isCost() {
			members := make([]float64, len(f.Members))
			add(members, f.Members, -1)
			f.Cost, f.Receiver, f.Members = false, f.Payer, members
		}
		other.Flows[l] = f
	}
	return &other
}

func (m *Model) orderCheck() check {
	c := check{Name: "order of time", Told: "periods run forward from the base point"}
	before := 0.0
	for _, column := range m.Columns {
		c.compare(max(before, column.Time), column.Time, 1)
		before = column.Time
	}
	return c
}
