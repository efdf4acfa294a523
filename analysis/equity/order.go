package equity

import (
	"cmp"
	"fmt"
	"slices"

	"pediment/analysis"
)

// backwards reports whether the worse placed are better off by more than chance, or,
// without sampling error, by what counts.
func (s *sheet) backwards(e estimate) bool {
	return s.judged && e.value < 0 && (e.clear() || s.cov == nil && -e.value >= material*s.mean)
}

// checkOrder asks about an order that looks as if it were written from the best
// placed to the worst.
func (s *sheet) checkOrder(e estimate) string {
	if s.backwards(e) {
		return " (check the order in equity: ordered)"
	}
	return ""
}

// warnOrders asks about each order along which the worse placed are better off in more
// indicators than the better placed are.
func warnOrders(latest []*study, result *analysis.Result) {
	type count struct {
		by                  string
		backwards, compared int
	}
	var counts []*count
	for _, s := range latest {
		slope, ok := s.found("sii")
		if !ok || !s.judged {
			continue
		}
		at := slices.IndexFunc(counts, func(c *count) bool { return c.by == s.by() })
		if at < 0 {
			at, counts = len(counts), append(counts, &count{by: s.by()})
		}
		turned := slope.estimate
		turned.value = -turned.value
		switch {
		case s.backwards(slope.estimate):
			counts[at].backwards++
			counts[at].compared++
		case s.backwards(turned):
			counts[at].compared++
		}
	}
	slices.SortFunc(counts, func(a, b *count) int { return cmp.Compare(a.by, b.by) })
	for _, c := range counts {
		if 2*c.backwards > c.compared {
			result.Warn("equity", fmt.Sprintf("by %s: where indicators differ along the order the worse placed are better off in %d of %d (check the order in equity: ordered)", c.by, c.backwards, c.compared))
		}
	}
}
