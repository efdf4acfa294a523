package budget

import (
	"slices"
	"testing"

	"pediment/analysis"
)

func TestBelow(t *testing.T) {
	for _, c := range []struct {
		code, prefix string
		want         bool
	}{
		{"09.5", "09", true},
		{"09.5.0", "09.5", true},
		{"09", "09.5", false},
		{"1.10", "1.1", false}, // a level ends at its dot
		{"1.1.0", "1.1.", true},
		{"1501", "15", true}, // codes without dots by their letters
		{"15", "15", true},
	} {
		if got := below(c.code, c.prefix); got != c.want {
			t.Errorf("%s below %s: %v", c.code, c.prefix, got)
		}
	}
}

func TestPrefixes(t *testing.T) {
	l := ledger{Setup: Setup{Levels: []int{1, 2, 3}}}
	for code, want := range map[string][]string{
		"":       nil,
		"09.5.0": {"09", "09.5", "09.5.0"},
		"09":     {"0", "09"},
		"15302":  {"1", "15", "153", "15302"},
		".5":     {".5"},
	} {
		if got := l.prefixes(code); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", code, got, want)
		}
	}
}

func TestCOFOG(t *testing.T) {
	for code, want := range map[string]string{
		"09": "Education", "09.5": "Education not definable by level", "09.5.0": "Education not definable by level",
		"08.2": "Cultural services", "99": "", "09.99": "", "": "",
	} {
		if got := cofogName(code); got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
	s := Setup{Crosswalk: []Mapping{{Function: "1", COFOG: "09"}, {Function: "12", COFOG: "08.2"}}}
	for code, want := range map[string]string{"1": "09", "11": "09", "12": "08.2", "123": "08.2", "2": ""} {
		if got := s.translate(code); got != want {
			t.Errorf("%s goes to %q, want %q", code, got, want)
		}
	}
}

// A place with 4 learners is withheld, and with it the smallest other, or the
// total of the programme would give it away.
func TestSmallCellsAreWithheld(t *testing.T) {
	y := &year{join: 2024}
	cost := func(place string, learners int64) unitCost {
		return unitCost{year: y, key: unitKey{2024, "ADU", place}, cents: 1000, units: units{persons: learners, hasPersons: true}}
	}
	costs := []unitCost{cost("", 104), cost("north", 4), cost("south", 60), cost("west", 40)}
	l := ledger{Setup: Setup{SmallestCell: 10}}
	l.hideSmall(costs)
	for i, want := range []analysis.State{analysis.Known, analysis.Confidential, analysis.Known, analysis.Confidential} {
		if costs[i].state != want {
			t.Errorf("%q with %d learners is %q, want %q", costs[i].key.place, costs[i].units.persons, costs[i].state, want)
		}
		if want == analysis.Confidential && costs[i].units.learners() != 0 {
			t.Errorf("%q still tells of %v learners", costs[i].key.place, costs[i].units.learners())
		}
	}
}

func TestSpoken(t *testing.T) {
	l := ledger{currency: "EUR"}
	for cents, want := range map[int64]string{
		0: "0.00 EUR", 1: "0.01 EUR", 9999: "99.99 EUR", -1248000: "−12,480 EUR", 65517090890: "655.2 million EUR",
		99994900: "999,949 EUR", 99995000: "1.0 million EUR", 123456789012345: "1234.57 billion EUR",
	} {
		if got := l.spoken(cents); got != want {
			t.Errorf("%d is %q, want %q", cents, got, want)
		}
	}
}
