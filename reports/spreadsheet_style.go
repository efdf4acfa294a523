package reports

import (
	"github.com/xuri/excelize/v2"

	"pediment/analysis"
)

// The kinds of cells only spreadsheets have.
const (
	inputCell  = "input"
	staticCell = "static"
	goodCell   = "good"
	badCell    = "bad"
)

// inputGround shades the cells that are meant to be changed.
const inputGround = "#eaf1f8"

// cellKey is the style of a spreadsheet's cell.
func cellKey(c analysis.Cell) styleKey {
	key := styleKey{format: spreadsheetFormat(c.Format)}
	switch c.Style {
	case analysis.TitleStyle:
		key.kind = titleCell
	case analysis.HeadingStyle:
		key.kind = headingCell
	case analysis.LeadStyle:
		key.kind = leadCell
	case analysis.ProseStyle:
		key.kind = proseCell
	case analysis.HeaderStyle:
		key.kind = headerCell
		if c.Format != "" {
			key = styleKey{kind: numberHeaderCell}
		}
	case analysis.TextStyle:
		key.kind = wrapCell
	case analysis.InputStyle:
		key.kind = inputCell
	case analysis.TotalStyle:
		key.kind = totalCell
	case analysis.StaticStyle:
		key.kind = staticCell
	case analysis.GoodStyle:
		key.kind = goodCell
	case analysis.BadStyle:
		key.kind = badCell
	}
	if _, text := c.Value.(string); !text && key.format == "" && c.Value != nil && key.kind != numberHeaderCell {
		key.format = "General"
	}
	return key
}

// spreadsheetFormat is how a number prints, in the codes of spreadsheets.
func spreadsheetFormat(format analysis.NumberFormat) string {
	switch format {
	case analysis.MoneyFormat:
		return "#,##0"
	case analysis.CentsFormat:
		return "#,##0.00"
	case analysis.PercentFormat:
		return "0.0%"
	case analysis.RatioFormat:
		return "0.00"
	case analysis.FactorFormat:
		return "0.000000"
	case analysis.CountFormat, analysis.YearFormat:
		return "0"
	}
	return ""
}

// spreadsheetStyle is what the kinds only spreadsheets have look like.
func (key styleKey) spreadsheetStyle(s *excelize.Style) {
	switch key.kind {
	case inputCell:
		s.Font.Color = accent
		s.Fill = solid(inputGround)
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: hatch})
		}
	case staticCell:
		s.Font.Color, s.Font.Italic = soft, true
	case goodCell:
		s.Font.Bold, s.Font.Color, s.Fill = true, goodInk, solid(goodGround)
	case badCell:
		s.Font.Bold, s.Font.Color, s.Fill = true, badInk, solid(badGround)
	}
}
