package equity

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Equality returns the probability that estimates y with the covariance differ as
// much as they do where all are equal in truth: the Wald test of y_1 = … = y_k with
// q = rank of the covariance of the k − 1 contrasts,
//
//	F = (df − q + 1)/(df·q) · W  on q and df − q + 1 degrees of freedom
//
// and W on χ² with q where df is infinite. Where q exceeds df there are too few
// PSUs for it, and it is k times the smallest probability of one group against the
// mean of the others (Bonferroni). NaN where an error is not known or no group has
// any. Source of the F: Korn & Graubard, Analysis of Health Surveys, 1999, 3.6.
func Equality(y []float64, covariance [][]float64, df float64) float64 {
	k := len(y)
	if k < 2 || covariance == nil {
		return math.NaN()
	}
	w, q := wald(y, covariance)
	df = known(df)
	switch {
	case math.IsNaN(w) || q == 0:
		return math.NaN()
	case math.IsInf(df, 1):
		return distuv.ChiSquared{K: float64(q)}.Survival(w)
	case df-float64(q)+1 < 1:
		return oneByOne(y, covariance, df)
	}
	free := df - float64(q) + 1
	return mathext.RegIncBeta(free/2, float64(q)/2, df/(df+w)) // the upper tail of F
}

// wald returns d'V⁺d of the contrasts d with the last group and the rank of V.
// Directions without variance are left out.
func wald(y []float64, covariance [][]float64) (w float64, rank int) {
	n := len(y) - 1
	v, d := mat.NewSymDense(n, nil), make([]float64, n)
	for i := range n {
		d[i] = y[i] - y[n]
		for j := i; j < n; j++ {
			x := covariance[i][j] - covariance[i][n] - covariance[n][j] + covariance[n][n]
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return math.NaN(), 0
			}
			v.SetSym(i, j, x)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(v, true) {
		return math.NaN(), 0
	}
	values := eigen.Values(nil)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	for a, variance := range values {
		if !(variance > 1e-10*values[n-1]) {
			continue
		}
		along := 0.0
		for i := range n {
			along += vectors.At(i, a) * d[i]
		}
		w += along * along / variance
		rank++
	}
	return w, rank
}

func oneByOne(y []float64, covariance [][]float64, df float64) float64 {
	k, smallestP := len(y), 1.0
	for j := range y {
		g := make([]float64, k)
		for i := range g {
			g[i] = -1 / float64(k-1)
		}
		g[j] = 1
		smallestP = min(smallestP, chance(dot(g, y), math.Sqrt(quadratic(g, covariance)), df, k))
	}
	return smallestP
}
