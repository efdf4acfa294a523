package survey

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/mat"

	"pediment/analysis"
)

// search is the search for η in all replicates at once, reading by reading.
type search struct {
	*regression
	points
	Calibration
	ratio   distance
	workers int
	rows    int64     // at most this many units
	weight  []float64 // |weight| at most, by replicate

	unitX  []float64 // powers of two that bring x and the weights to 1 at most
	unitW  []float64
	shift  float64 // another that makes use of the room left
	second *mat.SymDense
}

// hold fits to units kept in memory, by one goroutine.
func (s *search) hold(x [][]regressor, weights [][]float64) {
	s.workers, s.rows = 1, int64(len(x))
	for replicate, column := range weights {
		s.weight[replicate] = 0
		for _, w := range column {
			s.weight[replicate] = max(s.weight[replicate], math.Abs(w))
		}
	}
	s.points = func(ctx context.Context, yield func(worker int, x []regressor, weights [][]float64, row int)) error {
		for row := range x {
			yield(0, x[row], weights, row)
		}
		return ctx.Err()
	}
}

// headroom is how large F and F′ may become before a trial counts as failed.
const headroom = 32 // as a power of two

// scale chooses the powers of two: |w·F·x·x′| summed over all units stays below
// 2⁶², and at most 2⁻⁶⁴ of each is cut off.
func (s *search) scale() {
	s.shift = math.Ldexp(1, 61-headroom-bits.Len64(uint64(s.rows)))
	s.unitX, s.unitW = powers(s.largest), powers(s.weight)
}

// powers returns the powers of two that bring the values to between ½ and 1.
func powers(values []float64) []float64 {
	units := make([]float64, len(values))
	for i, v := range values {
		_, exponent := math.Frexp(v)
		units[i] = math.Ldexp(1, -exponent)
	}
	return units
}

// newtonSums is what a reading adds up in one replicate.
type newtonSums struct {
	size   exact   // Σ w
	first  []exact // Σ w·F·x
	second []exact // Σ w·F′·x·x′, the lower triangle row by row
	over   bool    // F or F′ was beyond headroom somewhere
}

func (t *newtonSums) add(w float64, x []regressor, unit []float64, ratio, slope float64) {
	t.size.add(fixed(w))
	for i, a := range x {
		v := w * (a.value * unit[a.index])
		t.first[a.index].add(fixed(v * ratio))
		v *= slope
		for _, b := range x[:i+1] {
			j, k := max(a.index, b.index), min(a.index, b.index)
			t.second[j*(j+1)/2+k].add(fixed(v * (b.value * unit[b.index])))
		}
	}
}

func (t *newtonSums) merge(other *newtonSums) {
	t.size.add(other.size)
	t.over = t.over || other.over
	addAll(t.first, other.first)
	addAll(t.second, other.second)
}

// read adds up one reading at the trial η of the replicates that are not nil.
func (s *search) read(ctx context.Context, eta [][]float64) ([]newtonSums, error) {
	p := len(s.names)
	parts := make([][]newtonSums, s.workers)
	for w := range parts {
		parts[w] = make([]newtonSums, len(eta))
		for r := range parts[w] {
			if eta[r] != nil {
				parts[w][r].first, parts[w][r].second = make([]exact, p), make([]exact, p*(p+1)/2)
			}
		}
	}
	limit := math.Ldexp(1, headroom)
	err := s.points(ctx, func(worker int, x []regressor, weights [][]float64, row int) {
		for r := range eta {
			w := weights[r][row]
			if eta[r] == nil || w == 0 || math.IsNaN(w) {
				continue
			}
			ratio, slope := s.ratio(product(x, eta[r]))
			if !(math.Abs(ratio) <= limit && slope <= limit) {
				parts[worker][r].over = true
				continue
			}
			parts[worker][r].add(w*s.unitW[r]*s.shift, x, s.unitX, ratio, slope)
		}
	})
	if err != nil {
		return nil, err
	}
	for _, part := range parts[1:] {
		for r := range part {
			parts[0][r].merge(&part[r])
		}
	}
	return parts[0], nil
}

// values rounds the sums of a replicate; the common factor shift goes.
func (s *search) values(t *newtonSums) (size float64, first []float64, second *mat.SymDense) {
	first, second = make([]float64, len(t.first)), mat.NewSymDense(len(t.first), nil)
	for j := range first {
		first[j] = t.first[j].float(0) / s.shift
		for k := range j + 1 {
			second.SetSym(j, k, t.second[j*(j+1)/2+k].float(0)/s.shift)
		}
	}
	return t.size.float(0) / s.shift, first, second
}

// run searches until every replicate meets its totals, and returns η by replicate.
func (s *search) run(ctx context.Context, epsilon float64, limit int) ([][]float64, error) {
	s.scale()
	searches, trials := make([]newton, len(s.weight)), make([][]float64, len(s.weight))
	for r := range searches {
		searches[r] = newton{totals: make([]float64, len(s.totals)), epsilon: epsilon}
		for j, t := range s.totals {
			searches[r].totals[j] = t * s.unitX[j] * s.unitW[r]
		}
		trials[r] = make([]float64, len(s.totals))
	}
	for reading := range limit + 2 { // the first is the start, the last confirms
		all, err := s.read(ctx, trials)
		if err != nil {
			return nil, err
		}
		going := false
		for r := range searches {
			n := &searches[r]
			if trials[r] == nil {
				continue
			}
			if err := s.take(n, &all[r], r, reading == 0); err != nil {
				return nil, err
			}
			if trials[r] = nil; n.state == 0 {
				trials[r], going = s.unscaled(n.trial()), true
			}
		}
		if !going {
			break
		}
	}
	eta := make([][]float64, len(searches))
	for r := range searches {
		if searches[r].misfit > epsilon {
			return nil, s.failure(&searches[r], r)
		}
		eta[r] = s.unscaled(searches[r].at)
	}
	return eta, nil
}

// take hands a reading's sums to the search of a replicate.
func (s *search) take(n *newton, t *newtonSums, replicate int, start bool) error {
	size, first, second := s.values(t)
	if start {
		if err := s.feasible(n, first, second, replicate); err != nil {
			return err
		}
		n.begin(size, s.population(s.Population)*s.unitW[replicate], second)
		if replicate == 0 {
			s.second = second
		}
	}
	if t.over {
		n.retreat()
		return nil
	}
	n.advance(first, second)
	if start && s.Function == "raking" && s.constant && len(s.Bounds) == 0 {
		n.jump(math.Log(n.totals[0] / first[0]))
	}
	return nil
}

// unscaled brings η back to the units of x.
func (s *search) unscaled(eta []float64) []float64 {
	for j := range eta {
		eta[j] *= s.unitX[j]
	}
	return eta
}

// feasible reports, from the sums before calibration, terms that cannot be told
// apart and totals of levels that the bounds keep out of reach.
func (s *search) feasible(n *newton, first []float64, second *mat.SymDense, replicate int) error {
	if j := dependent(second); j >= 0 {
		return analysis.Problem{
			Message: fmt.Sprintf("the rows do not tell %q from the terms before it%s", s.names[j], inReplicate(replicate)),
			Hint:    "leave it out of the formula, or merge rare levels",
		}
	}
	if len(s.Bounds) == 0 {
		return nil
	}
	var problems analysis.Problems
	for j, sum := range first {
		if slices.Contains(s.numberAt, j) {
			continue
		}
		if needed := n.totals[j] / sum; needed < s.Bounds[0] || needed > s.Bounds[1] {
			problems = append(problems, analysis.Problem{
				Message: fmt.Sprintf("the bounds %v cannot be met: the weights of %q must change by %.4g to reach its total%s", s.Bounds, s.names[j], needed, inReplicate(replicate)),
				Hint:    "widen the bounds, or merge rare levels",
			})
		}
	}
	return problems.Err()
}

// failure is the Problem of a search that did not reach the totals.
func (s *search) failure(n *newton, replicate int) error {
	hint := "merge rare levels, or calibrate on fewer totals"
	if len(s.Bounds) > 0 {
		hint = "widen the bounds, or merge rare levels"
	}
	return analysis.Problem{
		Message: fmt.Sprintf("calibration does not reach the totals%s: %q is the farthest away, by %.2g of what its rows weigh", inReplicate(replicate), s.names[n.worst], n.misfit),
		Hint:    hint,
	}
}

// project returns the regression of cross sums on x, by the sample's weights
// before calibration.
func (s *search) project() func(cross []float64) []float64 {
	second, unitX, unitW := s.second, s.unitX, s.unitW[0]
	return func(cross []float64) []float64 {
		right := make([]float64, len(cross))
		for j, sum := range cross {
			right[j] = sum * unitX[j] * unitW
		}
		b := solve(second, right)
		for j := range b {
			b[j] *= unitX[j]
		}
		return b
	}
}
