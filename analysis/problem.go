package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is a place in a file a person can open: a line and column of a text
// file, or a sheet and cell of a workbook. Zero fields are unknown.
type Position struct {
	File         string
	Line, Column int
	Sheet, Cell  string
}

// String renders p as "file:line:column" or "file:sheet!cell", without the
// parts that are unknown.
func (p Position) String() string {
	text := p.File
	switch {
	case p.Cell != "" && p.Sheet != "":
		text += ":" + p.Sheet + "!" + p.Cell
	case p.Cell != "":
		text += ":" + p.Cell
	case p.Sheet != "":
		text += ":" + p.Sheet
	case p.Line > 0 && p.Column > 0:
		text += fmt.Sprintf(":%d:%d", p.Line, p.Column)
	case p.Line > 0:
		text += fmt.Sprintf(":%d", p.Line)
	}
	return text
}

// Problem is one mistake in the user's files. Message says what is wrong, Hint
// what to do next; Hint may be empty.
type Problem struct {
	Position
	Message, Hint string
}

// String renders the problem as one line: position, message, hint.
func (p Problem) String() string {
	text := p.Position.String()
	if text != "" {
		text += ": "
	}
	text += p.Message
	if p.Hint != "" {
		text += " (" + p.Hint + ")"
	}
	return text
}

// Error makes a Problem usable as an error on its own.
func (p Problem) Error() string { return p.String() }

// Problems is a list of mistakes. As an error it prints one problem a line.
type Problems []Problem

// Error joins the problems, one a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sorted returns the problems ordered by position and message, without repeats.
func (ps Problems) Sorted() Problems {
	sorted := slices.Clone(ps)
	slices.SortFunc(sorted, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Hint, b.Hint))
	})
	return slices.Compact(sorted)
}

// Err returns the problems as an error, sorted, or nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.Sorted()
}

// Suggest returns "did you mean "x"?" for the candidate nearest to word, or ""
// when none is near enough to be a likely slip.
func Suggest(word string, candidates []string) string {
	length := len([]rune(word))
	best, distance := "", min(length, 1+max(1, length/3)) // less than the whole word
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(word), strings.ToLower(c)); d < distance || d == distance && best != "" && c < best {
			best, distance = c, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// editDistance is the Levenshtein distance between a and b in runes.
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		diagonal := row[0]
		row[0] = i + 1
		for j := range t {
			above := row[j+1]
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(above+1, row[j]+1, diagonal+cost)
			diagonal = above
		}
	}
	return row[len(t)]
}
