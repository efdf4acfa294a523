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
		p, err := newPicture(chart.Title, chart, drawable(chart), chartTable(chart))
		if err != nil {
			return view, err
		}
		view.Pictures = append(view.Pictures, p)
	}
	for _, t := range c.Tables {
		view.Shown = append(view.Shown, captioned(t))
	}
	for _, t := range c.Folded {
		view.Further = append(view.Further, captioned(t))
	}
	return view, nil
}

// partView is a part of the report with its chapters.
type partView struct {
	PartTitle
	Chapters []chapterView
}

// openTopics is how many things a chapter tells of at once.
const openTopics = 10

// OpenTopics are the topics in view.
func (c chapterView) OpenTopics() []topic { return c.Topics[:min(openTopics, len(c.Topics))] }

// FoldedTopics are those opened on demand.
func (c chapterView) FoldedTopics() []topic { return c.Topics[len(c.OpenTopics()):] }

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
	return slices.ContainsFunc(c.Series, func(s analysis.Series) bool { return containsFinite(s.Value) })
}

// topic is what a chapter finds about one thing.
type topic struct {
	About string
	Texts []string
}

// openTexts is how many sentences about one thing are seen at once.
const openTexts = 4

// First are the sentences in view.
func (t topic) First() []string { return t.Texts[:min(openTexts, len(t.Texts))] }

// Rest are the sentences opened on demand.
func (t topic) Rest() []string { return t.Texts[len(t.First()):] }

// topics puts the findings about one thing together, in the order they begin.
func topics(findings []Finding) []topic {
	var list []topic
	for _, f := range findings {
		k := slices.IndexFunc(list, func(t topic) bool { return t.About == f.About })
		if k < 0 {
			k, list = len(list), append(list, topic{About: f.About})
		}
		list[k].Texts = append(list[k].Texts, f.Text)
	}
	return list
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
	view := newTableView(t)
	for i := range view.Columns {
		view.Columns[i].Name, _, _ = strings.Cut(view.Columns[i].Name, " (")
	}
	return view
}

func labelHeading(c analysis.Chart) string {
	switch c.Kind {
	case analysis.Waterfall:
		return "Step"
	case analysis.Tornado:
		return "Assumption"
	case analysis.Density:
		return "Net present value"
	case analysis.Line:
		return "Period"
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
