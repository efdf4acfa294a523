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
	return refinement{l.subject, l.group, l.replicate, bin, sortKey(b.first.value), sortKey(b.last.value)}
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
	type family struct {
		subject int
		group   path
	}
	members := map[family][]int{}
	for k, o := range open {
		f := family{o.subject, o.group}
		members[f] = append(members[f], k)
	}
	limit := max(fewBins, min(mostBins, binBudget/len(open)))
	parts := make([][]*bins, q.rows.Workers())
	for worker := range parts {
		for range open {
			parts[worker] = append(parts[worker], newBins(&limit))
		}
	}
	factor := math.Ldexp(1, q.scale)
	err := q.read(ctx, func(worker int, r *sortable) {
		if r.missing && q.subjects[r.subject].known != nil {
			return
		}
		key := sortKey(r.value)
		for _, k := range members[family{r.subject, r.group}] {
			o := &open[k]
			if w := r.weight(o.replicate); w != 0 && key >= o.low && key <= o.high {
				parts[worker][k].add(mark{r.value, r.First + int64(r.row), w}, fixed(w*factor))
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
