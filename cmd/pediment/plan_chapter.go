package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/progress"
	"pediment/reports"
)

// plan adds the chapter "Progress against the plan" to the report of a city that
// has one, and a chapter with what it says of the guidelines.
func (w *work) plan(ctx context.Context) error {
	if w.project.plan == nil {
		return nil
	}
	result, err := w.assessPlan(ctx)
	before := len(w.chapters)
	name := chapterName{reports.Plan, "progress", "Progress against the plan", []string{"In short", "milestones"}}
	result, guidelines := withoutChecklist(result)
	if len(w.project.plan.Objectives) > 0 || err != nil {
		if err := w.chapterOf(name, planTables, result, err); err != nil {
			return err
		}
	}
	if len(w.chapters) > before {
		c := &w.chapters[before]
		for k, t := range c.Tables {
			if t.Name == "milestones" {
				c.Tables[k] = signedSteps(t)
			}
		}
		if t := standings(tableOf(result, "progress")); len(t.Rows) > 0 {
			c.Tables = append([]analysis.Table{t}, c.Tables...)
		}
	}
	if !w.project.plan.HasChecklist() || err != nil {
		return nil
	}
	return w.checklist(guidelines)
}

// planTables are printed open in the chapter, the others folded.
var planTables = []string{"milestones"}

// aboutChecklist is what findings and warnings of the checklist are about.
const aboutChecklist = "checklist"

// withoutChecklist takes what is about the guidelines out of a plan's result.
func withoutChecklist(result analysis.Result) (plan, guidelines analysis.Result) {
	guidelines.Title = "What the guidelines for learning cities recommend"
	plan = result
	plan.Tables, plan.Warnings = nil, nil
	for _, t := range result.Tables {
		switch t.Name {
		case "findings":
			kept, taken := t, t
			kept.Rows = filtered(t.Rows, func(row []any) bool { return row[0] != aboutChecklist })
			taken.Rows = filtered(t.Rows, func(row []any) bool { return row[0] == aboutChecklist })
			plan.Tables, guidelines.Tables = append(plan.Tables, kept), append(guidelines.Tables, taken)
		case "checklist", "checklist_areas":
			guidelines.Tables = append(guidelines.Tables, t)
		default:
			plan.Tables = append(plan.Tables, t)
		}
	}
	for _, warning := range result.Warnings {
		if warning.About == aboutChecklist {
			guidelines.Warnings = append(guidelines.Warnings, warning)
		} else {
			plan.Warnings = append(plan.Warnings, warning)
		}
	}
	return plan, guidelines
}

// checklist adds the chapter with the guidelines' recommendations: how many are done
// by area, and every one with its state.
func (w *work) checklist(guidelines analysis.Result) error {
	before := len(w.chapters)
	name := chapterName{reports.Checklist, aboutChecklist, guidelines.Title, []string{aboutChecklist}}
	if err := w.chapterOf(name, nil, guidelines, nil); err != nil || len(w.chapters) == before {
		return err
	}
	c := &w.chapters[before]
	c.Tables, c.Folded = []analysis.Table{tableOf(guidelines, "checklist_areas"), signedStates(tableOf(guidelines, "checklist"))}, nil
	c.Tables[0].Name = "how many are done in each area"
	return nil
}

// signedSteps is the table of milestones with a sign before how each stands.
func signedSteps(all analysis.Table) analysis.Table {
	signs := map[any]string{"done": "▲", "done late": "◆", "late": "▼", "due next": "●", "later": "●", "dropped": "■"}
	t := analysis.Table{Name: all.Name, Columns: all.Columns}
	k := columnNamed(all, "standing")
	if k < 0 {
		return all
	}
	for _, cells := range all.Rows {
		row := slices.Clone(cells)
		if sign := signs[row[k]]; sign != "" {
			row[k] = fmt.Sprint(sign, "\u00a0", row[k])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// signedStates is the checklist with a sign before each state, so that it is seen
// without being read, and nothing a reader of the report does not need.
func signedStates(all analysis.Table) analysis.Table {
	signs := map[any]string{"done": "▲", "under way": "◆", "not started": "▽", "not applicable": "■"}
	t := analysis.Table{Name: "every recommendation", Columns: analysis.Columns("id", "area", "recommendation", "state", "evidence", "owner", "since")}
	for _, cells := range all.Rows {
		row := rowOf(all, cells)
		state := row.text("state")
		sign := signs[state]
		if sign == "" {
			sign, state = "○", "no answer"
		}
		t.Rows = append(t.Rows, []any{row.text("id"), row.text("area"), row.text("recommendation"), sign + "\u00a0" + strings.ReplaceAll(state, " ", "\u00a0"), row.text("evidence"), row.text("owner"), row.text("date")})
	}
	return t
}

// standings are the columns of the table progress that a reader wants at a glance:
// from where, where now, whereto, how it stands and who answers for it.
func standings(measures analysis.Table) analysis.Table {
	t := analysis.Table{Name: "where each target stands", Columns: analysis.Columns(
		"measure", "unit", "baseline:number", "value:number", "in", "target", "by", "status", "how sure", "owner",
	)}
	at := func(row []any, name string) any {
		if k := columnNamed(measures, name); k >= 0 {
			return row[k]
		}
		return nil
	}
	for _, row := range measures.Rows {
		status := strings.TrimSpace(fmt.Sprint(at(row, "icon"), " ", at(row, "status")))
		if leg := at(row, "judged_for"); leg != at(row, "target_period") && !slices.Contains([]any{"achieved", "no_data", "withheld", "not_judged"}, at(row, "status_id")) {
			status += fmt.Sprintf(", for the target of %v", leg)
		}
		t.Rows = append(t.Rows, []any{
			at(row, "name"), at(row, "unit"), at(row, "baseline"), at(row, "value"), at(row, "period"),
			aimOf(at(row, "direction"), at(row, "target"), at(row, "target_high")), at(row, "target_period"), status,
			sureness(at(row, "probability"), at(row, "se"), at(row, "status_id")), at(row, "owner"),
		})
	}
	return t
}

// aimOf writes a target, or the range it is.
func aimOf(direction, low, high any) string {
	from, hasLow := low.(float64)
	to, hasHigh := high.(float64)
	switch {
	case direction == string(progress.Parity):
		return "alike (a ratio of 1)"
	case hasLow && hasHigh:
		return grouped(from) + " to " + grouped(to)
	case hasLow:
		return grouped(from)
	case hasHigh:
		return "at most " + grouped(to)
	}
	return ""
}

// grouped writes a number with its thousands apart.
func grouped(x float64) string {
	whole, fraction, _ := strings.Cut(typed(x), ".")
	if fraction != "" {
		fraction = "." + fraction
	}
	return thousands(whole) + fraction
}

// sureness is a probability in whole percent; of a value whose error nobody stated
// there is none.
func sureness(probability, se, status any) string {
	p, known := probability.(float64)
	switch {
	case !known && se == 0.0 && !slices.Contains([]any{"not_judged", "no_data", "withheld"}, status):
		return "no error stated"
	case !known:
		return ""
	case p > 0.99:
		return "> 99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}
