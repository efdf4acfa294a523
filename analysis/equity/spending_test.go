package equity

import (
	"math"
	"strings"
	"testing"

	"pediment/analysis"
)

func TestSpendingAlongNeed(t *testing.T) {
	s := Spending{Code: "learning", Name: "Spending on learning", Currency: "EUR", NeedName: "residents without a certificate", NeedUnit: "percent", Period: analysis.Period{Label: "2025"}}
	s.Places = []Receiver{
		{"W", "West", 40000, 1000, 10, 0}, {"N", "North", 10000, 1000, 40, 0}, {"E", "East", 30000, 1000, 20, 0}, {"S", "South", 20000, 1000, 30, 0}, {"X", "Elsewhere", math.NaN(), 1000, 5, 0},
	}
	result := Measure(Setup{Spending: []Spending{s}})
	got := map[string]float64{}
	for _, row := range tableNamed(t, result, "measures") {
		got[row["measure"].(string)] = row["value"].(float64)
	}
	// Hand: of 100,000 the neediest quarter, North, gets 10 %. Ranks from the least
	// needy are .125, .375, .625, .875 with shares of spending .4, .3, .2, .1: the
	// index is 2·(.05 + .1125 + .125 + .0875) − 1 = −.25; that of need, with shares
	// .1, .2, .3, .4, is +.25.
	near(t, "neediest quarter", got["neediest_quarter"], 10, 1e-9)
	near(t, "concentration", got["spending_concentration"], -.25, 1e-9)
	near(t, "Kakwani", got["kakwani"], -.5, 1e-9)
	rows := tableNamed(t, result, "spending")
	if len(rows) != 4 || rows[0]["place"] != "North" || rows[0]["per_head"] != 10. {
		t.Errorf("%v", rows)
	}
	want := "In 2025 the neediest quarter of people, as measured by residents without a certificate, gets 10 % of the spending, where an equal share would be 25 %: 10.00 EUR of it per head, against 40.00 EUR in the least needy quarter. 1 place is left out."
	if said := tableNamed(t, result, "findings")[0]["text"]; said != want {
		t.Errorf("%v", said)
	}
}

// fourPlaces get 10 to 40 per head of 1,000 people each, the more need the less.
func fourPlaces(needs, errors [4]float64) Spending {
	s := Spending{Code: "learning", Name: "Spending on learning", NeedName: "residents without a certificate", Period: analysis.Period{Label: "2025"}}
	for k, name := range []string{"North", "South", "East", "West"} {
		s.Places = append(s.Places, Receiver{name, name, 10000 * float64(k+1), 1000, needs[k], errors[k]})
	}
	return s
}

// Needs of 40, 30, 20 and 10 with errors of .01 stay in their order and the intervals
// have no width to see; with errors of 10, two neighbours are 10 ± 14 apart and the
// least needy place may well be the neediest quarter.
func TestErrorOfNeed(t *testing.T) {
	sure := newFlow(new(fourPlaces([4]float64{40, 30, 20, 10}, [4]float64{.01, .01, .01, .01})))
	near(t, "low", sure.errorOf.low.quarter, 10, 1e-9)
	near(t, "high", sure.errorOf.high.quarter, 10, 1e-9)
	if sure.unsureOrder() != "" || !strings.Contains(sure.kakwaniSentence(-.5), "get less") {
		t.Errorf("%q %q", sure.unsureOrder(), sure.kakwaniSentence(-.5))
	}
	spending := fourPlaces([4]float64{40, 30, 20, 10}, [4]float64{20, 20, 20, 20})
	unsure := newFlow(&spending)
	if e := unsure.errorOf; e.unclear != 3 || e.low.quarter != 10 || e.high.quarter != 40 {
		t.Errorf("%+v", e)
	}
	all := text(Measure(Setup{Spending: []Spending{spending}}))
	for _, want := range []string{"gets 10 % (95 % interval 10 to 40, as need is an estimate) of the spending", "differs between places no more than chance", "cannot be told"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %s", want, all)
		}
	}
	for _, m := range unsure.measures() {
		if !(m.low <= m.value && m.value <= m.high) {
			t.Errorf("%s = %g outside %g to %g", m.measure, m.value, m.low, m.high)
		}
	}
	// Errors of 9 leave neighbours, 10 ± 12.7 apart, untold, but not that needs differ:
	// R 4.2: pchisq(500/81, 3, lower = FALSE) = .1034974, with errors of 7
	// pchisq(500/49, 3, lower = FALSE) = .0169087.
	near(t, "equality", newFlow(new(fourPlaces([4]float64{40, 30, 20, 10}, [4]float64{9, 9, 9, 9}))).errorOf.equal, .1034974, 1e-5)
	middle := newFlow(new(fourPlaces([4]float64{40, 30, 20, 10}, [4]float64{7, 7, 7, 7})))
	near(t, "equality", middle.errorOf.equal, .0169087, 1e-5)
	if said := middle.unsureOrder(); !strings.Contains(said, "in 3 of 3 pairs of places") {
		t.Error(said)
	}
	if again := newFlow(&spending); again.errorOf != unsure.errorOf {
		t.Error("differs between runs")
	}
}

// An error that nobody can state makes no interval and is said.
func TestErrorOfNeedNobodyCanState(t *testing.T) {
	all := text(Measure(Setup{Spending: []Spending{fourPlaces([4]float64{40, 30, 20, 10}, [4]float64{math.Inf(1), 1, 1, 1})}}))
	if strings.Contains(all, "95 % interval") || !strings.Contains(all, "whose error nobody can state") {
		t.Error(all)
	}
}

// Where need is the same everywhere nobody is the neediest quarter.
func TestNeedThatDoesNotDiffer(t *testing.T) {
	result := Measure(Setup{Spending: []Spending{fourPlaces([4]float64{}, [4]float64{})}})
	if all := text(result); strings.Contains(all, "neediest") || !strings.Contains(all, "is the same in every place") || len(result.Charts) != 0 {
		t.Errorf("%s, %d charts", all, len(result.Charts))
	}
	if len(result.Warnings) != 1 || !strings.Contains(result.Warnings[0].Text, "the same in every place") {
		t.Errorf("%v", result.Warnings)
	}
}

// Spending that names no place is not compared, and the sentence says how much is.
func TestSpendingSaysWhatPartItRestsOn(t *testing.T) {
	s := fourPlaces([4]float64{40, 30, 20, 10}, [4]float64{})
	f := newFlow(&s)
	if text := f.part(); text != "" {
		t.Errorf("all of it has a place: %q", text)
	}
	s.Unplaced = 3 * f.total
	if text := newFlow(&s).quarterSentence(); !strings.Contains(text, "of the spending whose place is known (25 % of all spending)") {
		t.Errorf("%q", text)
	}
}
