package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// named is what an estimate that flags asked for is called in its answers, where
// the engine's own name for it says too little.
type named struct {
	id, name, variable, level string
	by                        analysis.Group
}

// inquiry is what the flags say about the design; estimates follow once the
// file's columns are known.
func (o *estimateOptions) inquiry() *inquiry {
	q := &inquiry{named: map[string]named{}, places: map[string]analysis.Position{}}
	q.Standard = o.standard
	q.Design = survey.Design{
		IDs: o.psu, Strata: o.strata, Weights: o.weight, FPC: o.fpc, Nest: o.nest, PPS: o.pps,
		LonelyPSU: o.lonely, NonProbability: o.nonProbability, Pool: o.pool, SamePSUs: o.samePSUs,
	}
	if o.rows != "" {
		q.RowFilter = &survey.Filter{SQL: o.rows}
		q.places["row_filter.sql"] = analysis.Position{File: "--rows"}
	}
	for path, flag := range map[string]string{"ids": "psu", "strata": "strata", "weights": "weight", "fpc": "fpc", "repweights": "replicates", "pool": "pool"} {
		q.places["design."+path] = analysis.Position{File: "--" + flag}
	}
	return q
}

// asks turns the flags' questions into estimates of the request. A question that
// cannot be asked becomes an answer that says why.
func (q *inquiry) asks(ctx context.Context, o *estimateOptions) error {
	q.totals(o)
	if err := q.proportions(ctx, o); err != nil {
		return err
	}
	of := o.of
	if len(of) == 0 {
		of = o.mean
	}
	for _, text := range of {
		if len(o.quantile) > 0 {
			q.ask(o, "quantile", text, survey.Ask{Op: "quantile", Vars: []string{text}, Probs: o.quantile, QRule: o.quantileRule})
		}
	}
	for _, text := range o.variance {
		q.ask(o, "variance", text, survey.Ask{Op: "variance", Vars: []string{text}})
	}
	q.tests(o)
	if err := q.differences(ctx, o); err != nil {
		return err
	}
	if o.diagnose {
		q.ask(o, "weights", "", survey.Ask{Op: "weights"})
	}
	return nil
}

// totals asks for means, totals and ratios.
func (q *inquiry) totals(o *estimateOptions) {
	by := ""
	if len(o.by) > 0 {
		by = "by_"
	}
	for _, text := range o.mean {
		q.ask(o, "mean", text, survey.Ask{Op: by + "mean", Vars: []string{text}})
	}
	for _, text := range o.total {
		q.ask(o, "total", text, survey.Ask{Op: by + "total", Vars: []string{text}})
	}
	for _, text := range o.ratio {
		sides := splitOutside(text, '/')
		ask := survey.Ask{Op: "ratio", Num: sides[0], Den: sides[1]}
		if by != "" {
			ask = survey.Ask{Op: "by_ratio", Vars: sides[:1], Den: sides[1]}
		}
		q.ask(o, "ratio", text, ask)
	}
}

func (q *inquiry) tests(o *estimateOptions) {
	for _, text := range o.chisq {
		sides := splitOutside(text, ',')
		q.ask(o, "chisq", text, survey.Ask{Op: "chisq", Row: sides[0], Col: sides[1], StatisticType: o.chisqStatistic})
	}
	for _, text := range o.ttest {
		op := "ttest2"
		if _, terms, _ := strings.Cut(text, "~"); slices.Contains([]string{"", "0", "1"}, strings.TrimSpace(terms)) {
			op = "ttest1"
		}
		q.ask(o, "ttest", text, survey.Ask{Op: op, Formula: text})
	}
	for _, text := range o.glm {
		q.ask(o, "glm", text, survey.Ask{Op: "glm", Formula: text, Family: o.family})
	}
}

// ask adds an estimate with what all flags have in common.
func (q *inquiry) ask(o *estimateOptions, what, text string, ask survey.Ask) *survey.Ask {
	ask.ID = strings.TrimSpace(what + " " + text)
	for k := 2; slices.Contains(q.order, ask.ID); k++ {
		ask.ID = fmt.Sprintf("%s %s (%d)", what, text, k)
	}
	ask.NaRm, ask.Level = o.naRm, o.level
	if o.where != "" && ask.Op != "weights" && ask.Domain == nil {
		ask.Domain = &survey.Filter{SQL: o.where}
	}
	if len(ask.By) == 0 && what != "glm" && what != "chisq" && what != "ttest" && what != "weights" {
		ask.By = slices.Clone(o.by)
	}
	q.Estimates = append(q.Estimates, ask)
	q.order = append(q.order, ask.ID)
	return &q.Estimates[len(q.Estimates)-1]
}

// condition is one condition whose share is asked for.
type condition struct {
	sql             string
	variable, level string // of one answer of a column
}

// proportions asks for the shares of every column or condition under
// --proportion, or says why there are none.
func (q *inquiry) proportions(ctx context.Context, o *estimateOptions) error {
	for _, text := range o.proportion {
		conditions, err := q.conditions(ctx, text)
		if err != nil {
			if err := q.refuse("proportion "+text, "ciprop", err); err != nil {
				return err
			}
			continue
		}
		for _, c := range conditions {
			ask := q.ask(o, "proportion", text, survey.Ask{Op: "ciprop", Indicator: c.sql, Method: o.interval})
			q.named[ask.ID] = named{id: "proportion " + text, name: text + c.level, variable: c.variable, level: c.level}
		}
	}
	return nil
}

// conditions are what the shares of a column are shares of: its one condition, 1
// of 0 and 1, or each of its levels.
func (q *inquiry) conditions(ctx context.Context, text string) ([]condition, error) {
	sql, err := q.columns.sql(ctx, analysis.Text{Value: text})
	if err != nil {
		return nil, err
	}
	kind, err := q.columns.typeOf(ctx, sql)
	if err != nil {
		return nil, err
	}
	if kind == "boolean" {
		return []condition{{sql: sql}}, nil
	}
	asText := sql
	if kind != "text" {
		asText = "CAST(" + sql + " AS VARCHAR)"
	}
	levels, err := q.columns.levels(ctx, []string{asText})
	if err != nil {
		return nil, err
	}
	found := levels[asText]
	if kind != "text" && !slices.ContainsFunc(found, func(l string) bool { return !slices.Contains([]string{"0", "1", "0.0", "1.0"}, l) }) {
		return []condition{{sql: sql + " = 1"}}, nil
	}
	var conditions []condition
	for _, level := range found {
		conditions = append(conditions, condition{sql: asText + " = " + analysis.Literal(level), variable: text, level: level})
	}
	if len(conditions) == 0 {
		return nil, analysis.Problem{Message: text + " is empty in every row"}
	}
	return conditions, nil
}

// refuse notes an estimate that cannot be made; an error that is no mistake of
// the user's comes back.
func (q *inquiry) refuse(id, op string, err error) error {
	var problem analysis.Problem
	var problems analysis.Problems
	switch {
	case errors.As(err, &problem):
	case errors.As(err, &problems):
		problem = analysis.Problem{Message: problems.Error()}
	default:
		return err
	}
	problem.Position = analysis.Position{}
	answer := survey.Answer{ID: id, Op: op, Estimate: analysis.Unknown(), P: nan, Statistic: nan, PValue: nan, Error: problem.String()}
	q.refused = append(q.refused, answer)
	if !slices.Contains(q.order, id) {
		q.order = append(q.order, id)
	}
	return nil
}
