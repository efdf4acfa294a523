package progress

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"pediment/analysis"
)

// Most lines and bars that are drawn, those that ask for a decision first.
const (
	mostLines = 8
	mostBars  = 12
)

// charts draws the most important measures on their way, and how probable each
// status is.
func (a *assessment) charts() []analysis.Chart {
	var list []analysis.Chart
	if c, worth := a.sharesChart(); worth {
		list = append(list, c)
	}
	for _, st := range a.ranked {
		if len(list) > mostLines {
			break
		}
		if st.absent == "" && st.aimed && len(st.points) > 1 {
			list = append(list, st.lineChart(a.setup))
		}
	}
	return list
}

// lineChart draws what was measured with its interval and the way the plan asks.
func (st *standing) lineChart(s Setup) analysis.Chart {
	periods := st.axis(s.Calendar)
	c := analysis.Chart{
		Name: chartName(st.ID), Kind: "line", Unit: st.unit, Source: st.source(s),
		Title: st.title + ": " + st.chartTitle(), Text: st.verdict() + " " + st.journey(),
	}
	actual, path := analysis.Series{Name: "actual"}, analysis.Series{Name: "required path"}
	knots := st.knots()
	for _, p := range periods {
		c.Labels = append(c.Labels, p.Label)
		value, low, high := st.drawn(p)
		actual.Value, actual.Low, actual.High = append(actual.Value, value), append(actual.Low, low), append(actual.High, high)
		required := math.NaN()
		if t := st.timeOf(p); t >= knots[0].Time {
			required = Along(knots, st.Path, t)
		}
		path.Value = append(path.Value, required)
		path.Low, path.High = append(path.Low, math.NaN()), append(path.High, math.NaN())
	}
	c.Series = []analysis.Series{actual, path}
	return c
}

// chartName is a name without spaces or signs.
func chartName(id string) string {
	return "measure_" + strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '_'
	}, id)
}

// axis lists the periods to draw: those with values, the baseline's, the targets'
// and the years between.
func (st *standing) axis(calendar analysis.Calendar) []analysis.Period {
	list := []analysis.Period{st.from}
	for _, v := range st.known {
		list = append(list, v.Period)
	}
	for _, t := range st.Targets {
		list = append(list, t.Period)
	}
	slices.SortFunc(list, analysis.Period.Compare)
	list = append(list, calendar.YearsBetween(list[0], list[len(list)-1])...)
	slices.SortFunc(list, analysis.Period.Compare)
	return slices.CompactFunc(list, func(a, b analysis.Period) bool { return a.Start.Equal(b.Start) && a.End.Equal(b.End) })
}

// drawn is the value of a period with its interval, NaN where there is none.
func (st *standing) drawn(p analysis.Period) (value, low, high float64) {
	for _, v := range st.known {
		if v.Period == p && unusable(v) == "" {
			return v.Value, v.Low, v.High
		}
	}
	if p == st.Baseline.Period && !math.IsNaN(st.Baseline.Value) {
		by := normalBound * st.Baseline.SE
		return st.Baseline.Value, st.Baseline.Value - by, st.Baseline.Value + by
	}
	return math.NaN(), math.NaN(), math.NaN()
}

// chartTitle states the finding.
func (st *standing) chartTitle() string {
	_, label, _ := st.statusCells()
	if st.best < 0 || math.IsNaN(st.needed) || st.gap == 0 || math.IsNaN(st.pace) {
		return label
	}
	return fmt.Sprintf("%s; needs to %s by %s a year, has %s", label, way(st.needed, "rise", "fall"), st.amount(st.needed, st.paceError), st.moved())
}

// source names the data of a measure and how many rows the last value rests on.
func (st *standing) source(s Setup) string {
	var parts []string
	if s.Source != nil {
		if from := s.Source(st.Code.Value); from != "" {
			parts = append(parts, from)
		}
	}
	if st.now.N > 0 {
		parts = append(parts, fmt.Sprintf("n = %d in %s", st.now.N, st.now.Period.Label))
	}
	return strings.Join(parts, "; ")
}

// sharesChart stacks how probable each status is, what asks for a decision first;
// worth drawing when the statuses have one name throughout and anything is sampled.
func (a *assessment) sharesChart() (analysis.Chart, bool) {
	c := analysis.Chart{Name: "status_shares", Kind: "stack", Unit: "percent", Source: "computed from baseline and latest value with their errors"}
	var statuses []Status
	open := 0
	for _, st := range a.ranked {
		if len(c.Labels) == mostBars || st.shares == nil || st.exact() {
			continue
		}
		if statuses == nil {
			statuses = st.statuses
			for _, s := range statuses {
				c.Series = append(c.Series, analysis.Series{Name: s.Icon + " " + s.Label})
			}
		}
		if len(st.statuses) != len(statuses) || st.statuses[len(statuses)-1].ID != statuses[len(statuses)-1].ID {
			continue
		}
		c.Labels = append(c.Labels, st.title)
		for k, p := range st.shares {
			one := &c.Series[k]
			one.Value = append(one.Value, 100*p)
			one.Low, one.High = append(one.Low, math.NaN()), append(one.High, math.NaN())
		}
		if !st.printed() {
			open++
		}
	}
	c.Title = fmt.Sprintf("How sure the status is: open for %d of %s", open, counts(len(c.Labels), "measure", "measures"))
	if open == 0 {
		c.Title = "How sure the status is: clear for every measure shown"
	}
	c.Text = fmt.Sprintf("Probability of each status for %s, given the errors of baseline and latest value.", counts(len(c.Labels), "measure", "measures"))
	return c, len(c.Labels) > 0
}
