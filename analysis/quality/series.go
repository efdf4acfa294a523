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
