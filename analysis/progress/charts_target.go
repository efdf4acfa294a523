package progress

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// targetCharts set what was reached beside what is wanted, one chart for each unit
// that measures share, percentages first; other units count different things on scales
// of their own, so only measures of one indicator share a chart. A measure that is to stay within a range
// has two ticks; sums since the baseline's period are left to the table, as their
// value is not of one period.
func (a *assessment) targetCharts() []analysis.Chart {
	by := map[string][]*standing{}
	var units []string
	for _, st := range a.ranked {
		if st.absent != "" || !st.aimed || st.Cumulative || math.IsNaN(st.nowPoint().Value) || len(st.aims()) == 0 {
			continue
		}
		key := st.unit
		if key != "percent" {
			key = st.unit + " " + st.Code.Value
		}
		if by[key] == nil {
			units = append(units, key)
		}
		by[key] = append(by[key], st)
	}
	slices.SortStableFunc(units, func(x, y string) int { return first(x == "percent") - first(y == "percent") })
	var list []analysis.Chart
	for _, unit := range units {
		if group := by[unit]; len(group) > 1 {
			list = append(list, a.targetChart(unit, group[0].unit, group[:min(len(group), mostBars)]))
		}
	}
	return list
}

// first is 0 for what comes first.
func first(yes bool) int {
	if yes {
		return 0
	}
	return 1
}

// aims are the ends of the last target: one value, or the two of a range.
func (st *standing) aims() []float64 {
	t := st.target
	open := func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }
	return slices.DeleteFunc([]float64{t.Value, t.Low, t.High}, open)
}

// targetChart draws the measures of one unit, what asks for a decision first.
func (a *assessment) targetChart(key, unit string, group []*standing) analysis.Chart {
	c := analysis.Chart{Name: "targets_" + strings.TrimPrefix(chartName(key), "measure_"), Kind: analysis.Bullet, Unit: unit, Under: "Latest value (bar, with its 95 % interval) and target (tick), " + unit,
		Source: "sources of the measures; targets of the action plan"}
	actual, target := analysis.Series{Name: "actual"}, analysis.Series{Name: "target", Tone: analysis.Path}
	upper := analysis.Series{Name: "up to", Tone: analysis.Path}
	var texts []string
	reached, none := 0, math.NaN()
	for _, st := range group {
		now, aims := st.nowPoint(), st.aims()
		if now.SE == 0 {
			now.SE = none
		}
		c.Labels = append(c.Labels, fmt.Sprintf("%s, by %s", st.label(), st.target.Period.Label))
		extend(&actual, now.Value, now.SE)
		extend(&target, aims[0], none)
		extend(&upper, append(aims, none)[1], none)
		if st.aim.hit(now.Value) {
			reached++
		}
		texts = append(texts, fmt.Sprintf("%s %s (target %s)", st.label(), inUnit(now.Value, now.SE, st.unit), targetWords(st.Measure, st.target, st.unit)))
	}
	c.Text = "What asks for a decision first stands first: " + strings.Join(texts, "; ") + "."
	c.Series = []analysis.Series{actual, target}
	if slices.ContainsFunc(upper.Value, func(x float64) bool { return !math.IsNaN(x) }) {
		c.Series = append(c.Series, upper)
	}
	c.Title = fmt.Sprintf("%d of the %s shown have reached their last target", reached, counts(len(group), "measure", "measures"))
	switch reached {
	case 0:
		c.Title = fmt.Sprintf("None of the %s shown has reached its last target yet", counts(len(group), "measure", "measures"))
	case 1:
		c.Title = fmt.Sprintf("One of the %s shown has reached its last target", counts(len(group), "measure", "measures"))
	}
	return c
}
