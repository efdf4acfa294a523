package main

import (
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/indicators"
)

// result is the explanation: sentences by part, and the tables of each part.
func (x *explained) result() analysis.Result {
	r := analysis.Result{Title: x.title()}
	for _, t := range []analysis.Table{
		x.sentences(), x.numberTable(), x.formulaTable(), x.leftOutTable(), x.sampleTable(),
		x.inputsTable(), x.rowsTable(), x.comparisonTable(), x.usesTable(), x.sqlTable(),
	} {
		if len(t.Rows) > 0 {
			r.Tables = append(r.Tables, t)
		}
	}
	for _, warning := range x.evaluated.Warnings {
		if warning.About == x.value.Code {
			r.Warn(warning.About, warning.Text)
		}
	}
	return r
}

// title says which number it is.
func (x *explained) title() string {
	v := x.value
	parts := []string{v.Code + " " + v.Name, x.project.settings.City}
	if p := place(v); p != "" {
		parts[1] = x.project.places.Name(p)
	}
	for _, l := range v.Group {
		if l.Column != "place" {
			parts = append(parts, l.Column+" "+l.Value)
		}
	}
	return strings.Join(append(parts, v.Period.Label), ", ") + x.editionTitle()
}

// numberTable is the number as it is printed.
func (x *explained) numberTable() analysis.Table {
	t := valuesTable([]analysis.Value{x.value})
	t.Name = "number"
	if x.app.edition == disclosure.Public && len(x.value.Group) > 0 {
		t.Rows[0][columnNamed(t, "missing")] = nil
	}
	return without(t, "flags", "definition", "numerator", "denominator", "code", "name")
}

// formulaTable is the formula with the totals put in. The total of the line "value"
// is made from the lines above it.
func (x *explained) formulaTable() analysis.Table {
	t := analysis.Table{Name: "formula", Columns: analysis.Columns("term", "total:number", "unit", "expression", "where", "among", "of", "periods", "rule")}
	v := x.value
	line := func(term string, total float64, unit string, rest ...any) {
		for len(rest) < 6 {
			rest = append(rest, "")
		}
		t.Rows = append(t.Rows, append([]any{term, number(total), unit}, rest...))
	}
	for _, r := range x.anatomy.Readings {
		r.Value, r.Where, r.Over, r.Among = bare(r.Value), bare(r.Where), bare(r.Over), bare(r.Among)
		rest := []any{r.Among, r.Relation.Name, strings.Join(r.Periods, " "), ruleOf(r)}
		switch r.Role {
		case "value":
			line("published figure", v.Value, v.Unit, append([]any{r.Value, r.Where}, rest...)...)
		case "denominator":
			line(r.Role, v.Denominator, "", append([]any{r.Value, r.Where}, rest...)...)
		default:
			line("numerator", v.Numerator, "", append([]any{r.Value, r.Where}, rest...)...)
			if r.Role != "numerator" {
				line("denominator", v.Denominator, "", append([]any{r.Over, ""}, rest...)...)
			}
		}
	}
	if len(t.Rows) == 0 || v.State.Withheld() {
		return t
	}
	line("factor", x.anatomy.Factor, "")
	line("value", valueOf(v, x.anatomy.Factor), v.Unit)
	return t
}

// bare takes off the brackets around a whole expression.
func bare(sql string) string {
	for strings.HasPrefix(sql, "(") && strings.HasSuffix(sql, ")") {
		depth, inside := 0, sql[1:len(sql)-1]
		for _, sign := range inside {
			switch sign {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth < 0 {
				return sql
			}
		}
		sql = inside
	}
	return sql
}

// valueOf is numerator over denominator times factor; a figure published without
// them stays as it is.
func valueOf(v analysis.Value, factor float64) float64 {
	switch {
	case math.IsNaN(v.Numerator):
		return v.Value
	case math.IsNaN(v.Denominator):
		return factor * v.Numerator
	}
	return factor * v.Numerator / v.Denominator
}

// ruleOf is the time rule where there are parts for it to work on.
func ruleOf(r indicators.Reading) string {
	if len(r.Periods) < 2 && (r.Rule == "sum" || r.Rule == "average") {
		return ""
	}
	return r.Rule
}

// leftOutTable says what became of the rows of the value's period, place and group.
func (x *explained) leftOutTable() analysis.Table {
	t := analysis.Table{Name: "rows counted and left out", Columns: analysis.Columns("of", "what", "rows:integer")}
	for k, account := range x.accounts {
		if x.fewAmong(account) {
			continue
		}
		name := x.anatomy.Readings[k].Relation.Name
		for _, line := range []struct {
			what string
			rows int64
		}{
			{"of this period, place and group", account.Rows},
			{"outside the population", account.Elsewhere},
			{"numerator or denominator is empty, or the condition is not met", account.Unknown},
			{"without a weight", account.Unweighted},
			{"counted", account.Counted},
		} {
			if line.rows > 0 {
				t.Rows = append(t.Rows, []any{name, line.what, line.rows})
			}
		}
	}
	return t
}

// fewAmong reports whether one of the counts is of fewer rows than the internal
// edition tells of.
func (x *explained) fewAmong(a indicators.RowAccount) bool {
	for _, n := range []int64{a.Elsewhere, a.Unknown, a.Unweighted, a.Counted} {
		if n > 0 && n < x.smallestCell() && x.app.edition == disclosure.Internal {
			return true
		}
	}
	return false
}

// inputsTable lists the files behind the number, and how many of their rows count.
func (x *explained) inputsTable() analysis.Table {
	t := analysis.Table{Name: "inputs", Columns: analysis.Columns("dataset", "file", "rows:integer", "rejected:integer", "counted:integer", "hash")}
	for _, f := range x.sources {
		for _, d := range x.project.datasets {
			if d.Name == f.Dataset && x.reads(d.Name, d.Relation()) {
				t.Rows = append(t.Rows, []any{f.Dataset, f.File, f.Rows, f.Rejected, x.countedIn(f.ID), f.Hash})
			}
		}
	}
	return t
}

func (x *explained) reads(names ...string) bool {
	for _, name := range names {
		for _, source := range x.coverage.Sources {
			if name == source {
				return true
			}
		}
	}
	return false
}

// countedIn is how many rows of a file count, nil where that is not told: a file may
// be about a few people.
func (x *explained) countedIn(file int64) any {
	if len(x.meetings) == 0 {
		return nil
	}
	n := int64(0)
	for _, found := range x.meetings {
		for _, m := range found {
			if x.app.edition == disclosure.Internal && m.Rows < x.smallestCell() {
				return nil
			}
			if m.File == file {
				n = max(n, m.Rows)
			}
		}
	}
	return n
}

// rowsTable names the first rows that count.
func (x *explained) rowsTable() analysis.Table {
	t := analysis.Table{Name: "first rows", Columns: analysis.Columns("term", "dataset", "file", "row")}
	for k, places := range x.places {
		for _, p := range places {
			at := p.at
			where := fmt.Sprintf("line %d", at.Line)
			if at.Cell != "" {
				where = at.Sheet + "!" + at.Cell
			}
			t.Rows = append(t.Rows, []any{x.anatomy.Readings[k].Role, p.dataset, at.File, where})
		}
	}
	return t
}

// sqlTable is the query of each total.
func (x *explained) sqlTable() analysis.Table {
	t := analysis.Table{Name: "sql", Columns: analysis.Columns("term", "sql", "numerator:number", "denominator:number")}
	for k, r := range x.anatomy.Readings {
		row := []any{r.Role, r.SQL, nil, nil}
		if x.again != nil {
			if r.Role != "denominator" {
				row[2] = number(x.again.numerator)
			}
			if k == len(x.anatomy.Readings)-1 {
				row[3] = number(x.again.denominator)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
