package reports

import (
	"bytes"
	"html/template"
	"slices"

	"pediment/analysis"
)

// mapOutline is the outlines of a map on a page: one for all charts that ask for it.
type mapOutline struct {
	Map     string
	GeoJSON template.JS
}

// Outlines are those the page's maps ask for.
func (p *page) Outlines() ([]mapOutline, error) {
	var list []mapOutline
	for _, one := range p.pictures() {
		if one.Map == "" || slices.ContainsFunc(list, func(o mapOutline) bool { return o.Map == one.Map }) {
			continue
		}
		d, err := drawingOf(one.chart)
		if err != nil {
			return nil, err
		}
		list = append(list, mapOutline{d.Map, template.JS(d.GeoJSON)})
	}
	return list, nil
}

// OutlinesUsed are those the maps on this screen ask for.
func (w window) OutlinesUsed() ([]mapOutline, error) {
	all, err := w.Outlines()
	return slices.DeleteFunc(all, func(o mapOutline) bool { return !bytes.Contains([]byte(w.Content), []byte(o.Map)) }), err
}

// rowsOf is how many rows a chart needs room for.
func rowsOf(c analysis.Chart) int {
	switch c.Kind {
	case analysis.Multiples:
		return multiplesRows(c, multiplesColumns)
	case analysis.Sankey:
		return sankeyRows(c)
	case analysis.Bar, analysis.Stack:
		if lying(c) {
			return len(c.Labels) + legendLines(c) - 1
		}
	}
	return len(c.Labels)
}
