package costbenefit

import "testing"

func TestSettings(t *testing.T) {
	r, err := resultModel(t).Result(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[any]any{}
	for _, row := range tableOf(t, r, "settings").Rows {
		got[row[0]] = row[1]
	}
	for setting, value := range map[string]string{
		"price base": "2025", "base year of present values": "2025", "currency": "EUR", "discount rate": "10 %", "source of the discount rate": "made up",
		"timing of flows": "Flows lie at the end of their year. Those of the base year are not discounted.", "draws": "10,000", "seed": "1", "as of": "2025-06-30",
	} {
		if got[setting] != value {
			t.Errorf("%s is %v, want %s", setting, got[setting], value)
		}
	}
}
