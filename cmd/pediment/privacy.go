package main

import (
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

// privacy adds the chapter "What was withheld and why" to a report in which
// anything was.
func (w *work) privacy(ctx context.Context) error {
	result, err := w.auditDisclosure(ctx)
	if err == nil && len(tableOf(result, "withheld").Rows) == 0 && len(w.withheld) == 0 {
		return nil
	}
	name := chapterName{reports.Quality, "disclosure", "What was withheld and why", nil}
	return w.chapterOf(name, []string{"withheld"}, result, err)
}

// auditDisclosure tells what was withheld: to the public that it was, to the
// internal edition also why.
func (w *work) auditDisclosure(ctx context.Context) (analysis.Result, error) {
	if err := w.measured(ctx); err != nil {
		return analysis.Result{}, err
	}
	log := w.withheld.Table(disclosure.Public)
	if w.app.edition != disclosure.Public {
		log = w.withheld.Table(disclosure.Internal)
	}
	log.Name = "suppressed"
	result := analysis.Result{
		Title:  "What was withheld in " + w.project.settings.City + w.editionTitle(),
		Tables: []analysis.Table{w.privacyFindings(), w.withheldTable(), log},
	}
	if t := w.differences(); len(t.Rows) > 0 {
		result.Tables = append(result.Tables, t)
	}
	return result, nil
}

// privacyFindings says in sentences what a reader must know of what is not there.
func (w *work) privacyFindings() analysis.Table {
	t := analysis.Table{Name: "findings", Columns: columns("about", "text")}
	say := func(about, format string, args ...any) {
		t.Rows = append(t.Rows, []any{about, fmt.Sprintf(format, args...)})
	}
	confidential, unreliable := w.inState(analysis.Confidential), w.inState(analysis.Unreliable)
	all := len(w.evaluated.Values)
	if confidential == 0 {
		say("confidential", "None of the %d values had to be withheld to protect people.", all)
	} else {
		say("confidential", "%d of %d values are withheld to protect people: fewer than %d stand behind them, or they would give such a group away by subtraction.", confidential, all, w.smallestCell())
	}
	if unreliable > 0 {
		say("unreliable", "%d of %d values are not shown because too few answers stand behind them or they are too uncertain; nobody could be recognised, but nobody could rely on them either.", unreliable, all)
	}
	if n := w.because(disclosure.Frozen); n > 0 {
		say("publications", "%d values are shown as they were published, since the difference to what the data say now would tell of a few people.", n)
	}
	if n := w.because(disclosure.Rounded); n > 0 {
		say("rounded", "%d values are made from counts rounded to multiples of %d.", n, w.project.settings.Privacy.round())
	}
	if w.app.edition == disclosure.Public {
		say("reasons", "The reason reads the same for every withheld value, so that it does not tell a small group from one that protects it.")
		return t
	}
	for _, cause := range []disclosure.Why{disclosure.SmallCount, disclosure.AllOrNone, disclosure.Dominated, disclosure.PRule, disclosure.Complementary, disclosure.Differencing} {
		if n := w.because(cause); n > 0 {
			say("reasons", "%s: %s.", sentenceCase(string(cause)), valueCount(n))
		}
	}
	return t
}

func valueCount(n int) string {
	if n == 1 {
		return "1 value"
	}
	return fmt.Sprintf("%d values", n)
}

// inState counts the values in a state.
func (w *work) inState(state analysis.State) (n int) {
	for _, v := range w.evaluated.Values {
		if v.State == state {
			n++
		}
	}
	return n
}

// because counts the log's entries of one cause.
func (w *work) because(cause disclosure.Why) (n int) {
	for _, e := range w.withheld {
		if e.Why == cause {
			n++
		}
	}
	return n
}

// differences is the table "differences": what is withheld or frozen because of
// what was published before. The public learns of it only that it is withheld.
func (w *work) differences() analysis.Table {
	t := analysis.Table{Name: "differences", Columns: columns("code", "period", "place", "group", "what", "detail")}
	if w.app.edition == disclosure.Public {
		return t
	}
	for _, e := range w.withheld {
		if slices.Contains([]disclosure.Why{disclosure.Differencing, disclosure.Frozen}, e.Why) {
			t.Rows = append(t.Rows, []any{e.Code, e.Period, e.Place, e.Group.String(), string(e.Why), e.Detail})
		}
	}
	return t
}
