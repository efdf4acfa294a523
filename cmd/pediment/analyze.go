package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/reports"
)

// namedAnalysis is something pediment analyze can be asked for. It runs what it
// needs of the pipeline itself.
type namedAnalysis struct {
	name, doc string
	run       func(*work, context.Context) (analysis.Result, error)
}

func (a *app) analyze() *cobra.Command {
	var table string
	cmd := &cobra.Command{
		Use: "analyze NAME", Short: "One analysis: " + strings.Join(analysisNames(), ", "),
		Long: "Runs one analysis and prints its tables:\n\n" + listAnalyses() + `
It reads only what it needs. With --format csv one table is printed: the first
with figures, unless --table names another. The public edition says what the report
says; the internal one has its own threshold.`,
		Example: analysisExamples(),
		Args:    oneAnalysis,
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := readProject(a.dir)
			if err != nil {
				return err
			}
			if err := a.chooseEdition(cmd); err != nil {
				return err
			}
			w := &work{app: a, project: p, query: p.reportQuery()}
			k := slices.Index(analysisNames(), args[0])
			result, err := analyses[k].run(w, cmd.Context())
			if err != nil {
				return err
			}
			if a.format == reports.Text.Name && table == "" {
				err = a.printAnalysis(result)
			} else if result, err = a.tableOf(result, table); err == nil {
				err = a.print(result)
			}
			if err != nil {
				return err
			}
			if args[0] == "quality" && len(w.blockers) > 0 {
				return errProblems
			}
			return a.failOnRejects(w.loads)
		},
	}
	a.formatFlag(cmd)
	editionFlag(cmd, workingCopy)
	cmd.Flags().StringVar(&table, "table", "", "only this table, as in --table findings")
	return cmd
}

func analysisNames() []string {
	names := make([]string, len(analyses))
	for k, one := range analyses {
		names[k] = one.name
	}
	return names
}

func listAnalyses() string {
	var out strings.Builder
	for _, one := range analyses {
		fmt.Fprintf(&out, "  %-12s %s\n", one.name, one.doc)
	}
	return out.String()
}

func analysisExamples() string {
	var out strings.Builder
	for _, name := range analysisNames() {
		fmt.Fprintf(&out, "  pediment analyze %s\n", name)
	}
	return out.String() + `  pediment analyze costsharing --table findings
  pediment analyze costsharing --format csv > sharing.csv`
}

// oneAnalysis wants the name of an analysis, and says which there are.
func oneAnalysis(_ *cobra.Command, args []string) error {
	names := analysisNames()
	switch {
	case len(args) == 0:
		return usageError{fmt.Errorf("analyze: which analysis? choose from %s", strings.Join(names, ", "))}
	case len(args) > 1:
		return usageError{fmt.Errorf("analyze takes one analysis, not %d", len(args))}
	case !slices.Contains(names, args[0]):
		hint := analysis.Suggest(args[0], names)
		if hint == "" {
			hint = "choose from " + strings.Join(names, ", ")
		}
		return usageError{fmt.Errorf("analyze: there is no analysis %q; %s", args[0], hint)}
	}
	return nil
}

// printAnalysis prints an analysis for a person: findings as sentences, tables,
// and of what is shared by every rule only what the chosen ones make of it.
func (a *app) printAnalysis(result analysis.Result) error {
	a.paragraph(result.Title)
	a.printFindings(tableOf(result, "findings"))
	fmt.Fprintln(a.out)
	shown := analysis.Result{Warnings: result.Warnings}
	var cutShort []string
	for _, t := range result.Tables {
		if t.Name == "sharing" {
			t = without(chosenOnly(t), "chosen")
		}
		t, cut := shortened(t)
		if cut {
			cutShort = append(cutShort, t.Name)
		}
		if t.Name != "findings" && len(t.Rows) > 0 {
			shown.Tables = append(shown.Tables, plainYears(t))
		}
	}
	if err := reports.Text.Write(a.out, &reports.Report{Result: shown}); err != nil || len(cutShort) == 0 {
		return err
	}
	fmt.Fprintln(a.out)
	a.paragraph("Cut short, to the latest year or left out: " + list(cutShort) + ". All rows of one: --table NAME; of all: --format json")
	return nil
}

// tableOf keeps the table asked for; for CSV, which holds one, the first with
// figures.
func (a *app) tableOf(result analysis.Result, name string) (analysis.Result, error) {
	if name == "" {
		if a.format == "csv" && len(result.Tables) > 1 {
			result.Tables = firstFigures(result.Tables)
		}
		return result, nil
	}
	var names []string
	for _, t := range result.Tables {
		if t.Name == name {
			result.Tables, result.Charts = []analysis.Table{t}, nil
			return result, nil
		}
		names = append(names, t.Name)
	}
	return result, unknownID("--table", "table", name, names)
}

// firstFigures keeps the first table that does not hold sentences.
func firstFigures(tables []analysis.Table) []analysis.Table {
	for k, t := range tables {
		if t.Name != "findings" {
			return tables[k : k+1]
		}
	}
	return tables
}

// asOf is the day a run speaks of: the last of its reporting year, so that a report
// on a year that is over says the same every day; until then, today.
func (w *work) asOf() time.Time {
	last := w.year.End.AddDate(0, 0, -1)
	if w.year.IsZero() || last.After(today()) {
		return today()
	}
	return last
}

// today is the day by which a date in a city's files has passed.
func today() time.Time { return time.Now().UTC().Truncate(24 * time.Hour) }
