package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/analysis/composite"
	"pediment/analysis/disclosure"
	"pediment/reports"
)

// index adds the chapter of the index to the report of a city that declares one.
func (w *work) index(ctx context.Context) error {
	if !w.project.settings.Index.declared() {
		return nil
	}
	result, err := w.buildIndex(ctx)
	lead := []string{"who leads", "how far the ranking can be read", "what the ranking hangs on"}
	name := chapterName{reports.Index, "composite", cmp.Or(w.project.settings.Index.Title, "Composite index"), lead}
	before := len(w.chapters)
	if err := w.chapterOf(name, []string{"changes", "sensitivity"}, result, err); err != nil || len(w.chapters) == before {
		return err
	}
	c, all := &w.chapters[before], tableOf(result, "index")
	latest := latestIndex(all)
	c.Tables = append([]analysis.Table{latest}, c.Tables...)
	if len(latest.Rows) == len(all.Rows) {
		c.Folded = slices.DeleteFunc(c.Folded, func(t analysis.Table) bool { return t.Name == all.Name })
	}
	return nil
}

// title is what the index is called: as declared, else by what it compares.
func (s indexSettings) title(city, units string) string {
	if s.ofCities() {
		return cmp.Or(s.Title, "Index of cities beside "+city)
	}
	return cmp.Or(s.Title, "Index of the "+units+" of "+city)
}

// mostIndexed is how many units the table of a chapter has room for; of more the
// first and last are shown.
const mostIndexed = 30

// latestIndex is the index in its latest period, which comes first, as a chapter
// shows it: all periods stand in the table of the result.
func latestIndex(t analysis.Table) analysis.Table {
	period := columnNamed(t, "period")
	if period < 0 || len(t.Rows) == 0 {
		return t
	}
	latest := t.Rows[0][period]
	out := analysis.Table{Name: fmt.Sprintf("index of %v", latest), Columns: t.Columns}
	for _, row := range t.Rows {
		if row[period] == latest {
			out.Rows = append(out.Rows, row)
		}
	}
	if n := len(out.Rows); n > mostIndexed {
		const half = mostIndexed / 2
		out.Name += fmt.Sprintf(", the first and last %d of %d", half, n)
		out.Rows = slices.Concat(out.Rows[:half], out.Rows[n-half:])
	}
	return out
}

// buildIndex puts indicators together into an index. It sees values as they were
// disclosed: one that is withheld is missing.
func (w *work) buildIndex(ctx context.Context) (analysis.Result, error) {
	s := w.project.settings.Index
	if !s.declared() {
		return analysis.Result{}, analysis.Problem{
			Position: analysis.Position{File: projectFile},
			Message:  "no index is declared",
			Hint:     "add index: {units: places} for the city's districts, or index: {units: cities, cities: data/cities.csv} to compare cities",
		}
	}
	if err := w.measured(ctx); err != nil {
		return analysis.Result{}, err
	}
	setup := s.method()
	var problems analysis.Problems
	if s.ofCities() {
		problems = w.observeCities(&setup)
	} else {
		problems = w.observePlaces(&setup)
	}
	if len(problems) > 0 {
		return analysis.Result{}, problems.Err()
	}
	if setup.Tree = s.tree(); len(s.Tree) == 0 {
		setup.Tree = w.areaTree(setup.Indicators)
	}
	setup.Title, setup.Source = s.title(w.project.settings.City, setup.Words), w.project.settings.City
	result, err := composite.Build(setup)
	if err == nil {
		w.warnPlanned(setup, &result)
	}
	if codes := w.unlisted(w.byPlace()); err == nil && !s.ofCities() && len(codes) > 0 {
		text := "left out, for places.csv does not list them: " + list(codes)
		if w.app.edition == disclosure.Public { // cells may hold anything
			text = fmt.Sprintf("places left out, for places.csv does not list them: %d", len(codes))
		}
		result.Warn("index", text)
	}
	return result, err
}

// areaTree groups indicators by the framework's areas; the city's own stand in a
// group of their own.
func (w *work) areaTree(list []composite.Indicator) composite.Node {
	root := composite.Node{Code: "index", Name: "Index"}
	own := composite.Node{Code: "own", Name: "Own indicators"}
	for _, area := range w.project.catalogue.Areas {
		group := composite.Node{Code: area.Code, Name: area.Name}
		for _, i := range list {
			if entry, _ := w.project.catalogue.Find(i.Code); entry.AreaCode() == area.Code {
				group.Indicators = append(group.Indicators, composite.Leaf{Code: i.Code})
			}
		}
		if len(group.Indicators) > 0 {
			root.Groups = append(root.Groups, group)
		}
	}
	placed := map[string]bool{}
	for _, group := range root.Groups {
		for _, leaf := range group.Indicators {
			placed[leaf.Code] = true
		}
	}
	for _, i := range list {
		if !placed[i.Code] {
			own.Indicators = append(own.Indicators, composite.Leaf{Code: i.Code})
		}
	}
	if len(own.Indicators) > 0 {
		root.Groups = append(root.Groups, own)
	}
	if len(root.Groups) == 1 {
		root.Indicators, root.Groups = root.Groups[0].Indicators, nil
	}
	return root
}
