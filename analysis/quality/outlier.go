package quality

import (
	"math"
	"slices"
)

// modifiedZ returns .6745(x − median)/MAD of every number, MAD being the median
// distance from the median. Where more than half of the numbers are equal the MAD
// is zero; the mean distance from the median, times 1.2533, takes its place, and
// where all are equal every score is zero. NaN for numbers that are NaN.
// Definition: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
func modifiedZ(numbers []float64) []float64 {
	sorted := sortedFinite(numbers)
	centre := median(sorted)
	away := make([]float64, len(sorted))
	sum := 0.0
	for k, x := range sorted {
		away[k] = math.Abs(x - centre)
		sum += away[k]
	}
	slices.Sort(away)
	scale := median(away) / 0.6745
	if scale == 0 {
		scale = 1.253314 * sum / float64(len(away))
	}
	scores := make([]float64, len(numbers))
	for k, x := range numbers {
		switch {
		case math.IsNaN(x):
			scores[k] = math.NaN()
		case scale > 0:
			scores[k] = (x - centre) / scale
		}
	}
	return scores
}

// sortedFinite returns the numbers that are numbers, in order.
func sortedFinite(numbers []float64) []float64 {
	sorted := slices.DeleteFunc(slices.Clone(numbers), math.IsNaN)
	slices.Sort(sorted)
	return sorted
}

// median is the middle of sorted numbers, NaN of none.
func median(sorted []float64) float64 { return quantile(sorted, 0.5) }

// quantile interpolates between the sorted numbers, as R's type 7; NaN of none.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

// medcouple measures skewness by the middle of numbers, in [−1, 1]: the median of
//
//	((x_i − m) − (m − x_j)) / (x_i − x_j)   over x_j ≤ m ≤ x_i
//
// where m is the median. Pairs of numbers that both equal the median count as −1,
// 0 or 1 by their places. It is 0 of fewer than three numbers and of equal ones.
// Definition: Brys, Hubert and Struyf, A Robust Measure of Skewness, 2004.
func medcouple(sorted []float64) float64 {
	if len(sorted) < 3 || sorted[0] == sorted[len(sorted)-1] {
		return 0
	}
	m := median(sorted)
	var below, above []float64 // distances from the median, ties with it in both
	ties := 0
	for _, x := range sorted {
		if x <= m {
			below = append(below, m-x)
		}
		if x >= m {
			above = append(above, x-m)
		}
		if x == m {
			ties++
		}
	}
	kernel := make([]float64, 0, len(below)*len(above))
	for j, left := range below {
		for i, right := range above {
			if left+right > 0 {
				kernel = append(kernel, (right-left)/(right+left))
				continue
			}
			// Both are ties: the first in above meets the last in below.
			kernel = append(kernel, float64(sign(i-(len(below)-1-j))))
		}
	}
	slices.Sort(kernel)
	return median(kernel)
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// adjustedFences are the limits of the boxplot for skewed numbers, c being their
// medcouple:
//
//	Q1 − 1.5 e^(−4c) IQR,  Q3 + 1.5 e^(3c) IQR   for c ≥ 0
//	Q1 − 1.5 e^(−3c) IQR,  Q3 + 1.5 e^(4c) IQR   for c < 0
//
// Definition: Hubert and Vandervieren, An Adjusted Boxplot for Skewed
// Distributions, 2008.
func adjustedFences(sorted []float64, c float64) (low, high float64) {
	first, third := quantile(sorted, 0.25), quantile(sorted, 0.75)
	down, up := -4.0, 3.0
	if c < 0 {
		down, up = -3, 4
	}
	reach := 1.5 * (third - first)
	return first - reach*math.Exp(down*c), third + reach*math.Exp(up*c)
}

// What makes a number an outlier, and numbers skewed.
const (
	outlyingZ  = 3.5 // modified z score beyond which a number is one
	skewed     = 0.2 // medcouple from which on the fences of the adjusted boxplot are taken
	leastFence = 20  // numbers below which quartiles and medcouple say little
	leastZ     = 6   // numbers below which nothing is called an outlier
	mostKernel = 201 // numbers of which a medcouple is taken; evenly spread quantiles stand for more
)

// test is how numbers were judged.
type test struct {
	method    string  // "modified z" or "adjusted boxplot"
	low, high float64 // what lies outside is an outlier
	medcouple float64
}

// judge returns the limits outside which numbers are outliers; ok is false of too
// few, and of numbers that are all equal.
func judge(numbers []float64) (t test, ok bool) {
	sorted := sortedFinite(numbers)
	if len(sorted) < leastZ || sorted[0] == sorted[len(sorted)-1] {
		return test{}, false
	}
	if len(sorted) >= leastFence {
		t.medcouple = medcouple(thin(sorted, mostKernel))
	}
	if math.Abs(t.medcouple) >= skewed {
		t.method = "adjusted boxplot"
		t.low, t.high = adjustedFences(sorted, t.medcouple)
		if t.low < t.high {
			return t, true
		}
	}
	t.method = "modified z"
	centre, scale := median(sorted), scaleOf(sorted)
	t.low, t.high = centre-outlyingZ*scale, centre+outlyingZ*scale
	return t, true
}

// scaleOf is what modified z scores divide by.
func scaleOf(sorted []float64) float64 {
	centre := median(sorted)
	for k, z := range modifiedZ(sorted) {
		if z != 0 {
			return (sorted[k] - centre) / z
		}
	}
	return 0
}

// thin keeps at most n of the sorted numbers, evenly spread.
func thin(sorted []float64, n int) []float64 {
	if len(sorted) <= n {
		return sorted
	}
	kept := make([]float64, n)
	for k := range kept {
		kept[k] = quantile(sorted, float64(k)/float64(n-1))
	}
	return kept
}
