package disclosure

import "math"

// hideOlderRests looks at every report before the last: where the hidden cells of a
// line together differ by a few people from what they were together in that report,
// these few would be known. A cell of the line that is shown is withheld with them.
func (s *system) hideOlderRests() {
	var needs []need
	for report := range int32(len(s.rule.Published)) - 1 {
		for l := range s.lines {
			for code := range s.present {
				if c := s.tellsRest(int32(l), int32(code), report); c >= 0 {
					s.hide(c, NearOlder, "with an older report it would give away a few people")
					needs = append(needs, need{cell: c, code: int32(code), measure: people, width: float64(s.rule.Smallest)})
				}
			}
		}
	}
	s.protect(needs, Complementary)
}

// tellsRest is the smallest shown cell of a line that gives away with an older
// report a few people among the hidden, −1 when none does. What the last report
// showed as it is now is out, and is not withheld.
func (s *system) tellsRest(l, code, report int32) int32 {
	w := s.wholeOf(l, code)
	few, known := s.since(w, code, report)
	if !known {
		return -1
	}
	hidden, best := false, int32(-1)
	if few != 0 && s.isNews(w, code) {
		best = w
	}
	for _, c := range s.lines[l].parts {
		if s.of[code][c] < 0 {
			continue
		}
		grown, known := s.since(c, code, report)
		if !known {
			hidden = true
			continue
		}
		few -= grown
		if grown != 0 && s.isNews(c, code) && (best < 0 || s.fewer(code, c, best)) {
			best = c
		}
	}
	if hidden && s.isFew(few) {
		return best
	}
	return -1
}

// since is by how many people a cell that is shown now has grown since a report;
// false where that report or this one does not show it.
func (s *system) since(c, code, report int32) (float64, bool) {
	if c < 0 || s.cells[c].hidden {
		return 0, false
	}
	v := s.of[code][c]
	if v < 0 || int(v) >= s.own || s.waits(v) {
		return 0, false
	}
	k := s.old[v]
	for k >= 0 && s.report[k] != report {
		k = s.prior[k]
	}
	if k < 0 || s.said[k].State.Withheld() {
		return 0, false
	}
	grown := s.people[v] - s.rule.People(s.said[k])
	return grown, !math.IsNaN(grown)
}

// isNews reports whether a cell's count is not what the last report said.
func (s *system) isNews(c, code int32) bool {
	v := s.of[code][c]
	return s.people[v] != s.rule.People(s.said[s.old[v]])
}
