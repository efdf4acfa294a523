package equity

import (
	"strings"
	"testing"
)

// Groups that are all at 7, up to how computers add, have no gap, no variance and
// nobody behind, and that is said.
func TestGroupsAreAlike(t *testing.T) {
	for _, off := range []float64{0, 1e-13} {
		b := breakdownOf([]float64{7, 7 + off, 7, 7 - off, 7}, []float64{1310, 770, 431, 901, 613}, nil)
		b.Ordered = true
		b.Earlier = breakdownOf([]float64{7 + off, 7, 7, 7, 7}, []float64{1310, 770, 431, 901, 613}, nil)
		result := Measure(Setup{Breakdowns: []Breakdown{*b}})
		for _, row := range tableNamed(t, result, "measures") {
			want := 0.
			if m := row["measure"].(string); m == "ratio" || strings.HasPrefix(m, "rii") {
				want = 1
			}
			if row["value"] != want {
				t.Errorf("%v = %v, want %v", row["measure"], row["value"], want)
			}
			if said := row["sentence"].(string); row["measure"] == "difference" && said != "E and A are alike, at 7.0 %." {
				t.Error(said)
			}
		}
		for _, row := range tableNamed(t, result, "groups") {
			if row["gap"] != 0. || row["behind"] != no {
				t.Errorf("%v: gap %v, behind %v", row["group"], row["gap"], row["behind"])
			}
		}
		for _, row := range tableNamed(t, result, "change") {
			if row["measure"] != "ratio" && row["measure"] != "rii" && row["change"] != 0. {
				t.Errorf("change of %v = %v", row["measure"], row["change"])
			}
		}
		if rows := tableNamed(t, result, "furthest"); len(rows) != 0 {
			t.Errorf("furthest behind: %v", rows)
		}
		if said := tableNamed(t, result, "findings")[0]["text"]; said != "All groups are alike: Has a certificate by district (7.0 %)." {
			t.Error(said)
		}
	}
}

// A group at the average of others that differ is not behind by the last digit.
func TestGroupAtTheAverage(t *testing.T) {
	b := breakdownOf([]float64{.1 + .2, .6, 0, .3}, []float64{1000, 1000, 1000, 1000}, nil)
	for _, row := range tableNamed(t, Measure(Setup{Breakdowns: []Breakdown{*b}}), "groups") {
		if row["group"] == "A" && (row["gap"] != 0. || row["behind"] != no) {
			t.Errorf("%v", row)
		}
	}
}

// What an order written backwards looks like is asked about, in the sentence and once
// for the order.
func TestOrderWrittenBackwards(t *testing.T) {
	const question = "check the order in equity: ordered"
	for _, c := range []struct {
		y     []float64
		asked bool
	}{{[]float64{60, 50, 40, 30, 20}, true}, {[]float64{20, 30, 40, 50, 60}, false}, {[]float64{41, 40, 40, 40, 40}, false}} {
		b := breakdownOf(c.y, residents, diagonal([]float64{2, 2, 2, 2, 2}))
		b.Ordered, b.Label = true, "income"
		result := Measure(Setup{Breakdowns: []Breakdown{*b}})
		if asked := strings.Contains(text(result), "more than chance would bring ("+question+")"); asked != c.asked {
			t.Errorf("%v: asked in a sentence %v, want %v", c.y, asked, c.asked)
		}
		warned := false
		for _, w := range result.Warnings {
			warned = warned || strings.Contains(w.Text, question)
		}
		if warned != c.asked {
			t.Errorf("%v: warned %v, want %v", c.y, warned, c.asked)
		}
	}
}

// A declared reference may be worse off; the gap and its interval are told as a
// distance.
func TestGapIsADistance(t *testing.T) {
	b := breakdownOf([]float64{42.6, 50.5}, []float64{1000, 1000}, diagonal([]float64{1.5, 1.8}))
	b.Reference = "A"
	s := newPanel(b, 30).measures()
	// Hand: 1.96*sqrt(1.5^2 + 1.8^2) = 4.59, so 3.3 to 12.5.
	d, _ := s.found("difference")
	if !strings.HasSuffix(d.sentence, "a gap of 7.9 percentage points (95 % interval 3.3 to 12.5), more than chance would bring.") {
		t.Error(d.sentence)
	}
	if d.value > 0 || d.high > 0 {
		t.Errorf("%g, %g to %g: the sign of D is that of the reference less the other", d.value, d.low, d.high)
	}
}
