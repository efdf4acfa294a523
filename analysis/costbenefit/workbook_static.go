package costbenefit

import (
	"math"
	"strings"

	"pediment/analysis"
)

// printed writes one of the result's tables as it is, under a heading that says
// that it does not recalculate; it returns the row after it.
func (w *workbook) printed(p page, row int, name, heading string, columns ...string) int {
	t, ok := w.table(name)
	if !ok || len(t.Rows) == 0 {
		return row
	}
	if len(columns) > 0 {
		t = picked(t, columns)
	}
	p.text(row, 1, heading, analysis.HeadingStyle)
	p.text(row+1, 1, "Static: the engine's figures of the day this file was made. They do not follow changed inputs.", analysis.LeadStyle)
	row += 2
	for i, c := range t.Columns {
		name := strings.ReplaceAll(c.Name, "_", " ")
		header := p.text(row, i+1, printedName(name), analysis.HeaderStyle)
		if c.Type != "text" && c.Type != "boolean" {
			header.Format = staticFormat(c)
		}
	}
	for _, cells := range t.Rows {
		row++
		for i, cell := range cells {
			if words, ok := cell.(string); ok && isRemark(t.Columns[i].Name) {
				p.text(row, i+1, words, analysis.PlainStyle) // not wrapped: they come last and may run on
				continue
			}
			p.static(row, i+1, cell, staticFormat(t.Columns[i]))
		}
	}
	return row + 2
}

// isRemark reports whether the column holds sentences and comes last.
func isRemark(name string) bool { return name == "note" || name == "remark" || name == "detail" }

// picked is the table with only the columns named, in that order.
func picked(t analysis.Table, names []string) analysis.Table {
	out := analysis.Table{Name: t.Name, Rows: make([][]any, len(t.Rows))}
	for _, name := range names {
		c := columnOf(t, name)
		out.Columns = append(out.Columns, t.Columns[c])
		for r, row := range t.Rows {
			out.Rows[r] = append(out.Rows[r], row[c])
		}
	}
	return out
}

// printedName is a column's name for people.
func printedName(name string) string {
	switch name {
	case "npv", "bcr", "pv", "sd", "evppi", "p5", "p95":
		return strings.ToUpper(name)
	}
	name = strings.ReplaceAll(name, "npv", "NPV")
	return strings.ToUpper(name[:1]) + name[1:]
}

// static writes a cell that does not recalculate.
func (p page) static(row, column int, value any, format analysis.NumberFormat) {
	switch x := value.(type) {
	case string:
		p.text(row, column, x, analysis.TextStyle)
	case float64:
		if format == analysis.RatioFormat && math.Abs(x) >= 1000 {
			format = analysis.MoneyFormat
		}
		if x-x == 0 { // finite
			p.put(row, column, x, analysis.StaticStyle, format)
		}
	case nil:
	default:
		p.put(row, column, x, analysis.StaticStyle, format)
	}
}

func staticFormat(c analysis.Column) analysis.NumberFormat {
	switch {
	case c.Unit == "share" || c.Unit == "a year":
		return analysis.PercentFormat
	case c.Name == "year" || c.Name == "period":
		return analysis.YearFormat
	case strings.Contains(c.Unit, "prices"):
		return analysis.MoneyFormat
	case c.Type == "integer":
		return analysis.CountFormat
	}
	return analysis.RatioFormat
}
