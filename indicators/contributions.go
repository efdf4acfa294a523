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

// Contributions reads how much the largest contributors gave to each of the
// values: for every indicator over a relation named in columns, the column there
// tells contributors apart. It returns what answers for a value its top largest
// contributions, largest first, in the unit of its numerator; nil for values of
// other relations, of samples, and of kinds that add nothing up. A contribution is
// the size of a contributor's sum: a return counts like a payment. Rows that name
// nobody count as one contributor.
func Contributions(ctx context.Context, q analysis.Querier, s Setup, columns map[string]string, values []analysis.Value, top int) (func(analysis.Value) []float64, error) {
	all, _, err := s.bind(ctx, q)
	if err != nil {
		return nil, err
	}
	e := evaluator{Setup: s, q: q, wanted: all}
	if err := e.findYears(ctx); err != nil {
		return nil, err
	}
	if err := e.matchPlaces(ctx); err != nil {
		return nil, err
	}
	found := map[string][]float64{}
	for _, i := range e.wanted {
		if i.gap != (Gap{}) || i.Kind == "distinct" || i.Kind == "score" || i.Kind == "published" || i.num.relation.Sample != nil {
			continue
		}
		column := columns[i.num.relation.Name]
		if column == "" || i.num.value == "1" || !i.num.relation.Has(column) {
			continue
		}
		for _, c := range cuts(values, i.Code) {
			if err := e.contributions(ctx, i, column, c, top, found); err != nil {
				return nil, fmt.Errorf("contributions to %s: %w", i.Code, err)
			}
		}
	}
	return func(v analysis.Value) []float64 {
		return found[contributionKey(v.Code, v.Period.Label, v.Place, v.Group)]
	}, nil
}

// cut is a breakdown of the whole city or of a place.
type cut struct {
	place string
	by    []string
}

// cuts lists the breakdowns an indicator's values were computed for, in order.
func cuts(values []analysis.Value, code string) []cut {
	var list []cut
	for _, v := range values {
		c := cut{v.Place, v.Group.Columns()}
		same := func(have cut) bool { return have.place == c.place && slices.Equal(have.by, c.by) }
		if v.Code == code && !slices.ContainsFunc(list, same) {
			list = append(list, c)
		}
	}
	return list
}

func contributionKey(code, period, place string, group analysis.Group) string {
	return strings.Join([]string{code, period, place, group.String()}, "\x00")
}

// contributions adds the largest contributions to one breakdown of one indicator.
func (e *evaluator) contributions(ctx context.Context, i bound, column string, c cut, top int, found map[string][]float64) error {
	query, err := e.contributionSQL(ctx, i, column, c)
	if err != nil {
		return err
	}
	rows, err := e.q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var period sql.NullString
		var amount sql.NullFloat64
		levels := make([]string, len(c.by))
		targets := []any{&period, &amount}
		for k := range levels {
			targets = append(targets, &levels[k])
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		var group analysis.Group
		for k, name := range c.by {
			group = append(group, analysis.Level{Column: name, Value: levels[k]})
		}
		key := contributionKey(i.Code, period.String, c.place, group)
		if given := found[key]; len(given) < top {
			found[key] = append(given, math.Abs(amount.Float64))
		}
	}
	return rows.Err()
}

// contributionSQL lists what each contributor gave, largest first in every group.
func (e *evaluator) contributionSQL(ctx context.Context, i bound, column string, c cut) (string, error) {
	labels, err := e.labels(ctx, i.num.relation)
	if err != nil {
		return "", err
	}
	rep, err := e.reportingOf(i.num.relation, labels)
	if err != nil {
		return "", err
	}
	period := rep.sql()
	if period == "" {
		period = "period"
	}
	condition := and(i.num.domain, i.num.where)
	if c.place != "" && i.num.relation.Has("place") {
		condition = and(condition, "place IN ("+literals(e.Places.Within(c.place))+")")
	}
	selected, grouped := "", ""
	for k, name := range c.by {
		selected += fmt.Sprintf(", COALESCE(CAST(%s AS VARCHAR), %s) AS g%d", analysis.Quote(name), analysis.Literal(notStated), k)
		grouped += fmt.Sprintf(", g%d", k)
	}
	return fmt.Sprintf("SELECT p, CAST(SUM(y) AS DOUBLE) AS amount%s FROM (SELECT %s AS p, %s AS y, %s AS contributor%s FROM %s WHERE %s) WHERE y IS NOT NULL GROUP BY p%s, contributor ORDER BY p%s, abs(amount) DESC, contributor",
		grouped, period, i.num.value, analysis.Quote(column), selected, e.rows(i.num.relation), orTrue(condition), grouped, grouped), nil
}
