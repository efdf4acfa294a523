package survey

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// sortKey is a number that orders as its value does, unknown (NaN) above all.
func sortKey(value float64) uint64 {
	if value != value {
		return math.MaxUint64
	}
	bits := math.Float64bits(value + 0) // −0 is 0
	if bits>>63 != 0 {
		return ^bits
	}
	return bits | 1<<63
}

// keyValue is the value of a sort key.
func keyValue(key uint64) float64 {
	switch {
	case key == math.MaxUint64:
		return math.NaN()
	case key>>63 != 0:
		return math.Float64frombits(key &^ (1 << 63))
	}
	return math.Float64frombits(^key)
}

// binRow is a row in a bin.
type binRow struct {
	key    uint64 // sort key of its value
	row    int64
	weight float64
}

func (r binRow) mark() mark { return mark{keyValue(r.key), r.row, r.weight} }

// bin is the rows whose values' sort keys begin alike.
type bin struct {
	first, last binRow
	sum         exact // of their weights
}

// add adds rows, from first to last, with the sum of their weights.
func (b *bin) add(first, last *binRow, sum exact) {
	b.sum.add(sum)
	if first.key < b.first.key || first.key == b.first.key && first.row < b.first.row {
		b.first = *first
	}
	if last.key > b.last.key || last.key == b.last.key && last.row > b.last.row {
		b.last = *last
	}
}

// bins sorts rows by value in bounded memory: as long as there are few distinct
// values each has a bin of its own; beyond the limit values that are close share
// one. What a bin says of its rows does not depend on the order they came in.
type bins struct {
	limit *int      // most bins, as long as values differ in more than their last bits
	drop  uint      // lowest bits of the sort key that are left out
	slots []binSlot // hash table
	all   []bin
}

// binSlot is where a hash table says that a bin is.
type binSlot struct {
	key uint64 // of all its rows, without the bits left out
	bin int32  // its number + 1, 0 for an empty slot
}

func newBins(limit *int) *bins { return &bins{limit: limit, slots: make([]binSlot, 64)} }

// slot returns where the bin of a key stands in the hash table, or would.
func (b *bins) slot(key uint64) *binSlot {
	const golden = 0x9e3779b97f4a7c15 // 2⁶⁴/φ spreads neighbours
	key >>= b.drop
	mask := len(b.slots) - 1
	at := int(key * golden >> (64 - bits.Len(uint(mask))))
	for b.slots[at].bin != 0 && b.slots[at].key != key {
		at = (at + 1) & mask
	}
	return &b.slots[at]
}

// add adds a row with its weight in fixed point.
func (b *bins) add(r *binRow, weight exact) {
	at := b.slot(r.key)
	if at.bin == 0 {
		b.insert(at, bin{*r, *r, weight})
		return
	}
	b.all[at.bin-1].add(r, r, weight)
}

// insert adds a bin to an empty slot.
func (b *bins) insert(at *binSlot, o bin) {
	b.all = append(b.all, o)
	*at = binSlot{o.first.key >> b.drop, int32(len(b.all))}
	for len(b.all) > *b.limit && b.drop < mostDropped {
		b.drop += 4
		b.gather()
	}
	if 2*len(b.all) > len(b.slots) {
		b.slots = make([]binSlot, 2*len(b.slots))
		for k := range b.all {
			key := b.all[k].first.key
			*b.slot(key) = binSlot{key >> b.drop, int32(k + 1)}
		}
	}
}

// mostDropped leaves at least the highest four bits of a key.
const mostDropped = 60

// gather merges the bins that have come to share a key.
func (b *bins) gather() {
	old := b.all
	clear(b.slots)
	b.all = b.all[:0]
	for _, o := range old {
		b.put(&o)
	}
}

// put adds a bin to those there are.
func (b *bins) put(o *bin) {
	at := b.slot(o.first.key)
	if at.bin == 0 {
		b.insert(at, *o)
		return
	}
	b.all[at.bin-1].add(&o.first, &o.last, o.sum)
}

// merge adds the rows of other bins.
func (b *bins) merge(o *bins) {
	if o.drop > b.drop {
		b.drop = o.drop
		b.gather()
	}
	for k := range o.all {
		b.put(&o.all[k])
	}
}

// sorted returns the bins in order of their values.
func (b *bins) sorted() []bin {
	slices.SortFunc(b.all, func(x, y bin) int { return cmp.Compare(x.first.key, y.first.key) })
	return b.all
}

// spansOf adds up bins in order; scale is that of their sums.
func spansOf(sorted []bin, scale int) []span {
	spans := make([]span, len(sorted))
	var sum exact
	for k, b := range sorted {
		spans[k] = span{first: b.first.mark(), last: b.last.mark(), before: sum.float(scale)}
		sum.add(b.sum)
		spans[k].after = sum.float(scale)
	}
	return spans
}
