package equity

import (
	"fmt"
	"strings"
	"testing"
)

// Of 40 comparisons at 5 % two would show a gap by chance; of 4 none is spoken of.
func TestChanceAmongManyComparisons(t *testing.T) {
	for n, want := range map[int]string{40: "Among 40 comparisons of survey values, chance alone would make a group seem behind in up to 2.", 4: ""} {
		var setup Setup
		for code := range n {
			b := breakdownOf([]float64{20, 50, 51}, []float64{1000, 1000, 1000}, diagonal([]float64{2, 2, 2}))
			b.Code, b.Name = fmt.Sprint(code), fmt.Sprint("indicator ", code)
			setup.Breakdowns = append(setup.Breakdowns, *b)
		}
		all := text(Measure(setup))
		if want != "" && !strings.Contains(all, want) || want == "" && strings.Contains(all, "chance alone would make a group") {
			t.Errorf("%d comparisons: want %q", n, want)
		}
	}
}

// Where nobody is clearly behind, that is said, and not that all are equal.
func TestNobodyBehindIsNoProofOfEquality(t *testing.T) {
	b := breakdownOf([]float64{48, 50, 51}, []float64{1000, 1000, 1000}, diagonal([]float64{4, 4, 4}))
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	rows := tableNamed(t, result, "findings")
	if len(rows) != 1 || !strings.Contains(rows[0]["text"].(string), "Compared between groups: 1 indicator, in none of which") || !strings.Contains(rows[0]["text"].(string), "no proof of equality") {
		t.Errorf("%v", rows)
	}
	if len(result.Charts) != 0 {
		t.Errorf("draws %d charts of what may be chance", len(result.Charts))
	}
}
