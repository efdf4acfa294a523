package composite

import (
	"fmt"
	"math"
	"slices"
)

// Share is how much of the variance of a result one factor makes, from 0 to 1 but
// for the noise of estimation: First alone, Total with all it does together with
// others. Low and High bound the middle 90 % of bootstrap samples.
type Share struct {
	First, FirstLow, FirstHigh float64
	Total, TotalLow, TotalHigh float64
}

// Sobol returns the shares of factors from results of the design of Saltelli: a
// and b of two samples, ab[i] of the first sample with factor i of the second.
//
//	S_i = mean(yB·(yABi − yA))/V, ST_i = Σ(yA − yABi)²/(2N·V)
//
// V is the variance of yA and yB together, y is measured from their mean, which
// changes no expectation and steadies S_i. NaN where V is 0 but for rounding. The bootstrap draws
// rows with the seed. Saltelli et al., Variance based sensitivity analysis of
// model output, Computer Physics Communications 181, 2010.
func Sobol(a, b []float64, ab [][]float64, bootstraps int, seed int64) []Share {
	rows := make([]int, len(a))
	for r := range rows {
		rows[r] = r
	}
	shares := make([]Share, len(ab))
	for i := range ab {
		shares[i].First, shares[i].Total = sobolOf(a, b, ab[i], rows)
	}
	first, total := make([][]float64, len(ab)), make([][]float64, len(ab))
	for k := range bootstraps {
		for r := range rows {
			rows[r] = int(uniform(uint64(seed), uint64(k), uint64(r)) * float64(len(a)))
		}
		for i := range ab {
			s, st := sobolOf(a, b, ab[i], rows)
			first[i], total[i] = append(first[i], s), append(total[i], st)
		}
	}
	for i := range shares {
		shares[i].FirstLow, shares[i].FirstHigh = middle(first[i])
		shares[i].TotalLow, shares[i].TotalHigh = middle(total[i])
	}
	return shares
}

// rounding is the variance, as a share of the squared mean, below which nothing
// but the arithmetic varies.
const rounding = 1e-20

func sobolOf(a, b, ab []float64, rows []int) (first, total float64) {
	n := float64(len(rows))
	mean := 0.0
	for _, r := range rows {
		mean += a[r] + b[r]
	}
	mean /= 2 * n
	v := 0.0
	for _, r := range rows {
		v += (a[r]-mean)*(a[r]-mean) + (b[r]-mean)*(b[r]-mean)
		first += (b[r] - mean) * (ab[r] - a[r])
		total += (a[r] - ab[r]) * (a[r] - ab[r])
	}
	v /= 2*n - 1
	if v <= rounding*mean*mean {
		return math.NaN(), math.NaN()
	}
	return first / n / v, total / (2 * n) / v
}

// Below leastMoves draws that move ranks otherwise than most do, and where the
// interval of a share is wider than widestShare, shares are noise.
const (
	leastMoves  = 30
	widestShare = 0.5
)

// unsharable says why how far ranks move cannot be shared out among factors, ""
// where it can. Moves are the distances of all draws.
func unsharable(moves []float64, shares []Share) string {
	times, most := map[float64]int{}, 0
	for _, x := range moves {
		times[x]++
		most = max(most, times[x])
	}
	switch rare := len(moves) - most; {
	case rare == 0:
		return "every draw moves ranks equally far"
	case rare < leastMoves:
		return fmt.Sprintf("only %d of %d draws move ranks otherwise than most do", rare, len(moves))
	}
	for _, s := range shares {
		if !(s.TotalHigh-s.TotalLow <= widestShare) {
			return fmt.Sprintf("%d draws are too few for it", len(moves))
		}
	}
	return ""
}

// unknownShares are n shares of which nothing is known.
func unknownShares(n int) []Share {
	nan := math.NaN()
	return slices.Repeat([]Share{{nan, nan, nan, nan, nan, nan}}, n)
}

// middle are the 5th and the 95th of 100 of the values; it sorts them.
func middle(values []float64) (low, high float64) {
	slices.Sort(values)
	return quantile(values, .05), quantile(values, .95)
}

// quantile interpolates sorted values between (n−1)·p, NaN without any.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	k := int(at)
	if k+1 >= len(sorted) || sorted[k] == sorted[k+1] {
		return sorted[k]
	}
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}
