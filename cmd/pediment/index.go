package main

import (
	"cmp"
	"context"

	"pediment/analysis"
	"pediment/analysis/composite"
	"pediment/reports"
)

// index adds the chapter of the index to the report of a city that declares one.
func (w *work) index(ctx context.Context) error {
	if !w.project.settings.Index.declared() {
		return nil
	}
	result, err := w.buildIndex(ctx)
	lead := []string{"who leads", "how far the ranking can be read", "what the ranking hangs on"}
	return w.chapterOf(chapterName{reports.Index, "composite", cmp.Or(w.project.settings.Index.Title, "Composite index"), lead}, []string{"index", "changes", "sensitivity"}, result, err)
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
	city := w.project.settings.City
	setup.Title = cmp.Or(s.Title, "Index of the "+setup.Words+" of "+city)
	if s.ofCities() {
		setup.Title = cmp.Or(s.Title, "Index of cities beside "+city)
	}
	setup.Source = city
	result, err := composite.Build(setup)
	if codes := w.unlisted(w.byPlace()); err == nil && !s.ofCities() && len(codes) > 0 {
		result.Warn("index", "left out, for places.csv does not list them: "+list(codes))
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
