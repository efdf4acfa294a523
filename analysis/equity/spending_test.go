package equity

import (
	"math"
	"testing"

	"pediment/analysis"
)

func TestSpendingAlongNeed(t *testing.T) {
	s := Spending{Code: "learning", Name: "Spending on learning", Currency: "EUR", NeedName: "residents without a certificate", NeedUnit: "percent", Period: analysis.Period{Label: "2025"}}
	s.Places = []Receiver{
		{"W", "West", 40000, 1000, 10}, {"N", "North", 10000, 1000, 40}, {"E", "East", 30000, 1000, 20}, {"S", "South", 20000, 1000, 30}, {"X", "Elsewhere", math.NaN(), 1000, 5},
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
	want := "In 2025 the neediest quarter of people, as measured by residents without a certificate, gets 10 % of the spending, where an equal share would be 25 %: 10.00 EUR per head, against 40.00 EUR in the least needy quarter. 1 place is left out."
	if said := tableNamed(t, result, "findings")[0]["text"]; said != want {
		t.Errorf("%v", said)
	}
}
