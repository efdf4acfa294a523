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
	years       float64 // +Inf: never at these paces
	closing     float64 // probability that it comes closer at all
	state       string
}

// States of those that are behind.
const (
	catchingUp  = "catching up"
	neverAtPace = "never at current pace"
	openPace    = "not clear whether it catches up"
	leftOut     = "left out: no figure"
)

// catchUps looks at the groups and places of every measure of the whole city.
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
		keys := slices.Clone(parts[st.Code.Value])
		slices.SortFunc(keys, func(x, y seriesKey) int {
			return cmp.Or(cmp.Compare(x.place, y.place), cmp.Compare(x.group, y.group))
		})
		var own []behind
		for _, key := range keys {
			if b, lags := a.lag(st, a.index[key][0]); lags {
				own = append(own, b)
			}
		}
		slices.SortStableFunc(own, func(x, y behind) int { return cmp.Compare(x.distance(), y.distance()) })
		list = append(list, own...)
	}
	return list
}

// distance is how far behind the city it is, negative: the furthest sorts first,
// those without a figure last.
func (b behind) distance() float64 {
	if b.state == leftOut {
		return math.Inf(1)
	}
	return -b.of.course.Better * (b.of.currentPoint().Value - b.value)
}

// lag looks at one group of a measure, and reports whether it is behind.
func (a *assessment) lag(st *standing, one analysis.Value) (behind, bool) {
	m := st.Measure
	m.Place.Value, m.Group = one.Place, one.Group
	m.Baseline.Value, m.Baseline.SE = math.NaN(), math.NaN()
	t := follow(m, a.index, a.setup)
	if t.absent != "" && t.now.Period == st.now.Period {
		nan := math.NaN()
		return behind{of: st, place: one.Place, group: one.Group, name: a.setup.partName(m), value: nan, pace: nan, years: nan, closing: nan, state: leftOut}, true
	}
	if t.absent != "" || t.bare != "" || t.unknownError() != "" || len(t.points) < 2 || t.now.Period != st.now.Period {
		return behind{}, false
	}
	first, last := t.points[0], t.points[len(t.points)-1]
	span := last.Time - first.Time
	city := st.currentPoint().Value
	b := behind{of: st, place: one.Place, group: one.Group, value: last.Value, pace: (last.Value - first.Value) / span}
	b.name = a.setup.partName(m)
	b.years = CatchUp(b.value, b.pace, city, st.pace, st.course.Better)
	closing := st.course.Better * (b.pace - st.pace)
	se := math.Hypot(math.Hypot(first.SE, last.SE)/span, st.paceError)
	b.closing = 1 - normal{closing, se, math.Inf(-1), math.Inf(1)}.between(math.Inf(-1), 0)
	b.state = b.judge(a.threshold())
	return b, st.course.Better*(city-b.value) > 0
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
		numberColumn("gap", ""), numberColumn("pace", ""), numberColumn("city_pace", ""), numberColumn("years", "years"), numberColumn("closing_probability", "share"), textColumn("state"),
	}}
	for _, b := range list {
		city := b.of.currentPoint().Value
		years := cell(b.years)
		if b.state != catchingUp {
			years = nil
		}
		t.Rows = append(t.Rows, []any{
			b.of.ID, b.of.title, b.place, b.group.String(), b.name, cell(b.value), city, cell(city - b.value), cell(b.pace), b.of.pace, years, cell(rounded(b.closing)), b.state,
		})
	}
	return t
}
