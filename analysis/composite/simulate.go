package composite

import (
	"math"
	"runtime"
	"sync"
)

// simulation is what the index comes to over all draws.
type simulation struct {
	base     *room
	ranks    []float64   // by row, as declared
	scores   [][]float64 // by row, then draw
	drawn    [][]float64 // ranks likewise
	shares   []Share     // by factor, of how far ranks move
	still    bool        // no draw moved any rank
	distance float64     // how far a draw moves ranks on average
	low      []float64   // of scores, by row
	high     []float64
	rankLow  []float64
	rankTop  []float64
}

// bootstraps is how many samples bound a share.
const bootstraps = 500

// simulate draws choices and errors together by the design of Saltelli: the draws
// of its two samples give the intervals, those that swap one factor its shares.
func (m *model) simulate(factors []factor) *simulation {
	n := max(m.setup.Draws/2, 2)
	sim := m.newSimulation(2 * n)
	a, b, ab := make([]float64, n), make([]float64, n), make([][]float64, len(factors))
	for i := range ab {
		ab[i] = make([]float64, n)
	}
	m.share(n, func(r int, d *drawer) {
		a[r] = d.one(sim, factors, r, -1, 2*r)
		b[r] = d.one(sim, factors, r, len(factors), 2*r+1)
		for i := range factors {
			ab[i][r] = d.one(sim, factors, r, i, -1)
		}
	})
	sim.shares = Sobol(a, b, ab, bootstraps, m.setup.Seed)
	sim.still = len(sim.shares) > 0 && math.IsNaN(sim.shares[0].Total)
	distance, _ := meanOf(append(a, b...))
	sim.distance = distance
	sim.bound()
	return sim
}

func (m *model) newSimulation(draws int) *simulation {
	sim := &simulation{base: m.newRoom(), ranks: make([]float64, len(m.rows))}
	m.evaluate(m.declared(), sim.base)
	m.rank(sim.base.index(), sim.ranks, nil)
	for range m.rows {
		sim.scores = append(sim.scores, make([]float64, draws))
		sim.drawn = append(sim.drawn, make([]float64, draws))
	}
	return sim
}

// share divides n rows of the design among the processors. Each row hangs on its
// own number alone.
func (m *model) share(n int, do func(r int, d *drawer)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var wait sync.WaitGroup
	for k := range workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			d := &drawer{model: m, room: m.newRoom(), ranks: make([]float64, len(m.rows))}
			for r := k; r < n; r += workers {
				do(r, d)
			}
		}()
	}
	wait.Wait()
}

// drawer makes draws on one processor.
type drawer struct {
	model *model
	room  *room
	ranks []float64
}

// one makes a draw of row r of the design and returns how far it moves the ranks
// of the last period on average. Swap is −1 for the first sample, a factor for the
// first sample with that factor of the second, the number of factors for the
// second. Scores and ranks are kept at the place keep, −1 for not at all.
func (d *drawer) one(sim *simulation, factors []factor, r, swap, keep int) float64 {
	m := d.model
	c := m.declared()
	for i, f := range factors {
		sample := 0
		if swap == i || swap == len(factors) {
			sample = 1
		}
		f.set(uniform(uint64(m.setup.Seed), uint64(2*r+sample), uint64(i)), &c)
	}
	m.evaluate(c, d.room)
	scores := d.room.index()
	if c.normalise != m.setup.Normalise || words(c.aggregate) != words(m.setup.Aggregate) {
		align(scores, sim.base.index())
	}
	d.room.order = m.rank(scores, d.ranks, d.room.order)
	if keep >= 0 {
		for i, x := range scores {
			sim.scores[i][keep], sim.drawn[i][keep] = x, d.ranks[i]
		}
	}
	return m.moved(d.ranks, sim.ranks)
}

// align brings scores of another scale to the mean and spread of the index as
// declared: only the differences between units are comparable.
func align(scores, to []float64) {
	mean, sd := spreadOf(scores)
	wanted, spread := spreadOf(to)
	if !(sd > 0) {
		sd, spread = 1, 1
	}
	for i, x := range scores {
		scores[i] = wanted + (x-mean)*spread/sd
	}
}

// moved is the mean distance of the ranks of the last period from others.
func (m *model) moved(ranks, from []float64) float64 {
	last := m.spans[len(m.spans)-1]
	sum, n := 0.0, 0.0
	for k := last[0]; k < last[1]; k++ {
		if ranks[k] > 0 && from[k] > 0 {
			sum += math.Abs(ranks[k] - from[k])
			n++
		}
	}
	return sum / max(n, 1)
}

// bound finds the intervals. Ranks are whole, so theirs are widened to whole ones.
func (sim *simulation) bound() {
	buffer := make([]float64, 0, len(sim.scores[0]))
	for k := range sim.scores {
		buffer = append(buffer[:0], sim.scores[k]...)
		low, high := middle(finiteOf(buffer))
		sim.low, sim.high = append(sim.low, low), append(sim.high, high)
		buffer = buffer[:0]
		for _, rank := range sim.drawn[k] {
			if rank > 0 {
				buffer = append(buffer, rank)
			}
		}
		low, high = middle(buffer)
		sim.rankLow, sim.rankTop = append(sim.rankLow, math.Floor(low)), append(sim.rankTop, math.Ceil(high))
	}
}
