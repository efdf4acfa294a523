package costbenefit

import (
	"math"
	"slices"
)

// Bin is a range of NPVs and how many draws fell into it. The first and the last
// bin of an option hold everything beyond them too.
type Bin struct {
	From, To float64
	Draws    int
}

// histogramBins is about how many bins cover the middle 99 % of draws.
const histogramBins = 30

// histogram counts the values in bins of a round width; 0 is always an edge or
// outside.
func histogram(values []float64) []Bin {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	low, high := percentile(sorted, .005), percentile(sorted, .995)
	width := roundWidth((high - low) / histogramBins)
	if !(width > 1e-12*max(math.Abs(low), math.Abs(high))) {
		return []Bin{{sorted[0], sorted[len(sorted)-1], len(sorted)}}
	}
	first, last := math.Floor(low/width), math.Ceil(high/width)
	bins := make([]Bin, max(1, int(last-first)))
	for k := range bins {
		bins[k].From, bins[k].To = (first+float64(k))*width, (first+float64(k)+1)*width
	}
	for _, v := range sorted {
		k := int(min(max(math.Floor(v/width)-first, 0), float64(len(bins)-1)))
		bins[k].Draws++
	}
	return bins
}

// roundWidth is the smallest of 1, 2 and 5 times a power of ten that is not below
// the width.
func roundWidth(width float64) float64 {
	if !(width > 0) {
		return 0
	}
	power := math.Pow10(int(math.Floor(math.Log10(width))))
	for _, times := range []float64{1, 2, 5} {
		if times*power >= width {
			return times * power
		}
	}
	return 10 * power
}
