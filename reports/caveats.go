package reports

import "pediment/analysis"

// openCaveats is how many caveats a chapter shows at once.
const openCaveats = 4

// OpenWarnings are the caveats in view.
func (c chapterView) OpenWarnings() []analysis.Warning {
	return c.Warnings[:min(openCaveats, len(c.Warnings))]
}

// FoldedWarnings are those opened on demand.
func (c chapterView) FoldedWarnings() []analysis.Warning {
	return c.Warnings[len(c.OpenWarnings()):]
}
