package reports

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"pediment/analysis"
)

// Text prints the result for people: aligned tables, numbers rounded as their
// intervals support, warnings underneath. Columns without any content are left
// out. It writes no colour and nothing a terminal would obey.
var Text = &Format{
	Name: "text", Ext: ".txt",
	Doc:   "tables for reading, numbers rounded, warnings underneath",
	Write: writeText,
}

func writeText(w io.Writer, r *Report) error {
	var out strings.Builder
	if r.Title != "" {
		fmt.Fprintf(&out, "%s\n\n", printable(r.Title))
	}
	for _, t := range r.Tables {
		if len(r.Tables) > 1 {
			fmt.Fprintf(&out, "%s\n", printable(t.Name))
		}
		out.WriteString(textTable(t))
		out.WriteString("\n\n")
	}
	for _, warning := range r.Warnings {
		about := printable(warning.About)
		if about != "" {
			about += ": "
		}
		fmt.Fprintf(&out, "! %s%s\n", about, printable(warning.Text))
	}
	_, err := io.WriteString(w, strings.TrimRight(out.String(), "\n")+"\n")
	return err
}

func textTable(t analysis.Table) string {
	shown := filled(t)
	if len(t.Rows) == 0 {
		return "(no rows)"
	}
	printer := table.NewWriter()
	printer.SetStyle(plainStyle())
	header := table.Row{}
	var configs []table.ColumnConfig
	for at, i := range shown {
		header = append(header, heading(t.Columns[i]))
		if numeric(t.Columns[i]) {
			configs = append(configs, table.ColumnConfig{Number: at + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	printer.AppendHeader(header)
	printer.SetColumnConfigs(configs)
	for _, row := range t.Rows {
		cells := textRow(t, row)
		line := table.Row{}
		for _, i := range shown {
			line = append(line, cells[i])
		}
		printer.AppendRow(line)
	}
	return trimLines(printer.Render())
}

// plainStyle separates columns by space and the header by a rule.
func plainStyle() table.Style {
	style := table.StyleLight
	style.Format.Header = text.FormatDefault
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	return style
}

func trimLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// filled returns the columns that hold anything in any row.
func filled(t analysis.Table) []int {
	var shown []int
	for i := range t.Columns {
		for _, row := range t.Rows {
			if x, isNumber := row[i].(float64); row[i] != nil && row[i] != "" && (!isNumber || finite(x)) {
				shown = append(shown, i)
				break
			}
		}
	}
	return shown
}

func numeric(c analysis.Column) bool { return c.Type == "number" || c.Type == "integer" }

func heading(c analysis.Column) string {
	if c.Unit != "" && c.Unit != share {
		return printable(c.Name + " (" + c.Unit + ")")
	}
	return printable(c.Name)
}

// textRow prints the cells of one row. The columns value, ci_low and ci_high
// are rounded as the standard error in the same row supports.
func textRow(t analysis.Table, row []any) []string {
	e, unit := rowEstimate(t, row)
	d := decimals(e, unit)
	cells := make([]string, len(row))
	for i, cell := range row {
		switch x := cell.(type) {
		case nil:
		case string:
			cells[i] = printable(x)
		case int64:
			cells[i] = count(x)
		case float64:
			cells[i] = strings.TrimPrefix(textNumber(t.Columns[i], x, unit, d), none)
		default:
			cells[i] = fmt.Sprint(cell)
		}
		if unit == share && t.Columns[i].Name == "unit" {
			cells[i] = "percent"
		}
	}
	return cells
}

// textNumber prints one number of a row whose estimate has the unit and keeps d
// decimals.
func textNumber(c analysis.Column, x float64, unit string, d int) string {
	switch {
	case c.Name == "se":
		return rounded(x, max(d, seDecimals(x)))
	case c.Name == "value" && (unit == share || currencyCode.MatchString(unit)):
		text, _ := inUnitOf(x, unit)
		return text
	case c.Name == "value", c.Name == "ci_low", c.Name == "ci_high":
		return rounded(x, d)
	case c.Unit == share:
		return withUnit(inUnitOf(x, share))
	}
	text, _ := inUnitOf(x, c.Unit)
	return text
}

func seDecimals(se float64) int {
	if !finite(se) || se <= 0 {
		return 0
	}
	return supported(se)
}

// rowEstimate gathers the estimate a row spells out over its columns, as far as
// they are there.
func rowEstimate(t analysis.Table, row []any) (analysis.Estimate, string) {
	e, unit := analysis.Unknown(), ""
	for i, column := range t.Columns {
		if column.Name == "unit" {
			unit, _ = row[i].(string)
		}
		x, ok := row[i].(float64)
		if !ok {
			continue
		}
		switch column.Name {
		case "value":
			e.Value = x
		case "se":
			e.SE = x
		case "ci_low":
			e.Low = x
		case "ci_high":
			e.High = x
		}
	}
	return e, unit
}

// printable replaces what a terminal would obey, line breaks included, by spaces.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}
