package main

import (
	"fmt"

	"pediment/analysis"
	"pediment/analysis/quality"
)

// qualitySettings is quality: in pediment.yaml. What is asked of one dataset stands
// with the dataset: rules, expect and interview.
type qualitySettings struct {
	At          analysis.Position
	Triangulate []triangulation `yaml:"triangulate"`
}

// triangulation is one figure that two sources give, each as an indicator.
type triangulation struct {
	At        analysis.Position
	Name      string          `yaml:"name"`
	Codes     []analysis.Text `yaml:"codes"`
	Tolerance analysis.Text   `yaml:"tolerance"` // "5%" of the second, or an amount in its unit
}

// checkQuality checks quality: in pediment.yaml.
func (p *project) checkQuality() analysis.Problems {
	var problems analysis.Problems
	fail := func(at analysis.Position, hint, format string, args ...any) {
		problems = append(problems, analysis.Problem{Position: at, Message: "quality: triangulate: " + fmt.Sprintf(format, args...), Hint: hint})
	}
	names := map[string]bool{}
	for _, t := range p.settings.Quality.Triangulate {
		if len(t.Codes) != 2 {
			fail(t.At, `write codes: ["own.1", "own.2"]`, "a pair is two indicators, not %d", len(t.Codes))
			continue
		}
		for _, code := range t.Codes {
			if _, ok := p.catalogue.Find(code.Value); !ok {
				fail(code.At, analysis.Suggest(code.Value, p.catalogue.Codes()), "no indicator %q", code.Value)
			}
		}
		if _, _, err := quality.ParseTolerance(t.Tolerance.Value); err != nil || t.Tolerance.Value == "" {
			at := t.Tolerance.At
			if at == (analysis.Position{}) {
				at = t.At
			}
			fail(at, `write how far apart they may lie and still agree, as in tolerance: 5%, or an amount in their unit`, "the tolerance is not known")
		}
		if t.Name == "" || names[t.Name] {
			fail(t.At, "give each pair a name: of its own", "a pair needs a name")
		}
		names[t.Name] = true
	}
	return problems
}

// pairs are the pairs of indicators to be held against each other.
func (p *project) pairs() []quality.Pair {
	var list []quality.Pair
	for _, t := range p.settings.Quality.Triangulate {
		if len(t.Codes) != 2 {
			continue // told with the settings
		}
		amount, relative, _ := quality.ParseTolerance(t.Tolerance.Value) // checked with the settings
		list = append(list, quality.Pair{At: t.At, Name: t.Name, Codes: [2]string{t.Codes[0].Value, t.Codes[1].Value}, Tolerance: amount, Relative: relative})
	}
	return list
}
