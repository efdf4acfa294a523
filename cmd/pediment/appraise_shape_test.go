package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pediment/analysis"
)

func TestSideBySide(t *testing.T) {
	long := analysis.Table{Name: "summary", Columns: analysis.Columns("option", "measure", "label", "value:number", "unit", "note"), Rows: [][]any{
		{"a", "npv", "Net", 1.5, "EUR", ""}, {"a", "irr", "Return", nil, "", "never"},
		{"b", "npv", "Net", 2.5, "EUR", "of b"}, {"b", "irr", "Return", .25, "", "once"}, {"", "seed", "Seed", 7., "", ""},
	}}
	want := analysis.Table{Name: "summary", Columns: analysis.Columns("label", "a:number", "b:number", "all:number", "unit", "note"), Rows: [][]any{
		{"Net", 1.5, 2.5, nil, "EUR", "of b"}, {"Return", nil, .25, nil, "", "never / once"}, {"Seed", nil, nil, 7., "", ""},
	}}
	if diff := cmp.Diff(want, sideBySide(long, "label", "measure")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Shares become percentages, amounts of money in their rows do not; the table
// given stays as it was.
func TestInPercent(t *testing.T) {
	given := analysis.Table{Columns: analysis.Columns("low:number", "npv_low:number", "unit"), Rows: [][]any{
		{.25, -100., "share"}, {.03, 5., "share a year"}, {.5, 1., "EUR"}, {.5, 1., "shared rooms"},
	}}
	want := [][]any{{25., -100., "percent"}, {3., 5., "percent a year"}, {.5, 1., "EUR"}, {.5, 1., "shared rooms"}}
	if diff := cmp.Diff(want, inPercent(given).Rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if given.Rows[0][0] != .25 {
		t.Error("the table given was changed")
	}
}

func TestFootnoted(t *testing.T) {
	long := "a note that is too long to stand in a table of figures"
	given := analysis.Table{Columns: analysis.Columns("label", "note"), Rows: [][]any{{long, long}, {"x", "short"}, {"y", long}}}
	got, notes := footnoted(given)
	if diff := cmp.Diff([][]any{{long, "[1]"}, {"x", "short"}, {"y", "[1]"}}, got.Rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"[1] " + long}, notes); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLargestKeepsTheFirstOfEachOption(t *testing.T) {
	given := analysis.Table{Columns: analysis.Columns("option", "input"), Rows: [][]any{{"a", "1"}, {"a", "2"}, {"a", "3"}, {"b", "4"}}}
	if diff := cmp.Diff([][]any{{"a", "1"}, {"a", "2"}, {"b", "4"}}, largest(given, 2).Rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWithout(t *testing.T) {
	given := analysis.Table{Name: "t", Columns: analysis.Columns("a", "b", "c"), Rows: [][]any{{"1", "2", "3"}}}
	want := analysis.Table{Name: "t", Columns: analysis.Columns("a", "c"), Rows: [][]any{{"1", "3"}}}
	if diff := cmp.Diff(want, without(given, "b", "none")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPlainYears(t *testing.T) {
	given := analysis.Table{Columns: analysis.Columns("year:integer", "n:integer"), Rows: [][]any{{int64(2027), int64(2027)}}}
	if diff := cmp.Diff([][]any{{"2027", int64(2027)}}, plainYears(given).Rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
