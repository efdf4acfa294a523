package composite

import "math"

// leastScore stands for scores below it where scores are multiplied or divided by:
// one score of 0 would make everything 0.
const leastScore = 1

// Aggregate returns the mean of the scores x with weights w,
//
//	arithmetic Σwx/Σw, geometric exp(Σw·ln x/Σw), harmonic Σw/Σ(w/x)
//
// Scores that are NaN are left out and the weights of the rest scaled up; without
// any it is NaN. For the geometric and harmonic mean scores below 1 of 100 count
// as 1. Copeland is no mean of one unit's scores; see Outrank.
func Aggregate(mean Mean, x, w []float64) float64 {
	sum, weights := 0.0, 0.0
	for i := range x {
		if !math.IsNaN(x[i]) {
			sum += w[i] * mean.inward(x[i])
			weights += w[i]
		}
	}
	return mean.outward(sum / weights)
}

// floors reports whether the mean takes scores below leastScore as that.
func (m Mean) floors() bool { return m == Geometric || m == Harmonic }

// inward is what the mean adds up.
func (m Mean) inward(x float64) float64 {
	switch m {
	case Geometric:
		return math.Log(max(x, leastScore))
	case Harmonic:
		return 1 / max(x, leastScore)
	}
	return x
}

// outward turns the sum back into a score.
func (m Mean) outward(x float64) float64 {
	switch m {
	case Geometric:
		return math.Exp(x)
	case Harmonic:
		return 1 / x
	}
	return x
}

// aggregateInto writes the mean of the columns into out.
func aggregateInto(mean Mean, columns [][]float64, w, out, weights []float64) {
	clear(out)
	clear(weights)
	for c, column := range columns {
		if w[c] > 0 {
			mean.addColumn(column, w[c], out, weights)
		}
	}
	for i := range out {
		out[i] = mean.outward(out[i] / weights[i]) // 0/0 is NaN: nothing is known
	}
}

// addColumn adds a weighed column. It is where a simulation spends its time.
func (m Mean) addColumn(column []float64, w float64, out, weights []float64) {
	if m != Arithmetic {
		for i, x := range column {
			if x == x { // a number
				out[i] += w * m.inward(x)
				weights[i] += w
			}
		}
		return
	}
	for i, x := range column {
		if x == x {
			out[i] += w * x
			weights[i] += w
		}
	}
}

// Outrank returns Copeland scores of units, from 0 to 100: each pair of units is
// decided by the weight of the columns in which one is ahead, ties counting half
// for both. A unit's wins less its defeats, from −(n−1) to n−1, are its score:
//
//	100·(wins − defeats + n − 1)/(2(n − 1))
//
// Columns without a score of both units do not take part. A unit without any
// score is NaN; a single one scores 50.
func Outrank(columns [][]float64, w []float64, out []float64) {
	present := 0
	for i := range out {
		out[i] = math.NaN()
		for c := range columns {
			if w[c] > 0 && !math.IsNaN(columns[c][i]) {
				out[i] = 0
			}
		}
		if out[i] == 0 {
			present++
		}
	}
	for i := range out {
		for j := range i {
			if math.IsNaN(out[i]) || math.IsNaN(out[j]) {
				continue
			}
			win := outranks(columns, w, i, j)
			out[i] += win
			out[j] -= win
		}
	}
	for i, wins := range out {
		switch {
		case math.IsNaN(wins):
		case present < 2:
			out[i] = 50
		default:
			out[i] = 100 * (wins + float64(present-1)) / float64(2*(present-1))
		}
	}
}

// outranks is 1 where unit i is ahead of unit j by weight, −1 where it is behind,
// 0 at a tie.
func outranks(columns [][]float64, w []float64, i, j int) float64 {
	ahead := 0.0
	total := 0.0
	for c, column := range columns {
		switch a, b := column[i], column[j]; {
		case math.IsNaN(a), math.IsNaN(b):
			continue
		case a > b:
			ahead += w[c]
		case a < b:
			ahead -= w[c]
		}
		total += w[c]
	}
	switch {
	case ahead > 1e-12*total: // weights that should cancel may not quite
		return 1
	case ahead < -1e-12*total:
		return -1
	}
	return 0
}
