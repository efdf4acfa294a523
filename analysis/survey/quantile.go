package survey

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// quantileAsk is an Ask for quantiles on its way to an answer.
type quantileAsk struct {
	Ask
	rule     quantileRule
	subjects []int              // of the sorter, by variable
	values   map[path][]float64 // quantiles by group; by variable and then probability
	groups   []*group
	answers  []Answer // by group, variable and probability
	refused  error
}

// quantiles answers asks for quantiles, all from the same readings: one that sorts
// the rows as far as memory allows, those that tell apart the values that
// matter, and one for the error. Quantiles are those of the ask's rule; the
// interval is Woodruff's: P, the weighted share of rows at or below the quantile,
// gets an interval by the ask's method, and the rule's quantiles at its ends are
// the ends. An end beyond 0 or 1 is unknown. SE = (upper − lower)/2t(df), with df
// of the domain's rows that count.
//
// With interval quantile the variance is that of the replicates' quantiles. Where
// an ask without na_rm meets rows without a value, these count as the highest and
// there is no interval, as in R. Woodruff, JASA 47 (1952); R package survey,
// svyquantile.
func (s *sample) quantiles(ctx context.Context, asks []Ask) ([][]Answer, error) {
	q, wanted := &sorter{sample: s}, make([]*quantileAsk, len(asks))
	for k, a := range asks {
		w := &quantileAsk{Ask: a}
		wanted[k] = w
		var problem analysis.Problem
		if w.refused = w.prepare(ctx, q); w.refused != nil && !errors.As(w.refused, &problem) {
			return nil, w.refused
		}
	}
	if err := q.answer(ctx, wanted); err != nil {
		return nil, err
	}
	answers := make([][]Answer, len(asks))
	for k, w := range wanted {
		answers[k] = w.answers
		if w.refused != nil {
			answers[k] = []Answer{refused(w.Ask, w.refused.Error())}
		}
	}
	return answers, nil
}

// answer answers the asks that can be.
func (q *sorter) answer(ctx context.Context, asks []*quantileAsk) error {
	asks = slices.DeleteFunc(slices.Clone(asks), func(a *quantileAsk) bool { return a.refused != nil })
	if len(asks) == 0 {
		return nil
	}
	for _, step := range []func(context.Context, []*quantileAsk) error{q.sortAll, q.findValues, q.tallyShares, q.setErrors} {
		if err := step(ctx, asks); err != nil {
			return err
		}
	}
	return nil
}

func (q *sorter) sortAll(ctx context.Context, _ []*quantileAsk) error { return q.sort(ctx) }

var woodruffMethods = []string{"mean", "xlogit", "asin", "beta"}

// prepare checks an ask and names its subjects.
func (a *quantileAsk) prepare(ctx context.Context, q *sorter) error {
	if a.QRule == "" {
		a.QRule = "math"
	}
	if a.Interval == "" {
		a.Interval = "mean"
	}
	rule, known := quantileRules[a.QRule]
	a.rule = rule
	names := slices.Sorted(maps.Keys(quantileRules))
	switch {
	case !known:
		return analysis.Problem{Message: fmt.Sprintf("qrule: no rule %q", a.QRule), Hint: "rules are " + strings.Join(names, ", ")}
	case a.Interval == "quantile" && q.replicates.count() == 0:
		return analysis.Problem{Message: "interval: quantile needs replicate weights", Hint: "declare replicate weights, or use the interval mean, xlogit, asin or beta"}
	case a.Interval != "quantile" && !slices.Contains(woodruffMethods, a.Interval):
		return analysis.Problem{Message: fmt.Sprintf("interval: no method %q", a.Interval), Hint: "methods are mean, xlogit, asin, beta and, with replicate weights, quantile"}
	case len(a.Vars) == 0 || len(a.Probs) == 0:
		return analysis.Problem{Message: "quantile: vars or probs are missing", Hint: `name variables and probabilities, as in "vars": ["income"], "probs": [0.25, 0.5]`}
	}
	if err := a.checkTypes(ctx, q.sample); err != nil {
		return err
	}
	for _, variable := range a.Vars {
		wanted := &subject{variable: variable, domain: a.domain(), by: a.By, whole: rule.whole(), rows: rule.step == "shahvaish"}
		if a.NaRm {
			wanted.known = slices.Sorted(slices.Values(a.Vars))
		}
		a.subjects = append(a.subjects, q.subject(wanted))
	}
	return nil
}

// checkTypes sees that variables are numbers and everything else can be read.
func (a *quantileAsk) checkTypes(ctx context.Context, s *sample) error {
	expressions := slices.Concat(a.Vars, a.By)
	if a.Domain != nil {
		expressions = append(expressions, a.Domain.SQL)
	}
	types, err := s.rows.Types(ctx, expressions)
	if err != nil {
		return err
	}
	for k, variable := range a.Vars {
		if t := types[k]; t != "number" && t != "integer" && t != "decimal" && t != "boolean" {
			return analysis.Problem{Message: fmt.Sprintf("quantile: %s is a %s, not a number", variable, t), Hint: "quantiles are of numbers"}
		}
	}
	return nil
}

// allOf joins conditions with AND.
func allOf(conditions ...string) string {
	var parts []string
	for _, c := range conditions {
		if c != "" {
			parts = append(parts, "("+c+")")
		}
	}
	return strings.Join(parts, " AND ")
}

// knownAll is the condition that all expressions have a value.
func knownAll(expressions []string) string {
	var parts []string
	for _, e := range expressions {
		parts = append(parts, "("+e+") IS NOT NULL")
	}
	return strings.Join(parts, " AND ")
}

// findValues finds the quantiles themselves, by group.
func (q *sorter) findValues(ctx context.Context, asks []*quantileAsk) error {
	var lookups []lookup
	var set []func(x float64)
	for _, a := range asks {
		a.values = map[path][]float64{}
		for v, subject := range a.subjects {
			for group := range q.groups[subject] {
				if a.values[group] == nil {
					a.values[group] = make([]float64, len(a.Vars)*len(a.Probs))
				}
				for k, p := range a.Probs {
					lookups = append(lookups, lookup{subject: subject, group: group, rule: a.rule, p: p})
					set = append(set, func(x float64) { a.values[group][v*len(a.Probs)+k] = x })
				}
			}
		}
	}
	found, err := q.find(ctx, lookups)
	for k, x := range found {
		set[k](x)
	}
	return err
}

// tallyShares adds up, by group, the weight of rows at or below each quantile.
func (q *sorter) tallyShares(ctx context.Context, asks []*quantileAsk) error {
	tallies := make([]*tally, len(asks))
	for k, a := range asks {
		t := &tally{domain: allOf(a.domain(), knownAll(a.Vars)), by: a.By, terms: []term{one}}
		for at := range len(a.Vars) * len(a.Probs) {
			t.terms = append(t.terms, a.atMost(at))
		}
		tallies[k] = t
	}
	groups, err := q.tally(ctx, tallies...)
	for k, a := range asks {
		if err == nil {
			a.groups = groups[k]
		}
	}
	return err
}

// atMost is the term 1[x ≤ q] with q the quantile of the row's group.
func (a *quantileAsk) atMost(at int) term {
	t := term{numbers: []string{a.Vars[at/len(a.Probs)]}, texts: a.By}
	var byCode []float64 // NaN, which no x is at most, where there is no group
	if len(a.By) == 1 {
		for group, values := range a.values {
			for int(group[0]) >= len(byCode) {
				byCode = append(byCode, math.NaN())
			}
			byCode[group[0]] = values[at]
		}
	}
	quantile := func(texts []int32) float64 {
		codes := nowhere
		copy(codes[:], texts)
		if values := a.values[codes]; values != nil {
			return values[at]
		}
		return math.NaN()
	}
	switch len(a.By) {
	case 0:
		q := quantile(nil)
		quantile = func([]int32) float64 { return q }
	case 1:
		quantile = func(texts []int32) float64 {
			if code := texts[0]; code >= 0 && int(code) < len(byCode) {
				return byCode[code]
			}
			return math.NaN()
		}
	}
	t.value = func(numbers []float64, texts []int32) float64 {
		if numbers[0] <= quantile(texts) {
			return 1
		}
		return 0
	}
	return t
}
