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
	whole  int32 // −1 when no value shows it or it is the city's
	city   int32 // the period whose city total is the whole; −1 otherwise
	parts  []int32
	hidden []int32 // of the parts
}

// system is all cells about the same rows and the lines that link them.
type system struct {
	*protection
	source   int32
	present  []int32         // codes
	at       map[int32]int32 // code → its position in present
	of       [][]int32       // by position of the code and cell: position of the value, −1 when there is none
	totals   map[site]int32  // whole city, by period and code
	index    map[site]int32
	cells    []cell
	lines    []line
	lateness bool // looking for late records: what earlier reports told is the start, not the answer
}

// newSystem gathers the values about the same rows into cells.
func (p *protection) newSystem(source int32, values []int32) *system {
	s := &system{protection: p, source: source, at: map[int32]int32{}, index: make(map[site]int32, len(values)), totals: map[site]int32{}}
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
	s.link()
	return s
}

func (s *system) cellOf(at site) int32 {
	if c, known := s.index[at]; known {
		return c
	}
	c := int32(len(s.cells))
	s.index[at] = c
	if at.code >= 0 {
		s.totals[site{period: at.period, code: at.code}] = c
	}
	s.cells = append(s.cells, cell{site: at})
	return c
}

// before orders cells by what they stand for, so that a choice among equals does
// not depend on the order of the values.
func (s *system) before(a, b int32) int {
	x, y := &s.cells[a], &s.cells[b]
	if x.site == y.site {
		return 0
	}
	return cmp.Or(
		s.reg.periods[x.period].Start.Compare(s.reg.periods[y.period].Start),
		cmp.Compare(s.reg.periods[x.period].Label, s.reg.periods[y.period].Label),
		cmp.Compare(s.reg.places[x.place].code, s.reg.places[y.place].code),
		cmp.Compare(s.reg.groups[x.group].name, s.reg.groups[y.group].name),
		cmp.Compare(s.codeName(x.code), s.codeName(y.code)),
	)
}

// isWhole reports whether a cell is the whole of a line it is in.
func (s *system) isWhole(l, c int32) bool {
	x := &s.lines[l]
	return x.whole == c || x.city >= 0 && s.cells[c].code >= 0
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
