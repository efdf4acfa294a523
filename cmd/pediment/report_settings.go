package main

import (
	"fmt"
	"slices"

	"pediment/analysis"
	"pediment/reports"
)

// reportSettings is what pediment.yaml says of the report under report:.
type reportSettings struct {
	At       analysis.Position
	Period   string   `yaml:"period"`
	Licence  string   `yaml:"licence"`  // of the data package: CC-BY-4.0
	Sections []string `yaml:"sections"` // parts in order; none means all in the usual order
	Without  []string `yaml:"without"`  // parts left out
}

// outline lists the parts the report has.
func (s reportSettings) outline() []reports.Part {
	var list []reports.Part
	for _, name := range s.Sections {
		list = append(list, reports.Part(name))
	}
	if len(s.Sections) == 0 {
		for _, p := range reports.Parts {
			list = append(list, p.Part)
		}
	}
	return slices.DeleteFunc(list, func(p reports.Part) bool { return slices.Contains(s.Without, string(p)) })
}

// check reports a period that is none, and parts that are not known or listed twice.
func (s reportSettings) check(calendar analysis.Calendar) analysis.Problems {
	var problems analysis.Problems
	if s.Period != "" {
		if _, err := calendar.ParsePeriod(s.Period); err != nil {
			problems = append(problems, analysis.Problem{Position: s.At, Message: "report: period: " + err.Error()})
		}
	}
	var known, seen []string
	for _, p := range reports.Parts {
		known = append(known, string(p.Part))
	}
	for _, name := range slices.Concat(s.Sections, s.Without) {
		switch {
		case !slices.Contains(known, name):
			problems = append(problems, analysis.Problem{Position: s.At, Message: fmt.Sprintf("report: there is no section %q", name), Hint: analysis.Suggest(name, known)})
		case slices.Contains(seen, name):
			problems = append(problems, analysis.Problem{Position: s.At, Message: fmt.Sprintf("report: section %q is listed twice", name), Hint: "list it once, under sections or without"})
		}
		seen = append(seen, name)
	}
	if len(problems) == 0 && len(s.outline()) == 0 {
		problems = append(problems, analysis.Problem{Position: s.At, Message: "report: no section is left", Hint: "take one out of without"})
	}
	return problems
}
