package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

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
	t := analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text")}
	say := func(about, format string, args ...any) {
		t.Rows = append(t.Rows, []any{about, fmt.Sprintf(format, args...)})
	}
	unreliable := w.inState(analysis.Unreliable)
	people, money := w.confidential()
	all := thousands(strconv.Itoa(len(w.evaluated.Values)))
	if people+money == 0 {
		say("confidential", "None of the %s values had to be withheld to protect anybody.", all)
	}
	if people > 0 {
		say("confidential", "Of %s values %s to protect people: each tells of fewer than %d people, or of all or none of a small group, or would give such a group away by subtraction.", all, are(people, "withheld"), w.smallestCell())
	}
	if money > 0 {
		say("confidential", "Of %s values %s to protect who gave or received money: one or two contributors make up most of each amount, or it would give such an amount away by subtraction.", all, are(money, "withheld"))
	}
	if unreliable > 0 {
		say("unreliable", "Of %s values %s because too few answers stand behind them or they are too uncertain: nobody would be recognised by them, but nobody could rely on them either.", all, are(unreliable, "not shown"))
	}
	if n := w.because(disclosure.Frozen); n > 0 {
		say("publications", "For now %s as published before: the difference to what the data say by now would tell of a few people.", are(n, "shown"))
	}
	if n := w.because(disclosure.Rounded); n > 0 {
		say("rounded", "To protect people %s to multiples of %d.", are(n, "rounded"), w.project.settings.Privacy.round())
	}
	if len(t.Rows) > 0 && people+money == 0 {
		return t
	}
	if w.app.edition == disclosure.Public {
		say("reasons", "The reason reads the same for every confidential value of an indicator, so that it does not tell a small group from one that is withheld to protect it.")
		return t
	}
	for _, cause := range privacyCauses(w.smallestCell()) {
		if n := w.because(cause.why); n > 0 {
			say("reasons", "%s: %s (in the tables “%s”).", cause.words, valueCount(n), cause.why)
		}
	}
	return t
}

// privacyCause is a cause of withholding in plain words.
type privacyCause struct {
	why   disclosure.Why
	words string
}

// privacyCauses lists the causes in the order they are told.
func privacyCauses(smallest int64) []privacyCause {
	return []privacyCause{
		{disclosure.SmallCount, fmt.Sprintf("Fewer than %d people", smallest)},
		{disclosure.AllOrNone, "All or none of a small group, which tells of each of its members"},
		{disclosure.Dominated, "A few contributors make up more of the amount than the rule allows"},
		{disclosure.PRule, "One contributor could work out another's amount too closely"},
		{disclosure.Complementary, "Large enough itself, but a withheld value could be worked out from it"},
		{disclosure.Differencing, "An earlier report, another definition or the groups shown would give a few people away"},
		{disclosure.NearOlder, "A report before the last showed nearly as many, and the difference would be a few people"},
	}
}

func valueCount(n int) string {
	if n == 1 {
		return "1 value"
	}
	return thousands(strconv.Itoa(n)) + " values"
}

// are is "1 is withheld" or "64 are withheld".
func are(n int, what string) string {
	if n == 1 {
		return "1 is " + what
	}
	return thousands(strconv.Itoa(n)) + " are " + what
}

// confidential counts the values withheld to protect people, and those withheld to
// protect who gave or received money.
func (w *work) confidential() (people, money int) {
	behind, denominators := w.people(), w.protectedDenominators()
	for _, v := range w.evaluated.Values {
		switch {
		case v.State != analysis.Confidential:
		case math.IsInf(behind(v), 1) && slices.Contains([]string{"", "money"}, denominators[v.Code]):
			money++
		default:
			people++
		}
	}
	return people, money
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
	t := analysis.Table{Name: "differences", Columns: analysis.Columns("code", "period", "place", "group", "what", "detail")}
	if w.app.edition == disclosure.Public {
		return t
	}
	for _, e := range w.withheld {
		if slices.Contains([]disclosure.Why{disclosure.Differencing, disclosure.NearOlder, disclosure.Frozen}, e.Why) {
			t.Rows = append(t.Rows, []any{e.Code, e.Period, e.Place, e.Group.String(), string(e.Why), e.Detail})
		}
	}
	return t
}
