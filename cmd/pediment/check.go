package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/ingest"
)

func (a *app) check() *cobra.Command {
	cmd := &cobra.Command{
		Use: "check", Short: "Every mistake at once; what can be computed and what is missing",
		Long: `Checks pediment.yaml, places.csv, places.geojson, the declared files, every indicator's
expressions, plan.yaml, partners.yaml, the texts in notes and the appraisals, and lists
all mistakes with file, line or cell and a suggestion. When there are none, it shows which assumptions of appraisals have
expired or have no source, which indicators can be computed for which years, which
lack what, and what file or column would fill the gap. With
appraisals: {fail_on: [expired, unsourced]} in pediment.yaml such assumptions are
mistakes too.`,
		Example: "  pediment check\n  pediment check --format json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, problems, err := a.findProblems(cmd.Context())
			if err != nil {
				return err
			}
			return a.printCheck(w, problems)
		},
	}
	a.formatFlag(cmd)
	return cmd
}

// findProblems gathers the mistakes of declarations, files and definitions, each
// as far as the others let it; the work is nil when the data could not be loaded.
func (a *app) findProblems(ctx context.Context) (w *work, problems analysis.Problems, err error) {
	p, err := readProject(a.dir)
	if problems, err = asProblems(err); err != nil || p == nil {
		return nil, problems, err
	}
	data := ingest.Check(ctx, p.dir, p.datasets, p.calendar, adapters)
	problems = append(append(problems, p.checkNotes()...), data...)
	damaged, err := p.checkBook()
	if problems = append(problems, damaged...); err != nil {
		return nil, problems, err
	}
	if len(data) > 0 || len(p.datasets) == 0 && len(problems) > 0 {
		_, more := a.checkAppraisals(ctx, p, false)
		problems = append(problems, a.checkPartners(ctx, p, false)...)
		return nil, append(problems, more...).Sorted(), nil
	}
	w, err = a.run(ctx, p, analysis.Query{Totals: true})
	more, err := asProblems(err)
	problems = append(problems, more...)
	if w != nil && len(more) == 0 && err == nil {
		more, err = w.checkMeasures(ctx)
		problems = append(problems, more...)
	}
	if w != nil && err == nil {
		more, err = w.checkRules(ctx)
		problems = append(problems, more...)
	}
	if w != nil {
		w.models, more = a.checkAppraisals(ctx, p, true)
		problems = append(problems, more...)
		problems = append(problems, w.checkNeed(ctx)...)
		problems = append(problems, w.checkHearing(ctx)...)
		problems = append(problems, w.blockers...)
	}
	problems = append(problems, a.checkPartners(ctx, p, w != nil)...)
	return w, problems.Sorted(), err
}

// asProblems takes an error apart into mistakes of the user's files and others.
func asProblems(err error) (analysis.Problems, error) {
	var problems analysis.Problems
	var problem analysis.Problem
	switch {
	case errors.As(err, &problems):
		return problems, nil
	case errors.As(err, &problem):
		return analysis.Problems{problem}, nil
	}
	return nil, err
}

// printCheck prints problems and coverage; problems end with exit code 1.
func (a *app) printCheck(w *work, problems analysis.Problems) error {
	result := analysis.Result{Title: "Check", Tables: []analysis.Table{problemsTable(problems)}}
	if w != nil {
		coverage := coverageTable(w.evaluated.Coverage, w.project.catalogue.Areas)
		if a.format == "text" {
			shortenPeriods(&coverage)
		}
		result.Tables = append(result.Tables, coverage)
		if doubtful := doubtfulTable(w.models); len(doubtful.Rows) > 0 {
			result.Tables = slices.Insert(result.Tables, 1, doubtful)
		}
		result.Warnings = slices.Concat(w.evaluated.Warnings, w.project.shapeRemarks())
		result.Title = fmt.Sprintf("Check of %s: %s", w.project.settings.City, w.covered())
	}
	if len(problems) > 0 && a.format == "text" {
		return problems
	}
	if err := a.print(result); err != nil {
		return err
	}
	if len(problems) > 0 {
		return errProblems
	}
	return a.failOnRejects(w.loads)
}

// covered counts the indicators that can be computed.
func (w *work) covered() string {
	known := 0
	for _, c := range w.evaluated.Coverage {
		if c.Missing == "" {
			known++
		}
	}
	return fmt.Sprintf("%d of %d indicators can be computed", known, len(w.evaluated.Coverage))
}

// shortenPeriods writes long lists of periods as first, last and number, for a
// person's eyes.
func shortenPeriods(coverage *analysis.Table) {
	for _, row := range coverage.Rows {
		for k, column := range coverage.Columns {
			labels := strings.Fields(fmt.Sprint(row[k]))
			if (column.Name == "years" || column.Name == "partial") && len(labels) > 3 {
				row[k] = fmt.Sprintf("%s–%s (%d)", labels[0], labels[len(labels)-1], len(labels))
			}
		}
	}
}
