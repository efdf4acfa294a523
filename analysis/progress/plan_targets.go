package progress

import (
	"math"
	"slices"
	"strconv"
)

// targets reads the targets by period; increments are added up.
func (r *reader) targets(w measureFile, m Measure, at string) []Target {
	var out []Target
	for _, t := range w.Targets {
		one := Target{
			At: t.At, Period: r.period(t.Period, at+": targets"), Source: t.Source,
			Value: number(t.Value), Low: number(t.Low), High: number(t.High), Increment: number(t.Increment),
		}
		if t.Period.Value == "" {
			r.fail(t.At, "add period: by when it is to be reached", "%s: targets: one has no period", at)
			continue
		}
		r.shapeOf(&one, m, at)
		if !one.Period.IsZero() {
			out = append(out, one)
		}
	}
	slices.SortStableFunc(out, func(a, b Target) int { return a.Period.Compare(b.Period) })
	for k := 1; k < len(out); k++ {
		if out[k].Period == out[k-1].Period {
			r.fail(out[k].At, "keep one of the two", "%s: targets: %s is given twice", at, out[k].Period.Label)
		}
	}
	r.addUp(out, m, at)
	return out
}

// shapeOf checks that a target says what its direction needs, and completes it.
func (r *reader) shapeOf(t *Target, m Measure, at string) {
	value, low, high, increment := !math.IsNaN(t.Value), !math.IsNaN(t.Low), !math.IsNaN(t.High), !math.IsNaN(t.Increment)
	label := t.Period.Label
	switch {
	case m.Direction == InRange && (value || increment || !low && !high):
		r.fail(t.At, "write low, high or both, and nothing else", "%s: targets: %s: a range needs low or high", at, label)
	case m.Direction == InRange:
		if !low {
			t.Low = math.Inf(-1)
		}
		if !high {
			t.High = math.Inf(1)
		}
		if t.Low >= t.High {
			r.fail(t.At, "write the smaller number under low; for a single number use direction: value", "%s: targets: %s: low %g is not below high %g", at, label, t.Low, t.High)
		}
	case low || high:
		r.fail(t.At, "write direction: range, or one value", "%s: targets: %s: low and high belong to a range", at, label)
	case m.Direction == Parity && (increment || value && t.Value != 1):
		r.fail(t.At, "leave value out: parity is a ratio of 1; tolerance says what is near enough", "%s: targets: %s: parity takes no other value", at, label)
	case m.Direction == Parity:
		t.Value = 1
	case value == increment:
		r.fail(t.At, "write the value to be reached, or the increment of the period", "%s: targets: %s needs either value or increment", at, label)
	case increment && m.Direction != Up && m.Direction != Down:
		r.fail(t.At, "write value: the number to be reached", "%s: targets: %s: an increment needs a direction up or down", at, label)
	}
}

// addUp turns increments into the levels they lead to: from the baseline's value,
// or from what was counted before.
//
//	C_k = C_0 + Σ_{j ≤ k} I_j
func (r *reader) addUp(list []Target, m Measure, at string) {
	given := 0
	for _, t := range list {
		if !math.IsNaN(t.Increment) {
			given++
		}
	}
	switch {
	case given == 0:
		return
	case given < len(list):
		r.fail(list[0].At, "give all targets of a measure the same way", "%s: targets: some are values, some increments", at)
		return
	case math.IsNaN(m.Baseline.Value):
		r.fail(m.Baseline.At, "add value to the baseline, which the increments are added to", "%s: increments need a baseline with a value", at)
		return
	}
	level, before := m.Baseline.Value, m.Baseline.Period
	for k := range list {
		t := &list[k]
		if !before.IsZero() && t.Period.Start.After(before.End) {
			r.fail(t.At, "give every period an increment, 0 where there is none", "%s: targets: nothing is said about the time between %s and %s", at, before.Label, t.Period.Label)
		}
		level += t.Increment
		t.Value, before = level, t.Period
	}
}

// checkNumbers looks for numbers of the measure that cannot be meant.
func (r *reader) checkNumbers(m Measure, at string) {
	if m.Error < 0 || m.Error >= 1 {
		r.fail(m.At, "write it as a share of the value: 0.02 is 2 percent", "%s: error: %g is not between 0 and 1", at, m.Error)
	}
	if m.Tolerance < 0 {
		r.fail(m.At, "write how far from the target is near enough", "%s: tolerance is %g", at, m.Tolerance)
	}
	if !math.IsNaN(m.Tolerance) && m.Direction != ToValue && m.Direction != Parity {
		r.fail(m.At, "leave it out", "%s: tolerance belongs to direction value or parity", at)
	}
	if !math.IsNaN(m.Limit) && m.Direction != Up && m.Direction != Down {
		r.fail(m.At, "leave it out", "%s: limit belongs to direction up or down", at)
	}
	if len(m.To) > 0 && m.Direction != Parity {
		r.fail(m.At, "write direction: parity, or leave to out", "%s: to names a group to be alike with, which only parity has", at)
	}
	if len(m.To) > 0 && !slices.Equal(m.Group.Columns(), m.To.Columns()) {
		r.fail(m.At, "write both with the same columns, as in group: {sex: female} and to: {sex: male}", "%s: group and to name different columns", at)
	}
	if m.Cumulative && m.Direction != Up && m.Direction != Down {
		r.fail(m.At, "leave cumulative out, or write direction: up", "%s: what is counted up has a direction up or down", at)
	}
}

// checkTargets looks for targets at the wrong time or in the wrong direction.
func (r *reader) checkTargets(m Measure, plan *Plan, at string) {
	base := m.Baseline.Period
	level, from := m.Baseline.Value, "the baseline"
	for _, t := range m.Targets {
		switch {
		case base.IsZero():
		case !t.Period.Start.After(base.Start) || t.Period.End.Before(base.End):
			r.fail(t.At, "a target lies after the baseline", "%s: targets: %s is not after the baseline %s", at, t.Period.Label, base.Label)
			continue
		case !m.Cumulative && !t.Period.Comparable(base):
			r.fail(t.At, "write both as the indicator's periods, as in 2021/22 and 2030/31", "%s: targets: %s and the baseline %s are periods of different length or season", at, t.Period.Label, base.Label)
		}
		if !plan.To.IsZero() && t.Period.Start.After(plan.To.End) {
			r.fail(t.At, "move to: or the target", "%s: targets: %s is after the end of the plan, %s", at, t.Period.Label, plan.To.Label)
		}
		r.checkWay(t, level, from, m, at)
		if !math.IsNaN(t.Value) {
			level, from = t.Value, t.Period.Label
		}
	}
	if m.Path == GeometricPath && m.Direction != InRange && crossesZero(m) {
		r.fail(m.At, "write path: linear", "%s: a geometric path needs a baseline and targets above zero", at)
	}
}

// checkWay checks that a target lies on the way from what is before it, and within
// the limit.
func (r *reader) checkWay(t Target, level float64, from string, m Measure, at string) {
	sign, word, beyond := 1.0, "below", "above"
	if m.Direction == Down {
		sign, word, beyond = -1, "above", "below"
	}
	if m.Direction != Up && m.Direction != Down {
		return
	}
	if sign*(t.Value-level) < 0 {
		r.fail(t.At, "turn the direction round or mend the number", "%s: targets: %s: %s lies %s %s, %s, but the direction is %s", at, t.Period.Label, plain(t.Value), word, from, plain(level), m.Direction)
	}
	if sign*(t.Value-m.Limit) > 0 {
		r.fail(t.At, "the limit is the furthest an indicator can go", "%s: targets: %s: %s lies %s the limit %s", at, t.Period.Label, plain(t.Value), beyond, plain(m.Limit))
	}
}

// crossesZero reports whether the way has a point that is not above zero.
func crossesZero(m Measure) bool {
	at := func(x float64) bool { return x <= 0 }
	return at(m.Baseline.Value) || slices.ContainsFunc(m.Targets, func(t Target) bool { return at(t.Value) })
}

// plain writes a number as a person would type it.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
