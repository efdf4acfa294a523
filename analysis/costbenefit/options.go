package costbenefit

import (
	"math"
	"slices"

	"pediment/analysis"
)

// excludes reports whether the two options cannot be chosen together: one names
// the other, or one is neither compatible nor says which it excludes.
func (m *Model) excludes(a, b int) bool {
	first, second := m.Appraisal.Options[a], m.Appraisal.Options[b]
	if slices.Contains(first.ExclusiveWith, second.ID) || slices.Contains(second.ExclusiveWith, first.ID) {
		return true
	}
	alone := func(o Option) bool { return !o.Compatible && len(o.ExclusiveWith) == 0 }
	if first.Compatible || second.Compatible {
		return false
	}
	return alone(first) || alone(second)
}

// incrementalTable compares options that exclude each other step by step in order
// of cost. It is empty unless all of at least two do.
func (m *Model) incrementalTable(o Outcome) analysis.Table {
	t := newTable("incremental", "from", "to", "cost:money", "benefit:money", "ratio:number", "verdict")
	t.money(m)
	n := len(o.Options)
	for a := range n {
		for b := range a {
			if !m.excludes(a, b) {
				return t.Table
			}
		}
	}
	if n < 2 {
		return t.Table
	}
	costs, benefits := make([]float64, n), make([]float64, n)
	for i, option := range o.Options {
		costs[i], benefits[i] = option.PVCosts, option.PVBenefits
	}
	steps, _ := Incremental(costs, benefits)
	for _, step := range steps {
		verdict := "not worth the step"
		if step.Better {
			verdict = "worth the step"
		}
		t.add(m.optionID(step.From), m.optionID(step.To), step.Cost, step.Benefit, step.Ratio, verdict)
	}
	return t.Table
}

func (m *Model) optionID(i int) string {
	if i == None {
		return BusinessAsUsual
	}
	return m.Appraisal.Options[i].ID
}

// budgetTable ranks the options by net value per unit of public cost and marks the
// set a capped budget buys. It is empty without a cap.
func (m *Model) budgetTable(o Outcome) analysis.Table {
	t := newTable("budget", "rank:integer", "option", "npv:money", "public_cost:money", "ratio:number", "chosen:boolean")
	t.money(m)
	if m.BudgetCap == None {
		return t.Table
	}
	npv, costs := make([]float64, len(o.Options)), make([]float64, len(o.Options))
	for i, option := range o.Options {
		npv[i], costs[i] = option.NPV, dot(option.Public, o.Factors)
	}
	best := BestUnder(npv, costs, o.Values[m.BudgetCap], m.excludes)
	for rank, i := range best.Rank {
		t.add(int64(rank+1), m.optionID(i), npv[i], costs[i], quotient(npv[i], costs[i]), best.Chosen[i])
	}
	return t.Table
}

// frontierTable is the cost-effectiveness of options whose effect is given, in
// present values of costs. It is empty without two of them.
func (m *Model) frontierTable(o Outcome) analysis.Table {
	t := newTable("frontier", "option", "cost:money", "effect:number", "icer:money", "status")
	t.money(m)
	costs, effects := make([]float64, len(o.Options)), make([]float64, len(o.Options))
	known := 0
	for i, option := range o.Options {
		costs[i], effects[i] = option.PVCosts, math.NaN()
		if m.Effects[i] != None {
			effects[i] = o.Values[m.Effects[i]]
			t.Columns[2].Unit = m.Appraisal.Options[i].EffectUnit
			known++
		}
	}
	if known < 2 {
		return t.Table
	}
	for _, s := range Frontier(costs, effects) {
		t.add(m.optionID(s.Option), s.Cost, s.Effect, s.ICER, s.Status)
	}
	return t.Table
}
