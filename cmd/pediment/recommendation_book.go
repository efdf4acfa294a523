package main

import (
	"pediment/analysis"
	"pediment/analysis/progress"
	"pediment/reports"
)

// book are the entries of recommendations.yaml for this period and earlier ones, with
// what has become of the figures they are about.
func (w *work) book() []reports.Recommendation {
	var entries []reports.Recommendation
	for _, r := range w.project.recommendations {
		if w.after(r.period) {
			continue
		}
		entry := r.Recommendation
		entry.Earlier = w.project.calendar.JoinYear(r.period).Start.Before(w.year.Start)
		entry.Overdue = entry.Open() && !r.due.IsZero() && !r.due.End.After(w.year.End)
		entry.Anchor = w.anchorOf(entry.About)
		entry.Then, entry.Now, entry.Change = w.thenAndNow(entry.About, r.period)
		entries = append(entries, entry)
	}
	return entries
}

// anchorOf is where the report tells of what an entry is about.
func (w *work) anchorOf(about string) string {
	code := about
	if m, found := w.measureNamed(about); found {
		code = m.Code.Value
	}
	if _, found := w.project.catalogue.Find(code); found {
		return reports.IndicatorAnchor(code)
	}
	return string(reports.Lessons)
}

// measureNamed finds a measure of the plan.
func (w *work) measureNamed(id string) (progress.Measure, bool) {
	if w.project.plan == nil {
		return progress.Measure{}, false
	}
	for _, m := range w.project.plan.Measures() {
		if m.ID == id {
			return m, true
		}
	}
	return progress.Measure{}, false
}

// thenAndNow are the value that an entry is about in the period it was made for, the
// latest one up to the reporting year, and how they differ. They are zero where it is
// about no indicator, or where either value is not to be shown.
func (w *work) thenAndNow(about string, period analysis.Period) (then, now analysis.Value, change analysis.Change) {
	m, found := w.measureNamed(about)
	if !found {
		m = progress.Measure{Code: analysis.Text{Value: about}}
	}
	i, known := w.project.catalogue.Find(m.Code.Value)
	if !known || len(m.To) > 0 || m.Cumulative {
		return then, now, change
	}
	year := w.project.calendar.JoinYear(period)
	for _, v := range w.evaluated.Values {
		placed := underPlace(v)
		if v.Code != i.Code || placed.Place != m.Place.Value || placed.Group.String() != m.Group.String() || w.after(v.Period) || v.State.Withheld() {
			continue
		}
		if w.project.calendar.JoinYear(v.Period) == year {
			then = v
		}
		if now.Period.IsZero() || v.Period.Start.After(now.Period.Start) {
			now = v
		}
	}
	if then.Period.IsZero() || now.Period.IsZero() || then.Period == now.Period {
		return analysis.Value{}, analysis.Value{}, change
	}
	return then, now, progress.Compare(then, now, i.Better, w.evaluated.Correlation(then, now))
}
