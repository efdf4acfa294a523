package survey

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// subject is a variable whose rows are sorted, by group of a domain.
type subject struct {
	variable, domain string
	by               []string
	known            []string // variables a row must have, or else it does not count
	whole            bool     // every value by itself
	rows             bool     // every row by itself
}

func (s *subject) same(o *subject) bool {
	return s.variable == o.variable && s.domain == o.domain && s.whole == o.whole && s.rows == o.rows &&
		slices.Equal(s.by, o.by) && slices.Equal(s.known, o.known)
}

// ordered is the rows of one group of a subject in order of their values, as far
// as they were told apart. Rows without a value come last.
type ordered struct {
	rows, missing int64    // rows with a weight; those of them without a value or another known variable
	bins          [][]bin  // by replicate (0 is the sample itself)
	spans         [][]span // the same added up; nil where that was not done yet
	marks         [][]mark // by replicate, where the subject wants rows
}

// sorter sorts the rows of subjects. All subjects are read together; a reading
// tells values apart where a quantile falls, until each one asked for is found.
// Memory depends on the number of subjects and groups, not on that of rows,
// except for subjects that want every value or row by itself.
type sorter struct {
	*sample
	subjects []*subject
	groups   []map[path]*ordered // by subject
	scale    int                 // of weights in fixed point
}

// subject returns the number of a subject, a new one if need be.
func (q *sorter) subject(wanted *subject) int {
	k := slices.IndexFunc(q.subjects, wanted.same)
	if k < 0 {
		q.subjects = append(q.subjects, wanted)
		k = len(q.subjects) - 1
	}
	return k
}

// sorting is what one goroutine has sorted so far.
type sorting struct {
	groups [][]*sortingGroup // by subject, as the paths of their by columns were met
	limit  int               // bins of one group
	tables int               // how many groups there are, by replicate
	most   float64           // largest weight
	count  int64
}

type sortingGroup struct {
	group path
	ordered
	tables   []*bins // by replicate
	negative bool    // some weights are: calibrated ones can be
}

// Bounds on bins: of one group, and of all together in one goroutine.
const (
	mostBins  = 1 << 11 // they stay in the processor's cache
	openBins  = 1 << 14 // of a bin that is told apart, which few rows are in
	fewBins   = 1 << 8
	binBudget = 1 << 19
)

// unbounded is the limit of subjects whose values are all told apart.
const unbounded = math.MaxInt

func (q *sorter) newSorting() *sorting {
	return &sorting{limit: mostBins, groups: make([][]*sortingGroup, len(q.subjects))}
}

func (s *sorting) newGroup(q *sorter, of *subject, codes path) *sortingGroup {
	g := &sortingGroup{group: codes}
	limit := &s.limit
	if of.whole {
		limit = new(int)
		*limit = unbounded
	}
	for range 1 + q.replicates.count() {
		g.tables = append(g.tables, newBins(limit))
	}
	g.marks = make([][]mark, len(g.tables))
	s.tables += len(g.tables)
	s.limit = max(fewBins, min(mostBins, binBudget/s.tables))
	return g
}

// sort reads the rows for the first time.
func (q *sorter) sort(ctx context.Context) error {
	q.scale = usualScale
	for {
		all, err := q.sortOnce(ctx)
		if err != nil {
			return err
		}
		scale := scaling(all.most, all.count)
		if scale == q.scale && !q.tellAllApart(all) {
			q.keep(all)
			return nil
		}
		q.scale = scale
	}
}

// tellAllApart makes subjects whole that have negative weights: their sums can
// fall, so that a quantile may lie in any bin. It reports whether there were some
// that have to be sorted again.
func (q *sorter) tellAllApart(all *sorting) bool {
	again := false
	for k, groups := range all.groups {
		for _, g := range groups {
			for _, table := range g.tables {
				if g.negative && table.drop > 0 && !q.subjects[k].whole {
					q.subjects[k].whole, again = true, true
				}
			}
		}
	}
	return again
}

func (q *sorter) sortOnce(ctx context.Context) (*sorting, error) {
	parts := make([]*sorting, q.rows.Workers())
	for k := range parts {
		parts[k] = q.newSorting()
	}
	factor := math.Ldexp(1, q.scale)
	err := q.read(ctx, nil, func(worker int, b *sortables) {
		parts[worker].take(q, b, factor)
	})
	for _, part := range parts[1:] {
		parts[0].merge(q, part)
	}
	return parts[0], err
}

// take adds a block of rows.
func (s *sorting) take(q *sorter, b *sortables, factor float64) {
	wanted, groups := q.subjects[b.subject], s.groups[b.subject]
	for _, codes := range b.paths.all[len(groups):] {
		groups = append(groups, s.newGroup(q, wanted, codes))
	}
	s.groups[b.subject] = groups
	for row, at := range b.groups {
		if at < 0 {
			continue
		}
		g, missing := groups[at], b.missing[row]
		s.count++
		if b.weight(0, row) != 0 {
			g.rows++
			if missing {
				g.missing++
			}
		}
		if missing && (wanted.known != nil || wanted.rows) {
			continue
		}
		s.add(g, binRow{key: sortKey(b.values[row]), row: b.First + int64(row)}, b, row, wanted.rows, factor)
	}
}

// add adds a row to its group, as a mark or to a bin.
func (s *sorting) add(g *sortingGroup, r binRow, b *sortables, row int, mark bool, factor float64) {
	for k, table := range g.tables {
		if r.weight = b.weight(k, row); r.weight == 0 {
			continue
		}
		s.most = max(s.most, math.Abs(r.weight))
		g.negative = g.negative || r.weight < 0
		if mark {
			g.marks[k] = append(g.marks[k], r.mark())
		} else {
			table.add(&r, fixed(r.weight*factor))
		}
	}
}

// merge adds what another goroutine sorted.
func (s *sorting) merge(q *sorter, part *sorting) {
	s.most, s.count = max(s.most, part.most), s.count+part.count
	for k := range part.groups {
		own := map[path]*sortingGroup{}
		for _, g := range s.groups[k] {
			own[g.group] = g
		}
		for _, from := range part.groups[k] {
			to := own[from.group]
			if to == nil {
				to = s.newGroup(q, q.subjects[k], from.group)
				s.groups[k] = append(s.groups[k], to)
			}
			to.rows, to.missing = to.rows+from.rows, to.missing+from.missing
			to.negative = to.negative || from.negative
			for r := range from.tables {
				to.tables[r].merge(from.tables[r])
				to.marks[r] = append(to.marks[r], from.marks[r]...)
			}
		}
	}
}

// keep turns what was sorted into groups in order.
func (q *sorter) keep(all *sorting) {
	q.groups = make([]map[path]*ordered, len(q.subjects))
	for k, groups := range all.groups {
		q.groups[k] = map[path]*ordered{}
		for _, g := range groups {
			for r, table := range g.tables {
				g.bins = append(g.bins, table.sorted())
				slices.SortFunc(g.marks[r], func(a, b mark) int {
					return cmp.Or(cmp.Compare(sortKey(a.value), sortKey(b.value)), cmp.Compare(a.row, b.row))
				})
			}
			g.spans = make([][]span, len(g.bins))
			q.groups[k][g.group] = &g.ordered
		}
	}
}
