package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/indicators"
	"pediment/ingest"
	"pediment/reports"
)

const explainHelp = `Takes one number apart: what it is and how sure it is, its definition, the formula
with the totals put in, the rows that count and those left out, how the sample was
drawn, the SQL that gives the totals, the files and lines it comes from, what it is
compared with and what uses it.

Without --period it is the number the report leads with. The SQL runs on the
warehouse as it is: duckdb -readonly .pediment/warehouse.duckdb

What is printed is a working copy for you, who have the data. --edition public and
--edition internal explain the number as those editions print it; the public one
names no rows, and takes no place or group that the report does not show.`

const explainExample = `  pediment explain 2.1.3.1
  pediment explain 2.1.3.1 --period 2023 --group sex=female
  pediment explain 2.1.3.1 --place RB03 --format json`

func (a *app) explain() *cobra.Command {
	var one reports.Asked
	var groups []string
	cmd := &cobra.Command{
		Use: "explain CODE", Short: "One number down to its formula, inputs and rows",
		Long: explainHelp, Example: explainExample,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			one.Code = args[0]
			if one.Group, err = readGroup(groups); err != nil {
				return usageError{err}
			}
			if err := a.chooseEdition(cmd); err != nil {
				return err
			}
			result, err := a.explanation(cmd.Context(), one, a.edition != disclosure.Public)
			if err != nil {
				return err
			}
			if a.format == reports.Text.Name {
				return a.printExplanation(result)
			}
			return a.print(result)
		},
	}
	a.formatFlag(cmd)
	editionFlag(cmd, workingCopy)
	flags := cmd.Flags()
	flags.StringVar(&one.Period, "period", "", "of this period, as in 2025 or 2023/24 (default: that of the report)")
	flags.StringVar(&one.Place, "place", "", "of this place, by its code")
	flags.StringSliceVar(&groups, "group", nil, "of this group, as in sex=female,age_band=25-34")
	return cmd
}

// readGroup reads a group written as column=level.
func readGroup(texts []string) (analysis.Group, error) {
	var group analysis.Group
	for _, text := range texts {
		column, level, ok := strings.Cut(text, "=")
		if column = strings.TrimSpace(column); !ok || column == "" {
			return nil, fmt.Errorf("--group %q is not column=level; write as in --group sex=female", text)
		}
		if slices.Contains(group.Columns(), column) {
			return nil, fmt.Errorf("--group names %s twice", column)
		}
		group = append(group, analysis.Level{Column: column, Value: strings.TrimSpace(level)})
	}
	return group, nil
}

// explanation measures what is needed for one number and takes it down to its
// formula, inputs and, when asked for, rows. In the public edition that is the
// report: a number it does not show is not explained.
func (a *app) explanation(ctx context.Context, one reports.Asked, rows bool) (analysis.Result, error) {
	p, err := readProject(a.dir)
	if err != nil {
		return analysis.Result{}, err
	}
	entry, known := p.catalogue.Find(one.Code)
	if !known {
		return analysis.Result{}, analysis.Problem{Message: fmt.Sprintf("no indicator %q", one.Code), Hint: cmp.Or(analysis.Suggest(one.Code, p.catalogue.Codes()), "list them with: pediment check")}
	}
	query := p.reportQuery()
	if a.edition != disclosure.Public {
		query = queryFor(one, entry)
	}
	w, err := a.run(ctx, p, query)
	if err != nil {
		return analysis.Result{}, err
	}
	return w.explanation(ctx, one, rows)
}

// queryFor asks for one number and for its series, with which it is compared.
func queryFor(one reports.Asked, entry indicators.Indicator) analysis.Query {
	query := analysis.Query{Codes: []string{one.Code}}
	columns := one.Group.Columns()
	usual := len(columns) == 0 || len(columns) == 1 && slices.Contains(entry.By, columns[0])
	if !usual {
		query.By = columns
	}
	if one.Place != "" {
		query.Places = []string{one.Place}
	}
	return query
}

// explanation takes one number of a run that was measured down to its formula,
// inputs and, when asked for, rows. Of a number that is withheld it tells the reason
// and what it would be made of, and looks at no row.
func (w *work) explanation(ctx context.Context, one reports.Asked, rows bool) (result analysis.Result, err error) {
	x := explained{work: w, rows: rows && w.app.edition != disclosure.Public}
	k := slices.IndexFunc(w.evaluated.Coverage, func(c indicators.Coverage) bool { return c.Indicator.Code == one.Code })
	if k < 0 {
		return result, analysis.Problem{Message: fmt.Sprintf("no indicator %q", one.Code), Hint: analysis.Suggest(one.Code, w.project.catalogue.Codes())}
	}
	x.coverage = w.evaluated.Coverage[k]
	if x.value, err = w.find(one); err != nil && x.coverage.Missing == "" {
		return result, err
	}
	if x.value.Code == "" {
		x.value = w.absent(x.coverage)
	}
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	if err := x.dissect(ctx, warehouse); err != nil {
		return result, err
	}
	return x.result(), nil
}

// absent is the value of an indicator that cannot be computed.
func (w *work) absent(c indicators.Coverage) analysis.Value {
	v := analysis.Value{Code: c.Indicator.Code, Name: c.Indicator.Name, Unit: c.Indicator.Unit, Period: w.year, Better: c.Indicator.Better, Definition: c.Hash}
	v.Withhold(analysis.Missing, c.Missing)
	return v
}

// find is the value asked for among those of the run; of the headline's period, or
// the latest, where none is named.
func (w *work) find(one reports.Asked) (analysis.Value, error) {
	var found []analysis.Value
	var others []string
	for _, v := range w.evaluated.Values {
		if v.Code != one.Code || !sameCell(v, one) {
			continue
		}
		if v.Period.Label == one.Period {
			return v, nil
		}
		found, others = append(found, v), append(others, v.Period.Label)
	}
	switch s := w.series[one.Code]; {
	case len(found) == 0:
		return analysis.Value{}, w.noSuchCell(one)
	case one.Period != "":
		return analysis.Value{}, analysis.Problem{Message: fmt.Sprintf("%s has no figure for %s", one.Code, one.Period), Hint: cmp.Or(analysis.Suggest(one.Period, others), "there are figures for "+list(others))}
	case s != nil:
		for _, v := range found {
			if v.Period == s.headline.Period {
				if len(v.Group) == 0 && v.Place == "" {
					return s.headline, nil
				}
				return v, nil
			}
		}
	}
	return found[len(found)-1], nil
}

// sameCell reports whether a value is of the place and group asked for. A place may
// be one asked for or a level of the breakdown by place.
func sameCell(v analysis.Value, one reports.Asked) bool {
	if one.Place != place(v) && (one.Place != "" || one.Group.Level("place") != place(v)) {
		return false
	}
	without := func(g analysis.Group) string {
		g = filtered(g, func(l analysis.Level) bool { return l.Column != "place" })
		slices.SortFunc(g, func(a, b analysis.Level) int { return strings.Compare(a.Column, b.Column) })
		return g.String()
	}
	return without(v.Group) == without(one.Group)
}

// noSuchCell says that there is no value for a place or group, and what there is.
func (w *work) noSuchCell(one reports.Asked) error {
	var groups []string
	for _, v := range w.evaluated.Values {
		if v.Code == one.Code && len(v.Group) > 0 && !slices.Contains(groups, v.Group.String()) {
			groups = append(groups, v.Group.String())
		}
	}
	asked := strings.TrimPrefix(one.Group.String()+", place="+one.Place, ", ")
	if one.Place == "" {
		asked = one.Group.String()
	}
	if len(groups) == 0 {
		return analysis.Problem{Message: fmt.Sprintf("%s has no figure for %s", one.Code, asked), Hint: "it has figures for the whole city alone"}
	}
	const most = 8
	hint := cmp.Or(analysis.Suggest(asked, groups), "there are "+strings.Join(groups[:min(most, len(groups))], "; "))
	return analysis.Problem{Message: fmt.Sprintf("%s has no figure for %s", one.Code, cmp.Or(asked, "the whole city")), Hint: hint}
}
