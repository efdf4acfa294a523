package costsharing

import (
	"fmt"
	"math"

	"pediment/analysis"
)

// charts draws the rules side by side and, under the chosen one, contribution
// beside benefit.
func (s share) charts() []analysis.Chart {
	charts := []analysis.Chart{s.rulesChart()}
	if s.chosen == nil {
		return charts
	}
	for i := range s.Members {
		if math.IsNaN(s.Members[i].Benefit) {
			return charts
		}
	}
	return append(charts, s.benefitChart())
}

// rulesChart stacks what the partners pay under each rule.
func (s share) rulesChart() analysis.Chart {
	chart := analysis.Chart{
		Name: s.ID + "_rules", Kind: analysis.Stack, Unit: s.PriceBase(), Source: s.Source,
		Title: fmt.Sprintf("%s: %s", s.Case.Name, s.rangeTitle()), Text: s.rangeText(),
	}
	for _, o := range s.outcomes {
		if o.Reason == "" {
			chart.Labels = append(chart.Labels, o.Label)
		}
	}
	for i := range s.Members {
		var values []float64
		for _, o := range s.outcomes {
			if o.Reason == "" {
				values = append(values, float64(o.Contributions[i])/100)
			}
		}
		chart.Series = append(chart.Series, plain(s.Members[i].Name, values))
	}
	return chart
}

// benefitChart sets contributions beside benefits.
func (s share) benefitChart() analysis.Chart {
	chart := analysis.Chart{
		Name: s.ID + "_benefit", Kind: analysis.Bar, Unit: s.PriceBase(), Source: s.Source,
		Title: fmt.Sprintf("%s: %s", s.Case.Name, s.gainTitle()), Text: s.gainText(),
	}
	var paid, got []float64
	for i, m := range s.Members {
		chart.Labels = append(chart.Labels, m.Name)
		paid, got = append(paid, float64(s.chosen.Contributions[i])/100), append(got, m.Benefit/100)
	}
	chart.Series = []analysis.Series{plain("contribution", paid), plain("benefit", got)}
	return chart
}

// plain is a series without intervals.
func plain(name string, values []float64) analysis.Series {
	none := make([]float64, len(values))
	for i := range none {
		none[i] = math.NaN()
	}
	return analysis.Series{Name: name, Value: values, Low: none, High: none}
}

// widest is the member whose contribution depends most on the rule, with the
// rules under which it pays least and most.
func (s share) widest() (member int, low, high Outcome) {
	widest := int64(-1)
	for i := range s.Members {
		var least, most Outcome
		for _, o := range s.outcomes {
			if o.Reason != "" {
				continue
			}
			if least.Contributions == nil || o.Contributions[i] < least.Contributions[i] {
				least = o
			}
			if most.Contributions == nil || o.Contributions[i] > most.Contributions[i] {
				most = o
			}
		}
		if most.Contributions == nil {
			continue
		}
		if gap := most.Contributions[i] - least.Contributions[i]; gap > widest {
			widest, member, low, high = gap, i, least, most
		}
	}
	return member, low, high
}

func (s share) rangeTitle() string {
	i, low, high := s.widest()
	switch {
	case low.Contributions == nil:
		return "no rule can be computed"
	case low.Contributions[i] == high.Contributions[i]:
		return "every rule asks the same of everybody"
	}
	return fmt.Sprintf("the rule decides most for %s", s.Members[i].Name)
}

// rangeText says between what the widest contribution moves.
func (s share) rangeText() string {
	i, low, high := s.widest()
	if low.Contributions == nil || low.Contributions[i] == high.Contributions[i] {
		return sentence(s.rangeTitle())
	}
	return fmt.Sprintf("%s would pay between %s (%s) and %s (%s).", s.Members[i].Name,
		s.money(float64(low.Contributions[i])), low.Label, s.money(float64(high.Contributions[i])), high.Label)
}

// gainTitle says who gets less than it pays.
func (s share) gainTitle() string {
	var losers []string
	for i, m := range s.Members {
		if m.Benefit < float64(s.chosen.Contributions[i]) {
			losers = append(losers, m.Name)
		}
	}
	switch len(losers) {
	case 0:
		return "everybody gets more than it pays, or as much"
	case 1:
		return losers[0] + " pays more than it gets"
	}
	return listed(losers) + " pay more than they get"
}

func (s share) gainText() string {
	var paid, got float64
	for i, m := range s.Members {
		paid, got = paid+float64(s.chosen.Contributions[i]), got+m.Benefit
	}
	return fmt.Sprintf("%s, %s: together the partners pay %s and get benefits of %s; %s.",
		s.Case.Name, s.chosen.Label, s.money(paid), s.money(got), s.gainTitle())
}
