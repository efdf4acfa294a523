package analysis

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads the first two documents of data; what is not there is zero.
func parseYAML(data []byte) (first, second yaml.Node, err error) {
	source := yaml.NewDecoder(bytes.NewReader(data))
	if err = source.Decode(&first); err == nil {
		err = source.Decode(&second)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return first, second, err
}

func syntaxProblem(file string, data []byte, err error) Problem {
	line, message := yamlError(err)
	switch {
	case line > 0 && strings.Contains(message, "',' or"):
		line++ // the library counts the lines of these from 0
	case line == 0 || strings.HasPrefix(message, "did not find expected"):
		line = brokenLine(data, message)
	}
	return Problem{
		Position: Position{File: file, Line: line},
		Message:  "cannot be read as YAML: " + message,
		Hint:     "check indentation, quotes and tabs near this line",
	}
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// yamlError takes the library's message apart; the line is 0 when it names none.
func yamlError(err error) (line int, message string) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		return 0, err.Error()
	}
	return number(m[1]), err.Error()[len(m[0]):]
}

// brokenLine finds the line of a syntax error that the library places where the
// surrounding block begins, or nowhere: the last line of the shortest part of
// data, from its beginning, that has the same error.
func brokenLine(data []byte, message string) int {
	lines := bytes.SplitAfter(data, []byte("\n"))
	return 1 + sort.Search(len(lines)-1, func(i int) bool {
		_, _, err := parseYAML(bytes.Join(lines[:i+1], nil))
		if err == nil {
			return false
		}
		_, same := yamlError(err)
		return same == message
	})
}
