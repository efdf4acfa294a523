package indicators

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
)

var nan = math.NaN()

// key names one number to be made: a by-set, a group in it, a reporting period.
type key struct {
	set           int
	group, period string
}

// gathered is a scan's cells by reporting period and group.
type gathered struct {
	reporting
	relation analysis.Relation
	sets     [][]string
	cells    map[key][]cell // one a part of the period
	levels   map[key][]string
	order    []key
}

// gather runs the scan and sorts its cells by what they are parts of.
func (s scan) gather(ctx context.Context, q analysis.Querier) (*gathered, error) {
	cells, err := s.run(ctx, q)
	if err != nil {
		return nil, err
	}
	var labels []string
	for _, c := range cells {
		if !slices.Contains(labels, c.period) {
			labels = append(labels, c.period)
		}
	}
	rep, err := s.reportingOf(s.relation, labels)
	if err != nil {
		return nil, err
	}
	g := &gathered{reporting: rep, relation: s.relation, sets: s.sets, cells: map[key][]cell{}, levels: map[key][]string{}}
	for _, c := range cells {
		g.add(c)
	}
	return g, nil
}

func (g *gathered) add(c cell) {
	k := key{c.set, strings.Join(c.levels, "\x00"), g.of[c.period].Label}
	if _, known := g.cells[k]; !known {
		g.order = append(g.order, k)
		g.levels[k] = c.levels
	}
	g.cells[k] = append(g.cells[k], c)
}

// part is an item's totals in one number, gathered over the period's parts.
type part struct {
	totals
	present bool // there are rows at all, matching or not
}

// total gathers item k of a number: y by one time rule, x by another.
func (g *gathered) total(at key, k int, yRule, xRule string) part {
	var p part
	ys, xs := map[string]float64{}, map[string]float64{}
	for _, c := range g.cells[at] {
		t := c.items[k]
		ys[c.period] += t.y
		xs[c.period] += t.x
		p.n += t.n
		p.missing += t.missing
		p.outside += t.outside
		p.matched += t.matched
		p.present = true
	}
	if p.present {
		p.y, p.x = g.apply(yRule, at.period, ys), g.apply(xRule, at.period, xs)
	}
	return p
}

// groups lists the numbers of a by-set in one period, in level order.
func (g *gathered) groups(set int, period string) []key {
	var found []key
	for _, k := range g.order {
		if k.set == set && k.period == period {
			found = append(found, k)
		}
	}
	slices.SortFunc(found, func(a, b key) int { return strings.Compare(a.group, b.group) })
	return found
}

// setIndex finds the by-set with the columns, in whatever order they stand.
func (g *gathered) setIndex(columns []string) int {
	return slices.IndexFunc(g.sets, func(set []string) bool { return slices.Equal(set, columns) })
}

// stockRows makes a register with opening and closing days a yearly stock: what
// was there at the end of each year.
func stockRows(r analysis.Relation, years []analysis.Period) string {
	values := make([]string, len(years))
	for k, year := range years {
		values[k] = fmt.Sprintf("(%s, DATE %s)", analysis.Literal(year.Label), analysis.Literal(year.End.Format("2006-01-02")))
	}
	on := "TRUE"
	if r.Has("opened") {
		on += " AND (opened IS NULL OR opened < year_end)"
	}
	if r.Has("closed") {
		on += " AND (closed IS NULL OR closed >= year_end)"
	}
	return fmt.Sprintf("(SELECT * FROM %s JOIN (VALUES %s) AS years(period, year_end) ON %s)", analysis.Quote(r.Name), strings.Join(values, ", "), on)
}
