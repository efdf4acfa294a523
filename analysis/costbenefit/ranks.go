package costbenefit

import "math"

// digitBits is how many bits of a number are sorted at a time.
const digitBits = 11

// ordered returns the places of the values in ascending order, earlier ones
// first among equals. It sorts digit by digit from the lowest, as draws come by
// the hundred thousand.
func ordered(values []float64) []int32 {
	n := len(values)
	keys, order := make([]uint64, n), make([]int32, n)
	nextKeys, nextOrder := make([]uint64, n), make([]int32, n)
	for i, v := range values {
		keys[i], order[i] = sortKey(v), int32(i)
	}
	for shift := 0; shift < 64; shift += digitBits {
		var start [1<<digitBits + 1]int
		for _, key := range keys {
			start[key>>shift&(1<<digitBits-1)+1]++
		}
		for d := range 1 << digitBits {
			start[d+1] += start[d]
		}
		for i, key := range keys {
			d := key >> shift & (1<<digitBits - 1)
			nextKeys[start[d]], nextOrder[start[d]] = key, order[i]
			start[d]++
		}
		keys, nextKeys, order, nextOrder = nextKeys, keys, nextOrder, order
	}
	return order
}

// sortKey maps numbers to integers in the same order; both zeros to the same.
func sortKey(v float64) uint64 {
	bits := math.Float64bits(v + 0)
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// midRanks returns the rank of each value from 1, equal values sharing the mean of
// their ranks. order is that of the values.
func midRanks(values []float64, order []int32) []float64 {
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}

// correlation is Pearson's, 0 where one side does not vary.
func correlation(a, b []float64) float64 {
	meanA, meanB := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		x, y := a[i]-meanA, b[i]-meanB
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return min(max(ab/math.Sqrt(aa*bb), -1), 1)
}
