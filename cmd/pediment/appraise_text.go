package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/reports"
)

// printCases prints each appraisal for a person: what is asked, the findings, and
// the tables that are read before all others.
func (a *app) printCases(d *dossier, done []appraised, o appraiseOptions) error {
	for k, one := range done {
		if k > 0 {
			fmt.Fprintf(a.out, "\n%s\n\n", strings.Repeat("═", noteWidth))
		}
		if err := a.printCase(one, d.tried(o)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) printCase(one appraised, tried string) error {
	c := one.model.Appraisal
	a.paragraph(c.Title)
	a.paragraph(c.Question)
	a.paragraph(fmt.Sprintf("%s, discounted to %d, %d to %d; %s", priceBase(c), c.BaseYear, c.BaseYear, c.LastYear, tried))
	a.printFindings(tableOf(one.result, "findings"))
	shown := analysis.Result{Warnings: one.result.Warnings}
	var notes []string
	for _, t := range headTables(one.result) {
		t, more := footnoted(inPercent(withoutUnit(t, priceBase(c))))
		for _, note := range more {
			notes = append(notes, t.Name+" "+note)
		}
		shown.Tables = append(shown.Tables, t)
	}
	fmt.Fprintln(a.out)
	if err := reports.Text.Write(a.out, &reports.Report{Result: shown}); err != nil {
		return err
	}
	for _, note := range notes {
		a.paragraph(note)
	}
	fmt.Fprintln(a.out)
	if checks := tableOf(one.result, "checks"); len(checks.Rows) > 0 && len(attention(checks).Rows) == 0 {
		a.paragraph(fmt.Sprintf("All %d checks of the calculation hold.", len(checks.Rows)))
	}
	a.paragraph("Further tables: " + list(otherTables(one.result)) + ". One of them: --table NAME; all of them: --format json")
	return nil
}

// paragraph prints a text in lines, without anything a terminal would obey.
func (a *app) paragraph(text string) {
	fmt.Fprintln(a.out, wrapped(printableLine(text)))
}

// printableLine replaces what a terminal would obey, line breaks included, by spaces.
func printableLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

// priceBase is the unit of every amount.
func priceBase(c *costbenefit.Appraisal) string {
	return fmt.Sprintf("%s in prices of %d", c.Currency, c.PriceBase)
}

// printFindings prints the sentences under what they are about. What is asked
// stands above already.
func (a *app) printFindings(findings analysis.Table) {
	for _, about := range distinct(findings, 0) {
		if about == "question" {
			continue
		}
		fmt.Fprintln(a.out)
		a.paragraph(sentenceCase(about))
		for _, row := range findings.Rows {
			if row[0] == about {
				a.paragraph("- " + fmt.Sprint(row[1]))
			}
		}
	}
}

// headTables are the tables a person reads: the measures and the simulation with
// the options side by side, and of long ones what matters most.
func headTables(result analysis.Result) []analysis.Table {
	var tables []analysis.Table
	for _, t := range []analysis.Table{
		sideBySide(tableOf(result, "summary"), "label", "measure"),
		tableOf(result, "perspectives"),
		without(largest(tableOf(result, "sensitivity"), 8), "input", "elasticity", "critical", "switching_change", "remark"),
		sideBySide(tableOf(result, "monte_carlo"), "measure"),
		without(attention(tableOf(result, "assumptions")), "quoted", "price_year", "page", "reviewer", "changed", "note"),
		attention(tableOf(result, "checks")),
	} {
		if len(t.Rows) > 0 {
			tables = append(tables, t)
		}
	}
	return tables
}

var headNames = []string{"findings", "summary", "perspectives", "sensitivity", "monte_carlo", "assumptions", "checks"}

func otherTables(result analysis.Result) []string {
	var names []string
	for _, t := range result.Tables {
		if !slices.Contains(headNames, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names
}

func tableOf(result analysis.Result, name string) analysis.Table {
	for _, t := range result.Tables {
		if t.Name == name {
			return t
		}
	}
	return analysis.Table{Name: name}
}
