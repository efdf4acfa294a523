package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pediment/analysis"
)

func (a *app) compute() *cobra.Command {
	var query analysis.Query
	var change float64
	cmd := &cobra.Command{
		Use: "compute [CODE…]", Short: "Compute indicator values",
		Long: `Computes the indicators named, or all of them, for every period there are data
for: the whole city and each indicator's own breakdowns. Changed files are read
first. Survey values come with standard errors, intervals, degrees of freedom and
design effects, judged by the city's standard of reliability; a value that is absent
has a state that says why.

With --detect the table "detection" says of each latest survey value how small a change
the next round can show, and how many interviews it takes to show the one asked for
(seen 8 times in 10, at the 5 % level). With --format csv that table is printed instead
of the values.

What is printed is a working copy for you, who have the data: small cells are withheld,
but two filters put together may tell of a few people what neither does, and nothing is
checked against what was published. --edition public prints the report's own values and
takes no filter but codes and --totals; --edition internal has the internal threshold.`,
		Example: `  pediment compute 2.1.3.1
  pediment compute 2.1.3.1 --by sex,age_band --period 2025
  pediment compute --totals --format csv > values.csv
  pediment compute 2.1.3.1 --by place --detect 3     # interviews the next round needs`,
		RunE: func(cmd *cobra.Command, codes []string) error {
			if err := checkCompute(query, change); err != nil {
				return usageError{err}
			}
			query.Codes = codes
			values, err := a.computed(cmd, query)
			if err != nil {
				return err
			}
			result := values.result()
			if change > 0 {
				detection := detectionTable(values.evaluated, change)
				if a.format == "csv" { // holds one table
					result.Tables = nil
				}
				result.Tables = append(result.Tables, detection)
			}
			if err := a.print(result); err != nil {
				return err
			}
			return a.failOnRejects(values.loads)
		},
	}
	a.formatFlag(cmd)
	editionFlag(cmd, workingCopy)
	flags := cmd.Flags()
	flags.StringSliceVar(&query.By, "by", nil, "break down by these columns together, as in sex,age_band")
	flags.StringSliceVar(&query.Periods, "period", nil, "only these periods, as in 2025 or 2023/24")
	flags.StringSliceVar(&query.Places, "place", nil, "these places instead of the whole city")
	flags.IntVar(&query.Pool, "pool", 0, "put so many survey rounds together, each with those before it, for groups too small in one")
	flags.Float64Var(&change, "detect", 0, "interviews the next survey round needs to show a change of this many units (points of percent)")
	flags.BoolVar(&query.Totals, "totals", false, "no breakdowns")
	return cmd
}

// checkCompute reports flags that make no sense, alone or together.
func checkCompute(query analysis.Query, change float64) error {
	switch {
	case !(change >= 0):
		return fmt.Errorf("--detect %v is not a size of change above 0; one size stands for rises and falls", change)
	case query.Pool < 0:
		return fmt.Errorf("--pool %d is not a number of rounds; write 3 to put three together", query.Pool)
	case query.Totals && len(query.By) > 0:
		return errors.New("--totals leaves out the breakdowns --by asks for; give one of the two")
	}
	return nil
}
