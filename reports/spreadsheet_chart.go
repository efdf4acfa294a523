package reports

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// spreadsheetCharts draws a sheet's charts, once every sheet is there.
func (b *book) spreadsheetCharts(page analysis.Sheet) {
	s := worksheet{book: b, name: page.Name}
	for _, c := range page.Charts {
		chart, lines := s.nativeChart(c)
		var combined []*excelize.Chart
		if lines != nil {
			combined = append(combined, lines)
		}
		s.fail(s.file.AddChart(s.name, cellName(c.Column, c.Row), chart, combined...))
	}
}

// nativeChart is the chart, and the lines drawn over its columns.
func (s worksheet) nativeChart(c analysis.SheetChart) (chart, lines *excelize.Chart) {
	chart = s.chartFrame(c)
	chart.Type = map[analysis.SheetChartKind]excelize.ChartType{
		analysis.LineChart: excelize.Line, analysis.ColumnChart: excelize.Col, analysis.StackedColumnChart: excelize.ColStacked,
		analysis.BarChart: excelize.Bar, analysis.StackedBarChart: excelize.BarStacked,
	}[c.Kind]
	lying := c.Kind == analysis.BarChart || c.Kind == analysis.StackedBarChart
	if lying {
		chart.XAxis.ReverseOrder = true
		chart.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	}
	if c.Kind != analysis.LineChart {
		gap := uint(60)
		chart.GapWidth = &gap
	}
	lines = s.addSeries(chart, c)
	hidden := slices.ContainsFunc(c.Series, func(series analysis.SheetSeries) bool { return series.Invisible })
	if hidden || len(c.Series) == 1 {
		chart.Legend.Position = "none"
	}
	return chart, lines
}

// addSeries puts the series into the chart, or into lines drawn over it.
func (s worksheet) addSeries(chart *excelize.Chart, c analysis.SheetChart) (lines *excelize.Chart) {
	colour := 0
	for _, series := range c.Series {
		drawn := excelize.ChartSeries{Name: strings.TrimPrefix(series.Name, "="), Categories: c.Categories, Values: series.Values}
		if series.Invisible {
			drawn.Fill = excelize.Fill{Type: "pattern"}
			chart.Series = append(chart.Series, drawn)
			continue
		}
		shade := seriesColours[colour%len(seriesColours)]
		colour++
		if series.Colour > 0 {
			shade = seriesColours[(series.Colour-1)%len(seriesColours)]
		}
		switch {
		case series.Line:
			if lines == nil {
				lines = s.overlay(c)
			}
			lines.Series = append(lines.Series, lineSeries(drawn, shade))
		case c.Kind == analysis.LineChart:
			chart.Series = append(chart.Series, lineSeries(drawn, shade))
		default:
			drawn.Fill = solid(shade)
			chart.Series = append(chart.Series, drawn)
		}
	}
	return lines
}

// overlay is an empty line chart for a second axis, on the other side.
func (s worksheet) overlay(c analysis.SheetChart) *excelize.Chart {
	lines := s.chartFrame(c)
	lines.Type = excelize.Line
	lines.XAxis.Title, lines.YAxis.Title = excelize.ChartTitle{}, excelize.ChartTitle{}
	lines.YAxis.Secondary, lines.YAxis.MajorGridLines, lines.YAxis.TickLabelPosition = true, false, excelize.ChartTickLabelHigh
	if whole := 1.0; c.Format == analysis.PercentFormat {
		lines.YAxis.Maximum = &whole
	}
	return lines
}

func lineSeries(series excelize.ChartSeries, colour string) excelize.ChartSeries {
	series.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: 2, Fill: solid(colour)}
	series.Fill = solid(colour)
	series.Marker = excelize.ChartMarker{Symbol: "none"}
	return series
}

// chartFrame is an empty chart in our colours, with titles on its axes.
func (s worksheet) chartFrame(c analysis.SheetChart) *excelize.Chart {
	font := excelize.Font{Family: fontFamily, Color: strings.TrimPrefix(soft, "#"), Size: 9}
	width, height := uint(c.Width), uint(c.Height)
	if width == 0 {
		width, height = 640, 340
	}
	text := func(words string, f excelize.Font) excelize.ChartTitle {
		if words == "" {
			return excelize.ChartTitle{}
		}
		return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: clip(printable(words), 200), Font: &f}}}
	}
	axis := func(title string) excelize.ChartAxis {
		return excelize.ChartAxis{Font: font, Title: text(title, font), TickLabelPosition: excelize.ChartTickLabelLow}
	}
	chart := &excelize.Chart{
		Dimension: excelize.ChartDimension{Width: width, Height: height}, ShowBlanksAs: "gap",
		Title:  text(c.Title, excelize.Font{Family: fontFamily, Bold: true, Size: 11, Color: strings.TrimPrefix(ink, "#")}),
		Legend: excelize.ChartLegend{Position: "bottom", Font: &font},
		XAxis:  axis(c.Across), YAxis: axis(c.Up),
		Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: solid(line), Width: 0.75},
		Format: excelize.GraphicOptions{AltText: clip(printable(c.Title+". "+c.Text), 500)},
	}
	chart.YAxis.MajorGridLines = true
	if format := spreadsheetFormat(c.Format); format != "" {
		chart.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: format}
	}
	return chart
}
