package reports

import "pediment/analysis"

// chartHeight is how high a chart is drawn in a picture, in pixels: enough for
// its rows where it has some.
func chartHeight(c analysis.Chart) int {
	rows := max(1, rowsOf(c))
	switch c.Kind {
	case analysis.Dot:
		return 64 + 30*rows
	case analysis.Waterfall, analysis.Tornado:
		return 72 + 36*rows
	case analysis.Likert:
		return 52 + 36*rows + 20*legendLines(c)
	case analysis.Bullet, analysis.Dumbbell:
		return 60 + 44*rows
	case analysis.Bar, analysis.Stack:
		if lying(c) {
			return 72 + 36*rows
		}
	case analysis.Multiples:
		return 160 * rows
	case analysis.Map:
		return 440
	case analysis.Sankey:
		return 40 + 44*rows
	}
	return 280
}

// rowHeight is what a row needs at least, 0 where a chart has none and can be
// drawn as high as one likes.
func rowHeight(c analysis.Chart) int {
	switch c.Kind {
	case analysis.Dot, analysis.Waterfall, analysis.Tornado, analysis.Likert:
		return 22
	case analysis.Bullet, analysis.Dumbbell:
		return 36
	case analysis.Bar, analysis.Stack:
		if lying(c) {
			return 22
		}
	}
	return 0
}

// fittingHeight is how high a chart is drawn at another width: in proportion, or,
// where it has rows, as high as they need; never more than most unless rows would
// overlap.
func fittingHeight(c analysis.Chart, width, most int) int {
	least := rowHeight(c)
	if least == 0 {
		return min(chartHeight(c)*width/textWide, most)
	}
	return max(min(chartHeight(c), most), 56+least*max(1, rowsOf(c)))
}
