package equity

import (
	"cmp"
	"strings"
)

// study is everything computed about one breakdown.
type study struct {
	*sheet
	latest    bool       // no later period of the same indicator and disaggregation is there
	standings []standing // only of the latest
	odd       []bool     // groups far from all others; only of the latest
	changes   []change
}

// studies computes all breakdowns in the order given.
func (s *Setup) studies() []*study {
	smallestN := cmp.Or(s.SmallestN, smallest)
	last := map[string]int{}
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		if at, seen := last[b.key()]; !seen || b.Period.Start.After(s.Breakdowns[at].Period.Start) {
			last[b.key()] = i
		}
	}
	var list []*study
	for i := range s.Breakdowns {
		b := &s.Breakdowns[i]
		one := &study{sheet: newPanel(b, smallestN).measures(), latest: last[b.key()] == i}
		if one.latest {
			one.standings, one.odd = one.panel.standings(), one.panel.outlying()
		}
		if b.Earlier != nil {
			one.changes = one.changesSince(newPanel(b.Earlier, smallestN))
		}
		list = append(list, one)
	}
	return list
}

// latestOnly are the studies of each indicator's and disaggregation's last period.
func latestOnly(list []*study) []*study {
	var out []*study
	for _, s := range list {
		if s.latest {
			out = append(out, s)
		}
	}
	return out
}

func (b *Breakdown) key() string { return b.Code + "\x00" + strings.Join(b.By, "\x00") }

// name is what people call the indicator.
func (b *Breakdown) name() string { return cmp.Or(b.Name, b.Code) }

// by is what people call the disaggregation.
func (b *Breakdown) by() string { return cmp.Or(b.Label, strings.Join(b.By, " and ")) }
