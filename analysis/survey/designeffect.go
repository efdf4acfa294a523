package survey

import (
	"context"
	"math"
	"slices"
)

// designEffect is the variance over that of a simple random sample without
// replacement of the same size:
//
//	V / [s²·(N − n)/(N·n)], times N² for a total and (N/Σx)² for a ratio
//
// s² = n/(n−1)·Σw(y − ȳ)²/N, of y − Rx for a ratio; N is the sum of weights, n the
// rows with one. It is NaN when N < n and +Inf when N = n. Formula: Kish (1965),
// and R package survey, svymean, deff = TRUE.
func (f *figure) designEffect(variance float64) float64 {
	s2, _ := f.populationVariance()
	return f.effect(variance, s2)
}

// populationVariance is s² and how large what was subtracted to get it is beside
// it.
func (f *figure) populationVariance() (s2, lost float64) {
	g, t := f.statistic.group, f.target
	sums := g.sums[0]
	size := sums[len(sums)-1] // the number one is the last term
	n := f.counted()
	squares, mean := sums[t.num], sums[t.num]/size // of a level y² is y
	if t.yy >= 0 {
		squares = g.pairs[t.yy]
	}
	if t.xx >= 0 {
		r := f.answer.Value
		mean = r * sums[t.den] / size
		squares += r * (r*g.pairs[t.xx] - 2*g.pairs[t.xy])
		s2 = n / (n - 1) * squares / size
	} else {
		s2 = n / (n - 1) * (squares/size - mean*mean)
	}
	return s2, mean * mean / math.Abs(s2)
}

// counted is the rows a design effect counts: those with a weight, and under
// replicate weights all.
func (f *figure) counted() float64 {
	g := f.statistic.group
	if len(g.sums) > 1 {
		return float64(g.rows)
	}
	return float64(g.n)
}

// effect divides a variance by that of a simple random sample.
func (f *figure) effect(variance, s2 float64) float64 {
	g, t := f.statistic.group, f.target
	sums := g.sums[0]
	n, size := f.counted(), sums[len(sums)-1]
	if size < n || n < 2 {
		return math.NaN()
	}
	simple := s2 * (size - n) / (size * n)
	switch {
	case t.den < 0:
		simple *= size * size
	case t.xx >= 0:
		simple *= size * size / (sums[t.den] * sums[t.den])
	}
	return variance / simple
}

// tooMuchLost is how much larger than s² the mean's square may be before a
// difference of squares leaves too few digits.
const tooMuchLost = 1e6

// centreDesignEffects works out again, from values less their mean, the design
// effects of what varies little beside its size.
func (e *estimation) centreDesignEffects(ctx context.Context, figures []*figure, variances []float64) error {
	var flat []*figure
	var of []float64
	var tallies []*tally
	for k, f := range figures {
		if _, lost := f.populationVariance(); f.target.yy >= 0 && lost > tooMuchLost {
			flat, of, tallies = append(flat, f), append(of, variances[k]), append(tallies, f.centred())
		}
	}
	if len(flat) == 0 {
		return nil
	}
	groups, err := e.tally(ctx, tallies...)
	if err != nil {
		return err
	}
	for k, f := range flat {
		at := slices.IndexFunc(groups[k], func(g *group) bool { return g.codes == f.statistic.group.codes })
		g := groups[k][at]
		n := f.counted()
		f.answer.DEFF = f.effect(of[k], n/(n-1)*g.pairs[0]/g.sums[0][1])
	}
	return nil
}

// centred is a tally of the figure's values less their mean.
func (f *figure) centred() *tally {
	old := f.statistic.group.tally
	y, sums := old.terms[f.target.num].number, f.statistic.group.sums[0]
	centre := term{numbers: []string{y}, value: func(x []float64, _ []int32) float64 { return x[0] - sums[f.target.num]/sums[len(sums)-1] }}
	if f.target.xx >= 0 {
		r := f.answer.Value
		centre = term{numbers: []string{y, old.terms[f.target.den].number}, value: func(x []float64, _ []int32) float64 { return x[0] - r*x[1] }}
	}
	return &tally{domain: old.domain, by: old.by, known: old.known, stated: old.stated, terms: []term{centre, one}, pairs: [][2]int{{0, 0}}}
}
