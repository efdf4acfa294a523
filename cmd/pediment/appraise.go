package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pediment/analysis/costbenefit"
	"pediment/reports"
)

const appraiseHelp = `Appraises options by what they cost and bring: the files of the folder appraisals,
or those named. A file states options against business as usual, lines of cost and
benefit with who pays and who receives them, and every assumption with what stands
behind it; quantities may be the city's own indicators and counts of residents, so
that a new survey changes the appraisal. Outside a city's folder a single file is
read with the deflators.csv beside it.

The text shows findings, the measures of decision, who pays and who gains, what
matters most, how sure it is, and what needs attention; --format json has every
table, --table NAME prints one of them. --format xlsx writes a workbook that
recalculates, into reports/NAME.xlsx.

--set and --scenario try other values without touching the file. Reviews that were
due before --as-of have expired, and data of later periods are not looked at.`

const appraiseExample = `  pediment appraise
  pediment appraise literacy --scenario pessimistic
  pediment appraise literacy --set discount_rate=5% --set anyway=30%
  pediment appraise literacy --table cash_flow --format csv > flows.csv
  pediment appraise appraisals/literacy.yaml --format xlsx -o literacy.xlsx`

func (a *app) appraise() *cobra.Command {
	var o appraiseOptions
	cmd := &cobra.Command{
		Use: "appraise [FILE…]", Short: "Cost-benefit analysis of the appraisals",
		Long: appraiseHelp, Example: appraiseExample,
		PreRunE: func(*cobra.Command, []string) error { return o.check(a.format) },
		RunE: func(cmd *cobra.Command, names []string) error {
			d, err := a.openDossier(names)
			if err != nil {
				return err
			}
			if err := d.apply(o); err != nil {
				return err
			}
			done, err := d.appraise(cmd.Context(), o.day)
			if err != nil {
				return err
			}
			if err := a.printAppraisals(d, done, o); err != nil || d.live.loads == nil {
				return err
			}
			return a.failOnRejects(*d.live.loads)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&a.format, "format", "text", appraiseFormats)
	flags.StringVar(&o.option, "option", "", "show this option alone")
	flags.StringArrayVar(&o.set, "set", nil, "try a value, as in anyway=30%; several times for several")
	flags.StringVar(&o.scenario, "scenario", "", "appraise under this scenario of the file")
	flags.IntVar(&o.draws, "draws", 0, "draws of the simulation (default: as the file says, else 10000)")
	flags.Int64Var(&o.seed, "seed", 0, "seed of the simulation (default: as the file says, else 1)")
	flags.StringVar(&o.asOf, "as-of", "", "day by which reviews are judged and data known, as in 2025-12-31 (default today)")
	flags.StringVar(&o.table, "table", "", "print this table alone")
	flags.StringVarP(&o.output, "output", "o", "", "write to this file; for several workbooks, to this folder")
	return cmd
}

const appraiseFormats = "text, json, csv, xlsx"

// check reads the flags that hold something to be read.
func (o *appraiseOptions) check(format string) error {
	if format != reports.XLSX.Name {
		if _, err := chooseFormats(printFormats, []string{format}); err != nil {
			return usageError{fmt.Errorf("unknown format %q; choose from %s", format, appraiseFormats)}
		}
	}
	o.day = today()
	if o.asOf != "" {
		day, err := time.Parse(time.DateOnly, o.asOf)
		if err != nil {
			return usageError{fmt.Errorf("--as-of %q is not a day; write it as 2025-12-31", o.asOf)}
		}
		o.day = day
	}
	switch {
	case o.draws != 0 && (o.draws < costbenefit.FewestDraws || o.draws > costbenefit.MostDraws):
		return usageError{fmt.Errorf("--draws %d: not between %d and %d; 10000 is usual", o.draws, costbenefit.FewestDraws, costbenefit.MostDraws)}
	case o.table != "" && format == reports.XLSX.Name:
		return usageError{fmt.Errorf("--table prints one table; a workbook has them all")}
	}
	values, err := assignments(o.set)
	o.values = values
	return err
}

// assignments reads the values of --set.
func assignments(texts []string) (map[string]string, error) {
	values := map[string]string{}
	for _, text := range texts {
		id, value, ok := strings.Cut(text, "=")
		if id = strings.TrimSpace(id); !ok || id == "" {
			return nil, usageError{fmt.Errorf("--set %q is not id=value; write as in --set anyway=30%%", text)}
		}
		if other, twice := values[id]; twice && other != value {
			return nil, usageError{fmt.Errorf("--set %s is given twice, %s and %s", id, other, value)}
		}
		values[id] = strings.TrimSpace(value)
	}
	return values, nil
}
