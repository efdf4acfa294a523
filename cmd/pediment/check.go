package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/ingest"
)

func (a *app) check() *cobra.Command {
	cmd := &cobra.Command{
		Use: "check", Short: "Every mistake at once; what can be computed and what is missing",
		Long: `Checks pediment.yaml, places.csv, the declared files and every indicator's
expressions, and lists all mistakes with file, line or cell and a suggestion.
When there are none, it shows which indicators can be computed for which years,
which lack what, and what file or column would fill the gap.`,
		Example: "  pediment check\n  pediment check --format json",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := readProject(a.dir)
			if err == nil {
				err = ingest.Check(cmd.Context(), p.dir, p.datasets, p.calendar, adapters).Err()
			}
			var w *work
			if err == nil {
				w, err = a.values(cmd.Context(), analysis.Query{Totals: true})
			}
			var problems analysis.Problems
			var problem analysis.Problem
			if errors.As(err, &problem) {
				problems = analysis.Problems{problem}
			} else if !errors.As(err, &problems) && err != nil {
				return err
			}
			return a.printCheck(w, problems)
		},
	}
	a.formatFlag(cmd)
	return cmd
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
		result.Warnings = w.evaluated.Warnings
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
