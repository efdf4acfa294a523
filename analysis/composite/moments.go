package composite

import "math"

// Skewness returns the sample skewness of the finite values,
//
//	g₁·√(n(n−1))/(n−2), g₁ = m₃/m₂^1.5
//
// NaN for fewer than three values or without variation. It is "type 2" of Joanes
// and Gill, Comparing measures of sample skewness and kurtosis, The Statistician
// 47, 1998: the form of spreadsheets.
func Skewness(values []float64) float64 {
	n, m2, m3, _ := moments(values)
	if n < 3 || m2 == 0 {
		return math.NaN()
	}
	return m3 / math.Pow(m2, 1.5) * math.Sqrt(n*(n-1)) / (n - 2)
}

// Kurtosis returns the sample excess kurtosis of the finite values,
//
//	((n+1)·g₂ + 6)·(n−1)/((n−2)(n−3)), g₂ = m₄/m₂² − 3
//
// NaN for fewer than four values or without variation: "type 2" of Joanes and
// Gill, as Skewness.
func Kurtosis(values []float64) float64 {
	n, m2, _, m4 := moments(values)
	if n < 4 || m2 == 0 {
		return math.NaN()
	}
	return ((n+1)*(m4/(m2*m2)-3) + 6) * (n - 1) / ((n - 2) * (n - 3))
}

// moments are the number of finite values and their central moments.
func moments(values []float64) (n, m2, m3, m4 float64) {
	mean, n := meanOf(values)
	for _, x := range values {
		if !math.IsNaN(x) {
			d := x - mean
			m2, m3, m4 = m2+d*d, m3+d*d*d, m4+d*d*d*d
		}
	}
	return n, m2 / n, m3 / n, m4 / n
}

// meanOf is the mean of the finite values and how many there are.
func meanOf(values []float64) (mean, n float64) {
	for _, x := range values {
		if !math.IsNaN(x) {
			mean += x
			n++
		}
	}
	return mean / n, n
}

// spreadOf is the mean and the sample standard deviation of the finite values.
func spreadOf(values []float64) (mean, sd float64) {
	mean, n := meanOf(values)
	sum := 0.0
	for _, x := range values {
		if !math.IsNaN(x) {
			sum += (x - mean) * (x - mean)
		}
	}
	return mean, math.Sqrt(sum / (n - 1))
}

// rangeOf is the least and the greatest finite value.
func rangeOf(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, x := range values {
		if x < low {
			low = x
		}
		if x > high {
			high = x
		}
	}
	return low, high
}

// finiteOf are the values that are numbers.
func finiteOf(values []float64) []float64 {
	out := make([]float64, 0, len(values))
	for _, x := range values {
		if !math.IsNaN(x) {
			out = append(out, x)
		}
	}
	return out
}

// Correlation is Pearson's correlation of the pairs where both are numbers, and
// how many those are; NaN for fewer than three, which always agree, and where one
// does not vary.
func Correlation(x, y []float64) (r float64, n int) {
	var sx, sy float64
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			sx, sy, n = sx+x[i], sy+y[i], n+1
		}
	}
	mx, my := sx/float64(n), sy/float64(n)
	var xx, yy, xy float64
	for i := range x {
		if !math.IsNaN(x[i]) && !math.IsNaN(y[i]) {
			dx, dy := x[i]-mx, y[i]-my
			xx, yy, xy = xx+dx*dx, yy+dy*dy, xy+dx*dy
		}
	}
	if n < 3 || xx == 0 || yy == 0 {
		return math.NaN(), n
	}
	return xy / math.Sqrt(xx*yy), n
}
