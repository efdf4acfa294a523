package main

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/progress"
	"pediment/reports"
)

// placeTrends are the disclosed values of an indicator by place, in the periods of
// its whole-city trend, each place compared over time as the city is. Places are in
// the order of places.csv.
func (w *work) placeTrends(code, better string, s *series) []reports.PlaceTrend {
	by := map[string]map[string]analysis.Value{}
	for _, v := range w.evaluated.Values {
		if v.Code != code || v.Place != "" || len(v.Group) != 1 || v.Group[0].Column != "place" {
			continue
		}
		place := v.Group[0].Value
		if by[place] == nil {
			by[place] = map[string]analysis.Value{}
		}
		by[place][v.Period.Label] = v
	}
	var list []reports.PlaceTrend
	for _, place := range w.project.places {
		values := by[place.Code]
		if values == nil {
			continue
		}
		one := reports.PlaceTrend{Code: place.Code, Name: place.Name}
		for _, whole := range s.trend {
			v, there := values[whole.Period.Label]
			if !there {
				v = analysis.Value{Code: code, Name: whole.Name, Period: whole.Period, Unit: whole.Unit, Better: whole.Better,
					Group: analysis.Group{{Column: "place", Value: place.Code}}}
				v.Withhold(analysis.Missing, "there are no data for "+whole.Period.Label)
			}
			one.Trend = append(one.Trend, v)
		}
		one.Change = w.placeChange(one.Trend, s.headline.Period, better)
		list = append(list, one)
	}
	return list
}

// placeChange compares a place's value of the headline's period with the first one
// it may be compared with.
func (w *work) placeChange(trend []analysis.Value, period analysis.Period, better string) analysis.Change {
	k := slices.IndexFunc(trend, func(v analysis.Value) bool { return v.Period == period })
	if k < 0 {
		return analysis.Change{Status: analysis.NoData, Difference: math.NaN(), SE: math.NaN(), P: math.NaN()}
	}
	first := progress.Baseline(trend[:k+1])
	return progress.Compare(first, trend[k], better, w.evaluated.Correlation(first, trend[k]))
}

// planTargets are the targets of the plan for the whole city's value of an
// indicator, in the order of periods.
func (w *work) planTargets(code string, headline analysis.Period) []reports.Target {
	m, ok := w.wholeMeasure(code)
	if !ok || m.Cumulative {
		return nil
	}
	var list []reports.Target
	for _, t := range m.Targets {
		one := reports.Target{Period: t.Period.Label, Value: t.Value, High: math.NaN(), Ahead: !t.Period.End.Before(headline.End)}
		if m.Direction == progress.InRange {
			one.Value, one.High = t.Low, t.High
		}
		if k := slices.IndexFunc(w.measures, func(r reports.Measure) bool { return r.ID == m.ID && r.TargetPeriod == one.Period }); math.IsNaN(one.Value) && k >= 0 {
			one.Value = w.measures[k].Target // of what each year is to add
		}
		if !math.IsNaN(one.Value) {
			list = append(list, one)
		}
	}
	return list
}

// wholeMeasure is the plan's measure of the indicator for the whole city.
func (w *work) wholeMeasure(code string) (progress.Measure, bool) {
	if w.project.plan == nil {
		return progress.Measure{}, false
	}
	for _, m := range w.project.plan.Measures() {
		if m.Code.Value == code && m.Place.Value == "" && len(m.Group) == 0 && len(m.To) == 0 {
			return m, true
		}
	}
	return progress.Measure{}, false
}

// declaredBreaks are the breaks the plan declares in the whole city's series, each
// at the first period of the trend that is not like those before.
func (w *work) declaredBreaks(code string, trend []analysis.Value) []analysis.Mark {
	m, _ := w.wholeMeasure(code)
	var list []analysis.Mark
	for _, b := range m.Breaks {
		k := slices.IndexFunc(trend, func(v analysis.Value) bool { return !v.Period.Start.Before(b.Period.Start) })
		if k > 0 {
			text := b.Note
			if text == "" {
				text = fmt.Sprintf("not like before from %s on", b.Period.Label)
			}
			list = append(list, analysis.Mark{Text: text, At: trend[k].Period.Label, Value: math.NaN()})
		}
	}
	return list
}
