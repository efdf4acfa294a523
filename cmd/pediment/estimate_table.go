package main

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// estimatesTable is the table "estimates" that programs read: one row an answer.
func estimatesTable(answers []survey.Answer) analysis.Table {
	t := analysis.Table{Name: "estimates", Columns: analysis.Columns("id", "op", "name", "var", "level", "by", "p:number",
		"estimate:number", "se:number", "ci_low:number", "ci_high:number", "df:number", "n:integer", "deff:number",
		"statistic:number", "p_value:number", "flag", "error")}
	for _, e := range answers {
		t.Rows = append(t.Rows, []any{
			e.ID, e.Op, e.Name, text(e.Var), text(e.Level), text(byText(e.By)), number(e.P),
			number(e.Value), number(e.SE), number(e.Low), number(e.High), number(e.DF), rowsOf(e), number(e.DEFF),
			number(e.Statistic), number(e.PValue), text(string(e.Flag)), text(e.Error),
		})
	}
	return t
}

// byText writes a group as col=level,col=level.
func byText(by analysis.Group) string {
	parts := make([]string, len(by))
	for k, level := range by {
		parts[k] = level.Column + "=" + level.Value
	}
	return strings.Join(parts, ",")
}

// text is a cell that is absent where there is nothing to say.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// rowsOf is the number of rows an answer rests on, absent where it was refused.
func rowsOf(e survey.Answer) any {
	if e.N == 0 && e.Error != "" {
		return nil
	}
	return e.N
}

// sections are the answers for people to read: a table for each kind of estimate,
// without those that were refused.
func sections(answers []survey.Answer, ids bool) []analysis.Table {
	var tables []analysis.Table
	for _, kind := range answerKinds {
		var mine []survey.Answer
		for _, e := range answers {
			if slices.Contains(kind.ops, e.Op) && e.Error == "" {
				mine = append(mine, e)
			}
		}
		if len(mine) > 0 {
			tables = append(tables, section(kind, mine, ids))
		}
	}
	return tables
}

// answerKind is a kind of estimate and what stands above its table.
type answerKind struct {
	heading   string
	ops       []string
	named     bool   // its figures are told apart by what was asked, not by a variable
	statistic string // what the test statistic is called
}

var answerKinds = []answerKind{
	{heading: "Means", ops: []string{"mean", "by_mean"}},
	{heading: "Totals", ops: []string{"total", "by_total"}},
	{heading: "Ratios", ops: []string{"ratio", "by_ratio"}},
	{heading: "Proportions", ops: []string{"ciprop"}},
	{heading: "Quantiles", ops: []string{"quantile"}},
	{heading: "Variances", ops: []string{"variance"}},
	{heading: "Weighted counts", ops: []string{"table"}},
	{heading: "Differences", ops: []string{"domain_contrast"}, statistic: "t"},
	{heading: "Tests of independence", ops: []string{"chisq"}, named: true, statistic: "statistic"},
	{heading: "t tests", ops: []string{"ttest1", "ttest2"}, named: true, statistic: "t"},
	{heading: "Regressions", ops: []string{"glm"}, named: true, statistic: "t"},
	{heading: "Weights", ops: []string{"weights"}},
}

// weightNames say what the figures about weights are.
var weightNames = map[string]string{
	"sum": "sum: the population they stand for", "sum_sq": "sum of squares", "min": "smallest", "max": "largest",
	"n": "rows", "ratio": "largest ÷ smallest", "deff": "design effect of unequal weights", "n_eff": "effective n: rows ÷ that effect", "first": "first",
}

// section is the table of one kind of answers. Columns that hold nothing are left
// out when it is printed.
func section(kind answerKind, answers []survey.Answer, ids bool) analysis.Table {
	var by []string
	for _, e := range answers {
		for _, column := range e.By.Columns() {
			if !slices.Contains(by, column) {
				by = append(by, column)
			}
		}
	}
	t := analysis.Table{Name: kind.heading, Columns: analysis.Columns("id")}
	t.Columns = append(t.Columns, analysis.Columns(by...)...)
	t.Columns = append(t.Columns, analysis.Columns("name", "level", "p:number", "estimate:number", "se:number", "ci_low:number", "ci_high:number",
		"df:number", "n:integer", "deff:number", "effective n:number", kind.statistic+":number", "p value:number", "flag")...)
	for _, e := range answers {
		id := any(e.ID)
		if !ids && !kind.named {
			id = nil
		}
		row := []any{id}
		for _, column := range by {
			row = append(row, e.By.Level(column))
		}
		name := cmp.Or(weightNames[e.Name], e.Name)
		if e.Op != "weights" {
			name = cmp.Or(e.Var, e.Name)
		}
		n := rowsOf(e)
		if e.Op == "weights" {
			n = nil // it is among the figures
		}
		d := decimalsOf(e.Value, e.SE)
		estimate := digits(e.Value, d)
		if math.IsNaN(e.SE) {
			estimate = shortest(e.Value)
		}
		row = append(row, name, text(e.Level), shortest(e.P), estimate, digits(e.SE, d), digits(e.Low, d), digits(e.High, d),
			shortest(e.DF), n, digits(e.DEFF, 2), digits(effective(e), 0), digits(e.Statistic, 2), chance(e.PValue), text(string(e.Flag)))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// effective is how many rows of a simple random sample would be as precise.
func effective(e survey.Answer) float64 {
	if math.IsInf(e.DEFF, 0) {
		return math.NaN()
	}
	return math.Round(survey.EffectiveN(e.N, e.DEFF))
}
