package reports

import (
	"fmt"
	"slices"
	"strings"
)

// hasColumn reports whether a table of the package has the column.
func hasColumn(resources []resource, name string) bool {
	return slices.ContainsFunc(resources, func(one resource) bool { return columnAt(one.table, name) >= 0 })
}

// packageReadme says how to read the package, for people.
func packageReadme(r *Report, resources []resource) string {
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	say("%s\n", printable(r.Title))
	if mark := r.mark(); mark != "" {
		say("%s.\n", strings.ToUpper(mark))
	}
	say("%s", printable(r.Provenance().Sentence()))
	say("%s\n", printable(sentence(r.Framework)))
	if r.Licence != "" {
		say("Licence: %s\n", printable(r.Licence))
	} else {
		say("No licence is declared: ask the city before you pass the data on.\n")
	}
	out.WriteString(readmeBody)
	for _, m := range columnMeanings {
		if hasColumn(resources, m[0]) {
			say("  %-18s %s", m[0], m[1])
		}
	}
	say("\nTABLES\n")
	for _, one := range resources {
		say("  %-44s %6d rows  %s", one.name, len(one.table.Rows), printable(one.about))
	}
	return out.String()
}

const readmeBody = `WHAT IS HERE

  datapackage.json   every file with its columns, types, units and meaning (Frictionless Data Package)
  csv/               every table as CSV: UTF-8, comma, decimal point, one header row
  parquet/           the same tables as Parquet, with typed columns
  result.json        tables, charts and warnings in one file

Numbers are in full precision. An absent number is an empty cell in CSV and NULL in Parquet, never zero; the
column "state" says why. A text that a spreadsheet would run as a formula has an apostrophe in front in CSV;
Parquet holds it as it is.

STATES

  (empty)           a plain figure
  partial           the record of the period is not complete; not compared with a whole one
  carried forward   the latest earlier figure stands in
  missing           cannot be computed; the flags say what is missing
  not applicable    the question does not arise there
  refused           not computed, for the reason given
  unreliable        too uncertain to show by the city’s standard of reliability
  confidential      withheld so that nobody can be recognised, here or by subtraction

OBS_STATUS (after the code list of SDMX)

  A  normal         E  estimated: carried forward    P  partial            B  break in the series
  U  low reliability: not shown, or to be used with caution                C  confidential          M  missing

COLUMNS OF MANY TABLES

`
