package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"pediment/analysis"
	"pediment/reports"
)

// notesFolder holds the evaluator's own texts.
const notesFolder = "notes"

// ownArea is the code of the area of indicators outside the framework.
const ownArea = "own"

// noteFiles are the files in the folder notes and in its folders for years, in order:
// 2.1.md, 2023/2.1.md.
func (p *project) noteFiles() []string {
	var names []string
	root := os.DirFS(filepath.Join(p.dir, notesFolder))
	for _, pattern := range []string{"*.md", "*/*.md"} {
		found, err := fs.Glob(root, pattern)
		if err == nil { // there need not be a folder
			names = append(names, found...)
		}
	}
	return names
}

// checkNotes reports texts that no place in the report would show, and those that
// are not written in UTF-8.
func (p *project) checkNotes() analysis.Problems {
	var problems analysis.Problems
	known := p.noteSubjects()
	for _, name := range p.noteFiles() {
		at := analysis.Position{File: path.Join(notesFolder, name)}
		folder, file := path.Split(name)
		about := strings.TrimSuffix(file, ".md")
		if year := path.Clean(folder); folder != "" && !p.reportsOn(year) {
			problems = append(problems, analysis.Problem{
				Position: at, Message: fmt.Sprintf("%q is no year of a report", year), Hint: "name the folder for the reporting year, as in notes/2023",
			})
		}
		if !slices.Contains(known, about) {
			problems = append(problems, analysis.Problem{
				Position: at, Message: fmt.Sprintf("the report has no indicator, area or part %q", about),
				Hint: cmp.Or(analysis.Suggest(about, known), "name the file for an indicator (2.1.3.1.md), an area (2.1.md) or a part of the report (summary.md, lessons.md)"),
			})
		}
		if at.Line = invalidLine(filepath.Join(p.dir, notesFolder, name)); at.Line > 0 {
			problems = append(problems, analysis.Problem{Position: at, Message: "the text is not written in UTF-8", Hint: "save it as UTF-8 in the editor"})
		}
	}
	return problems
}

// reportsOn reports whether a report can be of a year with that label.
func (p *project) reportsOn(label string) bool {
	period, err := p.calendar.ParsePeriod(label)
	return err == nil && p.calendar.JoinYear(period).Label == label
}

// noteSubjects are what a text may be about.
func (p *project) noteSubjects() []string {
	known := p.catalogue.Codes()
	for _, area := range p.catalogue.Areas {
		known = append(known, area.Code)
	}
	for _, part := range reports.Parts {
		known = append(known, string(part.Part))
	}
	return append(known, ownArea)
}

// invalidLine is the first line of a file that is not UTF-8, 0 when all are.
func invalidLine(file string) int {
	data, err := os.ReadFile(file)
	if err != nil || utf8.Valid(data) {
		return 0
	}
	line := 1
	for text := range strings.Lines(string(data)) {
		if !utf8.ValidString(text) {
			break
		}
		line++
	}
	return line
}
