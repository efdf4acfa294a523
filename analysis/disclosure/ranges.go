package disclosure

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// span is a band of whole numbers, [low, end): "15-24" is [15, 25).
type span struct{ low, end float64 }

var bandForms = struct{ between, from, below *regexp.Regexp }{
	between: regexp.MustCompile(`^(\d+)\s*(?:-|–|to)\s*(\d+)$`),
	from:    regexp.MustCompile(`^(\d+)\s*(?:\+|and over|or over|and older)$`),
	below:   regexp.MustCompile(`^(?:under|below|<)\s*(\d+)$`),
}

// parseSpan reads a band such as "15-24", "65+" or "under 15".
func parseSpan(text string) (span, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	number := func(s string) float64 { x, _ := strconv.ParseFloat(s, 64); return x }
	if m := bandForms.between.FindStringSubmatch(text); m != nil && number(m[1]) <= number(m[2]) {
		return span{number(m[1]), number(m[2]) + 1}, true
	}
	if m := bandForms.from.FindStringSubmatch(text); m != nil {
		return span{number(m[1]), math.Inf(1)}, true
	}
	if m := bandForms.below.FindStringSubmatch(text); m != nil {
		return span{0, number(m[1])}, true
	}
	return span{}, false
}

// bands are the cells that differ only in a band of one column. Columns whose name
// says age are one: age, age_band.
type bandKey struct {
	period, place, rest, code int32
	column                    string
}

type band struct {
	span
	cell int32
}

// compareRanges withholds cells until no difference between overlapping bands
// gives a few people away: "15-25" less "15-24" is those of 25.
func (s *system) compareRanges() {
	if s.rule.Smallest <= 0 {
		return
	}
	sets := map[bandKey][]band{}
	var order []bandKey
	for c := range s.cells {
		at := s.cells[c].site
		for _, b := range s.reg.bandsOf(at.group) {
			key := bandKey{at.period, at.place, b.rest, at.code, b.column}
			if sets[key] == nil {
				order = append(order, key)
			}
			sets[key] = append(sets[key], band{b.span, int32(c)})
		}
	}
	for _, key := range order {
		set := sets[key]
		slices.SortFunc(set, func(a, b band) int {
			return cmp.Or(cmp.Compare(a.low, b.low), cmp.Compare(a.end, b.end), s.before(a.cell, b.cell))
		})
		if !overlap(set) {
			continue
		}
		for code := range s.present {
			for s.hideBand(set, int32(code)) {
			}
		}
	}
}

func overlap(set []band) bool {
	for k := 1; k < len(set); k++ {
		if set[k].low < set[k-1].end {
			return true
		}
	}
	return false
}

// hideBand withholds one cell where two boundaries of shown bands have fewer people
// between them than a cell may stand for, and reports whether it did.
func (s *system) hideBand(set []band, code int32) bool {
	below := heights{}
	var shown []band
	for _, b := range set {
		v := s.of[code][b.cell]
		if v < 0 || s.cells[b.cell].hidden || math.IsNaN(s.people[v]) || s.forced[v] != "" || !s.cells[b.cell].fixed && len(s.causes(v)) > 0 {
			continue
		}
		shown = append(shown, b)
		below.join(b.low, b.end, s.people[v])
	}
	for _, edge := range below.narrow(float64(s.rule.Smallest)) {
		if c := s.bandToHide(shown, code, edge); c >= 0 {
			const detail = "overlapping bands differ by a few people"
			for _, v := range s.cells[c].values {
				s.forced[v] = detail
			}
			s.hide(c, Differencing, detail)
			return true
		}
	}
	return false
}

// bandToHide picks the band to withhold: of those that begin or end at an edge and
// are not published yet the one whose column comes last, so that the other column
// stays whole, then the smallest.
func (s *system) bandToHide(shown []band, code int32, edge span) int32 {
	best := int32(-1)
	for _, b := range shown {
		at := b.low == edge.low || b.low == edge.end || b.end == edge.low || b.end == edge.end
		if !at || s.cells[b.cell].fixed || s.known(b.cell, code) || b.span == edge {
			continue
		}
		if best < 0 || s.columnsOf(best) < s.columnsOf(b.cell) || s.columnsOf(best) == s.columnsOf(b.cell) && s.fewer(code, b.cell, best) {
			best = b.cell
		}
	}
	return best
}

func (s *system) columnsOf(c int32) string { return s.reg.groups[s.cells[c].group].columns() }

// heights are boundaries of bands and how many people are below each, counted from
// the lowest boundary it is linked to.
type heights struct {
	at     []float64
	height []float64
	chain  []int // boundaries with the same number are linked
}

func (h *heights) find(boundary float64) int {
	if k := slices.Index(h.at, boundary); k >= 0 {
		return k
	}
	h.at, h.height, h.chain = append(h.at, boundary), append(h.height, 0), append(h.chain, len(h.at))
	return len(h.at) - 1
}

// join links two boundaries with so many people between them.
func (h *heights) join(low, end, between float64) {
	a, b := h.find(low), h.find(end)
	if h.chain[a] == h.chain[b] {
		return
	}
	shift, from, to := h.height[a]+between-h.height[b], h.chain[b], h.chain[a]
	for k := range h.chain {
		if h.chain[k] == from {
			h.chain[k] = to
			h.height[k] += shift
		}
	}
}

// narrow lists the pairs of neighbouring linked boundaries with fewer than least
// people between them, but some.
func (h *heights) narrow(least float64) []span {
	order := make([]int, len(h.at))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(h.chain[a], h.chain[b]), cmp.Compare(h.at[a], h.at[b])) })
	var out []span
	for k := 1; k < len(order); k++ {
		a, b := order[k-1], order[k]
		if d := math.Abs(h.height[b] - h.height[a]); h.chain[a] == h.chain[b] && d > tiny && d < least {
			out = append(out, span{h.at[a], h.at[b]})
		}
	}
	return out
}
