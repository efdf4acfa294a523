package composite

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// simulation is what the index comes to over all draws.
type simulation struct {
	base     *room
	ranks    []float64   // by row, as declared
	scores   [][]float64 // by row, then draw
	drawn    [][]float64 // ranks likewise
	shares   []Share     // by factor, of how far ranks move; NaN where unshared says why
	unshared string      // why how far ranks move is not shared out among factors
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
		a[r] = d.keep(sim, d.choice(factors, r, -1), 2*r)
		// What changes no indicator's score comes first: the room still has them.
		first := d.room.holds
		for _, now := range []bool{true, false} {
			for i := range factors {
				if c := d.choice(factors, r, i); (c.scaled() == first) == now {
					ab[i][r] = d.last(sim, c)
				}
			}
		}
		b[r] = d.keep(sim, d.choice(factors, r, len(factors)), 2*r+1)
	})
	sim.shares = Sobol(a, b, ab, bootstraps, m.setup.Seed)
	moves := append(a, b...)
	sim.distance, _ = meanOf(moves)
	if sim.unshared = unsharable(moves, sim.shares); sim.unshared != "" {
		sim.shares = unknownShares(len(factors))
	}
	sim.bound(m.setup.Normalise != ZScore)
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

// choice is that of row r of the design. Swap is −1 for the first sample, a factor
// for the first sample with that factor of the second, the number of factors for
// the second.
func (d *drawer) choice(factors []factor, r, swap int) choice {
	c := d.model.declared()
	for i, f := range factors {
		sample := 0
		if swap == i || swap == len(factors) {
			sample = 1
		}
		f.set(uniform(uint64(d.model.setup.Seed), uint64(2*r+sample), uint64(i)), &c)
	}
	return c
}

// keep makes a draw, keeps its scores and ranks and returns how far it moves the
// ranks of the last period on average.
func (d *drawer) keep(sim *simulation, c choice, at int) float64 {
	m := d.model
	m.evaluate(c, d.room)
	scores := d.room.index()
	d.room.order = m.rank(scores, d.ranks, d.room.order)
	if own := m.declared(); c.scaling != own.scaling || words(c.aggregate) != words(own.aggregate) {
		align(scores, sim.base.index())
	}
	for i, x := range scores {
		sim.scores[i][at], sim.drawn[i][at] = x, d.ranks[i]
	}
	return m.moved(d.ranks, sim.ranks)
}

// last returns how far a draw moves the ranks of the last period on average.
func (d *drawer) last(sim *simulation, c choice) float64 {
	d.model.evaluateLast(c, d.room)
	d.room.order = rankSpan(d.room.index(), d.ranks, d.room.order[:0], d.model.spans[len(d.model.spans)-1])
	return d.model.moved(d.ranks, sim.ranks)
}

// align brings scores of another scale to the mean and spread of the index as
// declared: only the differences between units are comparable. Both are measured
// with the outermost scores drawn in, for one far out must not squeeze the others.
func align(scores, to []float64) {
	mean, sd := innerSpread(scores)
	wanted, spread := innerSpread(to)
	if !(sd > 0) || !(spread > 0) { // where all tie there is no spread to bring them to
		sd, spread = 1, 1
	}
	for i, x := range scores {
		scores[i] = wanted + (x-mean)*spread/sd
	}
}

// outermost is the share of scores that is drawn in at either end.
const outermost = 0.025

// innerSpread is the mean and the standard deviation of the finite values, those
// beyond the outermost quantiles drawn in to these.
func innerSpread(values []float64) (mean, sd float64) {
	sorted := finiteOf(values)
	slices.Sort(sorted)
	low, high := quantile(sorted, outermost), quantile(sorted, 1-outermost)
	for i, x := range sorted {
		sorted[i] = min(max(x, low), high)
	}
	return spreadOf(sorted)
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

// bound finds the intervals. Ranks are whole, so theirs are widened to whole ones;
// scores of a scale with ends stay within them.
func (sim *simulation) bound(ends bool) {
	buffer := make([]float64, 0, len(sim.scores[0]))
	for k := range sim.scores {
		buffer = append(buffer[:0], sim.scores[k]...)
		low, high := middle(finiteOf(buffer))
		if ends {
			low, high = max(low, 0), min(high, 100)
		}
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
