package indicators

import (
	"context"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// rating is one reviewer's score of one indicator.
type rating struct {
	code, period, reviewer string
	score                  float64
}

// score makes the values of a review indicator: the mean of the reviewers'
// scores with their range, number and agreement. Reviewers are no random sample,
// so there is no standard error.
func (e *evaluator) score(ctx context.Context, i bound) error {
	ratings, err := e.ratings(ctx, i)
	if err != nil {
		return err
	}
	for start := 0; start < len(ratings); {
		end := start
		for end < len(ratings) && ratings[end].period == ratings[start].period {
			end++
		}
		panel := ratings[start:end]
		start = end
		period, err := e.Calendar.ParsePeriod(panel[0].period)
		if err != nil {
			return err
		}
		own := slices.DeleteFunc(slices.Clone(panel), func(r rating) bool { return r.code != i.Code })
		if len(own) > 0 && e.Setup.wanted(e.query, period) {
			e.out.Values = append(e.out.Values, e.scored(i, period, own, panel))
		}
	}
	return nil
}

func (e *evaluator) scored(i bound, period analysis.Period, own, panel []rating) analysis.Value {
	v := e.blank(i, period, nil, nil)
	low, high, sum := math.Inf(1), math.Inf(-1), 0.0
	for _, r := range own {
		if math.IsNaN(r.score) {
			v.Missing++
			continue
		}
		v.N++
		sum += r.score
		low, high = min(low, r.score), max(high, r.score)
	}
	if v.N == 0 {
		missing := v.Missing
		v.Withhold(analysis.Missing, "no reviewer gave a score")
		v.Missing = missing
		return v
	}
	v.ErrorUnknown = true
	v.Numerator, v.Denominator = sum, float64(v.N)
	v.Value = sum / float64(v.N)
	v.Flags = append(v.Flags, fmt.Sprintf("scores from %g to %g", low, high))
	if alpha := panelAlpha(panel); !math.IsNaN(alpha) {
		v.Flags = append(v.Flags, fmt.Sprintf("agreement of the reviewers on all their indicators: alpha %.2f", alpha))
	}
	if v.N == 1 {
		v.Flags = append(v.Flags, "one reviewer only")
	}
	return v
}

// ratings reads every score of every indicator, in period order.
func (e *evaluator) ratings(ctx context.Context, i bound) (ratings []rating, err error) {
	r := i.num.relation
	if !r.Has("indicator", "period", "reviewer") {
		return nil, nil
	}
	query := fmt.Sprintf("SELECT indicator, period, reviewer, COALESCE(CAST(%s AS DOUBLE), 'NaN'::DOUBLE) FROM %s WHERE %s ORDER BY period, indicator, reviewer, 4",
		i.num.value, e.rows(r), orTrue(and(i.num.domain, i.num.where)))
	rows, err := e.q.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read scores: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var one rating
		if err := rows.Scan(&one.code, &one.period, &one.reviewer, &one.score); err != nil {
			return nil, err
		}
		ratings = append(ratings, one)
	}
	return ratings, rows.Err()
}

// panelAlpha is the reviewers' agreement over all indicators of one period.
func panelAlpha(panel []rating) float64 {
	units := map[string][]float64{}
	for _, r := range panel {
		if !math.IsNaN(r.score) {
			units[r.code] = append(units[r.code], r.score)
		}
	}
	codes := make([]string, 0, len(units))
	for code := range units {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	scores := make([][]float64, len(codes))
	for k, code := range codes {
		scores[k] = units[code]
	}
	return OrdinalAlpha(scores)
}

// OrdinalAlpha returns Krippendorff's alpha for ordinal scores; each unit holds
// the scores it was given, by however many reviewers, NaN-free. Units with one
// score say nothing about agreement and are left out. It is NaN when fewer than
// two scores are left and 1 when all scores are equal.
//
//	α = 1 − (n−1) Σ_c Σ_k>c o_ck δ²_ck  ÷  Σ_c Σ_k>c n_c n_k δ²_ck
//	δ²_ck = (Σ_g=c..k n_g − (n_c + n_k)/2)²
//
// Source: Krippendorff, Content Analysis, 3rd edition (2013), section 12.3.
func OrdinalAlpha(units [][]float64) float64 {
	var levels []float64
	for _, unit := range units {
		if len(unit) > 1 {
			levels = append(levels, unit...)
		}
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	index := func(score float64) int { k, _ := slices.BinarySearch(levels, score); return k }
	counts, n := make([]float64, len(levels)), 0.0
	observed := make([][]float64, len(levels))
	for k := range observed {
		observed[k] = make([]float64, len(levels))
	}
	for _, unit := range units {
		if len(unit) < 2 {
			continue
		}
		for a := range unit {
			counts[index(unit[a])]++
			n++
			for b := range unit {
				if a != b {
					observed[index(unit[a])][index(unit[b])] += 1 / float64(len(unit)-1)
				}
			}
		}
	}
	if n < 2 {
		return nan
	}
	return alphaOf(observed, counts, n)
}

func alphaOf(observed [][]float64, counts []float64, n float64) float64 {
	var disagreement, expected float64
	for c := range counts {
		between := counts[c]
		for k := c + 1; k < len(counts); k++ {
			between += counts[k]
			distance := between - (counts[c]+counts[k])/2
			disagreement += observed[c][k] * distance * distance
			expected += counts[c] * counts[k] * distance * distance
		}
	}
	if expected == 0 {
		return 1
	}
	return 1 - (n-1)*disagreement/expected
}
