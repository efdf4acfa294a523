package main

import (
	"cmp"
	"slices"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// answerTable names the shares that tell how people answered one question. Each
// share has all who answered behind it, but the people in it are those who gave that
// answer: they are counted apart, and the counts never leave the run.
type answerTable struct {
	answers []string // shares, worst answer first
	counts  []string // how many people gave each
	good    string   // share above the middle
	middle  int      // the first answer above it
}

// answeredGroup is how many people of one group gave each answer.
type answeredGroup struct {
	key     string // of the group; "" for everybody
	n       int64
	counts  []int64 // the first are answers outside the scale
	hidden  bool    // each of its answers is withheld
	alone   bool    // the share above the middle is withheld too
	derived bool    // not printed: it follows from the others
}

// takeCounts takes the counts of answers out of the values: by valueKey.
func (w *work) takeCounts() map[string]int64 {
	counts := map[string]int64{}
	var codes []string
	for _, t := range w.answers {
		codes = append(codes, t.counts...)
	}
	for _, t := range w.topics.topics {
		codes = append(codes, t.count)
	}
	for _, code := range codes {
		delete(w.series, code)
	}
	w.evaluated.Values = slices.DeleteFunc(w.evaluated.Values, func(v analysis.Value) bool {
		if !slices.Contains(codes, v.Code) {
			return false
		}
		counts[valueKey(v)] = v.N
		return true
	})
	return counts
}

// protectAnswers withholds all answers of a group of which one was given by a few
// people, and those of as many other groups of the breakdown as it takes that nobody
// can work them out from what everybody answered. What is left of such a group is
// the share above the middle, where enough people stand on either side.
func (w *work) protectAnswers(raw []analysis.Value, counts map[string]int64) {
	least := w.smallestCell()
	if least <= 0 {
		return
	}
	for _, t := range w.answers {
		var everybody map[string]*answeredGroup
		for _, part := range w.breakdownsOf(t.good, raw) {
			rows := make([]*answeredGroup, len(part))
			for k, v := range part {
				rows[k] = w.countAnswers(t, v, counts)
			}
			if len(part[0].Group) == 0 {
				protectRows(rows, t.middle, least, false)
				if everybody == nil {
					everybody = map[string]*answeredGroup{}
				}
				everybody[part[0].Period.Label] = rows[0]
			} else {
				all := everybody[part[0].Period.Label]
				protectRows(rows, t.middle, least, all != nil && !all.hidden)
			}
			for k, row := range rows {
				w.hideAnswers(t, part[k], row)
			}
		}
	}
}

// breakdownsOf gathers the values of a code by period and columns, everybody first.
func (w *work) breakdownsOf(code string, raw []analysis.Value) [][]analysis.Value {
	var all [][]analysis.Value
	for _, v := range raw {
		if v.Code != code {
			continue
		}
		k := slices.IndexFunc(all, func(part []analysis.Value) bool {
			return part[0].Period == v.Period && part[0].Place == v.Place && slices.Equal(part[0].Group.Columns(), v.Group.Columns())
		})
		if k < 0 {
			k, all = len(all), append(all, nil)
		}
		all[k] = append(all[k], v)
	}
	slices.SortStableFunc(all, func(a, b []analysis.Value) int { return cmp.Compare(len(a[0].Group), len(b[0].Group)) })
	return all
}

// countAnswers counts the answers of one group. One that is withheld already stays so.
func (w *work) countAnswers(t answerTable, good analysis.Value, counts map[string]int64) *answeredGroup {
	row := &answeredGroup{key: good.Group.String(), n: good.N, counts: []int64{good.N}}
	row.derived = len(good.Group) > 0 && good.Group[0].Value == notStatedLevel
	of := good
	for _, code := range t.counts {
		of.Code = code
		row.counts = append(row.counts, counts[valueKey(of)])
		row.counts[0] -= counts[valueKey(of)]
	}
	for _, v := range w.evaluated.Values {
		if v.State != analysis.Confidential || v.Period != good.Period || v.Place != good.Place || !slices.Equal(v.Group, good.Group) {
			continue
		}
		row.hidden = row.hidden || v.Code == t.good || slices.Contains(t.answers, v.Code)
		row.alone = row.alone || v.Code == t.good
	}
	return row
}

// few reports whether a number of people is one that must not be told.
func few(n, least int64) bool { return n > 0 && n < least }

// protectRows decides which rows of a breakdown are hidden, given whether the row of
// everybody is told. Where that does not do, nothing is told of sides either.
func protectRows(rows []*answeredGroup, middle int, least int64, total bool) {
	for _, r := range rows {
		small := slices.ContainsFunc(r.counts, func(n int64) bool { return few(n, least) })
		r.hidden = r.hidden || small && !(r.derived && !total)
		bad, good := r.sides(middle)
		r.alone = r.alone || r.hidden && (few(bad, least) || few(good, least))
	}
	if slices.ContainsFunc(rows, func(r *answeredGroup) bool { return r.alone }) {
		tellNoSides(rows)
	}
	for total && !safe(rows, middle, least) {
		if next := smallestTold(rows); next != nil {
			next.hidden, next.alone = true, slices.ContainsFunc(rows, func(r *answeredGroup) bool { return r.alone })
			continue
		}
		if !slices.ContainsFunc(rows, func(r *answeredGroup) bool { return r.hidden && !r.alone }) {
			return // all is hidden
		}
		tellNoSides(rows)
	}
}

// tellNoSides withholds the share above the middle of every hidden row.
func tellNoSides(rows []*answeredGroup) {
	for _, r := range rows {
		r.alone = r.alone || r.hidden
	}
}

// sides counts the answers up to the middle of the scale and those above it.
func (r *answeredGroup) sides(middle int) (bad, good int64) {
	for k, n := range r.counts {
		if k <= middle {
			bad += n
		} else {
			good += n
		}
	}
	return bad, good
}

// smallestTold is the row of fewest people that is not hidden, nil when all are.
func smallestTold(rows []*answeredGroup) *answeredGroup {
	var smallest *answeredGroup
	for _, r := range rows {
		if !r.hidden && (smallest == nil || r.n < smallest.n) {
			smallest = r
		}
	}
	return smallest
}

// safe reports whether of each small count in the hidden rows no narrower interval is
// known than the smallest cell. What is known of them are the sums of each answer,
// from everybody less the rows that are told, and of each row, as a whole or up to
// and above the middle. A count x of a table with such sums lies within
//
//	max(0, row + answer − all) ≤ x ≤ min(row, answer),
//
// and takes both ends. Formula: Dobra and Fienberg, Bounds for cell entries in
// contingency tables given marginal totals, PNAS 97 (2000), 11885.
func safe(rows []*answeredGroup, middle int, least int64) bool {
	hidden := filtered(rows, func(r *answeredGroup) bool { return r.hidden })
	for k := range len(rows[0].counts) {
		var answer, all int64
		for _, r := range hidden {
			answer, all = answer+r.counts[k], all+r.sum(k, middle)
		}
		for _, r := range hidden {
			row := r.sum(k, middle)
			if few(r.counts[k], least) && min(row, answer)-max(0, row+answer-all) < least {
				return false
			}
		}
	}
	return true
}

// sum is what is known of the row that the answer k is part of: all who answered, or
// those on its side of the middle.
func (r *answeredGroup) sum(k, middle int) int64 {
	bad, good := r.sides(middle)
	switch {
	case r.alone:
		return bad + good
	case k <= middle:
		return bad
	}
	return good
}

// hideAnswers withholds the shares of a hidden row, and notes it.
func (w *work) hideAnswers(t answerTable, of analysis.Value, row *answeredGroup) {
	if !row.hidden {
		return
	}
	for k := range w.evaluated.Values {
		v := &w.evaluated.Values[k]
		mine := slices.Contains(t.answers, v.Code) || row.alone && v.Code == t.good
		if !mine || v.State == analysis.Confidential || v.Period != of.Period || v.Place != of.Place || !slices.Equal(v.Group, of.Group) {
			continue
		}
		v.Withhold(analysis.Confidential, "an answer was given by few people, here or in another group")
		v.Flags = nil
		w.withheld = append(w.withheld, disclosure.Entry{Code: v.Code, Period: v.Period.Label, Place: v.Place, Group: v.Group, Why: disclosure.SmallCount, Detail: "answers of a few people"})
	}
}
