package costbenefit

import (
	"cmp"
	"math"
	"slices"

	"pediment/analysis"
)

// groupAccount is what an option costs and brings one group, as present values to
// society; a transfer counts on the side of the line that shares it out.
type groupAccount struct {
	Cost, Benefit float64
	Gain          float64 // the part of Benefit that is no transfer
	Weight        float64 // of a unit of money by income, 1 where there is none
	Population    float64 // persons, NaN where unknown
}

func (g groupAccount) net() float64 { return g.Benefit - g.Cost }

// groups returns an account for each of the appraisal's groups.
func (v view) groups() []groupAccount {
	accounts := make([]groupAccount, len(v.m.Appraisal.Groups))
	for g := range accounts {
		accounts[g].Weight = v.m.incomeWeight(g, v.o.Values)
		accounts[g].Population = math.NaN()
		if g < len(v.m.Populations) {
			accounts[g].Population = optional(v.o.Values, v.m.Populations[g], math.NaN())
		}
	}
	v.flows(func(l int, f *Flow, member float64) {
		for _, share := range f.Shares {
			part := member * v.o.PV[l] * v.o.Values[share.Input]
			account := &accounts[share.Group]
			if f.Cost {
				account.Cost += part
				continue
			}
			account.Benefit += part
			if f.isBenefit() {
				account.Gain += part
			}
		}
	})
	return accounts
}

// incomeWeight is (reference ÷ income)^eta of the group, 1 without incomes.
func (m *Model) incomeWeight(group int, x []float64) float64 {
	if m.Eta == None || m.Reference == None || group >= len(m.Incomes) || m.Incomes[group] == None {
		return 1
	}
	return IncomeWeight(x[m.Reference], x[m.Incomes[group]], x[m.Eta])
}

// equity are the measures of who gains. Without groups there are none.
func (v view) equity() []Measure {
	groups := v.groups()
	if len(groups) == 0 {
		return nil
	}
	weighted, priority, gain := v.outcome().NPV, 0.0, 0.0
	named := false
	for g, account := range groups {
		weighted += account.net() * (account.Weight - 1)
		if v.m.Appraisal.Groups[g].Priority {
			named = true
			priority += account.net()
			gain += account.Gain
		}
	}
	list := []Measure{v.money("npv_weighted", "Net present value, weighted by income", weighted, "beside the unweighted one, not instead of it")}
	if v.m.Eta == None {
		list = nil
	}
	if named {
		list = append(list, v.switchingWeight(priority),
			shareOf("priority_share", "Share of benefits reaching priority groups", gain, v.outcome().PVBenefits))
	}
	return append(list, v.bottom(groups)...)
}

// switchingWeight is the weight on the priority groups' net value at which the
// option breaks even: 1 − NPV ÷ that net.
func (v view) switchingWeight(net float64) Measure {
	r := Measure{Name: "switching_weight", Label: "Weight on priority groups that switches the verdict", Value: math.NaN()}
	npv := v.outcome().NPV
	if snap(net, v.size()) == 0 {
		r.Note = "priority groups neither gain nor lose"
		return r
	}
	switch weight := 1 - npv/net; {
	case weight < 0:
		r.Note = "no positive weight does"
	case npv < 0:
		r.Value, r.Note = weight, "from this weight on, benefits exceed costs"
		if net < 0 {
			r.Note = "below this weight, benefits exceed costs"
		}
	default:
		r.Value, r.Note = weight, "below this weight, costs exceed benefits"
		if net < 0 {
			r.Note = "above this weight, costs exceed benefits"
		}
	}
	return r
}

func shareOf(name, label string, part, whole float64) Measure {
	r := Measure{Name: name, Label: label, Value: math.NaN(), Unit: "share", Note: "no benefits"}
	if whole > 0 {
		r.Value, r.Note = part/whole, ""
	}
	return r
}

// bottom is the share of the benefits shared out that reaches the poorest 40 % of
// the population; a group across the line counts in part. It needs the income and
// population of every group.
func (v view) bottom(groups []groupAccount) []Measure {
	order, total, gain := make([]int, len(groups)), 0.0, 0.0
	for g, account := range groups {
		if g >= len(v.m.Incomes) || v.m.Incomes[g] == None || !(account.Population > 0) {
			return nil
		}
		order[g] = g
		total += account.Population
		gain += account.Gain
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(v.o.Values[v.m.Incomes[a]], v.o.Values[v.m.Incomes[b]])
	})
	left, reached := .4*total, 0.0
	for _, g := range order {
		part := min(1, left/groups[g].Population)
		reached += part * groups[g].Gain
		left -= part * groups[g].Population
	}
	r := shareOf("bottom", "Share of benefits reaching the poorest 40 %", reached, gain)
	return []Measure{r}
}

// groupsTable is who gains and pays by group; what is not shared out, and the
// other side of transfers to groups, stands in a row of its own, so that the rows
// of an option add up to its net present value.
func (m *Model) groupsTable(o Outcome) analysis.Table {
	table := newTable("groups", "option", "group", "priority:boolean", "population_share:number:share", "cost:money", "benefit:money",
		"net:money", "benefit_share:number:share", "per_head:money", "weight:number", "weighted_net:money")
	table.money(m)
	for i, option := range m.Appraisal.Options {
		v := view{m, o, i}
		groups, size, population := v.groups(), v.size(), 0.0
		rest := groupAccount{Cost: o.Options[i].PVCosts, Benefit: o.Options[i].PVBenefits, Gain: o.Options[i].PVBenefits}
		v.flows(func(l int, f *Flow, member float64) {
			if f.transfer() && len(f.Shares) > 0 {
				rest.Cost += member * o.PV[l]
				rest.Benefit += member * o.PV[l]
			}
		})
		for _, account := range groups {
			population += account.Population
		}
		benefits := snap(rest.Benefit, size)
		for g, account := range groups {
			rest.Cost, rest.Benefit = rest.Cost-account.Cost, rest.Benefit-account.Benefit
			table.add(option.ID, m.Appraisal.Groups[g].Name, m.Appraisal.Groups[g].Priority, account.Population/population,
				account.Cost, account.Benefit, account.net(), quotient(account.Benefit, benefits),
				quotient(account.net(), account.Population), account.Weight, account.net()*account.Weight)
		}
		rest.Cost, rest.Benefit = snap(rest.Cost, size), snap(rest.Benefit, size)
		table.add(option.ID, "not shared out", false, nil, rest.Cost, rest.Benefit, rest.net(),
			quotient(rest.Benefit, benefits), nil, 1.0, rest.net())
	}
	return table.Table
}

// quotient is a/b, NaN where b is not positive.
func quotient(a, b float64) float64 {
	if !(b > 0) {
		return math.NaN()
	}
	return a / b
}
