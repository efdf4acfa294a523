package budget

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pediment/analysis"
)

// population is the residents of one calendar year.
type population struct {
	period string // the one read: the last within the year
	total  float64
	place  map[string]float64 // by place as written
}

// readPopulation reads residents by calendar year and place. Population is a
// stock: of several periods within a year the last counts.
func (l *ledger) readPopulation(ctx context.Context, q analysis.Querier) error {
	l.residents = map[int]population{}
	r, ok := l.relation("population")
	if !ok || !r.Has("period", "persons") {
		return nil
	}
	latest := map[int]analysis.Period{}
	var byCell []struct {
		period  analysis.Period
		place   string
		persons float64
	}
	query := fmt.Sprintf("SELECT period, %s, CAST(SUM(CAST(persons AS DECIMAL(38,3))) AS VARCHAR) FROM %s WHERE persons IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2", text(r, "place"), analysis.Quote(r.Name))
	err := each(ctx, q, query, func(rows *sql.Rows) error {
		var label, code, sum string
		if err := rows.Scan(&label, &code, &sum); err != nil {
			return err
		}
		period, err := l.Calendar.ParsePeriod(label)
		if err != nil {
			return err
		}
		persons, err := strconv.ParseFloat(sum, 64)
		if year := joinOf(l.Calendar, period); latest[year].IsZero() || period.Compare(latest[year]) > 0 {
			latest[year] = period
		}
		byCell = append(byCell, struct {
			period  analysis.Period
			place   string
			persons float64
		}{period, code, persons})
		return err
	})
	if err != nil {
		return fmt.Errorf("read population: %w", err)
	}
	for _, c := range byCell {
		year := joinOf(l.Calendar, c.period)
		if c.period != latest[year] {
			continue
		}
		p, ok := l.residents[year]
		if !ok {
			p = population{period: c.period.Label, place: map[string]float64{}}
		}
		p.total += c.persons
		p.place[c.place] += c.persons
		l.residents[year] = p
	}
	return nil
}

// residentsOf are the residents of a place and of all below it, 0 where unknown.
func (l *ledger) residentsOf(y *year, code string) float64 {
	sum := 0.0
	for _, c := range l.Places.Within(code) {
		sum += l.residents[y.join].place[c]
	}
	return sum
}

// units are what a programme gave in a year.
type units struct {
	persons     int64   // different persons
	counted     float64 // persons on rows that name nobody
	completions float64
	hours       float64
	hasPersons  bool // rows say how many or who
	hasDone     bool // rows say whether it was completed
	hasHours    bool
	group       bool // rows that count several persons hold hours: those of a session
	partial     string
}

// learners are the different persons and those counted without a name.
func (u units) learners() float64 { return float64(u.persons) + u.counted }

// basis says what learners are.
func (u units) basis() string {
	switch {
	case u.persons > 0 && u.counted > 0:
		return "different persons, and attendances of persons without a name"
	case u.persons > 0:
		return "different persons"
	case u.hasPersons:
		return "persons as counted, possibly several times each"
	}
	return ""
}

// unitKey is a programme in a calendar year and place; place "" is everywhere.
type unitKey struct {
	year             int
	programme, place string
}

// periods lists a relation's periods.
func (l *ledger) periods(ctx context.Context, q analysis.Querier, r analysis.Relation) ([]analysis.Period, error) {
	var list []analysis.Period
	err := each(ctx, q, fmt.Sprintf("SELECT DISTINCT period FROM %s WHERE period IS NOT NULL ORDER BY 1", analysis.Quote(r.Name)), func(rows *sql.Rows) error {
		var label string
		if err := rows.Scan(&label); err != nil {
			return err
		}
		p, err := l.Calendar.ParsePeriod(label)
		p.Label = label // as the rows have it
		list = append(list, p)
		return err
	})
	return list, err
}

// yearSQL maps the relation's periods to calendar years.
func (l *ledger) yearSQL(r analysis.Relation, periods []analysis.Period) string {
	var b strings.Builder
	b.WriteString("CASE period")
	for _, p := range periods {
		year := l.Calendar.Year(r.Year, p.Start)
		if !year.Contains(p) {
			year = p
		}
		fmt.Fprintf(&b, " WHEN %s THEN %d", analysis.Literal(p.Label), joinOf(l.Calendar, year))
	}
	b.WriteString(" ELSE 0 END")
	return b.String()
}

// readUnits reads what programmes gave, by year and place. Persons are counted
// afresh for every year and place: nobody counts twice in one of them.
func (l *ledger) readUnits(ctx context.Context, q analysis.Querier) (map[unitKey]units, error) {
	r, ok := l.relation("participation")
	if !ok || !r.Has("programme") {
		return nil, nil
	}
	periods, err := l.periods(ctx, q, r)
	if err != nil || len(periods) == 0 {
		return nil, err
	}
	found := map[unitKey]units{}
	sets, placeName := "(_y, programme)", "''"
	if r.Has("place") {
		sets, placeName = "(_y, programme), (_y, programme, place)", "COALESCE(place, '')"
	}
	query := fmt.Sprintf(`SELECT _y, programme, %s, %s, %s
FROM (SELECT *, %s AS _y FROM %s WHERE programme <> '') GROUP BY GROUPING SETS (%s)`,
		placeName, placeGrouping(r), unitSums(r), l.yearSQL(r, periods), analysis.Quote(r.Name), sets)
	err = each(ctx, q, query, func(rows *sql.Rows) error {
		var k unitKey
		var u units
		var whole, people, done, hours, sessions int64
		if err := rows.Scan(&k.year, &k.programme, &k.place, &whole, &u.persons, &u.counted, &u.completions, &u.hours, &people, &done, &hours, &sessions); err != nil {
			return err
		}
		if whole == 0 && k.place == "" {
			return nil // nobody knows where
		}
		u.hasPersons, u.hasDone, u.hasHours, u.group = people > 0, done > 0, hours > 0, sessions > 0
		found[k] = u
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read participation: %w", err)
	}
	return found, l.markPartial(ctx, q, r, periods, found)
}

// placeGrouping is 1 in rows for everywhere.
func placeGrouping(r analysis.Relation) string {
	if r.Has("place") {
		return "GROUPING(place)"
	}
	return "1"
}

// unitSums are the sums of readUnits over the columns the relation has.
func unitSums(r analysis.Relation) string {
	person, persons, hours, completed := "NULL", "NULL", "NULL", "NULL"
	if r.Has("person") {
		person = "NULLIF(CAST(person AS VARCHAR), '')"
	}
	if r.Has("persons") {
		persons = "CAST(persons AS DOUBLE)"
	} else if r.Has("person") {
		persons = "CASE WHEN person IS NOT NULL THEN 1 END"
	}
	if r.Has("hours") {
		hours = "CAST(hours AS DOUBLE)"
	}
	if c, ok := r.Column("completed"); ok {
		switch c.Type {
		case "boolean":
			completed = fmt.Sprintf("CASE WHEN completed THEN COALESCE(%s, 1) WHEN NOT completed THEN 0 END", persons)
		case "integer", "number", "decimal":
			completed = "CAST(completed AS DOUBLE)"
		}
	}
	return fmt.Sprintf(`COUNT(DISTINCT %[1]s), CAST(COALESCE(SUM(CASE WHEN %[1]s IS NULL THEN %[2]s END), 0) AS DOUBLE),
CAST(COALESCE(SUM(%[4]s), 0) AS DOUBLE), CAST(COALESCE(SUM(CAST(%[3]s AS DECIMAL(38,4))), 0) AS DOUBLE),
COUNT(COALESCE(CAST(%[1]s AS VARCHAR), CAST(%[2]s AS VARCHAR))), COUNT(%[4]s), COUNT(%[3]s), COUNT(CASE WHEN %[2]s > 1 THEN %[3]s END)`, person, persons, hours, completed)
}

// markPartial notes the programmes and years of which the record is incomplete: it
// ends before one of their periods does, or no programme at all has rows up to the
// end of the year.
func (l *ledger) markPartial(ctx context.Context, q analysis.Querier, r analysis.Relation, periods []analysis.Period, found map[unitKey]units) error {
	reach, ends := map[int]time.Time{}, map[int]time.Time{}
	cut := map[string]bool{}
	for _, p := range periods {
		year := l.Calendar.Year(r.Year, p.Start)
		if !year.Contains(p) {
			year = p
		}
		join := joinOf(l.Calendar, year)
		if p.End.After(reach[join]) {
			reach[join] = p.End
		}
		if ends[join].IsZero() || year.End.Before(ends[join]) {
			ends[join] = year.End
		}
		cut[p.Label] = r.Until != "" && r.Until < p.End.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	for k, u := range found {
		if reach[k.year].Before(ends[k.year]) {
			u.partial = fmt.Sprintf("participation is recorded only up to %s", reach[k.year].AddDate(0, 0, -1).Format(time.DateOnly))
			found[k] = u
		}
	}
	var labels []string
	for _, p := range periods {
		if cut[p.Label] {
			labels = append(labels, analysis.Literal(p.Label))
		}
	}
	if len(labels) == 0 {
		return nil
	}
	slices.Sort(labels)
	query := fmt.Sprintf("SELECT DISTINCT %s, programme FROM %s WHERE programme <> '' AND period IN (%s)", l.yearSQL(r, periods), analysis.Quote(r.Name), strings.Join(labels, ", "))
	return each(ctx, q, query, func(rows *sql.Rows) error {
		var year int
		var code string
		if err := rows.Scan(&year, &code); err != nil {
			return err
		}
		for k, u := range found {
			if k.year == year && k.programme == code {
				u.partial = fmt.Sprintf("participation is complete only up to %s, within a period that counts for %d", r.Until, year)
				found[k] = u
			}
		}
		return nil
	})
}
