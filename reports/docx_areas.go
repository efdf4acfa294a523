package reports

import (
	"pediment/analysis"
)

// scorecard prints every indicator on a line.
func (d *word) scorecard() {
	columns := []wordColumn{{name: "Indicator"}, {name: "Value", number: true}, {name: "Change", number: true}, {name: "Status"}, {name: "Target and standing"}, {name: "Weakest district"}}
	for _, area := range d.Scorecard() {
		d.heading(3, "", area.Title, said("  "), d.chip(area.Look), quiet("  "+area.KnownOf))
		var rows [][]wordCell
		for _, r := range area.Rows {
			rows = append(rows, d.scoreCells(r))
		}
		d.grid(area.Title, columns, rows)
	}
}

func (d *word) scoreCells(r scoreRow) []wordCell {
	about := dotted(r.Code, r.Period, labelled("n", r.N))
	target, weakest := cellOf(said(r.Target)), ""
	if r.Standing != nil {
		target = target.below(d.chip(*r.Standing), quiet(" "+r.Sure))
	}
	if r.Strip != nil {
		weakest = r.Strip.WeakestText
	}
	return []wordCell{
		cellOf(linked(r.Anchor, r.Name)).below(quiet(about)), cellOf(said(r.Value), quiet(unitAfter(r.Unit))).below(quiet(r.Interval)),
		cellOf(said(r.Change)).below(quiet(r.Since)), cellOf(d.chip(r.Look)), target, cellOf(said(weakest)),
	}
}

// unitAfter is a unit as it stands after its number.
func unitAfter(unit string) string {
	if unit == "" {
		return ""
	}
	return noBreak + unit
}

// area prints one area with its indicators.
func (d *word) area(s section) {
	d.heading(2, s.Anchor, s.Title)
	standing := []inked{d.chip(s.Summary.Look()), said(" " + s.Summary.KnownOf())}
	if text := s.Summary.Words(); text != "" {
		standing = append(standing, said(" · "+text))
	}
	if text := s.Summary.WeakestText(); text != "" {
		standing = append(standing, strong(" · weakest: "), said(text))
	}
	d.paragraph("Standing", standing...)
	d.evaluator(s.Note)
	for _, e := range s.Known {
		d.indicator(e)
	}
	if len(s.Absent) == 0 {
		return
	}
	d.heading(3, "", "Cannot be computed")
	for _, a := range s.Absent {
		d.absent(a)
	}
}

// indicator prints value, sentence, caveats and note, beside the first picture where
// there is more to see than that nothing changed clearly.
func (d *word) indicator(e entry) {
	d.heading(3, e.Anchor, e.Name, quiet("  "+e.Code))
	drawn := len(e.Charts) > 0 && e.Charts[0].Option != ""
	if !drawn || statusOf(e.Indicator) == analysis.Unclear {
		d.facts(e)
	} else {
		d.beside(factsWidth, func() { d.facts(e) }, func() { d.picture(e.Charts[0], inArea) })
	}
	d.evaluator(e.Note)
}

// facts are what is known of an indicator.
func (d *word) facts(e entry) {
	figure := []inked{said(e.Number)}
	if e.Unit != "" {
		figure = append(figure, quiet(noBreak+e.Unit))
	}
	d.paragraph("Figure", figure...)
	period := e.Headline.Period.Label
	if e.Interval != "" {
		period += ", 95 % interval " + e.Interval
	}
	if e.Headline.State != "" {
		period += ", " + string(e.Headline.State)
	}
	d.paragraph("Note", said(period))
	d.paragraph("CardText", d.chip(e.Look), said(" "+e.Sentence))
	d.paragraph("Note", said(e.Headline.Reason))
	for _, flag := range e.Headline.Flags {
		d.paragraph("Note", strong("Note: "), said(flag))
	}
}

// evaluator prints the city's own text on an indicator or area.
func (d *word) evaluator(markdown string) {
	if markdown == "" {
		return
	}
	d.paragraph("NoteHeading", said("Evaluator’s note"))
	d.note(markdown)
}

// absent prints why an indicator has no value and what would fill it.
func (d *word) absent(a absentRow) {
	l := looks[analysis.NoData]
	l.Icon = a.Icon
	d.paragraph("ListBullet", strong(a.Name), quiet(" "+a.Code+" "), d.chipText(l, a.State), said(" "+sentence(a.Reason)), quiet(fillText(a.Fill)))
	d.evaluator(a.Note)
}

func fillText(fill string) string {
	if fill == "" {
		return ""
	}
	return " To fill it: " + sentence(fill)
}

// gaps prints what cannot be computed.
func (d *word) gaps() {
	if len(d.Absent) == 0 {
		return
	}
	d.heading(2, "absent", "What cannot be computed")
	columns := []wordColumn{{name: "Indicator"}, {name: "State"}, {name: "Why"}, {name: "What would fill it"}}
	var rows [][]wordCell
	for _, a := range d.Absent {
		l := looks[analysis.NoData]
		l.Icon = a.Icon
		rows = append(rows, []wordCell{cellOf(said(a.Name)).below(quiet(a.Code)), cellOf(d.chipText(l, a.State)), cellOf(said(a.Reason)), cellOf(said(a.Fill))})
	}
	d.grid("What cannot be computed", columns, rows)
}
