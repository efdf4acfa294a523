package main

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/survey"
	"pediment/indicators"
)

// result is the tidy result of compute: the values and their caveats.
func (w *work) result() analysis.Result {
	return analysis.Result{
		Title:    "Indicator values of " + w.project.settings.City + w.editionTitle(),
		Tables:   []analysis.Table{w.valuesTable()},
		Warnings: w.evaluated.Warnings,
	}
}

// valuesTable is the table "values" that scripts read: one row a value.
func valuesTable(values []analysis.Value) analysis.Table {
	var by []string
	for _, v := range values {
		for _, column := range v.Group.Columns() {
			if column != "place" && !slices.Contains(by, column) {
				by = append(by, column)
			}
		}
	}
	t := analysis.Table{Name: "values", Columns: analysis.Columns("code", "name", "period", "place")}
	t.Columns = append(t.Columns, analysis.Columns(by...)...)
	t.Columns = append(t.Columns, analysis.Columns("value:number", "unit", "numerator:number", "denominator:number", "se:number",
		"ci_low:number", "ci_high:number", "df:number", "n:integer", "missing:integer", "state", "flags", "definition", "deff:number", "n_eff:number")...)
	for _, v := range values {
		row := []any{v.Code, v.Name, v.Period.Label, place(v)}
		for _, column := range by {
			row = append(row, v.Group.Level(column))
		}
		row = append(row, number(v.Value), v.Unit, number(v.Numerator), number(v.Denominator), number(v.SE),
			number(v.Low), number(v.High), number(v.DF), rows(v, v.N), rows(v, v.Missing), string(v.State), flags(v), v.Definition,
			number(v.DEFF), number(survey.EffectiveN(v.N, v.DEFF)))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// flags joins a value's caveats, the reason for its state first.
func flags(v analysis.Value) string {
	texts := v.Flags
	if v.Reason != "" {
		texts = append([]string{v.Reason}, texts...)
	}
	return strings.Join(texts, "; ")
}

// place is the place a value is of: the one asked for, or the group's.
func place(v analysis.Value) string {
	if level := v.Group.Level("place"); level != "" {
		return level
	}
	return v.Place
}

// number is a cell that is empty where the number is absent.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

// rows is a number of rows, absent where it was withheld with the value.
func rows(v analysis.Value, n int64) any {
	if v.State == analysis.Confidential {
		return nil
	}
	return n
}

// coverageTable is the table "coverage": per indicator the years it can be
// computed for, or what it lacks and what would fill the gap.
func coverageTable(coverage []indicators.Coverage, areas []indicators.Area) analysis.Table {
	names := map[string]string{}
	for _, area := range areas {
		names[area.Code] = area.Name
	}
	t := analysis.Table{Name: "coverage", Columns: analysis.Columns("area", "code", "name", "status", "years", "partial", "missing", "fill")}
	for _, c := range coverage {
		i := c.Indicator
		t.Rows = append(t.Rows, []any{
			cmp.Or(names[i.AreaCode()], "own"), i.Code, i.Name, i.Status,
			strings.Join(c.Years, " "), strings.Join(c.Partial, " "), c.Missing, c.Fill,
		})
	}
	return t
}

// problemsTable is the table "problems": where, what, and what to do.
func problemsTable(problems analysis.Problems) analysis.Table {
	t := analysis.Table{Name: "problems", Columns: analysis.Columns("where", "message", "hint")}
	for _, p := range problems {
		t.Rows = append(t.Rows, []any{p.Position.String(), p.Message, p.Hint})
	}
	return t
}
