package analysis

import (
	"slices"
	"testing"
)

func TestPlaces(t *testing.T) {
	city := Places{
		{Code: "C", Name: "City"}, {Code: "N", Name: "North", Parent: "C"}, {Code: "S", Parent: "C"},
		{Code: "N1", Parent: "N"}, {Code: "N2", Parent: "N"},
		{Code: "a", Parent: "b"}, {Code: "b", Parent: "c"}, {Code: "c", Parent: "a"}, // a circle
		{Code: "self", Parent: "self"}, {Code: "orphan", Parent: "gone"},
	}
	tests := []struct {
		code              string
		within, ancestors []string
	}{
		{"C", []string{"C", "N", "S", "N1", "N2"}, nil},
		{"N", []string{"N", "N1", "N2"}, []string{"C"}},
		{"N2", []string{"N2"}, []string{"N", "C"}},
		{"a", []string{"a", "c", "b"}, []string{"b", "c"}},
		{"self", []string{"self"}, nil},
		{"orphan", []string{"orphan"}, []string{"gone"}},
		{"unknown", []string{"unknown"}, nil},
	}
	for _, test := range tests {
		if got := city.Within(test.code); !slices.Equal(got, test.within) {
			t.Errorf("within %s: %v, want %v", test.code, got, test.within)
		}
		if got := city.Ancestors(test.code); !slices.Equal(got, test.ancestors) {
			t.Errorf("above %s: %v, want %v", test.code, got, test.ancestors)
		}
	}
	if a, b, c := city.Name("N"), city.Name("S"), city.Name("x"); a != "North" || b != "S" || c != "x" {
		t.Errorf("names %q, %q, %q", a, b, c)
	}
}
