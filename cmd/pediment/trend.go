package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/progress"
)

// series is an indicator's whole-city values over time, the one that stands for
// the reporting period, and how it changed.
type series struct {
	trend              []analysis.Value
	headline, baseline analysis.Value
	change             analysis.Change
}

// reportingYear is the calendar year the report is about: the one declared, else
// the latest for which at least half the indicators have a whole value.
func (w *work) reportingYear() analysis.Period {
	calendar := w.project.calendar
	if asked, err := calendar.ParsePeriod(w.project.settings.Report.Period); err == nil {
		return calendar.JoinYear(asked)
	}
	var latest analysis.Period
	counts := map[string]map[string]bool{}
	for _, v := range w.evaluated.Values {
		if len(v.Group) > 0 || v.State != analysis.Known {
			continue
		}
		year := calendar.JoinYear(v.Period)
		if counts[year.Label] == nil {
			counts[year.Label] = map[string]bool{}
		}
		counts[year.Label][v.Code] = true
		enough := 2*len(counts[year.Label]) >= len(w.series)
		if enough && year.Start.After(latest.Start) {
			latest = year
		}
	}
	return latest
}

// checkYear refuses a reporting year for which there are no values at all.
func (w *work) checkYear() error {
	asked := w.project.settings.Report.Period
	if asked == "" || len(w.evaluated.Values) == 0 {
		return nil
	}
	var years []string
	for _, v := range w.evaluated.Values {
		year := w.project.calendar.JoinYear(v.Period)
		if year.Label == w.year.Label {
			return nil
		}
		if !slices.Contains(years, year.Label) {
			years = append(years, year.Label)
		}
	}
	slices.Sort(years)
	return analysis.Problem{Message: "there are no figures for " + asked, Hint: "there are some for " + strings.Join(years, ", ")}
}

// progress finds each indicator's headline and compares it with its baseline.
func (w *work) progress(context.Context) error {
	w.series = map[string]*series{}
	for _, v := range w.evaluated.Values {
		if len(v.Group) > 0 || v.Place != "" {
			continue
		}
		if w.series[v.Code] == nil {
			w.series[v.Code] = &series{}
		}
		w.series[v.Code].trend = append(w.series[v.Code].trend, v)
	}
	w.year = w.reportingYear()
	w.now = w.usualYear()
	for code, s := range w.series {
		indicator, _ := w.project.catalogue.Find(code)
		s.headline = w.headline(s.trend)
		upTo := slices.IndexFunc(s.trend, func(v analysis.Value) bool { return v.Period == s.headline.Period })
		s.baseline = progress.Baseline(s.trend[:upTo+1])
		s.change = progress.Compare(s.baseline, s.headline, indicator.Better, w.evaluated.Correlation(s.baseline, s.headline))
		s.trend = w.withGaps(s.trend)
	}
	return nil
}

// withGaps puts an absent value where a yearly series skips years, so that a
// line over time shows the gap.
func (w *work) withGaps(trend []analysis.Value) []analysis.Value {
	var out []analysis.Value
	for k, v := range trend {
		if k > 0 {
			for _, year := range w.project.calendar.YearsBetween(trend[k-1].Period, v.Period) {
				gap := analysis.Value{Code: v.Code, Name: v.Name, Period: year, Unit: v.Unit, Better: v.Better, Definition: v.Definition}
				gap.Withhold(analysis.Missing, "there are no data for "+year.Label)
				out = append(out, gap)
			}
		}
		out = append(out, v)
	}
	return out
}

// headline is the value that stands for the reporting period: the latest whole
// one up to it, marked when it is older; else the latest there is.
func (w *work) headline(trend []analysis.Value) analysis.Value {
	var best, any analysis.Value
	for _, v := range trend {
		if w.after(v.Period) {
			continue
		}
		any = v
		if v.State == analysis.Known {
			best = v
		}
	}
	switch {
	case any.Period.IsZero():
		any = trend[0]
		any.Withhold(analysis.Missing, "the first figure is of "+any.Period.Label)
		return any
	case best.Period.IsZero():
		return any
	}
	if year := w.project.calendar.JoinYear(best.Period); year.Start.Before(w.year.Start) {
		best.State = analysis.CarriedForward
		best.Reason = fmt.Sprintf("the latest whole figure is of %s", best.Period.Label)
	}
	return best
}

// after reports whether p counts for a year after the reporting year.
func (w *work) after(p analysis.Period) bool {
	return !w.year.IsZero() && w.project.calendar.JoinYear(p).Start.After(w.year.Start)
}
