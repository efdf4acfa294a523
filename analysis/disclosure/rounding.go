package disclosure

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// roundCounts rounds counts of people to the base instead of withholding small
// ones. Whatever added up still does: wholes are rounded to the nearest first, and
// their parts so that they sum to them, each part down or up to the next multiple
// where that can be. In a percentage those in the numerator and the rest are
// rounded, and the value is made from these. Sampled values, means and counts of
// anything else are not rounded; they are withheld as before.
func (s *system) roundCounts() {
	var wholes []*rounding // the denominators of shares
	var codes []int
	for code := range s.present {
		switch {
		case !s.marksRounded(code):
		case s.isShare(code):
			in, rest := s.newRounding(int32(code), people), s.newRounding(int32(code), others)
			wholes = append(wholes, in.plus(rest))
			s.writeAll(in, rest)
		default:
			codes = append(codes, code)
		}
	}
	for _, code := range codes {
		in, rest := s.newRounding(int32(code), people), s.newRounding(int32(code), others)
		if k := slices.IndexFunc(wholes, in.counts); k >= 0 {
			in.take(wholes[k])
		}
		s.writeAll(in, rest)
	}
}

func (s *system) writeAll(in, rest *rounding) {
	for c, v := range s.of[in.code] {
		if v >= 0 && s.round[v] {
			s.writeRounded(int32(c), in, rest)
		}
	}
}

// marksRounded marks the values of an indicator that are to be rounded, and reports
// whether there are any.
func (s *system) marksRounded(code int) (any bool) {
	for _, v := range s.of[code] {
		if v >= 0 && s.canRound(v) {
			s.round[v], any = true, true
		}
	}
	return any
}

// isShare reports whether the rounded values of an indicator are percentages of
// people.
func (s *system) isShare(code int) bool {
	return slices.ContainsFunc(s.of[code], func(v int32) bool { return v >= 0 && s.round[v] && !math.IsInf(s.others(v), 1) })
}

// plus adds what two measures of one indicator were rounded from and to.
func (r *rounding) plus(o *rounding) *rounding {
	sum := *r
	sum.from, sum.to, sum.loose = slices.Clone(r.from), slices.Clone(r.to), slices.Clone(r.loose)
	for c := range sum.from {
		sum.from[c] += o.from[c]
		sum.to[c] += o.to[c]
		sum.loose[c] = sum.loose[c] || o.loose[c]
	}
	return &sum
}

// counts reports whether it counts the same people as another wherever both stand:
// then they must read the same.
func (r *rounding) counts(o *rounding) bool {
	for c := range r.from {
		if !r.has(int32(c)) {
			continue
		}
		if there := r.cellFor(int32(c), o.code); !o.has(there) || r.from[c] != o.from[there] {
			return false
		}
	}
	return true
}

// take rounds every cell as another measure does.
func (r *rounding) take(o *rounding) {
	for c := range r.to {
		if r.has(int32(c)) {
			there := r.cellFor(int32(c), o.code)
			r.to[c], r.loose[c] = o.to[there], o.loose[there]
		}
	}
}

// cellFor is the cell of another indicator about the same rows: that of the city is
// its own.
func (s *system) cellFor(c, code int32) int32 {
	if at := s.cells[c].site; at.code >= 0 {
		return s.totals[at.period][code]
	}
	return c
}

// canRound reports whether a value is made of counts of people.
func (p *protection) canRound(v int32) bool {
	x := &p.values[v]
	return int(v) < p.own && !x.State.Withheld() && !x.Sampled() && p.people[v] == x.Numerator && x.Numerator >= 0
}

// writeRounded replaces the numbers of a cell's values by rounded ones.
func (s *system) writeRounded(c int32, in, rest *rounding) {
	flag := fmt.Sprintf("rounded to %d", s.rule.Round)
	if in.loose[c] || rest.loose[c] {
		flag += "; parts may not add up"
	}
	for _, v := range s.cells[c].values {
		if s.codes[v] != s.present[in.code] {
			continue
		}
		x := &s.values[v]
		was, share := *x, !math.IsInf(s.others(v), 1)
		s.round[v] = true
		x.Numerator = in.to[c]
		switch {
		case share:
			x.Denominator = in.to[c] + rest.to[c]
			x.Value = 100 * x.Numerator / x.Denominator
		case was.Numerator > 0:
			x.Value = was.Value * x.Numerator / was.Numerator
		}
		if !share && was.Denominator > 0 && float64(was.N) == was.Denominator {
			x.Denominator = float64(in.nearest(was.Denominator))
			x.Value *= was.Denominator / x.Denominator
		}
		x.N, x.Missing = in.rows(&was, x), in.nearest(float64(was.Missing))
		x.Flags = []string{flag} // others may count rows
		if math.IsNaN(x.Value) || math.IsInf(x.Value, 0) || was.Numerator == 0 && x.Numerator != 0 && !share {
			s.enter(v, SmallCount, "too few people for a percentage of rounded counts")
			x.Withhold(analysis.Confidential, s.reason(v, true))
			x.Flags = nil
		} else if x.Numerator != was.Numerator || x.Denominator != was.Denominator {
			s.enter(v, Rounded, fmt.Sprintf("%g for %g", x.Numerator, was.Numerator))
		}
	}
}

// rounding is one measure of one indicator rounded over all cells.
type rounding struct {
	*system
	code  int32
	from  []float64 // true counts by cell
	to    []float64
	base  float64
	sums  []bool // by line: it has a whole to which its true parts add up
	loose []bool // in a line that does not add up though the true counts do
}

func (s *system) newRounding(code int32, m measure) *rounding {
	r := &rounding{system: s, code: code, from: s.amounts(need{code: code, measure: m}), to: make([]float64, len(s.cells)), base: float64(s.rule.Round), loose: make([]bool, len(s.cells))}
	r.sums = make([]bool, len(s.lines))
	for l := range r.sums {
		r.sums[l] = r.has(s.wholeOf(int32(l), code)) && math.Abs(r.need(int32(l), r.from)) < tiny
	}
	for _, layer := range r.layers() {
		r.roundLayer(layer)
	}
	for l := range s.lines {
		if r.sums[l] && r.need(int32(l), r.to) != 0 {
			for _, c := range s.lines[l].parts {
				r.loose[c] = true
			}
		}
	}
	return r
}

// rows are the rounded rows of a value: a count that stands in it twice is rounded
// once.
func (r *rounding) rows(was, now *analysis.Value) int64 {
	switch float64(was.N) {
	case was.Numerator:
		return int64(now.Numerator)
	case was.Denominator:
		return int64(now.Denominator)
	}
	return r.nearest(float64(was.N))
}

func (r *rounding) nearest(x float64) int64 {
	return int64(math.Floor(x/r.base+.5) * r.base)
}

func (r *rounding) has(c int32) bool {
	return c >= 0 && r.of[r.code][c] >= 0 && r.round[r.of[r.code][c]]
}

// need is what the parts of a line lack to its whole.
func (r *rounding) need(l int32, counts []float64) float64 {
	sum := counts[r.wholeOf(l, r.code)]
	for _, c := range r.lines[l].parts {
		if r.has(c) {
			sum -= counts[c]
		}
	}
	return sum
}

// above lists the lines that add up and have the cell as a part.
func (r *rounding) above(c int32) []int32 {
	var out []int32
	for _, l := range r.cells[c].lines {
		if !r.isWhole(l, c) && r.sums[l] {
			out = append(out, l)
		}
	}
	return out
}

// layers sorts the cells so that wholes come in a layer before their parts.
func (r *rounding) layers() [][]int32 {
	depth := make([]int, len(r.cells))
	for changed, rounds := true, 0; changed && rounds < 12; rounds++ {
		changed = false
		for l := range r.lines {
			if !r.sums[l] {
				continue
			}
			below := depth[r.wholeOf(int32(l), r.code)] + 1
			for _, c := range r.lines[l].parts {
				if depth[c] < below {
					depth[c], changed = below, true
				}
			}
		}
	}
	var layers [][]int32
	for c, d := range depth {
		if !r.has(int32(c)) {
			continue
		}
		for len(layers) <= d {
			layers = append(layers, nil)
		}
		layers[d] = append(layers[d], int32(c))
	}
	return layers
}

// roundLayer rounds cells whose wholes are rounded: each down, then the units its
// lines still lack given out, first by the largest remainders, then by exchanging.
func (r *rounding) roundLayer(layer []int32) {
	slices.SortFunc(layer, func(a, b int32) int {
		return cmp.Or(cmp.Compare(r.remainder(b), r.remainder(a)), r.before(a, b))
	})
	t := transport{lack: map[int32]int{}, at: map[int32][]int{}}
	for _, c := range layer {
		lines := r.above(c)
		if len(lines) == 0 || len(lines) > 2 {
			r.to[c] = float64(r.nearest(r.from[c]))
			continue
		}
		r.to[c] = math.Floor(r.from[c]/r.base+tiny) * r.base
		t.add(c, lines, r.remainder(c) > tiny)
	}
	for l := range t.at {
		t.lack[l] = int(math.Round(r.need(l, r.to) / r.base))
	}
	t.give()
	for _, e := range t.edges {
		r.to[e.cell] += float64(e.units) * r.base
	}
}

func (r *rounding) remainder(c int32) float64 {
	return r.from[c] - math.Floor(r.from[c]/r.base+tiny)*r.base
}
