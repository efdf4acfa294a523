package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"pediment/analysis"
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
		return nil, problems
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
