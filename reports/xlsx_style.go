package reports

import (
	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// styleKey names a cell style: what the cell is, and how its numbers print.
type styleKey struct {
	kind   string
	format string          // number format, "" for text
	status analysis.Status // of chips
}

// The kinds of cells.
const (
	plainCell        = ""
	titleCell        = "title"
	headingCell      = "heading"
	leadCell         = "lead"
	headerCell       = "header"
	numberHeaderCell = "number header"
	wrapCell         = "wrap"
	linkCell         = "link"
	totalCell        = "total"
	chipCell         = "chip"
	proseCell        = "prose"
)

const fontFamily = "Calibri"

const dateFormat = "yyyy-mm-dd"

// style returns the number of the style, made on first use.
func (b *book) style(key styleKey) int {
	if id, made := b.styles[key]; made {
		return id
	}
	id, err := b.file.NewStyle(key.style(direction(b.report.Language) == "rtl"))
	b.fail(err)
	b.styles[key] = id
	return id
}

// style describes the cell. On a sheet that is written from right to left text
// stands on the right and numbers on the left.
func (key styleKey) style(rtl bool) *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: fontFamily, Size: 11, Color: ink},
		Alignment: &excelize.Alignment{Vertical: "top"},
	}
	switch key.kind {
	case titleCell:
		s.Font.Size, s.Font.Bold = 20, true
	case headingCell:
		s.Font.Size, s.Font.Bold = 13, true
	case leadCell:
		s.Font.Color = soft
	case headerCell, numberHeaderCell:
		s.Font.Bold, s.Font.Color = true, soft
		s.Fill = solid(wash)
		s.Alignment = &excelize.Alignment{Vertical: "bottom", WrapText: true}
		s.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: hatch}}
	case wrapCell, proseCell:
		s.Alignment.WrapText = true
	case linkCell:
		s.Font.Color, s.Font.Underline = accent, "single"
	case totalCell:
		s.Font.Bold = true
		s.Border = []excelize.Border{{Type: "top", Style: 1, Color: hatch}}
	case chipCell:
		key.chip(s)
	}
	key.spreadsheetStyle(s)
	switch key.kind {
	case plainCell, wrapCell, linkCell:
		s.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: line}}
	}
	key.align(s.Alignment, rtl)
	if key.format != "" {
		s.CustomNumFmt = &key.format
	}
	return s
}

// align puts text where the writing starts and numbers where it ends, text in
// tables a little inside its cell.
func (key styleKey) align(a *excelize.Alignment, rtl bool) {
	start, end := "left", "right"
	if rtl {
		start, end = end, start
	}
	a.Horizontal = start
	switch {
	case key.kind == numberHeaderCell, key.format != "" && key.format != dateFormat:
		a.Horizontal = end
	case key.kind != titleCell && key.kind != headingCell && key.kind != leadCell:
		a.Indent = 1
	}
}

// chip shows a status by its colours; without data the cell has a dashed frame.
func (key styleKey) chip(s *excelize.Style) {
	l := looks[key.status]
	s.Font.Bold, s.Font.Color = true, l.Ink
	s.Fill = solid(l.Ground)
	if l.Dashed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 3, Color: l.Ink})
		}
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
