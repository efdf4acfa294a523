package quality

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// heaping holds last digits against the tenth that each should have:
//
//	χ² = Σ (o_d − n/10)² / (n/10),  9 degrees of freedom
//
// round is the share of numbers that end in 0 or 5, of which there should be a
// fifth. All is NaN of no numbers.
func heaping(digits []int64) (chi2, p, round float64, n int64) {
	for _, o := range digits {
		n += o
	}
	if n == 0 {
		return math.NaN(), math.NaN(), math.NaN(), 0
	}
	want := float64(n) / 10
	for _, o := range digits {
		chi2 += (float64(o) - want) * (float64(o) - want) / want
	}
	p = distuv.ChiSquared{K: 9}.Survival(chi2)
	return chi2, p, float64(digits[0]+digits[5]) / float64(n), n
}

// Digits are said to heap when chance is ruled out and enough numbers are round
// for it to matter.
const (
	leastDigits = 100
	heapedP     = 0.001
	heapedRound = 0.30
)

// heaps reports whether the last digits show rounding.
func heaps(p, round float64, n int64) bool {
	return n >= leastDigits && p < heapedP && round >= heapedRound
}
