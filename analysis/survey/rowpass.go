package survey

import (
	"context"
	"math"
	"math/big"
	"slices"
)

// rowPass reads the rows once more to linearise statistics row by row: where
// every row is a PSU, and where totals by unit would leave too few digits.
type rowPass struct {
	*plan
	statistics []rowStatistic
	of         []map[path][]int // tally → its statistics by group
	crosses    bool
	squares    bool
	pairs      [][2]int // statistics whose products are wanted; every one with itself first
}

// rowStatistic is a statistic as z = lead·w·(t_lead − Σ ratio_k·t_k − Σ b_j·x_j).
type rowStatistic struct {
	lead       float64
	ratio      []float64 // by term; 1 with the lead itself, negative of what is taken off
	terms      []int     // numbers among the plan's terms
	correction []float64
	unit       float64 // power of two that brings values near 1
	scale      int     // of sums
	square     int     // of products
}

func (s *sample) newRowPass(statistics []statistic, crosses bool) *rowPass {
	var tallies []*tally
	for _, st := range statistics {
		if !slices.Contains(tallies, st.group.tally) {
			tallies = append(tallies, st.group.tally)
		}
	}
	r := &rowPass{plan: newPlan(s, tallies), crosses: crosses, squares: s.frame.rowwise()}
	for range tallies {
		r.of = append(r.of, map[path][]int{})
	}
	for k, st := range statistics {
		t := slices.Index(tallies, st.group.tally)
		r.of[t][st.group.codes] = append(r.of[t][st.group.codes], k)
		r.statistics = append(r.statistics, s.rowStatistic(st, r.plan.of[t]))
		if r.squares {
			r.pairs = append(r.pairs, [2]int{k, k})
		}
	}
	for a := range statistics {
		for b := 0; b < a && crosses && r.squares; b++ {
			r.pairs = append(r.pairs, [2]int{a, b})
		}
	}
	return r
}

// rowStatistic divides the gradient by its first entry, so that what is left of
// a mean is the distance of a row from it, exact to the last digit.
func (s *sample) rowStatistic(st statistic, terms []int) rowStatistic {
	r := rowStatistic{terms: terms, ratio: make([]float64, len(st.gradient)), lead: 1, unit: 1, scale: usualScale, square: usualScale}
	first := slices.IndexFunc(st.gradient, func(g float64) bool { return g != 0 })
	if first < 0 {
		return r
	}
	r.lead = st.gradient[first]
	for k, g := range st.gradient {
		r.ratio[k] = g / r.lead
	}
	for _, b := range s.correction(st) {
		r.correction = append(r.correction, b/r.lead)
	}
	if typical := math.Abs(st.group.sums[0][first]) / float64(max(1, st.group.n)); typical > 0 {
		_, exponent := math.Frexp(typical)
		r.unit = math.Ldexp(1, -exponent)
	}
	return r
}

// rowSums is what one goroutine adds up.
type rowSums struct {
	*rowPass
	counts     *counts
	sums       [][]exact // by statistic and leaf
	products   [][]exact // by pair and stratum
	most       []float64 // by statistic
	mostSquare []float64 // by pair
	z          []float64 // of the row at hand
	touched    []int
}

func (r *rowPass) newSums() *rowSums {
	n := &rowSums{rowPass: r, counts: r.newCounts(), most: make([]float64, len(r.statistics)), mostSquare: make([]float64, len(r.pairs)), z: make([]float64, len(r.statistics))}
	for range r.statistics {
		n.sums = append(n.sums, make([]exact, r.frame.size()))
	}
	for range r.pairs {
		n.products = append(n.products, make([]exact, r.frame.size()))
	}
	return n
}

// run reads the rows, again if values turn out too large or small.
func (r *rowPass) run(ctx context.Context) (*rowSums, error) {
	for {
		workers := make([]*rowSums, r.sample.rows.Workers())
		for k := range workers {
			workers[k] = r.newSums()
		}
		err := r.each(ctx, r.numbers, r.texts, func(worker int, p portion) error {
			workers[worker].take(p)
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, part := range workers[1:] {
			workers[0].merge(part)
		}
		if !r.rescale(workers[0]) {
			return workers[0], nil
		}
	}
}

func (r *rowPass) rescale(total *rowSums) bool {
	changed := false
	for k := range r.statistics {
		st := &r.statistics[k]
		scale := scaling(total.most[k], r.frame.rows)
		changed, st.scale = changed || scale != st.scale, scale
	}
	for k, pair := range r.pairs {
		if pair[0] == pair[1] {
			st := &r.statistics[pair[0]]
			scale := scaling(total.mostSquare[k], r.frame.rows)
			changed, st.square = changed || scale != st.square, scale
		}
	}
	return changed
}

// take adds one block.
func (n *rowSums) take(p portion) {
	for k := range n.terms {
		n.counts.evaluate(k, p)
	}
	for row := range p.Rows {
		w := p.weights[0][row]
		if w != w {
			continue
		}
		n.touched = n.touched[:0]
		if w != 0 {
			n.linearise(p, row, w)
		}
		if n.adjustment != nil {
			n.correct(p, row, n.adjustment.residualWeight(w))
		}
		n.add(p.leaves[row])
	}
}

// linearise works out every statistic for a row.
func (n *rowSums) linearise(p portion, row int, w float64) {
	for t, at := range n.at {
		if at.domain >= 0 && p.Numbers[at.domain][row] != 1 || !at.complete(p, row) {
			continue
		}
		codes := nowhere
		for j, k := range at.by {
			codes[j] = p.Texts[k][row]
		}
		for _, k := range n.of[t][codes] {
			st, x := &n.statistics[k], 0.0
			for j, term := range st.terms {
				if st.ratio[j] != 0 {
					x += st.ratio[j] * n.counts.values[term][row]
				}
			}
			n.z[k] = x * w * n.statistics[k].unit
			n.touched = append(n.touched, k)
		}
	}
}

// complete reports whether a row says all that is needed.
func (at reading) complete(p portion, row int) bool {
	for _, k := range at.known {
		if x := p.Numbers[k][row]; x != x {
			return false
		}
	}
	for _, k := range at.stated {
		if p.Texts[k][row] < 0 {
			return false
		}
	}
	return true
}

// correct takes off what calibration does, in rows outside the domain too.
func (n *rowSums) correct(p portion, row int, w float64) {
	for k, st := range n.statistics {
		if !slices.Contains(n.touched, k) {
			n.z[k] = 0
			n.touched = append(n.touched, k)
		}
		for _, x := range p.x[row] {
			n.z[k] -= w * st.unit * st.correction[x.index] * x.value
		}
	}
}

// add adds the linearised row to its leaf. A product's rounding is added too, so
// that sums of squares keep all digits.
func (n *rowSums) add(leaf int32) {
	for _, k := range n.touched {
		if n.z[k] != n.z[k] {
			continue // a term is unknown: the statistic is, too
		}
		n.most[k] = max(n.most[k], math.Abs(n.z[k]))
		n.sums[k][leaf].add(fixed(math.Ldexp(n.z[k], n.statistics[k].scale)))
		if n.squares {
			n.multiply(k, k, k, leaf)
		}
	}
	if !n.crosses || !n.squares {
		return
	}
	for _, a := range n.touched {
		for _, b := range n.touched {
			if b < a {
				n.multiply(len(n.statistics)+a*(a-1)/2+b, a, b, leaf)
			}
		}
	}
}

func (n *rowSums) multiply(pair, a, b int, leaf int32) {
	scale := n.productScale(a, b)
	x := n.z[a] * n.z[b]
	n.mostSquare[pair] = max(n.mostSquare[pair], math.Abs(x))
	rest := math.FMA(n.z[a], n.z[b], -x)
	n.products[pair][leaf].add(fixed(math.Ldexp(x, scale)))
	n.products[pair][leaf].add(fixed(math.Ldexp(rest, scale)))
}

// productScale suits |z_a·z_b| ≤ max(z_a², z_b²).
func (r *rowPass) productScale(a, b int) int {
	return min(r.statistics[a].square, r.statistics[b].square)
}

func (n *rowSums) merge(part *rowSums) {
	for k := range n.sums {
		n.most[k] = max(n.most[k], part.most[k])
		addAll(n.sums[k], part.sums[k])
	}
	for k := range n.products {
		n.mostSquare[k] = max(n.mostSquare[k], part.mostSquare[k])
		addAll(n.products[k], part.products[k])
	}
}

// reread linearises some statistics row by row and puts them in place of z.
func (s *sample) reread(ctx context.Context, statistics []statistic, some []int, z [][]float64) error {
	var chosen []statistic
	for _, k := range some {
		chosen = append(chosen, statistics[k])
	}
	r := s.newRowPass(chosen, false)
	total, err := r.run(ctx)
	if err != nil {
		return err
	}
	for j, k := range some {
		st := r.statistics[j]
		for leaf, sum := range total.sums[j] {
			z[k][leaf] = sum.float(st.scale) / st.unit * st.lead
		}
	}
	return nil
}

// rowSpread is the covariance matrix where every row is a PSU.
func (s *sample) rowSpread(ctx context.Context, statistics []statistic, crosses bool, refused []error) ([][]float64, error) {
	r := s.newRowPass(statistics, crosses)
	total, err := r.run(ctx)
	if err != nil {
		return nil, err
	}
	out := zeros(len(statistics))
	for k, pair := range r.pairs {
		a, b := pair[0], pair[1]
		v, err := s.combine(total.shares(k, a, b), union(statistics[a].group.present, statistics[b].group.present))
		if err != nil {
			refused[a] = err
		}
		sa, sb := r.statistics[a], r.statistics[b]
		v *= sa.lead * sb.lead / sa.unit / sb.unit
		out[a][b], out[b][a] = v, v
	}
	return out, nil
}

// shares makes each stratum's share of a covariance from exact sums.
func (n *rowSums) shares(pair, a, b int) []share {
	sa, sb := n.statistics[a], n.statistics[b]
	shares := make([]share, n.frame.size())
	for h := range shares {
		c := n.frame.cohorts[0][h]
		shares[h].a, shares[h].b = n.sums[a][h].float(sa.scale), n.sums[b][h].float(sb.scale)
		shares[h].product = n.products[pair][h].float(n.productScale(a, b))
		if c.n < 2 {
			continue
		}
		centred := new(big.Float).SetPrec(256).Mul(n.sums[a][h].big(sa.scale), n.sums[b][h].big(sb.scale))
		centred.Quo(centred, new(big.Float).SetInt64(c.n))
		centred.Sub(n.products[pair][h].big(n.productScale(a, b)), centred)
		value, _ := centred.Float64()
		if a == b {
			value = max(0, value)
		}
		shares[h].value = (1 - c.f) * float64(c.n) / float64(c.n-1) * value
	}
	return shares
}
