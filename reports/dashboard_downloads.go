package reports

import (
	"cmp"
	"maps"
	"slices"

	"pediment/analysis"
)

// downloadsView lists what can be taken away.
type downloadsView struct {
	Formats []*Format
	Tables  []takeableTable
	Charts  []takeableChart
}

type takeableTable struct {
	Name, Title string
	Rows        int
}

type takeableChart struct {
	Name, Title string
}

func (v *visit) downloadsPage() (screen, error) {
	view := downloadsView{Formats: v.formats()}
	for _, name := range slices.Sorted(maps.Keys(v.frozen.files)) {
		t := v.frozen.files[name]
		view.Tables = append(view.Tables, takeableTable{name, inWords(t.Name), len(t.Rows)})
	}
	for name, c := range v.frozen.charts {
		view.Charts = append(view.Charts, takeableChart{name, c.Title})
	}
	slices.SortFunc(view.Charts, func(a, b takeableChart) int { return cmp.Compare(a.Name, b.Name) })
	return screen{name: "downloads", At: "/downloads", Heading: "Downloads", Data: view}, nil
}

// tableName is the name under which a table of the chapter can be taken away.
func (c chapterView) tableName(t analysis.Table) string { return c.Anchor + "-table-" + slug(t.Name) }
