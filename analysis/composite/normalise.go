package composite

import (
	"cmp"
	"math"
	"slices"
)

// Scale is what a normalisation needs to know of an indicator besides its values.
type Scale struct {
	Better    string  // higher, lower or target
	Target    float64 // for Better target, and for ToTarget
	Low, High float64 // for Goalposts
}

// Normalise writes values into out as scores where more is better, over all
// periods pooled so that time can be compared. NaN stays NaN.
//
//	min-max    100·(x − min)/(max − min)
//	goalposts  100·(x − low)/(high − low), cut off at 0 and 100
//	z          50 + 10·(x − mean)/sd
//	target     100·(x − min)/(T − min), 100 at most
//	rank       100·(rank − 1)/(n − 1), ties at their mean rank
//
// Where lower is better the scale is turned round, the target is measured from
// max: 100·(max − x)/(max − T). Where a target is best, x is −|x − T|; with
// goalposts the score is 100·(1 − |x − T|/max(T − low, high − T)). Values that
// do not vary score 50, at a target already reached 100. out may be values.
func Normalise(method Normalisation, scale Scale, values, out []float64) {
	sign := 1.0
	switch {
	case method == Goalposts:
		goalposts(scale, values, out)
		return
	case scale.Better == "lower":
		sign = -1
	}
	for i, x := range values {
		if scale.Better == "target" {
			x = -math.Abs(x - scale.Target)
		}
		out[i] = sign * x
	}
	switch method {
	case ZScore:
		mean, sd := spreadOf(out)
		rescale(out, mean, sd, 10, 50)
	case ToTarget:
		toTarget(scale, sign, out)
	case ByRank:
		byRank(out)
	default:
		low, high := rangeOf(out)
		rescale(out, low, high-low, 100, 0)
	}
}

// rescale makes each value base + factor·(x − origin)/width, 50 without width.
func rescale(values []float64, origin, width, factor, base float64) {
	for i, x := range values {
		switch {
		case math.IsNaN(x):
		case width > 0:
			values[i] = base + factor*((x-origin)/width)
		default:
			values[i] = 50
		}
	}
}

func goalposts(s Scale, values, out []float64) {
	low, high := s.Low, s.High
	if s.Better == "lower" {
		low, high = high, low
	}
	width := max(s.Target-s.Low, s.High-s.Target)
	for i, x := range values {
		score := (x - low) / (high - low)
		if s.Better == "target" {
			score = 1 - math.Abs(x-s.Target)/width
		}
		if !math.IsNaN(x) {
			score = min(max(score, 0), 1)
		}
		out[i] = 100 * score
	}
}

// toTarget scores turned values by how much of the way to the target they are.
func toTarget(s Scale, sign float64, values []float64) {
	target := sign * s.Target
	if s.Better == "target" {
		target = 0
	}
	low, _ := rangeOf(values)
	for i, x := range values {
		switch {
		case math.IsNaN(x):
		case x >= target:
			values[i] = 100
		default:
			values[i] = 100 * (x - low) / (target - low)
		}
	}
}

// ranked is a value and where it stands.
type ranked struct {
	x  float64
	at int
}

// byRank replaces values by their percentile rank.
func byRank(values []float64) {
	sorted := sortedRanks(values)
	n := float64(len(sorted))
	for first := 0; first < len(sorted); {
		last := first
		for last+1 < len(sorted) && sorted[last+1].x == sorted[first].x {
			last++
		}
		score := 50.0
		if n > 1 {
			score = 100 * float64(first+last) / 2 / (n - 1)
		}
		for _, one := range sorted[first : last+1] {
			values[one.at] = score
		}
		first = last + 1
	}
}

// sortedRanks are the finite values in order. They are dealt into as many evenly
// wide buckets as there are, and each bucket is sorted: a simulation does this for
// every indicator and draw.
func sortedRanks(values []float64) []ranked {
	low, high := rangeOf(values)
	if !(low < high) {
		low, high = 0, math.Inf(1) // one bucket
	}
	width := float64(len(values)-1) / (high - low)
	bucket := func(x float64) int { return int((x - low) * width) }
	starts := make([]int, len(values)+1)
	for _, x := range values {
		if !math.IsNaN(x) {
			starts[bucket(x)+1]++
		}
	}
	for k := range values {
		starts[k+1] += starts[k]
	}
	sorted := make([]ranked, starts[len(values)])
	next := slices.Clone(starts)
	for at, x := range values {
		if !math.IsNaN(x) {
			b := bucket(x)
			sorted[next[b]] = ranked{x, at}
			next[b]++
		}
	}
	for k := range values {
		if starts[k+1]-starts[k] > 1 {
			slices.SortFunc(sorted[starts[k]:starts[k+1]], func(a, b ranked) int { return cmp.Compare(a.x, b.x) })
		}
	}
	return sorted
}
