package costbenefit

import (
	"fmt"

	"pediment/analysis"
)

// match is what a fund demands that others bring, undiscounted.
type match struct {
	Fund     int
	Share    float64 // of the total cost
	Cost     float64 // market amounts, in cash and in kind
	Required float64
	Brought  float64 // total cost less what the fund's source gives
	Sought   float64 // part of it that is funding only sought
}

func (x match) met() bool { return x.Brought >= x.Required-residue*x.Cost }

// matches returns what the funds of the option demand of others. Sources of one
// name count together: what a funder gives twice is not brought by others.
func (v view) matches() []match {
	cost := 0.0
	v.flows(func(l int, f *Flow, member float64) {
		if f.isCost() {
			cost += member * total(v.o.Market[l])
		}
	})
	var list []match
	for i, fund := range v.m.Funds {
		if i >= len(v.m.Matches) || v.m.Matches[i] == None || !v.funded(fund) {
			continue
		}
		x := match{Fund: i, Share: v.value(v.m.Matches[i], 0), Cost: cost, Brought: cost}
		x.Required = x.Share * cost
		for k, other := range v.m.Funds {
			switch given := total(v.m.FundFlows[k]); {
			case !v.funded(other):
			case other.Source == fund.Source:
				x.Brought -= given
			case other.Status == "sought":
				x.Sought += given
			}
		}
		list = append(list, x)
	}
	return list
}

// matchTable is what funders demand that others bring, and whether they do.
func (m *Model) matchTable(o Outcome) analysis.Table {
	t := newTable("match_requirements", "option", "source", "name", "share:number:share", "total_cost:amount", "required:amount",
		"brought:amount", "sought:amount", "met:boolean")
	t.money(m)
	for i, option := range m.Appraisal.Options {
		for _, x := range (view{m, o, i}).matches() {
			fund := m.Funds[x.Fund]
			t.add(option.ID, m.stakeholderName(fund.Source), fund.Name, x.Share, x.Cost, x.Required, x.Brought, x.Sought, x.met())
		}
	}
	return t.Table
}

// matchSentence says whether others bring what funders demand.
func (v view) matchSentence() string {
	text, currency := "", v.m.Appraisal.Currency
	for _, x := range v.matches() {
		fund := v.m.Funds[x.Fund]
		if text != "" {
			text += " "
		}
		text += fmt.Sprintf("%s asks that others bring %s of the cost, %s %s; they bring %s",
			fund.Name, percent(x.Share), amount(x.Required), currency, amount(max(0, x.Brought)))
		if x.met() {
			text += ": met"
		} else {
			text += ": not met"
		}
		if x.Sought > 0 {
			text += fmt.Sprintf(", with %s of it only sought", amount(x.Sought))
		}
		text += "."
	}
	return text
}
