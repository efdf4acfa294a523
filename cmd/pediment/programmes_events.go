package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/indicators"
)

// askEvents asks how many events there were, who came and who wrote about them.
func (o *offer) askEvents() {
	for _, r := range o.relations {
		if r.Kind != "event" || !o.apart(r) {
			continue
		}
		by := func(i indicators.Indicator) indicators.Indicator {
			i.By = filtered([]string{"type", "name"}, func(column string) bool { return r.Has(column) })
			return i
		}
		o.events.number = o.ask(by(aboutRecord(r, "events", "events")))
		if r.Has("visitors") {
			visitors := by(aboutRecord(r, "visitors of events", "visitors"))
			visitors.Numerator.Value.Value = "visitors"
			o.events.visitors = o.ask(visitors)
			if r.Has("estimated") {
				visitors.Code, visitors.Name, visitors.Numerator.Where.Value = "estimated visitors of events", "Estimated visitors", "estimated"
				o.events.estimated = o.ask(visitors)
			}
		}
		if r.Has("media_mentions") {
			media := by(aboutRecord(r, "media mentions of events", "mentions"))
			media.Numerator.Value.Value = "media_mentions"
			o.events.media = o.ask(media)
		}
		return
	}
}

// eventTables are the events of the reporting year by type and one by one.
func (o *offer) eventTables() []analysis.Table {
	if o.events.number == "" {
		return nil
	}
	o.sayEvents()
	return slices.DeleteFunc([]analysis.Table{
		o.eventTable("events", "type", "kind of event"), o.eventTable("each event", "name", "event"),
	}, func(t analysis.Table) bool { return len(t.Rows) == 0 })
}

// eventTable has a row for each level of a column in the latest year with events.
func (o *offer) eventTable(name, column, heading string) analysis.Table {
	t := analysis.Table{Name: name, Columns: analysis.Columns(heading, "period", "events:integer", "visitors:integer", "of them estimated:integer", "media mentions:integer")}
	last := o.latest(o.events.number)
	for _, v := range o.of(o.events.number, column) {
		if v.Period != last.Period || !told(v) {
			continue
		}
		t.Rows = append(t.Rows, []any{
			sentenceCase(v.Group[0].Value), v.Period.Label, countCell(v), countCell(o.alike(o.events.visitors, v)),
			countCell(o.alike(o.events.estimated, v)), countCell(o.alike(o.events.media, v)),
		})
	}
	visitors := func(row []any) int64 { n, _ := row[3].(int64); return n }
	slices.SortStableFunc(t.Rows, func(a, b []any) int { return cmp.Compare(visitors(b), visitors(a)) })
	t.Rows = t.Rows[:min(mostRows, len(t.Rows))]
	return t
}

func (o *offer) sayEvents() {
	events := o.latest(o.events.number)
	if !told(events) {
		return
	}
	text := fmt.Sprintf("%s were held in %s", plural(int64(events.Value), "event"), events.Period.Label)
	visitors, estimated := o.alike(o.events.visitors, events), o.alike(o.events.estimated, events)
	if told(visitors) {
		text += fmt.Sprintf(" and drew %s visitors", counted(visitors.Value))
		if told(estimated) && visitors.Value > 0 {
			text += fmt.Sprintf(", of whom %.0f %% were estimated and not counted", 100*estimated.Value/visitors.Value)
		}
	}
	o.say("events", "%s.", text)
	lines := o.linesOf(o.of(o.events.visitors), func(analysis.Value) string { return "Visitors of events" })
	if len(lines) == 1 && growth(lines[0]) != 0 {
		o.say("events", "%s.", fromTo(lines[0]))
	}
	if media := o.alike(o.events.media, events); told(media) {
		o.say("events", "The media mentioned them %s times.", counted(media.Value))
	}
}

// askSpaces asks which learning spaces were open at the end of each year.
func (o *offer) askSpaces() {
	for _, r := range o.relations {
		if r.Kind != "space" || !o.apart(r) {
			continue
		}
		spaces := aboutRecord(r, "learning spaces", "spaces", "place", "type")
		if r.Has("status") {
			spaces.Numerator.Where.Value = "status IS NULL OR status <> 'planned'"
		}
		o.space.number = o.ask(spaces)
		if r.Has("place", "type") {
			o.also = append(o.also, []string{"place", "type"})
		}
		return
	}
}

// spaceTables are the learning spaces by place and type, and their number over the
// years.
func (o *offer) spaceTables() []analysis.Table {
	if o.space.number == "" {
		return nil
	}
	o.saySpaces()
	places := largestFirst(o.linesOf(o.of(o.space.number, "place"), func(v analysis.Value) string { return o.project.places.Name(v.Group.Level("place")) }))
	types := largestFirst(o.linesOf(o.of(o.space.number, "type"), func(v analysis.Value) string { return sentenceCase(v.Group.Level("type")) }))
	return slices.DeleteFunc([]analysis.Table{
		overYears("learning spaces", lowerFirst(o.columnLabel("place")), places), overYears("learning spaces by type", "type", types),
	}, func(t analysis.Table) bool { return len(t.Rows) == 0 })
}

func (o *offer) saySpaces() {
	all := o.latest(o.space.number)
	if !told(all) {
		return
	}
	text := fmt.Sprintf("%s were open at the end of %s", plural(int64(all.Value), "learning space"), all.Period.Label)
	lines := filtered(o.linesOf(o.of(o.space.number, "place"), func(v analysis.Value) string { return o.project.places.Name(v.Group.Level("place")) }),
		func(l yearLine) bool { return told(l.whole()) })
	if lines = largestFirst(lines); len(lines) > 1 {
		most, fewest := lines[0], lines[len(lines)-1]
		text += fmt.Sprintf(": most in %s (%s), fewest in %s (%s)", most.label, counted(most.whole().Value), fewest.label, counted(fewest.whole().Value))
	}
	o.say("learning spaces", "%s.", text)
}

// mostSeries is how many kinds a picture tells apart; the rest are put together.
const mostSeries = 5

// spaceCharts show the learning spaces of each place by type.
func (o *offer) spaceCharts() []analysis.Chart {
	if o.space.number == "" {
		return nil
	}
	last := o.latest(o.space.number)
	types := filtered(largestFirst(o.linesOf(o.of(o.space.number, "type"), func(v analysis.Value) string { return v.Group.Level("type") })), func(l yearLine) bool { return told(l.whole()) })
	places := filtered(largestFirst(o.linesOf(o.of(o.space.number, "place"), func(v analysis.Value) string { return v.Group.Level("place") })), func(l yearLine) bool { return told(l.whole()) })
	if len(types) == 0 || len(places) < 2 || !told(last) {
		return nil
	}
	chart := analysis.Chart{
		Name: "learning spaces", Title: "Learning spaces by " + lowerFirst(o.columnLabel("place")) + ", " + last.Period.Label, Kind: analysis.Stack,
		Unit: "spaces", Source: o.run.sourceNames(o.space.number),
	}
	for _, l := range places {
		chart.Labels = append(chart.Labels, o.project.places.Name(l.label))
	}
	for k, t := range types {
		if k >= mostSeries {
			break
		}
		chart.Series = append(chart.Series, o.spacesOf(sentenceCase(t.label), places, last.Period, func(level string) bool { return level == t.label }))
	}
	if len(types) > mostSeries {
		rest := types[mostSeries:]
		chart.Series = append(chart.Series, o.spacesOf("Other", places, last.Period, func(level string) bool {
			return slices.ContainsFunc(rest, func(l yearLine) bool { return l.label == level })
		}))
	}
	chart.Text = fmt.Sprintf("%s has most learning spaces (%s), %s fewest (%s).", chart.Labels[0], counted(places[0].whole().Value),
		chart.Labels[len(places)-1], counted(places[len(places)-1].whole().Value))
	return []analysis.Chart{chart}
}

// spacesOf runs along the places with the number of spaces of the wanted types.
func (o *offer) spacesOf(name string, places []yearLine, period analysis.Period, wanted func(string) bool) analysis.Series {
	s := analysis.Series{Name: name}
	for _, place := range places {
		n := 0.0
		for _, v := range o.of(o.space.number, "place", "type") {
			if v.Period == period && v.Group.Level("place") == place.label && wanted(v.Group.Level("type")) {
				if !told(v) {
					n = math.NaN()
				}
				n += v.Value
			}
		}
		s.Value = append(s.Value, n)
	}
	return s
}
