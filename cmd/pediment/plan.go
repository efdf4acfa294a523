package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/progress"
)

// planFile is the city's action plan.
const planFile = "plan.yaml"

// assessPlan sets the city's values beside its action plan.
func (w *work) assessPlan(ctx context.Context) (analysis.Result, error) {
	plan := w.project.plan
	if plan == nil {
		return analysis.Result{}, noPlan()
	}
	title := "Progress against the plan: " + cmp.Or(plan.Title, w.project.settings.City)
	if len(plan.Objectives) == 0 {
		return joined(analysis.Result{Title: title}, plan.CheckChecklist()), nil
	}
	if err := w.measured(ctx); err != nil {
		return analysis.Result{}, err
	}
	values, err := w.planValues(ctx)
	if err != nil {
		return analysis.Result{}, err
	}
	costs, err := w.programmeCosts(ctx)
	if err != nil {
		return analysis.Result{}, err
	}
	result := progress.Assess(*plan, progress.Setup{
		Title: title, Values: values.list, Calendar: w.project.calendar, Places: w.project.places, Reported: w.year,
		Currency:    w.project.settings.Currency,
		Correlation: values.correlation, Covariance: values.covariance, Compared: w.comparesGroups, ProgrammeCost: costs, Source: w.sourceOf, People: w.sharesOfPeople, Level: w.levelName,
	})
	w.measures = w.typedMeasures(result, values)
	for _, p := range slices.Concat(w.missedBy(values), w.contraryPlan(values), w.doubtPlan(values)) {
		result.Warn("plan", p.String())
	}
	result = joined(result, plan.Steps(w.stepYear()))
	if plan.HasChecklist() {
		result = joined(result, plan.CheckChecklist())
	}
	return result, nil
}

// stepYear is the year by whose end milestones are judged: the reporting year, so
// that the same files give the same report; for a city without figures this one.
func (w *work) stepYear() analysis.Period {
	if w.year.IsZero() {
		return w.project.calendar.Year(analysis.CalendarYear, today())
	}
	return w.year
}

// joined puts the tables, charts and warnings of one result behind those of
// another; sentences go into one table.
func joined(result, more analysis.Result) analysis.Result {
	for _, t := range more.Tables {
		k := slices.IndexFunc(result.Tables, func(have analysis.Table) bool { return have.Name == t.Name })
		switch {
		case len(t.Rows) == 0:
		case k < 0:
			result.Tables = append(result.Tables, t)
		default:
			result.Tables[k].Rows = append(slices.Clone(result.Tables[k].Rows), t.Rows...)
		}
	}
	result.Charts = append(result.Charts, more.Charts...)
	for _, warning := range more.Warnings {
		result.Warn(warning.About, warning.Text)
	}
	return result
}

// noPlan says what to declare.
func noPlan() analysis.Problem {
	return analysis.Problem{
		Position: analysis.Position{File: planFile}, Message: "there is no action plan",
		Hint: "write objectives with measures, baselines and targets there; pediment init DIR --example writes one to look at",
	}
}

// readPlan reads plan.yaml; a city without one has no plan.
func (p *project) readPlan() analysis.Problems {
	data, err := os.ReadFile(filepath.Join(p.dir, planFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return analysis.Problems{{Position: analysis.Position{File: planFile}, Message: err.Error()}}
	}
	plan, problems := progress.Read(planFile, data, p.calendar)
	p.plan = &plan
	return append(problems, p.checkPlan()...)
}

// sourceOf names the relations an indicator is computed from.
func (w *work) sourceOf(code string) string {
	for _, c := range w.evaluated.Coverage {
		if c.Indicator.Code == code {
			return strings.Join(c.Sources, ", ")
		}
	}
	return ""
}

// programmeCosts answers what one more learner costs in a programme of the budget:
// the latest cost per learner up to the reporting year. Without a measure that asks
// the budget is not looked at, and nil comes back.
func (w *work) programmeCosts(ctx context.Context) (func(string) (float64, bool), error) {
	asks := func(m progress.Measure) bool { return m.UnitCost != nil && m.UnitCost.Programme.Value != "" }
	if !slices.ContainsFunc(w.project.plan.Measures(), asks) {
		return nil, nil
	}
	result, err := w.budget(ctx)
	if problems, other := asProblems(err); other != nil {
		return nil, other
	} else if len(problems) > 0 {
		w.evaluated.Warnings = append(w.evaluated.Warnings, analysis.Warning{About: planFile, Text: "unit costs of programmes are not known: " + problems[0].String()})
		return nil, nil
	}
	t := tableOf(result, "unit_costs")
	programme, place, cost := columnNamed(t, "programme"), columnNamed(t, "place"), columnNamed(t, "per_learner")
	costs := map[string]float64{}
	for _, row := range t.Rows { // by year, so that the latest stays
		if x, ok := row[cost].(float64); ok && row[place] == "" {
			costs[fmt.Sprint(row[programme])] = x
		}
	}
	return func(name string) (float64, bool) {
		x, known := costs[name]
		return x, known
	}, nil
}
