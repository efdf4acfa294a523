package quality

import (
	"context"
	"fmt"
	"strings"

	"pediment/analysis"
)

// unknown is the state of a rule whose expressions fail for some rows.
const unknown = "cannot be checked"

// Unknown says why a rule is not known to hold, and what helps; never with what
// stands in a cell.
func (f Finding) Unknown() analysis.Problem {
	message := fmt.Sprintf("%s: “%s” cannot be worked out for some rows, so nothing was held against it", f.Dataset, f.Rule)
	if f.Blocks {
		message += "; it blocks: indicators that use the dataset are refused"
	}
	return analysis.Problem{Position: f.At, Message: message, Hint: "write TRY_CAST for CAST, or limit the rule with where:"}
}

// count counts by every rule. Rules that cannot be worked out for some rows are
// set aside, and the others counted without them.
func (a *assessed) count(ctx context.Context, q analysis.Querier) error {
	err := a.tallyRules(ctx, q)
	if !ofRows(err) {
		return err
	}
	for k := range a.rules {
		alone := &assessed{Dataset: a.Dataset, rules: a.rules[k : k+1]}
		one := alone.tallyRules(ctx, q)
		switch {
		case ofRows(one):
			a.rules[k].unknown, a.rules[k].pass = true, ""
		case one != nil:
			return one
		}
	}
	a.parts, a.total = nil, tally{}
	return a.tallyRules(ctx, q)
}

// tallyRules counts the rows, and what the rules find in them.
func (a *assessed) tallyRules(ctx context.Context, q analysis.Querier) error {
	for _, step := range []func(context.Context, analysis.Querier) error{a.facts, a.repeats, a.addUp} {
		if err := step(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

// ofRows reports whether the error is of an expression that some row's values do
// not suit, such as a cast of words to a number.
func ofRows(err error) bool {
	if err == nil {
		return false
	}
	for _, kind := range []string{"Conversion Error", "Out of Range Error", "Invalid Input Error"} {
		if strings.Contains(err.Error(), kind) {
			return true
		}
	}
	return false
}
