package reports

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"pediment/analysis"
)

// page is what the templates print: the report with everything decided that
// needs more than a loop.
type page struct {
	*Report
	Lang, Dir      string
	Style          template.CSS
	Scripts        []template.JS
	Policy         string
	Summary        summary
	Headline, Lead string
	Cards, Also    []card // what leads the page, and what is to decide besides
	Followed       []recommendationRow
	Decided        []recommendationRow // of this period
	OffTrack       []measureRow
	Unknown        []unknownBlock
	SinceLast      []changeRow // what moved since the last publication
	Temple         temple
	Sections       []section
	Changes        []changeRow
	Unclear        []changeRow
	LeftOut        []gapPanel
	Absent         []absentRow
	RejectTable    tableView
	FailingTable   tableView
	Parts          []partView
	Plain          []tableView // of a plain result
}

// section is one area of the report.
type section struct {
	Area
	Title   string
	Anchor  string
	Summary summary
	Known   []entry
	Absent  []absentRow
}

// entry is one indicator with a value.
type entry struct {
	Indicator
	Anchor             string
	Look               look
	Number, Unit       string // the value, apart from its unit
	Interval, Source   string
	Sentence           string // the finding in plain words
	Change, Comparison string
	Charts             []picture
	More               []picture // folded away under the others
}

// openPictures is how many pictures of an indicator are seen at once.
const openPictures = 2

// picture is a chart with the table behind it. Option is "" where there is too
// little to draw; the table stands alone then.
type picture struct {
	Name         string // the same from report to report, for its address and its file
	Title, Under string
	Text, Source string
	Option       template.JS
	Map          string // name of the outlines the option asks for, "" for none
	Kind         string
	Rows         int // groups that are drawn
	Table        tableView
	chart        analysis.Chart
}

// changeRow is one indicator in the table of changes.
type changeRow struct {
	Anchor, Name, Code, Source string
	Then, Now, Change, Unit    string // the unit unless it is percent
	ThenPeriod, NowPeriod      string // where they are not the report's
	Flags                      []string
	Bar                        intervalBar
	Look                       look
	Strip                      *dotStrip
}

// absentRow is one indicator that cannot be computed.
type absentRow struct {
	Anchor, Code, Name, State, Icon, Reason, Fill, Note string
}

// wordsLanguage is the language of the report's own words, whichever the city's texts
// are in: a page is read aloud by it.
const wordsLanguage = "en"

func newPage(r *Report) (*page, error) {
	p := &page{Report: r, Lang: wordsLanguage, Dir: direction(r.Language), Summary: summarise(r.indicators())}
	if len(r.Areas) == 0 {
		for _, t := range r.Tables {
			p.Plain = append(p.Plain, newTableView(t))
		}
		return p, nil
	}
	p.Headline, p.Lead = headline(r), lead(r)
	p.Cards, p.Also = decisionCards(r)
	p.Followed, p.Decided = decided(r, true), decided(r, false)
	p.OffTrack, p.Unknown, p.SinceLast = offTrackRows(r), unknowns(r), sinceLast(r)
	p.Temple = newTemple(r.Areas, p.Dir == "rtl")
	p.LeftOut = leftOut(r)
	p.RejectTable, p.FailingTable = newTableView(r.Rejects), newTableView(r.Failing)
	p.changes()
	for _, area := range r.Areas {
		s, err := newSection(area, r.Shapes)
		if err != nil {
			return nil, err
		}
		p.Sections = append(p.Sections, s)
		p.Absent = append(p.Absent, s.Absent...)
	}
	var err error
	p.Parts, err = newParts(r)
	p.Parts = slices.DeleteFunc(p.Parts, p.silent)
	return p, err
}

// silent reports whether a part of the outline has nothing to say.
func (p *page) silent(part partView) bool {
	if len(part.Chapters) > 0 || p.Texts[string(part.Part)] != "" {
		return false
	}
	switch part.Part {
	case Summary, Scorecard, Areas, Quality, Methods:
		return false
	case Voice:
		return len(p.Remarks) == 0
	case Lessons:
		return len(p.Suggestions) == 0 && len(p.Decided) == 0
	}
	return true
}

// direction is the writing direction of a language.
func direction(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if slices.Contains([]string{"ar", "fa", "he", "ur"}, base) {
		return "rtl"
	}
	return "ltr"
}

func newSection(a Area, shapes []analysis.Shape) (section, error) {
	s := section{Area: a, Title: a.title(), Anchor: anchor(a), Summary: summarise(a.Indicators)}
	for _, i := range a.Indicators {
		if !known(i.Headline) {
			s.Absent = append(s.Absent, absentRow{
				Anchor: "ind-" + slug(i.Code), Code: i.Code, Name: i.Name,
				State: string(absence(i.Headline)), Icon: stateIcon(i.Headline.State), Reason: i.Headline.Reason, Fill: i.Fill, Note: i.Note,
			})
			continue
		}
		e, err := newEntry(i, shapes)
		if err != nil {
			return s, err
		}
		s.Known = append(s.Known, e)
	}
	return s, nil
}

func newEntry(i Indicator, shapes []analysis.Shape) (entry, error) {
	e := entry{
		Indicator: i, Anchor: "ind-" + slug(i.Code), Look: lookOf(i), Source: sourceLine(i), Sentence: finding(i),
		Number: number(i.Headline.Estimate, i.Unit), Interval: interval(i.Headline.Estimate, i.Unit),
	}
	if i.Unit != "percent" {
		e.Unit = i.Unit
	}
	if finite(i.Change.Difference) {
		e.Change = change(i)
		e.Comparison = fmt.Sprintf("since %s (%s)", i.Change.From, amount(i.Baseline.Estimate, i.Unit))
	} else if i.Change.Reason != "" {
		e.Comparison = i.Change.Reason
	}
	all, err := pictures(i, shapes)
	first := min(len(all), openPictures)
	e.Charts, e.More = all[:first], all[first:]
	return e, err
}

// pictures are the indicator's charts, each with its table: what is drawn before
// what is a table only.
func pictures(i Indicator, shapes []analysis.Shape) ([]picture, error) {
	var out []picture
	for _, d := range drawings(i, shapes) {
		p, err := newPicture(d.chart, d.drawn, d.table)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b picture) int { return order(a.Option != "", b.Option != "") })
	return out, nil
}

// order puts what is true of a and not of b first.
func order(a, b bool) int {
	switch {
	case a && !b:
		return -1
	case b && !a:
		return 1
	}
	return 0
}

// newPicture prepares a chart to be printed; money of millions is drawn in millions.
func newPicture(c analysis.Chart, drawn bool, t tableView) (picture, error) {
	c = inMillions(c)
	p := picture{Name: slug(c.Name), chart: c, Title: c.Title, Under: subtitle(c), Text: c.Text, Source: c.Source, Kind: string(c.Kind), Rows: rowsOf(c), Table: t}
	if !drawn {
		return p, nil
	}
	if (c.Kind == analysis.Bar || c.Kind == analysis.Stack) && lying(c) {
		p.Kind += " lying"
	}
	d, err := drawingOf(c)
	p.Option, p.Map = template.JS(d.Option), d.Map
	return p, err
}

// HasCharts reports whether the page draws anything that needs the chart library.
func (p *page) HasCharts() bool {
	drawn := func(c picture) bool { return c.Option != "" }
	for _, s := range p.Sections {
		for _, e := range s.Known {
			if slices.ContainsFunc(slices.Concat(e.Charts, e.More), drawn) {
				return true
			}
		}
	}
	return slices.ContainsFunc(p.Parts, func(part partView) bool {
		return slices.ContainsFunc(part.Chapters, func(c chapterView) bool { return slices.ContainsFunc(c.Pictures, drawn) })
	})
}

// changes fills the tables of changes: what changed clearly, surest first, what
// is in doubt, and apart from them what did not change clearly.
func (p *page) changes() {
	by := map[analysis.Status][]Indicator{}
	for _, i := range p.indicators() {
		if judged(i) || statusOf(i) == doubtful {
			by[statusOf(i)] = append(by[statusOf(i)], i)
		}
	}
	for _, status := range []analysis.Status{analysis.Worse, analysis.Better, doubtful, analysis.Unclear} {
		slices.SortStableFunc(by[status], byWeight)
		for _, i := range by[status] {
			if status == analysis.Unclear {
				p.Unclear = append(p.Unclear, newChangeRow(i, p.Period))
			} else {
				p.Changes = append(p.Changes, newChangeRow(i, p.Period))
			}
		}
	}
}

func newChangeRow(i Indicator, period string) changeRow {
	row := changeRow{
		Anchor: "ind-" + slug(i.Code), Name: i.Name, Code: i.Code, Source: sourceLine(i),
		Then: number(i.Baseline.Estimate, i.Unit), Now: number(i.Headline.Estimate, i.Unit), Unit: i.Unit,
		ThenPeriod: otherPeriod(i.Baseline, period), NowPeriod: otherPeriod(i.Headline, period), Flags: i.Headline.Flags,
		Change: signed(i.Change, i.Unit), Bar: newIntervalBar(i), Look: lookOf(i),
	}
	if i.Unit == "percent" {
		row.Change, row.Unit = row.Change+noBreak+"pp", ""
	}
	if strip, ok := newDotStrip(i); ok {
		row.Strip = &strip
	}
	return row
}

// In is the page at one of its parts.
func (p *page) In(part partView) placed { return placed{p, part} }

// placed is a page of which one part is printed.
type placed struct {
	*page
	At partView
}

// Mark is what every page of an edition that is not public says.
func (p *page) Mark() string { return p.mark() }

// Briefs are the parts whose chapters the overview tells of.
func (p *page) Briefs() []partView {
	var list []partView
	for _, part := range p.Parts {
		if slices.ContainsFunc(part.Chapters, func(c chapterView) bool { return len(c.Lead) > 0 }) {
			list = append(list, part)
		}
	}
	return list
}

// ChangesSince is the period most changes are counted from.
func (p *page) ChangesSince() string {
	seen, most := map[string]int{}, ""
	for _, i := range p.indicators() {
		if from := i.Change.From; judged(i) && from != "" {
			seen[from]++
			if seen[from] > seen[most] || seen[from] == seen[most] && from < most {
				most = from
			}
		}
	}
	return most
}

// Standing is where the report comes from, beside the city's name.
func (p *page) Standing() string {
	from := p.Provenance()
	from.City = ""
	return from.Brief()
}
