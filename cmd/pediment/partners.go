package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
	"pediment/analysis/costsharing"
)

// partnersFile says who shares which cost.
const partnersFile = "partners.yaml"

// readPartners reads and checks partners.yaml; a city without one shares nothing.
func (p *project) readPartners(setup costsharing.Setup) ([]costsharing.Case, error) {
	data, err := os.ReadFile(filepath.Join(p.dir, partnersFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	plan, problems := costsharing.Read(partnersFile, data)
	if len(problems) > 0 {
		return nil, problems.Sorted()
	}
	cases, problems := costsharing.Compile(plan, setup)
	return cases, problems.Err()
}

// nothingShared is the problem of asking a city without arrangements for them.
func nothingShared() analysis.Problem {
	return analysis.Problem{
		Position: analysis.Position{File: partnersFile}, Message: "no arrangement is written here",
		Hint: "list the partners under partners: and what they share under arrangements:; pediment init DIR --example writes one to look at",
	}
}

// appraisalOf finds the appraisal a file of the city names.
func (p *project) appraisalOf(file string) (*costbenefit.Appraisal, error) {
	var known []string
	for _, a := range p.appraisals {
		if p.names(a, file) {
			return a, nil
		}
		known = append(known, a.Name)
	}
	word := strings.TrimSuffix(strings.TrimPrefix(file, appraisalsFolder+"/"), ".yaml")
	return nil, missing("there is no appraisal "+strconv.Quote(file), word, known)
}

// optionOf finds the option of an appraisal.
func optionOf(a *costbenefit.Appraisal, id string) (int, error) {
	var known []string
	for _, o := range a.Options {
		known = append(known, o.ID)
	}
	if at := slices.Index(known, id); at >= 0 {
		return at, nil
	}
	return costbenefit.None, missing(a.Name+" has no option "+strconv.Quote(id), id, known)
}

// missing is the problem of naming what is not there, with what is.
func missing(message, word string, known []string) analysis.Problem {
	hint := "there are none"
	if len(known) > 0 {
		hint = cmp.Or(analysis.Suggest(word, known), "there are "+list(known))
	}
	return analysis.Problem{Message: message, Hint: hint}
}
