package quality

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"pediment/analysis"
)

// sums is what became of the totals of one sums rule.
type sums struct {
	groups int64  // totals that have parts
	of     []part // the same by period
	alone  int64  // totals without parts, or parts without a total: nothing to compare
	wrong  []wrongSum
}

// wrongSum is a total its parts do not add up to.
type wrongSum struct {
	by           []string
	total, parts float64
	period       string
	file, id     int64 // of the row that holds the total
}

// within reports whether parts and total differ by no more than the tolerance.
// Sums of numbers such as .1 are off by a rounding that nobody wrote.
func (t tolerance) within(parts, total float64) bool {
	allowed := t.amount
	if t.relative {
		allowed *= math.Abs(total)
	}
	return math.Abs(parts-total) <= allowed+1e-9*max(math.Abs(parts), math.Abs(total))
}

// addUp holds parts against totals for every sums rule. A total or part that is
// missing leaves its group out.
func (a *assessed) addUp(ctx context.Context, q analysis.Querier) error {
	a.groups = map[int]sums{}
	for k, r := range a.rules {
		if r.kind != sumsRule || r.unknown {
			continue
		}
		s, err := a.addUpRule(ctx, q, r)
		if err != nil {
			return fmt.Errorf("add up %s of %s: %w", r.value, a.Table.Name, err)
		}
		a.groups[k] = s
		a.total.failed[k], a.total.passed[k] = int64(len(s.wrong)), s.groups-int64(len(s.wrong))
	}
	return nil
}

func (a *assessed) addUpRule(ctx context.Context, q analysis.Querier, r boundRule) (sums, error) {
	items := make([]string, 0, len(r.columns)+6)
	for _, name := range r.columns {
		items = append(items, "CAST("+analysis.Quote(name)+" AS VARCHAR)")
	}
	period := "''"
	if a.Table.Has("period") {
		period = `coalesce(min("period"), '')`
	}
	value := `CAST("@v" AS DOUBLE)`
	items = append(items,
		"sum("+value+`) FILTER (WHERE "@t")`, "sum("+value+`) FILTER (WHERE "@s")`,
		`count(*) FILTER (WHERE ("@t" OR "@s") AND "@v" IS NULL)`, period,
		`coalesce(min(_file) FILTER (WHERE "@t"), 0)`, `coalesce(min("@id") FILTER (WHERE "@t"), 0)`)
	columns := ""
	if len(r.columns) > 0 {
		columns = " GROUP BY " + quoted(r.columns)
	}
	text := fmt.Sprintf(`SELECT %s FROM (SELECT *, rowid AS "@id", %s AS "@v", %s AS "@t", %s AS "@s" FROM %s WHERE %s)%s ORDER BY ALL`,
		strings.Join(items, ", "), r.value, r.total, r.parts, analysis.Quote(a.Table.Name), r.where, columns)
	var out sums
	err := scan(ctx, q, text, func(rows *sql.Rows) error {
		by, targets := make([]sql.NullString, len(r.columns)), make([]any, 0, len(items))
		for k := range by {
			targets = append(targets, &by[k])
		}
		var total, parts sql.NullFloat64
		var missing int64
		w := wrongSum{}
		if err := rows.Scan(append(targets, &total, &parts, &missing, &w.period, &w.file, &w.id)...); err != nil {
			return err
		}
		if !total.Valid || !parts.Valid || missing > 0 {
			out.alone++
			return nil
		}
		out.groups++
		out.of = append(out.of, part{period: w.period, tally: tally{rows: 1}})
		if !r.tolerance.within(parts.Float64, total.Float64) {
			for _, level := range by {
				w.by = append(w.by, cmp.Or(level.String, "–"))
			}
			w.total, w.parts = total.Float64, parts.Float64
			out.wrong = append(out.wrong, w)
		}
		return nil
	})
	return out, err
}
