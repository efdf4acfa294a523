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
	key := func(v *analysis.Value) site {
		at := p.site(v, p.code(v.Code))
		at.code = p.code(v.Code)
		return at
	}
	last, order := p.gather(key)
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
			p.values = append(p.values, p.said[last[at]])
			p.old = append(p.old, -1)
		}
	}
}

// gather lists what earlier reports said, each with what was said of the same cell
// before it, and returns the last position of each cell and the cells in order.
func (p *protection) gather(key func(*analysis.Value) site) (last map[site]int32, order []site) {
	size := 0
	for _, values := range p.rule.Published {
		size += len(values)
	}
	p.said, p.report, p.prior = make([]analysis.Value, 0, size), make([]int32, 0, size), make([]int32, 0, size)
	last = make(map[site]int32, len(p.values))
	for report, values := range p.rule.Published {
		for k := range values {
			v := &values[k]
			if v.State.Withheld() && v.State != analysis.Confidential {
				continue
			}
			at := key(v)
			before, known := last[at]
			if !known {
				order, before = append(order, at), -1
			}
			last[at] = int32(len(p.said))
			p.said, p.report, p.prior = append(p.said, *v), append(p.report, int32(report)), append(p.prior, before)
		}
	}
	return last, order
}

const (
	withheldBefore = "withheld in an earlier report"
	nearOlder      = "a report before the last showed nearly as many, a few people apart"
)

// recall notes what an earlier report means for a value: it gives the number away
// unless many records have come since; a cell it withheld stays withheld; one that
// a new definition changes by a few people is withheld. So is one that lies a few
// people from what any report before the last showed: they would be the difference.
func (p *protection) recall(v int32) {
	if int(v) >= p.own {
		p.told[v] = p.values[v].State != analysis.Confidential
		return
	}
	if p.old[v] < 0 {
		return
	}
	p.late[v] = p.lateAt(v)
	old := &p.said[p.old[v]]
	switch {
	case old.State == analysis.Confidential:
		p.forced[v] = withheldBefore
	case p.few(v) && !sameDefinition(old, &p.values[v]):
		p.forced[v] = "its definition changed since an earlier report, by a few people"
		p.told[v] = true
	case p.late[v] != 0 && !p.few(v) && p.nearsOlder(v):
		p.forced[v] = nearOlder
	default:
		p.told[v] = math.Abs(p.late[v]) < float64(p.rule.Smallest)
	}
}

// nearsOlder reports whether a count of a value differs by a few people from what
// a report before the last one showed.
func (p *protection) nearsOlder(v int32) bool {
	for k := p.prior[p.old[v]]; k >= 0; k = p.prior[k] {
		if !p.said[k].State.Withheld() && p.isFew(p.difference(v, &p.said[k])) {
			return true
		}
	}
	return false
}

func sameDefinition(a, b *analysis.Value) bool {
	return a.Definition == b.Definition || a.Definition == "" || b.Definition == ""
}

// few reports whether a count of a value differs by fewer people than a cell may
// stand for from what an earlier report said.
func (p *protection) few(v int32) bool { return p.isFew(p.late[v]) }

func (p *protection) isFew(late float64) bool {
	return late != 0 && math.Abs(late) < float64(p.rule.Smallest)
}

// waits reports whether a value will be carried forward: what was published stays,
// however small the count is now.
func (p *protection) waits(v int32) bool { return p.told[v] && p.forced[v] == "" && p.few(v) }

// lateAt is by how many people a value differs from what the last report said of it.
func (p *protection) lateAt(v int32) float64 {
	if p.old[v] < 0 {
		return 0
	}
	return p.difference(v, &p.said[p.old[v]])
}

// difference is by how many people a value differs from what an earlier report said:
// the smallest difference among its counts that is not 0; 0 when there is none.
func (p *protection) difference(v int32, old *analysis.Value) float64 {
	now := &p.values[v]
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
	if p.old[v] < 0 || p.said[p.old[v]].State == analysis.Confidential {
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
