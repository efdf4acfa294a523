package indicators

import (
	"context"
	"fmt"
	"strings"

	"pediment/analysis"
)

// distinctCells counts different persons afresh in every group and reporting
// period; counts of parts are never added. A person's rows are those that meet
// the condition; rows without a person are missing.
func (e *evaluator) distinctCells(ctx context.Context, i bound) (*gathered, error) {
	labels, err := e.labels(ctx, i.num.relation)
	if err != nil {
		return nil, err
	}
	rep, err := e.reportingOf(i.num.relation, labels)
	if err != nil {
		return nil, err
	}
	relation := i.num.relation
	s := scan{Setup: e.Setup, relation: relation, sets: e.bySets(i), distinct: true}
	s.items = []item{{domain: and(i.num.domain, i.num.where), value: i.num.value}}
	if e.place != "" && relation.Has("place") {
		s.places = e.Places.Within(e.place)
	}
	s.periods = rep.sql()
	g, err := s.gather(ctx, e.q)
	if err != nil {
		return nil, err
	}
	g.gaps, g.cut = rep.gaps, rep.cut
	for _, caveat := range rep.merged {
		e.warn(relation.Name, caveat)
	}
	return g, nil
}

// sql maps the labels in the data to reporting periods, "" when they are the same.
func (rep reporting) sql() string {
	var b strings.Builder
	for _, period := range rep.periods {
		for _, p := range rep.parts[period.Label] {
			if p.Label != period.Label {
				fmt.Fprintf(&b, " WHEN %s THEN %s", analysis.Literal(p.Label), analysis.Literal(period.Label))
			}
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "CASE period" + b.String() + " ELSE period END"
}
