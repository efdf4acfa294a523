package progress

import (
	"strings"
	"testing"

	"pediment/analysis"
)

// What cannot be meant is not judged, whatever the value: down to 58 from 46, up to 30
// from 40, a share of 1e308 or −5, against the indicator's own direction, and parity
// of a percentage with nobody. Within its error a baseline may lie behind the target.
func TestContraryPlans(t *testing.T) {
	to := func(direction Direction, x float64) func(*Measure) {
		return func(m *Measure) { m.Direction, m.Targets[0].Value = direction, x }
	}
	tests := []struct {
		name      string
		change    func(*Measure)
		base, now analysis.Value
		reason    string // "": judged
	}{
		{"down to more", to(Down, 58), value(t, "2015", 46, 1.5), value(t, "2023", 50, 1.5), "The target 58 % for 2030 lies above where it starts, 46.0 % in 2015, but the direction is down."},
		{"up to less", to(Up, 30), value(t, "2015", 40, nan), value(t, "2023", 50, nan), "The target 30 % for 2030 lies below where it starts, 40 % in 2015, but the direction is up."},
		{"within the error", to(Up, 38), value(t, "2015", 40, 1.5), value(t, "2023", 50, 1.5), ""},
		{"more than everybody", to(Up, 1e308), value(t, "2015", 40, nan), value(t, "2023", 50, nan), "share can be"},
		{"less than nobody", to(Down, -5), value(t, "2015", 40, nan), value(t, "2023", 30, nan), "The target −5 for 2030 is more or less than a share can be."},
		{"a gross ratio", to(Up, 120), value(t, "2015", 90, nan), value(t, "2023", 104, nan), ""},
		{"parity with nobody", func(m *Measure) { m.Direction, m.Targets[0].Value, m.Tolerance = Parity, 1, .03 }, value(t, "2015", 40, nan), value(t, "2023", 50, nan), "Parity needs another group"},
	}
	for _, test := range tests {
		c := measured(t, test.change, test.base, test.now)
		row, text := c.row("progress"), c.text()
		if judged := row["status_id"] != "not_judged"; judged != (test.reason == "") || !strings.Contains(row["reason"].(string), test.reason) {
			t.Errorf("%s: %v, %q", test.name, row["status_id"], row["reason"])
		}
		if strings.Contains(text, "Inf") || test.reason != "" && strings.Contains(text, "arget reached") {
			t.Errorf("%s: findings say\n%s", test.name, text)
		}
	}
	c := measured(t, nil, value(t, "2015", 40, nan), value(t, "2023", 50, nan))
	for k := range c.setup.Values {
		c.setup.Values[k].Better = "lower"
	}
	if row := c.row("progress"); row["reason"] != "The plan wants it to go up, but of this indicator lower is better. It rests on two values, 2015 and 2023." {
		t.Errorf("against its direction: %v", row["reason"])
	}
}
