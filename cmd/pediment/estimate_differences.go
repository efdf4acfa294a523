package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// differences asks for what --difference compares: means, totals and proportions
// of the groups of one column, each with the covariance of the two groups.
func (q *inquiry) differences(ctx context.Context, o *estimateOptions) error {
	if o.difference == "" {
		return nil
	}
	by, err := q.columns.sql(ctx, analysis.Text{Value: o.by[0], At: analysis.Position{File: "--by"}})
	if err != nil {
		return err
	}
	levels, err := q.columns.levels(ctx, []string{by})
	if err != nil {
		return err
	}
	contrasts, err := o.contrasts(by, levels[by])
	if err != nil {
		return err
	}
	for _, text := range o.mean {
		q.contrast(o, contrasts, "mean", text, condition{sql: text})
	}
	for _, text := range o.total {
		q.contrast(o, contrasts, "total", text, condition{sql: text})
	}
	for _, text := range o.proportion {
		conditions, err := q.conditions(ctx, text)
		if err != nil {
			continue // proportions said so
		}
		for _, c := range conditions {
			c.sql = "CAST(" + c.sql + " AS INTEGER)"
			q.contrast(o, contrasts, "mean", text, c)
		}
	}
	return nil
}

// contrast is two groups that are compared.
type contrast struct {
	label        string
	by           string
	coefficients map[string]float64
}

// contrasts compares each group with the first, with all others together, or
// with the one that is named.
func (o *estimateOptions) contrasts(by string, levels []string) ([]contrast, error) {
	against := o.difference
	named := slices.Contains(levels, against)
	if len(levels) < 2 {
		return nil, analysis.Problem{Position: analysis.Position{File: "--by"}, Message: fmt.Sprintf("%s has %d groups, and a difference needs two", o.by[0], len(levels))}
	}
	if against == "first" && !named {
		against, named = levels[0], true
	}
	if !named && against != "rest" {
		return nil, analysis.Problem{
			Position: analysis.Position{File: "--difference"}, Message: fmt.Sprintf("%s has no group %q", o.by[0], against),
			Hint: cmp.Or(analysis.Suggest(against, append(levels, "first", "rest")), "write first, rest or one of its groups"),
		}
	}
	var contrasts []contrast
	for _, level := range levels {
		switch {
		case !named:
			contrasts = append(contrasts, contrast{
				label: level + " − rest", by: "CAST(" + by + " = " + analysis.Literal(level) + " AS VARCHAR)",
				coefficients: map[string]float64{"true": 1, "false": -1},
			})
		case level != against:
			contrasts = append(contrasts, contrast{label: level + " − " + against, by: by, coefficients: map[string]float64{level: 1, against: -1}})
		}
	}
	return contrasts, nil
}

// contrast asks for the differences of one variable.
func (q *inquiry) contrast(o *estimateOptions, contrasts []contrast, stat, text string, c condition) {
	for _, two := range contrasts {
		ask := q.ask(o, "difference", text, survey.Ask{
			Op: "domain_contrast", Stat: stat, Vars: []string{c.sql}, By: []string{two.by}, Coefficients: two.coefficients,
		})
		q.named[ask.ID] = named{
			id: "difference " + text, name: text + c.level, variable: c.variable, level: c.level,
			by: analysis.Group{{Column: o.by[0], Value: two.label}},
		}
	}
}
