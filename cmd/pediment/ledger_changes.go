package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

// restatement is a published value that is not what it was.
type restatement struct {
	then analysis.Value
	from publication
	now  analysis.Value // without a number where it is withheld now
	why  string
}

// unchanged is the relative difference up to which two numbers are the same: sums
// are exact, so that it only forgives what a rate loses in its last digit.
const unchanged = 1e-12

// restatements compares the run's values with what was last published of each, and
// counts those that were never published with a number.
func (w *work) restatements() (changed []restatement, fresh int) {
	last := map[string]restatement{}
	for _, p := range w.ledger.earlier {
		for _, v := range p.values {
			if !v.State.Withheld() && !math.IsNaN(v.Value) {
				last[valueKey(v)] = restatement{then: v, from: p}
			}
		}
	}
	for _, v := range w.evaluated.Values {
		before, known := last[valueKey(v)]
		absent := v.State.Withheld() || math.IsNaN(v.Value)
		delete(last, valueKey(v))
		switch {
		case !known && !absent:
			fresh++
		case known && (absent || !sameNumber(before.then.Value, v.Value) && !printsAlike(before.then.Value, v.Value)):
			before.now = v
			before.why = w.whyChanged(before)
			if a, b := before.then.Value, v.Value; !absent && fmt.Sprintf("%.1f", a) == fmt.Sprintf("%.1f", b) {
				before.why += fmt.Sprintf(" (by little: %.6g, now %.6g)", a, b)
			}
			changed = append(changed, before)
		}
	}
	return append(changed, w.gone(last)...), fresh
}

// gone lists published values of which this run computes nothing at all, in the
// order they were published.
func (w *work) gone(last map[string]restatement) []restatement {
	var list []restatement
	for _, p := range w.ledger.earlier {
		for _, v := range p.values {
			r, open := last[valueKey(v)]
			if !open || r.from.Number != p.Number {
				continue
			}
			delete(last, valueKey(v))
			r.now = v
			r.now.Withhold(analysis.Missing, "it is no longer computed")
			r.why = w.whyChanged(r)
			list = append(list, r)
		}
	}
	return list
}

func valueKey(v analysis.Value) string {
	return strings.Join([]string{v.Code, v.Period.Label, v.Place, v.Group.String()}, "\x00")
}

// printsAlike reports whether two numbers read the same in six digits: no reader of
// the table could tell what changed.
func printsAlike(a, b float64) bool {
	return strconv.FormatFloat(a, 'g', 6, 64) == strconv.FormatFloat(b, 'g', 6, 64)
}

func sameNumber(a, b float64) bool { return math.Abs(a-b) <= unchanged*max(math.Abs(a), math.Abs(b)) }

// whyChanged names the cause: withheld, another definition, other data, or what is left.
func (w *work) whyChanged(r restatement) string {
	if r.now.State == analysis.Confidential {
		return "it is confidential now"
	}
	if r.then.Definition != r.now.Definition {
		return "its definition changed"
	}
	if data := w.changedData(r); len(data) > 0 {
		return "the data changed: " + strings.Join(data, ", ")
	}
	if r.from.Engine != engine() {
		return "another version of Pediment computed it"
	}
	return "weights, margins or settings changed"
}

// changedData lists the datasets behind the value whose files are not those of the
// publication.
func (w *work) changedData(r restatement) []string {
	then := map[string]string{}
	for _, s := range r.from.Sources {
		then[s.Dataset] += s.File + " " + s.Hash + "\n"
	}
	now := map[string]string{}
	for _, f := range w.sources {
		now[f.Dataset] += f.File + " " + f.Hash + "\n"
	}
	var changed []string
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code != r.now.Code {
			continue
		}
		for _, d := range w.project.datasets {
			read := slices.Contains(c.Sources, d.Name) || slices.Contains(c.Sources, d.Relation()) || slices.Contains(c.Sources, d.Kind.Value)
			if read && then[d.Name] != now[d.Name] {
				changed = append(changed, d.Name)
			}
		}
	}
	return changed
}

// restated adds the chapter "What was restated" to the report of a city that
// published before.
func (w *work) restated(context.Context) error {
	if len(w.ledger.earlier) == 0 {
		return nil
	}
	name := chapterName{reports.Quality, "restatements", "What was restated", nil}
	return w.chapterOf(name, []string{"restatements"}, w.restatementResult(), nil)
}

// restatementResult says what published values became.
func (w *work) restatementResult() analysis.Result {
	changed, fresh := w.restatements()
	last := w.ledger.earlier[len(w.ledger.earlier)-1]
	findings := analysis.Table{Name: "findings", Columns: analysis.Columns("about", "text")}
	say := func(text string) { findings.Rows = append(findings.Rows, []any{"publications", text}) }
	say(fmt.Sprintf("The last report was published on %s as number %d, for %s.", last.Date, last.Number, last.Period))
	switch n := len(changed); {
	case n == 0:
		say("No figure published before has changed.")
	case n == 1:
		say("One figure published before is no longer what it was; the table says what it was and why it changed.")
	default:
		say(fmt.Sprintf("%d figures published before are no longer what they were; the table says what each was and why it changed.", n))
	}
	if fresh > 0 {
		say(fmt.Sprintf("Figures that were not published before: %d.", fresh))
	}
	return analysis.Result{Title: "What was restated", Tables: []analysis.Table{findings, w.restatementTable(changed)}}
}

// restatementTable is the table "restatements": published, now, and why. In the
// public edition an indicator of which some figures stay as published is one row:
// which of them changed would tell which wait.
func (w *work) restatementTable(changed []restatement) analysis.Table {
	t := analysis.Table{Name: "restatements", Columns: analysis.Columns("code", "name", "period", "place", "group", "unit",
		"published:number", "published_on", "publication:integer", "now:number", "state", "why")}
	waiting := map[string]int{} // rows by indicator of which some figures stay as published
	for _, e := range w.withheld {
		if e.Why == disclosure.Frozen {
			waiting[e.Code] = -1
		}
	}
	for _, r := range changed {
		if at, some := waiting[r.now.Code]; some && w.app.edition == disclosure.Public {
			if at < 0 {
				waiting[r.now.Code] = len(t.Rows)
				t.Rows = append(t.Rows, []any{r.now.Code, r.now.Name, "", "", "", r.now.Unit, nil, "", nil, nil, "", int64(0)})
				at = len(t.Rows) - 1
			}
			t.Rows[at][11] = t.Rows[at][11].(int64) + 1
			continue
		}
		before := number(r.then.Value)
		if r.now.State == analysis.Confidential {
			before = nil // it is not said again
		}
		t.Rows = append(t.Rows, []any{r.now.Code, r.now.Name, r.now.Period.Label, r.now.Place, r.now.Group.String(), r.now.Unit,
			before, r.from.Date, int64(r.from.Number), number(r.now.Value), string(r.now.State), r.why})
	}
	for _, row := range t.Rows {
		if n, several := row[11].(int64); several {
			row[11] = fmt.Sprintf("%d of its figures changed; others stay as published until more records have come", n)
		}
	}
	return t
}
