package costbenefit

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"pediment/analysis"
)

// places finds the position of a value by the position of the mapping it is
// written in and its key.
type places map[analysis.Position]map[string]analysis.Position

// newPlaces walks the file. Of a file that is no YAML it knows no places.
func newPlaces(file string, data []byte) places {
	p := places{}
	var document yaml.Node
	if yaml.Unmarshal(data, &document) == nil {
		p.walk(file, &document)
	}
	return p
}

func (p places) walk(file string, n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		keys := map[string]analysis.Position{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			keys[n.Content[i].Value] = place(file, n.Content[i+1])
		}
		p[place(file, n)] = keys
	}
	for _, child := range n.Content {
		p.walk(file, child)
	}
}

// place is where a node begins; an alias stands for its target.
func place(file string, n *yaml.Node) analysis.Position {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return analysis.Position{File: file, Line: n.Line, Column: n.Column}
}

// of is the position of the value under the keys, or as near to it as is known.
func (p places) of(parent analysis.Position, keys ...string) analysis.Position {
	for _, key := range keys {
		at, ok := p[parent][key]
		if !ok {
			return parent
		}
		parent = at
	}
	return parent
}

// complaints collects the problems of a file.
type complaints struct {
	places   places
	problems analysis.Problems
}

func (c *complaints) fail(at analysis.Position, hint, format string, args ...any) {
	c.problems = append(c.problems, analysis.Problem{Position: at, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// failUnder reports a problem with the value under a key of what is written at
// parent.
func (c *complaints) failUnder(parent analysis.Position, key, hint, format string, args ...any) {
	c.fail(c.places.of(parent, key), hint, format, args...)
}
