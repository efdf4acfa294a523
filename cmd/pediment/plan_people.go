package main

import (
	"slices"
	"strings"

	"pediment/analysis"
)

// sharesOfPeople reports whether an indicator is a percentage of people, so that a
// difference of points stands for so many of them. Its definition decides: what is
// counted begins with people of some kind, as in "residents aged 15 to 24 in
// neither …". One without a definition in words is of people where its name says so
// or where it counts the rows of a survey that asks for sex or age. Where nothing
// tells, nobody is counted.
func (w *work) sharesOfPeople(code string) bool {
	i, known := w.project.catalogue.Find(code)
	switch {
	case !known || i.Unit != "percent":
		return false
	case i.Numerator.Text != "":
		return startsWithPeople(i.Numerator.Text)
	case startsWithPeople(i.Name):
		return true
	}
	survey := slices.ContainsFunc(w.relations, func(r analysis.Relation) bool { return r.Name == i.Numerator.Dataset && r.Kind == "survey" })
	return survey && (&groupings{work: w}).countsPeople(i)
}

// comparesGroups reports whether an indicator's groups told by the columns are set
// beside the city: those that the fairness chapter compares, not sources of money.
func (w *work) comparesGroups(code string, columns []string) bool {
	i, known := w.project.catalogue.Find(code)
	return known && (&groupings{work: w}).wanted(i, columns)
}

// startsWithPeople reports whether one of the first words of a definition names
// people: "unemployed residents in training" does, "seats held by women" does not.
func startsWithPeople(text string) bool {
	const first = 2
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" ,;:()\"", r) })
	for _, word := range words[:min(first, len(words))] {
		if slices.Contains(peopleWords(), word) {
			return true
		}
	}
	return false
}

// peopleWords name people of some kind.
func peopleWords() []string {
	return []string{
		"people", "persons", "residents", "inhabitants", "citizens", "voters", "population",
		"adults", "children", "women", "men", "girls", "boys", "youth", "parents", "migrants", "refugees",
		"pupils", "students", "learners", "graduates", "leavers", "participants", "respondents", "members", "volunteers",
		"teachers", "educators", "employees", "workers", "jobseekers", "unemployed",
	}
}
