package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pediment/analysis"
	"pediment/analysis/costbenefit"
)

// dossier is what is to be appraised, and against what.
type dossier struct {
	app     *app
	project *project // of the city; outside one, of the file's folder with its deflators alone
	bare    bool     // there is no city
	list    []*costbenefit.Appraisal
	set     map[string]string // values tried, by assumption
	live    *live
	heard   answers // what the data answered

	unmeasured error // why nothing live can be had, nil when it can
}

// openDossier reads the appraisals named, by path or name; all of the city's when
// none is.
func (a *app) openDossier(names []string) (*dossier, error) {
	dir, bare := a.cityOf(names)
	if bare && len(names) > 0 {
		return a.openBare(names)
	}
	p, err := readProject(dir)
	if err != nil {
		return nil, err
	}
	d := &dossier{app: a, project: p, list: p.appraisals}
	if len(names) > 0 {
		if d.list, err = p.appraisalsNamed(names); err != nil {
			return nil, err
		}
	}
	if len(d.list) == 0 {
		return nil, analysis.Problem{
			Position: analysis.Position{File: filepath.Join(dir, appraisalsFolder)}, Message: "there are no appraisals",
			Hint: "write one, as in the example city: pediment init DIR --example",
		}
	}
	return d, nil
}

// cityOf finds the city's folder: the one asked for, else that in whose folder
// appraisals the first file lies.
func (a *app) cityOf(names []string) (dir string, bare bool) {
	if isCity(a.dir) || a.dir != "." {
		return a.dir, false
	}
	for _, name := range names {
		folder, err := filepath.Abs(filepath.Dir(name))
		if err == nil && filepath.Base(folder) == appraisalsFolder && isCity(filepath.Dir(folder)) {
			return filepath.Dir(folder), false
		}
	}
	return a.dir, true
}

func isCity(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, projectFile))
	return err == nil
}

// openBare reads files outside a city. Their folder's deflators.csv goes with them.
func (a *app) openBare(names []string) (*dossier, error) {
	p := &project{dir: filepath.Dir(names[0])}
	problems := p.readDeflators()
	d := &dossier{app: a, project: p, bare: true, unmeasured: errNoCity}
	for _, name := range names {
		if filepath.Dir(name) != p.dir {
			return nil, usageError{fmt.Errorf("%s and %s lie in different folders; outside a city appraise those of one folder", names[0], name)}
		}
		appraisal, mistakes := readAppraisal(name, name)
		problems = append(problems, mistakes...)
		d.list = append(d.list, appraisal)
	}
	return d, problems.Err()
}

const appraisalsFolder = "appraisals"

// readAppraisals reads appraisals/*.yaml in the order of their names.
func (p *project) readAppraisals() analysis.Problems {
	files, _ := fs.Glob(os.DirFS(p.dir), appraisalsFolder+"/*.yaml")
	var problems analysis.Problems
	short, _ := fs.Glob(os.DirFS(p.dir), appraisalsFolder+"/*.yml")
	for _, name := range short {
		problems = append(problems, analysis.Problem{Position: analysis.Position{File: name}, Message: "a file of this name is not read", Hint: "let its name end in .yaml"})
	}
	for _, name := range files {
		appraisal, mistakes := readAppraisal(filepath.Join(p.dir, name), name)
		problems = append(problems, mistakes...)
		if appraisal != nil {
			p.appraisals = append(p.appraisals, appraisal)
		}
	}
	return problems
}

// readAppraisal reads the file at a path; name is what its mistakes are told under.
func readAppraisal(path, name string) (*costbenefit.Appraisal, analysis.Problems) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, analysis.Problems{{Position: analysis.Position{File: name}, Message: "there is no such file", Hint: "name a file, or an appraisal of the city you are in or name with -C"}}
	}
	if err != nil {
		return nil, analysis.Problems{{Position: analysis.Position{File: name}, Message: err.Error()}}
	}
	return costbenefit.Read(name, data)
}

// appraisalsNamed finds appraisals of the city by name or path, and reads files
// from elsewhere.
func (p *project) appraisalsNamed(names []string) ([]*costbenefit.Appraisal, error) {
	var known []string
	for _, appraisal := range p.appraisals {
		known = append(known, appraisal.Name)
	}
	var list []*costbenefit.Appraisal
	var problems analysis.Problems
	for _, name := range names {
		at := slices.IndexFunc(p.appraisals, func(a *costbenefit.Appraisal) bool { return p.names(a, name) })
		if at >= 0 {
			list = append(list, p.appraisals[at])
			continue
		}
		if _, err := os.Stat(name); err != nil {
			hint := cmp.Or(analysis.Suggest(strings.TrimSuffix(filepath.Base(name), ".yaml"), known), "there are "+strings.Join(known, ", "))
			problems = append(problems, analysis.Problem{Message: fmt.Sprintf("no appraisal %q", name), Hint: hint})
			continue
		}
		appraisal, mistakes := readAppraisal(name, name)
		problems = append(problems, mistakes...)
		list = append(list, appraisal)
	}
	return list, problems.Err()
}

// names reports whether a word of the command line means the appraisal.
func (p *project) names(a *costbenefit.Appraisal, word string) bool {
	file := appraisalsFolder + "/" + a.Name + ".yaml"
	if word == a.Name || word == a.Name+".yaml" || filepath.ToSlash(word) == file {
		return true
	}
	ours, err := os.Stat(filepath.Join(p.dir, file))
	theirs, fail := os.Stat(word)
	return err == nil && fail == nil && os.SameFile(ours, theirs)
}
