package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/indicators"
)

// denominatorMark follows the code of an indicator in that of what its denominator
// counts.
const denominatorMark = "\x00denominator"

// denominatorOf names the relation of an indicator's denominator, where that needs
// protection of its own: people in records other than the numerator's, or amounts
// whose contributors are known.
func (w *work) denominatorOf(c indicators.Coverage) (relation string, kind string) {
	if c.Indicator.Denominator == nil || len(c.Sources) == 0 {
		return "", ""
	}
	relation = c.Sources[len(c.Sources)-1]
	for _, r := range w.relations {
		if r.Name != relation {
			continue
		}
		switch {
		case len(c.Sources) > 1 && (r.Kind == "survey" || r.Kind == "participation"):
			return relation, r.Kind
		case w.contributors()[relation] != "" && c.Indicator.Denominator.Value.Value != "":
			return relation, "money"
		}
	}
	return "", ""
}

// contributors maps relations to the column that names who gave an amount.
func (w *work) contributors() map[string]string {
	columns := map[string]string{}
	for _, d := range w.project.datasets {
		if column := w.project.settings.Privacy.Contributors[d.Name].Value; column != "" {
			columns[d.Name], columns[d.Relation()] = column, column
		}
	}
	return columns
}

// protectedDenominators lists the codes whose denominators are protected, with what
// these count.
func (w *work) protectedDenominators() map[string]string {
	kinds := map[string]string{}
	for _, c := range w.evaluated.Coverage {
		if relation, kind := w.denominatorOf(c); relation != "" {
			kinds[c.Indicator.Code] = kind
		}
	}
	return kinds
}

// withDenominators adds behind the values what the denominators of some of them
// count, each as a value of its own; of says which value each belongs to.
func withDenominators(values []analysis.Value, kinds map[string]string) (all []analysis.Value, of []int) {
	all = slices.Clone(values)
	for k, v := range values {
		if kinds[v.Code] == "" || v.State != analysis.Confidential && (v.State.Withheld() || math.IsNaN(v.Denominator)) {
			continue
		}
		d := analysis.Value{
			Code: v.Code + denominatorMark, Name: v.Name, Period: v.Period, Place: v.Place, Group: v.Group,
			Estimate: analysis.Unknown(), Numerator: v.Denominator, Denominator: math.NaN(), Definition: v.Definition,
		}
		d.Value = v.Denominator
		if v.State == analysis.Confidential {
			d.State = analysis.Confidential
		} else {
			d.N = int64(v.Denominator)
		}
		all, of = append(all, d), append(of, k)
	}
	return all, of
}

// protect decides about values, denominators and cells without rows together: a
// value is shown when both of its terms may be.
func (w *work) protect(rule disclosure.Rule) ([]analysis.Value, disclosure.Log) {
	values, empty := w.withZeros(w.evaluated.Values)
	all, of := withDenominators(values, w.protectedDenominators())
	protected, log := disclosure.Protect(all, rule)
	entries := map[string]disclosure.Entry{}
	for _, e := range log {
		entries[entryKey(e.Code, e.Period, e.Place, e.Group)] = e
	}
	for k, at := range of {
		d := protected[len(values)+k]
		e, changed := entries[entryKey(d.Code, d.Period.Label, d.Place, d.Group)]
		if !changed {
			continue
		}
		e.Code, e.Detail = protected[at].Code, "denominator: "+e.Detail
		key := entryKey(e.Code, e.Period, e.Place, e.Group)
		if _, noted := entries[key]; !noted {
			entries[key] = e
		}
		w.takeDenominator(&protected[at], &d, values[at].Denominator)
	}
	protected = protected[:len(values):len(values)]
	for _, k := range empty {
		if protected[k].State != analysis.Confidential {
			protected[k] = w.evaluated.Values[k]
		}
	}
	for _, e := range w.withholdEmpty(protected) {
		entries[entryKey(e.Code, e.Period, e.Place, e.Group)] = e
	}
	return oneReason(protected), logOf(values, entries)
}

// takeDenominator makes of a value what became of its denominator.
func (w *work) takeDenominator(v, d *analysis.Value, was float64) {
	switch {
	case v.State == analysis.Confidential:
	case d.State == analysis.Confidential:
		v.Withhold(analysis.Confidential, d.Reason)
		v.Flags = nil
	case d.Numerator == 0 || math.IsNaN(d.Numerator):
		v.Withhold(analysis.Confidential, "too few people behind it")
		v.Flags = nil
	default: // rounded, or as published
		if published, known := w.lastPublished(*v); known && published.Denominator == d.Numerator {
			v.Estimate, v.Numerator, v.Denominator = published.Estimate, published.Numerator, published.Denominator
		} else {
			v.Value *= was / d.Numerator
			v.Denominator = d.Numerator
		}
		v.Flags = slices.Clone(d.Flags)
	}
}

// lastPublished is what was said of a value last.
func (w *work) lastPublished(v analysis.Value) (last analysis.Value, known bool) {
	for _, said := range w.ledger.values() {
		if valueKey(said) == valueKey(v) && !said.State.Withheld() {
			last, known = said, true
		}
	}
	return last, known
}

// oneReason lets all withheld values of an indicator read the same, whichever of
// its terms they are withheld for.
func oneReason(values []analysis.Value) []analysis.Value {
	reasons := map[string]string{}
	for _, v := range values {
		if v.State == analysis.Confidential {
			switch reasons[v.Code] {
			case "", v.Reason:
				reasons[v.Code] = v.Reason
			default:
				reasons[v.Code] = "withheld to protect those behind it"
			}
		}
	}
	for k := range values {
		if values[k].State == analysis.Confidential {
			values[k].Reason = reasons[values[k].Code]
		}
	}
	return values
}

// logOf lists the entries of values, in their order.
func logOf(values []analysis.Value, entries map[string]disclosure.Entry) (log disclosure.Log) {
	for _, v := range values {
		key := entryKey(v.Code, v.Period.Label, v.Place, v.Group)
		if e, noted := entries[key]; noted {
			log = append(log, e)
			delete(entries, key)
		}
	}
	return log
}

func entryKey(code, period, place string, group analysis.Group) string {
	return strings.Join([]string{code, period, place, group.String()}, "\x00")
}

// denominatorRows names the rows a denominator counts, as rowsOf does.
func (w *work) denominatorRows(c indicators.Coverage) string {
	relation, _ := w.denominatorOf(c)
	return strings.Join([]string{relation, c.Indicator.Population.Value, c.Indicator.Denominator.Where.Value}, "\x00")
}

// withDenominatorTotals adds to a catalogue the totals that denominators are.
func (w *work) withDenominatorTotals(catalogue indicators.Catalogue) indicators.Catalogue {
	catalogue.Indicators = slices.Clone(catalogue.Indicators)
	for _, c := range w.evaluated.Coverage {
		relation, _ := w.denominatorOf(c)
		if relation == "" {
			continue
		}
		total := c.Indicator
		total.Code, total.Kind, total.Numerator, total.Denominator = fmt.Sprint(total.Code, denominatorMark), "total", *total.Denominator, nil
		if total.Numerator.Dataset == "" {
			total.Numerator.Dataset = c.Indicator.Numerator.Dataset
		}
		catalogue.Indicators = append(catalogue.Indicators, total)
	}
	return catalogue
}
