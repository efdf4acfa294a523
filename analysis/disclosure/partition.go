package disclosure

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
)

// Indicators over the same records but other conditions may add up: learners,
// learners with and learners without a migrant background. Conditions are not
// compared; the counts tell. Where those of two indicators add up to those of a
// third in every cell of one breakdown and period that shows all three, the two are
// taken as parts of the third: groups of a breakdown of its rows, so that the lines
// of the table link them.

// part says that the rows of a source are a group of another's.
type part struct {
	whole string         // source
	level analysis.Level // of the breakdown that the parts make
}

// partMark begins the column of such a breakdown.
const partMark = "\x01"

// counted is what an indicator counts by cell.
type counted struct {
	code, source string
	counts       map[string]float64 // by period, place and group
	breakdowns   map[string][]string
	total        float64
}

// fewestCells are the cells that must agree before counts are taken to add up.
const fewestCells = 3

// findPartitions fills parts and countsAs from the counts of the values to protect.
func (p *protection) findPartitions() {
	if p.rule.Records == nil || p.rule.Source == nil || p.rule.Smallest <= 0 {
		return
	}
	byRecords := map[string][]*counted{}
	var order []string
	for _, c := range p.countIndicators() {
		records := p.rule.Records(c.code)
		if records == "" {
			continue
		}
		if byRecords[records] == nil {
			order = append(order, records)
		}
		byRecords[records] = append(byRecords[records], c)
	}
	for _, records := range order {
		p.partition(byRecords[records])
	}
}

// countIndicators gathers the counts of people of each indicator that is nothing but
// a count, in order of their codes.
func (p *protection) countIndicators() []*counted {
	at := map[string]*counted{}
	var all []*counted
	for k := range p.values[:p.own] {
		v := &p.values[k]
		n := p.rule.People(*v)
		if v.State.Withheld() || v.Sampled() || v.Unit == "percent" || math.IsInf(n, 1) || v.Value != v.Numerator {
			continue
		}
		c := at[v.Code]
		if c == nil {
			c = &counted{code: v.Code, source: p.rule.Source(v.Code), counts: map[string]float64{}, breakdowns: map[string][]string{}}
			at[v.Code], all = c, append(all, c)
		}
		key, breakdown := countKey(v)
		if _, twice := c.counts[key]; !twice {
			c.counts[key] = v.Numerator
			c.breakdowns[breakdown] = append(c.breakdowns[breakdown], key)
			c.total += v.Numerator
		}
	}
	slices.SortFunc(all, func(a, b *counted) int { return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(a.code, b.code)) })
	return all
}

// countKey names the cell of a value, and the breakdown and period it belongs to.
func countKey(v *analysis.Value) (key, breakdown string) {
	placed := strconv.FormatBool(v.Place != "")
	return strings.Join([]string{v.Period.Label, v.Place, v.Group.String()}, "\x00"),
		strings.Join(append([]string{v.Period.Label, placed}, v.Group.Columns()...), "\x00")
}

// partition finds among the counts from one set of records, the largest first, those
// that are sums of two others.
func (p *protection) partition(all []*counted) {
	for k, whole := range all {
		for i := k + 1; i < len(all); i++ {
			for j := i + 1; j < len(all); j++ {
				a, b := all[i], all[j]
				if a.source == b.source || a.source == whole.source || b.source == whole.source || !addUp(whole, a, b) {
					continue
				}
				p.linkParts(whole, a, b)
			}
		}
	}
}

// addUp reports whether two counts add up to a third in every cell that has all
// three, the whole city included, of at least one breakdown.
func addUp(whole, a, b *counted) bool {
	if math.Abs(whole.total-a.total-b.total) > tiny && len(whole.counts) == len(a.counts) && len(a.counts) == len(b.counts) {
		return false
	}
	cells, some := 0, false
	for _, keys := range whole.breakdowns {
		for _, key := range keys {
			x, inA := a.counts[key]
			y, inB := b.counts[key]
			if !inA || !inB {
				continue
			}
			if math.Abs(whole.counts[key]-x-y) > tiny {
				return false
			}
			cells, some = cells+1, some || x > 0 && y > 0
		}
	}
	return cells >= fewestCells && some
}

// linkParts makes two sources groups of a third, unless they are groups of another
// already.
func (p *protection) linkParts(whole, a, b *counted) {
	_, first := p.parts[a.source]
	_, second := p.parts[b.source]
	if root, _ := p.rootOf(whole.source); first || second || root == a.source || root == b.source {
		return
	}
	column := partMark + a.code + partMark + b.code
	for _, x := range []*counted{a, b} {
		p.parts[x.source] = part{whole.source, analysis.Level{Column: column, Value: partMark + x.code}}
		p.countsAs[x.code] = whole.code
	}
}

// rootOf is the source whose rows a source is a group of, itself when of none, with
// the levels that tell the group.
func (p *protection) rootOf(source string) (root string, levels analysis.Group) {
	root = source
	for x, is := p.parts[root]; is; x, is = p.parts[root] {
		root, levels = x.whole, append(levels, x.level)
	}
	return root, levels
}

// countOf is the indicator as part of whose count another's is taken.
func (p *protection) countOf(code string) string {
	for whole, is := p.countsAs[code]; is; whole, is = p.countsAs[code] {
		code = whole
	}
	return code
}
