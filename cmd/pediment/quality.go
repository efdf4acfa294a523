package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/disclosure"
	"pediment/analysis/quality"
	"pediment/ingest"
	"pediment/reports"
)

// readRows is how many rows that break one rule are named to people.
const readRows = 100

// quality adds the chapter "Quality of the data" to the report of a city that
// declares what it expects of its data.
func (w *work) quality(ctx context.Context) error {
	if !w.project.expectsQuality() {
		return nil
	}
	result, err := w.assessQuality(ctx)
	return w.chapterOf(chapterName{reports.Quality, "quality", "Quality of the data", []string{"rules", "two sources", "expected reports"}},
		[]string{"scorecard", "rules", "triangulation", "issues"}, result, err)
}

// assessQuality checks the data against what the city expects of them.
func (w *work) assessQuality(ctx context.Context) (result analysis.Result, err error) {
	if !w.project.expectsQuality() {
		return result, analysis.Problem{
			Position: analysis.Position{File: projectFile}, Message: "nothing is declared that the data could be held against",
			Hint: "give a dataset rules:, such as - {column: place, references: places}, or expect:, or name pairs under quality: {triangulate: …}",
		}
	}
	if err := w.measured(ctx); err != nil {
		return result, err
	}
	issues, err := readIssues(w.project.dir)
	if err != nil {
		return result, err
	}
	warehouse, err := ingest.Open(ctx, w.project.dir)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	setup := w.project.qualitySetup(w.relations, w.sources)
	setup.Values, setup.Day, setup.SmallestCell = w.evaluated.Values, w.asOf(), w.smallestCell()
	setup.Rows = w.app.edition != disclosure.Public
	if f := w.app.format; f == "" || f == reports.Text.Name {
		setup.Most = readRows // scripts get all
	}
	setup.Issues = issues.standing()
	setup.Locate = w.project.locator(warehouse)
	return quality.Assess(ctx, warehouse, setup)
}

// locator finds rows of the warehouse in the files they came from.
func (p *project) locator(warehouse *ingest.Warehouse) func(context.Context, string, []quality.Row) ([]analysis.Position, error) {
	o := ingest.Options{Dir: p.dir, Datasets: p.datasets, Calendar: p.calendar, Adapters: adapters}
	return func(ctx context.Context, dataset string, rows []quality.Row) ([]analysis.Position, error) {
		ids := make([]ingest.RowID, len(rows))
		for k, row := range rows {
			ids[k] = ingest.RowID(row)
		}
		return warehouse.Addresses(ctx, o, dataset, ids)
	}
}

// judgeRules opens the warehouse and checks the declared rules alone.
func (p *project) judgeRules(ctx context.Context, blocking bool) (found quality.Judgement, err error) {
	warehouse, err := ingest.Open(ctx, p.dir)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, warehouse.Close()) }()
	relations, err := warehouse.Relations(ctx)
	if err != nil {
		return found, err
	}
	sources, err := warehouse.Sources(ctx)
	if err != nil {
		return found, err
	}
	return quality.Judge(ctx, warehouse, p.qualitySetup(relations, sources), blocking)
}

// blockedBy returns, by relation and dataset, why it may not be used: a rule that
// blocks does not hold for its rows, or nobody can say whether it does. What the
// rules find in files that were not judged before goes into the log of issues.
func (w *work) blockedBy(ctx context.Context) (map[string]string, error) {
	found, err := w.app.judge(ctx, w.project, false)
	if err != nil {
		return nil, err
	}
	reasons := map[string]string{}
	refuse := func(f quality.Finding, why string) {
		for _, name := range []string{f.Dataset, f.Feeds} {
			if _, known := reasons[name]; !known {
				reasons[name] = why
			}
		}
	}
	for _, f := range found.Blocking {
		text := fmt.Sprintf("%s breaks the rule “%s” in %d of %d rows; correct them, or change the rule in %s", f.Dataset, f.Rule, f.Rows, f.Checked, projectFile)
		if w.app.edition == disclosure.Public {
			text = fmt.Sprintf("%s breaks the rule “%s”; it is refused until its rows are corrected", f.Dataset, f.Rule)
		}
		refuse(f, text)
		w.blockers = append(w.blockers, analysis.Problem{
			Position: f.At, Message: fmt.Sprintf("%s: “%s” fails for %d of %d rows, and the rule blocks: indicators that use the dataset are refused", f.Dataset, f.Rule, f.Rows, f.Checked),
			Hint: "the rows are listed by: pediment analyze quality --table failing",
		})
	}
	for _, f := range found.Unknown {
		if f.Blocks {
			refuse(f, fmt.Sprintf("whether the rule “%s” holds for %s cannot be worked out; it is refused until the rule is mended", f.Rule, f.Dataset))
			w.blockers = append(w.blockers, f.Unknown())
		}
	}
	return reasons, nil
}

// checkRules lists the rules that cannot be worked out; those that block are among
// the run's blockers.
func (w *work) checkRules(ctx context.Context) (problems analysis.Problems, err error) {
	if !w.project.hasRules() {
		return nil, nil
	}
	found, err := w.project.judgeRules(ctx, false)
	for _, f := range found.Unknown {
		if !f.Blocks {
			problems = append(problems, f.Unknown())
		}
	}
	return problems, err
}

// refuseBlocked takes away the numbers of indicators that use a dataset of which a
// blocking rule does not hold.
func (w *work) refuseBlocked(ctx context.Context) error {
	reasons, err := w.blockedBy(ctx)
	if err != nil || len(reasons) == 0 {
		return err
	}
	why := map[string]string{}
	for _, c := range w.evaluated.Coverage {
		if k := slices.IndexFunc(c.Sources, func(name string) bool { return reasons[name] != "" }); k >= 0 {
			why[c.Indicator.Code] = reasons[c.Sources[k]]
		}
	}
	for k := range w.evaluated.Values {
		v := &w.evaluated.Values[k]
		if reason := why[v.Code]; reason != "" && (!v.State.Withheld() || v.State == analysis.Unreliable) {
			v.Withhold(analysis.Refused, reason)
			v.Flags = nil
		}
	}
	return nil
}

// hasRules reports whether any dataset has rules.
func (p *project) hasRules() bool {
	return slices.ContainsFunc(p.datasets, func(d ingest.Dataset) bool { return len(d.Rules) > 0 })
}

// expectsQuality reports whether the city declares anything the data can be held
// against.
func (p *project) expectsQuality() bool {
	return p.hasRules() || len(p.settings.Quality.Triangulate) > 0 ||
		slices.ContainsFunc(p.datasets, func(d ingest.Dataset) bool { return d.Expect != nil || d.Interview != nil })
}

// qualitySetup is what the declarations ask of the data.
func (p *project) qualitySetup(relations []analysis.Relation, sources []ingest.FileLoad) quality.Setup {
	s := quality.Setup{City: p.settings.City, Calendar: p.calendar, Places: p.places, Pairs: p.pairs()}
	for _, d := range p.datasets {
		k := slices.IndexFunc(relations, func(r analysis.Relation) bool { return strings.EqualFold(r.Name, d.Name) })
		if k < 0 {
			continue
		}
		one := quality.Dataset{Table: relations[k], Feeds: d.Relation(), Rules: rulesOf(d), Expect: (*quality.Expect)(d.Expect), Interview: (*quality.Interview)(d.Interview)}
		for _, f := range sources {
			if f.Dataset == d.Name {
				one.Files = append(one.Files, quality.File{ID: f.ID, Name: f.File, Rows: f.Rows, Rejected: f.Rejected})
			}
		}
		s.Datasets = append(s.Datasets, one)
	}
	return s
}

// rulesOf are a dataset's rules as the analysis takes them.
func rulesOf(d ingest.Dataset) []quality.Rule {
	list := make([]quality.Rule, len(d.Rules))
	for k, r := range d.Rules {
		list[k] = quality.Rule{
			At: r.At, Name: r.Name, Column: r.Column, Where: r.Where, Row: r.Row, Values: r.Values, Range: r.Range,
			References: r.References, Unique: r.Unique, Required: r.Required, Sums: (*quality.Sums)(r.Sums), Severity: r.Severity, Missing: r.Missing,
		}
	}
	return list
}
