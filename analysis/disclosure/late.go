package disclosure

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
)

// carryForward prints what an earlier report said wherever only a few records have
// come since, and wherever subtracting would give these away.
func (s *system) carryForward() {
	s.lateness = true
	var needs []need
	for c := range s.cells {
		for _, v := range s.cells[c].values {
			if int(v) < s.own && !s.round[v] && s.told[v] && s.few(v) {
				needs = append(needs, need{cell: int32(c), code: s.at[s.codes[v]], measure: late, width: float64(s.rule.Smallest)})
			}
		}
	}
	for c := range s.cells {
		if s.cells[c].fixed {
			s.hide(int32(c), Frozen, "") // this report says nothing of it
		}
	}
	for _, n := range needs {
		s.hide(n.cell, Frozen, "")
	}
	s.protect(needs, Frozen)
	for l := range s.lines {
		for code := range s.present {
			if c := s.toWait(int32(l), int32(code)); c >= 0 {
				s.hide(c, Frozen, "")
			}
		}
	}
	for c := range s.cells {
		if s.cells[c].hidden && s.cells[c].why == Frozen {
			s.freeze(int32(c))
		}
	}
}

// toWait looks at a whole of which some parts are hidden, in both reports. Where
// the whole grew by a few more than the parts that are shown, these few are among
// the hidden: then the smallest cell of the line that changed at all must wait too.
// −1 when none must.
func (s *system) toWait(l, code int32) int32 {
	w := s.wholeOf(l, code)
	if w < 0 || !s.compared(w, code) {
		return -1
	}
	hidden, few, best := false, s.growth(w, code), int32(-1)
	if few != 0 {
		best = w
	}
	for _, c := range s.lines[l].parts {
		if s.of[code][c] < 0 {
			continue
		}
		if !s.compared(c, code) {
			hidden = true
			continue
		}
		grown := s.growth(c, code)
		few -= grown
		if grown != 0 && (best < 0 || s.fewer(code, c, best)) {
			best = c
		}
	}
	if hidden && few != 0 && math.Abs(few) < float64(s.rule.Smallest) {
		return best
	}
	return -1
}

// compared reports whether both reports show an indicator's count at a cell.
func (s *system) compared(c, code int32) bool {
	v := s.of[code][c]
	return v >= 0 && int(v) < s.own && !s.cells[c].hidden && s.old[v] >= 0 && !s.said[s.old[v]].State.Withheld()
}

// growth is by how many people a compared cell changed.
func (s *system) growth(c, code int32) float64 {
	v := s.of[code][c]
	return s.people[v] - s.rule.People(s.said[s.old[v]])
}

// carried is the flag of a published value that is printed again. It does not say
// how many records wait: some values wait for another's sake.
const carried = "as published before: later records count here when more have come"

// freeze puts the published values of a cell in place of the new ones. What no
// report has shown yet waits for more records.
func (s *system) freeze(c int32) {
	for _, v := range s.cells[c].values {
		switch {
		case int(v) >= s.own || s.round[v] || s.values[v].State == analysis.Confidential:
		case s.old[v] < 0 || !sameDefinition(&s.said[s.old[v]], &s.values[v]):
			s.enter(v, Differencing, "with what earlier reports show it would give away a few late records")
			s.values[v].Withhold(analysis.Confidential, s.reason(v, true))
			s.values[v].Flags = nil
		default:
			late := s.late[v]
			if late == 0 {
				continue // nothing came: the number is the published one
			}
			s.enter(v, Frozen, fmt.Sprintf("%+g people since", late))
			was, now := &s.said[s.old[v]], &s.values[v]
			now.Estimate, now.Numerator, now.Denominator = was.Estimate, was.Numerator, was.Denominator
			now.State, now.Reason = was.State, was.Reason
			now.Flags = slices.Clone(was.Flags)
			if !slices.Contains(now.Flags, carried) {
				now.Flags = append(now.Flags, carried)
			}
		}
	}
}
