package composite

import "gonum.org/v1/gonum/mathext"

// scattered spreads neighbouring numbers over all 64 bits, by the finalizer of
// SplitMix64: Steele, Lea & Flood, Fast Splittable Pseudorandom Number
// Generators, OOPSLA 2014.
func scattered(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// uniform is a number in (0, 1) that hangs on its arguments alone, so that any
// share of work yields the same.
func uniform(seed, a, b uint64) float64 {
	return (float64(scattered(scattered(scattered(seed)^a)^b)>>12) + .5) / (1 << 52)
}

const normalBits = 12

// normals are the quantiles of the normal distribution at evenly spaced
// probabilities: drawing one of them is drawing from the distribution.
type normals []float64

func newNormals() normals {
	table := make(normals, 1<<normalBits)
	for k := range table {
		table[k] = mathext.NormalQuantile((float64(k) + .5) / float64(len(table)))
	}
	return table
}

// add writes values with errors drawn from the seed into out.
func (t normals) add(seed uint64, values, errors, out []float64) {
	state := scattered(seed)
	for i, x := range values {
		state += 0x9e3779b97f4a7c15
		if se := errors[i]; se > 0 {
			h := (state ^ state>>30) * 0xbf58476d1ce4e5b9
			h = (h ^ h>>27) * 0x94d049bb133111eb
			x += se * t[h>>(64-normalBits)]
		}
		out[i] = x
	}
}
