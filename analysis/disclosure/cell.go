package disclosure

import (
	"cmp"
	"slices"
)

// site is what a cell stands for. Cells about the same rows are hidden together
// for all indicators, so code is −1, except in the total of the whole city, which
// is hidden indicator by indicator.
type site struct{ period, place, group, code int32 }

// cell is one site with the values that stand there.
type cell struct {
	site
	values []int32 // by position in protection.values
	lines  []int32 // in which it is a part or the whole
	hidden bool
	fixed  bool // only earlier reports show it: nothing can hide it now
	why    Why  // of a hidden one
	detail string
}

// line is a whole that is the sum of its parts. The whole of the city is another
// cell for each indicator.
type line struct {
	whole  int32   // −1 when no value shows it or it is the city's
	city   []int32 // by position of the code: the whole where that is the city's; nil where it is not
	parts  []int32
	hidden []int32 // of the parts
	parted bool    // the parts are what other indicators count
}

// system is all cells about the same rows and the lines that link them.
type system struct {
	*protection
	present  []int32           // codes
	at       map[int32]int32   // code → its position in present
	of       [][]int32         // by position of the code and cell: position of the value, −1 when there is none
	totals   map[int32][]int32 // cells of the whole city by period and position of the code, −1 when there is none
	index    map[site]int32
	cells    []cell
	lines    []line
	counts   map[amountKey][]float64 // by cell
	seen     []int32                 // by cell: the search that saw it last
	search   int32
	lateness bool // looking for late records: what earlier reports told is the start, not the answer
}

type amountKey struct {
	code    int32
	measure measure
}

// newSystem gathers the values about the same rows into cells, in an order that
// does not depend on that of the values.
func (p *protection) newSystem(values []int32) *system {
	s := &system{protection: p, at: map[int32]int32{}, index: make(map[site]int32, len(values)), totals: map[int32][]int32{}}
	slices.SortStableFunc(values, func(a, b int32) int {
		return cmp.Or(p.reg.compare(p.sites[a], p.sites[b]), cmp.Compare(p.reg.codeRank[p.codes[a]], p.reg.codeRank[p.codes[b]]))
	})
	sites := make([]int32, len(values))
	for k, v := range values {
		sites[k] = s.cellOf(p.sites[v])
		c := &s.cells[sites[k]]
		c.values = append(c.values, v)
		if _, known := s.at[p.codes[v]]; !known {
			s.at[p.codes[v]] = int32(len(s.present))
			s.present = append(s.present, p.codes[v])
		}
	}
	s.of = make([][]int32, len(s.present))
	for k := range s.of {
		s.of[k] = slices.Repeat([]int32{-1}, len(s.cells))
	}
	for k, v := range values {
		of := s.of[s.at[p.codes[v]]]
		if of[sites[k]] < 0 {
			of[sites[k]] = v
		}
	}
	s.seen, s.counts = make([]int32, len(s.cells)), map[amountKey][]float64{}
	s.findTotals()
	s.link()
	return s
}

func (s *system) findTotals() {
	for c := range s.cells {
		at := s.cells[c].site
		if at.code < 0 {
			continue
		}
		if s.totals[at.period] == nil {
			s.totals[at.period] = slices.Repeat([]int32{-1}, len(s.present))
		}
		s.totals[at.period][s.at[at.code]] = int32(c)
	}
}

func (s *system) cellOf(at site) int32 {
	if c, known := s.index[at]; known {
		return c
	}
	c := int32(len(s.cells))
	s.index[at] = c
	s.cells = append(s.cells, cell{site: at})
	return c
}

// before orders cells by what they stand for.
func (s *system) before(a, b int32) int { return s.reg.compare(s.cells[a].site, s.cells[b].site) }

// isWhole reports whether a cell is the whole of a line it is in.
func (s *system) isWhole(l, c int32) bool {
	x := &s.lines[l]
	return x.whole == c || x.city != nil && s.cells[c].code >= 0
}

// hide hides a cell in all its lines.
func (s *system) hide(c int32, why Why, detail string) {
	x := &s.cells[c]
	if x.hidden {
		return
	}
	x.hidden, x.why, x.detail = true, why, detail
	for _, l := range x.lines {
		if !s.isWhole(l, c) {
			s.lines[l].hidden = append(s.lines[l].hidden, c)
		}
	}
}

// show takes back what hide did.
func (s *system) show(c int32) {
	x := &s.cells[c]
	x.hidden, x.why, x.detail = false, "", ""
	for _, l := range x.lines {
		s.lines[l].hidden = slices.DeleteFunc(s.lines[l].hidden, func(o int32) bool { return o == c })
	}
}

// known reports whether an earlier report gives an indicator's count at a cell
// away, so that nothing hides it now.
func (s *system) known(c, code int32) bool {
	v := s.of[code][c]
	return !s.lateness && v >= 0 && s.told[v]
}
