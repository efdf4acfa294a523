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
// has one.
func (w *work) plan(ctx context.Context) error {
	if w.project.plan == nil {
		return nil
	}
	result, err := w.assessPlan(ctx)
	before := len(w.chapters)
	lead := []string{"In short", "milestones", "checklist"}
	if err := w.chapterOf(chapterName{reports.Plan, "progress", "Progress against the plan", lead}, planTables, result, err); err != nil || len(w.chapters) == before {
		return err
	}
	c := &w.chapters[before]
	if t := standings(tableOf(result, "progress")); len(t.Rows) > 0 {
		c.Tables = append([]analysis.Table{t}, c.Tables...)
	}
	return nil
}

// planTables are printed open in the chapter, the others folded.
var planTables = []string{"milestones", "checklist_areas"}

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
