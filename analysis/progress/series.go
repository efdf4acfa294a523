package progress

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// seriesKey names a series: an indicator for a place and a group.
type seriesKey struct{ code, place, group string }

// keyOf names the series of a value, whatever the order of its group's columns.
func keyOf(code, place string, group analysis.Group) seriesKey {
	if len(group) > 1 {
		group = slices.Clone(group)
		slices.SortFunc(group, func(a, b analysis.Level) int { return cmp.Compare(a.Column, b.Column) })
	}
	return seriesKey{code, place, group.String()}
}

// gather sorts the values up to the reporting year into series, each in order of
// time.
func gather(s Setup) map[seriesKey][]analysis.Value {
	counts := map[seriesKey]int{}
	keys := make([]seriesKey, len(s.Values))
	late := func(v *analysis.Value) bool { return !s.Year.IsZero() && v.Period.End.After(s.Year.End) }
	for k := range s.Values {
		if v := &s.Values[k]; !late(v) {
			keys[k] = keyOf(v.Code, v.Place, v.Group)
			counts[keys[k]]++
		}
	}
	index := make(map[seriesKey][]analysis.Value, len(counts))
	for k := range s.Values {
		if late(&s.Values[k]) {
			continue
		}
		list := index[keys[k]]
		if list == nil {
			list = make([]analysis.Value, 0, counts[keys[k]])
		}
		index[keys[k]] = append(list, s.Values[k])
	}
	for _, list := range index {
		if byPeriod := func(a, b analysis.Value) int { return a.Period.Compare(b.Period) }; !slices.IsSortedFunc(list, byPeriod) {
			slices.SortStableFunc(list, byPeriod)
		}
	}
	return index
}

// track is the series of one measure, ready to be judged.
type track struct {
	known  []analysis.Value // what is drawn: the measure's values in order, withheld ones too
	now    analysis.Value
	points []Point         // baseline to now on one scale; the last is now
	base   *analysis.Value // where the baseline is from, nil where the plan gives it
	from   analysis.Period // the baseline's
	notes  []string        // what limits the judgement
	gaps   string          // the years without value between baseline and now
	absent string          // why there is no value to judge, "" when there is one
	bare   string          // why there is a value but no pace
	broken bool            // something before the first point was left out at a break
}

// follow finds the series of a measure.
func follow(m Measure, index map[seriesKey][]analysis.Value, s Setup) track {
	list := index[keyOf(m.Code.Value, m.Place.Value, m.Group)]
	if m.Direction == Parity && len(m.To) > 0 {
		list = ratios(list, index[keyOf(m.Code.Value, m.Place.Value, m.To)], s.correlation)
	}
	t := track{known: ofKind(list, m), from: m.Baseline.Period}
	if len(t.known) == 0 {
		t.absent = "the city's data have no value for it" + otherGroups(m, index)
		return t
	}
	t.now = t.known[len(t.known)-1]
	if t.absent = unusable(&t.now); t.absent != "" {
		return t
	}
	if t.now.State == analysis.CarriedForward {
		t.note("the value for %s is carried forward%s", t.now.Period.Label, because(t.now.Reason))
	}
	if m.Cumulative {
		t.sumUp(m)
		return t
	}
	t.bridge(m)
	t.tellGaps(s)
	return t
}

// otherGroups names the groups there are in the columns of a measure's group, when
// there is none with its levels.
func otherGroups(m Measure, index map[seriesKey][]analysis.Value) string {
	var levels []string
	for key, list := range index {
		if g := list[0].Group; len(m.Group) > 0 && key.code == m.Code.Value && key.place == m.Place.Value && slices.Equal(g.Columns(), m.Group.Columns()) {
			levels = append(levels, g.String())
		}
	}
	slices.Sort(levels)
	switch near := analysis.Suggest(m.Group.String(), levels); {
	case len(levels) == 0 || slices.Contains(levels, m.Group.String()):
		return ""
	case near != "":
		return fmt.Sprintf("; there is no group %s (%s)", m.Group, near)
	}
	return fmt.Sprintf("; there is no group %s, but %s", m.Group, shortList(levels, 6))
}

func (t *track) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// unusable says why a value cannot be judged, "" when it can.
func unusable(v *analysis.Value) string {
	switch {
	case v.State.Withheld() || math.IsNaN(v.Value):
		return cmp.Or(v.Reason, "there is no value for "+v.Period.Label)
	case v.State == analysis.Partial:
		return v.Period.Label + " is incomplete" + because(v.Reason)
	}
	return ""
}

// because adds a reason to a sentence.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + strings.TrimSuffix(reason, ".")
}

// ofKind keeps the values of periods as long as the baseline's, where there are any:
// quarters do not continue a series of years. Of parts of a year those of the
// baseline's season count, unless they are added up.
func ofKind(list []analysis.Value, m Measure) []analysis.Value {
	months := m.Baseline.Period.Months()
	like := func(p analysis.Period) bool { return p.Months() == months }
	if months < 12 && !m.Cumulative {
		like = m.Baseline.Period.Comparable
	}
	n := 0
	for k := range list {
		if like(list[k].Period) {
			n++
		}
	}
	if n == 0 || n == len(list) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(v analysis.Value) bool { return !like(v.Period) })
}

// bridge takes the points from the baseline to now. What lies before a break, a
// change of definition or of the kind of period is multiplied by the break's factor
// or, without one, left out: the series then begins after it.
func (t *track) bridge(m Measure) {
	dropped := ""
	if !math.IsNaN(m.Baseline.Value) {
		base := analysis.Value{Period: m.Baseline.Period, Definition: t.now.Definition}
		base.Value, base.SE = m.Baseline.Value, m.Baseline.SE
		if factor, why := t.factor(&m, &base); why != "" {
			dropped = why
		} else if base.Period.Start.Before(t.now.Period.Start) {
			t.points = append(t.points, pointOf(m, base, factor))
			t.tellBaselineError(m)
		}
	}
	given := len(t.points) > 0
	t.points = slices.Grow(t.points, len(t.known))
	for k := range t.known {
		v := &t.known[k]
		last := k == len(t.known)-1
		early := v.Period.Start.Before(m.Baseline.Period.Start) || given && v.Period == m.Baseline.Period
		if early || !last && (v.State != analysis.Known || unusable(v) != "") {
			continue
		}
		factor, why := t.factor(&m, v)
		if why != "" {
			dropped = why
			continue
		}
		if len(t.points) == 0 {
			t.base, t.from = v, v.Period
		}
		t.points = append(t.points, pointOf(m, *v, factor))
	}
	t.tellBaseline(m, dropped)
}

// tellBaselineError warns of a baseline whose error the plan leaves out.
func (t *track) tellBaselineError(m Measure) {
	if t.now.Sampled() && math.IsNaN(m.Baseline.SE) {
		t.note("the plan gives the baseline without standard error, so it counts as exact")
	}
}

// tellBaseline says what became of the baseline.
func (t *track) tellBaseline(m Measure, dropped string) {
	switch {
	case len(t.points) < 2 && dropped != "":
		t.bare = dropped + ", and nothing bridges the break"
	case len(t.points) < 2:
		t.bare = "there is no earlier value to compare with"
	case dropped != "":
		t.broken = true
		t.note("%s; the trend begins with %s, after the break", dropped, t.from.Label)
	case t.from != m.Baseline.Period:
		t.note("there is no value for %s, so %s is the baseline", m.Baseline.Period.Label, t.from.Label)
	}
}

// factor is what makes a value comparable with now, and why nothing does.
func (t *track) factor(m *Measure, v *analysis.Value) (float64, string) {
	factor, bridged := 1.0, false
	for _, b := range m.Breaks {
		if !v.Period.Start.Before(b.Period.Start) || t.now.Period.Start.Before(b.Period.Start) {
			continue
		}
		if math.IsNaN(b.Factor) {
			return 0, fmt.Sprintf("the series breaks in %s%s", b.Period.Label, because(b.Note))
		}
		factor, bridged = factor*b.Factor, true
	}
	switch {
	case bridged:
		return factor, ""
	case !v.Period.Comparable(t.now.Period):
		return 0, fmt.Sprintf("%s and %s are periods of different length or season", v.Period.Label, t.now.Period.Label)
	case v.Definition != t.now.Definition:
		return 0, fmt.Sprintf("the definition changed after %s", v.Period.Label)
	}
	return 1, ""
}

// pointOf is a value times a factor, with its declared error where it has no
// sampling error.
func pointOf(m Measure, v analysis.Value, factor float64) Point {
	p := Point{Time: midpoint(v.Period), Value: v.Value * factor}
	switch {
	case v.Sampled():
		p.SE = v.SE * math.Abs(factor)
	case m.Error > 0:
		p.SE = m.Error * math.Abs(p.Value)
	}
	return p
}

// sumUp replaces the values by what was counted since the baseline. Sampling errors
// of the periods are independent; a declared error is taken to be shared by all.
func (t *track) sumUp(m Measure) {
	sum, squares := m.Baseline.Value, 0.0
	if math.IsNaN(sum) {
		sum = 0
	}
	start := sum
	t.points = []Point{{Time: yearOf(m.Baseline.Period.End), Value: sum}}
	end := m.Baseline.Period.End
	summed := t.known[:0:0]
	for _, v := range t.known {
		if v.Period.Start.Before(m.Baseline.Period.End) {
			continue
		}
		if why := unusable(&v); why != "" || !v.Period.Start.Equal(end) {
			t.absent = fmt.Sprintf("the sum since %s is not known: %s", m.Baseline.Period.Label, cmp.Or(why, "there is nothing before "+v.Period.Label))
			return
		}
		end = v.Period.End
		sum += v.Value
		if v.Sampled() {
			squares += v.SE * v.SE
		}
		v.Value, v.SE = sum, math.NaN()
		p := Point{Time: yearOf(end), Value: sum, SE: math.Sqrt(squares)}
		if squares == 0 && m.Error > 0 {
			p.SE = m.Error * (sum - start)
		}
		if p.SE > 0 {
			v.SE = p.SE
		}
		v.Low, v.High = sum-normalBound*p.SE, sum+normalBound*p.SE
		t.points, summed = append(t.points, p), append(summed, v)
	}
	t.known = summed
	if len(summed) == 0 {
		t.absent = "nothing has been counted since " + m.Baseline.Period.Label
		return
	}
	t.now = summed[len(summed)-1]
}

// tellGaps says for which years between baseline and now there is no value.
func (t *track) tellGaps(s Setup) {
	if len(t.points) < 2 {
		return
	}
	var missing []string
	for _, year := range s.Calendar.YearsBetween(t.from, t.now.Period) {
		at := midpoint(year)
		if !slices.ContainsFunc(t.points, func(p Point) bool { return p.Time == at }) {
			missing = append(missing, year.Label)
		}
	}
	switch {
	case len(missing) == 0:
	case len(t.points) == 2:
		t.gaps = fmt.Sprintf("it rests on two values, %s and %s", t.from.Label, t.now.Period.Label)
	default:
		t.gaps = "no value for " + strings.Join(missing, ", ")
	}
}

// unknownError says why a series is not judged although it has values, "" when it
// can be.
func (t *track) unknownError() string {
	if t.now.ErrorUnknown || t.base != nil && t.base.ErrorUnknown {
		return "nobody can say how large the error of these values is"
	}
	return ""
}

// midpoint is the middle of a period in years, such that neighbouring years are
// exactly one apart.
func midpoint(p analysis.Period) float64 { return (yearOf(p.Start) + yearOf(p.End)) / 2 }
