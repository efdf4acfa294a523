package reports

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// chapter writes a chapter to a sheet: findings, tables, then the
// charts beside the numbers they draw.
func (b *book) chapter(i int) {
	c := b.report.Chapters[i]
	s := chapterSheet{Sheet: analysis.Sheet{Name: b.chapters[i], Widths: chapterWidths(c)}, row: 1}
	s.put(1, c.Title, analysis.TitleStyle)
	s.row += 2
	for _, t := range topics(c.Findings) {
		if t.About != "" {
			s.put(1, sentenceCase(t.About), analysis.HeadingStyle)
			s.row++
		}
		for _, text := range t.Texts {
			s.Cells = append(s.Cells, analysis.Cell{Row: s.row, Column: 1, Value: text, Style: analysis.ProseStyle, Span: proseSpan})
			s.row++
		}
	}
	if c.Workbook != "" {
		s.put(1, "It recalculates in "+c.Workbook+", beside this workbook.", analysis.LeadStyle)
		s.row++
	}
	for _, t := range c.Tables {
		s.table(t)
	}
	for _, chart := range c.Charts {
		s.chart(b, chart)
	}
	printed := s.row
	if c.Workbook == "" { // which holds them
		for _, t := range c.Folded {
			s.table(t)
		}
	}
	b.spreadsheetSheet(s.Sheet)
	b.spreadsheetCharts(s.Sheet)
	b.printArea(s.Sheet, c, printed)
}

// mostPrinted is how many columns of a chapter's sheet go on paper with its charts.
const mostPrinted = 16

// printArea keeps folded tables off paper that are too wide for it: the whole sheet
// would be printed too small to read.
func (b *book) printArea(s analysis.Sheet, c Chapter, row int) {
	columns := mostPrinted
	for _, t := range c.Tables {
		columns = max(columns, len(filled(t)))
	}
	if len(s.Widths) <= columns {
		return
	}
	b.fail(b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: fmt.Sprintf("%s!$A$1:%s", quoted(s.Name), absolute(columns, row)),
	}))
}

// proseSpan is the columns a sentence runs across.
const proseSpan = 8

// chapterWidths are the widths of the columns that tables share: wider where one
// of them holds texts.
func chapterWidths(c Chapter) []float64 {
	widths := []float64{40}
	for len(widths) < proseSpan {
		widths = append(widths, 15)
	}
	for _, t := range append(c.Tables[:len(c.Tables):len(c.Tables)], c.Folded...) {
		for at, i := range filled(t) {
			for at >= len(widths) {
				widths = append(widths, 15)
			}
			if t.Columns[i].Type == "text" {
				widths[at] = max(widths[at], min(30, textColumnWidth(t, i)+2))
			}
		}
	}
	return widths
}

// chapterSheet is the sheet of a chapter in the making, written downwards.
type chapterSheet struct {
	analysis.Sheet
	row int
}

func (s *chapterSheet) put(column int, value any, style analysis.CellStyle) {
	s.Cells = append(s.Cells, analysis.Cell{Row: s.row, Column: column, Value: value, Style: style})
}

// table writes a table under its name.
func (s *chapterSheet) table(t analysis.Table) {
	shown := filled(t)
	if len(shown) == 0 {
		return
	}
	s.row++
	s.put(1, inWords(t.Name), analysis.HeadingStyle)
	s.row++
	for at, i := range shown {
		column := t.Columns[i]
		column.Name = inWords(column.Name)
		format := analysis.NumberFormat("")
		if numeric(column) {
			format = analysis.RatioFormat
		}
		s.Cells = append(s.Cells, analysis.Cell{Row: s.row, Column: at + 1, Value: heading(column), Style: analysis.HeaderStyle, Format: format})
	}
	s.row++
	for _, row := range t.Rows {
		for at, i := range shown {
			s.Cells = append(s.Cells, s.cell(at+1, t.Columns[i], row[i]))
		}
		s.row++
	}
}

// cell is one cell of a table, its number in the format of its column.
func (s *chapterSheet) cell(column int, c analysis.Column, value any) analysis.Cell {
	cell := analysis.Cell{Row: s.row, Column: column, Value: value}
	switch x := value.(type) {
	case string:
		cell.Style = analysis.TextStyle
	case int64:
		cell.Format = analysis.CountFormat
	case float64:
		if !finite(x) {
			cell.Value = nil
		}
		cell.Format = columnFormat(c.Unit, x)
	}
	return cell
}

func columnFormat(unit string, x float64) analysis.NumberFormat {
	switch {
	case unit == share:
		return analysis.PercentFormat
	case moneyDecimals(x) == 0 && (currencyCode.MatchString(unit) || x >= 1000 || x <= -1000):
		return analysis.MoneyFormat
	}
	return analysis.RatioFormat
}

// nativeKinds are the charts of a chapter that a spreadsheet draws, as well as it
// can: groups and gaps as bars from zero. Of waterfalls, tornados and densities it
// holds the numbers; the workbook of an appraisal draws them.
var nativeKinds = map[analysis.Kind]analysis.SheetChartKind{
	analysis.Line: analysis.LineChart, analysis.Bar: analysis.ColumnChart, analysis.Stack: analysis.StackedColumnChart,
	analysis.Dot: analysis.BarChart, analysis.Bullet: analysis.BarChart, analysis.Dumbbell: analysis.BarChart,
}

// chart writes a chart's numbers and, beside them, the chart.
func (s *chapterSheet) chart(b *book, c analysis.Chart) {
	kind, native := nativeKinds[c.Kind]
	if !native && !drawnKinds[c.Kind] || !drawable(c) {
		return
	}
	s.row++
	s.put(1, c.Title, analysis.HeadingStyle)
	if c.Under != "" {
		s.row++
		s.put(1, c.Under, analysis.LeadStyle)
	}
	s.row++
	t := chartData(c)
	if native {
		t = plainData(c)
	}
	head, columns := s.row, len(t.Columns)
	s.data(t)
	below := head + 18 // a chart is as high as so many rows
	if native {
		s.native(c, kind, head, columns)
	} else {
		below = head + b.picture(s.Name, cellName(columns+2, head), c)
	}
	s.row = max(s.row+1, below)
}

// plainData is the table a native chart draws from: a row a label, a column a
// series, without the ends of intervals.
func plainData(c analysis.Chart) analysis.Table {
	t := analysis.Table{Columns: analysis.Columns(labelHeading(c))}
	for _, series := range c.Series {
		t.Columns = append(t.Columns, analysis.Column{Name: series.Name, Type: "number", Unit: c.Unit})
	}
	for i, label := range c.Labels {
		row := []any{label}
		for _, series := range c.Series {
			row = append(row, at(series.Value, i))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// data writes the numbers of a chart from the row on.
func (s *chapterSheet) data(t analysis.Table) {
	for k, column := range t.Columns {
		format := analysis.NumberFormat("")
		if numeric(column) {
			format = columnFormat(column.Unit, 1000)
		}
		s.Cells = append(s.Cells, analysis.Cell{Row: s.row, Column: k + 1, Value: column.Name, Style: analysis.HeaderStyle, Format: format})
	}
	for _, row := range t.Rows {
		s.row++
		for k, value := range row {
			s.Cells = append(s.Cells, s.cell(k+1, t.Columns[k], value))
		}
	}
}

// native draws the numbers under row head, in so many columns, as a chart of the
// spreadsheet.
func (s *chapterSheet) native(c analysis.Chart, kind analysis.SheetChartKind, head, columns int) {
	first, last := head+1, head+len(c.Labels)
	picture := analysis.SheetChart{
		Row: head, Column: columns + 2, Kind: kind, Title: c.Title, Text: c.Text, Up: c.Unit,
		Format: columnFormat(c.Unit, 1000), Categories: s.area(1, first, last),
	}
	for k := range c.Series {
		picture.Series = append(picture.Series, analysis.SheetSeries{Name: "=" + s.area(k+2, head, head), Values: s.area(k+2, first, last)})
	}
	s.Charts = append(s.Charts, picture)
}

// area is a stretch of one column as a reference.
func (s *chapterSheet) area(column, first, last int) string {
	if first == last {
		return fmt.Sprintf("%s!%s", quoted(s.Name), absolute(column, first))
	}
	return fmt.Sprintf("%s!%s:%s", quoted(s.Name), absolute(column, first), absolute(column, last))
}
