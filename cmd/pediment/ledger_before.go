package main

import (
	"math"

	"pediment/analysis"
	"pediment/analysis/progress"
	"pediment/indicators"
)

// since is the date of the last publication before this report, "" without one.
func (w *work) since() string {
	if n := len(w.ledger.earlier); n > 0 {
		return w.ledger.earlier[n-1].Date
	}
	return ""
}

// before is what the last publication said of an indicator for the whole city in the
// period it was about then, and how the value now differs. Both are zero where it
// said nothing, or where the value is confidential now, so that it is not said again.
func (w *work) before(i indicators.Indicator, headline analysis.Value) (analysis.Value, analysis.Change) {
	var said analysis.Value
	n := len(w.ledger.earlier)
	if n == 0 || headline.State == analysis.Confidential {
		return said, analysis.Change{}
	}
	last := w.ledger.earlier[n-1]
	about, err := w.project.calendar.ParsePeriod(last.Period)
	for _, v := range last.values {
		late := err == nil && w.project.calendar.JoinYear(v.Period).Start.After(w.project.calendar.JoinYear(about).Start)
		whole := v.Code == i.Code && v.Place == "" && len(v.Group) == 0 && v.State != analysis.Partial && !v.State.Withheld()
		if whole && !late && (said.Period.IsZero() || v.Period.Start.After(said.Period.Start)) {
			said = v
		}
	}
	if said.Period.IsZero() {
		return said, analysis.Change{}
	}
	said.Better = i.Better
	if said.Period == headline.Period { // the figure may be another now, but nothing has moved since
		return said, analysis.Change{
			Status: analysis.FirstValue, Difference: headline.Value - said.Value, SE: math.NaN(), P: math.NaN(),
			From: said.Period.Label, To: said.Period.Label, Reason: "it is a figure of the same period",
		}
	}
	return said, progress.Compare(said, headline, i.Better, w.evaluated.Correlation(said, headline))
}
