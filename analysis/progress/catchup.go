package progress

import (
	"cmp"
	"math"
	"slices"

	"pediment/analysis"
)

// behind is a group or place that is behind the city in what a measure wants.
type behind struct {
	of          *standing
	place       string
	group       analysis.Group
	name        string
	value, pace float64
	city        float64 // pace of the whole city over the same time
	lagging     float64 // probability that it is behind
	years       float64 // +Inf: never at these paces
	closing     float64 // probability that it comes closer at all
	exact       bool    // by values without any error: probabilities say nothing
	state       string
}

// States of those that are behind.
const (
	catchingUp  = "catching up"
	neverAtPace = "never at current pace"
	openPace    = "not clear whether it catches up"
	leftOut     = "left out: no figure"
)

// catchUps looks at the groups and places of every measure of the whole city. Paces
// of both are those of the data, whatever baseline the plan gives.
func (a *assessment) catchUps() []behind {
	parts := map[string][]seriesKey{}
	for key := range a.index {
		if key.place != "" || key.group != "" {
			parts[key.code] = append(parts[key.code], key)
		}
	}
	var list []behind
	for _, st := range a.all {
		whole := st.Place.Value == "" && len(st.Group) == 0 && !st.Cumulative
		if !whole || st.absent != "" || st.bare != "" || len(st.points) < 2 || st.aim.twoSided() {
			continue
		}
		m := st.Measure
		m.Baseline.Value, m.Baseline.SE = math.NaN(), math.NaN()
		city := follow(m, a.index, a.setup)
		if city.bare != "" || city.unknownError() != "" || len(city.points) < 2 {
			continue
		}
		keys := slices.Clone(parts[st.Code.Value])
		slices.SortFunc(keys, func(x, y seriesKey) int {
			return cmp.Or(cmp.Compare(x.place, y.place), cmp.Compare(x.group, y.group))
		})
		list = append(list, a.laggards(st, city, keys)...)
	}
	return list
}

// laggards are the parts that are behind the city in one measure, the furthest first.
func (a *assessment) laggards(st *standing, city track, keys []seriesKey) []behind {
	inside := a.containing(keys)
	var own []behind
	for _, key := range keys {
		one := a.index[key][0]
		if slices.ContainsFunc(one.Group, unnamed) || len(one.Group) > 0 && a.setup.Compared != nil && !a.setup.Compared(one.Code, one.Group.Columns()) {
			continue
		}
		if b, lags := a.lag(st, city, one, inside); lags {
			own = append(own, b)
		}
	}
	slices.SortStableFunc(own, func(x, y behind) int { return cmp.Compare(x.distance(), y.distance()) })
	return own
}

// unnamed reports a level of which nobody says what it is.
func unnamed(l analysis.Level) bool { return l.Value == "" || l.Value == "(not stated)" }

// distance is how far behind the city it is, negative: the furthest sorts first,
// those without a figure last.
func (b behind) distance() float64 {
	if b.state == leftOut {
		return math.Inf(1)
	}
	return -b.of.course.Better * (b.of.currentPoint().Value - b.value)
}

// lag looks at one group of a measure, and reports whether it is behind with the
// threshold's probability. Ends at other times than the city's are not compared, nor
// two values beside a break, which may be the break's doing.
//
//	var(d_t) = se_g² + se_c² − 2·cov(g, c)    var(closing) = (var(d_0) + var(d_1))/years²
//
// d being the group's distance to the city. The correlation over time is left out,
// which overstates the error of paces where a panel is asked again.
func (a *assessment) lag(st *standing, city track, one analysis.Value, inside containment) (behind, bool) {
	m := st.Measure
	m.Place.Value, m.Group = one.Place, one.Group
	m.Baseline.Value, m.Baseline.SE = math.NaN(), math.NaN()
	t := follow(m, a.index, a.setup)
	b := behind{of: st, place: one.Place, group: one.Group, name: a.setup.partName(m)}
	if t.absent != "" && t.now.Period == city.now.Period {
		nan := math.NaN()
		b.value, b.pace, b.city, b.lagging, b.years, b.closing, b.state = nan, nan, nan, nan, nan, nan, leftOut
		return b, true
	}
	switch broken := (t.broken || city.broken) && min(len(t.points), len(city.points)) == 2; {
	case t.absent != "" || t.bare != "" || t.unknownError() != "" || len(t.points) < 2 || broken:
		return b, false
	case t.now.Period != city.now.Period || t.from != city.from:
		return b, false
	}
	better := st.course.Better
	first, last, start, end := t.points[0], t.points[len(t.points)-1], city.points[0], city.points[len(city.points)-1]
	span := last.Time - first.Time
	b.value, b.pace, b.city = last.Value, (last.Value-first.Value)/span, (end.Value-start.Value)/span
	before, now := inside.apart(*t.base, *city.base, first.SE, start.SE), inside.apart(t.now, city.now, last.SE, end.SE)
	b.lagging = above(better*(end.Value-last.Value), now)
	b.years = CatchUp(b.value, b.pace, end.Value, b.city, better)
	b.closing = above(better*(b.pace-b.city), math.Hypot(before, now)/span)
	b.exact = before == 0 && now == 0
	b.state = b.judge(a.threshold())
	return b, b.lagging >= a.threshold()
}

// above is the probability that what is estimated with this error lies above zero.
func above(x, se float64) float64 {
	return 1 - normal{x, se, math.Inf(-1), math.Inf(1)}.between(math.Inf(-1), 0)
}

// judge says what the paces allow to say.
func (b behind) judge(threshold float64) string {
	switch {
	case b.closing >= threshold:
		return catchingUp
	case b.closing <= 1-threshold:
		return neverAtPace
	}
	return openPace
}

// partName is what people call a place, a group or a group in a place.
func (s Setup) partName(m Measure) string {
	switch {
	case m.Place.Value == "":
		return s.groupWords(m.Group)
	case len(m.Group) == 0:
		return s.Places.Name(m.Place.Value)
	}
	return s.Places.Name(m.Place.Value) + "; " + s.groupWords(m.Group)
}

// catchUpTable holds one row for each that is behind.
func catchUpTable(list []behind) analysis.Table {
	t := analysis.Table{Name: "catch_up", Columns: []analysis.Column{
		textColumn("measure"), textColumn("name"), textColumn("place"), textColumn("group"), textColumn("who"), numberColumn("value", ""), numberColumn("city", ""),
		numberColumn("gap", ""), numberColumn("pace", ""), numberColumn("city_pace", ""), numberColumn("years", "years"), numberColumn("closing_probability", "share"), textColumn("state"), numberColumn("behind_probability", "share"),
	}}
	for _, b := range list {
		city := b.of.currentPoint().Value
		years := cell(b.years)
		if b.state != catchingUp {
			years = nil
		}
		closing, lagging := cell(rounded(b.closing)), cell(rounded(b.lagging))
		if b.exact {
			closing, lagging = nil, nil
		}
		t.Rows = append(t.Rows, []any{
			b.of.ID, b.of.title, b.place, b.group.String(), b.name, cell(b.value), city, cell(city - b.value), cell(b.pace), cell(b.city), years, closing, b.state, lagging,
		})
	}
	return t
}
