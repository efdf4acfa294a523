package indicators

import (
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/analysis/survey"
)

// Sample is the sample behind a survey value.
type Sample struct {
	Design  survey.Design
	Filter  string // condition that a row is of the sample
	Refused string // why its design gives no errors, "" when it does
}

// sampleOf is the sample of the value's period.
func (e *evaluator) sampleOf(ctx context.Context, i bound, v analysis.Value) *Sample {
	rep, err := e.reportingFor(ctx, i, *i.num)
	if err != nil {
		return &Sample{Refused: err.Error()}
	}
	g := &gathered{reporting: rep, relation: i.num.relation}
	s := &Sample{Filter: g.rowsOf([]analysis.Period{v.Period})}
	if s.Design, err = e.designOf(g, v.Period); err != nil {
		s.Refused = err.Error()
	}
	return s
}

// SampleFacts are the counts behind a survey value's error.
type SampleFacts struct {
	Strata, PSUs             int64   // of the whole sample
	DomainStrata, DomainPSUs int64   // of the rows that count
	Lonely                   int64   // strata of the whole sample with one PSU
	Weights                  float64 // sum of the weights of the rows that count, calibrated where weights are; NaN when it cannot be had
}

// Describe counts strata and PSUs and adds up the weights of the rows that count.
func (s Sample) Describe(ctx context.Context, q analysis.Querier, rows analysis.Rows, r Reading) (SampleFacts, error) {
	from := analysis.Quote(r.Relation.Name)
	for name, computed := range r.Computed {
		from = fmt.Sprintf("(SELECT *, %s AS %s FROM %s)", computed, analysis.Quote(name), from)
	}
	f := SampleFacts{Weights: nan}
	for _, c := range []struct {
		where                string
		strata, psus, lonely *int64
	}{{s.Filter, &f.Strata, &f.PSUs, &f.Lonely}, {r.Counts, &f.DomainStrata, &f.DomainPSUs, new(int64)}} {
		query := fmt.Sprintf("SELECT COUNT(*), CAST(COALESCE(SUM(n), 0) AS BIGINT), COUNT(CASE WHEN n = 1 THEN 1 END) FROM (SELECT %s AS stratum, %s AS n FROM %s WHERE %s GROUP BY 1)",
			s.stratum(), s.units(), from, c.where)
		found, err := q.QueryContext(ctx, query)
		if err != nil {
			return f, fmt.Errorf("count PSUs of %s: %w", r.Relation.Name, err)
		}
		for found.Next() {
			if err := found.Scan(c.strata, c.psus, c.lonely); err != nil {
				return f, firstError(err, found.Close())
			}
		}
		if err := firstError(found.Err(), found.Close()); err != nil {
			return f, err
		}
	}
	f.Weights = s.weights(ctx, rows, r)
	return f, nil
}

func (s Sample) stratum() string {
	if len(s.Design.Strata) == 0 {
		return "1"
	}
	return rowOfColumns(s.Design.Strata)
}

func (s Sample) units() string {
	if len(s.Design.IDs) == 0 {
		return "COUNT(*)"
	}
	return "COUNT(DISTINCT " + s.Design.IDs[0] + ")"
}

func rowOfColumns(columns []string) string {
	text := ""
	for k, column := range columns {
		if k > 0 {
			text += " || '/' || "
		}
		text += "CAST(" + column + " AS VARCHAR)"
	}
	return text
}

// weights adds up the weights that were used, calibrated ones where the survey is.
func (s Sample) weights(ctx context.Context, rows analysis.Rows, r Reading) float64 {
	if s.Refused != "" || rows == nil {
		return nan
	}
	answers, _, err := survey.Estimate(ctx, rows, survey.Request{
		RowFilter: &survey.Filter{SQL: s.Filter}, Design: s.Design,
		Estimates: []survey.Ask{{ID: "weights", Op: "total", Vars: []string{"CAST(1 AS DOUBLE)"}, Domain: &survey.Filter{SQL: "COALESCE(" + r.Counts + ", FALSE)"}, NaRm: true}},
	})
	k := slices.IndexFunc(answers, func(a survey.Answer) bool { return a.ID == "weights" })
	if err != nil || k < 0 {
		return nan
	}
	return answers[k].Value
}
