package main

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pediment/analysis"
)

// levelName is what people call a level in a sentence, where it stands without its
// column: a place's name, "aged 65-74", "female", and where the level alone tells
// nothing its column too, "education: low", "migrant: yes". A level of several words
// or with a capital letter is taken to tell by itself.
func (w *work) levelName(l analysis.Level) string {
	column := strings.ReplaceAll(l.Column, "_", " ")
	first, _ := utf8.DecodeRuneInString(l.Value)
	switch {
	case l.Column == "place":
		return w.project.places.Name(l.Value)
	case l.Value == "true":
		return column + ": yes"
	case l.Value == "false":
		return column + ": no"
	case byAge(l.Column) && unicode.IsDigit(first) && !strings.Contains(l.Value, "year"):
		return "aged " + l.Value
	case strings.Contains(l.Value, " "), unicode.IsUpper(first), !unicode.IsLetter(first) && !unicode.IsDigit(first):
		return l.Value
	case slices.Contains([]string{"sex", "gender"}, l.Column):
		return l.Value
	}
	return column + ": " + l.Value
}

// byAge reports whether a column tells ages.
func byAge(column string) bool { return column == "age" || strings.HasPrefix(column, "age_") }
