package costsharing

import (
	"math"
	"time"

	"pediment/analysis"
)

// share is a case divided by every rule.
type share struct {
	*Case
	outcomes []Outcome // in the order of Rules
	chosen   *Outcome  // nil when no rule is
	asOf     time.Time // zero: nothing has expired
}

// expired reports whether the member's funding has ended.
func (s share) expired(m *Member) bool {
	day, err := time.Parse(time.DateOnly, m.Expires)
	return err == nil && !s.asOf.IsZero() && day.Before(s.asOf)
}

// Result divides every case by every rule and puts what follows into tables:
// findings, sharing (who pays what), comparison (the same with the rules side by
// side), fairness, rules (what each does, or why it cannot be computed), sources
// (who pays under the chosen rule, those whose money ends first on top) and
// concentration. Funding that ended before asOf is warned of and not secured;
// with a zero day none is.
func Result(title string, cases []Case, asOf time.Time) analysis.Result {
	shares := make([]share, len(cases))
	for k := range cases {
		s := share{Case: &cases[k], asOf: asOf}
		for _, rule := range Rules() {
			s.outcomes = append(s.outcomes, s.Divide(rule))
		}
		for i := range s.outcomes {
			if o := &s.outcomes[i]; o.Name == s.Rule && o.Reason == "" {
				s.chosen = o
			}
		}
		shares[k] = s
	}
	result := analysis.Result{Title: title, Tables: []analysis.Table{
		findingsTable(shares), sharingTable(shares), comparisonTable(shares), fairnessTable(shares), rulesTable(shares), sourcesTable(shares), concentrationTable(shares),
	}}
	for _, s := range shares {
		result.Charts = append(result.Charts, s.charts()...)
		for _, text := range s.warnings() {
			result.Warn(s.Case.Name, text)
		}
	}
	return result
}

// unit is the currency all cases share, "" when they differ.
func unit(shares []share) string {
	common := ""
	for k, s := range shares {
		if k > 0 && s.Currency != common {
			return ""
		}
		common = s.Currency
	}
	return common
}

// amount is a cell of money: cents in units of the currency, empty when unknown.
func amount(cents float64) any {
	if math.IsNaN(cents) || math.IsInf(cents, 0) {
		return nil
	}
	return cents / 100
}

// number is a cell that is empty where the number is unknown.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// ofWhole is the unit of a fraction of the cost or of the benefits.
const ofWhole = "share"

func text(name string) analysis.Column { return analysis.Column{Name: name, Type: "text"} }

func numeric(name, unit string) analysis.Column {
	return analysis.Column{Name: name, Type: "number", Unit: unit}
}
