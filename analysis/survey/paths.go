package survey

import "slices"

// path is the codes of a row's strata columns and units, or of the columns to
// break down by; −1 where a code is unknown or there is no further column.
type path [8]int32

// nowhere is the path without a code.
var nowhere = path{-1, -1, -1, -1, -1, -1, -1, -1}

// paths numbers paths in the order they are met.
type paths struct {
	depth int     // codes beyond are −1
	steps []pairs // by code from the second on: number of those before and code → number
	all   []path  // by number
}

func newPaths(depth int) *paths {
	t := &paths{depth: depth}
	for range max(1, depth-1) {
		t.steps = append(t.steps, newPairs())
	}
	return t
}

// find returns the number of a path, −1 if it has none. It may be called from
// several goroutines.
func (t *paths) find(p *path) int32 {
	n := p[0]
	for k := range t.steps {
		if n = t.steps[k].find(pairKey(n, p[k+1])); n < 0 {
			break
		}
	}
	return n
}

// number returns the number of a path, a new one if need be.
func (t *paths) number(p *path) int32 {
	n := p[0]
	for k := range t.steps {
		n = t.steps[k].number(pairKey(n, p[k+1]))
	}
	if int(n) == len(t.all) {
		t.all = append(t.all, *p)
	}
	return n
}

// pairs numbers pairs of codes in the order they are met: a hash table, faster
// than Go's for a few thousand pairs met many times.
type pairs struct {
	slots []pairSlot
	used  int32
}

type pairSlot struct {
	key  uint64
	next int32 // the pair's number + 1, 0 in an empty slot
}

func newPairs() pairs { return pairs{slots: make([]pairSlot, 64)} }

func pairKey(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// slot returns where a pair stands in the hash table, or would.
func (t *pairs) slot(key uint64) *pairSlot {
	const golden = 0x9e3779b97f4a7c15 // 2⁶⁴/φ spreads neighbours
	mask := uint64(len(t.slots) - 1)
	at := key * golden >> 32 & mask
	for t.slots[at].next != 0 && t.slots[at].key != key {
		at = (at + 1) & mask
	}
	return &t.slots[at]
}

func (t *pairs) find(key uint64) int32 { return t.slot(key).next - 1 }

func (t *pairs) number(key uint64) int32 {
	s := t.slot(key)
	if s.next == 0 {
		t.used++
		*s = pairSlot{key, t.used}
		if 2*int(t.used) > len(t.slots) {
			t.grow()
		}
		return t.used - 1
	}
	return s.next - 1
}

func (t *pairs) grow() {
	old := t.slots
	t.slots = make([]pairSlot, 2*len(old))
	for _, s := range old {
		if s.next != 0 {
			*t.slot(s.key) = s
		}
	}
}

// numberRows replaces what numbers holds by the number of the row's path, but
// leaves −1 as it is. Rows alike mostly stand together.
func (t *paths) numberRows(texts [][]int32, numbers []int32, number func(*paths, *path) int32) {
	p, last := nowhere, int32(-1)
	for row, n := range numbers {
		if n < 0 {
			continue
		}
		same := last >= 0
		for k, column := range texts {
			if code := column[row]; code != p[k] {
				p[k], same = code, false
			}
		}
		if !same {
			last = number(t, &p)
		}
		numbers[row] = last
	}
}

// complete reports whether no code of the path is unknown.
func (t *paths) complete(p path) bool { return !slices.Contains(p[:t.depth], -1) }
