package reports

import (
	"fmt"

	"pediment/analysis"
)

// scoreArea is one area of the scorecard.
type scoreArea struct {
	Title, Anchor string
	Look          look
	KnownOf       string
	Rows          []scoreRow
}

// scoreRow is one indicator on one line.
type scoreRow struct {
	Anchor, Code, Name    string
	Value, Unit, Interval string
	Period, N             string // N of what was sampled
	Change, Since         string
	Target                string // of the plan, with its period
	Standing              *look  // how the target stands; nil without one
	Sure                  string
	Look                  look // of the change, or why there is no value
	Bar                   *scoreBar
	Strip                 *dotStrip
}

// scoreBar is an estimate on a line of its own, with the target and the value it
// started from as ticks.
type scoreBar struct {
	intervalBar
	Target             px
	HasTarget, HasThen bool
}

// Scorecard lists every indicator by area.
func (p *page) Scorecard() []scoreArea {
	var list []scoreArea
	for _, a := range p.Areas {
		s := summarise(a.Indicators)
		area := scoreArea{Title: a.title(), Anchor: anchor(a), Look: s.Look(), KnownOf: s.KnownOf()}
		for _, i := range a.Indicators {
			area.Rows = append(area.Rows, p.scoreRow(i))
		}
		list = append(list, area)
	}
	return list
}

func (p *page) scoreRow(i Indicator) scoreRow {
	row := scoreRow{Anchor: IndicatorAnchor(i.Code), Code: i.Code, Name: i.Name, Look: lookOf(i), Value: none}
	if i.Unit != "percent" {
		row.Unit = i.Unit
	}
	m, planned := p.measureOf(i.Code)
	if planned {
		l := lookOfMeasure(m)
		row.Standing, row.Target, row.Sure = &l, fmt.Sprintf("%s by %s", m.aim(), m.TargetPeriod), m.sureness()
		if m.Uncertain {
			row.Sure = ""
		}
	}
	if !known(i.Headline) {
		row.Look.Icon, row.Look.Word = stateIcon(i.Headline.State), string(absence(i.Headline))
		return row
	}
	row.Value, row.Interval, row.Period = number(i.Headline.Estimate, i.Unit), interval(i.Headline.Estimate, i.Unit), i.Headline.Period.Label
	if i.Headline.N > 0 && i.Headline.Sampled() {
		row.N = count(i.Headline.N)
	}
	if finite(i.Change.Difference) {
		row.Change, row.Since = signed(i.Change, i.Unit), i.Change.From
		if i.Unit == "percent" {
			row.Change += noBreak + "pp"
		}
	}
	row.Bar = newScoreBar(i, m, planned)
	if strip, ok := newDotStrip(i); ok {
		row.Strip = &strip
	}
	return row
}

// measureOf is the plan's target for an indicator and the whole city, from the same
// period as its value.
func (r *Report) measureOf(code string) (Measure, bool) {
	for _, m := range r.Measures {
		if m.Code == code && m.Who == "" && m.Direction != "parity" {
			return m, true
		}
	}
	return Measure{}, false
}

func newScoreBar(i Indicator, m Measure, planned bool) *scoreBar {
	now, then := i.Headline.Estimate, analysis.Unknown()
	b := scoreBar{HasThen: known(i.Baseline) && finite(i.Change.Difference)}
	if b.HasThen {
		then = i.Baseline.Estimate
	}
	target := plainEstimate(m.Target)
	b.HasTarget = planned && finite(m.Target)
	if !b.HasTarget {
		target = analysis.Unknown()
	}
	s := fit(6, stripWidth-6, now.Value, now.Low, now.High, then.Value, target.Value)
	b.intervalBar = intervalBar{Point: s.at(now.Value), Then: s.at(then.Value), Class: lookOf(i).Class, Text: "Now " + estimateText(i.Headline, i.Unit)}
	if b.HasThen {
		b.Text += "; then " + amount(then, i.Unit)
	}
	if b.HasTarget {
		b.Target, b.Text = s.at(m.Target), fmt.Sprintf("%s; target %s by %s", b.Text, m.aim(), m.TargetPeriod)
	}
	b.Text += "."
	if finite(now.Low) && finite(now.High) {
		b.Interval, b.Low, b.Width = true, s.at(now.Low), s.at(now.High)-s.at(now.Low)
	}
	return &b
}
