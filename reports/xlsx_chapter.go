package reports

import (
	"fmt"

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
		s.chart(chart)
	}
	if c.Workbook == "" { // which holds them
		for _, t := range c.Folded {
			s.table(t)
		}
	}
	b.spreadsheetSheet(s.Sheet)
	b.spreadsheetCharts(s.Sheet)
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

// nativeKinds are the charts of a chapter that a spreadsheet draws; of the others
// it holds the numbers.
var nativeKinds = map[analysis.Kind]analysis.SheetChartKind{analysis.Line: analysis.LineChart, analysis.Bar: analysis.ColumnChart, analysis.Stack: analysis.StackedColumnChart}

// chart writes a chart's numbers and, beside them, the chart.
func (s *chapterSheet) chart(c analysis.Chart) {
	kind, drawn := nativeKinds[c.Kind]
	if !drawn || !drawable(c) {
		return
	}
	s.row++
	s.put(1, c.Title, analysis.HeadingStyle)
	s.row++
	s.put(1, labelHeading(c), analysis.HeaderStyle)
	first, last := s.row+1, s.row+len(c.Labels)
	picture := analysis.SheetChart{
		Row: s.row, Column: len(c.Series) + 3, Kind: kind, Title: c.Title, Text: c.Text, Up: c.Unit,
		Format: columnFormat(c.Unit, 1000), Categories: s.area(1, first, last),
	}
	for k, series := range c.Series {
		s.Cells = append(s.Cells, analysis.Cell{Row: s.row, Column: k + 2, Value: series.Name, Style: analysis.HeaderStyle, Format: picture.Format})
		picture.Series = append(picture.Series, analysis.SheetSeries{Name: "=" + s.area(k+2, s.row, s.row), Values: s.area(k+2, first, last)})
	}
	s.Charts = append(s.Charts, picture)
	below := s.row + 18 // the chart is as high as so many rows
	for i, label := range c.Labels {
		s.row++
		s.put(1, label, analysis.TextStyle)
		for k, series := range c.Series {
			s.Cells = append(s.Cells, s.cell(k+2, analysis.Column{Unit: c.Unit}, at(series.Value, i)))
		}
	}
	s.row = max(s.row+1, below)
}

// area is a stretch of one column as a reference.
func (s *chapterSheet) area(column, first, last int) string {
	if first == last {
		return fmt.Sprintf("%s!%s", quoted(s.Name), absolute(column, first))
	}
	return fmt.Sprintf("%s!%s:%s", quoted(s.Name), absolute(column, first), absolute(column, last))
}
