package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// printEstimates prints the answers for people: what the sample is, a table for
// each kind of estimate, and in plain words what its columns mean.
func (a *app) printEstimates(ctx context.Context, q *inquiry, o *estimateOptions, answers []survey.Answer, warnings []analysis.Warning) error {
	if slices.ContainsFunc(answers, func(e survey.Answer) bool { return e.Error == "" }) {
		words, err := q.describe(ctx, o)
		if err != nil {
			return err
		}
		fmt.Fprintln(a.out, words)
	}
	for _, t := range sections(answers, o.request != "") {
		fmt.Fprintln(a.out)
		if err := a.print(analysis.Result{Title: t.Name, Tables: []analysis.Table{t}}); err != nil {
			return err
		}
	}
	notes := q.footnotes(answers)
	for _, w := range warnings {
		notes = append(notes, "! "+strings.TrimPrefix(w.About+": ", ": ")+w.Text)
	}
	if len(notes) > 0 {
		fmt.Fprintln(a.out)
		for _, note := range notes {
			fmt.Fprintln(a.out, wrapped(note))
		}
	}
	return nil
}

// describe says in words what the sample is.
func (q *inquiry) describe(ctx context.Context, o *estimateOptions) (string, error) {
	d := q.Design
	size, err := q.size(ctx)
	if err != nil {
		return "", err
	}
	parts := []string{plural(size.rows, "row")}
	if q.RowFilter != nil {
		parts[0] += " where " + q.columns.plain(q.RowFilter.SQL)
	}
	if d.NonProbability {
		parts = append(parts, "not drawn at random")
	}
	if strata := q.strata(); len(strata) > 0 {
		parts = append(parts, plural(size.strata, "stratum")+" of "+q.list(strata))
	}
	switch {
	case d.Type == "replicate" && len(d.IDs) == 0 && len(d.Strata) == 0:
	case size.psus > 0:
		parts = append(parts, plural(size.psus, "PSU")+" of "+q.list(d.IDs[:1]))
	default:
		parts = append(parts, "every row its own PSU")
	}
	if d.SamePSUs {
		parts = append(parts, "rounds of "+q.columns.plain(d.Pool)+" with the same PSUs")
	}
	parts = append(parts, q.weightWords(o)...)
	if len(d.FPC) > 0 {
		parts = append(parts, "finite population correction "+q.list(d.FPC))
	}
	text := q.columns.file + ": " + strings.Join(parts, "; ")
	if o.where != "" {
		text += "\nabout rows where " + o.where
	}
	return text, nil
}

// weightWords say where the weights come from and what was done to them.
func (q *inquiry) weightWords(o *estimateOptions) []string {
	d := q.Design
	var parts []string
	switch {
	case d.Weights != "":
		parts = append(parts, "weights "+q.columns.plain(d.Weights))
	case len(d.FPC) > 0:
		parts = append(parts, "weights from "+q.list(d.FPC))
	default:
		parts = append(parts, "every row with the same weight")
	}
	if c := d.Calibration; c != nil {
		done := map[string]string{"poststratify": "post-stratified by ", "rake": "raked to "}[c.Method]
		on := q.list(c.Vars)
		if done == "" {
			done, on = "calibrated on ", strings.TrimLeft(c.Formula, "~ ")
		}
		parts[0] += ", " + done + on
	}
	if d.Type == "replicate" {
		count := "replicate weights"
		if n := max(len(d.Columns), d.Count); n > 0 {
			count = plural(int64(n), "replicate weight")
		}
		parts = append(parts, count+" ("+d.Kind+")")
	}
	return parts
}

func (q *inquiry) list(columns []string) string {
	names := make([]string, len(columns))
	for k, column := range columns {
		names[k] = q.columns.plain(column)
	}
	return strings.Join(names, ", ")
}

// plural writes a number of things with commas between thousands.
func plural(n int64, thing string) string {
	if n != 1 {
		thing = strings.TrimSuffix(thing+"s", "ums") + map[bool]string{true: "a"}[strings.HasSuffix(thing, "um")]
	}
	return thousands(fmt.Sprint(n)) + " " + thing
}
