package composite

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Alpha returns Cronbach's alpha of the columns over the rows that have them all,
//
//	k/(k−1)·(1 − Σ var(x_i)/var(Σ x_i))
//
// NaN for fewer than two columns or three rows, and where the sum does not vary:
// columns that undo each other exactly have nothing in common to be measured.
func Alpha(columns [][]float64) float64 {
	rows := completeRows(columns)
	k := float64(len(columns))
	if k < 2 || len(rows) < 3 {
		return math.NaN()
	}
	sum, parts := make([]float64, len(rows)), 0.0
	for _, column := range columns {
		own := make([]float64, len(rows))
		for i, row := range rows {
			own[i] = column[row]
			sum[i] += column[row]
		}
		_, sd := spreadOf(own)
		parts += sd * sd
	}
	_, sd := spreadOf(sum)
	if sd*sd <= tie*parts {
		return math.NaN()
	}
	return k / (k - 1) * (1 - parts/(sd*sd))
}

// completeRows are the rows in which every column has a number.
func completeRows(columns [][]float64) []int {
	var rows []int
	if len(columns) == 0 {
		return nil
	}
	for i := range columns[0] {
		complete := true
		for _, column := range columns {
			complete = complete && !math.IsNaN(column[i])
		}
		if complete {
			rows = append(rows, i)
		}
	}
	return rows
}

// ComponentWeights returns the squared loadings of the columns on the first
// principal component of their correlations, which add up to 1, and the share of
// the variance it explains (OECD handbook, step 6). They are nil where fewer than
// three rows are complete or a column does not vary.
func ComponentWeights(columns [][]float64) (weights []float64, explained float64) {
	n := len(columns)
	rows := completeRows(columns)
	if n == 0 || len(rows) < 3 {
		return nil, math.NaN()
	}
	whole := make([][]float64, n)
	for c := range columns {
		for _, row := range rows {
			whole[c] = append(whole[c], columns[c][row])
		}
	}
	correlations := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			r, _ := Correlation(whole[i], whole[j])
			if math.IsNaN(r) {
				return nil, math.NaN()
			}
			correlations.SetSym(i, j, r)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(correlations, true) {
		return nil, math.NaN()
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	weights = make([]float64, n)
	for c := range weights {
		loading := vectors.At(c, n-1) // values rise, the last is the first component
		weights[c] = loading * loading
	}
	return weights, eigen.Values(nil)[n-1] / float64(n)
}

// EffectiveWeights returns each column's correlation with the whole and its share
// of the squared correlations: how much of a say it has in effect, whatever its
// nominal weight (after Paruolo, Saisana & Saltelli, Ratings and rankings, Journal
// of the Royal Statistical Society A 176, 2013). Columns without a correlation
// have no share.
func EffectiveWeights(columns [][]float64, whole []float64) (correlations, shares []float64) {
	total := 0.0
	for _, column := range columns {
		r, _ := Correlation(column, whole)
		correlations = append(correlations, r)
		if !math.IsNaN(r) {
			total += r * r
		}
	}
	for _, r := range correlations {
		shares = append(shares, r*r/total)
	}
	return correlations, shares
}

// DominantPairs counts the pairs of the rows and those of them in which one is at
// least as good in every column and better in one: their order hangs on no weight.
// Pairs that share no column are not counted.
func DominantPairs(columns [][]float64, rows []int) (dominant, pairs int) {
	for k, i := range rows {
		for _, j := range rows[:k] {
			ahead, behind, both := 0, 0, 0
			for _, column := range columns {
				a, b := column[i], column[j]
				switch {
				case math.IsNaN(a), math.IsNaN(b):
					continue
				case a > b:
					ahead++
				case a < b:
					behind++
				}
				both++
			}
			if both == 0 {
				continue
			}
			pairs++
			if (ahead == 0) != (behind == 0) {
				dominant++
			}
		}
	}
	return dominant, pairs
}
