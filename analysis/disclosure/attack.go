package disclosure

import (
	"iter"
	"math"
	"slices"
)

// The attacker knows every shown number, how far each whole differs from the sum
// of its parts, and that no count is negative. What he can tell of a hidden count
// is its lowest and highest value among all tables that agree with that:
// min and max x_t over {x ≥ 0 : A x = A x₀}, x₀ the true counts of hidden cells.

// reaches are the numbers of hidden cells an attack looks at, one after the other.
// Fixing the rest at their true counts can only narrow the interval, so a cell
// that is safe among few is safe.
var reaches = [...]int{24, 72}

// gap is by how much the interval an attacker gets is narrower than a need asks;
// 0 when the cell is protected.
func (s *system) gap(n need) float64 {
	if s.known(n.cell, n.code) {
		return 0 // an earlier report tells it: nothing hides it now
	}
	short := math.Inf(1)
	for _, reach := range reaches {
		cells, whole := s.around(n, reach)
		if len(cells) > 1 || whole {
			short = min(short, s.shortfall(n, cells))
		}
		if short <= 0 || whole {
			break
		}
	}
	return max(0, short)
}

// shortfall solves the attack on the given hidden cells, the first of which is the
// one attacked.
func (s *system) shortfall(n need, cells []int32) float64 {
	rows := s.equations(n, cells)
	amounts, x := s.amounts(n), make([]float64, len(cells))
	for k, c := range cells {
		x[k] = amounts[c]
	}
	truth := x[0]
	if len(rows) == 0 {
		return 0
	}
	p := newPolytope(rows, x)
	if n.measure == money {
		high := p.bound(0, 1, truth+n.up)
		low := p.bound(0, -1, truth-n.down)
		return max(n.up-(high-truth), n.down-(truth-low), 0)
	}
	high := math.Floor(p.bound(0, 1, truth+n.width) + 1e-6)
	if high-truth >= n.width {
		return 0
	}
	low := math.Ceil(p.bound(0, -1, high-n.width) - 1e-6)
	return max(0, n.width-(high-low), n.width-high)
}

// amounts are the true counts of the needed measure by cell.
func (s *system) amounts(n need) []float64 {
	key := amountKey{n.code, n.measure}
	if s.counts[key] == nil {
		counts := make([]float64, len(s.cells))
		for c, v := range s.of[n.code] {
			if v >= 0 {
				counts[c] = s.count(n.measure, v)
			}
		}
		s.counts[key] = counts
	}
	return s.counts[key]
}

func (s *system) amount(n need, c int32) float64 { return s.amounts(n)[c] }

// around collects hidden cells linked to the one attacked, nearest first, and
// reports whether it has all.
func (s *system) around(n need, most int) (cells []int32, all bool) {
	cells, all = []int32{n.cell}, true
	amounts := s.amounts(n)
	s.search++
	s.seen[n.cell] = s.search
	for k := 0; k < len(cells); k++ {
		for _, l := range s.cells[cells[k]].lines {
			next, more := s.largest(amounts, n.code, l, min(perLine, most-len(cells)))
			all = all && !more
			for _, c := range next {
				s.seen[c] = s.search
			}
			cells = append(cells, next...)
		}
		if !all && len(cells) >= most {
			break
		}
	}
	return cells, all
}

// perLine is how many cells of one line an attack looks at beside those it has.
const perLine = 6

// largest lists the unknown cells of a line that are not seen yet, at most so
// many: the largest, which leave most room. It reports whether there are more.
func (s *system) largest(amounts []float64, code, l int32, most int) (cells []int32, more bool) {
	for c := range s.unknowns(l, code) {
		if s.seen[c] == s.search {
			continue
		}
		if most <= 0 {
			return nil, true
		}
		k := len(cells)
		for k > 0 && (amounts[c] > amounts[cells[k-1]] || amounts[c] == amounts[cells[k-1]] && s.before(c, cells[k-1]) < 0) {
			k--
		}
		if k < most {
			cells = slices.Insert(cells, k, c)
		}
		if len(cells) > most || k >= most {
			more = true
			cells = cells[:min(most, len(cells))]
		}
	}
	return cells, more
}

// unknowns are the cells of a line that the attacker does not know, for one
// indicator; none where the line tells him nothing.
func (s *system) unknowns(l, code int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if !s.binds(l, code) {
			return
		}
		for _, c := range s.lines[l].hidden {
			if s.of[code][c] >= 0 && !s.known(c, code) && !yield(c) {
				return
			}
		}
		if w := s.wholeOf(l, code); w >= 0 && s.cells[w].hidden && !s.known(w, code) {
			yield(w)
		}
	}
}

// unknownUpTo counts the unknown cells of a line, no further than most.
func (s *system) unknownUpTo(l, code int32, most int) int {
	count := 0
	for range s.unknowns(l, code) {
		if count++; count >= most {
			break
		}
	}
	return count
}

// wholeOf is the cell of a line's whole for an indicator, −1 when no value shows it.
func (s *system) wholeOf(l, code int32) int32 {
	x := &s.lines[l]
	w := x.whole
	if x.city != nil {
		w = x.city[code]
	}
	if w >= 0 && s.of[code][w] < 0 {
		return -1
	}
	return w
}

// binds reports whether a line tells an attacker anything about an indicator. A
// whole that no value shows counts as known, from elsewhere, as long as some part
// is shown. Where no part is, a shown whole tells of them together, unless they
// are far from adding up to it: then nobody knows what they do add up to.
func (s *system) binds(l, code int32) bool {
	x := &s.lines[l]
	if x.parted && s.wholeOf(l, code) < 0 {
		return false // only the count of the whole links the parts
	}
	if len(x.hidden) < len(x.parts) {
		return true
	}
	w := s.wholeOf(l, code)
	if w < 0 {
		return false
	}
	if s.cells[w].hidden {
		return true
	}
	rest := s.people[s.of[code][w]]
	for _, c := range x.parts {
		if v := s.of[code][c]; v >= 0 {
			rest -= s.people[v]
		}
	}
	return !(math.Abs(rest) >= float64(s.rule.Smallest)) || s.rule.Smallest <= 0
}

// equations writes the lines among the given hidden cells as rows of coefficients:
// 1 for a part, −1 for the whole.
func (s *system) equations(n need, cells []int32) [][]float64 {
	column := make(map[int32]int, len(cells))
	for k, c := range cells {
		column[c] = k
	}
	done := map[int32]bool{}
	var rows [][]float64
	for _, c := range cells {
		for _, l := range s.cells[c].lines {
			if done[l] || !s.binds(l, n.code) {
				continue
			}
			done[l] = true
			row := make([]float64, len(cells))
			for u := range s.unknowns(l, n.code) {
				if k, taken := column[u]; taken {
					row[k] = 1
					if s.isWhole(l, u) {
						row[k] = -1
					}
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}
