package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// stayPublished repeats the last publication of all that is made from records of
// people of which, in a period, a few came or went since: one decision for them all,
// so that none tells where.
func (w *work) stayPublished(computed []analysis.Value) {
	if w.app.edition != disclosure.Public || len(w.ledger.earlier) == 0 {
		return
	}
	last := map[string]analysis.Value{}
	for _, v := range w.ledger.values() {
		last[valueKey(v)] = v
	}
	records := w.records()
	few := w.changedByFew(computed, last, records)
	entries := map[string]disclosure.Entry{}
	for _, e := range w.withheld {
		entries[entryKey(e.Code, e.Period, e.Place, e.Group)] = e
	}
	for k := range w.evaluated.Values {
		v := &w.evaluated.Values[k]
		said, known := last[valueKey(*v)]
		if !known || said.Definition != v.Definition || !w.touches(few, records, *v) {
			continue
		}
		if sameShown(said, *v) {
			continue
		}
		v.Estimate, v.Numerator, v.Denominator, v.State = said.Estimate, said.Numerator, said.Denominator, said.State
		v.Reason = reasonOf(w.evaluated.Values, *v)
		entries[valueKey(*v)] = disclosure.Entry{Code: v.Code, Period: v.Period.Label, Place: v.Place, Group: v.Group, Why: disclosure.Frozen, Detail: "a few of its records came or went since"}
	}
	w.withheld = logOf(w.evaluated.Values, entries)
}

// reasonOf is what other values of the indicator in the same state give as theirs.
func reasonOf(values []analysis.Value, v analysis.Value) string {
	for _, other := range values {
		if other.Code == v.Code && other.State == v.State && v.State.Withheld() && other.Reason != "" {
			return other.Reason
		}
	}
	switch v.State {
	case analysis.Confidential:
		return "withheld to protect those behind it"
	case analysis.Missing:
		return "no row meets the condition here"
	}
	return ""
}

// sameShown reports whether two values read the same.
func sameShown(a, b analysis.Value) bool {
	if a.State.Withheld() || b.State.Withheld() {
		return a.State == b.State
	}
	same := func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }
	return same(a.Value, b.Value) && same(a.Numerator, b.Numerator) && same(a.Denominator, b.Denominator) && a.N == b.N
}

// touches reports whether a value is made from records and a period among those
// given, by its numerator or its denominator.
func (w *work) touches(few map[string]bool, records func(string) string, v analysis.Value) bool {
	return few[records(v.Code)+"\x00"+v.Period.Label] || few[records(v.Code+denominatorMark)+"\x00"+v.Period.Label]
}

// changedByFew finds the records and periods of which the whole city's count, that of
// the indicator with the most rows, differs by a few from what was published last.
func (w *work) changedByFew(computed []analysis.Value, last map[string]analysis.Value, records func(string) string) map[string]bool {
	most, few := map[string]int64{}, map[string]bool{}
	for _, v := range computed {
		from := records(v.Code)
		said, known := last[valueKey(v)]
		if from == "" || v.Place != "" || len(v.Group) > 0 || v.State.Withheld() || !known || said.State.Withheld() {
			continue
		}
		key := from + "\x00" + v.Period.Label
		if v.N <= most[key] {
			continue
		}
		change := math.Abs(float64(v.N - said.N))
		most[key], few[key] = v.N, change > 0 && change < float64(w.smallestCell())
	}
	return few
}

// noteFrozen takes from single values the mark that they are as published, which
// would point at those a few records came to, and says so once for the indicator.
func (w *work) noteFrozen() {
	for k := range w.evaluated.Values {
		v := &w.evaluated.Values[k]
		v.Flags = slices.DeleteFunc(slices.Clone(v.Flags), func(f string) bool { return strings.HasPrefix(f, "as published before") })
	}
	noted := map[string]bool{}
	for _, e := range w.withheld {
		if e.Why == disclosure.Frozen && !noted[e.Code] {
			noted[e.Code] = true
			text := fmt.Sprintf("some figures are as published before: fewer than %d later records will count when more have come", w.smallestCell())
			w.evaluated.Warnings = append(w.evaluated.Warnings, analysis.Warning{About: e.Code, Text: text})
		}
	}
}
