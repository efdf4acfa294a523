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
	list = append(list, a.targetCharts()...)
	if c, worth := a.sharesChart(); worth {
		list = append(list, c)
	}
	drawn := 0
	for _, st := range a.ranked {
		if drawn == mostLines {
			break
		}
		if st.absent == "" && st.aimed && len(st.points) > 1 {
			list = append(list, st.lineChart(a.setup))
			drawn++
		}
	}
	return list
}

// lineChart draws what was measured with its interval and the way the plan asks.
func (st *standing) lineChart(s Setup) analysis.Chart {
	periods := st.axis(s.Calendar)
	c := analysis.Chart{
		Name: chartName(st.ID), Kind: analysis.Line, Unit: st.unit, Source: st.source(s),
		Title: st.title + ": " + st.chartTitle(), Text: st.verdict() + " " + st.journey(),
	}
	actual, path, before := analysis.Series{Name: "actual"}, analysis.Series{Name: "required path", Tone: analysis.Path}, analysis.Series{Name: "before the break"}
	knots, broken := st.knots(), false
	nan := math.NaN()
	for _, p := range periods {
		c.Labels = append(c.Labels, p.Label)
		value, se, comparable := st.drawn(p)
		broken = broken || !comparable
		if comparable {
			extend(&actual, value, se)
			extend(&before, nan, nan)
		} else {
			extend(&actual, nan, nan)
			extend(&before, value, se)
		}
		required := nan
		if t := st.timeOf(p); t >= knots[0].Time {
			required = Along(knots, st.Path, t)
		}
		extend(&path, required, nan)
	}
	c.Series = []analysis.Series{actual, path}
	if broken {
		c.Series = append(c.Series, before)
	}
	return c
}

// extend adds a point with its 95 % interval to a series.
func extend(s *analysis.Series, value, se float64) {
	by := normalBound * se
	s.Value, s.Low, s.High = append(s.Value, value), append(s.Low, value-by), append(s.High, value+by)
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

// drawn is the value of a period with its error, both NaN where there is none, and
// whether it is comparable with now.
func (st *standing) drawn(p analysis.Period) (value, se float64, comparable bool) {
	v := analysis.Value{Period: p, Definition: st.now.Definition}
	v.Value, v.SE = math.NaN(), math.NaN()
	for k := range st.known {
		if st.known[k].Period == p && unusable(&st.known[k]) == "" {
			v = st.known[k]
		}
	}
	if p == st.Baseline.Period && !math.IsNaN(st.Baseline.Value) && !st.Cumulative {
		v.Value, v.SE = st.Baseline.Value, st.Baseline.SE
	}
	if st.Cumulative {
		return v.Value, v.SE, true
	}
	factor, why := st.factor(&st.Measure, &v)
	if why != "" {
		return v.Value, v.SE, math.IsNaN(v.Value)
	}
	point := pointOf(st.Measure, v, factor)
	if point.SE == 0 {
		point.SE = math.NaN()
	}
	return point.Value, point.SE, true
}

// chartTitle states the finding.
func (st *standing) chartTitle() string {
	_, label, _ := st.statusCells()
	if st.best < 0 || math.IsNaN(st.needed) || st.gap == 0 || math.IsNaN(st.pace) {
		return label
	}
	needs := "needs"
	if st.interim() {
		label, needs = label+st.forLeg(), "for "+st.target.Period.Label+" needs"
	}
	return fmt.Sprintf("%s; %s to %s by %s a year, has %s", label, needs, way(st.needed, "rise", "fall"), st.amount(st.needed, st.paceError), st.moved())
}

// source names the data of a measure and how many rows the last value rests on.
func (st *standing) source(s Setup) string {
	var parts []string
	if s.Source != nil {
		if from := s.Source(st.Code.Value); from != "" {
			parts = append(parts, from)
		}
	}
	if st.now.Sampled() && st.now.N > 0 {
		parts = append(parts, fmt.Sprintf("n = %d in %s", st.now.N, st.now.Period.Label))
	}
	return strings.Join(parts, "; ")
}

// label is the title with place and group first, as labels are cut off.
func (st *standing) label() string {
	at := strings.LastIndex(st.title, " (")
	if at < 0 || st.Place.Value == "" && len(st.Group) == 0 {
		return st.title
	}
	return strings.TrimSuffix(st.title[at+2:], ")") + " – " + st.title[:at]
}

// snapped is a probability that is 0 or 1 but for the computer's rounding as just that.
func snapped(p float64) float64 {
	const rounding = 1e-12
	switch {
	case p < rounding:
		return 0
	case p > 1-rounding:
		return 1
	}
	return p
}

// sharesChart stacks how probable each status is, what asks for a decision first;
// worth drawing when the statuses have one name throughout and anything is sampled.
func (a *assessment) sharesChart() (analysis.Chart, bool) {
	c := analysis.Chart{Name: "status_shares", Kind: analysis.Stack, Unit: "percent", Source: "computed from baseline and latest value with their errors"}
	var statuses []Status
	open := 0
	for _, st := range a.ranked {
		if len(c.Labels) == mostBars || st.shares == nil || st.exact() {
			continue
		}
		if statuses == nil {
			statuses = st.statuses
			for _, s := range statuses {
				c.Series = append(c.Series, analysis.Series{Name: s.Icon + " " + s.Label, Tone: analysis.Tone(s.Colour)})
			}
		}
		if len(st.statuses) != len(statuses) || st.statuses[len(statuses)-1].ID != statuses[len(statuses)-1].ID {
			continue
		}
		c.Labels = append(c.Labels, st.label())
		for k, p := range st.shares {
			one := &c.Series[k]
			one.Value = append(one.Value, 100*snapped(p))
			one.Low, one.High = append(one.Low, math.NaN()), append(one.High, math.NaN())
		}
		if st.kind() == openKind {
			open++
		}
	}
	c.Title = fmt.Sprintf("How sure the status is: whether it is on course is open for %d of %s", open, counts(len(c.Labels), "measure", "measures"))
	if open == 0 {
		c.Title = "How sure the status is: on course or off is clear for every measure shown"
	}
	c.Text = fmt.Sprintf("Probability of each status for %s, given the errors of baseline and latest value.", counts(len(c.Labels), "measure", "measures"))
	return c, len(c.Labels) > 0
}
