package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pediment/analysis"
)

// series lists the values of one indicator and group over time, up to the day the
// appraisals are made for.
func (l *live) series(w *work, code string, group map[string]string) ([]analysis.Value, error) {
	var series []analysis.Value
	var known []string
	for _, v := range w.evaluated.Values {
		if v.Code != code || len(v.Group) != len(group) || v.Period.Start.After(l.asOf) {
			continue
		}
		known = append(known, v.Group.String())
		if !slices.ContainsFunc(v.Group, func(level analysis.Level) bool { return group[level.Column] != level.Value }) {
			series = append(series, v)
		}
	}
	if len(series) > 0 {
		return series, nil
	}
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code == code && c.Missing != "" {
			return nil, fmt.Errorf("there is no figure: %s; to fill the gap: %s", c.Missing, c.Fill)
		}
	}
	if len(known) > 0 {
		slices.Sort(known)
		return nil, fmt.Errorf("there is no such group; there are %s", strings.Join(slices.Compact(known), "; "))
	}
	for _, warning := range w.evaluated.Warnings {
		if warning.About == code {
			return nil, fmt.Errorf("there is no figure: %s", warning.Text)
		}
	}
	return nil, fmt.Errorf("there is no figure up to %s", l.asOf.Format(time.DateOnly))
}

// figure is the series' value of a period, by default of the latest that is whole.
// Only a value that may be shown as it is will do.
func (l *live) figure(series []analysis.Value, period string) (analysis.Value, error) {
	v := latestWhole(series)
	if period != "" {
		asked, err := l.project.calendar.ParsePeriod(period)
		if err != nil {
			return v, err
		}
		at := slices.IndexFunc(series, func(v analysis.Value) bool { return v.Period.Label == asked.Label })
		if at < 0 {
			return v, fmt.Errorf("there is no figure of %s; there are some of %s", asked.Label, periodLabels(series))
		}
		v = series[at]
	}
	if v.State != analysis.Known {
		reason := string(v.State)
		if v.Reason != "" {
			reason += ": " + v.Reason
		}
		return v, fmt.Errorf("the figure of %s cannot be used; it is %s", v.Period.Label, reason)
	}
	return v, nil
}

// latestWhole is the last value that is neither missing nor of a running period;
// the last of all when there is none.
func latestWhole(series []analysis.Value) analysis.Value {
	for k := len(series) - 1; k >= 0; k-- {
		if state := series[k].State; state != analysis.Missing && state != analysis.Partial {
			return series[k]
		}
	}
	return series[len(series)-1]
}

func periodLabels(series []analysis.Value) string {
	labels := make([]string, len(series))
	for k, v := range series {
		labels[k] = v.Period.Label
	}
	return strings.Join(labels, ", ")
}
