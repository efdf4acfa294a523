package equity

import (
	"cmp"
	"math"
	"slices"
)

// ACI returns the absolute concentration index 2·Σ p·y·(x − ½), in the unit of y,
// and its gradient, for groups from the worst placed to the best with ranks x as
// Ridits gives them. It is above 0 where the better placed have more.
func ACI(y, p []float64) (float64, []float64) { return concentration(y, p, Ridits(p)) }

func concentration(y, p, x []float64) (float64, []float64) {
	mean, _ := Mean(y, p)
	value, g := 0.0, make([]float64, len(y))
	for j := range y {
		g[j] = 2 * p[j] * (x[j] - .5)
		value += g[j] * (y[j] - mean) // Σ g = 0: taking μ off spares rounding errors
	}
	return value, g
}

// RCI returns the relative concentration index ACI/μ, between −1 and 1, and its
// gradient.
func RCI(y, p []float64) (float64, []float64) {
	value, gradient := ACI(y, p)
	value, gradient = relative(value, gradient, y, p)
	return value / 100, scaled(gradient, .01)
}

// Erreygers returns the concentration index of a bounded value after Erreygers
// (2009), 4·ACI/(high − low), between −1 and 1, and its gradient. It is the same
// for having and for lacking, with the other sign.
func Erreygers(y, p []float64, low, high float64) (float64, []float64) {
	value, gradient := ACI(y, p)
	return 4 * value / (high - low), scaled(gradient, 4/(high-low))
}

func scaled(x []float64, factor float64) []float64 {
	out := make([]float64, len(x))
	for j := range x {
		out[j] = factor * x[j]
	}
	return out
}

// Ranks returns the rank of each of several places by an attribute, from 0 for the
// least to 1 for the most: the share of people with less and half of those with the
// same.
func Ranks(attribute, p []float64) []float64 {
	order := byAttribute(attribute)
	x, below := make([]float64, len(p)), 0.0
	for start := 0; start < len(order); {
		end, block := start, 0.0
		for end < len(order) && attribute[order[end]] == attribute[order[start]] {
			block += p[order[end]]
			end++
		}
		for _, j := range order[start:end] {
			x[j] = below + block/2
		}
		below += block
		start = end
	}
	return x
}

// byAttribute are the indices from the least to the most.
func byAttribute(attribute []float64) []int {
	order := make([]int, len(attribute))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(attribute[i], attribute[j]) })
	return order
}

// Concentration returns the concentration index of a quantity per head along an
// attribute,
//
//	2/μ · Σ p·y·(x − ½)
//
// with ranks x from the least of the attribute to the most: above 0 where those
// with more of it get more. NaN where μ is not above 0.
func Concentration(perHead, p, attribute []float64) float64 {
	mean, _ := Mean(perHead, p)
	if !(mean > 0) {
		return math.NaN()
	}
	value, _ := concentration(perHead, p, Ranks(attribute, p))
	return value / mean
}

// Kakwani returns the concentration index of spending along need less that of need
// itself: above 0 where spending leans further towards need than need does, 0 where
// every unit of need gets the same, below 0 where less than that follows need.
// Source: Kakwani (1977), there of taxes along income.
func Kakwani(perHead, p, need []float64) float64 {
	return Concentration(perHead, p, need) - Concentration(need, p, need)
}

// Curve returns the cumulated shares of people (across) and of a quantity (up) in
// the order of the attribute from the most to the least, from (0, 0) to (1, 1).
// Places that tie are one step. NaN where the quantity sums to 0 or less.
func Curve(perHead, p, attribute []float64) (across, up []float64) {
	mean, _ := Mean(perHead, p)
	if !(mean > 0) {
		mean = math.NaN()
	}
	across, up = []float64{0}, []float64{0}
	order := byAttribute(attribute)
	slices.Reverse(order)
	people, quantity := 0.0, 0.0
	for k, j := range order {
		people += p[j]
		quantity += p[j] * perHead[j] / mean
		if k+1 < len(order) && attribute[order[k+1]] == attribute[j] {
			continue
		}
		across, up = append(across, people), append(up, quantity)
	}
	return across, up
}

// At returns the height of a curve of Curve at a share of people, in between along
// straight lines.
func At(across, up []float64, share float64) float64 {
	for k := 1; k < len(across); k++ {
		if share <= across[k] || k == len(across)-1 {
			step := across[k] - across[k-1]
			return up[k-1] + (up[k]-up[k-1])*min(1, (share-across[k-1])/step)
		}
	}
	return math.NaN()
}
