package disclosure

import (
	"fmt"
	"slices"
)

// compareNested looks for counts that hold others from the same records: where one
// is nowhere more than another, who is counted in the other alone is a group, and
// where these are a few people the smaller count is withheld, or the larger when
// only that is news.
func (p *protection) compareNested() {
	if p.rule.Records == nil || p.rule.Source == nil || p.rule.Smallest <= 0 {
		return
	}
	all := p.countIndicators()
	at := map[string]int32{}
	for k := range p.values[:p.own] {
		key, _ := countKey(&p.values[k])
		key = p.values[k].Code + "\x00" + key
		if _, twice := at[key]; !twice {
			at[key] = int32(k)
		}
	}
	for k, larger := range all {
		for _, smaller := range all[k+1:] {
			if p.nested(larger, smaller) {
				p.separateNested(larger, smaller, at)
			}
		}
	}
}

// nested reports whether one count is nowhere more than another from the same
// records, in enough cells, and no partition links the two.
func (p *protection) nested(larger, smaller *counted) bool {
	records := p.rule.Records(smaller.code)
	if records == "" || records != p.rule.Records(larger.code) || larger.source == smaller.source || p.parts[smaller.source].whole == larger.source {
		return false
	}
	cells := 0
	for key, n := range smaller.counts {
		if of, both := larger.counts[key]; both {
			if n > of {
				return false
			}
			cells++
		}
	}
	return cells >= fewestCells
}

func (p *protection) separateNested(larger, smaller *counted, at map[string]int32) {
	keys := make([]string, 0, len(smaller.counts))
	for key := range smaller.counts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		of, both := larger.counts[key]
		few := of - smaller.counts[key]
		if !both || few <= 0 || few >= float64(p.rule.Smallest) {
			continue
		}
		hide := at[smaller.code+"\x00"+key]
		if other := at[larger.code+"\x00"+key]; p.told[hide] && !p.told[other] {
			hide = other
		}
		if p.forced[hide] == "" {
			p.forced[hide] = fmt.Sprintf("another count of the same records holds %g people more", few)
		}
	}
}
