package reports

import (
	"slices"
	"strings"

	"pediment/analysis"
)

// chapterView is a chapter of the report as the page prints it.
type chapterView struct {
	Chapter
	Anchor         string
	Topics         []topic
	Pictures       []picture
	Shown, Further []tableView
}

func newChapterView(c Chapter) (chapterView, error) {
	view := chapterView{Chapter: c, Anchor: string(c.Part) + "-" + slug(c.Code), Topics: topics(c.Findings)}
	for _, chart := range c.Charts {
		p, err := newPicture(chart, drawable(chart), chartTable(chart))
		if err != nil {
			return view, err
		}
		p.Name = view.Anchor + "-" + p.Name
		view.Pictures = append(view.Pictures, p)
	}
	for _, t := range c.Tables {
		view.Shown = append(view.Shown, view.table(t))
	}
	for _, t := range c.Folded {
		view.Further = append(view.Further, view.table(t))
	}
	return view, nil
}

// table is a table of the chapter, to be taken away under a name of its own.
func (c chapterView) table(t analysis.Table) tableView {
	view := captioned(t)
	view.File = c.tableName(t)
	view.Long = len(view.Rows) > mostRowsOpen && !c.TablesFirst()
	return view
}

// partView is a part of the report with its chapters.
type partView struct {
	PartTitle
	Chapters []chapterView
}

// TablesFirst reports whether the chapter's tables say more at a glance than its
// sentences: where each target stands.
func (c chapterView) TablesFirst() bool { return c.Part == Plan }

// newParts puts the chapters into the parts of the outline.
func newParts(r *Report) ([]partView, error) {
	var list []partView
	for _, part := range r.outline() {
		view := partView{PartTitle: titleOf(part)}
		for _, c := range r.Chapters {
			if c.Part != part {
				continue
			}
			one, err := newChapterView(c)
			if err != nil {
				return nil, err
			}
			view.Chapters = append(view.Chapters, one)
		}
		list = append(list, view)
	}
	return list, nil
}

// drawable reports whether the chart has anything to draw.
func drawable(c analysis.Chart) bool {
	return len(c.Links) > 0 || slices.ContainsFunc(c.Series, func(s analysis.Series) bool { return containsFinite(s.Value) })
}

// captioned prints a result's table with its name, and those of its columns, in
// words.
func captioned(t analysis.Table) tableView {
	view := newTableView(t)
	view.Name = inWords(t.Name)
	for i := range view.Columns {
		view.Columns[i].Name = inWords(view.Columns[i].Name)
	}
	return view.compact()
}

// abbreviations keep their capitals when a name is put in words.
var abbreviations = map[string]string{
	"npv": "NPV", "bcr": "BCR", "irr": "IRR", "pv": "PV", "id": "ID", "icer": "ICER", "evppi": "EVPPI", "fte": "FTE",
	"se": "SE", "ci": "CI", "df": "DF", "deff": "DEFF",
}

// inWords makes a heading of a machine's name: "npv_low" is "NPV low".
func inWords(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, "_", " "))
	for i, word := range words {
		if short, ok := abbreviations[word]; ok {
			words[i] = short
		}
	}
	return sentenceCase(strings.Join(words, " "))
}

// chartTable is the table behind a chart: a row a label, a column a series, with
// the ends of what has a low and a high one.
func chartTable(c analysis.Chart) tableView {
	view := newTableView(chartData(c))
	for i := range view.Columns {
		view.Columns[i].Name, _, _ = strings.Cut(view.Columns[i].Name, " (")
	}
	return view
}

// chartData is that table in full precision.
func chartData(c analysis.Chart) analysis.Table {
	if c.Kind == analysis.Sankey {
		return flowsData(c)
	}
	t := analysis.Table{Name: c.Title, Columns: []analysis.Column{{Name: labelHeading(c), Type: "text"}}}
	for _, s := range c.Series {
		for _, name := range seriesColumns(c, s) {
			t.Columns = append(t.Columns, analysis.Column{Name: name, Type: "number", Unit: c.Unit})
		}
	}
	for i, label := range c.Labels {
		row := []any{label}
		for _, s := range c.Series {
			ends := len(seriesColumns(c, s)) == 3
			if ends {
				row = append(row, at(s.Low, i))
			}
			row = append(row, at(s.Value, i))
			if ends {
				row = append(row, at(s.High, i))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// flowsData is the table behind a picture of flows: a row a flow.
func flowsData(c analysis.Chart) analysis.Table {
	t := analysis.Table{Name: c.Title, Columns: analysis.Columns("From", "To", "Amount:number:"+c.Unit)}
	for _, l := range c.Links {
		t.Rows = append(t.Rows, []any{l.From, l.To, l.Value})
	}
	return t
}

func labelHeading(c analysis.Chart) string {
	switch c.Kind {
	case analysis.Waterfall:
		return "Step"
	case analysis.Tornado:
		return "Assumption"
	case analysis.Density:
		return "Net present value"
	case analysis.Line, analysis.Multiples:
		return "Period"
	case analysis.Map:
		return "Place"
	case analysis.Likert:
		return "Group"
	}
	return "Item"
}

// seriesColumns are the columns of one series. The ends of a waterfall's bars
// only say where they hang.
func seriesColumns(c analysis.Chart, s analysis.Series) []string {
	switch {
	case c.Kind == analysis.Tornado:
		return []string{"At low", "Now", "At high"}
	case c.Kind == analysis.Waterfall, len(s.Low) == 0, !containsFinite(s.Low):
		return []string{s.Name}
	}
	return []string{s.Name + " low", s.Name, s.Name + " high"}
}

func containsFinite(numbers []float64) bool {
	for _, x := range numbers {
		if finite(x) {
			return true
		}
	}
	return false
}
