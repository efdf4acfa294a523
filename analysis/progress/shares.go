package progress

import (
	"math"
	"slices"
)

// ends are the two values a status rests on, as far as their errors go.
type ends struct {
	first, last Point   // as measured, before any turn
	correlation float64 // of their errors
	low, high   float64 // the values that are possible
}

// level is the lowest ratio of one status, best first; achieved needs the target.
type level struct {
	from     float64
	achieved bool
}

// statusShares returns how probable each status is, given the errors of baseline
// and last value: both are taken for normal with their standard errors and
// correlation, cut off at the values that are possible, and the method's category
// is asked for each pair.
//
//	P(status k or better) = ∫ P(y in S_k(y₀) | y₀) dF(y₀)
//
// S_k(y₀) are the last values whose ratio reaches level k from the baseline y₀, an
// interval whose end Reach gives, so the inner probability is exact. The outer
// integral is taken by Gauss and Legendre's rule of eight points in panels that end
// where the integrand has a kink. Nothing is drawn at random: the shares are smooth
// in the estimates, and better estimates never make better statuses less probable.
// Baselines that the method refuses are left out; without any other, nil. The course
// leads to the target that leg aims at, final is the one to be achieved.
func statusShares(m method, c Course, leg, final aim, e ends, levels []level) []float64 {
	reached := make([]float64, len(levels))
	total, between := 0.0, 0.0
	if m.Between != nil {
		between = m.Between(c)
	}
	one := make([]float64, len(levels))
	e.each(leg, func(base, weight float64, last normal) {
		if !m.chances(c, leg, base, last, between, levels, one) {
			return
		}
		total += weight * last.mass()
		hit := last.between(final.low, final.high)
		for k, p := range one {
			if levels[k].achieved {
				p = hit
			}
			reached[k] += weight * max(p, hit)
		}
	})
	if !(total > 0) {
		return nil
	}
	before := 0.0
	for k, p := range reached {
		reached[k] = max(0, p-before) / total
		before = max(before, p)
	}
	return reached
}

// chances fills in the probabilities of each band or better for one baseline, and
// reports whether the method judges it. Who hits the leg's target is in the best
// band.
func (m method) chances(c Course, a aim, base float64, last normal, between float64, levels []level, into []float64) bool {
	best := last.between(a.low, a.high)
	turned := a.turned(base)
	wider := last
	wider.sd = math.Hypot(last.sd, between)
	for k, l := range levels {
		switch {
		case l.achieved:
		case math.IsInf(l.from, -1):
			best = last.mass()
		default:
			bound := m.Reach(c, turned, l.from)
			if math.IsNaN(bound) {
				return false
			}
			best = max(best, wider.between(a.asGood(bound)))
		}
		into[k] = best
	}
	return true
}

// normal is a normal distribution of which only the part from low to high counts.
type normal struct{ mean, sd, low, high float64 }

// between is the probability of a value from least to most.
func (n normal) between(least, most float64) float64 {
	least, most = max(least, n.low), min(most, n.high)
	switch {
	case !(least <= most):
		return 0
	case n.sd == 0 && n.mean >= least && n.mean <= most:
		return 1
	case n.sd == 0:
		return 0
	}
	return cumulative((most-n.mean)/n.sd) - cumulative((least-n.mean)/n.sd)
}

// mass is the probability of the part that counts.
func (n normal) mass() float64 { return n.between(n.low, n.high) }

// cumulative is the standard normal distribution function.
func cumulative(z float64) float64 {
	switch {
	case z > 9:
		return 1
	case z < -9:
		return 0
	}
	return .5 * math.Erfc(-z*math.Sqrt2/2)
}

// widest is how many standard errors from its estimate a baseline is followed;
// beyond lies less than 1e-7.
const widest = 5.5

// mostPanels bounds the work where the last value has hardly any error beside the
// baseline's, so that the integrand is almost a staircase.
const mostPanels = 256

// each visits baselines with their weights and what the last value is given them.
func (e ends) each(a aim, visit func(base, weight float64, last normal)) {
	last := normal{e.last.Value, e.last.SE, e.low, e.high}
	if !(e.first.SE > 0) {
		visit(e.first.Value, 1, last)
		return
	}
	nodes := [4]float64{.1834346424956498, .5255324099163290, .7966664774136267, .9602898564975363}
	weights := [4]float64{.3626837833783620, .3137066458778873, .2223810344533745, .1012285362903763}
	last.sd = e.last.SE * math.Sqrt(1-e.correlation*e.correlation)
	edges := e.panels(a, last.sd/e.first.SE)
	for k := 1; k < len(edges); k++ {
		centre, half := (edges[k]+edges[k-1])/2, (edges[k]-edges[k-1])/2
		for n := range 8 {
			z, weight := centre-half*nodes[n%4], weights[n%4]
			if n >= 4 {
				z = centre + half*nodes[n%4]
			}
			last.mean = e.last.Value + e.correlation*e.last.SE*z
			visit(e.first.Value+e.first.SE*z, half*weight*math.Exp(-z*z/2), last)
		}
	}
}

// panels returns where the panels of the integral end, in standard errors of the
// baseline: at the kinks and in between as closely as the last value's error, which
// smooths the integrand, asks for.
func (e ends) panels(a aim, smooth float64) []float64 {
	at := func(y float64) float64 { return (y - e.first.Value) / e.first.SE }
	from, to := max(-widest, at(e.low)), min(widest, at(e.high))
	if !(from < to) {
		from, to = -widest, widest
	}
	kinks := []float64{from, to}
	for _, y := range []float64{0, a.low, a.high, a.origin} {
		if z := at(y); z > from && z < to {
			kinks = append(kinks, z)
		}
	}
	slices.Sort(kinks)
	width := max(min(2.2, 4*smooth), 2*widest/mostPanels)
	edges := []float64{from}
	for k := 1; k < len(kinks); k++ {
		n := math.Ceil((kinks[k] - kinks[k-1]) / width)
		for i := 1.0; i <= n; i++ {
			edges = append(edges, kinks[k-1]+(kinks[k]-kinks[k-1])*i/n)
		}
	}
	return edges
}
