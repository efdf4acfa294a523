package main

import (
	"fmt"
	"strings"

	"pediment/analysis"
	"pediment/reports"
)

// explanationTables are the tables that stand under each part, in order.
var explanationTables = []struct {
	part   string
	tables []string
}{
	{partNumber, []string{"number"}},
	{partDefinition, nil},
	{partFormula, []string{"formula"}},
	{partRows, []string{"rows counted and left out"}},
	{partSample, []string{"sample"}},
	{partInputs, []string{"inputs", "first rows"}},
	{partCompared, []string{"comparison"}},
	{partUses, []string{"uses"}},
}

// printExplanation prints an explanation for a person, from top to bottom.
func (a *app) printExplanation(result analysis.Result) error {
	a.paragraph(result.Title)
	said := tableOf(result, "explanation")
	for _, part := range explanationTables {
		shown := analysis.Result{}
		for _, name := range part.tables {
			if t := tableOf(result, name); len(t.Rows) > 0 {
				shown.Tables = append(shown.Tables, shortHashes(t))
			}
		}
		if err := a.printPart(part.part, said, shown); err != nil {
			return err
		}
	}
	a.printSQL(tableOf(result, "sql"))
	for _, warning := range result.Warnings {
		fmt.Fprintln(a.out)
		a.paragraph("! " + warning.Text)
	}
	return nil
}

// printPart prints the heading, tables and sentences of a part that has any.
func (a *app) printPart(part string, said analysis.Table, shown analysis.Result) error {
	var texts []string
	for _, row := range said.Rows {
		if row[0] == part {
			texts = append(texts, fmt.Sprint(row[1]))
		}
	}
	if len(texts)+len(shown.Tables) == 0 {
		return nil
	}
	fmt.Fprintln(a.out)
	a.paragraph(strings.ToUpper(part))
	for k, t := range shown.Tables {
		if k > 0 {
			fmt.Fprintln(a.out)
		}
		if err := reports.Text.Write(a.out, &reports.Report{Result: analysis.Result{Tables: []analysis.Table{t}}}); err != nil {
			return err
		}
	}
	if len(shown.Tables) > 0 && len(texts) > 0 {
		fmt.Fprintln(a.out)
	}
	for _, text := range texts {
		a.paragraph("- " + text)
	}
	return nil
}

// printSQL prints the queries as they are to be copied, without anything a terminal
// would obey.
func (a *app) printSQL(t analysis.Table) {
	if len(t.Rows) == 0 {
		return
	}
	fmt.Fprintln(a.out)
	a.paragraph("SQL")
	for _, row := range t.Rows {
		a.paragraph("- " + fmt.Sprint(row[0]))
		for _, line := range strings.Split(fmt.Sprint(row[1]), "\n") {
			fmt.Fprintln(a.out, "    "+printableLine(line))
		}
	}
}

// shortHashes keeps of long hashes what tells files apart.
func shortHashes(t analysis.Table) analysis.Table {
	at := columnNamed(t, "hash")
	if at < 0 {
		return t
	}
	out := analysis.Table{Name: t.Name, Columns: t.Columns}
	for _, row := range t.Rows {
		row = append([]any{}, row...)
		row[at] = fmt.Sprintf("%.12s", row[at])
		out.Rows = append(out.Rows, row)
	}
	return out
}
