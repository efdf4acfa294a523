package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/analysis/budget"
	"pediment/ingest"
)

// budgetSettings is budget: in pediment.yaml: how the city's ledger is to be read.
type budgetSettings struct {
	At          analysis.Position
	Phases      budget.Phases     `yaml:"phases"`
	Directions  budget.Directions `yaml:"directions"`
	BaseYear    int               `yaml:"base_year"`   // of real terms; 0: the latest with an index
	Crosswalk   analysis.Text     `yaml:"crosswalk"`   // file of local functions
	Levels      []int             `yaml:"levels"`      // lengths of the prefixes of undotted functions
	Learning    []string          `yaml:"learning"`    // functions that are learning
	Contingency []string          `yaml:"contingency"` // functions held in reserve
	Interest    []string          `yaml:"interest"`    // functions that are interest on debt
	Groups      []budgetGroup     `yaml:"groups"`
}

// budgetGroup says how people of a target group are told elsewhere.
type budgetGroup struct {
	At            analysis.Position
	Target        string        `yaml:"target"`
	Participation analysis.Text `yaml:"participation"`
	Population    analysis.Text `yaml:"population"`
	Survey        analysis.Text `yaml:"survey"`
	Where         analysis.Text `yaml:"where"`
}

// readBudget checks budget: and reads the crosswalk it names.
func (p *project) readBudget() analysis.Problems {
	b := p.settings.Budget
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: at, Message: "budget: " + fmt.Sprintf(format, args...), Hint: hint})
	}
	known := func(d analysis.Deflator) bool { return d.Year == b.BaseYear }
	if b.BaseYear != 0 && !slices.ContainsFunc(p.deflators, known) {
		fail(b.At, "add its index there or choose a year that has one", "base_year: %s has no index for %d", deflatorsFile, b.BaseYear)
	}
	for k, n := range b.Levels {
		if n < 1 || k > 0 && n <= b.Levels[k-1] {
			fail(b.At, "list how many characters of the code make each level, as in [1, 2, 3]", "levels must rise from 1 on")
			break
		}
	}
	for _, word := range repeated(b.Phases.Approved, b.Phases.Adjusted, b.Phases.Executed) {
		fail(b.At, "list each word under one phase", "phases: %q stands under two phases", word)
	}
	for _, word := range repeated(b.Directions.Expenditure, b.Directions.Revenue) {
		fail(b.At, "list each word under one direction", "directions: %q stands under both", word)
	}
	problems = append(problems, b.checkGroups()...)
	crosswalk, mistakes := p.readCrosswalk(b.Crosswalk)
	p.crosswalk = crosswalk
	return append(problems, mistakes...)
}

// repeated lists the words that stand in more than one place, in order.
func repeated(lists ...[]string) (words []string) {
	all := slices.Sorted(slices.Values(slices.Concat(lists...)))
	for k := 1; k < len(all); k++ {
		if all[k] == all[k-1] && !slices.Contains(words, all[k]) {
			words = append(words, all[k])
		}
	}
	return words
}

func (b budgetSettings) checkGroups() analysis.Problems {
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: at, Message: "budget: groups: " + fmt.Sprintf(format, args...), Hint: hint})
	}
	seen := map[string]bool{}
	for _, g := range b.Groups {
		switch {
		case g.Target == "":
			fail(g.At, "write the group as the column target_group has it", "target is missing")
		case seen[g.Target]:
			fail(g.At, "write all its conditions in one place", "%q is given twice", g.Target)
		case g.Population.Value != "" && g.Survey.Value != "":
			fail(g.Survey.At, "keep population, which counts everyone, or survey", "%q has two sources for its share of residents", g.Target)
		case (g.Survey.Value == "") != (g.Where.Value == ""):
			fail(g.At, "survey names the dataset, where says which of its rows are meant", "%q needs survey and where together", g.Target)
		}
		seen[g.Target] = true
	}
	return problems
}

// groups are the target groups as the analysis takes them.
func (b budgetSettings) groups() []budget.Group {
	var list []budget.Group
	for _, g := range b.Groups {
		list = append(list, budget.Group{Target: g.Target, Participation: g.Participation, Population: g.Population, Survey: g.Survey.Value, Where: g.Where})
	}
	return list
}

// budget analyses the city's money. It reads the files unless the run has done so.
func (w *work) budget(ctx context.Context) (result analysis.Result, err error) {
	if err := w.unchecked(); err != nil {
		return analysis.Result{}, err
	}
	if w.sources == nil {
		if err := w.load(ctx); err != nil {
			return analysis.Result{}, err
		}
	}
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		return analysis.Result{}, err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	relations, err := warehouse.Relations(ctx)
	if err != nil {
		return analysis.Result{}, err
	}
	result, err = budget.Analyse(ctx, warehouse, w.budgetSetup(relations))
	return w.publicBudget(result), err
}

func (w *work) budgetSetup(relations []analysis.Relation) budget.Setup {
	p, b := w.project, w.project.settings.Budget
	year := w.year
	if year.IsZero() && p.settings.Report.Period != "" {
		year, _ = p.calendar.ParsePeriod(p.settings.Report.Period) // checked with the settings
	}
	return budget.Setup{
		Relations: relations, Calendar: p.calendar, Places: p.places, Deflators: p.deflators,
		Year: year, BaseYear: b.BaseYear, Currency: p.settings.Currency, SmallestCell: w.smallestCell(),
		Phases: b.Phases, Directions: b.Directions, Crosswalk: p.crosswalk, Levels: b.Levels,
		Learning: b.Learning, Contingency: b.Contingency, Interest: b.Interest, Groups: b.groups(),
	}
}
