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

	Wrong string // what does not hold, where it is no difference of amounts
}

func (c *check) compare(a, b, size float64) {
	if off := math.Abs(a - b); !(off <= tolerance*math.Max(size, 1)) && !(off <= c.Off) {
		c.Off, c.Size = off, size
	}
}

// checksTable verifies what must hold in any appraisal, to 1e-9 of the amounts:
// of the tables as they are printed, of the sums by another way, and of the
// funding and dates as they were written.
func (m *Model) checksTable(o Outcome, cashFlow, perspectives, groups analysis.Table) analysis.Table {
	t := newTable("checks", "check", "state", "detail")
	list := []check{
		m.presentValuesCheck(o), m.cashFlowCheck(o, cashFlow), m.perspectivesCheck(o, perspectives), m.transfersCheck(o, perspectives),
		m.groupsCheck(o, groups), m.swapCheck(o), m.factorsCheck(o), m.usesCheck(o), m.expiryCheck(), m.datesCheck(),
	}
	for _, c := range list {
		state, detail := "ok", c.Told
		switch {
		case c.Wrong != "":
			state, detail = "failed", c.Wrong
		case c.Off != 0:
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

// printed adds up a column of the option's rows in a table, of those that are kept.
func printed(t analysis.Table, option string, column int, keep func(name any) bool) float64 {
	sum := 0.0
	for _, row := range t.Rows {
		if x, ok := row[column].(float64); ok && row[0] == option && keep(row[1]) {
			sum += x
		}
	}
	return sum
}

func stakeholderRow(name any) bool { return name != societyRow && name != tieOutRow }

// perspectivesCheck adds up the table as printed.
func (m *Model) perspectivesCheck(o Outcome, t analysis.Table) check {
	c := check{Name: "who pays and who gains", Told: "stakeholders as printed add up to benefits, costs and net present value in the summary"}
	m.each(o, func(v view, option OptionOutcome) {
		id := m.optionID(v.option)
		c.compare(printed(t, id, 2, stakeholderRow), option.PVCosts, v.size())
		c.compare(printed(t, id, 3, stakeholderRow), option.PVBenefits, v.size())
		c.compare(printed(t, id, 5, stakeholderRow), option.NPV, v.size())
	})
	return c
}

func (m *Model) transfersCheck(o Outcome, t analysis.Table) check {
	c := check{Name: "transfers", Told: "what is given is received: as printed they add up to zero"}
	m.each(o, func(v view, _ OptionOutcome) {
		c.compare(printed(t, m.optionID(v.option), 4, stakeholderRow), 0, v.size())
	})
	return c
}

// groupsCheck adds up the table as printed.
func (m *Model) groupsCheck(o Outcome, t analysis.Table) check {
	c := check{Name: "groups", Told: "groups and what is not shared out, as printed, add up to the net present value"}
	m.each(o, func(v view, option OptionOutcome) {
		c.compare(printed(t, m.optionID(v.option), 6, func(any) bool { return true }), option.NPV, v.size())
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
