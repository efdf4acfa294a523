package costbenefit

import (
	"fmt"
	"slices"

	"pediment/analysis"
)

// field is a number of the appraisal: its key, what people call it, what it
// counts and what it must satisfy.
type field struct {
	key   string
	text  analysis.Text
	label string
	unit  string // "money" stands for the currency
	rule  rule
}

// money is the unit of an amount in the appraisal's currency.
const money = "money"

// numbers lists what in a line may be a number or an assumption, filters in the
// order in which they are applied.
func (l *Line) numbers() []field {
	return slices.Concat(l.sizes(), l.filters(), []field{
		{"duration", l.Duration, "duration", "years", positive},
		{"drop_off", l.DropOff, "drop-off", "share a year", belowOne},
		{"growth", l.Growth, "real growth", "share a year", aboveMinus1},
		{"conversion", l.Conversion, "conversion factor", "×", ""},
		{"vat", l.Tax, "VAT", "share", notNegative},
		{"optimism", l.Correction, "optimism correction", "share", l.correctionRule()},
		{"cashable", l.Cashable, "cashable share", "share", share},
	})
}

// sizes lists what makes the line's amount before any filter.
func (l *Line) sizes() []field {
	fields := []field{{"level", l.Level, "level", "×", ""}}
	for i, text := range l.Quantity {
		f := field{key: "quantity", text: text, label: "quantity"}
		if len(l.Quantity) > 1 {
			f.key = fmt.Sprintf("quantity_%d", i+1)
		}
		fields = append(fields, f)
	}
	return append(fields, field{"unit_value", l.UnitValue, "unit value", money, ""})
}

// filters lists what takes an amount from gross to net.
func (l *Line) filters() []field {
	fields := []field{
		{"take_up", l.TakeUp, "take-up", "share", share},
		{"completion", l.Completion, "completion", "share", share},
		{"success", l.Success, "success", "share", share},
		{"deadweight", l.Deadweight, "deadweight", "share", share},
		{"displacement", l.Displacement, "displacement", "share", share},
		{"leakage", l.Leakage, "leakage", "share", share},
		{"substitution", l.Substitution, "substitution", "share", share},
		{"multiplier", l.Multiplier, "multiplier", "×", notNegative},
	}
	if l.Attribution != nil {
		fields = append(fields, field{"attribution", l.Attribution.Share, l.Attribution.label(), "share", share})
	}
	return fields
}

func (a *Attribution) label() string {
	if a.Due == "project" {
		return "share due to the project"
	}
	return "share due to others"
}

// correctionRule: a cost may come to more than twice what was thought, a benefit
// cannot lose more than all of itself.
func (l *Line) correctionRule() rule {
	if l.Side == "benefit" {
		return share
	}
	return notNegative
}

// numbers lists the numbers of a residual value.
func (r *Residual) numbers() []field {
	return []field{
		{"residual_value", r.Value, "residual value", money, ""},
		{"residual_yearly", r.Yearly, "yearly net flow after the horizon", money, ""},
		{"residual_years", r.Years, "years it still earns", "years", positive},
	}
}

// numbers lists the numbers of the appraisal as a whole, by the id their input
// has.
func (a *Appraisal) numbers() []field {
	fields := []field{
		{"discount_rate", a.Discount.Rate, "discount rate", "share a year", rateRule},
		{"inflation", a.Inflation, "expected inflation", "share a year", aboveMinus1},
		{"deadweight_cost_of_taxation", a.TaxDeadweight, "deadweight cost of taxation", "of net public spending", notNegative},
		{"eta", a.Equity.Eta, "eta, by which a gain weighs less the higher the income", "", notNegative},
		{"reference_income", a.Equity.ReferenceIncome, "reference income", money, positive},
		{"finance_rate", a.FinanceRate, "finance rate of MIRR", "share a year", rateRule},
		{"reinvestment_rate", a.ReinvestRate, "reinvestment rate of MIRR", "share a year", rateRule},
		{"budget_cap", a.BudgetCap, "budget cap", money, notNegative},
	}
	if g := a.FundingGap; g != nil {
		fields = append(fields,
			field{"funding_gap.rate", g.Rate, "financial discount rate of the funding gap", "share a year", rateRule},
			field{"funding_gap.eligible_cost", g.EligibleCost, "eligible cost", money, notNegative},
			field{"funding_gap.maximum_rate", g.MaximumCofund, "maximum rate of co-funding", "share", share})
	}
	return fields
}

func (g *Group) numbers() []field {
	return []field{
		{"income", g.Income, "income of " + g.Name, money, positive},
		{"population", g.Population, "population of " + g.Name, "persons", positive},
	}
}

func (o *Option) numbers() []field {
	return []field{
		{"learners", o.Learners, "learners of " + o.Name, "persons", positive},
		{"priority_learners", o.PriorityLearners, "priority learners of " + o.Name, "persons", positive},
		{"effect", o.Effect, "effect of " + o.Name, o.EffectUnit, ""},
	}
}
