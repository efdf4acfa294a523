package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// The breakdown that tells what was offered best: by programme, else by provider.
func (q recordQuestions) by() string {
	for _, column := range []string{"programme", "provider"} {
		if q.relation.Has(column) {
			return column
		}
	}
	return ""
}

// levelText is what people call a level of a question's breakdown; of the whole
// record, its dataset.
func (o *offer) levelText(r analysis.Relation) func(analysis.Value) string {
	return func(v analysis.Value) string {
		if len(v.Group) == 0 {
			return sentenceCase(plainWords(r.Name))
		}
		level := v.Group[0]
		if name := o.names[level.Value]; level.Column == "programme" && name != "" {
			return name
		}
		return sentenceCase(level.Value)
	}
}

// broken are the values of a question by a column, those of the whole record where
// it has no such column.
func (o *offer) broken(code, column string) []analysis.Value {
	if column == "" {
		return o.of(code)
	}
	return o.of(code, column)
}

// taken are the lines of all records' participations, largest first.
func (o *offer) taken() []yearLine {
	var lines []yearLine
	for _, q := range o.records {
		if q.taken != "" {
			lines = append(lines, o.linesOf(o.broken(q.taken, q.by()), o.levelText(q.relation))...)
		}
	}
	return largestFirst(lines)
}

// visits are the lines of what is only counted.
func (o *offer) visits() []yearLine {
	var lines []yearLine
	for _, q := range o.records {
		if q.visits != "" {
			column := "activity"
			if !q.relation.Has(column) {
				column = q.by()
			}
			lines = append(lines, o.linesOf(o.broken(q.visits, column), o.levelText(q.relation))...)
		}
	}
	lines = filtered(lines, func(l yearLine) bool {
		return slices.ContainsFunc(valuesOfLine(l), func(v analysis.Value) bool { return told(v) || notTold(v) != "" })
	})
	return largestFirst(lines)
}

func valuesOfLine(l yearLine) []analysis.Value {
	var list []analysis.Value
	for _, v := range l.values {
		list = append(list, v)
	}
	return list
}

// participationTables are the programmes of the latest whole year and the years
// before, subjects, providers and visits.
func (o *offer) participationTables() []analysis.Table {
	taken, visits := o.taken(), o.visits()
	o.sayTaken(taken)
	o.sayCompletions()
	o.sayVisits(visits)
	var subjects, providers []yearLine
	for _, q := range o.records {
		if q.subjects != "" {
			subjects = append(subjects, o.linesOf(o.of(q.subjects, "subject"), o.levelText(q.relation))...)
		}
		if q.taken != "" && q.by() != "provider" && q.relation.Has("provider") {
			providers = append(providers, o.linesOf(o.of(q.taken, "provider"), o.levelText(q.relation))...)
		}
	}
	return slices.DeleteFunc([]analysis.Table{
		o.programmeTable(),
		overYears("enrolments and attendances", "programme", taken),
		overYears("by subject", "subject", largestFirst(subjects)),
		overYears("by provider", "provider", largestFirst(providers)),
		overYears("visits", "activity", visits),
	}, func(t analysis.Table) bool { return len(t.Rows) == 0 })
}

// programmeTable tells of each programme how many took part, how many people these
// were, for how long and how many of them finished.
func (o *offer) programmeTable() analysis.Table {
	t := analysis.Table{Name: "programmes", Columns: analysis.Columns(
		"programme", "period", "enrolments and attendances:integer", "people:integer", "hours:integer", "hours each:number", "completed:number:percent", "note",
	)}
	for _, q := range o.records {
		if q.taken == "" {
			continue
		}
		for _, l := range o.linesOf(o.broken(q.taken, q.by()), o.levelText(q.relation)) {
			if v := l.whole(); !v.Period.IsZero() {
				t.Rows = append(t.Rows, o.programmeRow(q, l.label, v))
			}
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b []any) int { return cmp.Compare(b[2].(int64), a[2].(int64)) })
	if len(t.Rows) > mostRows {
		t.Rows = t.Rows[:mostRows]
	}
	return t
}

// programmeRow is a programme in a period. What other questions know of it is left
// empty where they do not tell.
func (o *offer) programmeRow(q recordQuestions, label string, v analysis.Value) []any {
	same := func(code string) analysis.Value { return o.alike(code, v) }
	people, hours, completed := same(q.learners), same(q.hours), same(q.completed)
	var each, share any
	if told(hours) && v.Value > 0 {
		each = hours.Value / v.Value
	}
	if told(completed) {
		share = completed.Value
	}
	var notes []string
	for _, part := range []struct {
		what  string
		value analysis.Value
	}{{"people", people}, {"hours", hours}, {"completed", completed}} {
		if why := notTold(part.value); why != "" {
			notes = append(notes, part.what+" "+why)
		}
	}
	return []any{label, v.Period.Label, countCell(v), countCell(people), countCell(hours), each, share, strings.Join(notes, "; ")}
}

// sayTaken tells how many took part, in what most, and what grew and shrank most.
func (o *offer) sayTaken(lines []yearLine) {
	const about = "enrolments and attendances"
	total, records, period := 0.0, 0, ""
	for _, q := range o.records {
		if q.taken == "" {
			continue
		}
		if v := wholeOf(o.linesOf(o.of(q.taken), o.levelText(q.relation))); told(v) {
			total, records, period = total+v.Value, records+1, "in "+v.Period.Label
		}
	}
	switch {
	case records == 0:
		return
	case records > 1:
		period = "for the latest whole year of each of " + plural(int64(records), "source")
	}
	o.say(about, "%s enrolments and attendances are on record %s.", counted(total), period)
	known := filtered(lines, func(l yearLine) bool { return told(l.whole()) })
	if len(known) > 1 {
		o.say(about, "Most came to %s (%s) and %s (%s).", known[0].label, counted(known[0].whole().Value), known[1].label, counted(known[1].whole().Value))
	}
	if up, down := extremes(known); up.label != "" {
		o.say(about, "%s", changeText(up, down))
	}
}

// wholeOf is the latest whole value of the only line there is.
func wholeOf(lines []yearLine) analysis.Value {
	if len(lines) != 1 {
		return analysis.Value{Estimate: analysis.Unknown()}
	}
	return lines[0].whole()
}

// growth is by how much a line grew from its first whole year to its last.
func growth(l yearLine) float64 {
	if l.first().Period == l.whole().Period {
		return 0
	}
	return l.whole().Value - l.first().Value
}

// extremes are the lines that grew and shrank most; without a label where none did.
func extremes(lines []yearLine) (up, down yearLine) {
	for _, l := range lines {
		if growth(l) > max(0, growthOrZero(up)) {
			up = l
		}
		if growth(l) < min(0, growthOrZero(down)) {
			down = l
		}
	}
	return up, down
}

func growthOrZero(l yearLine) float64 {
	if l.label == "" {
		return 0
	}
	return growth(l)
}

func changeText(up, down yearLine) string {
	text := "Grown most: " + fromTo(up)
	if down.label != "" {
		text += "; shrunk most: " + fromTo(down)
	}
	return text + "."
}

// fromTo is "Online courses, from 357 (2021) to 3,224 (2025)".
func fromTo(l yearLine) string {
	first, last := l.first(), l.whole()
	return fmt.Sprintf("%s, from %s (%s) to %s (%s)", l.label, counted(first.Value), first.Period.Label, counted(last.Value), last.Period.Label)
}

// sayCompletions tells where most and fewest complete what they began.
func (o *offer) sayCompletions() {
	type done struct {
		label string
		value analysis.Value
	}
	var list []done
	for _, q := range o.records {
		if q.completed == "" {
			continue
		}
		for _, l := range o.linesOf(o.broken(q.completed, q.by()), o.levelText(q.relation)) {
			if v := l.whole(); told(v) && !math.IsNaN(v.Denominator) {
				list = append(list, done{l.label, v})
			}
		}
	}
	if len(list) < 2 {
		return
	}
	slices.SortStableFunc(list, func(a, b done) int { return cmp.Compare(b.value.Value, a.value.Value) })
	text := func(d done) string {
		return fmt.Sprintf("%s (%s, %s)", d.label, percentText(d.value.Value), d.value.Period.Label)
	}
	o.say("completion", "Completed most often: %s; least often: %s.", text(list[0]), text(list[len(list)-1]))
}

func (o *offer) sayVisits(lines []yearLine) {
	for _, l := range lines {
		if v := l.whole(); told(v) {
			text := fmt.Sprintf("%s: %s in %s", l.label, counted(v.Value), v.Period.Label)
			if first := l.first(); first.Period != v.Period && first.Value > 0 {
				text += fmt.Sprintf(", %s in %s", counted(first.Value), first.Period.Label)
			}
			o.say("visits", "%s.", text)
		}
	}
}

// participationCharts show the programmes with most participations, now and in their
// first year on record.
func (o *offer) participationCharts() []analysis.Chart {
	const most = 12
	lines := filtered(o.taken(), func(l yearLine) bool { return told(l.whole()) && growth(l) != 0 })
	if len(lines) < 2 {
		return nil
	}
	lines = lines[:min(most, len(lines))]
	chart := analysis.Chart{
		Name: "participation", Kind: analysis.Bar, Unit: "enrolments and attendances",
		Title: "Enrolments and attendances by programme", Source: o.recordNames(),
		Series: []analysis.Series{{Name: "first year on record"}, {Name: "latest whole year"}},
	}
	for _, l := range lines {
		chart.Labels = append(chart.Labels, l.label)
		chart.Series[0].Value = append(chart.Series[0].Value, l.first().Value)
		chart.Series[1].Value = append(chart.Series[1].Value, l.whole().Value)
	}
	if up, down := extremes(lines); up.label != "" {
		chart.Title = up.label + " grew most"
		chart.Text = changeText(up, down)
	}
	return []analysis.Chart{chart}
}

// recordNames names the datasets that hold participations.
func (o *offer) recordNames() string {
	var names []string
	for _, q := range o.records {
		if q.taken != "" {
			names = append(names, q.relation.Name)
		}
	}
	return strings.Join(names, ", ")
}
