package equity

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// 20 against 30 is a gap of 10 points and a ratio of 1.5. 16 against 24.5 is 8.5 points
// and 1.53: smaller as one and larger as the other. 18 against 25 is smaller as both.
func TestDifferenceAndRatioMayDisagree(t *testing.T) {
	wave := func(low, high float64) *Breakdown {
		return breakdownOf([]float64{low, high}, []float64{1000, 1000}, nil)
	}
	for _, c := range []struct {
		low, high float64
		want      string
	}{{16, 24.5, "shrank, measured as a ratio it grew"}, {18, 25, ""}} {
		b := wave(c.low, c.high)
		b.Earlier = wave(20, 30)
		list := (&Setup{Breakdowns: []Breakdown{*b}}).studies()[0].changes
		got := disagreement(list)
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%g to %g: %q", c.low, c.high, got)
		}
	}
}

func TestChangedDefinitionIsNotCompared(t *testing.T) {
	b := breakdownOf([]float64{40, 50}, []float64{1000, 1000}, nil)
	b.Earlier = breakdownOf([]float64{30, 50}, []float64{1000, 1000}, nil)
	b.Earlier.Groups[0].Value.Definition = "before"
	result := Measure(Setup{Breakdowns: []Breakdown{*b}})
	if rows := tableNamed(t, result, "change"); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
	if len(result.Warnings) == 0 || !strings.Contains(result.Warnings[0].Text, "definition") {
		t.Errorf("%v", result.Warnings)
	}
}

// What a sentence says of a change is what its two ends say.
func TestChangesAddUp(t *testing.T) {
	number := `(−?[\d,]*\.?\d+)`
	said := regexp.MustCompile(`went from ` + number + ` in \S+ to ` + number + `[^:]*: it (grew|shrank) by ` + number)
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := breakdownOf(d.y, d.population, diagonal(d.se))
		b.Ordered = true
		b.Earlier = breakdownOf(rapid.SliceOfN(rapid.Float64Range(5, 95), len(d.y), len(d.y)).Draw(t, "earlier"), d.population, diagonal(d.se))
		b.Earlier.Ordered = true
		b.Period.Label, b.Earlier.Period.Label = "2024", "2020"
		for _, c := range (&Setup{Breakdowns: []Breakdown{*b}}).studies()[0].changes {
			parts := said.FindStringSubmatch(c.sentence)
			if parts == nil {
				continue
			}
			by := printed(parts[4])
			if parts[3] == "shrank" {
				by = -by
			}
			if difference := printed(parts[2]) - printed(parts[1]); math.Abs(difference-by) > 1e-9*max(1, math.Abs(by)) || by == 0 {
				t.Errorf("%s", c.sentence)
			}
		}
	})
}

func printed(number string) float64 {
	x, _ := strconv.ParseFloat(strings.NewReplacer("−", "-", ",", "").Replace(number), 64)
	return x
}

// 13.4 and 14.6 with an error of 4 are 13 and 15, but the change is 1 and not 2.
func TestChangePrintsOneMoreDigit(t *testing.T) {
	c := change{unit: "percentage points", absolute: true, earlier: 13.4, later: 14.6, estimate: estimate{value: 1.2, se: 4}}
	if d, by := c.agreeing(); d != 1 || math.Abs(by-1.2) > 1e-9 {
		t.Errorf("%d decimals, by %g", d, by)
	}
	c.earlier, c.later, c.value = 13.1, 14.9, 1.8
	if d, by := c.agreeing(); d != 0 || by != 2 {
		t.Errorf("%d decimals, by %g", d, by)
	}
}

// A half is rounded as it is printed: .25 is 0.2 and 43.5 less that 43.3.
func TestChangesOfHalves(t *testing.T) {
	c := change{unit: "percentage points", absolute: true, earlier: .25, later: 43.5, estimate: estimate{value: 43.25, se: 1.1}}
	d, by := c.agreeing()
	if was, is, said := figure(c.earlier, d), figure(c.later, d), figure(by, d); math.Abs(printed(is)-printed(was)-printed(said)) > 1e-9 {
		t.Errorf("%s to %s by %s", was, is, said)
	}
}

// Below 0 a variance less what chance adds has no amount.
func TestChangeFromChance(t *testing.T) {
	b := breakdownOf([]float64{30, 50}, []float64{1000, 1000}, diagonal([]float64{2, 2}))
	b.Earlier = breakdownOf([]float64{49.5, 50}, []float64{1000, 1000}, diagonal([]float64{2, 2}))
	list := (&Setup{Breakdowns: []Breakdown{*b}}).studies()[0].changes
	// Hand: 10² less (4+4)/4 = 98 against .25² less 2, below 0.
	if said := changeOf(list, "bgv_corrected").sentence; !strings.Contains(said, "no more than chance would have it") || strings.Contains(said, "grew by") {
		t.Error(said)
	}
}
