package ingest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"pediment/analysis"
)

// unpivot is a declared unpivot bound to a header.
type unpivot struct {
	columns     []string // headers that become rows
	name, value string
}

// bindUnpivot finds the headers to unpivot and replaces them in p.raw by the two
// columns they become.
func (p *plan) bindUnpivot(s *source, h header) error {
	declared := p.dataset.Unpivot
	var problems analysis.Problems
	u := &unpivot{name: or(declared.Name.Value, "name"), value: or(declared.Value.Value, "value")}
	for _, text := range declared.Columns {
		found, err := matchHeaders(text, h, s)
		problems = gather(problems, err)
		for _, name := range found {
			if !slices.Contains(u.columns, name) {
				u.columns = append(u.columns, name)
			}
		}
	}
	if len(declared.Columns) == 0 {
		problems = append(problems, analysis.Problem{Position: declared.At, Message: "unpivot names no columns", Hint: `columns: ["2023", "2024"] or a regular expression: /^\d{4}$/`})
	}
	p.raw = slices.DeleteFunc(p.raw, func(name string) bool { return slices.Contains(u.columns, name) })
	for _, part := range []analysis.Text{{Value: u.name, At: declared.Name.At}, {Value: u.value, At: declared.Value.At}} {
		if slices.ContainsFunc(p.raw, func(name string) bool { return strings.EqualFold(name, part.Value) }) {
			problems = append(problems, analysis.Problem{Position: orAt(part.At, declared.At), Message: fmt.Sprintf("unpivot: %s already has a column %q", s.name, part.Value), Hint: "choose another name"})
		}
		p.raw = append(p.raw, part.Value)
	}
	p.unpivot = u
	return problems.Err()
}

// matchHeaders returns the headers that text names: one, or by a regular
// expression between slashes any number.
func matchHeaders(text analysis.Text, h header, s *source) ([]string, error) {
	pattern, isPattern := strings.CutPrefix(text.Value, "/")
	pattern, closed := strings.CutSuffix(pattern, "/")
	if !isPattern || !closed {
		for _, name := range h.names {
			if strings.EqualFold(name, text.Value) {
				return []string{name}, nil
			}
		}
		return nil, noColumn(text.At, text.Value, s, h, h.names)
	}
	form, err := regexp.Compile(pattern)
	if err != nil {
		return nil, analysis.Problem{Position: text.At, Message: fmt.Sprintf("unpivot: %s is not a regular expression: %v", text.Value, err)}
	}
	var found []string
	for _, name := range h.names {
		if form.MatchString(name) {
			found = append(found, name)
		}
	}
	if len(found) == 0 {
		return nil, analysis.Problem{Position: text.At, Message: fmt.Sprintf("unpivot: no header of %s fits %s", s.name, text.Value), Hint: "its headers: " + someNames(h.names)}
	}
	return found, nil
}
