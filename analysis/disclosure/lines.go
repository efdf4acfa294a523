package disclosure

import (
	"slices"
	"time"

	"pediment/analysis"
)

// lineKey tells the lines of a system apart: the site of the whole and along what
// it is divided.
type lineKey struct {
	site
	along string
}

// link finds the lines: along each column of a breakdown, from places to the place
// that contains them, from periods to the year they make up.
func (s *system) link() {
	found := map[lineKey]int32{}
	for c := range s.cells {
		s.linkGroups(int32(c), found)
		s.linkPlaces(int32(c), found)
	}
	s.linkPeriods()
	for l := range s.lines {
		x := &s.lines[l]
		for _, c := range x.parts {
			s.cells[c].lines = append(s.cells[c].lines, int32(l))
		}
		if x.whole >= 0 {
			s.cells[x.whole].lines = append(s.cells[x.whole].lines, int32(l))
		}
		if x.city >= 0 {
			for _, code := range s.present {
				if c, known := s.totals[site{period: x.city, code: code}]; known {
					s.cells[c].lines = append(s.cells[c].lines, int32(l))
				}
			}
		}
	}
}

// linkGroups makes a cell part of the group without each of its levels, and, where
// no value shows any of these, of everybody.
func (s *system) linkGroups(c int32, found map[lineKey]int32) {
	at := s.cells[c].site
	g := s.reg.groups[at.group]
	shown := false
	for k, rest := range g.without {
		whole := at
		whole.group = rest
		shown = s.join(c, whole, g.levels[k].Column, found) || shown
	}
	if !shown && len(g.without) > 1 {
		whole := at
		whole.group = 0
		s.join(c, whole, g.columns(), found)
	}
}

func (g group) columns() string {
	name := ""
	for _, l := range g.levels {
		name += l.Column + "\x00"
	}
	return name
}

// linkPlaces makes a cell part of the nearest place above it that has a value, or,
// when none has, of the whole city.
func (s *system) linkPlaces(c int32, found map[lineKey]int32) {
	at := s.cells[c].site
	if at.place == 0 {
		return
	}
	whole := at
	for whole.place = s.reg.places[at.place].parent; whole.place > 0; whole.place = s.reg.places[whole.place].parent {
		if _, shown := s.index[whole]; shown {
			break
		}
	}
	s.join(c, whole, "place", found)
}

// join adds the cell to the line of a whole and reports whether a value shows the
// whole.
func (s *system) join(c int32, whole site, along string, found map[lineKey]int32) bool {
	key := lineKey{whole, along}
	l, known := found[key]
	if !known {
		l = int32(len(s.lines))
		found[key] = l
		x := line{whole: -1, city: -1}
		if whole.place == 0 && whole.group == 0 {
			x.city = whole.period
		} else if w, shown := s.index[whole]; shown {
			x.whole = w
		}
		s.lines = append(s.lines, x)
	}
	x := &s.lines[l]
	x.parts = append(x.parts, c)
	return x.whole >= 0 || x.city >= 0 && s.anyTotal(x.city)
}

func (s *system) anyTotal(period int32) bool {
	for _, code := range s.present {
		if _, known := s.totals[site{period: period, code: code}]; known {
			return true
		}
	}
	return false
}

// linkPeriods makes the cells of periods that fill a longer one without a gap
// parts of the cell of the longer one.
func (s *system) linkPeriods() {
	type series struct{ place, group, code int32 }
	cells := map[series][]int32{}
	var order []series
	for c := range s.cells {
		at := s.cells[c].site
		key := series{at.place, at.group, at.code}
		if cells[key] == nil {
			order = append(order, key)
		}
		cells[key] = append(cells[key], int32(c))
	}
	for _, key := range order {
		same := cells[key]
		if len(same) < 3 {
			continue
		}
		slices.SortFunc(same, s.before)
		for _, whole := range same {
			for _, parts := range s.fillings(whole, same) {
				s.lines = append(s.lines, line{whole: whole, city: -1, parts: parts})
			}
		}
	}
}

// fillings lists the runs of periods of equal grain that fill a period exactly.
func (s *system) fillings(whole int32, among []int32) [][]int32 {
	span := s.reg.periods[s.cells[whole].period]
	runs := map[int][]int32{}
	var grains []int
	for _, c := range among {
		if p := s.reg.periods[s.cells[c].period]; c != whole && within(p, span) {
			months := grain(p)
			if runs[months] == nil {
				grains = append(grains, months)
			}
			runs[months] = append(runs[months], c)
		}
	}
	slices.Sort(grains)
	var full [][]int32
	for _, months := range grains {
		next, run := span.Start, []int32(nil)
		for _, c := range runs[months] {
			if p := s.reg.periods[s.cells[c].period]; p.Start.Equal(next) {
				next, run = p.End, append(run, c)
			}
		}
		if next.Equal(span.End) {
			full = append(full, run)
		}
	}
	return full
}

// within reports whether a period is a proper part of another.
func within(part, whole analysis.Period) bool {
	return !part.Start.Before(whole.Start) && !part.End.After(whole.End) && part.End.Sub(part.Start) < whole.End.Sub(whole.Start)
}

// grain is the length of a period in months, rounded.
func grain(p analysis.Period) int {
	const month = 30 * 24 * time.Hour
	return int((p.End.Sub(p.Start) + month/2) / month)
}
