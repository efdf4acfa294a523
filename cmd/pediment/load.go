package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/ingest"
)

func (a *app) load() *cobra.Command {
	cmd := &cobra.Command{
		Use: "load", Short: "Read changed files into the warehouse",
		Long: `Reads every declared file that changed since the last load into
.pediment/warehouse.duckdb. Rows that do not fit their declaration are kept as
rejects with file, line or cell, column, value and rule.`,
		Example: "  pediment load\n  pediment load --fail-on rejects\n  pediment load --format csv > loads.csv",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := readProject(a.dir)
			if err != nil {
				return err
			}
			loads, err := a.loadFiles(cmd.Context(), p)
			if err != nil {
				return err
			}
			result := loads.Result()
			if a.format == "text" {
				result = brief(result)
			}
			if err := a.print(result); err != nil {
				return err
			}
			if _, err := a.judge(cmd.Context(), p, true); err != nil {
				return err
			}
			return a.failOnRejects(loads)
		},
	}
	a.formatFlag(cmd)
	return cmd
}

// firstRejects is how many rejects a person is shown one by one.
const firstRejects = 10

// brief keeps the first rejects for a person to read and counts all by rule.
func brief(result analysis.Result) analysis.Result {
	out := analysis.Result{Title: result.Title, Warnings: result.Warnings}
	for _, t := range result.Tables {
		if t.Name != "rejects" {
			out.Tables = append(out.Tables, t)
			continue
		}
		if len(t.Rows) == 0 {
			continue
		}
		counts := countByRule(t)
		if len(t.Rows) > firstRejects {
			out.Warn("rejects", fmt.Sprintf("the first %d of %d; all of them: pediment load --format csv", firstRejects, len(t.Rows)))
			t.Rows = t.Rows[:firstRejects]
		}
		out.Tables = append(out.Tables, t, counts)
	}
	return out
}

// countByRule counts the rejects of each dataset, column and rule.
func countByRule(rejects analysis.Table) analysis.Table {
	counts := analysis.Table{Name: "rejects by rule", Columns: analysis.Columns("dataset", "column", "rule", "count:integer")}
	at := func(name string) int {
		return slices.IndexFunc(rejects.Columns, func(c analysis.Column) bool { return c.Name == name })
	}
	index := map[[3]any]int{}
	for _, row := range rejects.Rows {
		id := [3]any{row[at("dataset")], row[at("column")], row[at("rule")]}
		k, known := index[id]
		if !known {
			k = len(counts.Rows)
			index[id] = k
			counts.Rows = append(counts.Rows, []any{id[0], id[1], id[2], int64(0)})
		}
		counts.Rows[k][3] = counts.Rows[k][3].(int64) + 1
	}
	return counts
}

// loadFiles brings the warehouse up to date, with a progress bar on a terminal.
func (a *app) loadFiles(ctx context.Context, p *project) (ingest.Loads, error) {
	if _, err := a.rejectLimit(); err != nil {
		return ingest.Loads{}, err
	}
	if len(p.datasets) == 0 {
		return ingest.Loads{}, analysis.Problem{
			Position: analysis.Position{File: projectFile}, Message: "no datasets are declared",
			Hint: "add one under datasets:, or let pediment init DIR --from FILE propose it",
		}
	}
	o := ingest.Options{Dir: p.dir, Datasets: p.datasets, Calendar: p.calendar, Adapters: adapters}
	if a.terminal() && !a.quiet {
		bar := newBar(a.err)
		o.Progress = bar.show
		defer bar.stop()
	}
	return ingest.Load(ctx, o)
}

// failOnRejects ends the command when more rows were rejected than --fail-on allows.
func (a *app) failOnRejects(loads ingest.Loads) error {
	limit, err := a.rejectLimit()
	if err != nil {
		return err
	}
	var rows, rejected int64
	for _, f := range loads.Files {
		rows, rejected = rows+f.Rows, rejected+f.Rejected
	}
	if rejected > 0 && float64(rejected) > limit*float64(rows+rejected) {
		fmt.Fprintf(a.err, "%d of %d rows were rejected; --fail-on %s ends here. They are listed by: pediment load\n", rejected, rows+rejected, a.failOn)
		return errProblems
	}
	return nil
}

// rejectLimit is the share of rejected rows --fail-on lets pass.
func (a *app) rejectLimit() (float64, error) {
	switch a.failOn {
	case "never":
		return 1, nil
	case "rejects":
		return 0, nil
	}
	share, err := strconv.ParseFloat(strings.TrimSuffix(a.failOn, "%"), 64)
	if err != nil || !strings.HasSuffix(a.failOn, "%") || share < 0 || share > 100 {
		return 0, usageError{fmt.Errorf("--fail-on %q is not known; write never, rejects, or a share such as 1%%", a.failOn)}
	}
	return share / 100, nil
}
