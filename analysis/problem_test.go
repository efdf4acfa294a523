package analysis

import (
	"errors"
	"slices"
	"testing"
)

func TestSuggest(t *testing.T) {
	tests := []struct {
		word       string
		candidates []string
		want       string
	}{
		{"learnt_12m", []string{"learned_12m", "age", "sex"}, `did you mean "learned_12m"?`},
		{"Distric", []string{"district", "stratum"}, `did you mean "district"?`},
		{"districto", []string{"distrito", "district"}, `did you mean "district"?`}, // a tie goes by alphabet
		{"bezirke", []string{"Bezirk", "Größe"}, `did you mean "Bezirk"?`},
		{"grösse", []string{"größen", "größe"}, `did you mean "größe"?`},
		{"지역구", []string{"지역", "성별"}, `did you mean "지역"?`},
		{"المنطقه", []string{"المنطقة", "السنة"}, `did you mean "المنطقة"?`},
		{"age", []string{"sex", "weight"}, ""},
		{"@", []string{"%", "+"}, ""},
		{"", []string{"a", "by"}, ""},
		{"性", []string{"年"}, ""},
		{"id", []string{"by", "at"}, ""},
		{"population", []string{"participation"}, ""},
		{"word", nil, ""},
	}
	for _, test := range tests {
		if got := Suggest(test.word, test.candidates); got != test.want {
			t.Errorf("%q: %s, want %s", test.word, got, test.want)
		}
	}
}

func TestProblemText(t *testing.T) {
	tests := []struct {
		problem Problem
		want    string
	}{
		{Problem{Position{File: "own.yaml", Line: 14, Column: 3}, "no column x", "did you mean y?"}, "own.yaml:14:3: no column x (did you mean y?)"},
		{Problem{Position{File: "own.yaml", Line: 14}, "no column x", ""}, "own.yaml:14: no column x"},
		{Problem{Position{File: "b.xlsx", Sheet: "Lines", Cell: "F214"}, "not a number", ""}, "b.xlsx:Lines!F214: not a number"},
		{Problem{Position{File: "b.xlsx", Sheet: "Lines"}, "is empty", ""}, "b.xlsx:Lines: is empty"},
		{Problem{Position{File: "b.csv", Cell: "F2"}, "is empty", ""}, "b.csv:F2: is empty"},
		{Problem{Position{}, "nothing to do", ""}, "nothing to do"},
	}
	for _, test := range tests {
		if got := test.problem.Error(); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}

func TestProblemsAreSortedOnce(t *testing.T) {
	at := func(file string, line, column int) Position { return Position{File: file, Line: line, Column: column} }
	a9, a10 := Problem{at("a", 9, 1), "m", ""}, Problem{at("a", 10, 1), "m", ""}
	hinted, b := Problem{at("a", 9, 1), "m", "h"}, Problem{at("b", 1, 1), "m", ""}
	given := Problems{b, hinted, a10, a9, hinted, a9}
	want := Problems{a9, hinted, a10, b}
	if got := given.Sorted(); !slices.Equal(got, want) {
		t.Errorf("sorted %v, want %v", got, want)
	}
	if given[0] != b {
		t.Error("sorting changed the list it was given")
	}
	err := given.Err()
	if got, want := err.Error(), "a:9:1: m\na:9:1: m (h)\na:10:1: m\nb:1:1: m"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 4 {
		t.Error("the error is not Problems")
	}
	if (Problems{}).Err() != nil {
		t.Error("no problems are an error")
	}
}
