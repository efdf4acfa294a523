package disclosure

import (
	"slices"
	"strings"
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
	s.linkLevels(found)
	s.linkPeriods()
	for l := range s.lines {
		x := &s.lines[l]
		for _, c := range x.parts {
			s.cells[c].lines = append(s.cells[c].lines, int32(l))
		}
		if x.whole >= 0 {
			s.cells[x.whole].lines = append(s.cells[x.whole].lines, int32(l))
		}
		for _, c := range x.city {
			if c >= 0 {
				s.cells[c].lines = append(s.cells[c].lines, int32(l))
			}
		}
	}
}

// linkGroups makes a cell part of the group without each of its levels, at the same
// place. Where no value shows that group it looks further.
func (s *system) linkGroups(c int32, found map[lineKey]int32) {
	at := s.cells[c].site
	g := &s.reg.groups[at.group]
	for k, rest := range g.without {
		whole := at
		whole.group = rest
		s.join(c, whole, g.levels[k].Column, found)
	}
	s.linkFewer(c, at.place, "", found)
}

// linkFewer makes a cell part of the groups with fewer levels, at a place, that a
// value shows, the nearest of them: not of a group that contains another such.
func (s *system) linkFewer(c, place int32, along string, found map[lineKey]int32) {
	at := s.cells[c].site
	type step struct {
		group int32
		along string
	}
	next, seen := []step{{at.group, along}}, []int32{at.group}
	var nearest []int32
	for ; len(next) > 0; next = next[1:] {
		g := &s.reg.groups[next[0].group]
		for k, rest := range g.without {
			if slices.Contains(seen, rest) || slices.ContainsFunc(nearest, func(n int32) bool { return s.reg.contains(rest, n) }) {
				continue
			}
			seen = append(seen, rest)
			whole := site{period: at.period, place: place, group: rest, code: -1}
			along := next[0].along + "\x00" + g.levels[k].Column
			if !s.shows(whole) {
				next = append(next, step{rest, along})
				continue
			}
			nearest = append(nearest, rest)
			if next[0].group != at.group || place != at.place {
				s.join(c, whole, along, found)
			}
		}
	}
}

// shows reports whether a value shows a site, for some indicator.
func (s *system) shows(at site) bool {
	if at.place == 0 && at.group == 0 {
		return s.totals[at.period] != nil
	}
	_, shown := s.index[at]
	return shown
}

// linkPlaces makes a cell part of the nearest place above it that has a value, or,
// when none has, of the whole city.
func (s *system) linkPlaces(c int32, found map[lineKey]int32) {
	at := s.cells[c].site
	if at.place == 0 {
		return
	}
	whole := at
	for whole.place = s.reg.places[at.place].parent; whole.place > 0 && !s.shows(whole); {
		whole.place = s.reg.places[whole.place].parent
	}
	s.join(c, whole, "place", found)
	if s.shows(whole) {
		return
	}
	for above := at.place; above > 0; {
		above = s.reg.places[above].parent
		s.linkFewer(c, above, "place", found)
	}
}

// linkLevels makes the levels of a breakdown by place parts of the place broken
// down, where they are not so already: rows of a district and of its wards, side by
// side in one column, add up to the city together.
func (s *system) linkLevels(found map[lineKey]int32) {
	levels := map[lineKey][]int32{}
	var order []lineKey
	for c := range s.cells {
		for _, v := range s.cells[c].values {
			within := s.within[v]
			if within < 0 {
				continue
			}
			whole := s.cells[c].site
			whole.place = within
			key := lineKey{whole, "levels"}
			if levels[key] == nil {
				order = append(order, key)
			}
			if parts := levels[key]; len(parts) == 0 || parts[len(parts)-1] != int32(c) {
				levels[key] = append(parts, int32(c))
			}
		}
	}
	for _, key := range order {
		if l, known := found[lineKey{key.site, "place"}]; known && len(s.lines[l].parts) >= len(levels[key]) {
			continue
		}
		for _, c := range levels[key] {
			s.join(c, key.site, key.along, found)
		}
	}
}

// join adds the cell to the line of a whole.
func (s *system) join(c int32, whole site, along string, found map[lineKey]int32) {
	key := lineKey{whole, along}
	l, known := found[key]
	if !known {
		l = int32(len(s.lines))
		found[key] = l
		x := line{whole: -1, parted: strings.Contains(along, partMark)}
		if whole.place == 0 && whole.group == 0 {
			x.city = s.totals[whole.period]
		} else if w, shown := s.index[whole]; shown {
			x.whole = w
		}
		s.lines = append(s.lines, x)
	}
	s.lines[l].parts = append(s.lines[l].parts, c)
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
				s.lines = append(s.lines, line{whole: whole, parts: parts})
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
