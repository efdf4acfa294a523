package equity

import (
	"strings"
	"testing"
)

// One library authority reports a hundredth of what the others do: the figure is to
// be checked, and the middle half of the authorities is told.
func TestGroupsFarFromAllOthers(t *testing.T) {
	y, people := []float64{.02}, []float64{1000}
	for j := range 24 {
		y, people = append(y, 2+float64(j)/24), append(people, 1000)
	}
	b := breakdownOf(y, people, nil)
	b.Unit, b.By = "visits per resident", []string{"place"}
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	if rows := tableNamed(t, result, "furthest"); !strings.Contains(rows[0]["sentence"].(string), "should be checked first") {
		t.Errorf("%v", rows)
	}
	if len(result.Warnings) != 1 || !strings.Contains(result.Warnings[0].Text, "far from all other groups: A (0.02") {
		t.Errorf("%v", result.Warnings)
	}
	// R: quantile(c(.02, 2 + 0:23/24), c(.25, .5, .75)) = 2.208, 2.458, 2.708.
	if all := text(result); !strings.Contains(all, "Half of the 25 groups lie between 2.21 and 2.71 visits per resident, the one in the middle at 2.46") {
		t.Error(all[:400])
	}
	b.Groups[0].Value.Value = 1.8
	if result := Measure(Setup{Breakdowns: []Breakdown{*b}}); len(result.Warnings) != 0 {
		t.Errorf("%v", result.Warnings)
	}
}
