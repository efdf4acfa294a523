package reports

import (
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// quotient is a value as a live formula over the cells of its numerator and
// denominator, where that is what the value is; else the number itself.
func quotient(v analysis.Value, unit string, numerator, denominator string) any {
	if !known(v) {
		return nil
	}
	scale := scaleOf(unit)
	if !same(v.Numerator/v.Denominator*scale, v.Value) {
		return v.Value
	}
	text := numerator + "/" + denominator
	if scale != 1 {
		text += fmt.Sprintf("*%.0f", scale)
	}
	return formula{text, v.Value}
}

// same reports whether a formula gives the engine's number, but for the last
// bits of its rounding.
func same(a, b float64) bool {
	return finite(a) && finite(b) && math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b))
}

// tidy writes a table from row on, one line a row, as an Excel table with
// filters. It returns the row after it.
func (s worksheet) tidy(row int, t analysis.Table) int {
	s.header(row, columnViews(t)...)
	for i, column := range t.Columns {
		width := 14.0
		if column.Type == "text" {
			width = min(44, max(12, textColumnWidth(t, i)+2))
		}
		name, _ := excelize.ColumnNumberToName(i + 1)
		s.fail(s.file.SetColWidth(s.name, name, name, width))
	}
	for at, cells := range t.Rows {
		s.tidyRow(row+1+at, t, cells)
	}
	last := row + len(t.Rows)
	if len(t.Rows) > 0 {
		s.filters(cellName(1, row)+":"+cellName(len(t.Columns), last), t)
	}
	return last + 1
}

// filters makes the range an Excel table with filters. A table needs a name of
// its own for every column; otherwise there are filters only.
func (s worksheet) filters(area string, t analysis.Table) {
	seen := map[string]bool{}
	for _, column := range t.Columns {
		seen[strings.ToLower(column.Name)] = true
	}
	if len(seen) < len(t.Columns) || seen[""] {
		s.fail(s.file.AutoFilter(s.name, area, nil))
		return
	}
	s.tables++
	stripes := false
	s.fail(s.file.AddTable(s.name, &excelize.Table{Range: area, Name: fmt.Sprintf("Table%d", s.tables), ShowRowStripes: &stripes}))
}

func columnViews(t analysis.Table) []columnView {
	views := make([]columnView, len(t.Columns))
	for i, column := range t.Columns {
		views[i] = columnView{column.Name, numeric(column)}
	}
	return views
}

func textColumnWidth(t analysis.Table, column int) float64 {
	widest := textWidth(t.Columns[column].Name)
	for _, row := range t.Rows {
		if text, ok := row[column].(string); ok {
			widest = max(widest, textWidth(text))
		}
	}
	return float64(widest)
}

// tidyRow writes one row, its numbers rounded for the eye only, its value as a
// live formula where numerator and denominator stand beside it.
func (s worksheet) tidyRow(row int, t analysis.Table, cells []any) {
	e, unit := rowEstimate(t, cells)
	d := decimals(e, unit)
	at := map[string]int{}
	v := analysis.Value{Estimate: e, Numerator: math.NaN(), Denominator: math.NaN()}
	for i, column := range t.Columns {
		at[column.Name] = i + 1
		if x, ok := cells[i].(float64); ok && column.Name == "numerator" {
			v.Numerator = x
		} else if ok && column.Name == "denominator" {
			v.Denominator = x
		}
	}
	for i, column := range t.Columns {
		value, key := cells[i], styleKey{}
		switch x := value.(type) {
		case float64:
			key.format = tidyFormat(column.Name, x, d)
			if column.Name == "value" && finite(x) {
				value = quotient(v, unit, cellName(max(1, at["numerator"]), row), cellName(max(1, at["denominator"]), row))
			}
		case int64:
			key.format = numberFormat("", 0)
		}
		s.put(i+1, row, value, key)
	}
}

// tidyFormat is the number format of a cell in a tidy table.
func tidyFormat(column string, x float64, d int) string {
	switch {
	case column == "value" || column == "ci_low" || column == "ci_high":
		return numberFormat("", d)
	case column == "se":
		return numberFormat("", max(d, seDecimals(x)))
	case x == math.Trunc(x):
		return numberFormat("", 0)
	}
	return numberFormat("", needed(x, ""))
}
