package costbenefit

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"
)

// drawing is what one draw of a Monte Carlo consists of: the inputs drawn, the
// distribution of each, and how they hang together. A draw hangs on the seed and
// its own number alone, so that any share of work yields the same draws.
type drawing struct {
	seed       int64
	inputs     []int // their places in the list of values
	curves     []func(u float64) float64
	dependence dependence
}

// newDrawing prepares the draws of the distributions that belong to the inputs.
func newDrawing(seed int64, inputs []int, distributions []Distribution, together dependence) *drawing {
	d := &drawing{seed: seed, inputs: inputs, dependence: together}
	for _, one := range distributions {
		d.curves = append(d.curves, one.curve())
	}
	return d
}

// curve returns the quantile function, with what is the same for all draws
// worked out before.
func (d Distribution) curve() func(u float64) float64 {
	switch d.Kind {
	case "discrete":
		return newSteps(d).at
	case "lognormal", "pert", "beta":
		return d.smoothCurve()
	}
	return d.Quantile
}

func (d Distribution) smoothCurve() func(u float64) float64 {
	if d.Kind == "lognormal" {
		mu, sigma := d.logarithms()
		normal := Distribution{Kind: "normal", Mean: mu, SD: sigma}
		return func(u float64) float64 { return math.Exp(normal.Quantile(u)) }
	}
	a, b := d.shapes()
	low, width := d.Low, d.High-d.Low
	if table, ok := newBetaCurve(a, b); ok {
		return func(u float64) float64 { return low + width*table.at(mathext.NormalQuantile(u)) }
	}
	return d.Quantile
}

// draw writes draw number i into the places of x that are drawn. room holds one
// number for each of them.
func (d *drawing) draw(i int, x, room []float64) {
	var source rand.PCG
	source.Seed(scattered(uint64(d.seed)), scattered(uint64(i)))
	for k := range room {
		// 52 bits and a half: never 0, never 1.
		room[k] = (float64(source.Uint64()>>12) + .5) / (1 << 52)
	}
	d.dependence.correlate(room)
	for k, input := range d.inputs {
		x[input] = d.curves[k](room[k])
	}
}

// scattered spreads neighbouring numbers over all 64 bits, by the finalizer of
// SplitMix64: Steele, Lea & Flood, Fast Splittable Pseudorandom Number
// Generators, OOPSLA 2014.
func scattered(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}
