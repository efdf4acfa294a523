package reports

import (
	"cmp"
	"slices"
	"strings"

	"pediment/analysis"
)

// restated is how a figure is shown that is another now for the same period.
var restated = look{Icon: "◐", Word: "restated", Class: "doubt"}

// sinceLast are the indicators that moved clearly since the last publication, what
// got worse first, and those whose published figure is another now.
func sinceLast(r *Report) []changeRow {
	var moved, again []Indicator
	for _, i := range r.indicators() {
		if i.Before.Period.IsZero() || !known(i.Before) || !known(i.Headline) {
			continue
		}
		i.Baseline, i.Change = i.Before, i.Since
		switch status := statusOf(i); {
		case i.Since.From == i.Since.To:
			if number(i.Headline.Estimate, i.Unit) != number(i.Before.Estimate, i.Unit) {
				again = append(again, i)
			}
		case status == analysis.Worse || status == analysis.Better:
			moved = append(moved, i)
		}
	}
	slices.SortStableFunc(moved, func(a, b Indicator) int {
		return cmp.Or(order(statusOf(a) == analysis.Worse, statusOf(b) == analysis.Worse), byWeight(a, b))
	})
	var rows []changeRow
	for _, i := range moved {
		rows = append(rows, newChangeRow(i, r.Period))
	}
	for _, i := range again {
		row := newChangeRow(i, r.Period)
		row.Look, row.Bar.Class = restated, restated.Class
		rows = append(rows, row)
	}
	return rows
}

// openChanges is how many changes are seen at once.
const openChanges = 10

// FirstChanges are the changes in view, MoreChanges those opened on demand.
func (p *page) FirstChanges() []changeRow { return p.Changes[:min(openChanges, len(p.Changes))] }

// MoreChanges are the changes opened on demand.
func (p *page) MoreChanges() []changeRow { return p.Changes[len(p.FirstChanges()):] }

// FirstSince is what moved since the last publication and is in view, MoreSince the rest.
func (p *page) FirstSince() []changeRow { return p.SinceLast[:min(openChanges, len(p.SinceLast))] }

// MoreSince is what moved since the last publication and is opened on demand.
func (p *page) MoreSince() []changeRow { return p.SinceLast[len(p.FirstSince()):] }

// MoneyBriefs and OtherBriefs divide what the overview tells of the chapters.
func (p *page) MoneyBriefs() []partView {
	return slices.DeleteFunc(p.Briefs(), func(part partView) bool { return part.Part != Money })
}

// OtherBriefs are the briefs of all chapters that are not about money.
func (p *page) OtherBriefs() []partView {
	return slices.DeleteFunc(p.Briefs(), func(part partView) bool { return part.Part == Money })
}

// measureRow is a target of the plan as the first page and the scorecard print it.
type measureRow struct {
	Anchor, Name, Now, Then, Target, By, Owner, Sure string
	Look                                             look
}

// toneClasses are how the statuses of targets are coloured.
var toneClasses = map[analysis.Tone]string{analysis.Good: "good", analysis.Fair: "mixed", analysis.Poor: "bad", analysis.Bad: "bad"}

// lookOfMeasure is how a target's status is shown.
func lookOfMeasure(m Measure) look {
	l := look{Icon: m.Icon, Word: m.Status, Class: cmp.Or(toneClasses[m.Tone], "unsure")}
	if word, rest, found := strings.Cut(m.Status, ", between "); found && rest != "" {
		l.Word = word
	}
	if m.Uncertain {
		l.Word = "uncertain"
	}
	return l
}

func newMeasureRow(m Measure) measureRow {
	row := measureRow{
		Anchor: IndicatorAnchor(m.Code), Name: m.Name, Now: amount(m.Value, m.unit()), Target: m.aim(), By: m.TargetPeriod, Owner: m.Owner, Sure: m.sureness(), Look: lookOfMeasure(m),
	}
	if finite(m.Baseline.Value) {
		row.Then = amount(m.Baseline, m.unit())
	}
	return row
}

// offTrackRows are the targets that are missed on the present path, surest first.
// What only has to move faster is not among them, nor are values whose error nobody
// stated.
func offTrackRows(r *Report) []measureRow {
	var list []Measure
	for _, m := range r.Measures {
		if m.astray() && r.judgeable(m.Code) && finite(m.Probability) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b Measure) int { return cmp.Compare(b.likelihood(), a.likelihood()) })
	var rows []measureRow
	for _, m := range list {
		rows = append(rows, newMeasureRow(m))
	}
	return rows
}

// astray reports whether a target is missed on the present path and more speed the same
// way is not all it takes to call it so.
func (m Measure) astray() bool { return m.Off && !m.Slow }

// OffTrackAsCounted names the targets that are missed by values whose error nobody
// stated, "" without any.
func (p *page) OffTrackAsCounted() string {
	var names []string
	for _, m := range p.Measures {
		if m.astray() && p.judgeable(m.Code) && !finite(m.Probability) {
			names = append(names, m.Name)
		}
	}
	return strings.Join(names, ", ")
}
