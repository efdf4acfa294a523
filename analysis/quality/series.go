package quality

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// series is one measure of one place over time.
type series struct {
	measure string // "visits", an indicator's code
	place   string
	counts  bool // numbers count people or things, so chance moves them
	season  bool // periods are shorter than a year: each is held against its own month or quarter
	periods []analysis.Period
	values  []float64
}

// measureOf says what of a dataset is followed over time: a count and what tells
// one measure from another; "" where nothing is.
func (a *assessed) measureOf() (value, by, where string) {
	has := a.Table.Has
	where = "true"
	if has("period") {
		where = `"period" IS NOT NULL`
	}
	switch {
	case !has("period"):
		return "", "", ""
	case a.Table.Kind == "statistic":
		for _, level := range []string{"sex", "age", "age_band"} { // totals only
			if has(level) {
				where += " AND " + analysis.Quote(level) + " IS NULL"
			}
		}
		return `"value"`, `"series"`, where
	case a.Table.Kind == "participation" || a.Table.Kind == "population":
		by = "'persons'"
		if has("activity") {
			by = `coalesce("activity", 'persons')`
		}
		if has("persons") {
			return `"persons"`, by, where
		}
		return "1", by, where
	}
	return "", "", ""
}

// follow reads the series of a dataset: statistics by their own periods, counts
// added up to years that are whole.
func (a *assessed) follow(ctx context.Context, q analysis.Querier, c analysis.Calendar) error {
	value, by, where := a.measureOf()
	if value == "" {
		return nil
	}
	place := "''"
	if a.Table.Has("place") {
		place = `coalesce("place", '')`
	}
	text := fmt.Sprintf(`SELECT %s AS m, %s AS w, "period", sum(%s)::DOUBLE, count(*) FROM %s WHERE %s GROUP BY 1, 2, 3 HAVING sum(%s) IS NOT NULL ORDER BY 1, 2, 3`,
		by, place, value, analysis.Quote(a.Table.Name), where, value)
	g := gatherer{calendar: c, table: a.Table}
	err := scan(ctx, q, text, func(rows *sql.Rows) error {
		var measure, where sql.NullString
		var label string
		var x float64
		var n int64
		if err := rows.Scan(&measure, &where, &label, &x, &n); err != nil {
			return err
		}
		p, err := c.ParsePeriod(label)
		if err != nil || a.Table.Kind == "statistic" && n > 1 { // several figures that claim to be one
			return nil
		}
		g.add(measure.String, where.String, p, x)
		return nil
	})
	if err != nil {
		return fmt.Errorf("follow %s over time: %w", a.Table.Name, err)
	}
	a.series = g.done()
	a.steps = stepsOf(a.series)
	return nil
}

// gatherer puts numbers into series.
type gatherer struct {
	calendar    analysis.Calendar
	table       analysis.Relation
	first, last analysis.Period // of all rows
	list        []series
	index       map[[3]string]int
}

func (g *gatherer) add(measure, place string, p analysis.Period, x float64) {
	if g.first.IsZero() || p.Start.Before(g.first.Start) {
		g.first = p
	}
	if g.last.IsZero() || p.End.After(g.last.End) {
		g.last = p
	}
	counts := g.table.Kind != "statistic"
	if year := g.calendar.Year(g.table.Year, p.Start); counts && (p.Months() < 12 || p.Start.Equal(year.Start) && p.End.Equal(year.End)) {
		p = year
	}
	if g.index == nil {
		g.index = map[[3]string]int{}
	}
	id := [3]string{measure, place, fmt.Sprint(p.Months())}
	k, known := g.index[id]
	if !known {
		k = len(g.list)
		g.index[id] = k
		g.list = append(g.list, series{measure: measure, place: place, counts: counts, season: p.Months() < 12})
	}
	s := &g.list[k]
	if n := len(s.periods); n > 0 && s.periods[n-1] == p {
		s.values[n-1] += x
		return
	}
	s.periods, s.values = append(s.periods, p), append(s.values, x)
}

// done returns the series in order, without years the record does not hold whole.
func (g *gatherer) done() []series {
	var list []series
	for _, s := range g.list {
		kept := series{measure: s.measure, place: s.place, counts: s.counts, season: s.season}
		order := make([]int, len(s.periods))
		for k := range order {
			order[k] = k
		}
		slices.SortStableFunc(order, func(i, j int) int { return s.periods[i].Compare(s.periods[j]) })
		for _, k := range order {
			if s.counts && !g.whole(s.periods[k]) {
				continue
			}
			if n := len(kept.periods); n > 0 && kept.periods[n-1] == s.periods[k] {
				kept.values[n-1] += s.values[k]
				continue
			}
			kept.periods, kept.values = append(kept.periods, s.periods[k]), append(kept.values, s.values[k])
		}
		if len(kept.values) > 0 {
			list = append(list, kept)
		}
	}
	return list
}

// whole reports whether the record covers all of a year.
func (g *gatherer) whole(year analysis.Period) bool {
	until := g.table.Until
	return !year.Start.Before(g.first.Start) && !year.End.After(g.last.End) &&
		(until == "" || year.End.AddDate(0, 0, -1).Format("2006-01-02") <= until)
}

// Consistency over time compares a number with the mean of up to this many
// comparable ones before it, of which there must be two at least.
const (
	earlier     = 3
	leastBefore = 2
	lowRatio    = 0.67
	highRatio   = 1.33
)

// step is a number held against those before it.
type step struct {
	series
	at          int     // which of its numbers
	mean, ratio float64 // of those before; number / mean
	outside     bool    // the ratio lies outside 0.67 to 1.33, and not by chance alone
	common      float64 // median ratio of all places that period; NaN of fewer than four
	apart       bool    // it lies outside as well when held against that
}

// leastPlaces is how many places make a common movement.
const leastPlaces = 4

// stepsOf holds all numbers of the series against those before them, and each
// place's movement against that of all: growth that all places share is no doubt
// about any of them.
func stepsOf(list []series) []step {
	var all []step
	ratios := map[string][]float64{}
	id := func(s step) string { return s.measure + "\x00" + s.periods[s.at].Label }
	for _, s := range list {
		for _, one := range s.steps() {
			all = append(all, one)
			if s.place != "" {
				ratios[id(one)] = append(ratios[id(one)], one.ratio)
			}
		}
	}
	common := map[string]float64{}
	for name, r := range ratios {
		common[name] = math.NaN()
		if len(r) >= leastPlaces {
			slices.Sort(r)
			common[name] = median(r)
		}
	}
	for k := range all {
		one := &all[k]
		one.common = math.NaN()
		if c, ok := common[id(*one)]; ok && one.place != "" {
			one.common = c
		}
		relative := one.ratio / one.common
		one.apart = (relative < lowRatio || relative > highRatio) && one.beyondChance(one.mean*one.common)
	}
	return all
}

// beyondChance reports whether a number lies further from what was to be expected
// than counts do by chance: three times the square root.
func (s step) beyondChance(expected float64) bool {
	return !s.counts || math.Abs(s.values[s.at]-expected) > 3*math.Sqrt(expected)
}

// steps holds every number that has predecessors against their mean. Counts only
// jump when chance does not explain it.
func (s series) steps() []step {
	var list []step
	for k, x := range s.values {
		sum, n := 0.0, 0
		for j := k - 1; j >= 0 && n < earlier; j-- {
			if s.periods[j].Comparable(s.periods[k]) && s.near(j, k) {
				sum, n = sum+s.values[j], n+1
			}
		}
		if n < leastBefore || !(sum > 0) {
			continue
		}
		mean := sum / float64(n)
		one := step{series: s, at: k, mean: mean, ratio: x / mean}
		one.outside = (one.ratio < lowRatio || one.ratio > highRatio) && one.beyondChance(mean)
		list = append(list, one)
	}
	return list
}

// near reports whether number j is one of the few years before number k.
func (s series) near(j, k int) bool {
	return s.periods[k].Start.Year()-s.periods[j].Start.Year() <= earlier+1
}

// outlying is a number unlike others it is held against.
type outlying struct {
	measure, place string
	period         string
	value          float64
	against        string // the same place in other years, other places at the same time
	test
	n int
}

// outliers looks for numbers unlike those of the same place at other times, and
// unlike those of other places at the same time. Counts of places are compared per
// resident where it is known how many live there.
func outliers(list []series, residents func(place string, p analysis.Period) float64) []outlying {
	var found []outlying
	type moment struct {
		measure string
		period  analysis.Period
	}
	var moments []moment
	across := map[moment][]outlying{}
	for _, s := range list {
		if t, ok := judge(s.values); ok && !s.season {
			for k, x := range s.values {
				if x < t.low || x > t.high {
					found = append(found, outlying{s.measure, s.place, s.periods[k].Label, x, "its other years", t, len(s.values)})
				}
			}
		}
		for k, x := range s.values {
			if s.place == "" {
				continue
			}
			m := moment{s.measure, s.periods[k]}
			if across[m] == nil {
				moments = append(moments, m)
			}
			against := "other places"
			if s.counts && residents != nil {
				x, against = x/residents(s.place, s.periods[k]), "other places, per resident"
			}
			across[m] = append(across[m], outlying{measure: s.measure, place: s.place, period: s.periods[k].Label, value: x, against: against})
		}
	}
	for _, m := range moments {
		found = append(found, outside(across[m])...)
	}
	return found
}

// outside returns those of one moment's places that are unlike the others. Places
// of unknown residents are left out; where none are known, counts stand as they are.
func outside(places []outlying) (found []outlying) {
	places = slices.DeleteFunc(slices.Clone(places), func(o outlying) bool { return math.IsNaN(o.value) || math.IsInf(o.value, 0) })
	values := make([]float64, len(places))
	for k, o := range places {
		values[k] = o.value
	}
	t, ok := judge(values)
	if !ok {
		return nil
	}
	for _, o := range places {
		if o.value < t.low || o.value > t.high {
			o.test, o.n = t, len(places)
			found = append(found, o)
		}
	}
	return found
}

// seriesOf makes series of indicator values by place.
func seriesOf(values []analysis.Value) []series {
	var list []series
	index := map[[2]string]int{}
	inTime := slices.Clone(values)
	slices.SortStableFunc(inTime, func(a, b analysis.Value) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), a.Period.Compare(b.Period))
	})
	for _, v := range inTime {
		place, ok := placeOf(v)
		if !ok || v.State.Withheld() || v.State == analysis.Partial || math.IsNaN(v.Value) {
			continue
		}
		id := [2]string{v.Code, place}
		k, known := index[id]
		if !known {
			k = len(list)
			index[id] = k
			list = append(list, series{measure: v.Code, place: place, season: v.Period.Months() < 12})
		}
		list[k].periods, list[k].values = append(list[k].periods, v.Period), append(list[k].values, v.Value)
	}
	return list
}

// placeOf is the place a value is of; ok is false of values of other groups.
func placeOf(v analysis.Value) (place string, ok bool) {
	columns := strings.Join(v.Group.Columns(), ",")
	if columns == "place" {
		return v.Group.Level("place"), true
	}
	return v.Place, columns == ""
}
