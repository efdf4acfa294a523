package disclosure

import "math"

// hideRests looks at wholes all of whose parts are shown, and that still are a few
// people more than these: a group nobody prints, given away by subtraction. The
// smallest part that counts anybody is withheld with it.
func (s *system) hideRests() {
	if s.rule.Smallest <= 0 {
		return
	}
	for l := range s.lines {
		if len(s.lines[l].hidden) > 0 {
			continue
		}
		for code := range s.present {
			if part := s.partToHide(int32(l), int32(code)); part >= 0 {
				s.hide(part, Differencing, "its whole has a few people more than the groups shown")
				break
			}
		}
	}
}

// partToHide is the part to withhold for the rest of a line, −1 when there is no
// small rest or no part would hide it.
func (s *system) partToHide(l, code int32) int32 {
	w := s.wholeOf(l, code)
	if w < 0 || s.cells[w].hidden {
		return -1
	}
	whole := s.of[code][w]
	rest := s.people[whole]
	best := int32(-1)
	for _, c := range s.lines[l].parts {
		v := s.of[code][c]
		if v < 0 {
			continue
		}
		if s.countsRows(v) != s.countsRows(whole) {
			return -1 // people are counted in two ways: they do not add up
		}
		rest -= s.people[v]
		if n := s.people[v]; n <= 0 || int(v) >= s.own || s.known(c, code) {
			continue
		}
		if best < 0 || s.fewer(code, c, best) {
			best = c
		}
	}
	if rest > tiny && rest < float64(s.rule.Smallest) {
		return best
	}
	return -1
}

// fewer orders cells by the people of an indicator.
func (s *system) fewer(code, a, b int32) bool {
	x, y := s.count(people, s.of[code][a]), s.count(people, s.of[code][b])
	return x < y || x == y && s.before(a, b) < 0
}

// countsRows reports whether the people of a value are its rows, not its numerator.
func (p *protection) countsRows(v int32) bool {
	return p.people[v] != p.values[v].Numerator || math.IsNaN(p.values[v].Numerator)
}
