package survey

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// lookup asks for a quantile of a group of a subject.
type lookup struct {
	subject   int
	group     path
	replicate int
	rule      quantileRule
	p         float64
}

// refinement is a bin whose values must be told apart.
type refinement struct {
	subject   int
	group     path
	replicate int
	bin       int
	low, high uint64 // sort keys
}

// find returns the quantiles asked for, NaN for a group without rows. It reads
// the rows again as long as one of them falls among values not told apart.
func (q *sorter) find(ctx context.Context, lookups []lookup) ([]float64, error) {
	found := make([]float64, len(lookups))
	for {
		var open []refinement
		for k, l := range lookups {
			var bin int
			if found[k], bin = q.evaluate(l); bin >= 0 {
				open = append(open, q.refinement(l, bin))
			}
		}
		if len(open) == 0 {
			return found, nil
		}
		if err := q.refine(ctx, open); err != nil {
			return nil, err
		}
	}
}

// evaluate applies a rule as far as rows were told apart; bin is the one in the
// way, −1 if none is.
func (q *sorter) evaluate(l lookup) (x float64, bin int) {
	g := q.groups[l.subject][l.group]
	if g == nil {
		return l.rule.at(nil, l.p)
	}
	if q.subjects[l.subject].rows {
		return shahvaish(g.marks[l.replicate], l.p), -1
	}
	if g.spans[l.replicate] == nil {
		g.spans[l.replicate] = spansOf(g.bins[l.replicate], q.scale)
	}
	return l.rule.at(g.spans[l.replicate], l.p)
}

func (q *sorter) refinement(l lookup, bin int) refinement {
	b := q.groups[l.subject][l.group].bins[l.replicate][bin]
	return refinement{l.subject, l.group, l.replicate, bin, b.first.key, b.last.key}
}

func (o refinement) compare(other refinement) int {
	return cmp.Or(
		cmp.Compare(o.subject, other.subject), slices.Compare(o.group[:], other.group[:]),
		cmp.Compare(o.replicate, other.replicate), cmp.Compare(o.bin, other.bin))
}

// refine replaces each of the bins by bins of its values.
func (q *sorter) refine(ctx context.Context, open []refinement) error {
	slices.SortFunc(open, refinement.compare)
	open = slices.Compact(open)
	refined, err := q.split(ctx, open)
	if err != nil {
		return err
	}
	for k, o := range slices.Backward(open) { // so that the numbers of bins below stay
		g := q.groups[o.subject][o.group]
		g.bins[o.replicate] = slices.Replace(g.bins[o.replicate], o.bin, o.bin+1, refined[k].sorted()...)
		g.spans[o.replicate] = nil
	}
	return nil
}

// split reads the rows and sorts those of the bins to be refined.
func (q *sorter) split(ctx context.Context, open []refinement) ([]*bins, error) {
	families := q.families(open)
	limit := max(fewBins, min(openBins, binBudget/len(open)))
	parts := make([][]*bins, q.rows.Workers())
	for worker := range parts {
		for range open {
			parts[worker] = append(parts[worker], newBins(&limit))
		}
	}
	factor := math.Ldexp(1, q.scale)
	err := q.read(ctx, families, func(worker int, b *sortables) {
		f, known := &families[b.subject], q.subjects[b.subject].known != nil
		for row, at := range b.groups {
			if at < 0 || known && b.missing[row] {
				continue
			}
			r := binRow{key: sortKey(b.values[row]), row: b.First + int64(row)}
			for _, k := range f.members(b.paths.all[at]) {
				o := &open[k]
				if r.weight = b.weight(o.replicate, row); r.weight != 0 && r.key >= o.low && r.key <= o.high {
					parts[worker][k].add(&r, fixed(r.weight*factor))
				}
			}
		}
	})
	for _, part := range parts[1:] {
		for k := range part {
			parts[0][k].merge(part[k])
		}
	}
	return parts[0], err
}

// family is the bins of one subject that are to be refined.
type family struct {
	low, high uint64 // the lowest and highest sort key of any
	all       []int  // where there are no groups
	byGroup   map[path][]int
}

func (f *family) members(group path) []int {
	if f.all != nil {
		return f.all
	}
	return f.byGroup[group]
}

func (q *sorter) families(open []refinement) []family {
	families := make([]family, len(q.subjects))
	for k := range families {
		families[k] = family{low: math.MaxUint64, byGroup: map[path][]int{}}
	}
	for k, o := range open {
		f := &families[o.subject]
		f.low, f.high = min(f.low, o.low), max(f.high, o.high)
		f.byGroup[o.group] = append(f.byGroup[o.group], k)
		if o.group == nowhere {
			f.all = f.byGroup[o.group]
		}
	}
	return families
}
