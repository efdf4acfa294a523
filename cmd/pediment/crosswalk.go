package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"pediment/analysis"
	"pediment/analysis/budget"
)

// readCrosswalk reads the file that says which COFOG code local functions belong
// to: function,cofog,name. The name may be empty; a function stands there once.
// Without a file the city's functions are COFOG codes themselves.
func (p *project) readCrosswalk(name analysis.Text) ([]budget.Mapping, analysis.Problems) {
	if name.Value == "" {
		return nil, nil
	}
	path := filepath.FromSlash(name.Value)
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.dir, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, analysis.Problems{{Position: name.At, Message: fmt.Sprintf("budget: crosswalk: there is no file %s that can be read", name.Value),
			Hint: "write its name relative to the city's folder; its columns are function, cofog and name"}}
	}
	return parseCrosswalk(name.Value, string(data))
}

func parseCrosswalk(name, text string) ([]budget.Mapping, analysis.Problems) {
	columns := []string{"function", "cofog", "name"}
	rows, lines, problems := readStrictCSV(name, text, columns)
	var list []budget.Mapping
	for k, row := range rows {
		m := budget.Mapping{Function: row[0], COFOG: row[1], Name: row[2]}
		fail := func(message, hint string) {
			problems = append(problems, analysis.Problem{Position: analysis.Position{File: name, Line: lines[k]}, Message: message, Hint: hint})
		}
		switch {
		case m.Function == "":
			fail("function: there is none", "write the city's code, or the beginning that several codes share")
		case slices.ContainsFunc(list, func(o budget.Mapping) bool { return o.Function == m.Function }):
			fail(fmt.Sprintf("function: %q is given twice", m.Function), "keep one of the two")
		case !budget.KnownCOFOG(m.COFOG):
			fail(fmt.Sprintf("cofog: %q is not a division, group or class of COFOG", m.COFOG), "write it as 09, 09.5 or 09.5.0")
		default:
			list = append(list, m)
		}
	}
	return list, problems
}
