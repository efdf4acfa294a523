package survey

import (
	"cmp"
	"math/bits"
	"slices"
)

// bin is the rows whose values' sort keys begin alike.
type bin struct {
	first, last mark
	sum         exact // of their weights
}

// add adds a row with its weight in fixed point.
func (b *bin) add(key uint64, m mark, weight exact) {
	b.sum.add(weight)
	b.widen(key, m)
}

// widen makes the bin reach to a row.
func (b *bin) widen(key uint64, m mark) {
	if low := sortKey(b.first.value); key < low || key == low && m.row < b.first.row {
		b.first = m
	}
	if high := sortKey(b.last.value); key > high || key == high && m.row > b.last.row {
		b.last = m
	}
}

// merge adds the rows of another bin.
func (b *bin) merge(o *bin) {
	b.sum.add(o.sum)
	b.widen(sortKey(o.first.value), o.first)
	b.widen(sortKey(o.last.value), o.last)
}

// bins sorts rows by value in bounded memory: as long as there are few distinct
// values each has a bin of its own; beyond the limit values that are close share
// one. What a bin says of its rows does not depend on the order they came in.
type bins struct {
	limit *int    // most bins, as long as values differ in more than their last bits
	drop  uint    // lowest bits of the sort key that are left out
	slots []int32 // hash table: number of a bin + 1, 0 where there is none
	all   []bin
}

func newBins(limit *int) *bins { return &bins{limit: limit, slots: make([]int32, 64)} }

// slot returns where the bin of a key stands in the hash table, or would.
func (b *bins) slot(key uint64) int {
	const golden = 0x9e3779b97f4a7c15 // 2⁶⁴/φ spreads neighbours
	mask := len(b.slots) - 1
	at := int(key >> b.drop * golden >> (64 - bits.Len(uint(mask))))
	for b.slots[at] != 0 && sortKey(b.all[b.slots[at]-1].first.value)>>b.drop != key>>b.drop {
		at = (at + 1) & mask
	}
	return at
}

// add adds a row of the weight, which is given in fixed point too.
func (b *bins) add(m mark, weight exact) {
	key := sortKey(m.value)
	if n := b.slots[b.slot(key)]; n != 0 {
		b.all[n-1].add(key, m, weight)
		return
	}
	b.insert(bin{m, m, weight})
}

// insert adds a bin under a key that has none.
func (b *bins) insert(o bin) {
	b.all = append(b.all, o)
	switch {
	case len(b.all) > *b.limit && b.drop < mostDropped:
		for len(b.all) > *b.limit && b.drop < mostDropped {
			b.drop += 4
			b.gather()
		}
	case 2*len(b.all) > len(b.slots):
		b.slots = make([]int32, 2*len(b.slots))
		b.index()
	default:
		b.slots[b.slot(sortKey(o.first.value))] = int32(len(b.all))
	}
}

// mostDropped leaves at least the highest four bits of a key.
const mostDropped = 60

// index fills the hash table afresh.
func (b *bins) index() {
	clear(b.slots)
	for k := range b.all {
		b.slots[b.slot(sortKey(b.all[k].first.value))] = int32(k + 1)
	}
}

// gather merges the bins that have come to share a key.
func (b *bins) gather() {
	old := b.all
	clear(b.slots)
	b.all = b.all[:0]
	for _, o := range old {
		at := b.slot(sortKey(o.first.value))
		if n := b.slots[at]; n != 0 {
			b.all[n-1].merge(&o)
			continue
		}
		b.all = append(b.all, o)
		b.slots[at] = int32(len(b.all))
	}
}

// merge adds the rows of other bins.
func (b *bins) merge(o *bins) {
	if o.drop > b.drop {
		b.drop = o.drop
		b.gather()
	}
	for k := range o.all {
		if n := b.slots[b.slot(sortKey(o.all[k].first.value))]; n != 0 {
			b.all[n-1].merge(&o.all[k])
		} else {
			b.insert(o.all[k])
		}
	}
}

// sorted returns the bins in order of their values.
func (b *bins) sorted() []bin {
	slices.SortFunc(b.all, func(x, y bin) int { return cmp.Compare(sortKey(x.first.value), sortKey(y.first.value)) })
	return b.all
}

// spansOf adds up bins in order; scale is that of their sums.
func spansOf(sorted []bin, scale int) []span {
	spans := make([]span, len(sorted))
	var sum exact
	for k, b := range sorted {
		spans[k] = span{first: b.first, last: b.last, before: sum.float(scale)}
		sum.add(b.sum)
		spans[k].after = sum.float(scale)
	}
	return spans
}
