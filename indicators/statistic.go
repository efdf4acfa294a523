package indicators

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

// figure is one row of a statistic dataset.
type figure struct {
	period                        string
	levels                        []string // values of the dimensions, "" where the row has none
	value, numerator, denominator float64  // NaN where empty
	flag                          string   // the source's own mark, as "b" for a break
	copies                        int      // rows that claim to be this figure; more than 1 is a conflict
	repeat                        bool     // an earlier row claims it too
}

// notes are the columns of a statistic that describe a figure rather than tell
// it apart.
var notes = []string{"series", "period", "value", "numerator", "denominator", "source", "unit", "status", "flag", "note"}

// dimensions lists the columns that tell the figures of one series apart.
func dimensions(r analysis.Relation) []string {
	var columns []string
	for _, c := range r.Columns {
		if !slices.Contains(notes, strings.ToLower(c.Name)) && c.Type == "text" {
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// figures reads a series whole: official figures are few.
func (e *evaluator) figures(ctx context.Context, t boundTerm) ([]figure, error) {
	r := t.relation
	columns := []string{"period"}
	dims := dimensions(r)
	for _, column := range dims {
		columns = append(columns, "COALESCE("+analysis.Quote(column)+", '')")
	}
	value := t.value
	if value == "1" {
		value = "value"
	}
	columns = append(columns, asDouble(r.Has("value"), value), asDouble(r.Has("numerator"), "numerator"), asDouble(r.Has("denominator"), "denominator"), flagColumn(r))
	query := fmt.Sprintf("SELECT %s FROM %s WHERE series = %s", strings.Join(columns, ", "), analysis.Quote(r.Name), analysis.Literal(t.series))
	if t.where != "" {
		query += " AND " + t.where
	}
	rows, err := e.q.QueryContext(ctx, query+" ORDER BY ALL")
	if err != nil {
		return nil, fmt.Errorf("read series %s: %w", t.series, err)
	}
	defer rows.Close()
	var found []figure
	for rows.Next() {
		f := figure{levels: make([]string, len(dims))}
		var numbers [3]sql.NullFloat64
		targets := []any{&f.period}
		for k := range f.levels {
			targets = append(targets, &f.levels[k])
		}
		if err := rows.Scan(append(targets, &numbers[0], &numbers[1], &numbers[2], &f.flag)...); err != nil {
			return nil, err
		}
		f.value, f.numerator, f.denominator = orNaN(numbers[0]), orNaN(numbers[1]), orNaN(numbers[2])
		found = append(found, f)
	}
	clearConstants(found, dims)
	countCopies(found)
	return found, rows.Err()
}

// clearConstants empties dimensions that say the same in every row of a series,
// such as its unit: they tell no figure apart. Place, sex and age do even then.
func clearConstants(found []figure, dims []string) {
	for k, column := range dims {
		if column == "place" || column == "sex" || column == ageBand {
			continue
		}
		other := func(f figure) bool { return f.levels[k] != found[0].levels[k] }
		if slices.ContainsFunc(found, other) {
			continue
		}
		for _, f := range found {
			f.levels[k] = ""
		}
	}
}

func countCopies(found []figure) {
	copies := map[string]int{}
	name := func(f figure) string { return f.period + "\x00" + strings.Join(f.levels, "\x00") }
	for _, f := range found {
		copies[name(f)]++
	}
	seen := map[string]bool{}
	for k := range found {
		id := name(found[k])
		found[k].copies, found[k].repeat = copies[id], seen[id]
		seen[id] = true
	}
}

func flagColumn(r analysis.Relation) string {
	if !r.Has("flag") {
		return "''"
	}
	return "COALESCE(CAST(flag AS VARCHAR), '')"
}

func asDouble(has bool, value string) string {
	if !has {
		return "CAST(NULL AS DOUBLE)"
	}
	return "CAST(" + value + " AS DOUBLE)"
}

func orNaN(n sql.NullFloat64) float64 {
	if n.Valid {
		return n.Float64
	}
	return nan
}

// statisticCells makes a series of counts the term of a ratio: each figure is a
// cell of the by-set of the dimensions it states. Where the whole has no row of
// its own it is the sum over places.
func (e *evaluator) statisticCells(ctx context.Context, i bound, t boundTerm) (*gathered, error) {
	found, err := e.figures(ctx, t)
	if err != nil {
		return nil, err
	}
	dims := dimensions(t.relation)
	sets := e.bySets(i)
	var cells []cell
	totals := map[string]bool{}
	e.mark(i, found)
	for _, f := range found {
		if math.IsNaN(f.value) {
			continue
		}
		if f.copies > 1 {
			e.warn(i.Code, fmt.Sprintf("series %s has %d rows for one figure of %s; none of them is used: remove the wrong ones", t.series, f.copies, f.period))
			continue
		}
		set, levels, ok := e.placeIn(f, dims, sets)
		if !ok {
			continue
		}
		cells = append(cells, f.cell(set, levels))
		if len(levels) == 0 {
			totals[f.period] = true
		}
	}
	cells = append(cells, e.placeSums(found, dims, totals)...)
	return e.collect(t.relation, sets, cells)
}

func (f figure) cell(set int, levels []string) cell {
	return cell{set: set, period: f.period, levels: levels, items: []totals{{y: f.value, n: 1, matched: 1}}}
}

// placeSums adds up the places' figures of periods without a row for the whole.
func (e *evaluator) placeSums(found []figure, dims []string, totals map[string]bool) []cell {
	var cells []cell
	for _, f := range found {
		set, _, ok := e.placeIn(f, dims, [][]string{{"place"}})
		if ok && set == 0 && !totals[f.period] && f.copies == 1 && !math.IsNaN(f.value) {
			cells = append(cells, f.cell(0, nil))
		}
	}
	return cells
}

// placeIn finds the by-set a figure belongs to: the one of exactly the
// dimensions it states. The city's own code, and the place being computed, count
// as the whole.
func (e *evaluator) placeIn(f figure, dims []string, sets [][]string) (set int, levels []string, ok bool) {
	stated := map[string]string{}
	for k, column := range dims {
		level := f.levels[k]
		if column == "place" {
			if e.place != "" && level != e.place {
				return 0, nil, false
			}
			if level == e.place || e.isCity(level) {
				continue
			}
		}
		if level != "" {
			stated[column] = level
		}
	}
	for k, columns := range sets {
		if len(columns) != len(stated) {
			continue
		}
		levels = nil
		for _, column := range columns {
			if level, has := stated[column]; has {
				levels = append(levels, level)
			}
		}
		if len(levels) == len(columns) {
			return k, levels, true
		}
	}
	return 0, nil, false
}

// isCity reports whether code is the topmost place.
func (e *evaluator) isCity(code string) bool {
	place, ok := e.Places.Find(code)
	return ok && place.Parent == ""
}

// collect makes cells that were not scanned a gathered.
func (e *evaluator) collect(r analysis.Relation, sets [][]string, cells []cell) (*gathered, error) {
	var labels []string
	for _, c := range cells {
		if !slices.Contains(labels, c.period) {
			labels = append(labels, c.period)
		}
	}
	rep, err := e.reportingOf(r, labels)
	if err != nil {
		return nil, err
	}
	g := &gathered{reporting: rep, relation: r, sets: sets, cells: map[key][]cell{}, levels: map[key][]string{}}
	for _, c := range cells {
		g.add(c)
	}
	return g, nil
}
