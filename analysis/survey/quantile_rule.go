package survey

import (
	"cmp"
	"math"
	"slices"
)

// mark is one row of a sorted variable.
type mark struct {
	value  float64
	row    int64
	weight float64
}

// span is a run of rows sorted by value and row number: all rows of one value,
// or those of neighbouring values that were not told apart.
type span struct {
	first, last   mark
	before, after float64 // Σ weight of the rows below first, and of those up to last
}

// resolved reports whether all rows of the span have one value.
func (s span) resolved() bool { return sortKey(s.first.value) == sortKey(s.last.value) }

// quantileRule finds a quantile in rows of positive weight sorted by value, as R
// package survey's svyquantile names the rules. With C_k the weight of the first
// k rows, w_k that of row k and W = C_n:
//
//	math, hf1    smallest x_k with C_k ≥ pW
//	school, hf2  the same, and (x_k + x_k+1)/2 where C_k = pW
//	hf3          over distinct values: where C_k = pW, x_k if k is even, else x_k+1
//	hf4 … hf9    linear between the points (C_k−1 + a·w_k, x_k) at p·(W + b·w_n),
//	             hf4 also below the first, the others constant there
//
// A p below the first row's share yields the smallest value under math, the mean
// of the two smallest rows under school, the second smallest value under hf3, as
// svyquantile of version 4.2 and later has it.
type quantileRule struct {
	step string  // math, school, hf3 or shahvaish; "" of linear rules
	a, b float64 // of linear rules
	out  bool    // linear below the first point too
}

// quantileRules holds the rules by name.
var quantileRules = map[string]quantileRule{
	"math": {step: "math"}, "hf1": {step: "math"}, "school": {step: "school"}, "hf2": {step: "school"}, "hf3": {step: "hf3"},
	"hf4": {a: 1, out: true}, "hf5": {a: 0.5}, "hf6": {a: 1, b: 1}, "hf7": {b: -1},
	"hf8": {a: 2. / 3, b: 1. / 3}, "hf9": {a: 5. / 8, b: 1. / 4}, "shahvaish": {step: "shahvaish"},
}

// whole reports whether the rule counts distinct values or rows, so that every
// span must be resolved.
func (r quantileRule) whole() bool { return r.step == "hf3" }

// sameWeight is how far two sums of weights, relative to all weight, may be apart
// and still be equal: weights like 0.1 are rounded, and so are their sums.
const sameWeight = 1e-12

// at returns the p-quantile. Where it lies within a span that must be resolved
// first, it returns that span's number instead of −1. It is NaN for p outside
// [0, 1] and without rows.
func (r quantileRule) at(spans []span, p float64) (x float64, unresolved int) {
	if !(p >= 0 && p <= 1) || len(spans) == 0 {
		return math.NaN(), -1
	}
	if r.step != "" {
		return r.stepAt(spans, p)
	}
	return r.linearAt(spans, p)
}

// stepAt is at for rules that jump from value to value. Calibrated weights can be
// negative and the sums fall: the last row at or below the target counts.
func (r quantileRule) stepAt(spans []span, p float64) (float64, int) {
	all := spans[len(spans)-1].after
	target, same := p*all, sameWeight*all
	k := len(spans) - 1
	for k >= 0 && spans[k].after > target+same {
		k--
	}
	hit := k >= 0 && spans[k].after >= target-same
	if !hit {
		k = min(k+1, len(spans)-1)
	}
	s, next := spans[k], spans[min(k+1, len(spans)-1)].first
	switch {
	case r.step == "school" && k == 0 && target < s.first.weight+same:
		return belowFirst(s, next)
	case r.step == "hf3" && k == 0 && !hit:
		return next.value, -1
	case hit && r.step == "school" && k+1 < len(spans):
		return (s.last.value + next.value) / 2, -1
	case hit && r.step == "hf3" && k%2 == 0 && k+1 < len(spans): // k counts from 0
		return next.value, -1
	case hit || s.resolved():
		return s.last.value, -1
	}
	return 0, k
}

// belowFirst is the mean of the two smallest rows.
func belowFirst(s span, next mark) (float64, int) {
	switch {
	case s.first.row == s.last.row:
		return (s.first.value + next.value) / 2, -1
	case s.resolved():
		return s.first.value, -1
	}
	return 0, 0
}

// linearAt is at for rules that interpolate.
func (r quantileRule) linearAt(spans []span, p float64) (float64, int) {
	top := spans[len(spans)-1]
	u := p * (top.after + r.b*top.last.weight)
	high := func(s span) float64 { return s.after - (1-r.a)*s.last.weight }
	low := func(s span) float64 { return s.before + r.a*s.first.weight }
	k, _ := slices.BinarySearchFunc(spans, u, func(s span, u float64) int { return cmp.Compare(high(s), u) })
	if k == len(spans) {
		return top.last.value, -1
	}
	s := spans[k]
	switch {
	case u >= low(s) && s.resolved():
		return s.first.value, -1
	case u >= low(s):
		return 0, k
	case k > 0:
		below := spans[k-1]
		return between(high(below), below.last.value, low(s), s.first.value, u), -1
	case !r.out || s.resolved() && s.first.row != s.last.row || len(spans) == 1 && s.resolved():
		return s.first.value, -1
	case s.first.row != s.last.row:
		return 0, 0
	}
	return between(low(s), s.first.value, low(spans[1]), spans[1].first.value, u), -1
}

// between is the line through (u0, x0) and (u1, x1) at u.
func between(u0, x0, u1, x1, u float64) float64 {
	return x0 + (x1-x0)*((u-u0)/(u1-u0))
}

// shahvaish returns the p-quantile of rows sorted by value and row number: with
// w̄ the mean weight and S_k = Σ_{j≤k} w_j/w̄, the value of the row with the
// largest (S_k + ½ − w_k/2)/(n + 1) ≤ p, the lowest where none is. Rows that tie
// count with their mean. R package survey, qrule "shahvaish".
func shahvaish(rows []mark, p float64) float64 {
	if !(p >= 0 && p <= 1) || len(rows) == 0 {
		return math.NaN()
	}
	n, all := float64(len(rows)), 0.0
	for _, m := range rows {
		all += m.weight
	}
	type point struct{ at, value float64 }
	points, sum := make([]point, len(rows)), 0.0
	for k, m := range rows {
		sum += m.weight / (all / n)
		points[k] = point{(sum + 0.5 - m.weight/2) / (n + 1), m.value}
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.at, b.at) })
	to, _ := slices.BinarySearchFunc(points, p, func(a point, p float64) int {
		if a.at <= p {
			return -1
		}
		return 1
	})
	at := points[max(to, 1)-1].at
	var total, ties float64
	for _, q := range points {
		if q.at == at {
			total, ties = total+q.value, ties+1
		}
	}
	return total / ties
}
