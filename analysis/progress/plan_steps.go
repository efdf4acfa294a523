package progress

import (
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
)

// Steps returns the milestones of objectives and measures as they stand at the end
// of year: the table "milestones" in the order they are due and sentences in
// "findings" on those that are late and those that come next. A milestone is late
// when it was due by then and is not done, and was late when it was done after it
// was due. Without milestones the tables are empty.
func (p Plan) Steps(year analysis.Period) analysis.Result {
	steps := p.steps()
	table := analysis.Table{Name: "milestones", Columns: textColumns("objective", "measure", "milestone", "due", "state", "standing", "done", "evidence", "owner")}
	for _, s := range steps {
		table.Rows = append(table.Rows, []any{s.objective, s.measure, s.Name, s.Due.Label, string(s.State), s.standing(year), s.Done.Label, s.Evidence, s.Owner})
	}
	return analysis.Result{Tables: []analysis.Table{stepFindings(steps, year), table}}
}

// step is a milestone with what it belongs to.
type step struct {
	Milestone
	objective, measure string
}

func (p Plan) steps() []step {
	var list []step
	for _, o := range p.Objectives {
		for _, m := range o.Milestones {
			list = append(list, step{m, o.ID, ""})
		}
		for _, one := range o.Measures {
			for _, m := range one.Milestones {
				list = append(list, step{m, o.ID, one.ID})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b step) int { return a.Due.End.Compare(b.Due.End) })
	return list
}

// standing says how a milestone stands at the end of year.
func (s step) standing(year analysis.Period) string {
	switch {
	case s.State == NotApplicable:
		return "dropped"
	case s.State == Done && !s.Done.IsZero() && s.Done.Start.After(s.Due.End.AddDate(0, 0, -1)):
		return "done late"
	case s.State == Done:
		return "done"
	case !s.Due.End.After(year.End):
		return "late"
	case s.dueNext(year):
		return "due next"
	}
	return "later"
}

// dueNext reports whether the step is due in the twelve months after year.
func (s step) dueNext(year analysis.Period) bool {
	return s.Due.End.After(year.End) && !s.Due.End.After(year.End.AddDate(1, 0, 0))
}

func stepFindings(steps []step, year analysis.Period) analysis.Table {
	t := analysis.Table{Name: "findings", Columns: textColumns("about", "text")}
	say := func(format string, args ...any) {
		t.Rows = append(t.Rows, []any{"milestones", fmt.Sprintf(format, args...)})
	}
	if len(steps) == 0 {
		return t
	}
	by := map[string][]step{}
	for _, s := range steps {
		standing := s.standing(year)
		by[standing] = append(by[standing], s)
	}
	due := len(by["done"]) + len(by["done late"]) + len(by["late"])
	text := fmt.Sprintf("Of %s due by the end of %s or done early, %s done", milestones(due), year.Label, withVerb(due-len(by["late"])))
	if n := len(by["done late"]); n > 0 {
		text += fmt.Sprintf(", %d of them after the day", n)
	}
	say("%s.", text)
	if late := by["late"]; len(late) > 0 {
		say("Late: %s.", named(late))
	}
	if next := by["due next"]; len(next) > 0 {
		say("Due in the year after: %s.", named(next))
	}
	var bare []step
	for _, s := range steps {
		if s.State == Done && s.Evidence == "" {
			bare = append(bare, s)
		}
	}
	if len(bare) > 0 {
		say("Called done without evidence: %s.", named(bare))
	}
	return t
}

func milestones(n int) string {
	if n == 1 {
		return "1 milestone"
	}
	return fmt.Sprintf("%d milestones", n)
}

// named lists steps with the day they are due and who answers for them.
func named(steps []step) string {
	parts := make([]string, len(steps))
	for k, s := range steps {
		parts[k] = fmt.Sprintf("%s (due %s, %s)", s.Name, s.Due.Label, s.Owner)
	}
	return strings.Join(parts, "; ")
}
