package main

import (
	"fmt"
	"math"
	"slices"

	"pediment/analysis"
	"pediment/analysis/disclosure"
)

// A cell without rows says as much as one with a few: that of the only person of a
// group nothing is missing. Where another indicator about the same records counts
// a few people there, it is a count of nobody that must not be found out either.

// recordsOf maps indicators to the records of people they are made from; others
// are not there. counts are those among them that count and add up.
func (w *work) recordsOf() (records map[string]string, counts map[string]bool) {
	kinds := map[string]string{}
	for _, r := range w.relations {
		kinds[r.Name] = r.Kind
	}
	records, counts = map[string]string{}, map[string]bool{}
	for _, c := range w.evaluated.Coverage {
		if len(c.Sources) > 0 && (kinds[c.Sources[0]] == "survey" || kinds[c.Sources[0]] == "participation") {
			records[c.Indicator.Code] = c.Sources[0]
			counts[c.Indicator.Code] = c.Indicator.Denominator == nil && c.Indicator.Kind != "mean" && c.Indicator.Kind != "score"
		}
	}
	return records, counts
}

// records answers from which records of people an indicator is made, a denominator
// of its own included; "" for none.
func (w *work) records() func(code string) string {
	records, _ := w.recordsOf()
	for _, c := range w.evaluated.Coverage {
		if relation, kind := w.denominatorOf(c); kind == "participation" {
			records[c.Indicator.Code+denominatorMark] = relation
		}
	}
	return func(code string) string { return records[code] }
}

// isEmpty reports whether a value of a place or group is missing because no row is
// there, though the city as a whole has some.
func isEmpty(v analysis.Value, counted map[string]bool) bool {
	return v.State == analysis.Missing && v.N == 0 && v.Missing == 0 && (v.Place != "" || len(v.Group) > 0) && counted[v.Code+"\x00"+v.Period.Label]
}

// countedYears are the indicators and periods of which the whole city has a number.
func countedYears(values []analysis.Value) map[string]bool {
	counted := map[string]bool{}
	for _, v := range values {
		if v.Place == "" && len(v.Group) == 0 && v.State != analysis.Missing {
			counted[v.Code+"\x00"+v.Period.Label] = true
		}
	}
	return counted
}

// cellKey is the cell of some records a value stands for.
func cellKey(records string, v analysis.Value) string {
	return entryKey(records, v.Period.Label, v.Place, v.Group)
}

// withZeros returns the values with counts of nobody in place of cells without
// rows, and which these are.
func (w *work) withZeros(values []analysis.Value) (all []analysis.Value, empty []int) {
	records, counts := w.recordsOf()
	counted := countedYears(values)
	all = slices.Clone(values)
	for k := range all {
		v := &all[k]
		if records[v.Code] == "" || !counts[v.Code] || !isEmpty(*v, counted) {
			continue
		}
		v.State, v.Reason, v.Value, v.Numerator = "", "", 0, 0
		empty = append(empty, k)
	}
	return all, empty
}

// besideFew finds the counts of nobody in cells where another indicator about the
// same records counts a few people.
func (w *work) besideFew(people func(analysis.Value) float64) map[string]bool {
	records, _ := w.recordsOf()
	few := map[string]bool{}
	for _, v := range w.evaluated.Values {
		if n := people(v); records[v.Code] != "" && !v.State.Withheld() && n > 0 && n < float64(w.smallestCell()) {
			few[cellKey(records[v.Code], v)] = true
		}
	}
	all, empty := w.withZeros(w.evaluated.Values)
	beside := map[string]bool{}
	for _, k := range empty {
		if few[cellKey(records[all[k].Code], all[k])] {
			beside[valueKey(all[k])] = true
		}
	}
	return beside
}

// withholdEmpty withholds the cells without rows of which another indicator about
// the same records is withheld, or all where the city withholds zeros, in the words
// of the others; it returns them as entries of the log.
func (w *work) withholdEmpty(values []analysis.Value) (log disclosure.Log) {
	records, _ := w.recordsOf()
	counted := countedYears(values)
	reasons, cells := map[string]string{}, map[string]string{}
	for _, v := range values {
		if v.State == analysis.Confidential && records[v.Code] != "" {
			reasons[v.Code], cells[cellKey(records[v.Code], v)] = v.Reason, v.Reason
		}
	}
	for k := range values {
		v := &values[k]
		beside, found := cells[cellKey(records[v.Code], *v)]
		if records[v.Code] == "" || !isEmpty(*v, counted) || !found && w.project.settings.Privacy.Zeros.Value != "withhold" {
			continue
		}
		words := fmt.Sprintf("fewer than %d people, here or in a group that subtraction would give away", w.smallestCell())
		if found {
			words = beside
		}
		if own := reasons[v.Code]; own != "" {
			words = own
		}
		v.Withhold(analysis.Confidential, words)
		v.Numerator, v.Denominator, v.Flags = math.NaN(), math.NaN(), nil
		log = append(log, disclosure.Entry{Code: v.Code, Period: v.Period.Label, Place: v.Place, Group: v.Group, Why: disclosure.Complementary, Detail: "no row; another indicator about the same people is withheld here"})
	}
	return log
}
