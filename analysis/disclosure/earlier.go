package disclosure

import (
	"math"

	"pediment/analysis"
)

// checksEarlier reports whether there are earlier reports to check against.
func (r Rule) checksEarlier() bool { return r.Edition != Internal && len(r.Published) > 0 }

// readEarlier finds for each value what was said of the same cell last, and adds
// the cells that only earlier reports show behind the values.
func (p *protection) readEarlier() {
	p.old = make([]int32, len(p.values))
	for k := range p.old {
		p.old[k] = -1
	}
	if !p.rule.checksEarlier() {
		return
	}
	last := map[site]int32{}
	var order []site
	key := func(v *analysis.Value) site {
		at := p.site(v, p.code(v.Code))
		at.code = p.code(v.Code)
		return at
	}
	for k := range p.rule.Published {
		v := &p.rule.Published[k]
		if v.State.Withheld() && v.State != analysis.Confidential {
			continue
		}
		at := key(v)
		if _, known := last[at]; !known {
			order = append(order, at)
		}
		last[at] = int32(k)
	}
	repeated := map[site]bool{}
	for k := range p.values {
		at := key(&p.values[k])
		if published, known := last[at]; known {
			p.old[k] = published
			repeated[at] = true
		}
	}
	for _, at := range order {
		if !repeated[at] {
			p.values = append(p.values, p.rule.Published[last[at]])
			p.old = append(p.old, -1)
		}
	}
}

const withheldBefore = "withheld in an earlier report"

// recall notes what an earlier report means for a value: it gives the number away
// unless many records have come since; a cell it withheld stays withheld; one that
// a new definition changes by a few people is withheld.
func (p *protection) recall(v int32) {
	if int(v) >= p.own {
		p.told[v] = p.values[v].State != analysis.Confidential
		return
	}
	if p.old[v] < 0 {
		return
	}
	p.late[v] = p.lateAt(v)
	old := &p.rule.Published[p.old[v]]
	switch {
	case old.State == analysis.Confidential:
		p.forced[v] = withheldBefore
	case p.few(v) && !sameDefinition(old, &p.values[v]):
		p.forced[v] = "its definition changed since an earlier report, by a few people"
		p.told[v] = true
	default:
		p.told[v] = math.Abs(p.late[v]) < float64(p.rule.Smallest)
	}
}

func sameDefinition(a, b *analysis.Value) bool {
	return a.Definition == b.Definition || a.Definition == "" || b.Definition == ""
}

// few reports whether a count of a value differs by fewer people than a cell may
// stand for from what an earlier report said.
func (p *protection) few(v int32) bool {
	late := math.Abs(p.late[v])
	return late > 0 && late < float64(p.rule.Smallest)
}

// waits reports whether a value will be carried forward: what was published stays,
// however small the count is now.
func (p *protection) waits(v int32) bool { return p.told[v] && p.forced[v] == "" && p.few(v) }

// lateAt is by how many people a value differs from what an earlier report said:
// the smallest difference among its counts that is not 0; 0 when there is none.
func (p *protection) lateAt(v int32) float64 {
	if p.old[v] < 0 {
		return 0
	}
	now, old := &p.values[v], &p.rule.Published[p.old[v]]
	was := p.rule.People(*old)
	differences := []float64{p.people[v] - was, float64(now.N - old.N)}
	if !now.Sampled() {
		if p.people[v] == now.Numerator {
			differences = append(differences, now.Numerator-old.Numerator)
		}
		if now.Unit == "percent" {
			differences = append(differences, now.Denominator-old.Denominator)
		}
	}
	least := 0.
	for _, d := range differences {
		if d != 0 && !math.IsNaN(d) && !math.IsInf(d, 0) && (least == 0 || math.Abs(d) < math.Abs(least)) {
			least = d
		}
	}
	return least
}

// unseen is how many people a value counts that no earlier report did: all of them
// where no earlier report showed the cell.
func (p *protection) unseen(v int32) float64 {
	if p.old[v] < 0 || p.rule.Published[p.old[v]].State == analysis.Confidential {
		return p.people[v]
	}
	return math.Abs(p.late[v])
}

// fillEarlier hides the cells that an earlier report withheld and this one does not
// show, where their parts would now add up to them.
func (s *system) fillEarlier() {
	for c := range s.cells {
		for _, v := range s.cells[c].values {
			if int(v) < s.own {
				continue
			}
			s.cells[c].fixed = true
			if s.values[v].State != analysis.Confidential {
				continue
			}
			s.people[v] = s.sumOfParts(int32(c), s.at[s.codes[v]])
			if s.people[v] > 0 {
				s.forced[v] = withheldBefore
			}
			s.hide(int32(c), Differencing, withheldBefore)
		}
	}
}

func (s *system) sumOfParts(whole, code int32) float64 {
	for _, l := range s.cells[whole].lines {
		if !s.isWhole(l, whole) {
			continue
		}
		sum := 0.
		for _, c := range s.lines[l].parts {
			if v := s.of[code][c]; v >= 0 {
				sum += s.people[v]
			}
		}
		return sum
	}
	return 0
}
