package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pediment/analysis"
	"pediment/analysis/survey"
)

const estimateHelp = `Estimates from one survey file: totals, means, ratios, proportions, quantiles, tests
and regressions, with design-based standard errors that equal those of R's survey
package. It reads CSV, XLSX, Parquet and JSON, needs no project and writes nothing.

Say how the sample was drawn, then what to estimate. Flags on the design and on
replicate weights take columns by their plain names. Estimates, groups and conditions
also take an expression over one row: "hours / 60", "age >= 18". Texts in it stand in
'single quotes', a column whose name has spaces in "double quotes"; a comma separates
several.

What is not obvious:
  --where says whom the estimate is about: the other rows stay in the design, so the
    standard error is right. Deleting them from the file would make it wrong.
  --rows says which rows are the sample at all: the others, such as addresses without
    an interview or a line of totals, count nowhere, as if the file had none of them.
  --by is for means, totals, ratios, proportions, quantiles and --difference.
  Rows without an answer are left out, each variable by itself, and counted under the
    table. --na-rm=false makes the estimate unknown instead, as R does.
  --proportion takes a text column (a share for each answer), a column of 0 and 1 or
    of true and false (the share of 1), or a condition.
  --quantile says which quantiles, --of of what: --quantile 0.25,0.5 --of income.
    Without --of they are those of the variables under --mean.
  A stratum with one PSU has no variance: estimates are refused until --lonely-psu
    says what to do about it.
  Intervals are Student's t with the domain's own degrees of freedom.

Figures for people are rounded to two digits of their standard error; --format json or
csv has every digit, one row an estimate in one table "estimates": id, op, name,
var, level, by, p, estimate, se, ci_low, ci_high, df, n, deff, statistic, p_value,
flag, error.

Many estimates at once: --request takes a JSON file {"row_filter", "design",
"estimates": [{"id", "op", …}]}, - for standard input. It stands for all flags on
design and estimates. row_filter is --rows.

Exit codes: 0 done, 1 problems in the file, the design or any estimate, 2 usage.`

const estimateExample = `  # a stratified sample with finite populations: means by school type
  pediment estimate schools.csv --weight pw --strata stype --fpc fpc --mean api00,api99 --by stype

  # clusters in strata: who learnt last year among those of 25 and over, and by which answer
  pediment estimate survey.csv -w weight --strata district --psu block --nest \
      --proportion learned_12m,educ --where "age >= 25"

  # the change between two waves, with its own standard error
  pediment estimate waves.csv -w weight --psu block --proportion learned_12m --by year --difference first

  # a workbook: quartiles, a test of independence, a logistic regression
  pediment estimate survey.xlsx --sheet Answers -w weight --quantile 0.25,0.5,0.75 --of income \
      --chisq sex,educ --glm "learned_12m ~ age + sex" --family binomial

  # weights raked to known margins (variable, level, total), and a look at the weights
  pediment estimate survey.csv -w weight --margins margins.csv --mean hours --diagnose

  # many estimates from a request file, for a program
  pediment estimate survey.csv --request request.json --format json`

func (a *app) estimate() *cobra.Command {
	var o estimateOptions
	cmd := &cobra.Command{
		Use: "estimate FILE", Short: "Survey estimates from one file, without a project",
		Long: estimateHelp, Example: estimateExample,
		Args: usageArgs(estimateArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runEstimate(cmd.Context(), args[0], &o)
		},
	}
	groups := o.flags()
	a.formatFlag(cmd)
	known := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if err := known(cmd, args); err != nil {
			return err
		}
		return o.check(cmd.Flags())
	}
	output := pflag.NewFlagSet("What is printed", pflag.ContinueOnError)
	output.AddFlag(cmd.Flags().Lookup("format"))
	groups = append(groups, output)
	for _, group := range groups {
		group.SortFlags = false
		cmd.Flags().AddFlagSet(group)
	}
	cmd.SetUsageFunc(func(cmd *cobra.Command) error { return groupedUsage(cmd, groups) })
	return cmd
}

func estimateArgs(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return errors.New("name the file to estimate from")
	case len(args) > 1:
		return fmt.Errorf("takes one file, not also %q; name variables after a flag such as --mean or --of", args[1])
	}
	return nil
}

// helpWidth is where lines of help end.
const helpWidth = 110

// groupedUsage prints a command's flags in groups.
func groupedUsage(cmd *cobra.Command, groups []*pflag.FlagSet) error {
	out := cmd.OutOrStderr()
	fmt.Fprintf(out, "Usage:\n  %s\n\nExamples:\n%s\n", cmd.UseLine(), cmd.Example)
	for _, group := range groups {
		fmt.Fprintf(out, "\n%s:\n%s", group.Name(), group.FlagUsagesWrapped(helpWidth))
	}
	_, err := fmt.Fprintf(out, "\nGlobal flags:\n%s", cmd.InheritedFlags().FlagUsagesWrapped(helpWidth))
	return err
}

// printRefused answers a request, which a program reads, with the reason for each
// of its estimates where the design itself cannot be.
func (a *app) printRefused(q *inquiry, o *estimateOptions, reason error) error {
	if o.request == "" || a.format == "text" {
		return nil
	}
	var answers []survey.Answer
	for _, ask := range q.Estimates {
		answers = append(answers, survey.Answer{ID: ask.ID, Op: ask.Op, P: nan, Estimate: analysis.Unknown(), Statistic: nan, PValue: nan, Error: reason.Error()})
	}
	return a.print(analysis.Result{Title: "Estimates refused", Tables: []analysis.Table{estimatesTable(answers)}})
}

// runEstimate opens the file, asks for the estimates and prints them.
func (a *app) runEstimate(ctx context.Context, file string, o *estimateOptions) error {
	asked, err := a.request(o, file)
	if err != nil {
		return err
	}
	data, err := a.openSurvey(ctx, file, o, asked)
	if err != nil {
		return err
	}
	defer data.Close()
	asked.columns = newColumns(data, filepath.Base(file))
	if err := asked.complete(ctx, o); err != nil {
		return err
	}
	answers, warnings, err := asked.answer(ctx, o)
	if err != nil {
		return errors.Join(err, a.printRefused(asked, o, err))
	}
	if a.format == "text" {
		err = a.printEstimates(ctx, asked, o, answers, warnings)
	} else {
		err = a.print(analysis.Result{Title: "Estimates from " + file, Tables: []analysis.Table{estimatesTable(answers)}, Warnings: warnings})
	}
	if err != nil {
		return err
	}
	return refusals(answers)
}
