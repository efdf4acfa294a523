package reports

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// charts draws the latest values of the indicators that share a unit, with
// their intervals, and their trends beside it, from row on. It reports whether
// there was anything to draw.
func (s worksheet) charts(at, row int) bool {
	span := s.spans[at]
	if span.last < span.first {
		return false
	}
	s.latestChart(cellName(1, row), span)
	if first, last := s.block(span.grain); last > first {
		s.fail(s.file.AddChart(s.name, cellName(7, row), s.trendsChart(span)))
	}
	return true
}

// latestChart draws points with their intervals. The library knows no error
// bars: a column up to the low end, which is not seen, carries a column from
// the low to the high end, which is. Below zero that does not work, so there
// are points only.
func (s worksheet) latestChart(cell string, span span) {
	column := func(n int) string {
		return fmt.Sprintf("Trends!%s:%s", absolute(n, span.first), absolute(n, span.last))
	}
	series := func(n int) excelize.ChartSeries {
		return excelize.ChartSeries{Name: "Trends!" + absolute(n, 1), Categories: column(1), Values: column(n)}
	}
	title := "Latest values (points) with 95 % intervals (bars)" + inUnit(span.unit)
	point := s.frame(title, 600, span)
	latest := series(latestColumn)
	latest.Line = excelize.LineOptions{Type: excelize.LineNone}
	latest.Marker = marker("circle", 9, accent)
	point.Series = []excelize.ChartSeries{latest}
	if span.negative {
		s.fail(s.file.AddChart(s.name, cell, point))
		return
	}
	bars := s.frame(title, 600, span)
	gap := uint(320)
	bars.Type, bars.GapWidth = excelize.ColStacked, &gap
	base, band := series(lowColumn), series(widthColumn)
	base.Fill = excelize.Fill{Type: "pattern"}
	band.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{accent}, Transparency: 65}
	bars.Series = []excelize.ChartSeries{base, band}
	bars.Legend.Position = "none"
	s.fail(s.file.AddChart(s.name, cell, bars, point))
}

func marker(symbol string, size int, colour string) excelize.ChartMarker {
	return excelize.ChartMarker{Symbol: symbol, Size: size, Fill: solid(colour),
		Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: solid(colour), Width: 1}}
}

func (s worksheet) trendsChart(span span) *excelize.Chart {
	first, last := s.block(span.grain)
	c := s.frame("Over time"+inUnit(span.unit), 640, span)
	symbols := []string{"circle", "square", "diamond", "triangle", "x", "plus"}
	for k, row := range span.lines[:min(len(span.lines), len(seriesColours))] {
		c.Series = append(c.Series, excelize.ChartSeries{
			Name: "Trends!" + absolute(2, row), Categories: fmt.Sprintf("Trends!%s:%s", absolute(first, 1), absolute(last, 1)),
			Values: fmt.Sprintf("Trends!%s:%s", absolute(first, row), absolute(last, row)),
			Fill:   solid(seriesColours[k]),
			Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 2},
			Marker: marker(symbols[k], 6, seriesColours[k]),
		})
	}
	return c
}

// frame is an empty line chart in our colours. Its axes name theirs: the
// library's own are too pale to read.
func (s worksheet) frame(title string, width uint, span span) *excelize.Chart {
	axis := excelize.Font{Family: fontFamily, Color: strings.TrimPrefix(soft, "#"), Size: 9}
	rule := excelize.LineOptions{Type: excelize.LineSolid, Fill: solid(line), Width: 0.75}
	c := &excelize.Chart{
		Type: excelize.Line, Dimension: excelize.ChartDimension{Width: width, Height: 320}, ShowBlanksAs: "gap",
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: fontFamily, Bold: true, Size: 11, Color: strings.TrimPrefix(ink, "#")}}}},
		Legend: excelize.ChartLegend{Position: "bottom", Font: &axis},
		XAxis:  excelize.ChartAxis{Font: axis},
		YAxis:  excelize.ChartAxis{Font: axis, MajorGridLines: true},
		Border: rule,
		Format: excelize.GraphicOptions{AltText: title + ". The numbers are on the sheet Trends."},
	}
	if full := 100.0; span.unit == "percent" && span.high <= full {
		c.YAxis.Maximum = &full
	}
	return c
}

func inUnit(unit string) string {
	if unit == "" {
		return ""
	}
	return ", " + unit
}

// absolute is "$D$7" for column 4, row 7.
func absolute(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row, true)
	if err != nil {
		panic(err) // only for coordinates no sheet has
	}
	return name
}
