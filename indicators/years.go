package indicators

import (
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
)

// findYears lists the calendar years the relations have data for; registers
// without a period, such as learning spaces, are evaluated at the end of each.
func (e *evaluator) findYears(ctx context.Context) error {
	for _, r := range e.Relations {
		if !r.Has("period") {
			continue
		}
		labels, err := e.labels(ctx, r)
		if err != nil {
			return err
		}
		for _, label := range labels {
			period, err := e.Calendar.ParsePeriod(label)
			if err != nil {
				return fmt.Errorf("%s: %w", r.Name, err)
			}
			year := e.Calendar.JoinYear(period)
			if !slices.ContainsFunc(e.Years, func(y analysis.Period) bool { return y.Label == year.Label }) {
				e.Years = append(e.Years, year)
			}
		}
	}
	slices.SortFunc(e.Years, analysis.Period.Compare)
	return nil
}

// labels lists the period labels of a relation in text order.
func (e *evaluator) labels(ctx context.Context, r analysis.Relation) ([]string, error) {
	rows, err := e.q.QueryContext(ctx, "SELECT DISTINCT period FROM "+analysis.Quote(r.Name)+" WHERE period IS NOT NULL ORDER BY 1")
	if err != nil {
		return nil, fmt.Errorf("list periods of %s: %w", r.Name, err)
	}
	defer rows.Close()
	var labels []string
	for rows.Next() {
		var label string
		if err := rows.Scan(&label); err != nil {
			return nil, err
		}
		labels = append(labels, label)
	}
	return labels, rows.Err()
}
