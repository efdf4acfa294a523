package equity

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

// uncounted is a breakdown of groups whose people nobody knows, with the value for
// everybody.
func uncounted(y []float64, covariance [][]float64, whole, se float64) *Breakdown {
	nobody := make([]float64, len(y))
	for k := range nobody {
		nobody[k] = math.NaN()
	}
	b := breakdownOf(y, nobody, covariance)
	b.Whole = analysis.Value{Estimate: analysis.Unknown(), Unit: "percent"}
	b.Whole.Value, b.Whole.SE = whole, se
	return b
}

// Unemployment of 4 % among many and 7.8 % among few is 4.1 % of everybody, not 5.9:
// the gap is 3.7 points by hand, of which the plain mean would make 1.9.
func TestWholeStandsInForUnknownPeople(t *testing.T) {
	b := uncounted([]float64{4, 7.8}, nil, 4.1, math.NaN())
	b.Better = "lower"
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	row := tableNamed(t, result, "furthest")[0]
	near(t, "average", row["average"].(float64), 4.1, 1e-12)
	near(t, "gap", row["gap"].(float64), 3.7, 1e-12)
	if row["average_of"] != ofWhole || !strings.Contains(row["sentence"].(string), "7.8 % against 4.1 % for everybody, a gap of 3.7 percentage points") {
		t.Errorf("%v: %v", row["average_of"], row["sentence"])
	}
	if len(result.Warnings) != 1 || !strings.Contains(result.Warnings[0].Text, "who is behind is told from the value for everybody") {
		t.Errorf("%v", result.Warnings)
	}
}

// A value that no mean of the groups can be counts something else.
func TestWholeBesideTheGroupsIsNoYardstick(t *testing.T) {
	for _, whole := range []float64{3, 9, math.NaN()} {
		b := uncounted([]float64{4, 7}, nil, whole, math.NaN())
		row := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "furthest")[0]
		near(t, "average", row["average"].(float64), 5.5, 1e-12)
		if row["average_of"] != ofGroups || !strings.Contains(row["sentence"].(string), "on the plain average of the groups") {
			t.Errorf("%g: %v: %v", whole, row["average_of"], row["sentence"])
		}
	}
}

// Where people are known Σ p·y stays: by hand .9·4 + .1·7.8 = 4.38.
func TestKnownPeopleComeFirst(t *testing.T) {
	b := uncounted([]float64{4, 7.8}, nil, 5, math.NaN())
	b.Groups[0].Population, b.Groups[1].Population = 9000, 1000
	row := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "furthest")[0]
	near(t, "average", row["average"].(float64), 4.38, 1e-12)
	if row["average_of"] != ofPeople {
		t.Errorf("%v", row["average_of"])
	}
}

// The error of the value for everybody adds to the group's: √(3² + 4²) = 5, and an
// interval of both groups at once is ±2.241403·5 (normal, 1.25 % in each tail).
func TestErrorOfTheWholeCounts(t *testing.T) {
	v := newPanel(uncounted([]float64{40, 60}, diagonal([]float64{3, 3}), 55, 4), 30)
	gap := v.gap(0)
	near(t, "gap", gap.value, -15, 1e-12)
	near(t, "se", gap.se, 5, 1e-12)
	near(t, "low", gap.low, -15-2.241402727604947*5, 1e-9)
}

// What it takes is said the right way round, and only of people.
func TestPeopleBothWays(t *testing.T) {
	for _, c := range []struct {
		better  string
		persons bool
		want    string
	}{
		{"lower", true, "It would be level if this were true of about 150 fewer people there."},
		{"higher", true, "It would be level if this were true of about 150 more people there."},
		{"higher", false, ""},
	} {
		b := breakdownOf([]float64{20, 50}, []float64{1000, 1000}, nil)
		b.Better, b.Persons = c.better, c.persons
		result := Measure(Setup{Breakdowns: []Breakdown{*b}})
		all := text(result)
		if c.want != "" && !strings.Contains(all, c.want) || c.want == "" && strings.Contains(all, "people there") {
			t.Errorf("better %s, people %v: want %q in\n%v", c.better, c.persons, c.want, tableNamed(t, result, "findings"))
		}
		for _, row := range tableNamed(t, result, "measures") {
			if row["measure"] == "par_people" && !c.persons {
				t.Errorf("counts people: %v", row)
			}
		}
	}
}

// The column is not said twice, but a bare yes says nothing.
func TestLabelBesideItsColumn(t *testing.T) {
	for label, want := range map[string]string{
		"education: low": "By education in , low is furthest behind",
		"education: yes": "By education in , education: yes is furthest behind",
		"aged 75+":       "By education in , aged 75+ is furthest behind",
	} {
		b := breakdownOf([]float64{20, 50}, []float64{1000, 1000}, nil)
		b.Label, b.Groups[0].Label = "education", label
		if got := tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "furthest")[0]["sentence"].(string); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", label, got)
		}
	}
}

// However many indicators, the findings stay readable.
func TestFindingsStayReadable(t *testing.T) {
	var setup Setup
	for code := range 30 {
		b := breakdownOf([]float64{20, 50, 51}, []float64{1000, 1000, 1000}, diagonal([]float64{2, 2, 2}))
		b.Code, b.Name = string(rune('a'+code)), "indicator "+string(rune('a'+code))
		setup.Breakdowns = append(setup.Breakdowns, *b)
	}
	if rows := tableNamed(t, Measure(setup), "findings"); len(rows) > 25 {
		t.Errorf("%d sentences", len(rows))
	}
}
