package survey

import (
	"math"
	"math/rand/v2"
)

// usualBootstraps is how many replicates a bootstrap makes when not told.
const usualBootstraps = 50

// bootstrap draws PSUs within strata. A stratum with one PSU, and for mrbbootstrap
// one taken whole, keeps its weights.
func (m replicating) bootstrap(kind string) replication {
	count := m.count
	if count == 0 {
		count = usualBootstraps
	}
	random := rand.New(rand.NewPCG(m.seed, 0x7065_6469_6d65_6e74))
	multipliers := m.ones(count)
	for _, row := range multipliers {
		first := 0
		for _, s := range m.strata {
			if psus := row[first : first+s.psus]; s.psus > 1 {
				s.draw(kind, random, psus)
			}
			first += s.psus
		}
	}
	r := replication{multipliers, 1 / float64(count-1), alike(count, 1)}
	if kind == "bootstrap" {
		r.scale *= m.smallStrata()
	}
	return r
}

// draw sets one replicate's multipliers of the stratum's n PSUs from d, how often
// each was drawn:
//
//	bootstrap     n draws with replacement: d
//	subbootstrap  n−1 draws with replacement: d·n/(n−1)
//	mrbbootstrap  m = ⌊n/2⌋ draws without: 1 − λ + λ·d·n/m, λ = √(m(1−f)/(n−m))
func (s stratumPSUs) draw(kind string, random *rand.Rand, multipliers []float64) {
	n := len(multipliers)
	drawn := make([]float64, n)
	switch kind {
	case "bootstrap":
		copy(multipliers, drawWith(random, n, drawn))
	case "subbootstrap":
		for i, d := range drawWith(random, n-1, drawn) {
			multipliers[i] = d * float64(n) / float64(n-1)
		}
	default:
		taken := n / 2
		lambda := math.Sqrt(float64(taken) * max(0, 1-s.fraction) / float64(n-taken))
		for i, d := range drawWithout(random, taken, drawn) {
			multipliers[i] = 1 - lambda + lambda*d*float64(n)/float64(taken)
		}
	}
}

// drawWith counts draws with replacement.
func drawWith(random *rand.Rand, draws int, drawn []float64) []float64 {
	for range draws {
		drawn[random.IntN(len(drawn))]++
	}
	return drawn
}

// drawWithout marks as many as draws with 1.
func drawWithout(random *rand.Rand, draws int, drawn []float64) []float64 {
	for _, i := range random.Perm(len(drawn))[:draws] {
		drawn[i] = 1
	}
	return drawn
}

// smallStrata makes up for drawing n of n PSUs, whose variance is (n−1)/n of what
// it should be: n̄/(n̄−1) with the harmonic mean n̄ of the strata.
func (m replicating) smallStrata() float64 {
	inverse := 0.0
	for _, s := range m.strata {
		inverse += 1 / float64(s.psus) / float64(len(m.strata))
	}
	return 1 / (1 - inverse)
}
